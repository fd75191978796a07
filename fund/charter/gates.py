"""What makes an application eligible: one class for each kind of requirement, each found in a rule set of the field.

A requirement is checked against the facts of one application alone, so the order of a charter's gates decides
nothing. A fact that was not given is a fact that is not there: it opens no gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from fund.charter.applications import ApplicationFacts, Commitment, Engagement
from fund.charter.spans import months_later

Host = Literal["members", "partners"]
Since = Literal["exploitation", "announcement"]
Per = Literal["call", "season"]

Figure: TypeAlias = int | Fraction | date | str


@dataclass(frozen=True, slots=True)
class Check:
    """One figure that was asked beside the one that was found; `code` names its sentence.

    `named` lists what is missing or allowed, by name; a figure that is nowhere to be found is the empty text.
    """

    code: str
    asked: Figure
    found: Figure
    passed: bool
    named: tuple[str, ...] = ()


def _at_least(code: str, asked: int | Fraction, found: int | Fraction) -> Check:
    return Check(code, asked, found, found >= asked)


def _at_most(code: str, asked: int, found: int) -> Check:
    return Check(code, asked, found, found <= asked)


@dataclass(frozen=True, slots=True)
class Sponsors:
    """So many members stand for the project, each committed to all of `commit_to` (Groupe des 20)."""

    least: int
    commit_to: frozenset[Commitment] = frozenset()

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """A member that is named twice is one sponsor."""
        found = {sponsor.member for sponsor in facts.sponsors if sponsor.commits_to >= self.commit_to}
        return (_at_least("-".join(("sponsors", *sorted(self.commit_to))), self.least, len(found)),)


@dataclass(frozen=True, slots=True)
class Partners:
    """So many partners, of whom so many are specialised (CNM, création mutualisée)."""

    least: int
    specialised: int = 0

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """A partner that is named twice is one partner."""
        found = {partner.name for partner in facts.partners}
        special = {partner.name for partner in facts.partners if partner.specialised}
        whole = _at_least("partners", self.least, len(found))
        if not self.specialised:
            return (whole,)
        return (whole, _at_least("partners-specialised", self.specialised, len(special)))


@dataclass(frozen=True, slots=True)
class Lead:
    """The structure that carries the application is of one of these categories (CNM: a venue or a festival)."""

    categories: tuple[str, ...]

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Whether the lead's category is among them."""
        found = facts.lead_category or ""
        return (Check("lead", len(self.categories), found, found in self.categories, self.categories),)


@dataclass(frozen=True, slots=True)
class Hosted:
    """A part of the planned dates that members, or partners, host themselves."""

    by: Host
    least: int


@dataclass(frozen=True, slots=True)
class PlannedDates:
    """So many performances within so many months of the filing, fewer overseas, some hosted (CNM)."""

    least: int
    within_months: int
    hosted: Hosted | None = None
    least_overseas: int | None = None

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """The last day of the span counts; a date before the filing does not."""
        last = months_later(facts.filed_on, self.within_months)
        dates = [planned for planned in facts.planned if facts.filed_on <= planned.on <= last]
        overseas = facts.overseas and self.least_overseas is not None
        least = self.least_overseas or 0 if overseas else self.least
        whole = Check("dates", least, len(dates), len(dates) >= least, (str(self.within_months),))
        if self.hosted is None:
            return (whole,)
        found = sum(date.by_member if self.hosted.by == "members" else date.by_partner for date in dates)
        return (whole, _at_least(f"dates-{self.hosted.by}", min(self.hosted.least, least), found))


@dataclass(frozen=True, slots=True)
class Coproductions:
    """So many co-productions already held, in so many regions (Label+ romand: four in four cantons)."""

    least: int
    regions: int = 1

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Co-productions and the regions in which they are."""
        return _held("coproductions", self.least, self.regions, facts.coproductions)


@dataclass(frozen=True, slots=True)
class Performances:
    """So many performances already held, in so many regions (Label+ romand: twelve)."""

    least: int
    regions: int = 1

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Performances and the regions in which they are."""
        return _held("performances", self.least, self.regions, facts.performances)


def _held(code: str, least: int, regions: int, found: Iterable[Engagement]) -> tuple[Check, ...]:
    held = tuple(found)
    whole = _at_least(code, least, len(held))
    if regions == 1:
        return (whole,)
    return (whole, _at_least(f"{code}-regions", regions, len({each.region for each in held})))


@dataclass(frozen=True, slots=True)
class InRegions:
    """The company works in one of these regions."""

    regions: tuple[str, ...]

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Whether its region is among them."""
        found = facts.region or ""
        return (Check("region", len(self.regions), found, found in self.regions, self.regions),)


@dataclass(frozen=True, slots=True)
class Documents:
    """The file holds each of these documents."""

    documents: tuple[str, ...]

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Those that are missing are named."""
        missing = tuple(name for name in self.documents if name not in facts.documents)
        return (Check("documents", len(self.documents), len(self.documents) - len(missing), not missing, missing),)


