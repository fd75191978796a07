"""The lines of an audit pack as its verifier reads them (`verify_pack.py`).

Plain Python. Text is guarded as in all our CSV files, in a way that can be undone: a `'` stands before whatever a
sheet could take for a formula, and before a `'` in such a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from fund.accounting.verify_pack import COLUMNS
from ledger.chain import exchange_text
from ledger.journal import Document, Entry, Line

_RISKY: Final = re.compile(r"^(?=['=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n\"])(?=['=+\-@])")


def guarded(text: str) -> str:
    """The text as a cell that no sheet runs; `verify_pack.GUARD` takes the signs out again."""
    return _RISKY.sub("'", text)


def entry_rows(
    entry: Entry,
    *,
    seal: str,
    place: int,
    number: str,
    leaf: str,
    label: str,
    salt: str,
    words: bool,
    values: Sequence[int | None] = (),
) -> Iterator[list[str]]:
    """One row for each line of an entry, in the columns of the pack; `words`: whether the label itself is told.

    `values` has what each line of another currency is worth in minor units of the fund's own; none for all others.
    """
    document: Document = entry.document
    facts = {
        "seal": seal,
        "entry": str(place),
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
        "leaf": leaf,
        "salt": salt if words else "",
        "words": entry.label if words and salt else "",
    }
    told = [guarded(facts[name]) for name in COLUMNS if name in facts]
    for line, value in zip_longest(entry.lines, values):
        yield [*told, *_leg(line), "" if value is None else str(value)]


def _leg(line: Line) -> list[str]:
    marks = [f"convention={line.convention}"] if line.convention else []
    marks += [f"destination={line.destination}"] if line.destination else []
    marks += ["public-generosity"] if line.public_generosity else []
    return [line.account.code, line.account.unit.code, str(line.minor), " ".join(marks)]


def listing(files: Iterable[tuple[str, str]]) -> str:
    """A list of files: a line `HASH  NAME` for each, by name, as `sha256sum` writes it."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(files))
