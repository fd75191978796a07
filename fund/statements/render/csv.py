"""The tables of a document as CSV files: commas, CR LF (RFC 4180), UTF-8 without a byte-order mark.

Amounts are plain decimals with a point, in the unit that the heading names; a column of several units has
a column of units after it. Dates are ISO, rates decimals with six digits. Programs that open the file as
a sheet run text that looks like a formula, so a `'` stands before it: at the start of a text that begins
with `=`, `+`, `-`, `@`, a tab or a line end, and inside it after a semicolon, a tab, a quote or a line end,
where a sheet with another separator would start a cell. Figures are never touched: `-12.50` stays.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO

from fund.statements.document import Document, Language, Table
from fund.statements.render.formats import clean
from fund.statements.render.tables import Value, flattened, sheets
from ledger.money import Amount, rounded

_RATE_DIGITS = 6
_STARTS_FORMULA = re.compile(r"^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n\"])(?=[=+\-@])")


def render(table: Table, language: Language, *, guarded: bool = True) -> bytes:
    """One table as a CSV file; without `guarded` text is written as it is, for machines that run no formulas."""
    columns, lines = flattened(table, language)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_written(column.label, guarded) for column in columns])
    writer.writerows([_written(value, guarded) for value in line] for line in lines)
    return out.getvalue().encode("utf-8")


def files(document: Document, *, guarded: bool = True) -> dict[str, bytes]:
    """Every table of the document as a file, by a file name that any system takes, in reading order."""
    found: dict[str, bytes] = {}
    for number, table in enumerate(sheets(document), 1):
        found[f"{number:02d}-{_file_name(table.name or table.caption)}.csv"] = render(
            table, document.language, guarded=guarded
        )
    return found


def guarded_text(text: str) -> str:
    """The text with a `'` wherever a program that opens the file as a sheet would run it."""
    return _STARTS_FORMULA.sub("'", text)


def _written(value: Value, guarded: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded_text(value) if guarded else value
    if isinstance(value, Amount):
        return value.major
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, Fraction):
        return f"{Decimal(rounded(value * 10**_RATE_DIGITS)).scaleb(-_RATE_DIGITS):f}"
    return str(value)


def _file_name(text: str) -> str:
    plain = unicodedata.normalize("NFKD", clean(text)).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "table"
