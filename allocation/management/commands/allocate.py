"""`manage.py allocate FILE.pb`: decide an election file from the shell, without a database."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allocation.elections.pabulib import Election, read_bytes
from allocation.errors import AllocationError
from allocation.methods.add_one import COMPLETIONS
from allocation.methods.explained import explained
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import Reason
from allocation.methods.record import reason_record, tie_record
from allocation.methods.registry import METHODS, method_named, solve
from allocation.methods.sentences import money, sentence
from allocation.methods.ties import TieRule
from allocation.methods.trials import with_trials
from ledger.money import Amount

WHOLE_NUMBER = re.compile("[0-9]{1,9}")

WORDS = {
    "fr": {
        "heading": "{method}, enveloppe {budget} : {count} financés sur {all}",
        "spent": "Dépensé {spent}, reste {left}.",
        "tie": "Égalité entre {candidates} : {chosen}, tranchée par {by}.",
        "unreadable": "{file} ne peut pas être lu ({why}) ; donnez le chemin d'un fichier .pb.",
        "reason": "{project} {name} : {sentence}",
        "support": "nombre de soutiens",
        "amount": "montant",
        "lottery": "tirage au sort",
        "identifier": "identifiant",
    },
    "en": {
        "heading": "{method}, envelope {budget}: {count} funded of {all}",
        "spent": "Spent {spent}, left {left}.",
        "tie": "A tie between {candidates}: {chosen}, settled by {by}.",
        "unreadable": "{file} cannot be read ({why}); give the path of a .pb file.",
        "reason": "{project} {name}: {sentence}",
        "support": "number of supporters",
        "amount": "amount",
        "lottery": "lottery",
        "identifier": "identifier",
    },
}


class Command(BaseCommand):
    help = "Decide an election file (.pb) by an allocation method. No database is used."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever this command refuses ends with status 1; the parser's own refusals would end with 2."""
        try:
            super().run_from_argv(argv)
        except SystemExit as ended:
            sys.exit(1 if ended.code else 0)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pb", help="an election in the Pabulib format")
        parser.add_argument("--method", required=True, help=" or ".join(METHODS[id].name for id in METHODS))
        parser.add_argument("--utility", help="cost (the default), cardinal, score or borda")
        completion = "of equal shares: none (the default), utilitarian, add1 or add1-utilitarian"
        parser.add_argument("--completion", help=completion)
        parser.add_argument("--add1-start", help="the first purse: exact (the default) or floor, whole units of money")
        step = "by how much purses are raised: units of money (1), a fraction, or with % a part of the purse"
        parser.add_argument("--add1-step", help=step)
        parser.add_argument("--add1-stop", help="exhaustive (the default): nothing more fits; or overspend")
        parameter = "another parameter of the method; may be repeated"
        parser.add_argument("--parameter", action="append", default=[], metavar="NAME=VALUE", help=parameter)
        parser.add_argument("--tie", default="lexicographic", help="lexicographic (the default) or lottery:SEED")
        parser.add_argument("--min-support", help="supporters a project needs to be funded (1)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--reasons", action="store_true", help="say why each project is funded or not")
        parser.add_argument("--language", choices=("fr", "en"), default="en", help="of sentences")

    def handle(self, *_: Any, **options: Any) -> None:
        language = options["language"]
        try:
            data = Path(options["file"]).read_bytes()
        except (OSError, ValueError) as error:
            refusal = WORDS[language]["unreadable"].format(file=options["file"], why=error)
            raise CommandError(refusal) from error
        try:
            tie_rule = TieRule.named(options["tie"])
            parameters = _parameters(options)
            method_named(options["method"]).completed(parameters)
            election = read_bytes(data)
            problem = election.problem()
            parameters |= _unit_of_steps(election, parameters)
            result = solve(problem, method=options["method"], parameters=parameters, tie_rule=tie_rule)
        except AllocationError as refused:
            raise CommandError(refused.sentence(language)) from refused
        told = {}
        if options["reasons"]:
            told = with_trials(problem, result, explained(problem, result, tie_rule), tie_rule)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(election, result, told, language), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_as_text(election, problem, result, told, language)))


def _parameters(options: dict[str, Any]) -> dict[str, object]:
    """The method's parameters as typed; equal shares is not completed unless asked, as scripts expect."""
    names = ("utility", "completion", "add1_start", "add1_step", "add1_stop", "min_support")
    parameters: dict[str, object] = {name: options[name] for name in names if options[name] is not None}
    if method_named(options["method"]).name == "equal-shares":
        parameters.setdefault("completion", "none")
    for written in options["parameter"]:
        name, _, value = written.partition("=")
        parameters[name] = value
    known = method_named(options["method"]).parameters
    for name, value in parameters.items():
        is_number = name in known and isinstance(known[name].default, int)
        if is_number and isinstance(value, str) and WHOLE_NUMBER.fullmatch(value):
            parameters[name] = int(value)
    return parameters


def _unit_of_steps(election: Election, parameters: dict[str, object]) -> dict[str, object]:
    """How many minor units make one of the currency, for the steps of Add1."""
    if parameters.get("completion") not in COMPLETIONS or "add1_unit" in parameters:
        return {}
    return {"add1_unit": 10**election.unit.scale}


def _as_json(election: Election, result: Result, told: dict[str, Reason], language: str) -> dict[str, Any]:
    names = {project.id: project.name or project.id for project in election.projects}
    answer: dict[str, Any] = {
        "winners": list(result.winners),
        "spent": Amount(result.spent, election.unit).major,
        "left": Amount(result.left, election.unit).major,
        "method": result.method,
        "parameters": dict(result.parameters),
        "ties": [tie_record(tie) for tie in result.ties],
    }
    if method_named(result.method).divisible:
        answer["amounts"] = {name: Amount(minor, election.unit).major for name, minor in result.amounts.items()}
    if told:
        answer["reasons"] = {
            project: reason_record(reason) | {"sentence": sentence(reason, language, unit=election.unit, names=names)}
            for project, reason in told.items()
        }
    return answer


def _as_text(election: Election, problem: Problem, result: Result, told: dict[str, Reason], language: str) -> list[str]:
    names = {project.id: project.name or project.id for project in election.projects}
    words, unit = WORDS[language], election.unit
    heading = words["heading"].format(
        method=result.method,
        budget=money(result.budget, language, unit),
        count=len(result.winners),
        all=len(problem.costs),
    )
    lines = [heading]
    for rank, (project, minor) in enumerate(result.amounts.items(), start=1):
        lines.append(f"{rank:>3}  {project}  {money(minor, language, unit)}  {names[project]}")
    lines.append(
        words["spent"].format(spent=money(result.spent, language, unit), left=money(result.left, language, unit))
    )
    for tie in result.ties:
        lines.append(words["tie"].format(candidates=", ".join(tie.candidates), chosen=tie.chosen, by=words[tie.by]))
    for project, reason in told.items():
        said = sentence(reason, language, unit=unit, names=names)
        lines.append(words["reason"].format(project=project, name=names[project], sentence=said))
    return lines
