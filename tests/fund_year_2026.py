"""The year 2026 of `fund_year_2026` in the books of a fund, entry by entry, as its accountant wrote it."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path

from fund.services.actors import Actor
from fund.services.founding import found_fund, open_year
from ledger.journal import AccountKey, Document, Entry, Line
from ledger.money import EUR, EUR_INKIND
from ledger.posting import open_journal, post_many

CASES = Path(os.environ.get("TRESSE_CASES", Path(__file__).resolve().parents[2] / "shared" / "cases"))
FOLDER = CASES / "fund_year_2026"


def minor_of(text: str) -> int:
    """Cents of `1234.56`."""
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def entries() -> list[Entry]:
    """The entries of the file, their auxiliaries as parties, class 86 and 87 in the unit of help in kind."""
    found: dict[str, list[dict[str, str]]] = {}
    with (FOLDER / "entries.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            found.setdefault(row["entry"], []).append(row)
    made = []
    for number, rows in found.items():
        first = rows[0]
        on = date.fromisoformat(first["date"])
        lines = []
        for row in rows:
            unit = EUR_INKIND if row["account"].startswith(("86", "87")) else EUR
            account = AccountKey(row["account"], party=row["auxiliary"], unit=unit)
            lines.append(Line(account, minor_of(row["debit"]) - minor_of(row["credit"])))
        made.append(
            Entry(
                journal=first["journal"],
                on=on,
                kind="opening" if first["journal"] == "AN" else "import",
                reference=f"import:{number}",
                label=first["label"],
                lines=tuple(lines),
                document=Document(first["piece"], on),
            )
        )
    return made


def the_year_2026(slug: str = "fonds-2026") -> Actor:
    """A fund with the year posted; its accounts are those of the file, of six figures."""
    actor = found_fund(
        slug=slug,
        name="Fonds commun de création (fictif)",
        legal_form="association-1901",
        siren="123456782",
        currency="EUR",
        on=date(2026, 1, 1),
        by="T. Essai (fictif)",
    )
    open_year(actor, 2026)
    names = json.loads((FOLDER / "names.json").read_text(encoding="utf-8"))["journals"]
    posted = entries()
    for code in sorted({entry.journal for entry in posted} - {"AP", "BQ", "HB", "AI", "CV"}):
        open_journal(slug, code=code, label=names[code])
    post_many(slug, posted)
    return actor
