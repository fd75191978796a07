"""`fec check FILE` and `fec export --fund SLUG --year YYYY`: the file of accounting entries, checked and made."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from fund.errors import FundError
from fund.management.database import prepare_database
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.queries.fec_description import described
from fund.services.actors import Actor
from fund.services.fec import Exported, export_fec
from fund.statements.fec_description import description_html, description_pdf
from fund.statements.files import write_whole
from ledger.errors import AmountInvalid, LedgerError
from ledger.fec.checking import check
from ledger.fec.expected import Expected
from ledger.fec.findings import Language, Report, rule_title, short_title
from ledger.fec.reading import closing_balances
from ledger.fec.texts import ENCODINGS
from ledger.fec.writing import SEPARATORS
from ledger.money import Amount

SHOWN_FINDINGS = 20
"""Findings printed of each rule; all are counted."""

_WORDS = {
    "fr": {
        "file": "{name} : {lines} lignes, {encoding}, séparateur {separator}",
        "more": "  … et {count} autres ; --limit en montre davantage.",
        "unreadable": "{path} : {why}",
        "previous": "{path} ne se lit pas en entier ({count} fautes) : ses soldes de clôture ne sont pas sûrs.",
        "exported": "{name} est écrit : {lines} lignes.",
        "sha256": "  SHA-256 du fichier : {sha256}",
        "description": "  description : {name}, SHA-256 {sha256}",
        "no_fund": "Il n’y a pas de fonds « {slug} ».",
        "amount": "« {text} » n’est pas un montant : écrivez-le comme 1234.56.",
        "day": "« {text} » n’est pas un jour : écrivez-le comme 2026-12-31.",
    },
    "en": {
        "file": "{name}: {lines} lines, {encoding}, separator {separator}",
        "more": "  … and {count} more; --limit shows more.",
        "unreadable": "{path}: {why}",
        "previous": "{path} cannot be read as a whole ({count} faults): its closing balances are not sure.",
        "exported": "{name} is written: {lines} lines.",
        "sha256": "  SHA-256 of the file: {sha256}",
        "description": "  description: {name}, SHA-256 {sha256}",
        "no_fund": "There is no fund “{slug}”.",
        "amount": "“{text}” is no amount: write it like 1234.56.",
        "day": "“{text}” is no day: write it like 2026-12-31.",
    },
}


class Command(PipedCommand):
    help = "Check a file of accounting entries (FEC) of any program, or make the one of a fund's fiscal year."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        checked = acts.add_parser("check", help="apply rules E1 to E15 and W1 to W5; needs no database")
        checked.add_argument("file", type=Path, metavar="FILE")
        checked.add_argument("--json", action="store_true", help="print the report as one JSON object")
        checked.add_argument("--previous", type=Path, metavar="FILE", help="the file of the year before")
        checked.add_argument("--closing", metavar="YYYY-MM-DD", help="the last day of the fiscal year")
        checked.add_argument("--opening", metavar="YYYY-MM-DD", help="its first day, where it has not twelve months")
        checked.add_argument("--result", metavar="AMOUNT", help="of the statements, below zero for a deficit")
        checked.add_argument("--first-year", action="store_true", help="the file rightly has no opening balances")
        checked.add_argument("--exported-on", metavar="YYYY-MM-DD", help="when the file was made (today)")
        checked.add_argument("--limit", type=int, default=SHOWN_FINDINGS, help="findings printed of each rule")
        made = acts.add_parser("export", help="make the file of a fiscal year, with its description")
        made.add_argument("--fund", required=True, metavar="SLUG")
        made.add_argument("--year", required=True, type=int, metavar="YYYY")
        made.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="the folder to write into")
        made.add_argument("--encoding", choices=ENCODINGS, default="iso-8859-15")
        made.add_argument("--separator", choices=[*SEPARATORS], default="tab")
        made.add_argument("--extra", action="store_true", help="add three fields: Projet, Convention, Sceau")
        made.add_argument("--by", default="fec export", help="who makes it, kept in the log")
        for each in (checked, made):
            each.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "check":
            self._check(options)
        else:
            self._export(options)

    def _check(self, options: dict[str, Any]) -> None:
        language: Language = options["language"]
        expected = Expected(
            closing=_day(options["closing"], language),
            opening=_day(options["opening"], language),
            result=_amount(options["result"], language),
            previous=self._previous(options["previous"], language),
            exported_on=_day(options["exported_on"], language) or timezone.localdate(),
            is_first_year=options["first_year"],
        )
        path: Path = options["file"]
        try:
            with path.open("rb") as stream:
                report = check(stream, path.name, expected)
        except OSError as refusal:
            raise CommandError(_say("unreadable", language, path=path, why=refusal.strerror)) from None
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(report, language, options["limit"]), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(report, language, options["limit"]))
        if not report.is_accepted:
            sys.exit(1)

    def _previous(self, path: Path | None, language: Language) -> dict[tuple[str, str], int] | None:
        if path is None:
            return None
        try:
            with path.open("rb") as stream:
                closings = closing_balances(stream)
        except OSError as refusal:
            raise CommandError(_say("unreadable", language, path=path, why=refusal.strerror)) from None
        if closings.findings:
            raise CommandError(_say("previous", language, path=path, count=len(closings.findings)))
        return closings.balances

    def _export(self, options: dict[str, Any]) -> None:
        language: Language = options["language"]
        prepare_database()
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(_say("no_fund", language, slug=options["fund"]))
        folder: Path = options["out"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=folder) as out:
                exported = export_fec(
                    Actor(fund=fund, by=options["by"]),
                    options["year"],
                    out,
                    describe=description_pdf,
                    today=timezone.localdate(),
                    encoding=options["encoding"],
                    separator=options["separator"],
                    has_extra=options["extra"],
                    language=language,
                )
                out.seek(0)
                _write_beside(folder / exported.export.name, out)
            stem = exported.export.name.removesuffix(".txt")
            write_whole(folder / f"{stem}_description.pdf", exported.description)
            page = description_html(described(exported.export))
            write_whole(folder / f"{stem}_description.html", page.encode())
        except (FundError, LedgerError) as refusal:
            raise CommandError(f"{refusal.sentence(language)} ({refusal.code})") from None
        except OSError as refusal:
            why = refusal.strerror
            raise CommandError(_say("unreadable", language, path=refusal.filename or folder, why=why)) from None
        self.stdout.write(_summary(exported, language))


def _write_beside(path: Path, out: Any) -> None:
    """Copy a stream into a file that is there whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            while piece := out.read(1 << 20):
                file.write(piece)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _summary(exported: Exported, language: Language) -> str:
    export = exported.export
    description = f"{export.name.removesuffix('.txt')}_description.pdf"
    lines = [
        _say("exported", language, name=export.name, lines=export.lines),
        _say("sha256", language, sha256=export.sha256),
        _say("description", language, name=description, sha256=export.description_sha256),
        as_text(exported.report, language, SHOWN_FINDINGS),
    ]
    return "\n".join(lines)


