"""`statements --fund SLUG --year YYYY`: the statements of a year, printed, as one JSON object, or as files in a folder.

Reads only. A statement that cannot be drawn is named at the end and the others are there; the status is then 1.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError

from allocation.errors import AllocationError
from fund.accounting.year import FiscalYear
from fund.errors import FundError
from fund.management.piped import PipedCommand
from fund.management.progress import Progress
from fund.models import Fund
from fund.queries.accounts_year import year_of, years_of
from fund.queries.books import chain_head
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.accounts.registry import BY_NAME, KINDS
from fund.statements.document import Language
from fund.statements.render.text import render
from fund.statements.year_folder import write_accounts
from ledger.errors import LedgerError

_WORDS = {
    "fr": {
        "no_fund": "Il n’y a pas de fonds « {slug} ». Fonds connus : {known}.",
        "which_fund": "Dites lequel avec --fund. Fonds connus : {known}.",
        "no_year": "Le fonds « {slug} » n’a pas d’exercice {year}. Exercices connus : {known}.",
        "no_day": "« {text} » n’est pas un jour : écrivez-le comme 2026-12-31.",
        "day_outside": "Le {day} n’est pas dans l’exercice {year}, qui va du {first} au {last}.",
        "file": "{out} est un fichier : donnez un dossier, nouveau ou existant.",
        "busy": "La base est occupée ou ne répond plus ({why}) ; relancez.",
        "failed": "Ces états n’ont pas pu être établis, les autres le sont : {told}.",
        "written": "{count} fichiers écrits dans {out}.",
    },
    "en": {
        "no_fund": "There is no fund “{slug}”. Known funds: {known}.",
        "which_fund": "Say which with --fund. Known funds: {known}.",
        "no_year": "The fund “{slug}” has no fiscal year {year}. Known fiscal years: {known}.",
        "no_day": "“{text}” is no day: write it like 2026-12-31.",
        "day_outside": "{day} is not in the fiscal year {year}, which goes from {first} to {last}.",
        "file": "{out} is a file: give a folder, new or existing.",
        "busy": "The database is busy or does not answer ({why}); run again.",
        "failed": "These statements could not be made, the others are there: {told}.",
        "written": "{count} files written into {out}.",
    },
}


class Command(PipedCommand):
    help = "Print the statements of a fund's year, on any day of it: text, JSON, or files in a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fund", metavar="SLUG", default="", help="may be left out where there is one fund")
        parser.add_argument("--year", type=int, required=True, metavar="YYYY", help="the fiscal year")
        parser.add_argument("--as-of", metavar="DAY", default="", help="a day of the year; its last day by default")
        parser.add_argument("--only", action="append", default=[], choices=list(BY_NAME), help="this statement alone")
        parser.add_argument("--json", action="store_true", help="one JSON object, amounts as exact decimals in text")
        parser.add_argument("--out", type=Path, metavar="DIR", help="write html, pdf, xlsx and csv into this folder")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")
        parser.add_argument("--view", choices=["simple", "expert"], default="expert")

    def handle(self, *args: Any, **options: Any) -> None:
        language: Language = options["language"]
        words = _WORDS[language]
        out: Path | None = options["out"]
        if out is not None and out.exists() and not out.is_dir():
            raise CommandError(words["file"].format(out=out))
        try:
            fund = _fund(options["fund"], words)
            year = _year(fund, options["year"], words)
            asked = Asked(fund, year, _day(year, options["as_of"], words), options["view"])
            kinds = [BY_NAME[name] for name in options["only"]] or list(KINDS)
            failed: dict[str, str] = {}
            if out is not None:
                self._write(asked, out, language, words, tell=not options["json"])
            if options["json"]:
                failed = self._as_json(asked, kinds, language)
            elif out is None:
                failed = self._as_text(asked, kinds, language)
        except (FundError, LedgerError, AllocationError) as refusal:
            raise CommandError(f"{refusal.sentence(language)} ({refusal.code})") from None
        except OperationalError as refusal:
            raise CommandError(words["busy"].format(why=str(refusal).strip())) from None
        except BrokenPipeError:
            raise
        except OSError as refusal:
            raise CommandError(f"{refusal.filename or out}: {refusal.strerror}.") from None
        if failed:
            told = " ; ".join(f"{name}: {why}" for name, why in failed.items())
            raise CommandError(words["failed"].format(told=told))

    def _write(self, asked: Asked, out: Path, language: Language, words: dict[str, str], *, tell: bool) -> None:
        with Progress(sys.stderr) as progress:
            written = write_accounts(
                asked.fund,
                asked.year,
                out,
                language,
                as_of=asked.as_of,
                view=asked.view,
                progress=progress.step,
            )
        if tell:
            self.stdout.write(words["written"].format(count=len(written), out=out))

    def _as_text(self, asked: Asked, kinds: list[StatementKind], language: Language) -> dict[str, str]:
        failed: dict[str, str] = {}
        for kind in kinds:
            try:
                self.stdout.write(render(kind.arrange(kind.read(asked), language)))
            except (FundError, LedgerError, AllocationError) as refusal:
                failed[kind.name] = f"{refusal.sentence(language)} ({refusal.code})"
        return failed

    def _as_json(self, asked: Asked, kinds: list[StatementKind], language: Language) -> dict[str, str]:
        failed: dict[str, str] = {}
        statements: dict[str, Any] = {}
        for kind in kinds:
            try:
                statements[kind.name] = kind.figures(kind.read(asked))
            except (FundError, LedgerError, AllocationError) as refusal:
                failed[kind.name] = f"{refusal.sentence(language)} ({refusal.code})"
        head = chain_head(asked.fund)
        answer = {
            "fund": asked.fund.slug,
            "year": asked.year.code,
            "first": asked.year.first.isoformat(),
            "last": asked.year.last.isoformat(),
            "as_of": asked.as_of.isoformat(),
            "state": asked.year.state,
            "chart": asked.year.chart,
            "currency": asked.fund.currency,
            "chain_head": head.hash if head else "",
            "entries": head.entries if head else 0,
            "statements": statements,
            "failed": failed,
        }
        self.stdout.write(json.dumps(answer, indent=1, ensure_ascii=False))
        return failed


def _fund(slug: str, words: dict[str, str]) -> Fund:
    known = list(Fund.objects.order_by("slug").values_list("slug", flat=True))
    if not slug and len(known) != 1:
        raise CommandError(words["which_fund"].format(known=", ".join(known) or "–"))
    if (slug or known[0]) not in known:
        raise CommandError(words["no_fund"].format(slug=slug, known=", ".join(known) or "–"))
    return Fund.objects.get(slug=slug or known[0])


def _year(fund: Fund, asked: int, words: dict[str, str]) -> FiscalYear:
    year = year_of(fund, asked)
    if year is None:
        known = ", ".join(each.code for each in years_of(fund)) or "–"
        raise CommandError(words["no_year"].format(slug=fund.slug, year=asked, known=known))
    return year


def _day(year: FiscalYear, text: str, words: dict[str, str]) -> date:
    if not text:
        return year.last
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(words["no_day"].format(text=text)) from None
    if not year.first <= day <= year.last:
        raise CommandError(words["day_outside"].format(day=day, year=year.code, first=year.first, last=year.last))
    return day
