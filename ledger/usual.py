"""What most entries are like: told at a third of what the rungs one by one would cost. Plain Python.

`is_usual` is never true of an entry that `ladder.examine` refuses, and false says nothing: the rungs decide. It is
also what `ledger.express` relies on: one known unit, no exchange, no reversal.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ledger.errors import LedgerError
from ledger.journal import NOTHING, AccountKey, Document, Entry, Line
from ledger.ladder import CODE_LIMIT, JOURNAL_LIMIT, LABEL_LIMIT, REFERENCE_LIMIT, TEXT_LIMIT, check_account
from ledger.money import MINOR_LIMIT, unit_of

_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_usual(entry: Entry) -> bool:
    """Whether nothing about the entry needs the rungs one by one."""
    try:
        return _has_usual_lines(entry) and _has_usual_words(entry)
    except (AttributeError, TypeError, IndexError):
        return False  # something is not what it should be; the rungs name it


def _has_usual_lines(entry: Entry) -> bool:
    if type(entry) is not Entry or type(entry.lines) is not tuple:
        return False
    unit = entry.lines[0].account.unit
    total = turnover = 0
    for line in entry.lines:
        minor, account = line.minor, line.account
        if type(line) is not Line or type(minor) is not int or not minor:
            return False
        if account.unit is not unit or not _is_sound(account) or type(line.public_generosity) is not bool:
            return False
        if line.convention != "" and not _is_code(line.convention, CODE_LIMIT):
            return False
        if line.destination != "" and not _is_code(line.destination, CODE_LIMIT):
            return False
        total += minor
        turnover += abs(minor)
    return total == 0 and len(entry.lines) > 1 and turnover <= 2 * MINOR_LIMIT


def _has_usual_words(entry: Entry) -> bool:
    label, reference = entry.label, entry.reference
    return (
        entry.exchange is None
        and entry.reverses == ""
        and (entry.document is NOTHING or _is_usual_document(entry.document))
        and type(entry.on) is date
        and (entry.validated_on is None or type(entry.validated_on) is date)
        and _is_code(entry.journal, JOURNAL_LIMIT)
        and _is_code(entry.kind, CODE_LIMIT)
        and len(reference) <= REFERENCE_LIMIT
        and _is_code(reference.replace(":", ""), REFERENCE_LIMIT)
        and 0 < len(label) <= LABEL_LIMIT
        and label.isprintable()
        and not label.isspace()
    )


def _is_usual_document(document: Document) -> bool:
    reference, sha256 = document.reference, document.sha256
    return (
        type(document) is Document
        and len(reference) <= TEXT_LIMIT
        and reference.isprintable()
        and not reference.isspace()
        and (document.on is None or type(document.on) is date)
        and (sha256 == "" or _SHA256.fullmatch(sha256) is not None)
    )


def _is_code(text: str, limit: int) -> bool:
    # `isprintable` is what the rungs ask of each character, but for two kinds of space that a code may not hold anyway.
    return 0 < len(text) <= limit and text.isprintable() and " " not in text and ":" not in text


@lru_cache(maxsize=8192)
def _is_sound(key: AccountKey) -> bool:
    """Whether every part of the account is a code and its unit is as the house or ISO 4217 defines it."""
    try:
        check_account(key)
        return key.unit == unit_of(key.unit.code)
    except LedgerError:
        return False
