"""Names that beancount and hledger accept for any account and any unit of the books, and the way back: plain Python.

An account is its root, then its parts: `Assets:411:M03` is account 411 kept for party M03. The root comes from the
class of the French chart and says nothing that the chart's code does not. Letters without accent, digits and hyphens
stand for themselves, so usual codes read as they are; `Z` opens what is written otherwise:

    ZZ            the letter Z
    Z6d-          the character of this hexadecimal number, here “m” where a part would begin with it
    Z-            a part that says nothing, before one that says something: `Assets:411:Z-:C34`

A unit keeps capitals, digits and `-._'` (`EUR-INKIND`); there, `Z20ACX` is the character of that number.

What beancount accepts stands in its `parser/lexer.l` and `core/account.py` (3.2.3); hledger accepts all of it, a unit
in double quotes (its manual, “Commodity”).
"""

from __future__ import annotations

import re
import string

from ledger.errors import LedgerError
from ledger.journal import AccountKey
from ledger.money import Unit

_FIRST = frozenset(string.ascii_uppercase + string.digits) - {"Z"}
_LATER = frozenset(string.ascii_letters + string.digits + "-") - {"Z"}
_PART = re.compile(r"Z(?:(?P<z>Z)|(?P<number>[0-9a-f]*)-)|(?P<plain>[^Z])")

_UNIT_FIRST = frozenset(string.ascii_uppercase) - {"Z"}
_UNIT_LAST = frozenset(string.ascii_uppercase + string.digits) - {"Z"}
_UNIT_WITHIN = _UNIT_LAST | frozenset("-._'")
_UNIT_PART = re.compile(r"Z(?:(?P<z>Z)|(?P<number>[0-9A-F]+)X)|(?P<plain>[^Z])")
_RESERVED = frozenset({"TRUE", "FALSE", "NULL"})  # beancount reads these as values, never as a unit

_ROOTS = {
    "": "Equity",
    "15": "Liabilities",
    "16": "Liabilities",
    "17": "Liabilities",
    "19": "Liabilities",
    "2": "Assets",
    "3": "Assets",
    "4": "Liabilities",
    "409": "Assets",
    "41": "Assets",
    "419": "Liabilities",
    "441": "Assets",
    "467": "Assets",
    "486": "Assets",
    "5": "Assets",
    "519": "Liabilities",
    "6": "Expenses",
    "7": "Income",
    "86": "Expenses",
    "87": "Income",
}
"""By the longest beginning of the chart's code: classes of the *plan comptable général*, 19 as ANC 2018-06 has it."""


class NameUnreadable(LedgerError):
    """A name of an account or a unit in a text is not one that the books write."""

    code = "name_unreadable"
    en = "“{name}” is not the name of an account or a unit as the books export it."
    fr = "« {name} » n’est pas le nom d’un compte ou d’une unité tel que les livres l’exportent."


def account_name(key: AccountKey) -> str:
    """The account as both tools write it; its unit stands beside each amount."""
    return ":".join((_root(key.chart), *map(_written, key.code.split(":"))))


def account_of(name: str, unit: Unit) -> AccountKey:
    """The account that has this name."""
    parts = name.split(":")[1:]
    if 1 <= len(parts) <= 4:
        chart, party, project, convention = (*map(_read, parts), "", "", "")[:4]
        key = AccountKey(chart, party, project, convention, unit)
        if chart and account_name(key) == name:
            return key
    raise NameUnreadable(name=name)


def unit_name(code: str) -> str:
    """The unit as both tools write it (hledger in double quotes)."""
    return "".join(_unit_character(code, place) for place in range(len(code)))


def unit_code(name: str) -> str:
    """The code of the unit that has this name."""
    code = _decoded(_UNIT_PART, name)
    if not code or unit_name(code) != name:
        raise NameUnreadable(name=name)
    return code


def _unit_character(code: str, place: int) -> str:
    character = code[place]
    if character == "Z":
        return "ZZ"
    if place == 0:
        fits = _UNIT_FIRST if len(code) > 1 and code not in _RESERVED else frozenset[str]()
    else:
        fits = _UNIT_WITHIN if place < len(code) - 1 else _UNIT_LAST
    return character if character in fits else f"Z{ord(character):X}X"


def _root(chart: str) -> str:
    return next(_ROOTS[chart[:length]] for length in range(len(chart), -1, -1) if chart[:length] in _ROOTS)


def _written(part: str) -> str:
    if not part:
        return "Z-"
    return "".join(
        "ZZ" if c == "Z" else c if c in (_LATER if place else _FIRST) else f"Z{ord(c):x}-"
        for place, c in enumerate(part)
    )


def _read(part: str) -> str:
    return _decoded(_PART, part)


def _decoded(pattern: re.Pattern[str], name: str) -> str:
    """What the name was written from; nothing else reads back to the same name, which the caller asks."""
    read, end = [], 0
    for found in pattern.finditer(name):
        if found.start() != end:
            break
        end = found.end()
        read.append(_character(found))
    if end != len(name):
        raise NameUnreadable(name=name)
    return "".join(read)


def _character(found: re.Match[str]) -> str:
    if found["number"] is None:
        return found["z"] or found["plain"]
    if not found["number"]:
        return ""
    number = int(found["number"][:8], 16)
    return chr(number) if number <= 0x10FFFF else ""
