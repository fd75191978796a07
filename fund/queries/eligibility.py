"""Whether an application is eligible under the charter of its fund, gate by gate, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from allocation.applying.admissions import filed_content
from allocation.applying.applications import documents_of, reading_of
from allocation.applying.content import Content
from allocation.applying.sponsors import standing_sponsors
from allocation.applying.states import ADMITTED, COMPLETE, DRAFT, FILED, INADMISSIBLE, RETURNED
from allocation.models import Application, Call
from fund.charter.applications import (
    ApplicationFacts,
    EarlierReport,
    Engagement,
    Partner,
    PlannedDate,
    Sponsor,
)
from fund.charter.faults import Language
from fund.charter.gates import Gate, Verdict, verdicts
from fund.charter.grammar import Charter
from fund.charter.words.explanation import articles
from fund.charter.words.gate_texts import requirement_text
from fund.charter.words.known_words import spoken
from fund.charter.words.verdict_sentences import verdict_text
from fund.models import Fund, Membership, Project
from fund.queries.charters import charter_in_force, rules_of

_COUNTED = (FILED, RETURNED, COMPLETE, ADMITTED, INADMISSIBLE)
"""The states of an application that was filed and not taken back."""


@dataclass(frozen=True, slots=True)
class GateSaid:
    """A gate in words: its name, what it asks, what was found, and whether it is open."""

    name: str
    asks: str
    found: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The verdict of the charter on one application; `article` is the number of the article that lists the gates.

    Without a charter, or without gates, everybody may apply.
    """

    gates: tuple[GateSaid, ...]
    article: int | None
    charter: str

    @property
    def eligible(self) -> bool:
        """Whether every gate is open."""
        return all(gate.passed for gate in self.gates)

    @property
    def closed(self) -> tuple[GateSaid, ...]:
        """The gates that keep it out."""
        return tuple(gate for gate in self.gates if not gate.passed)


@dataclass(frozen=True, slots=True)
class GateAsked:
    """What a gate asks of everybody, before there is an application."""

    name: str
    asks: str


def rules_of_call(fund: Fund, call: Call) -> Charter | None:
    """The rules under which a call was opened: those in force on the day it opens, whatever is adopted later."""
    version = charter_in_force(fund, call.opens)
    return rules_of(version) if version else None


def gates_asked(fund: Fund, call: Call, language: Language) -> tuple[GateAsked, ...]:
    """The gates of a call in words."""
    charter = rules_of_call(fund, call)
    return tuple(
        GateAsked(spoken(gate.name).capitalize(), _sentence(gate, language))
        for gate in (charter.gates if charter else ())
    )


def eligibility_of(fund: Fund, application: Application, on: date, language: Language) -> Eligibility:
    """What the gates say of the application on a day: of what was filed, or of the draft while nothing is."""
    charter = rules_of_call(fund, application.call)
    if charter is None or not charter.gates:
        return Eligibility((), None, "")
    facts = application_facts(fund, application, on)
    article = next((each.number for each in articles(charter, language) if each.name == "gates"), None)
    said = tuple(_said(verdict, language) for verdict in verdicts(charter.gates, facts))
    return Eligibility(said, article, charter.head.title)


def closed_gates(fund: Fund, application: Application, on: date) -> tuple[Verdict, ...]:
    """The verdicts that keep an application out on a day."""
    charter = rules_of_call(fund, application.call)
    gates = charter.gates if charter else ()
    facts = application_facts(fund, application, on)
    return tuple(verdict for verdict in verdicts(gates, facts) if not verdict.passed)


def _said(verdict: Verdict, language: Language) -> GateSaid:
    name = spoken(verdict.gate.name).capitalize()
    return GateSaid(name, _sentence(verdict.gate, language), verdict_text(verdict, language), verdict.passed)


def _sentence(gate: Gate, language: Language) -> str:
    clause = requirement_text(gate.requirement, language)
    return f"{clause[:1].upper()}{clause[1:]}."


