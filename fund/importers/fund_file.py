"""fund.toml: the fund, its call for projects and who pays, each key checked and placed on its line.

Plain Python. As in the tables, a key that cannot be read is a fault and reads as an empty value; an empty
`currency` or a `fiscal_year` of 0 tells the readers of the tables not to compare with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from moneyed import CURRENCIES
from stdnum.fr import siren

from allocation.methods.registry import METHODS as allocation_methods  # noqa: N811
from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.values import Misread, text_misread, word_misread
from ledger.money import Unit, unit_of

FUND_FILE = "fund.toml"
AGREEMENT_DAYS = 7
"""Agreements are signed this many days after the call closes."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
NAME_LIMIT, PERSON_LIMIT = 200, 100
LEGAL_FORMS = Names(("association-1901", "scic", "sep", "simple-coproduction"))
METHODS = Names(sorted({method.name for method in allocation_methods.values()}))

SECTIONS = {
    "fund": ("name", "slug", "legal_form", "siren", "currency", "charter", "fiscal_year"),
    "call": ("name", "ballots", "method", "opens", "closes", "premiere", "lottery_seed"),
    "payments": ("prepared_by", "approved_by"),
}

_SECTION_LINE = re.compile(r"\s*\[\s*\"?([A-Za-z0-9_-]+)\"?\s*\]")
_KEY_LINE = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
_ERROR_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fund:
    """The fund; `charter` is the name of a shipped one, or of a `.toml` file of the folder."""

    name: str
    slug: str
    legal_form: str
    siren: str
    currency: Unit
    charter: str
    fiscal_year: int

    @property
    def first_day(self) -> date:
        return date(self.fiscal_year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.fiscal_year, 12, 31)


@dataclass(frozen=True, slots=True)
class Call:
    """The call for projects: `ballots` is a file of the folder, `premiere` that of every awarded project."""

    name: str
    ballots: str
    method: str
    opens: date
    closes: date
    premiere: date
    lottery_seed: str

    @property
    def agreed_on(self) -> date:
        """The day of the agreements; awards are made on the day the call closes."""
        return self.closes + timedelta(days=AGREEMENT_DAYS)


@dataclass(frozen=True, slots=True)
class Payments:
    """The two people that every payment takes."""

    prepared_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class FundFile:
    """All that fund.toml says."""

    fund: Fund
    call: Call
    payments: Payments


def read_fund_file(text: str, charters: Collection[str], faults: list[Fault]) -> FundFile:
    """What the text says; `charters` names those that ship.

    Without a text that is TOML all is empty: its one fault is noted, the missing keys are none of their own.
    """
    document = _document(text, faults) if text else None
    if document is None:
        return _fund_file(_Keys({}, {}, []), Names(charters))
    return _fund_file(_Keys(document, _key_lines(text), faults), Names(charters))


