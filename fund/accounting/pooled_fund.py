"""The yearly report of a pooled fund, by the definitions of the UN's multi-partner trust funds.

Plain Python. Source and use of funds are read from the bank: of an entry that touches it, every other line says where
the money came from or went. Amounts are whole minor units. What the terms mean here:

- commitment: what members and funders owe by a call, a convention or a notified award;
- deposit: what of it has reached the bank;
- transfer: what left the bank for a project; refund: what a project paid back of it; net funded: the difference;
- expenditure: what of the net funded is spent for good: aids paid, losses borne. Advances, stakes and claims are still
  to come back, so they are not spent;
- delivery rate: expenditure ÷ net funded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

from fund.accounting.lines import BANKS, BookLine, by_entry

Flow = Literal[
    "contributions", "interest", "refundable", "returns", "other-source",
    "transfers", "refunds", "refundable-repaid", "direct-costs", "bank-charges", "other-use",
]  # fmt: skip

SOURCES: Final[tuple[Flow, ...]] = ("contributions", "interest", "refundable", "returns", "other-source")
USES: Final[tuple[Flow, ...]] = (
    "transfers", "refunds", "refundable-repaid", "direct-costs", "bank-charges", "other-use",
)  # fmt: skip
"""In the order of the table; `refunds` are taken from the transfers."""

CONTRIBUTORS: Final = ("411", "4671", "441", "102", "103", "13", "73", "74", "754", "7551", "756")
REFUNDABLE: Final = ("455", "168", "163")
PROJECTS: Final = ("4682", "4672", "657", "655", "268", "274", "275", "458")
RETURNS: Final = ("4673", "7588")
GIVEN: Final = ("801",)
OF_MEMBERS: Final = ("80182", "80183")
"""Drawing rights, and what is locked for companies: commitments, but to no project yet."""

_OWED: Final = ("411", "4671", "441")
_SPENT_ON_PAYMENT: Final = ("4682", "657", "655")
_LOSSES: Final = ("655", "654")
_ON_PROJECTS: Final = ("4672", "268", "274", "275", "458")
"""Where what a project may lose stands on the balance sheet."""


def flow_of(line: BookLine) -> Flow:
    """What a line beside the bank says of the money: its account, and whether money came in (credit) or went out."""
    came_in = line.minor < 0
    chart = line.chart
    if chart.startswith(CONTRIBUTORS):
        return "contributions"
    if chart.startswith(REFUNDABLE):
        return "refundable" if came_in else "refundable-repaid"
    if chart.startswith(RETURNS) or (chart.startswith("458") and came_in):
        return "returns"
    if chart.startswith(PROJECTS):
        return "refunds" if came_in else "transfers"
    if chart.startswith("76"):
        return "interest"
    if chart.startswith(("627", "661", "668")):
        return "bank-charges"
    if chart.startswith(("401", "404", "60", "61", "62", "63", "64", "42", "43", "44")):
        return "direct-costs"
    return "other-source" if came_in else "other-use"


@dataclass(slots=True)
class _Sums:
    """Figures while they are summed."""

    flows: dict[Flow, int] = field(default_factory=lambda: defaultdict(int))
    members: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    projects: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 5))
    bank: int = 0


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A contributor: what it committed, and what it deposited."""

    party: str
    commitment: int
    deposit: int


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project: what was voted for it, transferred, refunded, spent, and what it returned of its receipts."""

    project: str
    allocated: int
    transferred: int
    refunded: int
    expenditure: int
    returned: int

    @property
    def net_funded(self) -> int:
        return self.transferred - self.refunded

    @property
    def delivery_rate(self) -> Fraction | None:
        """Expenditure ÷ net funded; None where nothing is funded."""
        return Fraction(self.expenditure, self.net_funded) if self.net_funded > 0 else None


@dataclass(frozen=True, slots=True)
class PooledFund:
    """A span of the fund's life: `flows` by name, all at or above zero unless corrections turned one.

    `bank` is what moved in the bank, for the check: sources less uses.
    """

    flows: dict[Flow, int]
    members: tuple[MemberRow, ...]
    projects: tuple[ProjectRow, ...]
    bank: int

    @property
    def source(self) -> int:
        return sum(self.flows.get(flow, 0) for flow in SOURCES)

    @property
    def use(self) -> int:
        return sum(self.flows.get(flow, 0) * (-1 if flow == "refunds" else 1) for flow in USES)

    @property
    def commitments(self) -> int:
        return sum(row.commitment for row in self.members)

    @property
    def deposits(self) -> int:
        return self.flows.get("contributions", 0)

    @property
    def allocated(self) -> int:
        return sum(row.allocated for row in self.projects)

    @property
    def total(self) -> ProjectRow:
        """All projects together."""
        rows = self.projects
        return ProjectRow(
            "",
            self.allocated,
            sum(row.transferred for row in rows),
            sum(row.refunded for row in rows),
            sum(row.expenditure for row in rows),
            sum(row.returned for row in rows),
        )


def pooled_fund(lines: Iterable[BookLine]) -> PooledFund:
    """The report of these movements, which stand entry by entry; à-nouveaux are no movements."""
    sums = _Sums()
    for entry in by_entry(lines):
        others = [line for line in entry if not line.chart.startswith(BANKS)]
        moved = sum(line.minor for line in entry if line.chart.startswith(BANKS))
        if len(others) < len(entry):
            sums.bank += moved
            _through_bank(others, sums)
        else:
            _beside_bank(others, sums)
    return PooledFund(
        dict(sums.flows),
        tuple(MemberRow(party, *row) for party, row in sorted(sums.members.items()) if any(row)),
        tuple(ProjectRow(project, *row) for project, row in sorted(sums.projects.items()) if any(row)),
        sums.bank,
    )


def _through_bank(others: Sequence[BookLine], sums: _Sums) -> None:
    for line in others:
        if line.chart.startswith("8"):
            _commitment_given(line, sums)
            continue
        flow = flow_of(line)
        sums.flows[flow] += -line.minor if flow in SOURCES or flow == "refunds" else line.minor
        if flow == "contributions":
            sums.members[line.auxiliary][1] -= line.minor
            if not line.chart.startswith(_OWED):
                sums.members[line.auxiliary][0] -= line.minor  # received without a call: committed on that day
        elif flow in ("transfers", "refunds", "returns"):
            row = sums.projects[line.project or line.auxiliary]
            if flow == "returns":
                row[4] -= line.minor
                continue
            row[1 if flow == "transfers" else 2] += abs(line.minor)
            if line.chart.startswith(_SPENT_ON_PAYMENT):
                row[3] += line.minor


def _beside_bank(others: Sequence[BookLine], sums: _Sums) -> None:
    # The account that bears a loss names the project, rarely the expense.
    is_loss = any(line.chart.startswith(_LOSSES) for line in others)
    for line in others:
        if line.chart.startswith(_OWED):
            sums.members[line.auxiliary][0] += line.minor
        elif is_loss and line.chart.startswith(_ON_PROJECTS):
            sums.projects[line.project or line.auxiliary][3] -= line.minor
        _commitment_given(line, sums)


def _commitment_given(line: BookLine, sums: _Sums) -> None:
    """A vote adds to what is allocated to a project; its execution takes nothing away."""
    if line.chart.startswith(GIVEN) and not line.chart.startswith(OF_MEMBERS) and line.minor < 0:
        sums.projects[line.project or line.auxiliary][0] -= line.minor
