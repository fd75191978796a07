"""Dedicated funds (*fonds dédiés*): what a funder gave for a project and the fund has not spent on it yet.

Plain Python, whole minor units. Regulation ANC 2018-06, articles 132-1 to 132-5 (what is dedicated, when it is used)
and 431-6 (the table of the notes): three rubrics, and for each project or convention what it opened with, what the year
added, used and moved, and what is left. Dedicated funds stand in credit; here they are above zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from fund.accounting.year import YearKey, YearRow
from ledger.journal import Line

MoveKind = Literal["report", "use", "refund", "transfer"]


@dataclass(frozen=True, slots=True)
class Rubric:
    """One of the three origins of dedicated money, and its accounts.

    `fund` keeps what is unused, `report` and `use` are its expense and income, `incomes` and `not_incomes` begin the
    numbers of what a funder of this kind gives. `income` and `journal` book a convention that is signed.
    """

    fund: str
    report: str
    use: str
    incomes: tuple[str, ...]
    not_incomes: tuple[str, ...]
    income: str
    journal: str
    fr: str
    en: str


RUBRICS: Final[Mapping[str, Rubric]] = {
    "subsidies": Rubric(
        "194", "6894", "7894", ("74",), ("747",), "741", "SU",
        "Subventions d’exploitation", "Operating subsidies",
    ),
    "contributions": Rubric(
        "195", "6895", "7895", ("755",), (), "7551", "AP",
        "Contributions financières d’autres organismes", "Financial contributions of other bodies",
    ),
    "generosity": Rubric(
        "196", "6896", "7896", ("754",), (), "7542", "AP",
        "Ressources liées à la générosité du public", "Resources of public generosity",
    ),
}  # fmt: skip
"""By the word that conventions and statements use, in the order of the table."""

FUNDS: Final = tuple(rubric.fund for rubric in RUBRICS.values())


def rubric_of(chart: str) -> str:
    """The rubric whose dedicated funds this account keeps; empty for any other account.

    >>> rubric_of("194000"), rubric_of("512")
    ('subsidies', '')
    """
    return next((name for name, rubric in RUBRICS.items() if chart.startswith(rubric.fund)), "")


@dataclass(frozen=True, slots=True)
class Move:
    """What an entry did to dedicated funds; `minor` is above zero for money put aside, used, refunded, moved in."""

    rubric: str
    code: str
    account: str
    kind: MoveKind
    minor: int


def moves_of(lines: Sequence[Line]) -> list[Move]:
    """The moves of one entry, read from what stands opposite.

    Against 689 it is a report, against 789 a use, against other dedicated funds a transfer (art. 132-4); money that
    leaves for a third party is a refund, which the table counts among the uses. Whatever else comes in is shown as a
    transfer, where the sum of all transfers tells that it has no other side.
    """
    is_report = any(line.account.chart.startswith("689") for line in lines)
    is_use = any(line.account.chart.startswith("789") for line in lines)
    of_funds = [line for line in lines if rubric_of(line.account.chart)]
    is_transfer = not sum(line.minor for line in of_funds)
    moves = []
    for line in of_funds:
        kind: MoveKind
        if is_report and (not is_use or line.minor < 0):
            kind = "report"
        elif is_use:
            kind = "use"
        else:
            kind = "transfer" if is_transfer or line.minor < 0 else "refund"
        minor = line.minor if kind in ("use", "refund") else -line.minor
        account = line.account
        code = line.convention or account.convention or account.project or account.party
        moves.append(Move(rubric_of(account.chart), code, account.chart, kind, minor))
    return moves


@dataclass(frozen=True, slots=True)
class DedicatedRow:
    """A line of the table of article 431-6; `code` is the convention, else the project, the party, or empty.

    `uses` is the whole amount, `refunds` the part of it that went back to funders, `idle` the part of `closing` of
    projects without any expense in the last two fiscal years.
    """

    rubric: str
    code: str
    account: str
    opening: int
    reports: int
    uses: int
    refunds: int
    transfers: int
    closing: int
    idle: int

    @property
    def difference(self) -> int:
        """Opening + reports − uses ± transfers − closing: zero where the line is sound."""
        return self.opening + self.reports - self.uses + self.transfers - self.closing


@dataclass(frozen=True, slots=True)
class DedicatedTable:
    """The table, rubric by rubric; `reported` and `used` are what the income statement says of each rubric."""

    rows: tuple[DedicatedRow, ...]
    reported: Mapping[str, int]
    used: Mapping[str, int]

    def of(self, rubric: str) -> tuple[DedicatedRow, ...]:
        """The lines of a rubric."""
        return tuple(row for row in self.rows if row.rubric == rubric)

    def total(self, rubric: str = "") -> DedicatedRow:
        """The sum of a rubric, or of the whole table."""
        rows = [row for row in self.rows if not rubric or row.rubric == rubric]
        return DedicatedRow(
            rubric,
            "",
            RUBRICS[rubric].fund if rubric else "19",
            sum(row.opening for row in rows),
            sum(row.reports for row in rows),
            sum(row.uses for row in rows),
            sum(row.refunds for row in rows),
            sum(row.transfers for row in rows),
            sum(row.closing for row in rows),
            sum(row.idle for row in rows),
        )

    def unsound(self) -> list[tuple[str, int]]:
        """The rubrics of which something does not agree, each with the difference.

        Of a line that does not add up; of reports (689) or uses (789) that the income statement says otherwise; of
        transfers that come from nowhere.
        """
        faults = [(row.rubric, row.difference) for row in self.rows if row.difference]
        for name in RUBRICS:
            total = self.total(name)
            for said, shown in (
                (self.reported.get(name, 0), total.reports),
                (self.used.get(name, 0), total.uses - total.refunds),
            ):
                if said != shown:
                    faults.append((name, said - shown))
        moved = sum(row.transfers for row in self.rows)
        return [*faults, *([("transfers", moved)] if moved else [])]


def dedicated_funds_table(
    rows: Iterable[YearRow], moves: Iterable[Move], *, spent: Collection[tuple[str, str]], is_known: bool
) -> DedicatedTable:
    """The table of a year from its accounts and the moves of its entries, rubric by rubric, by code.

    `spent` names the (rubric, code) with an expense in the last two fiscal years, `is_known` whether the books hold
    both years: where they do not, nothing is called idle. A book without conventions has one line for each account.
    """
    rows = tuple(rows)
    balances: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        if rubric := rubric_of(row.key.chart):
            held = balances[_place(rubric, _code(row.key), row.key.chart)]
            held[0] -= row.opening
            held[1] -= row.closing
    moved: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for move in moves:
        moved[_place(move.rubric, move.code, move.account)][move.kind] += move.minor
    order = {name: at for at, name in enumerate(RUBRICS)}
    table = []
    for place in sorted({*balances, *moved}, key=lambda place: (order[place[0]], place[1], place[2])):
        rubric, code, account = place
        (opening, closing), kinds = balances[place], moved[place]
        is_idle = is_known and opening > 0 and closing > 0 and (rubric, code) not in spent
        table.append(
            DedicatedRow(
                rubric=rubric,
                code=code,
                account=account,
                opening=opening,
                reports=kinds["report"],
                uses=kinds["use"] + kinds["refund"],
                refunds=kinds["refund"],
                transfers=kinds["transfer"],
                closing=closing,
                idle=closing if is_idle else 0,
            )
        )
    return DedicatedTable(
        tuple(row for row in table if any((row.opening, row.reports, row.uses, row.transfers, row.closing))),
        {name: _moved(rows, rubric.report) for name, rubric in RUBRICS.items()},
        {name: -_moved(rows, rubric.use) for name, rubric in RUBRICS.items()},
    )


def _place(rubric: str, code: str, account: str) -> tuple[str, str, str]:
    """Lines with a code stand together whatever their account; those without have one for each account."""
    return (rubric, code, RUBRICS[rubric].fund) if code else (rubric, "", account)


def _code(key: YearKey) -> str:
    return key.convention or key.project or key.party


def _moved(rows: Iterable[YearRow], prefix: str) -> int:
    return sum(row.movement for row in rows if row.key.chart.startswith(prefix))
