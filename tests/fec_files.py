"""Files of accounting entries for tests: the case's year as its FEC, and small files to spoil."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ledger.fec.checking import check
from ledger.fec.expected import Expected
from ledger.fec.fields import EXTRA_HEADER, FecLine
from ledger.fec.findings import Report
from ledger.fec.writing import write
from ledger.money import Amount
from tests.charters import CASES

CASE = CASES / "fund_year_2026"
NAME = "123456782FEC20261231.txt"
CLOSING = date(2026, 12, 31)
RESULT = 23_955_00
"""The surplus of the case's year, in cents."""


def validated(on: date) -> date:
    """When the case validates an entry: the 10th of the next month, the inventory on 31 March."""
    if on == date(2026, 12, 31):
        return date(2027, 3, 31)
    return (on.replace(day=1) + timedelta(days=32)).replace(day=10)


def year_lines() -> list[FecLine]:
    """A small year by hand: openings, a call and its receipt, an expense, an inventory entry, gifts in kind."""
    rows = """
        AN 1 0101 512000 -    40000.00 -        -
        AN 1 0101 411000 M003  1000.00 -        AA 0225
        AN 1 0101 106800 -        -    41000.00 -
        AP 1 0210 411000 M001  5000.00 -        AB 0225
        AP 1 0210 756100 -        -     5000.00 -
        BQ 1 0225 512000 -     6000.00 -        -
        BQ 1 0225 411000 M001     -     5000.00 AB 0225
        BQ 1 0225 411000 M003     -     1000.00 AA 0225
        AC 1 1120 622600 -     1200.00 -        -
        AC 1 1120 401000 F001     -     1200.00 -
        BQ 2 1205 401000 F001   500.00 -        -
        BQ 2 1205 512000 -        -      500.00 -
        IN 1 1231 689400 -      800.00 -        -
        IN 1 1231 194000 -        -      800.00 -
        CV 1 1231 864000 -      240.00 -        -
        CV 1 1231 875000 -        -      240.00 -
    """
    made = [_line(*row.split()) for row in rows.strip().splitlines()]
    opening = [line for line in made if line.journal == "AN"]
    rest = [line for line in made if line.journal != "AN"]
    return opening + sorted(rest, key=lambda line: (line.validated_on or line.on, line.journal, line.entry))


def _line(journal: str, number: str, day: str, account: str, auxiliary: str, *rest: str) -> FecLine:
    debit, credit, lettering, *lettered = rest
    on = date(2026, int(day[:2]), int(day[2:]))
    aux = auxiliary.strip("-")
    return FecLine(
        journal=journal, journal_label=f"Journal {journal}", entry=f"{journal}{int(number):06d}", on=on,
        account=account, account_label=f"Compte {account}", auxiliary=aux, auxiliary_label=aux and f"Tiers {aux}",
        document=f"{journal}-{number}", document_on=on, label="Écriture",
        debit=_cents(debit), credit=_cents(credit), lettering=lettering.strip("-"),
        lettered_on=date(2026, int(lettered[0][:2]), int(lettered[0][2:])) if lettered else None,
        validated_on=validated(on),
    )  # fmt: skip


def _cents(text: str) -> int:
    return 0 if text == "-" else Amount.parse(text).minor


def case_lines() -> list[FecLine]:
    """The year of the case as its FEC: entries numbered by journal in the order of validation, openings first."""
    names = json.loads((CASE / "names.json").read_text(encoding="utf-8"))
    with (CASE / "entries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    order: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        on = date.fromisoformat(row["date"])
        order[row["entry"]] = (row["journal"] != "AN", validated(on), row["journal"], on, int(row["entry"]))
    numbers: dict[str, int] = {}
    entries: dict[str, str] = {}
    for entry in sorted(order, key=order.__getitem__):
        journal = str(order[entry][2])
        numbers[journal] = numbers.get(journal, 0) + 1
        entries[entry] = f"{journal}{numbers[journal]:06d}"
    rows.sort(key=lambda row: order[row["entry"]])
    return [_case_line(row, entries[row["entry"]], names) for row in rows]


def _case_line(row: dict[str, str], entry: str, names: dict[str, Any]) -> FecLine:
    on = date.fromisoformat(row["date"])
    lettered = row["lettering_date"]
    return FecLine(
        journal=row["journal"], journal_label=names["journals"][row["journal"]], entry=entry, on=on,
        account=row["account"], account_label=names["accounts"][row["account"]], auxiliary=row["auxiliary"],
        auxiliary_label=names["auxiliaries"].get(row["auxiliary"], ""), document=row["piece"], document_on=on,
        label=row["label"], debit=Amount.parse(row["debit"]).minor, credit=Amount.parse(row["credit"]).minor,
        lettering=row["lettering"], lettered_on=date.fromisoformat(lettered) if lettered else None,
        validated_on=validated(on),
    )  # fmt: skip


def file_of(lines: Iterable[FecLine], **options: Any) -> bytes:
    """The file of these lines: tab, ISO 8859-15, the eighteen fields, unless `options` say otherwise."""
    out = io.BytesIO()
    write(out, lines, **options)
    return out.getvalue()


def with_extras(lines: Iterable[FecLine]) -> bytes:
    """The file with the fields that Tresse adds."""
    return file_of(lines, extra=EXTRA_HEADER)


def checked(content: bytes, name: str = NAME, **expected: Any) -> Report:
    """The report on a file's bytes."""
    return check(io.BytesIO(content), name, Expected(**expected))