def application_facts(fund: Fund, application: Application, on: date) -> ApplicationFacts:
    """The facts that gates look at.

    What the company says is read out of its last filed version, which counts on the day on which it was filed; while
    nothing is filed, or what was filed is being completed, out of its draft as if it were filed `on` that day. The
    rest is what the fund itself knows.
    """
    call = application.call
    version = application.versions.last()
    written = version is None or application.state in (DRAFT, RETURNED)
    filed_on = on if version is None or written else version.filed_on
    content = reading_of(application).content if written else filed_content(application)
    members = members_on(fund, filed_on)
    played = [each.on for each in content.dates]
    aided = Project.objects.filter(fund=fund, company__code=application.applicant)
    season = season_of(filed_on)
    return ApplicationFacts(
        filed_on=filed_on,
        meeting_on=_meeting(call),
        first_date_on=min(played, default=None),
        announced_on=content.announced_on,
        adviser_met_on=content.adviser_met_on,
        last_aided_on=aided.filter(awarded_on__lte=filed_on).aggregate(on=Max("awarded_on"))["on"],
        region=content.region or None,
        overseas=content.overseas,
        lead_category=members.get(application.applicant) or content.lead_category or None,
        sponsors=tuple(
            Sponsor(each.member, frozenset(each.commits_to))
            for each in standing_sponsors(application)
            if each.member in members
        ),
        partners=tuple(Partner(each.name, each.specialised) for each in content.partners),
        planned=tuple(
            PlannedDate(each.on, by_member=each.member in members, by_partner=each.by_partner) for each in content.dates
        ),
        coproductions=tuple(
            Engagement(each.source, each.region)
            for each in content.receipts
            if each.kind == "coproduction" and each.certainty == "acquired"
        ),
        performances=tuple(
            Engagement(each.buyer, each.region) for each in content.prepurchases for _ in range(each.performances)
        ),
        documents=_documents(application),
        reports=tuple(_report(project) for project in aided.prefetch_related("exploitation_statements")),
        applications_in_call=1 + _others(application).filter(call=call).count(),
        files_in_season=1 + _others(application).filter(versions__filed_on__range=season).distinct().count(),
        covered_in_season=_covered(fund, application, season),
        to_cover=content.to_cover or 0,
        own_part=sum(each.amount for each in content.receipts if each.kind == "own"),
        production=content.charges_total,
        receipts=_receipts_without_aid(content),
        costs=content.charges_total,
    )


def members_on(fund: Fund, on: date) -> dict[str, str]:
    """The members of a fund on a day, {code: category}."""
    rows = Membership.objects.filter(Q(term_until=None) | Q(term_until__gte=on), fund=fund, term_from__lte=on)
    return dict(rows.order_by("party__code", "term_from").values_list("party__code", "category"))


def _meeting(call: Call) -> date:
    """The day of the first meeting that was convened; before one is, the day on which the call closes."""
    convened = call.meetings.order_by("held_on").first()
    return convened.held_on if convened else call.closes


def _documents(application: Application) -> frozenset[str]:
    """The documents held, by the codes and the names that the call gives them: charters name documents in words."""
    names = dict(application.call.documents.values_list("code", "name"))
    kinds = {each.kind for each in documents_of(application)}
    return frozenset(kinds | {names[kind] for kind in kinds if kind in names})


def _report(project: Project) -> EarlierReport:
    """An aid is accounted for within six months of the year in which it was awarded (law of 12 April 2000, art. 10).

    The first statement of exploitation is that account: it says what became of the project.
    """
    told = min((each.declared_on for each in project.exploitation_statements.all()), default=None)
    return EarlierReport(project.title, date(project.awarded_on.year + 1, 6, 30), told)


def _others(application: Application) -> QuerySet[Application]:
    return Application.objects.filter(
        call__owner=application.call.owner, applicant=application.applicant, state__in=_COUNTED
    ).exclude(pk=application.pk)


def season_of(on: date) -> tuple[date, date]:
    """The first and the last day of the season of a day: from 1 September to 31 August."""
    first = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    return first, date(first.year + 1, 9, 1) - timedelta(days=1)


def _covered(fund: Fund, application: Application, season: tuple[date, date]) -> int:
    """The performances of the other files that were admitted this season, of every company."""
    others: Iterable[Application] = (
        Application.objects.filter(call__owner=fund.slug, state=ADMITTED, versions__filed_on__range=season)
        .exclude(pk=application.pk)
        .distinct()
    )
    return sum(filed_content(each).to_cover or 0 for each in others)


def _receipts_without_aid(content: Content) -> int:
    """What sales bring: the box office that is expected, and the performances bought already."""
    sold = sum(each.amount for each in content.receipts if each.kind in ("sales", "other"))
    return sold + sum(each.amount for each in content.prepurchases)
