"""What a yearly statement is made of: one query, one arranger, and its figures for a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fund.accounting.year import FiscalYear, YearRow
from fund.models import Fund
from fund.statements.document import Document, Language

View = Literal["simple", "expert"]
Group = Literal["legal", "books", "annex", "fund"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statement of which fund: the fiscal year, the day it stands on (within the year), and the view.

    `links` is the address of the fund's books (`/my-fund/books/`) when figures are to open what they are made of.
    """

    fund: Fund
    year: FiscalYear
    as_of: date
    view: View = "expert"
    links: str = ""


@dataclass(frozen=True, slots=True)
class LineRows:
    """What a line of a statement is made of: its titles, its amount, its rows by account and auxiliary.

    `is_movement`: the line shows what the year moved, else what the accounts close with.
    """

    fr: str
    en: str
    minor: int
    rows: tuple[YearRow, ...]
    is_movement: bool


@dataclass(frozen=True, slots=True)
class StatementKind:
    """A statement of the year.

    `name` is the word in addresses, file names and JSON; `read` makes the one query and returns plain facts;
    `arrange` makes the document of these facts; `figures` what a program is given (dicts, lists, texts; amounts as
    exact decimals in text). A statement without `views` reads the same simple and expert. `line`, where the figures
    are made of accounts, says what a line is made of; None for a line that the statement does not have.
    """

    name: str
    titles: Mapping[Language, str]
    group: Group
    read: Callable[[Asked], Any]
    arrange: Callable[[Any, Language], Document]
    figures: Callable[[Any], Any]
    views: bool = False
    line: Callable[[Asked, str], LineRows | None] | None = None
