"""`manage.py charter`: list, check, explain and run charters; needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fund.charter.answers import as_json
from fund.charter.facts import LARGEST_FILE as LARGEST_FACTS
from fund.charter.facts import facts_from_json
from fund.charter.faults import CharterError, CharterUnknown, Language
from fund.charter.grammar import Charter
from fund.charter.outcomes import run
from fund.charter.reading.reader import LARGEST_FILE as LARGEST_CHARTER
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.words.explanation import articles, of_due, summary


class Command(BaseCommand):
    help = "List, check, explain and run charters."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each thing that people do with a charter."""
        language = {
            "choices": ("fr", "en"),
            "default": "en" if settings.LANGUAGE_CODE.startswith("en") else "fr",
            "help": "the language of the answer",
        }
        actions = parser.add_subparsers(dest="action", required=True, metavar="list|check|explain|run")
        listing = actions.add_parser("list", help="the shipped charters, one line each")
        check = actions.add_parser("check", help="every fault of a charter, with its line and a way to mend it")
        explain = actions.add_parser("explain", help="the articles in words")
        runs = actions.add_parser("run", help="apply a charter to facts")
        for action in (check, explain, runs):
            action.add_argument("charter", metavar="FILE_OR_NAME")
        runs.add_argument("facts", metavar="FACTS.json")
        runs.add_argument("--json", action="store_true", help="print one JSON object")
        for action in (listing, check, explain, runs):
            action.add_argument("--language", **language)  # type: ignore[arg-type]

    def handle(self, *_: Any, action: str, language: Language, **options: Any) -> None:
        """Answer, or refuse with every fault and exit status 1."""
        try:
            match action:
                case "list":
                    lines = [f"{name:22} {shipped(name).head.summary}" for name in shipped_names()]
                case "check":
                    charter = _charter(options["charter"])
                    sound = {"fr": "aucun défaut", "en": "no fault"}[language]
                    lines = [f"{charter.head.title} ({charter.head.version}) : {sound}."]
                case "explain":
                    charter = _charter(options["charter"])
                    lines = [
                        line for a in articles(charter, language) for line in (f"{a.number}. {a.title}", a.text, "")
                    ]
                case _:
                    lines = _run(options["charter"], options["facts"], language, as_object=options["json"])
        except CharterError as refusal:
            raise CommandError(refusal.sentence(language)) from None
        self.stdout.write("\n".join(lines))


def _charter(name: str) -> Charter:
    if name in shipped_names():
        return read_charter(shipped_text(name))
    content = _content(name, LARGEST_CHARTER)
    if content is None:
        raise CharterUnknown(name=name, shipped=shipped_names())
    return read_charter(content)


def _content(name: str, largest: int) -> bytes | None:
    """The bytes of a regular file, one more than allowed at most; None when there is no such file."""
    try:
        if not Path(name).is_file():
            return None
        with Path(name).open("rb") as file:
            return file.read(largest + 1)
    except (OSError, ValueError):
        return None


def _run(name: str, facts_file: str, language: Language, *, as_object: bool) -> list[str]:
    charter = _charter(name)
    content = _content(facts_file, LARGEST_FACTS)
    if content is None:
        sentences = {"fr": "« {} » n’est pas un fichier lisible.", "en": "“{}” is not a file that can be read."}
        raise CommandError(sentences[language].format(facts_file[:200]))
    outcome = run(charter, facts_from_json(content, charter))
    if as_object:
        return [json.dumps(as_json(charter, outcome), ensure_ascii=False, indent=2)]
    return [*(of_due(due, charter, language) for due in outcome.due), *summary(charter, outcome, language)]
