"""The opening entry in the making: balances as somebody else's books left them, checked before anything is booked.

Plain Python. Balances come from a trial balance or from a file of entries; what is asked of them is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fund.importers.charted import chart_name, instead, is_outside
from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from ledger.journal import AccountKey, Line
from ledger.money import Amount, Unit

NOT_OPENED = ("86", "87", "88", "89", "9")
"""Contributions in kind are shown at the foot of a year, and class 9 counts what is not money."""


@dataclass(frozen=True, slots=True)
class OpeningTerms:
    """What balances are read against: the first day, its chart, and the names that are known.

    `chart` is the version that the year follows, `is_known` says whether the chart or the fund names an account.
    """

    on: date
    unit: Unit
    chart: str
    is_known: Callable[[str], bool]
    accounts: Names
    auxiliaries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A balance: debit positive. `item` tells open items of one account apart, `name` is that of the auxiliary."""

    line: int
    account: str
    minor: int
    auxiliary: str = ""
    project: str = ""
    convention: str = ""
    item: str = ""
    name: str = ""
    account_name: str = ""

    @property
    def shown(self) -> str:
        """The account and what it is kept for, as a sentence names it."""
        return " ".join(part for part in (self.account, self.auxiliary, self.project, self.convention) if part)


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """The balances that open the books: none of zero, in the order of the accounts, equal on both sides."""

    on: date
    unit: Unit
    rows: tuple[BalanceRow, ...]
    sha256: str
    source: str

    @property
    def debit(self) -> Amount:
        """What the debit side sums to."""
        return Amount(sum(max(row.minor, 0) for row in self.rows), self.unit)

    @property
    def credit(self) -> Amount:
        """What the credit side sums to, above zero."""
        return Amount(-sum(min(row.minor, 0) for row in self.rows), self.unit)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the opening entry."""
        return tuple(
            Line(
                AccountKey(row.account, party=row.auxiliary, project=row.project, unit=self.unit),
                row.minor,
                convention=row.convention,
            )
            for row in self.rows
        )

    @property
    def account_names(self) -> dict[str, str]:
        """The names that the file gives to accounts."""
        return {row.account: row.account_name for row in self.rows if row.account_name}

    @property
    def party_names(self) -> dict[str, str]:
        """The names that the file gives to auxiliaries."""
        return {row.auxiliary: row.name for row in self.rows if row.auxiliary and row.name}


def drafted(rows: Iterable[BalanceRow], terms: OpeningTerms, *, sha256: str, source: str) -> OpeningDraft:
    """The draft of rows in which nothing is wrong."""
    kept = sorted(
        (row for row in rows if row.minor),
        key=lambda row: (row.account, row.auxiliary, row.project, row.convention, row.line),
    )
    return OpeningDraft(terms.on, terms.unit, tuple(kept), sha256, source)


def balance_faults(
    file: str, rows: Iterable[BalanceRow], terms: OpeningTerms, *, sound: bool = True
) -> Iterator[Fault]:
    """What is wrong with balances as an opening; their sum is judged where every row could be read (`sound`)."""
    rows = tuple(rows)
    told: set[str] = set()
    first: dict[tuple[str, ...], int] = {}
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        yield from _account_faults(file, row, terms, told)
        yield from _name_faults(file, row, terms, told, names)
        key = (row.account, row.auxiliary, row.project, row.convention, row.item)
        if first.setdefault(key, row.line) != row.line:
            yield fault_at(file, row.line, "balance_twice", "account", 1, text=row.shown, first=first[key])
    if not sound:
        return
    debit, credit = sum(max(row.minor, 0) for row in rows), -sum(min(row.minor, 0) for row in rows)
    if not debit and not credit:
        yield fault_at(file, 0, "balance_nothing")
    elif debit != credit:
        yield fault_at(
            file,
            0,
            "balance_unbalanced",
            debit=str(Amount(debit, terms.unit)),
            credit=str(Amount(credit, terms.unit)),
            difference=str(Amount(abs(debit - credit), terms.unit)),
        )


def _account_faults(file: str, row: BalanceRow, terms: OpeningTerms, told: set[str]) -> Iterator[Fault]:
    account = row.account
    if not account or f"account {account}" in told:
        return
    told.add(f"account {account}")
    if account.startswith(("6", "7")):
        yield fault_at(file, row.line, "balance_of_results", "account", 1, text=account)
    elif account.startswith(NOT_OPENED):
        yield fault_at(file, row.line, "balance_of_no_opening", "account", 1, text=account)
    elif not row.account_name and not terms.is_known(account):
        near = terms.accounts.nearest(account)
        yield fault_at(file, row.line, "account_unknown", "account", 1, text=account, near=near)
    elif is_outside(account, terms.chart):
        yield fault_at(
            file,
            row.line,
            "account_outside_chart",
            "account",
            1,
            text=account,
            year=terms.on.year,
            chart=chart_name(terms.chart),
            near=instead(account, terms.chart),
        )


def _name_faults(
    file: str, row: BalanceRow, terms: OpeningTerms, told: set[str], names: dict[tuple[str, str], str]
) -> Iterator[Fault]:
    code = row.auxiliary
    for kind, named, said in (("auxiliary", code, row.name), ("account", row.account, row.account_name)):
        if named and said:
            first = names.setdefault((kind, named), said)
            if first != said:
                column = "name" if kind == "auxiliary" else "account_name"
                yield fault_at(file, row.line, "name_twice", column, 0, text=named, found=said, first=first)
    if code and code not in terms.auxiliaries and ("auxiliary", code) not in names and f"auxiliary {code}" not in told:
        told.add(f"auxiliary {code}")
        yield fault_at(file, row.line, "auxiliary_unlabelled", "auxiliary", 2, text=code)
