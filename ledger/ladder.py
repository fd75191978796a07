"""What is asked of an entry before the books are opened: the first rungs of the ladder, cheapest first.

Plain Python. An entry that passes balances, and every word of it can stand in the canonical text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.errors import (
    AmountOutOfRange,
    AmountZero,
    CodeInvalid,
    DateInvalid,
    DocumentHashInvalid,
    EntryMalformed,
    EntryNotBalanced,
    ExchangeInvalid,
    TextInvalid,
    TooFewLines,
    UnitUnknown,
)
from ledger.journal import AccountKey, Document, Entry, Exchange, Line, sums_per_unit
from ledger.money import MINOR_LIMIT, Amount, Unit

CODE_LIMIT, JOURNAL_LIMIT, REFERENCE_LIMIT, TEXT_LIMIT, LABEL_LIMIT = 64, 20, 200, 200, 500

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_./-]+", re.ASCII)
_INVISIBLE = ("C", "Z")  # Unicode categories: controls, formats, surrogates; separators of every kind


def examine(entry: Entry) -> None:
    """Raise the first refusal that the entry deserves by itself, whatever the books say."""
    _examine_shape(entry)
    _examine_lines(entry)
    _examine_words(entry)


def _examine_shape(entry: Entry) -> None:
    """Refuse what is not made of the ledger's own values, so that every rung below can read it."""
    if not isinstance(entry, Entry):
        raise _malformed("The whole", entry, Entry, reference="")
    if type(entry.lines) is not tuple:
        raise _malformed("The list of lines", entry.lines, tuple, reference=entry.reference)
    for position, line in enumerate(entry.lines, start=1):
        if not (
            isinstance(line, Line)
            and isinstance(line.account, AccountKey)
            and isinstance(line.account.unit, Unit)
            and type(line.public_generosity) is bool
        ):
            _examine_line(position, line, entry.reference)
        unit = line.account.unit
        if type(unit.scale) is not int or not 0 <= unit.scale <= 9 or not isinstance(unit.kind, str):
            raise UnitUnknown(unit=_shown(unit.code), scale=_shown(unit.scale))
        if not isinstance(unit.code, str):
            raise CodeInvalid(what="The unit", text=_shown(unit.code), limit=20)
    if not isinstance(entry.document, Document):
        raise _malformed("The document", entry.document, Document, reference=entry.reference)
    if not isinstance(entry.exchange, Exchange | None):
        raise _malformed("The exchange", entry.exchange, Exchange, reference=entry.reference)


def _examine_line(position: int, line: Any, reference: object) -> None:
    what = f"Line {position}"
    if not isinstance(line, Line):
        raise _malformed(what, line, Line, reference=reference)
    if not isinstance(line.account, AccountKey):
        raise _malformed(what, line.account, AccountKey, reference=reference)
    if not isinstance(line.account.unit, Unit):
        raise _malformed(what, line.account.unit, Unit, reference=reference)
    raise _malformed(what, line.public_generosity, bool, reference=reference)


def _malformed(what: str, part: object, kind: type, *, reference: object) -> EntryMalformed:
    expected = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return EntryMalformed(what=what, reference=_named(reference), found=type(part).__name__, expected=expected)


def _examine_lines(entry: Entry) -> None:
    if len(entry.lines) < 2:
        raise TooFewLines(reference=_named(entry.reference), count=len(entry.lines))
    for position, line in enumerate(entry.lines, start=1):
        if type(line.minor) is int and line.minor == 0:
            raise AmountZero(reference=_named(entry.reference), line=position)
    debits: dict[str, int] = defaultdict(int)
    for position, line in enumerate(entry.lines, start=1):
        if type(line.minor) is not int or abs(line.minor) > MINOR_LIMIT:
            raise AmountOutOfRange(reference=_named(entry.reference), what=f"Line {position}")
        debits[line.account.unit.code] += max(line.minor, 0)
    for code, debit in debits.items():
        if debit > MINOR_LIMIT:
            raise AmountOutOfRange(reference=_named(entry.reference), what=f"The debit in {_named(code)}")
    for unit, excess in sums_per_unit(entry.lines).items():
        if excess:
            shown = Amount(excess, Unit(_named(unit.code), unit.scale))
            raise EntryNotBalanced(reference=_named(entry.reference), unit=shown.unit.code, excess=str(shown))