def as_text(report: Report, language: Language, limit: int) -> str:
    """The verdict first, then the findings of each rule, the first `limit` of them."""
    told = [report.verdict(language)]
    if report.separator:
        facts = {"name": report.name, "lines": report.lines, "encoding": report.encoding}
        told.append(_say("file", language, separator=report.separator, **facts))
    for rule, findings in report.by_rule():
        told += ["", f"{rule} · {short_title(rule, language)} : {rule_title(rule, language)}"]
        told += [f"  {each.place(language)} : {each.sentence(language)}" for each in findings[: max(limit, 0)]]
        more = report.counts[rule] - min(len(findings), max(limit, 0))
        if more > 0:
            told.append(_say("more", language, count=more))
    return "\n".join(told)


def as_dict(report: Report, language: Language, limit: int) -> dict[str, Any]:
    """The report for a program: verdict, counts by rule, findings."""
    return {
        "file": report.name,
        "accepted": report.is_accepted,
        "verdict": report.verdict(language),
        "lines": report.lines,
        "entries": report.entries,
        "debit": Amount(report.debit).major,
        "credit": Amount(report.credit).major,
        "result": Amount(report.result).major,
        "encoding": report.encoding,
        "separator": report.separator,
        "counts": dict(report.counts),
        "findings": [each.as_dict(language) for _, found in report.by_rule() for each in found[: max(limit, 0)]],
    }


def _day(text: str | None, language: Language) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(_say("day", language, text=text)) from None


def _amount(text: str | None, language: Language) -> int | None:
    if text is None:
        return None
    try:
        return Amount.parse(text).minor
    except AmountInvalid:
        raise CommandError(_say("amount", language, text=text)) from None


def _say(key: str, language: Language, **facts: Any) -> str:
    return _WORDS[language][key].format(**facts)