@dataclass(frozen=True, slots=True)
class ReportsDelivered:
    """Every report that was due on an earlier aid has been delivered (public aid: before any new request)."""

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """A report that falls due after the filing is not asked yet."""
        due = [report for report in facts.reports if report.due_on <= facts.filed_on]
        late = tuple(r.project for r in due if r.delivered_on is None or r.delivered_on > facts.filed_on)
        return (Check("reports", len(due), len(due) - len(late), not late, late),)


@dataclass(frozen=True, slots=True)
class AdviserMet:
    """The company met an adviser before it filed (Spectacle vivant en Bretagne)."""

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """The day of the filing is early enough."""
        met = facts.adviser_met_on
        return (Check("adviser", facts.filed_on, met or "", met is not None and met <= facts.filed_on),)


@dataclass(frozen=True, slots=True)
class FiledAhead:
    """The file comes so many months before the committee meets (Spectacle vivant en Bretagne: one month)."""

    months: int

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Months are counted on the calendar: 31 January is a month before 28 February."""
        meeting = facts.meeting_on
        early = meeting is not None and months_later(facts.filed_on, self.months) <= meeting
        return (Check("filed-ahead", self.months, facts.filed_on, early, () if meeting is None else (str(meeting),)),)


@dataclass(frozen=True, slots=True)
class FiledBefore:
    """The file comes before the first performance (ASTP), or before the public announcement (Bretagne)."""

    what: Since

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """What has no date yet has not taken place."""
        on = facts.first_date_on if self.what == "exploitation" else facts.announced_on
        return (Check(f"filed-before-{self.what}", on or "", facts.filed_on, on is None or facts.filed_on < on),)


@dataclass(frozen=True, slots=True)
class Applications:
    """So many applications of one company a call, or a season (ASTP: three files a season)."""

    most: int
    per: Per

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """This application is counted."""
        found = facts.applications_in_call if self.per == "call" else facts.files_in_season
        return (_at_most(f"applications-{self.per}", self.most, found),)


@dataclass(frozen=True, slots=True)
class CoveredPerformances:
    """So many performances covered a season, all files together (ASTP: 270)."""

    most: int

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Those of this file come on top of those already covered."""
        return (_at_most("covered", self.most, facts.covered_in_season + facts.to_cover),)


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The applicant holds this share of the production itself (ASTP: 30 %)."""

    least: Fraction

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """A production that costs nothing is held by nobody."""
        return (_at_least("own-share", self.least, _ratio(facts.own_part, facts.production)),)


@dataclass(frozen=True, slots=True)
class Amortisable:
    """The receipts expected without any aid cover the costs (ASTP)."""

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """Receipts as a share of costs; without costs there is no budget yet."""
        return (_at_least("amortisable", Fraction(1), _ratio(facts.receipts, facts.costs)),)


def _ratio(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole > 0 else Fraction(0)


@dataclass(frozen=True, slots=True)
class NotAidedFor:
    """No aid of this fund in the months before the filing (ASTP: five years)."""

    months: int

    def checks(self, facts: ApplicationFacts) -> tuple[Check, ...]:
        """The same day, so many months later, is late enough."""
        last = facts.last_aided_on
        free = last is None or months_later(last, self.months) <= facts.filed_on
        return (Check("not-aided", self.months, last or "", free),)


Requirement: TypeAlias = (
    Sponsors | Partners | Lead | PlannedDates | Coproductions | Performances | InRegions | Documents
    | ReportsDelivered | AdviserMet | FiledAhead | FiledBefore | Applications | CoveredPerformances
    | OwnShare | Amortisable | NotAidedFor
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gate:
    """A requirement under the name that the charter gives it; `sources` as everywhere, slot by slot."""

    name: str
    requirement: Requirement
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says of one application; `words.verdict_sentences` says it aloud."""

    gate: Gate
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether every figure is as asked."""
        return all(check.passed for check in self.checks)


def verdicts(gates: Iterable[Gate], application: ApplicationFacts) -> tuple[Verdict, ...]:
    """One verdict a gate, in the order of the charter; each depends on its gate and on the application alone."""
    return tuple(Verdict(gate, gate.requirement.checks(application)) for gate in gates)


def is_eligible(gates: Iterable[Gate], application: ApplicationFacts) -> bool:
    """Whether every gate is open; a charter without gates is open to everybody."""
    return all(verdict.passed for verdict in verdicts(gates, application))
