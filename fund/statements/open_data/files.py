"""Every public file of a fund by its name, in pieces; the pages and the command give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings

from fund.models import Fund, Project
from fund.queries.horizon import latest_day
from fund.statements.open_data import scdl, threesixty
from fund.statements.open_data.dictionary import DICTIONARY, TABLES
from fund.statements.open_data.tables import csv_of, json_of, table_named

TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
SCDL: Final = "scdl-subventions"
GIVING: Final = "360giving"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that a fund has: its name without the ending, and the ending."""

    name: str
    ending: str

    @property
    def file_name(self) -> str:
        """As it is saved: `awards.csv`."""
        return f"{self.name}.{self.ending}"


def licence() -> dict[str, str]:
    """The licence of this installation: its name and its address."""
    return {"name": settings.OPEN_DATA_LICENCE["name"], "url": settings.OPEN_DATA_LICENCE["url"]}


def open_files(fund: Fund, day: date) -> tuple[OpenFile, ...]:
    """The files that the fund has: formats of others only where their rules can be met."""
    files = [OpenFile(table.name, ending) for table in (*TABLES, DICTIONARY) for ending in TYPES]
    if Project.objects.filter(fund=fund, awarded_on__lte=day).exists():
        files = [OpenFile(GIVING, "json"), OpenFile(GIVING, "csv"), *files]
    if not scdl.file_lacks(fund):
        files = [OpenFile(SCDL, "csv"), *files]
    return tuple(files)


def known_day(fund: Fund, today: date) -> date:
    """The day until which the files tell: today, or the last day of the records where they go beyond it."""
    return max(today, latest_day(fund) or today)


def last_day(fund: Fund) -> date:
    """The day of the last fact: the files say this one, so that without new facts they stay the same to the byte."""
    return latest_day(fund) or fund.founded_on


def pieces(fund: Fund, day: date, file: OpenFile, *, guarded: bool = True) -> Iterator[bytes]:
    """The bytes of a file of `open_files`, a piece at a time."""
    if file.name == SCDL:
        return scdl.scdl_csv(fund, day, guarded=guarded)
    if file.name == GIVING:
        if file.ending == "json":
            return threesixty.package(fund, day, licence(), last_day(fund))
        return threesixty.table(fund, day, guarded=guarded)
    table = table_named(file.name)
    if table is None:
        raise LookupError(file.file_name)
    if file.ending == "json":
        return json_of(table, fund, day, licence(), last_day(fund))
    return csv_of(table, fund, day, guarded=guarded)
