"""`manage.py charter`: list, check, explain, compare, run and replay charters without a database; rehearse them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fund.charter.answers import as_json
from fund.charter.facts import LARGEST_FILE as LARGEST_FACTS
from fund.charter.facts import Facts, facts_from_json
from fund.charter.faults import CharterError, CharterUnknown, Language
from fund.charter.grammar import Charter
from fund.charter.outcomes import run
from fund.charter.reading.reader import LARGEST_FILE as LARGEST_CHARTER
from fund.charter.reading.reader import read_charter
from fund.charter.replays import LARGEST_FILE as LARGEST_TRACE
from fund.charter.replays import replay_answer
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.words.accounts import Asked, account
from fund.charter.words.difference_texts import comparison_as_json, comparison_lines
from fund.charter.words.explanation import charter_lines, of_outcome
from fund.charter.words.replay_texts import replay_lines
from fund.management import rehearsing

_ACTIONS = "list|check|explain|diff|run|replay|rehearse"
_HELP = {
    "list": "the shipped charters, one line each",
    "check": "every fault of a charter, with its line and a way to mend it",
    "explain": "the articles in words; with facts, how each amount was made",
    "diff": "what changes between two charters, and for whom",
    "run": "apply a charter to facts",
    "replay": "do every step of an answer again from its trace alone",
    "rehearse": "what a fund's past would have been under a charter, and its futures; reads a database",
}


class Command(BaseCommand):
    help = "List, check, explain, compare, run, replay and rehearse charters."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each thing that people do with a charter."""
        actions = parser.add_subparsers(dest="action", required=True, metavar=_ACTIONS)
        parsers = {name: actions.add_parser(name, help=help_text) for name, help_text in _HELP.items()}
        for name in ("check", "explain", "run", "rehearse"):
            parsers[name].add_argument("charter", metavar="FILE_OR_NAME")
        explain = parsers["explain"]
        explain.add_argument(
            "--facts", metavar="FACTS.json", help="tell the amounts that the charter makes of these facts"
        )
        explain.add_argument("--event", type=int, metavar="N", help="one event, by its place in the facts, from 0")
        explain.add_argument("--rule", metavar="NAME", help="one rule only, with --event")
        explain.add_argument("--party", metavar="PARTY", help="one party: fund, company, member:A, recipient:author")
        parsers["diff"].add_argument("old", metavar="A")
        parsers["diff"].add_argument("new", metavar="B")
        parsers["run"].add_argument("facts", metavar="FACTS.json")
        parsers["replay"].add_argument("trace", metavar="TRACE.json")
        rehearsing.add_arguments(parsers["rehearse"])
        for name in ("diff", "run"):
            parsers[name].add_argument("--json", action="store_true", help="print one JSON object")
        for each in parsers.values():
            each.add_argument(
                "--language",
                choices=("fr", "en"),
                default="en" if settings.LANGUAGE_CODE.startswith("en") else "fr",
                help="the language of the answer",
            )

    def handle(self, *_: Any, action: str, language: Language, **options: Any) -> None:
        """Answer, or refuse with every fault and exit status 1."""
        answers: dict[str, Callable[[Language, dict[str, Any]], list[str]]] = {
            "list": _list,
            "check": _check,
            "explain": _explain,
            "diff": _diff,
            "run": _run,
            "replay": _replay,
            "rehearse": _rehearse,
        }
        try:
            lines = answers[action](language, options)
        except CharterError as refusal:
            raise CommandError(refusal.sentence(language)) from None
        self.stdout.write("\n".join(lines))


def _list(_: Language, __: dict[str, Any]) -> list[str]:
    return [f"{name:22} {shipped(name).head.summary}" for name in shipped_names()]


def _check(language: Language, options: dict[str, Any]) -> list[str]:
    charter = _charter(options["charter"])
    sound = {"fr": "aucun défaut", "en": "no fault"}[language]
    return [f"{charter.head.title} ({charter.head.version}) : {sound}."]


def _explain(language: Language, options: dict[str, Any]) -> list[str]:
    charter = _charter(options["charter"])
    asked = Asked(options["event"], options["rule"], options["party"])
    if options["facts"] is None:
        if asked != Asked():
            raise CommandError(_said(language, "facts-needed"))
        return list(charter_lines(charter, language))
    return list(account(charter, _facts(options["facts"], charter, language), asked, language))


def _diff(language: Language, options: dict[str, Any]) -> list[str]:
    old, new = _charter(options["old"]), _charter(options["new"])
    if options["json"]:
        return [json.dumps(comparison_as_json(old, new, language), ensure_ascii=False, indent=2)]
    return list(comparison_lines(old, new, language))


def _run(language: Language, options: dict[str, Any]) -> list[str]:
    charter = _charter(options["charter"])
    facts = _facts(options["facts"], charter, language)
    outcome = run(charter, facts)
    if options["json"]:
        return [json.dumps(as_json(charter, outcome), ensure_ascii=False, indent=2)]
    return list(of_outcome(charter, facts, outcome, language))


def _replay(language: Language, options: dict[str, Any]) -> list[str]:
    content = _content(options["trace"], LARGEST_TRACE)
    if content is None:
        raise CommandError(_said(language, "no-file").format(options["trace"][:200]))
    return list(replay_lines(replay_answer(content), language))


def _rehearse(language: Language, options: dict[str, Any]) -> list[str]:
    return rehearsing.rehearse(_charter(options["charter"]), options["charter"], language, options)


_SENTENCES = {
    "no-file": {"fr": "« {} » n’est pas un fichier lisible.", "en": "“{}” is not a file that can be read."},
    "facts-needed": {
        "fr": "Un événement, une règle ou une partie se racontent à partir de faits : ajoutez --facts FACTS.json.",
        "en": "An event, a rule or a party is told from facts: add --facts FACTS.json.",
    },
}


def _said(language: Language, name: str) -> str:
    return _SENTENCES[name][language]


def _charter(name: str) -> Charter:
    if name in shipped_names():
        return read_charter(shipped_text(name))
    content = _content(name, LARGEST_CHARTER)
    if content is None:
        raise CharterUnknown(name=name, shipped=shipped_names())
    return read_charter(content)


def _facts(name: str, charter: Charter, language: Language) -> Facts:
    content = _content(name, LARGEST_FACTS)
    if content is None:
        raise CommandError(_said(language, "no-file").format(name[:200]))
    return facts_from_json(content, charter)


def _content(name: str, largest: int) -> bytes | None:
    """The bytes of a regular file, one more than allowed at most; None when there is no such file."""
    try:
        if not Path(name).is_file():
            return None
        with Path(name).open("rb") as file:
            return file.read(largest + 1)
    except (OSError, ValueError):
        return None
