"""What is asked of an entry before the books are opened: the first rungs of the ladder, cheapest first.

Plain Python. An entry that passes balances, and every word of it can stand in the canonical text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date
from functools import lru_cache

from ledger.errors import (
    AmountOutOfRange,
    AmountZero,
    CodeInvalid,
    DateInvalid,
    DocumentHashInvalid,
    EntryNotBalanced,
    ExchangeInvalid,
    LedgerError,
    TextInvalid,
    TooFewLines,
)
from ledger.journal import NOTHING, AccountKey, Document, Entry, sums_per_unit
from ledger.money import MINOR_LIMIT, Amount, unit_of

CODE_LIMIT, REFERENCE_LIMIT, TEXT_LIMIT, LABEL_LIMIT = 64, 200, 200, 500

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_./-]+", re.ASCII)
_INVISIBLE = ("C", "Z")  # Unicode categories: controls, formats, surrogates; separators of every kind


def examine(entry: Entry) -> None:
    """Raise the first refusal that the entry deserves by itself, whatever the books say."""
    if not is_usual(entry):
        _examine_lines(entry)
        _examine_words(entry)


def is_usual(entry: Entry) -> bool:
    """Whether nothing about the entry needs the rungs one by one: most entries, told at a third of the cost.

    Never true of an entry that the rungs refuse; false says nothing. Amounts are of one unit, there is no exchange
    and no reversal, all words are ASCII or otherwise plainly printable.
    """
    try:
        lines = entry.lines
        unit = lines[0].account.unit
        total = turnover = 0
        for line in lines:
            minor, account = line.minor, line.account
            if type(minor) is not int or not minor or account.unit is not unit or not _is_sound(account):
                return False
            if line.convention and not _is_code(line.convention, CODE_LIMIT):
                return False
            if line.destination and not _is_code(line.destination, CODE_LIMIT):
                return False
            total += minor
            turnover += abs(minor)
        return (
            total == 0
            and len(lines) > 1
            and turnover <= 2 * MINOR_LIMIT
            and entry.exchange is None
            and not entry.reverses
            and (entry.document is NOTHING or _is_usual_document(entry.document))
            and type(entry.on) is date
            and (entry.validated_on is None or type(entry.validated_on) is date)
            and _is_code(entry.journal, 20)
            and _is_code(entry.kind, CODE_LIMIT)
            and _is_code(entry.reference.replace(":", ""), REFERENCE_LIMIT)
            and len(entry.reference) <= REFERENCE_LIMIT
            and 0 < len(entry.label) <= LABEL_LIMIT
            and entry.label.isprintable()
            and not entry.label.isspace()
        )
    except (AttributeError, TypeError, IndexError):
        return False  # something is not what it should be; the rungs name it


def _is_usual_document(document: Document) -> bool:
    reference, sha = document.reference, document.sha256
    return (
        len(reference) <= TEXT_LIMIT
        and reference.isprintable()
        and (not reference or not reference.isspace())
        and (document.on is None or type(document.on) is date)
        and (not sha or _SHA256.fullmatch(sha) is not None)
    )


def _is_code(text: str, limit: int) -> bool:
    return 0 < len(text) <= limit and text.isprintable() and " " not in text and ":" not in text


@lru_cache(maxsize=8192)
def _is_sound(key: AccountKey) -> bool:
    try:
        check_account(key)
        return key.unit == unit_of(key.unit.code)
    except LedgerError:
        return False


def _examine_lines(entry: Entry) -> None:
    if len(entry.lines) < 2:
        raise TooFewLines(reference=entry.reference, count=len(entry.lines))
    for position, line in enumerate(entry.lines, start=1):
        if line.minor == 0:
            raise AmountZero(reference=entry.reference, line=position)
    debits: dict[str, int] = defaultdict(int)
    for position, line in enumerate(entry.lines, start=1):
        if type(line.minor) is not int or abs(line.minor) > MINOR_LIMIT:
            raise AmountOutOfRange(reference=entry.reference, what=f"Line {position}")
        debits[line.account.unit.code] += max(line.minor, 0)
    for code, debit in debits.items():
        if debit > MINOR_LIMIT:
            raise AmountOutOfRange(reference=entry.reference, what=f"The debit in {code}")
    for unit, excess in sums_per_unit(entry.lines).items():
        if excess:
            raise EntryNotBalanced(reference=entry.reference, unit=unit.code, excess=str(Amount(excess, unit)))


def _examine_words(entry: Entry) -> None:
    check_code("The reference", entry.reference, limit=REFERENCE_LIMIT, colon=True)
    check_code("The journal", entry.journal, limit=20)
    check_code("The kind", entry.kind)
    for line in entry.lines:
        check_account(line.account)
        for what, text in (("The convention", line.convention), ("The destination", line.destination)):
            if text:
                check_code(what, text)
    if entry.reverses:
        check_code("The reversed reference", entry.reverses, limit=REFERENCE_LIMIT, colon=True)
    check_date("The date of the fact", entry.on)
    if entry.validated_on is not None:
        check_date("The validation date", entry.validated_on)
    _examine_document(entry)
    _examine_exchange(entry)
    check_text("The label", entry.label, limit=LABEL_LIMIT)


def _examine_document(entry: Entry) -> None:
    document = entry.document
    if document.reference:
        check_text("The document's reference", document.reference)
    if document.on is not None:
        check_date("The document's date", document.on)
    if document.sha256 and not _SHA256.fullmatch(document.sha256):
        raise DocumentHashInvalid(reference=entry.reference)


def _examine_exchange(entry: Entry) -> None:
    exchange = entry.exchange
    if exchange is None:
        return
    moved = {line.account.unit.code for line in entry.lines}
    if exchange.from_ == exchange.to or not {exchange.from_, exchange.to} <= moved or exchange.rate <= 0:
        raise ExchangeInvalid(reference=entry.reference)


def check_account(key: AccountKey) -> None:
    """Refuse an account whose parts are not codes: their join must be read back without doubt."""
    check_code("The account", key.chart)
    check_code("The unit", key.unit.code, limit=20)
    for what, text in (("The party", key.party), ("The project", key.project), ("The convention", key.convention)):
        if text:
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
    """The refused text as a sentence can show it: short, on one line, encodable."""
    return ascii(str(text)[:40])[1:-1]