class _Keys:
    """The keys of the sections, read one by one; what is wrong with each is noted on its line."""

    def __init__(self, document: Facts, lines: Mapping[tuple[str, str], int], faults: list[Fault]) -> None:
        self._lines, self._faults = lines, faults
        self._sections: dict[str, Facts] = {}
        for name in document.keys() - SECTIONS.keys():
            self.fault(
                "", name, "key_unknown", text=name, near=Names(SECTIONS).nearest(name), known=", ".join(SECTIONS)
            )
        for name, keys in SECTIONS.items():
            section = document.get(name)
            if isinstance(section, dict):
                self._sections[name] = section
                for key in section.keys() - set(keys):
                    near = Names(keys).nearest(key)
                    self.fault(name, key, "key_unknown", text=key, near=near, known=", ".join(keys))
            else:
                self.fault("", name, "section_missing", text=name, known=", ".join(keys))

    def fault(self, section: str, key: str, code: str, /, **facts: str | int) -> None:
        """Note a fault of this key, on its line or on that of its section."""
        line = self._lines.get((section, key)) or self._lines.get(("", section or key), 0)
        column = f"{section}.{key}" if section else key
        self._faults.append(fault_at(FUND_FILE, line, code, column, 1 if line else 0, **facts))

    def text(self, section: str, key: str, limit: int = NAME_LIMIT) -> str:
        """A text that is not empty."""
        value = self._value(section, key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(section, key, "type_not_text", key=key)
            return ""
        if not value:
            self.fault(section, key, "value_missing")
            return ""
        return "" if self._misread(section, key, text_misread(value, limit)) else value

    def word(self, section: str, key: str, *, like: str) -> str:
        """A text of small letters, digits and hyphens."""
        text = self.text(section, key)
        return "" if not text or self._misread(section, key, word_misread(text, like=like)) else text

    def choice(self, section: str, key: str, known: Names, code: str = "choice_unknown") -> str:
        """One of the texts known."""
        text = self.text(section, key)
        if not text or text in known:
            return text
        self.fault(section, key, code, text=text, known=known.listed, near=known.nearest(text))
        return ""

    def file_name(self, section: str, key: str, suffix: str, like: str) -> str:
        """The bare name of a file of the folder, never a path."""
        text = self.text(section, key)
        if not text or (text.endswith(suffix) and text[0] != "." and not set(text) & set("/\\:")):
            return text
        self.fault(section, key, "file_name_form", text=text, suffix=suffix, like=like)
        return ""

    def day(self, section: str, key: str, fiscal_year: int) -> date | None:
        """A day of the fiscal year."""
        value = self._value(section, key)
        if value is None:
            return None
        if type(value) is not date:  # a moment is a date to isinstance
            self.fault(section, key, "type_not_date", key=key)
            return None
        if fiscal_year and value.year != fiscal_year:
            self.fault(section, key, "date_outside_year", text=value.isoformat(), year=fiscal_year)
            return None
        return value

    def year(self, section: str, key: str) -> int:
        """A year, or 0."""
        value = self._value(section, key)
        if value is None:
            return 0
        if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR:
            return value
        self.fault(section, key, "type_not_year", key=key, first=FIRST_YEAR, last=LAST_YEAR)
        return 0

    def _value(self, section: str, key: str) -> object:
        keys = self._sections.get(section)
        if keys is not None and key not in keys:
            self.fault(section, key, "key_missing", text=key, section=section)
        return (keys or {}).get(key)

    def _misread(self, section: str, key: str, misread: Misread | None) -> bool:
        if misread is None:
            return False
        self.fault(section, key, misread.code, **misread.facts)
        return True


def _fund_file(keys: _Keys, charters: Names) -> FundFile:
    fund = _fund(keys, charters)
    return FundFile(fund=fund, call=_call(keys, fund.fiscal_year), payments=_payments(keys))


def _fund(keys: _Keys, charters: Names) -> Fund:
    number = keys.text("fund", "siren")
    if number and not (re.fullmatch("[0-9]{9}", number, re.ASCII) and siren.is_valid(number)):
        keys.fault("fund", "siren", "siren_invalid", text=number)
    currency = keys.text("fund", "currency")
    if currency and currency not in CURRENCIES:
        keys.fault("fund", "currency", "currency_unknown", text=currency, like="EUR")
        currency = ""
    return Fund(
        name=keys.text("fund", "name"),
        slug=keys.word("fund", "slug", like="fonds-2026"),
        legal_form=keys.choice("fund", "legal_form", LEGAL_FORMS),
        siren=number,
        currency=unit_of(currency) if currency else Unit("", 2),
        charter=_charter(keys, charters),
        fiscal_year=keys.year("fund", "fiscal_year"),
    )


def _charter(keys: _Keys, charters: Names) -> str:
    name = keys.text("fund", "charter")
    if name.endswith(".toml"):
        return keys.file_name("fund", "charter", ".toml", "charter.toml")
    return keys.choice("fund", "charter", charters, "charter_unknown") if name else ""


def _call(keys: _Keys, fiscal_year: int) -> Call:
    opens, closes, premiere = (keys.day("call", key, fiscal_year) for key in ("opens", "closes", "premiere"))
    call = Call(
        name=keys.text("call", "name"),
        ballots=keys.file_name("call", "ballots", ".pb", "ballots.pb"),
        method=keys.choice("call", "method", METHODS),
        opens=opens or date.min,
        closes=closes or date.min,
        premiere=premiere or date.min,
        lottery_seed=keys.text("call", "lottery_seed"),
    )
    if opens and closes and closes < opens:
        keys.fault("call", "closes", "closes_before_opens", opens=str(opens), closes=str(closes))
    if fiscal_year and closes and premiere and premiere < call.agreed_on:
        keys.fault(
            "call",
            "premiere",
            "premiere_too_early",
            premiere=str(premiere),
            agreed=str(call.agreed_on),
            days=AGREEMENT_DAYS,
        )
    return call


def _payments(keys: _Keys) -> Payments:
    payments = Payments(*(keys.text("payments", key, PERSON_LIMIT) for key in ("prepared_by", "approved_by")))
    prepared, approved = (" ".join(name.casefold().split()) for name in (payments.prepared_by, payments.approved_by))
    if prepared and prepared == approved:
        keys.fault("payments", "approved_by", "same_person")
    return payments


def _document(text: str, faults: list[Fault]) -> Facts | None:
    try:
        # a number with a point is no figure of this file; as a decimal it is refused as not a text, year or date
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        lines = text.rstrip("\n").split("\n")
        place = _ERROR_PLACE.search(str(error))
        line = min(int(place[1]), len(lines)) if place else len(lines)
        column = int(place[2]) if place else 0
        faults.append(fault_at(FUND_FILE, line, "toml_syntax", "", column, text=lines[line - 1].strip()))
    except (ValueError, RecursionError, ArithmeticError):  # a number of thousands of digits, brackets without end
        faults.append(fault_at(FUND_FILE, 0, "toml_unreadable"))
    return None


def _key_lines(text: str) -> dict[tuple[str, str], int]:
    """The line of each `[section]`, as `("", section)`, and of each `key =` below it."""
    lines: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _SECTION_LINE.match(line):
            section = found[1]
            lines.setdefault(("", section), number)
        elif found := _KEY_LINE.match(line):
            lines.setdefault((section, found[1]), number)
    return lines
