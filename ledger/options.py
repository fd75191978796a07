"""What a person asks of the books in words: options read into values, or refused by name. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.errors import LedgerError
from ledger.journal import AccountKey
from ledger.ladder import check_code

LARGEST_NUMBER = 2**40
"""A book numbers its entries and postings below it."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


class DayUnreadable(LedgerError):
    """An option asks for a day and got something else."""

    code = "day_unreadable"
    en = "{option} “{text}” is no day of the calendar: write it like 2026-01-31."
    fr = "{option} « {text} » n’est pas un jour du calendrier : écrivez-le comme 2026-01-31."


class DaysCrossed(LedgerError):
    """Two options about days exclude each other."""

    code = "days_crossed"
    en = "{option} {day} and {other} {other_day} exclude each other: leave one out or turn them round."
    fr = "{option} {day} et {other} {other_day} s’excluent : retirez l’un des deux ou échangez-les."


class NumberUnreadable(LedgerError):
    """An option asks for a whole number and got something else."""

    code = "number_unreadable"
    en = "{option} “{text}” is not a whole number from {least} to {most}."
    fr = "{option} « {text} » n’est pas un nombre entier de {least} à {most}."


class OptionUnfit(LedgerError):
    """An option has no meaning beside another."""

    code = "option_unfit"
    en = "{option} does not go with {other}: leave one out."
    fr = "{option} ne va pas avec {other} : retirez l’un des deux."


class SelectionTwice(LedgerError):
    """An account is named whole, or by its parts."""

    code = "selection_twice"
    en = "--account names the whole account; leave {option} out, or select by parts without --account."
    fr = "--account nomme le compte entier ; retirez {option}, ou choisissez par parties sans --account."


class AccountUnreadable(LedgerError):
    """An account in one word has four parts at most."""

    code = "account_unreadable"
    en = "“{text}” is no account: write chart, party, project and convention with colons between, like 4682:C34:34."
    fr = (
        "« {text} » n’est pas un compte : écrivez compte, tiers, projet et convention séparés par deux-points, "
        "comme 4682:C34:34."
    )


class BookNotSaid(LedgerError):
    """There are several books and none is named."""

    code = "book_not_said"
    en = "There are several books ({books}): say which one with --book."
    fr = "Il y a plusieurs livres ({books}) : dites lequel avec --book."


class NoBook(LedgerError):
    """There is no book at all."""

    code = "no_book"
    en = "This database keeps no book yet."
    fr = "Cette base ne tient pas encore de livre."


class NothingSelected(LedgerError):
    """No account of the book matches what is asked."""

    code = "nothing_selected"
    en = "Book “{book}” has no account that matches {selection}; `ledger balance --detail` lists them."
    fr = "Le livre « {book} » n’a pas de compte qui réponde à {selection} ; `ledger balance --detail` les liste."


class UnitNotSaid(LedgerError):
    """A statement adds up in one unit, and the accounts are kept in several."""

    code = "unit_not_said"
    en = "{selection} is kept in several units ({units}): say which one with --unit."
    fr = "{selection} se tient en plusieurs unités ({units}) : dites laquelle avec --unit."


@dataclass(frozen=True, slots=True)
class Selection:
    """Which accounts: one by its code, or those that share parts; what is None takes all."""

    account: str | None = None
    chart: str | None = None
    party: str | None = None
    project: str | None = None
    convention: str | None = None
    unit: str | None = None

    def __bool__(self) -> bool:
        return any(said is not None for said in self.parts.values())

    @property
    def parts(self) -> dict[str, str | None]:
        """What the reading functions of the ledger take: `chart`, `party`, `project`, `convention`, `unit`."""
        if self.account is None:
            chosen = {"chart": self.chart, "party": self.party, "project": self.project, "convention": self.convention}
        else:
            chart, party, project, convention = (*self.account.split(":"), "", "", "")[:4]
            chosen = {"chart": chart, "party": party, "project": project, "convention": convention}
        return {**chosen, "unit": self.unit}

    def takes(self, key: AccountKey) -> bool:
        """Whether an account that shares the parts is meant: `--account 41` is not 411, `--chart 41` is."""
        return self.account is None or key.code == self.account.rstrip(":")

    def __str__(self) -> str:
        names = ("account", "chart", "party", "project", "convention", "unit")
        said = ((name, getattr(self, name)) for name in names)
        return " ".join(f"--{name} {text or '“”'}" for name, text in said if text is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: of which days, of which accounts, of which page."""

    first: date | None = None
    last: date | None = None
    selection: Selection = Selection()
    journal: str | None = None
    after: int | None = None
    limit: int | None = None


def question(options: Mapping[str, Any]) -> Question:
    """The options of the command line as a question; refused by name where one of them makes no sense."""
    first = _day("--from", options.get("from"))
    last, as_of = _day("--to", options.get("to")), _day("--as-of", options.get("as_of"))
    if last and as_of and last != as_of:
        raise DaysCrossed(option="--to", day=last.isoformat(), other="--as-of", other_day=as_of.isoformat())
    last = last or as_of
    if first and last and first > last:
        raise DaysCrossed(option="--from", day=first.isoformat(), other="--to", other_day=last.isoformat())
    if options.get("journal") is not None:
        check_code("The journal", options["journal"], limit=20)
    return Question(
        first=first,
        last=last,
        selection=_selection(options),
        journal=options.get("journal"),
        after=number("--after", options.get("after"), least=0),
        limit=number("--limit", options.get("limit"), least=1),
    )


def _selection(options: Mapping[str, Any]) -> Selection:
    said = {name: options.get(name) for name in ("account", "chart", "party", "project", "convention", "unit")}
    if said["account"] is not None:
        twice = next((name for name in ("chart", "party", "project", "convention") if said[name] is not None), None)
        if twice:
            raise SelectionTwice(option=f"--{twice}")
        parts = said["account"].split(":")
        if len(parts) > 4:
            raise AccountUnreadable(text=ascii(said["account"][:40])[1:-1])
        for part in (parts[0], *filter(None, parts[1:])):
            check_code("The account", part)
    checks = {"chart": "The account", "party": "The party", "project": "The project", "convention": "The convention"}
    for name, what in checks.items():
        if text := said[name]:
            check_code(what, text)
    if said["unit"] is not None:
        check_code("The unit", said["unit"], limit=20)
    return Selection(**said)


def number(option: str, text: str | None, *, least: int) -> int | None:
    """The whole number of an option, where it is given."""
    if text is None:
        return None
    if not _NUMBER.fullmatch(text) or not least <= int(text) < LARGEST_NUMBER:
        raise NumberUnreadable(option=option, text=ascii(text[:40])[1:-1], least=least, most=LARGEST_NUMBER - 1)
    return int(text)


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise DayUnreadable(option=option, text=ascii(text[:40])[1:-1])


def book_asked(slug: str | None, known: list[str]) -> str:
    """The book that is named, or the only one."""
    if slug is not None:
        check_code("The book", slug)
        return slug
    if not known:
        raise NoBook
    if len(known) > 1:
        raise BookNotSaid(books=", ".join(known[:20]) + (", …" if len(known) > 20 else ""))
    return known[0]
