"""`charter rehearse`: a draft over a fund's past, and over simulated futures, as a table, CSV or JSON."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
from django.core.management import CommandError
from django.db import DatabaseError

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.errors import FundError
from fund.management.progress import Progress
from fund.models import Fund
from fund.queries.rehearsal import Chance, Draft, Rehearsal, rehearsal_of
from fund.statements.document import Table
from fund.statements.futures import FUTURES_TABLES
from fund.statements.rehearsal import TABLES, answer, parties_table, projects_table, reserve_table
from fund.statements.rehearsal_json import rehearsal_json
from fund.statements.rehearsal_words import notes
from fund.statements.render import csv
from fund.statements.render.formats import cell_text, heading_text

MOST_PATHS: Final = 1_000_000
_ALL_TABLES = {**TABLES, **FUTURES_TABLES}

_SENTENCES: Final = {
    "fund": {
        "fr": "Aucun fonds ne s’appelle « {name} ». Fonds connus : {known}.",
        "en": "No fund is called “{name}”. Known funds: {known}.",
    },
    "database": {
        "fr": "La base ne répond pas, ou n’a pas les tables de cette version : essayez `python manage.py migrate`.",
        "en": "The database does not answer, or lacks the tables of this version: try `python manage.py migrate`.",
    },
    "paths": {
        "fr": "--futures veut un nombre entre 1 et {most}.",
        "en": "--futures wants a number between 1 and {most}.",
    },
    "seed": {"fr": "--seed veut un nombre de 0 à 2^63 − 1.", "en": "--seed wants a number from 0 to 2^63 − 1."},
    "no-futures": {
        "fr": "La table « {name} » a besoin de --futures N.",
        "en": "The table “{name}” needs --futures N.",
    },
    "written": {"fr": "Écrit dans {file}.", "en": "Written to {file}."},
}


def add_arguments(parser: ArgumentParser) -> None:
    """What `charter rehearse` takes besides the charter."""
    parser.add_argument("--fund", required=True, metavar="SLUG", help="the fund whose past is replayed")
    parser.add_argument("--futures", type=int, metavar="N", help="also draw N futures from the fund's own history")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same futures (1)")
    parser.add_argument("--processes", type=int, default=2, help="processes that draw; the answer is the same (2)")
    parser.add_argument(
        "--csv", nargs="?", const="parties", choices=tuple(_ALL_TABLES), metavar="TABLE", help=", ".join(_ALL_TABLES)
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead")


def rehearse(charter: Charter, name: str, language: Language, options: dict[str, Any]) -> list[str]:
    """The lines to print. Raises CommandError with a sentence for whatever cannot be done."""
    paths, seed = options["futures"], options["seed"]
    if paths is not None and not 1 <= paths <= MOST_PATHS:
        raise CommandError(_SENTENCES["paths"][language].format(most=MOST_PATHS))
    if not 0 <= seed < 2**63:
        raise CommandError(_SENTENCES["seed"][language])
    if options["csv"] in FUTURES_TABLES and paths is None:
        raise CommandError(_SENTENCES["no-futures"][language].format(name=options["csv"]))
    try:
        fund = _fund(options["fund"], language)
        with Progress(sys.stderr) as bar:
            chance = Chance(paths, seed, max(1, options["processes"]), partial(bar.step, name="")) if paths else None
            rehearsal = rehearsal_of(fund, Draft(name, charter), chance)
    except FundError as refusal:
        raise CommandError(refusal.sentence(language)) from None
    except DatabaseError:
        raise CommandError(_SENTENCES["database"][language]) from None
    if options["csv"]:
        content = csv.render(_ALL_TABLES[options["csv"]](rehearsal, language), language).decode()
    elif options["json"]:
        content = rehearsal_json(rehearsal, language)
    else:
        content = "\n".join(_told(rehearsal, language)) + "\n"
    output: Path | None = options["output"]
    if output is None:
        return [content.removesuffix("\n")]
    try:
        output.write_bytes(content.encode())
    except OSError as refusal:
        raise CommandError(f"{output}: {refusal.strerror}.") from None
    return [_SENTENCES["written"][language].format(file=output)]


def _fund(slug: str, language: Language) -> Fund:
    fund = None if "\0" in slug else Fund.objects.filter(slug=slug).first()
    if fund is None:
        known = ", ".join(Fund.objects.order_by("slug").values_list("slug", flat=True)) or "–"
        raise CommandError(_SENTENCES["fund"][language].format(name=slug[:60], known=known))
    return fund


def _told(rehearsal: Rehearsal, language: Language) -> list[str]:
    """The answer, then each table, then what was supposed and what was missing."""
    lines = [answer(rehearsal, language), ""]
    tables = [parties_table(rehearsal, language, terse=True), projects_table(rehearsal, language)]
    tables.append(reserve_table(rehearsal, language, terse=True))
    if rehearsal.futures is not None:
        tables += [table(rehearsal, language) for table in FUTURES_TABLES.values()]
    for table in tables:
        lines += [table.caption, _as_text(table, language), ""]
    return [*lines, *notes(rehearsal, language)]


def _as_text(table: Table, language: Language) -> str:
    """The table as a pandas frame prints it."""
    lines = [row.cells for row in table.rows] + ([table.total] if table.total else [])
    if not lines:
        return table.empty
    cells = [
        [cell_text(cell, language, column=column) for cell, column in zip(line, table.columns, strict=True)]
        for line in lines
    ]
    frame = pd.DataFrame(cells, columns=[heading_text(column, language) for column in table.columns])
    return str(frame.to_string(index=False))
