"""The worked year of the accountant posted line by line, for the statements of the books: no importer between.

`posted_year` gives the fund with its 42 entries and their letterings; parties are registered under their names, the
three members as members.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from itertools import groupby
from pathlib import Path

from fund.models import Fund, Membership, Party
from fund.queries.accounts_year import year_of
from fund.statements.accounts.kinds import Asked, View
from ledger import posting
from ledger.entries import stored_entry
from ledger.journal import AccountKey, Document, Entry, Line
from ledger.lettering import letter
from ledger.money import EUR, EUR_INKIND, Amount

FOLDER = Path(__file__).parent / "acceptance" / "folders" / "fund_year_2026"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
INVENTORY = date(2027, 3, 31)
"""The day on which the entries of 31 December were validated."""

Row = dict[str, str]


def posted_year(slug: str = "essais") -> Fund:
    """The fund of the worked year."""
    names = json.loads((FOLDER / "names.json").read_text(encoding="utf-8"))
    fund = Fund.objects.create(
        slug=slug, name="Fonds des essais", legal_form="association-1901", siren=names["siren"], founded_on=FIRST
    )
    for code, name in names["auxiliaries"].items():
        party = Party.objects.create(fund=fund, code=code, kind="organisation", name=name)
        if code.startswith("M0"):
            Membership.objects.create(fund=fund, party=party, category="venue", term_from=FIRST)
    open_year(slug, fund.name, names["journals"])
    with (FOLDER / "entries.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    entries = [_entry(list(lines)) for _number, lines in groupby(rows, key=lambda row: row["entry"])]
    posting.post_many(slug, sorted(entries, key=lambda entry: (entry.validated_on or entry.on, entry.on)))
    _letter(slug, rows)
    return fund


def open_year(slug: str, name: str, journals: dict[str, str], year: int = 2026) -> None:
    """A book with one fiscal year and these journals."""
    posting.open_book(slug=slug, name=name)
    posting.open_fiscal_year(slug, code=str(year), first=date(year, 1, 1), last=date(year, 12, 31), chart="anc-2022-06")
    for code, label in journals.items():
        posting.open_journal(slug, code=code, label=label)


def asked(fund: Fund, *, on: date = LAST, view: View = "expert", links: str = "") -> Asked:
    """The question of a statement of 2026."""
    year = year_of(fund, 2026)
    assert year is not None
    return Asked(fund, year, on, view, links)


def _entry(rows: list[Row]) -> Entry:
    on = date.fromisoformat(rows[0]["date"])
    after = date(on.year + on.month // 12, on.month % 12 + 1, 10)
    return Entry(
        journal=rows[0]["journal"],
        on=on,
        kind="opening" if rows[0]["journal"] == "AN" else "imported",
        reference=f"entry:{rows[0]['entry']}",
        label=rows[0]["label"],
        lines=tuple(Line(_key(row), _minor(row)) for row in rows),
        document=Document(rows[0]["piece"], on),
        validated_on=INVENTORY if on == LAST else after,
    )


def _key(row: Row) -> AccountKey:
    unit = EUR_INKIND if row["account"].startswith(("86", "87")) else EUR
    return AccountKey(row["account"], party=row["auxiliary"], unit=unit)


def _minor(row: Row) -> int:
    return Amount.parse(row["debit"]).minor - Amount.parse(row["credit"]).minor


def _letter(slug: str, rows: list[Row]) -> None:
    groups: dict[tuple[AccountKey, str, str], list[int]] = defaultdict(list)
    places: dict[str, int] = defaultdict(int)
    for row in rows:
        place = places[row["entry"]]
        places[row["entry"]] += 1
        if row["lettering"]:
            stored = stored_entry(slug, f"entry:{row['entry']}")
            groups[_key(row), row["lettering"], row["lettering_date"]].append(stored.postings[place])
    for (key, code, on), postings in groups.items():
        letter(slug, key, code=code, postings=postings, on=date.fromisoformat(on), by="test")