def _examine_words(entry: Entry) -> None:
    check_code("The reference", entry.reference, limit=REFERENCE_LIMIT, colon=True)
    check_code("The journal", entry.journal, limit=JOURNAL_LIMIT)
    check_code("The kind", entry.kind)
    for line in entry.lines:
        check_account(line.account)
        for what, text in (("The convention", line.convention), ("The destination", line.destination)):
            if text != "":
                check_code(what, text)
    if entry.reverses != "":
        check_code("The reversed reference", entry.reverses, limit=REFERENCE_LIMIT, colon=True)
    check_date("The date of the fact", entry.on)
    if entry.validated_on is not None:
        check_date("The validation date", entry.validated_on)
    _examine_document(entry)
    _examine_exchange(entry)
    check_text("The label", entry.label, limit=LABEL_LIMIT)


def _examine_document(entry: Entry) -> None:
    document = entry.document
    if document.reference != "":
        check_text("The document's reference", document.reference)
    if document.on is not None:
        check_date("The document's date", document.on)
    if document.sha256 != "" and not (isinstance(document.sha256, str) and _SHA256.fullmatch(document.sha256)):
        raise DocumentHashInvalid(reference=entry.reference)


def _examine_exchange(entry: Entry) -> None:
    exchange = entry.exchange
    if exchange is None:
        return
    units = (exchange.from_, exchange.to)
    moved = {line.account.unit.code for line in entry.lines}
    rate = exchange.rate
    if (
        not all(isinstance(unit, str) and unit in moved for unit in units)
        or exchange.from_ == exchange.to
        or type(rate) not in (Fraction, int)
        or rate <= 0
        or max(rate.numerator, rate.denominator) > MINOR_LIMIT  # the books write the rate in a column of some length
    ):
        raise ExchangeInvalid(reference=entry.reference)


def check_account(key: AccountKey) -> None:
    """Refuse an account whose parts are not codes: their join must be read back without doubt."""
    if not isinstance(key, AccountKey) or not isinstance(key.unit, Unit):
        raise CodeInvalid(what="The account", text=_shown(key), limit=CODE_LIMIT)
    check_code("The account", key.chart)
    check_code("The unit", key.unit.code, limit=20)
    for what, text in (("The party", key.party), ("The project", key.project), ("The convention", key.convention)):
        if text != "":
            check_code(what, text)


def check_code(what: str, text: str, *, limit: int = CODE_LIMIT, colon: bool = False) -> None:
    """Refuse what is not a code; a reference may hold colons, the parts of an account may not."""
    if isinstance(text, str) and len(text) <= limit and _PLAIN_CODE.fullmatch(text):
        return
    spoilt = not isinstance(text, str) or not _is_visible(text, limit) or any(map(str.isspace, text))
    if spoilt or (":" in text and not colon):
        raise CodeInvalid(what=what, text=_shown(text), limit=limit)


def check_text(what: str, text: str, *, limit: int = TEXT_LIMIT) -> None:
    """Refuse what is not one line of visible characters and plain spaces."""
    if not isinstance(text, str) or not text.strip() or not _is_visible(text, limit):
        raise TextInvalid(what=what, text=_shown(text))


def check_date(what: str, on: date) -> None:
    """Refuse what is not a date; a moment is not one, for its day depends on where one stands."""
    if type(on) is not date:
        raise DateInvalid(what=what, text=_shown(on))


def _is_visible(text: str, limit: int) -> bool:
    if not 1 <= len(text) <= limit:
        return False
    return all(
        c in " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}" or unicodedata.category(c)[0] not in _INVISIBLE
        for c in text
    )


def _shown(text: object) -> str:
    """What is refused as a sentence can show it: short, on one line, encodable; of no text, its type or number."""
    if type(text) is int and abs(text) < 10**30:
        return str(text)
    if isinstance(text, str | date):
        return ascii(str(text)[:40])[1:-1]
    return type(text).__name__


def _named(reference: object) -> str:
    """A reference or a unit in a sentence, before it was examined itself."""
    try:
        check_code("The reference", reference, limit=REFERENCE_LIMIT, colon=True)  # type: ignore[arg-type]
    except CodeInvalid:
        return _shown(reference)
    return str(reference)
