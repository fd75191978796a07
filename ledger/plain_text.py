"""The journal as plain text for a second opinion: what `bean-check` accepts, and what hledger accepts. Plain Python.

Each text ends with what our books say that every account holds, as assertions: the tool adds up the entries by
itself and refuses the text when a single balance differs. Entries stand in the order of posting, an amount beside
its unit; all that an entry says stands with it as metadata, and an erased label stays empty. Nothing is converted,
so no entry needs a price: each balances in every unit by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from ledger.chain import exchange_text
from ledger.errors import LedgerError
from ledger.journal import AccountKey, Entry, Line
from ledger.money import Amount, Unit
from ledger.plain_names import account_name, unit_name

ONE_DAY = timedelta(days=1)
NEVER = date(1970, 1, 1)
"""Dates what an empty journal declares."""


class PostedEntry(Protocol):
    """What the texts ask of a posted entry; `ledger.balances.StoredEntry` has all of it."""

    @property
    def entry(self) -> Entry: ...
    @property
    def position(self) -> int: ...
    @property
    def fiscal_year(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def is_erased(self) -> bool: ...


class NoDayAfter(LedgerError):
    """Beancount asserts balances on the day after, which the last day of the calendar has not."""

    code = "no_day_after"
    en = "An entry is dated {on}; beancount asserts balances the day after, which no calendar has: export for hledger."
    fr = (
        "Une écriture est datée du {on} ; beancount vérifie les soldes le lendemain, qui n’existe pas : "
        "exportez pour hledger."
    )


@dataclass(slots=True)
class _Seen:
    """The days that the entries touch: the first and the last of all, and the first of each account."""

    first: date = NEVER
    last: date = NEVER
    opened: dict[str, date] = field(default_factory=dict)
    keys: set[AccountKey] = field(default_factory=set)

    def note(self, entry: Entry) -> None:
        self.first = min(self.first, entry.on) if self.keys else entry.on
        self.last = max(self.last, entry.on) if self.keys else entry.on
        for line in entry.lines:
            name = account_name(line.account)
            self.opened[name] = min(entry.on, self.opened.get(name, entry.on))
            self.keys.add(line.account)


def beancount_text(
    title: str, functional_unit: Unit, entries: Iterable[PostedEntry], held: Mapping[AccountKey, Amount]
) -> Iterator[str]:
    """The lines of a file for beancount 3; `held` is what the books say of each account."""
    yield f'option "title" {_quoted(title)}'
    yield f'option "operating_currency" "{unit_name(functional_unit.code)}"'
    seen = _Seen()
    for posted in entries:
        seen.note(posted.entry)
        yield ""
        yield from _beancount_entry(posted)
    yield from _beancount_accounts(seen, held)


def _beancount_entry(posted: PostedEntry) -> Iterator[str]:
    yield f"{posted.entry.on.isoformat()} * {_quoted(posted.entry.label)}"
    for name, said in _facts(posted):
        yield f"  {name}: {_quoted(said) if said else 'TRUE'}"
    for line in posted.entry.lines:
        yield f"  {account_name(line.account)}  {line.amount.major} {unit_name(line.account.unit.code)}"
        for name, said in _line_facts(line):
            yield f"    {name}: {_quoted(said) if said else 'TRUE'}"


def _beancount_accounts(seen: _Seen, held: Mapping[AccountKey, Amount]) -> Iterator[str]:
    """Units, accounts with the units they are kept in, and what they hold on the day after the last entry."""
    keys = _in_order({*held, *seen.keys})
    if keys and seen.last == date.max:
        raise NoDayAfter(on=seen.last.isoformat())
    for unit in _units(keys):
        yield ""
        yield f"{seen.first.isoformat()} commodity {unit_name(unit.code)}"
        yield f"  unit: {_quoted(unit.code)}"
        yield f"  scale: {unit.scale}"
        yield f"  kind: {_quoted(unit.kind)}"
    below = _with_those_below(keys, held)
    yield ""
    for name, sums in below.items():
        units = ",".join(unit_name(unit.code) for unit in sums)
        yield f"{seen.opened.get(name, seen.first).isoformat()} open {name}  {units}"
    yield ""
    yield "; beancount counts an account with those below it, as here; ~ 0 allows no difference"
    for name, sums in below.items():
        for unit, minor in sums.items():
            on = (seen.last + ONE_DAY).isoformat()
            yield f"{on} balance {name}  {Amount(minor, unit).major} ~ 0 {unit_name(unit.code)}"


def _with_those_below(keys: Iterable[AccountKey], held: Mapping[AccountKey, Amount]) -> dict[str, dict[Unit, int]]:
    """What each account holds in each unit, those whose names go on from its name included."""
    sums: dict[str, dict[Unit, int]] = {account_name(key): {} for key in keys}
    for key in keys:
        name = account_name(key)
        while name:
            if name in sums:
                amount = held.get(key, Amount(0, key.unit))
                sums[name][key.unit] = sums[name].get(key.unit, 0) + amount.minor
            name = name.rpartition(":")[0]
    return {name: dict(sorted(sums[name].items(), key=lambda item: item[0].code)) for name in sorted(sums)}


def hledger_text(title: str, entries: Iterable[PostedEntry], held: Mapping[AccountKey, Amount]) -> Iterator[str]:
    """The lines of a file for hledger; `held` is what the books say of each account."""
    yield f"; {title}"
    yield "decimal-mark ."
    for unit in _units(held):
        pattern = f"1000.{'0' * unit.scale}"
        yield f'commodity {pattern} "{unit_name(unit.code)}"'
    for name in sorted({account_name(key) for key in held}):
        yield f"account {name}"
    seen = _Seen()
    for posted in entries:
        seen.note(posted.entry)
        yield ""
        yield from _hledger_entry(posted)
    yield ""
    yield f"{seen.last.isoformat()} * balances"
    for key in _in_order(held):
        nothing, name = Amount(0, key.unit).major, unit_name(key.unit.code)
        yield f'    {account_name(key)}  {nothing} "{name}" = {held[key].major} "{name}"'


def _hledger_entry(posted: PostedEntry) -> Iterator[str]:
    entry = posted.entry
    code = _spelt(f"{entry.journal} {posted.fiscal_year} {posted.number}", "()")
    yield f"{entry.on.isoformat()} * ({code}) {_spelt(entry.label, ';')}".rstrip()
    for name, said in _facts(posted):
        yield f"    ; {name}: {_spelt(said, ',[')}".rstrip()
    for line in entry.lines:
        yield f'    {account_name(line.account)}  {line.amount.major} "{unit_name(line.account.unit.code)}"'
        for name, said in _line_facts(line):
            yield f"    ; {name}: {_spelt(said, ',[')}".rstrip()


def _in_order(keys: Iterable[AccountKey]) -> list[AccountKey]:
    return sorted(keys, key=lambda key: (key.code.split(":"), key.unit.code))


def _units(keys: Iterable[AccountKey]) -> list[Unit]:
    return sorted({key.unit for key in keys}, key=lambda unit: unit.code)


def _facts(posted: PostedEntry) -> Iterator[tuple[str, str]]:
    """What an entry says beside its date, its label and its lines; an empty text means that it is so."""
    entry, document = posted.entry, posted.entry.document
    yield "reference", entry.reference
    yield "journal", entry.journal
    yield "fiscal-year", posted.fiscal_year
    yield "number", str(posted.number)
    yield "position", str(posted.position)
    yield "kind", entry.kind
    if entry.validated_on:
        yield "validated-on", entry.validated_on.isoformat()
    if document.reference:
        yield "paper", document.reference
    if document.on:
        yield "paper-on", document.on.isoformat()
    if document.sha256:
        yield "paper-sha256", document.sha256
    if entry.exchange:
        yield "exchange", exchange_text(entry.exchange)
    if entry.reverses:
        yield "reverses", entry.reverses
    if posted.is_erased:
        yield "label-erased", ""


def _line_facts(line: Line) -> Iterator[tuple[str, str]]:
    if line.convention:
        yield "convention", line.convention
    if line.destination:
        yield "destination", line.destination
    if line.public_generosity:
        yield "public-generosity", ""


def _quoted(text: str) -> str:
    """The text as a string of beancount; a newline, which no text of the books holds, is refused on the way in."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _spelt(text: str, spoilers: str) -> str:
    r"""The text with what hledger would read as something else written as `\u003b`, a backslash as two."""
    escaped = text.replace("\\", "\\\\")
    for character in spoilers:
        escaped = escaped.replace(character, f"\\u{ord(character):04x}")
    return escaped
