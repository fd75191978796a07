"""A draft beside the charter in force over the same past: who loses first, then who gains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fund.charter.grammar import Charter, Form
from fund.rehearsal.courses import dry_quarters
from fund.rehearsal.evenness import gini, quantiles
from fund.rehearsal.past import Balance, Replay, replayed
from fund.rehearsal.records import Past
from fund.rehearsal.wants import Want

Verdict = Literal["loses", "other-form", "same", "gains"]

_ORDER: dict[Verdict, int] = {"loses": 0, "other-form": 1, "same": 2, "gains": 3}
NOTHING = Balance()


@dataclass(frozen=True, slots=True)
class Line:
    """One party under both charters; `name` is empty where the party has none but its word (`fund`)."""

    party: str
    name: str
    then: Balance
    draft: Balance

    @property
    def change(self) -> int:
        """How much better off the party is under the draft; below zero it loses."""
        return self.draft.net - self.then.net

    @property
    def verdict(self) -> Verdict:
        """`other-form`: as much in all, but not in the same form."""
        if self.change:
            return "loses" if self.change < 0 else "gains"
        forms = self.then.by_form.keys() | self.draft.by_form.keys()
        alike = all(self.then.by_form.get(form, 0) == self.draft.by_form.get(form, 0) for form in forms)
        return "same" if alike and self.then.gave == self.draft.gave else "other-form"

    @property
    def is_member(self) -> bool:
        """Whether it is a member of the fund."""
        return self.party.startswith("member:")


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """What one project owed of its receipts, and would have owed."""

    code: str
    title: str
    then: int
    draft: int

    @property
    def change(self) -> int:
        """How much more it would have owed."""
        return self.draft - self.then


@dataclass(frozen=True, slots=True)
class Evenness:
    """What members received, all forms together: Gini coefficient and quantiles by percent."""

    gini: Fraction | None
    quantiles: dict[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole rehearsal of the past; `lines` has the largest loss first, the largest gain last."""

    past: Past
    then: Replay
    draft: Replay
    lines: tuple[Line, ...]
    projects: tuple[ProjectLine, ...]

    @property
    def members(self) -> tuple[Line, ...]:
        """The members among the lines."""
        return tuple(line for line in self.lines if line.is_member)

    @property
    def losers(self) -> tuple[Line, ...]:
        """Everyone who would have come out with less."""
        return tuple(line for line in self.lines if line.verdict == "loses")

    @property
    def losing_members(self) -> int:
        """How many members would have come out with less."""
        return sum(line.is_member for line in self.losers)

    @property
    def pays_alike(self) -> bool:
        """Whether every member would have paid what it paid."""
        return all(line.then.gave == line.draft.gave for line in self.members)

    @property
    def totals(self) -> Line:
        """All parties together."""
        return Line("", "", _sum(line.then for line in self.lines), _sum(line.draft for line in self.lines))

    @property
    def dry(self) -> tuple[int, int]:
        """In how many quarters the reserve ran dry: then, and under the draft."""
        return dry_quarters(self.then.course), dry_quarters(self.draft.course)

    @property
    def evenness(self) -> tuple[Evenness, Evenness]:
        """Then, and under the draft."""
        return _evenness([m.then for m in self.members]), _evenness([m.draft for m in self.members])

    @property
    def wants(self) -> tuple[Want, ...]:
        """What the draft needs and the records do not hold."""
        return self.draft.wants

    @property
    def is_partial(self) -> bool:
        """Whether some article of the draft could not be rehearsed."""
        return any(want.leaves_out for want in self.wants)


def compared(past: Past, draft: Charter) -> Comparison:
    """Replay the past under the draft and under the charters in force, and put them side by side."""
    then, now = replayed(past), replayed(past, draft)
    names = {f"member:{member.code}": member.name for member in past.members}
    names |= {f"company:{project.company}": project.company_name for project in past.projects}
    lines = [
        Line(party, names.get(party, ""), then.balances.get(party, NOTHING), now.balances.get(party, NOTHING))
        for party in sorted(then.balances.keys() | now.balances.keys())
    ]
    lines.sort(key=lambda line: (line.change, _ORDER[line.verdict], not line.is_member, line.party))
    projects = [ProjectLine(p.code, p.title, then.dues[p.code], now.dues[p.code]) for p in past.projects]
    projects.sort(key=lambda project: (project.change, project.code), reverse=True)
    return Comparison(past, then, now, tuple(lines), tuple(projects))


def _sum(balances: Iterable[Balance]) -> Balance:
    gave, forms = 0, dict[Form, int]()
    for balance in balances:
        gave += balance.gave
        for form, minor in balance.by_form.items():
            forms[form] = forms.get(form, 0) + minor
    return Balance(gave, forms)


def _evenness(balances: list[Balance]) -> Evenness:
    received = [balance.received for balance in balances]
    return Evenness(gini(received), quantiles(received))
