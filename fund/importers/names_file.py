"""names.json: what a fund calls its journals, accounts and auxiliaries, and its SIREN.

Plain Python. A name that cannot be read is a fault and is left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from stdnum.fr import siren as siren_number

from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.values import Misread, text_misread

NAMES_FILE = "names.json"
NAME_LIMIT = 200
"""Of a journal, an account or the fund; an auxiliary may have the longer name that a party may have."""

PARTY_LIMIT = 300
CODE_LIMIT = 40
ACCOUNT_LIMIT = 20

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*", re.ASCII)
_ACCOUNT = re.compile(r"[1-9][0-9]{2}[0-9A-Za-z]*", re.ASCII)
_KEYS = Names(("journals", "accounts", "auxiliaries", "siren", "name"))


@dataclass(frozen=True, slots=True)
class FundNames:
    """The names by code. `siren` and `name` are empty where the file does not say them."""

    journals: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    auxiliaries: Mapping[str, str] = field(default_factory=dict)
    siren: str = ""
    name: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, section: str, code: str) -> int:
        """The line that names the code, from 1; 0 where it is not known."""
        return self.lines.get(f"{section}.{code}", 0)


def code_misread(text: str, limit: int = CODE_LIMIT) -> Misread | None:
    """What is wrong with a code of the books: letters, digits, points, slashes, hyphens, underscores."""
    if len(text) <= limit and _CODE.fullmatch(text):
        return None
    return Misread("code_form", {"text": text, "limit": limit})


def account_misread(text: str) -> Misread | None:
    """What is wrong with an account number: three digits first, as every reader of French books expects."""
    if len(text) <= ACCOUNT_LIMIT and _ACCOUNT.fullmatch(text):
        return None
    return Misread("account_form", {"text": text, "limit": ACCOUNT_LIMIT})


def read_names(text: str, faults: list[Fault], *, siren_needed: bool) -> FundNames:
    """The names that the text of the file gives; `siren_needed` where a fund is founded from it."""
    if not text:
        return FundNames()
    document = _document(text, faults)
    if document is None:
        return FundNames()
    lines = _lines_of_keys(text)
    reader = _Reader(document, lines, faults)
    return FundNames(
        journals=reader.section("journals", NAME_LIMIT),
        accounts=reader.section("accounts", NAME_LIMIT),
        auxiliaries=reader.section("auxiliaries", PARTY_LIMIT),
        siren=reader.siren(needed=siren_needed),
        name=reader.text("name", NAME_LIMIT),
        lines=lines,
    )


class _Pairs(dict[str, object]):
    """An object of JSON that remembers the keys it was given twice."""

    twice: tuple[str, ...] = ()


def _pairs(found: list[tuple[str, object]]) -> _Pairs:
    made = _Pairs(found)
    if len(made) < len(found):
        made.twice = tuple(key for key, times in Counter(key for key, _ in found).items() if times > 1)
    return made


def _document(text: str, faults: list[Fault]) -> _Pairs | None:
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        faults.append(fault_at(NAMES_FILE, error.lineno, "json_unreadable"))
        return None
    except RecursionError:
        faults.append(fault_at(NAMES_FILE, 1, "json_unreadable"))
        return None
    if isinstance(document, _Pairs):
        return document
    faults.append(fault_at(NAMES_FILE, 1, "json_not_object"))
    return None


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line of each `section.code`, found by its writing: JSON itself keeps no lines."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        for key, opens in re.findall(r'"([^"\\]*)"\s*:\s*([{]?)', line):
            section = key if opens else section
            lines.setdefault(key if opens or key in ("siren", "name") else f"{section}.{key}", number)
    return lines


class _Reader:
    """What stands in the document, each fault with its key and line."""

    def __init__(self, document: _Pairs, lines: Mapping[str, int], faults: list[Fault]) -> None:
        self._document, self._lines, self._faults = document, lines, faults
        for key in document.twice:
            self._fault(key, "json_key_twice", text=key)
        for key in document:
            if key not in _KEYS:
                self._fault(key, "key_unknown", text=key, near=_KEYS.nearest(key), known=_KEYS.listed)

    def section(self, name: str, limit: int) -> dict[str, str]:
        found = self._document.get(name, _Pairs())
        if not isinstance(found, _Pairs):
            self._fault(name, "json_not_object")
            return {}
        for key in found.twice:
            self._fault(f"{name}.{key}", "json_key_twice", text=key)
        misread_code = account_misread if name == "accounts" else code_misread
        return {
            code: str(said)
            for code, said in found.items()
            if not self._spoilt(f"{name}.{code}", misread_code(code)) and self._is_name(f"{name}.{code}", said, limit)
        }

    def text(self, key: str, limit: int) -> str:
        said = self._document.get(key, "")
        return str(said) if said == "" or self._is_name(key, said, limit) else ""

    def siren(self, *, needed: bool) -> str:
        said = self._document.get("siren", "")
        if said == "" and not needed:
            return ""
        if not isinstance(said, str) or not siren_number.is_valid(said) or len(said) != 9:
            self._fault("siren", "siren_invalid", text=said if isinstance(said, str) else "")
            return ""
        return said

    def _is_name(self, key: str, said: object, limit: int) -> bool:
        if not isinstance(said, str):
            self._fault(key, "json_not_text")
            return False
        if not said:
            self._fault(key, "value_missing")
            return False
        return not self._spoilt(key, text_misread(said, limit))

    def _spoilt(self, key: str, misread: Misread | None) -> bool:
        if misread is None:
            return False
        self._fault(key, misread.code, **misread.facts)
        return True

    def _fault(self, key: str, code: str, /, **facts: str | int) -> None:
        self._faults.append(fault_at(NAMES_FILE, self._lines.get(key, 0), code, key, 0, **facts))
