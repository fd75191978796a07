"""The lines of an audit pack as its verifier reads them (`verify_pack.py`), and the totals that it computes again.

Plain Python. Text is guarded as in all our CSV files, in a way that can be undone: a `'` stands before whatever a
sheet could take for a formula, and before a `'` in such a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from fund.accounting.verify_pack import COLUMNS, SUMS
from fund.accounting.year import YearAccounts
from ledger.chain import exchange_text
from ledger.journal import Document, Entry, Line
from ledger.money import Amount, unit_of

_RISKY: Final = re.compile(r"^(?=['=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n\"])(?=['=+\-@])")
_ABSOLUTE: Final = ("2", "3", "49", "59")
"""Accounts that stand among the assets on whichever side their balance is."""


def guarded(text: str) -> str:
    """The text as a cell that no sheet runs; `verify_pack.GUARD` takes the signs out again."""
    return _RISKY.sub("'", text)


def entry_rows(
    entry: Entry, *, place: int, number: str, leaf: str, label: str, salt: str, words: bool
) -> Iterator[list[str]]:
    """One row for each line of an entry, in the columns of the pack; `words`: whether the label itself is told."""
    document: Document = entry.document
    facts = {
        "reference": entry.reference,
        "journal": entry.journal,
        "number": number,
        "on": entry.on.isoformat(),
        "validated": entry.validated_on.isoformat() if entry.validated_on else "",
        "kind": entry.kind,
        "document": document.reference,
        "document-on": document.on.isoformat() if document.on else "",
        "document-sha256": document.sha256,
        "exchange": exchange_text(entry.exchange),
        "reverses": entry.reverses,
        "label": label,
        "entry": str(place),
        "leaf": leaf,
        "salt": salt if words else "",
        "words": entry.label if words and salt else "",
    }
    told = [guarded(facts[name]) for name in COLUMNS if name in facts]
    for line in entry.lines:
        yield [*told, *_leg(line)]


def _leg(line: Line) -> list[str]:
    amount, nothing = line.amount, Amount(0, line.amount.unit)
    marks = [f"convention={line.convention}"] if line.convention else []
    marks += [f"destination={line.destination}"] if line.destination else []
    marks += ["public-generosity"] if line.public_generosity else []
    sides = (amount, nothing) if amount.minor > 0 else (nothing, -amount)
    return [line.account.code, line.account.unit.code, *(side.major for side in sides), " ".join(marks)]


def totals(accounts: YearAccounts) -> dict[str, str]:
    """What the statements of the year come to, and the closing balance of each account, as exact decimals.

    Accounts of third parties and banks count on the side on which each auxiliary stands, never set off. All of 12
    is one line, since the result of a year that is not closed is carried over for the eye alone.
    """
    found: dict[str, int] = defaultdict(int)
    closings: dict[tuple[str, str], int] = defaultdict(int)
    for row in accounts.rows:
        closings[row.key.chart, row.key.auxiliary] += row.closing
    for (chart, _), minor in closings.items():
        is_asset = chart.startswith(_ABSOLUTE) or (chart[0] in "45" and minor > 0)
        found["assets" if is_asset else "liabilities"] += minor if is_asset else -minor
        found["12" if chart.startswith("12") else chart] += minor
        for part in (chart[0], chart[:2]):
            if part in SUMS:
                name, sign = SUMS[part]
                found[name] += sign * minor
    found["result"] = accounts.result
    unit = unit_of(accounts.currency)
    names = ("assets", "liabilities", "result", *(name for name, _ in SUMS.values()))
    return {name: Amount(found[name], unit).major for name in sorted({*names, *found})}


def listing(files: Iterable[tuple[str, str]]) -> str:
    """The list of a pack: a line `HASH  NAME` for each file, by name, as `sha256sum` writes it."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(files))
