"""`import_entries DIR [--fund SLUG]`: a year of an accountant's entries into the books, whole or not at all."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError

from fund.errors import FundError
from fund.importers.entries_folder import read_entries_folder
from fund.importers.entries_run import Imported, ImportTerms, import_entries, known_names
from fund.importers.faults import FolderInvalid, shown
from fund.importers.values import text_misread, word_misread
from fund.management.database import prepare_database
from fund.management.faults import REFUSED, tell_faults
from fund.management.piped import PipedCommand
from ledger.errors import LedgerError

_WORDS = {
    "fr": {
        "slug": "« {text} » ne peut pas nommer un fonds : donnez --fund avec minuscules, chiffres et tirets.",
        "name": "« {text} » ne peut pas être le nom d’un fonds : une ligne, sans caractère invisible, 200 au plus.",
        "batch": "Le jour du lot va de 1 à 28.",
        "inventory": "L’inventaire est validé après le dernier jour de l’exercice {year}, non le {on}.",
        "inventory_years": "--inventory-on vaut pour un seul exercice : passez-les l’un après l’autre.",
        "busy": "La base est occupée ou ne répond plus ({why}) ; rien n’a été écrit, relancez.",
        "founded": "Fonds « {slug} » fondé : {name}, SIREN {siren}.",
        "done": "{slug} {years} : {entries} écritures, {lines} lignes, {letterings} lettrages passés en une fois.",
        "nothing": "{slug} {years} : rien à faire, les livres contiennent déjà tout.",
        "rehearsed": "Essai : rien n’a été écrit.",
    },
    "en": {
        "slug": "“{text}” cannot name a fund: give --fund with small letters, digits and hyphens.",
        "name": "“{text}” cannot be the name of a fund: one line, no invisible characters, 200 at most.",
        "batch": "The day of the batch goes from 1 to 28.",
        "inventory": "The inventory is validated after the last day of the fiscal year {year}, not on {on}.",
        "inventory_years": "--inventory-on is for one fiscal year: take them one after the other.",
        "busy": "The database is busy or does not answer ({why}); nothing was written, run again.",
        "founded": "Fund “{slug}” founded: {name}, SIREN {siren}.",
        "done": "{slug} {years}: {entries} entries, {lines} lines, {letterings} letterings booked at once.",
        "nothing": "{slug} {years}: nothing to do, the books hold all of it already.",
        "rehearsed": "A try: nothing was written.",
    },
}


class Command(PipedCommand):
    help = "Read a year of entries (entries.csv, names.json) into the books of a fund, which is founded if it is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder that holds entries.csv, names.json")
        parser.add_argument("--fund", metavar="SLUG", default="", help="the fund; the name of the folder by default")
        parser.add_argument("--name", default="", help="the name of a fund that is founded")
        parser.add_argument("--year", type=int, action="append", default=[], help="a fiscal year of the entries")
        parser.add_argument("--batch-day", type=int, default=10, help="day of the next month that validates a month")
        parser.add_argument("--inventory-on", type=_day, metavar="DAY", help="validates the last day of the year")
        parser.add_argument("--by", default="import", help="who imports, for the log")
        parser.add_argument("--dry-run", action="store_true", help="check all of it, keep nothing")
        parser.add_argument("--language", choices=["fr", "en"], default="fr", help="of the faults and the summary")
        parser.add_argument("--faults", type=Path, metavar="FILE", help="write every fault into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        words = _WORDS[language]
        terms = _terms(options, words)
        prepare_database()
        try:
            folder = read_entries_folder(options["folder"], known=known_names(terms.slug), years=options["year"])
            _check_inventory(terms, folder.years, words)
            outcome = import_entries(folder, terms, dry_run=options["dry_run"])
        except FolderInvalid as refusal:
            tell_faults(self.stderr.write, refusal.faults, language, options["faults"])
            raise CommandError(REFUSED[language].format(count=len(refusal.faults))) from None
        except (FundError, LedgerError) as refusal:
            raise CommandError(f"{refusal.sentence(language)} ({refusal.code})") from None
        except OperationalError as refusal:
            raise CommandError(words["busy"].format(why=str(refusal).strip())) from None
        for note in folder.notes:
            self.stdout.write(note.sentence(language))
        self._say(outcome, words, dry_run=options["dry_run"])

    def _say(self, outcome: Imported, words: dict[str, str], *, dry_run: bool) -> None:
        fund = outcome.fund
        if outcome.founded:
            self.stdout.write(words["founded"].format(slug=fund.slug, name=fund.name, siren=fund.siren))
        said = words["done"] if outcome.changed else words["nothing"]
        years = ", ".join(map(str, outcome.years))
        counts = {"entries": outcome.entries, "lines": outcome.lines, "letterings": outcome.letterings}
        self.stdout.write(said.format(slug=fund.slug, years=years, **counts))
        if dry_run:
            self.stdout.write(words["rehearsed"])


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _terms(options: dict[str, Any], words: dict[str, str]) -> ImportTerms:
    """The options as terms; refused where they cannot be what they say."""
    slug = options["fund"] or options["folder"].resolve().name.lower().replace("_", "-")
    if word_misread(slug, like="fund"):
        raise CommandError(words["slug"].format(text=shown(slug)))
    name = options["name"]
    if text_misread(name, 200):
        raise CommandError(words["name"].format(text=shown(name)))
    if not 1 <= options["batch_day"] <= 28:
        raise CommandError(words["batch"])
    by = options["by"]
    if not by or text_misread(by, 200):
        raise CommandError(words["name"].format(text=shown(by)))
    return ImportTerms(slug, name, by, options["batch_day"], options["inventory_on"])


def _check_inventory(terms: ImportTerms, years: tuple[int, ...], words: dict[str, str]) -> None:
    if terms.inventory_on is None:
        return
    if len(years) > 1:
        raise CommandError(words["inventory_years"])
    if terms.inventory_on < date(years[0], 12, 31):
        raise CommandError(words["inventory"].format(year=years[0], on=terms.inventory_on.isoformat()))
