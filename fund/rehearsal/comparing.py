"""A draft beside the charter in force over the same past: who loses first, then who gains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from fund.charter.grammar import Charter
from fund.charter.rules import FormWord
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
    """One party under both charters; `name` is empty where the party has none but its word (`fund`).

    Members may stand together in one line (`members:venue`): `count` says how many, `worse` how many of them lose.
    """

    party: str
    name: str
    then: Balance
    draft: Balance
    count: int = 1
    worse: int = 0

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
        """Whether it is a member of the fund, or several."""
        return self.party.startswith(("member:", "members:"))


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
    charter: Charter
    then: Replay
    draft: Replay
    lines: tuple[Line, ...]
    projects: tuple[ProjectLine, ...]

    @property
    def members(self) -> tuple[Line, ...]:
        """The lines of members."""
        return tuple(line for line in self.lines if line.is_member)

    @property
    def losing_members(self) -> int:
        """How many members would have come out with less."""
        return sum(line.worse for line in self.members)

    @property
    def counted_members(self) -> int:
        """How many members there are."""
        return sum(line.count for line in self.members)

    @property
    def largest_loss(self) -> Line | None:
        """The member who loses most, or else whoever does; None when nobody does."""
        return next((line for line in self.lines if line.verdict == "loses"), None)

    @property
    def pays_alike(self) -> bool:
        """Whether every member would have paid what it paid."""
        return all(line.then.gave == line.draft.gave for line in self.members)

    @property
    def totals(self) -> Line:
        """All parties together."""
        return together("", self.lines)

    @property
    def dry(self) -> tuple[int, int]:
        """In how many quarters the reserve ran dry: then, and under the draft."""
        return dry_quarters(self.then.course), dry_quarters(self.draft.course)

    @property
    def evenness(self) -> tuple[Evenness, Evenness]:
        """Then, and under the draft: over every member, whoever is named in the lines."""
        members = [f"member:{member.code}" for member in self.past.members]
        return _evenness(self.then, members), _evenness(self.draft, members)

    @property
    def wants(self) -> tuple[Want, ...]:
        """What the draft needs and the records do not hold."""
        return self.draft.wants

    @property
    def left_out(self) -> frozenset[str]:
        """The articles of the draft that could not be rehearsed, or not for every project."""
        return frozenset(want.article for want in self.wants if want.leaves_out)

    @property
    def is_void(self) -> bool:
        """Whether none of the draft's articles on returns could be rehearsed."""
        return bool(self.charter.returns) and all(rule.name in self.left_out for rule in self.charter.returns)


def compared(past: Past, draft: Charter) -> Comparison:
    """Replay the past under the draft and under the charters in force, and put them side by side."""
    then, now = replayed(past), replayed(past, draft)
    names = {f"member:{member.code}": member.name for member in past.members}
    names |= {f"company:{project.company}": project.company_name for project in past.projects}
    lines = [
        _line(party, names.get(party, ""), then, now) for party in sorted(then.balances.keys() | now.balances.keys())
    ]
    lines.sort(key=losers_first)
    projects = [ProjectLine(p.code, p.title, then.dues[p.code], now.dues[p.code]) for p in past.projects]
    projects.sort(key=lambda project: (project.change, project.code), reverse=True)
    return Comparison(past, draft, then, now, tuple(lines), tuple(projects))


def losers_first(line: Line) -> tuple[int, bool, int, str]:
    """The order of a rehearsal: losers, then what changes its form, what stays, and the gains; members before others.

    Among losers the largest loss comes first, among those who gain the largest gain last.
    """
    return _ORDER[line.verdict], not line.is_member, line.change, line.party


def together(party: str, lines: Iterable[Line]) -> Line:
    """Several lines as one."""
    lines = tuple(lines)
    return Line(
        party,
        "",
        _sum(line.then for line in lines),
        _sum(line.draft for line in lines),
        count=sum(line.count for line in lines),
        worse=sum(line.worse for line in lines),
    )


def _line(party: str, name: str, then: Replay, draft: Replay) -> Line:
    line = Line(party, name, then.balances.get(party, NOTHING), draft.balances.get(party, NOTHING))
    return replace(line, worse=int(line.verdict == "loses"))


def _sum(balances: Iterable[Balance]) -> Balance:
    gave, forms = 0, dict[FormWord, int]()
    for balance in balances:
        gave += balance.gave
        for form, minor in balance.by_form.items():
            forms[form] = forms.get(form, 0) + minor
    return Balance(gave, forms)


def _evenness(replay: Replay, members: list[str]) -> Evenness:
    received = [replay.balances[member].received for member in members]
    return Evenness(gini(received), quantiles(received))
