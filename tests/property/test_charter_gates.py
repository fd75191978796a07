"""Gates and governance, whatever the figures: more never closes a gate, order decides nothing, a slow twin agrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fund.charter import gates as kinds
from fund.charter.applications import (
    ApplicationFacts,
    Commitment,
    EarlierReport,
    Engagement,
    Partner,
    PlannedDate,
    Sponsor,
)
from fund.charter.gates import Gate, Requirement, is_eligible, verdicts
from fund.charter.governance import (
    Governance,
    Quorum,
    Tally,
    YesNo,
    counted_proxies,
    majority_reached,
    quorum_needed,
    quorum_reached,
)
from fund.charter.spans import months_later
from fund.charter.words.verdict_sentences import verdict_text
from tests.commons import FILED, a_gate

COMMITMENTS: tuple[Commitment, Commitment] = ("production", "diffusion")
few = st.integers(0, 6)
some = st.integers(1, 6)
names = st.sampled_from("ABCDEF")
places = st.sampled_from(["Bretagne", "Vaud", "Valais", "Jura"])
days = st.integers(-400, 800).map(lambda after: FILED + timedelta(days=after))
maybe_days = st.none() | days
commitments = st.frozensets(st.sampled_from(COMMITMENTS))
hosts: st.SearchStrategy[kinds.Host] = st.sampled_from(["members", "partners"])
engagements = st.lists(st.builds(Engagement, names, places), max_size=6).map(tuple)

requirements: st.SearchStrategy[Requirement] = st.one_of(
    st.builds(kinds.Sponsors, some, commitments),
    st.builds(kinds.Partners, some, few),
    st.builds(kinds.Lead, st.just(("venue", "festival"))),
    st.builds(kinds.PlannedDates, some, st.integers(1, 24),
              st.none() | st.builds(kinds.Hosted, hosts, some), st.none() | some),
    st.builds(kinds.Coproductions, some, some),
    st.builds(kinds.Performances, some, some),
    st.builds(kinds.InRegions, st.lists(places, min_size=1, max_size=3).map(tuple)),
    st.builds(kinds.Documents, st.lists(names, min_size=1, max_size=4, unique=True).map(tuple)),
    st.just(kinds.ReportsDelivered()),
    st.just(kinds.AdviserMet()),
    st.builds(kinds.FiledAhead, st.integers(1, 12)),
    st.sampled_from([kinds.FiledBefore("exploitation"), kinds.FiledBefore("announcement")]),
    st.sampled_from([kinds.Applications(1, "call"), kinds.Applications(3, "season")]),
    st.builds(kinds.CoveredPerformances, st.integers(1, 12)),
    st.builds(kinds.OwnShare, st.fractions(Fraction(1, 20), 1, max_denominator=20)),
    st.just(kinds.Amortisable()),
    st.builds(kinds.NotAidedFor, st.integers(1, 24)),
)  # fmt: skip

applications = st.builds(
    ApplicationFacts,
    filed_on=st.just(FILED),
    meeting_on=maybe_days,
    first_date_on=maybe_days,
    announced_on=maybe_days,
    adviser_met_on=maybe_days,
    last_aided_on=maybe_days,
    region=st.none() | places,
    overseas=st.booleans(),
    lead_category=st.none() | st.sampled_from(["venue", "festival", "company"]),
    sponsors=st.lists(st.builds(Sponsor, names, commitments), max_size=7).map(tuple),
    partners=st.lists(st.builds(Partner, names, st.booleans()), max_size=7).map(tuple),
    planned=st.lists(st.builds(PlannedDate, days, st.booleans(), st.booleans()), max_size=9).map(tuple),
    coproductions=engagements,
    performances=engagements,
    documents=st.frozensets(names),
    reports=st.lists(st.builds(EarlierReport, names, days, maybe_days), max_size=3).map(tuple),
    applications_in_call=st.integers(1, 4),
    files_in_season=st.integers(1, 5),
    covered_in_season=few,
    to_cover=few,
    own_part=few,
    production=few,
    receipts=few,
    costs=few,
)


def slowly(requirement: Requirement, a: ApplicationFacts) -> bool:
    """The slow twin: one plain count a requirement, person by person and day by day, without the checks."""
    match requirement:
        case kinds.Sponsors(least, commit_to):
            return least <= len(
                [
                    n
                    for n in "ABCDEF"
                    if any(s.member == n and all(c in s.commits_to for c in commit_to) for s in a.sponsors)
                ]
            )
        case kinds.Partners(least, specialised):
            everyone = [n for n in "ABCDEF" if any(p.name == n for p in a.partners)]
            special = [n for n in everyone if any(p.name == n and p.specialised for p in a.partners)]
            return len(everyone) >= least and len(special) >= specialised
        case kinds.Lead(categories):
            return any(a.lead_category == category for category in categories)
        case kinds.PlannedDates():
            return _slow_dates(requirement, a)
        case kinds.Coproductions(least, regions):
            return _slow_held(least, regions, a.coproductions)
        case kinds.Performances(least, regions):
            return _slow_held(least, regions, a.performances)
        case kinds.InRegions(regions):
            return any(a.region == region for region in regions)
        case kinds.Documents(documents):
            return not [name for name in documents if name not in a.documents]
        case kinds.ReportsDelivered():
            return not [r for r in a.reports if r.due_on <= FILED and (r.delivered_on or date.max) > FILED]
        case kinds.AdviserMet():
            return (a.adviser_met_on or date.max) <= FILED
        case kinds.FiledAhead(span):
            return (a.meeting_on or date.min) >= months_later(FILED, span)
        case kinds.FiledBefore("exploitation"):
            return (a.first_date_on or date.max) > FILED
        case kinds.FiledBefore():
            return (a.announced_on or date.max) > FILED
        case kinds.Applications(most, per):
            return {"call": a.applications_in_call, "season": a.files_in_season}[per] <= most
        case kinds.CoveredPerformances(most):
            return a.covered_in_season + a.to_cover <= most
        case kinds.OwnShare(share):
            return a.production > 0 and a.own_part * share.denominator >= a.production * share.numerator
        case kinds.Amortisable():
            return a.costs > 0 and a.receipts >= a.costs
        case kinds.NotAidedFor(span):
            return a.last_aided_on is None or months_later(a.last_aided_on, span) <= FILED
    raise AssertionError(requirement)  # fmt: skip


def _slow_dates(gate: kinds.PlannedDates, a: ApplicationFacts) -> bool:
    least = gate.least_overseas if a.overseas and gate.least_overseas is not None else gate.least
    dates, hosted = 0, 0
    for planned in a.planned:
        if planned.on < FILED or planned.on > months_later(FILED, gate.within_months):
            continue
        dates += 1
        if gate.hosted is not None:
            hosted += {"members": planned.by_member, "partners": planned.by_partner}[gate.hosted.by]
    return dates >= least and (gate.hosted is None or hosted >= least or hosted >= gate.hosted.least)


def _slow_held(least: int, regions: int, held: Iterable[Engagement]) -> bool:
    found = list(held)
    where = [region for region in ("Bretagne", "Vaud", "Valais", "Jura") if any(e.region == region for e in found)]
    return len(found) >= least and (regions == 1 or len(where) >= regions)


@given(requirements, applications)
def test_a_gate_decides_as_its_slow_twin(requirement: Requirement, application: ApplicationFacts) -> None:
    (verdict,) = verdicts([a_gate(requirement)], application)
    assert verdict.passed == slowly(requirement, application)


@given(requirements, applications)
def test_every_verdict_can_be_read_aloud(requirement: Requirement, application: ApplicationFacts) -> None:
    (verdict,) = verdicts([a_gate(requirement)], application)
    french, english = verdict_text(verdict, "fr"), verdict_text(verdict, "en")
    assert french != english
    assert "{" not in french + english


@given(requirements, applications, applications)
def test_more_never_closes_a_gate(requirement: Requirement, fewer: ApplicationFacts, more: ApplicationFacts) -> None:
    """The same application with everything that another one has on top: what was open stays open."""
    richer = replace(
        fewer,
        sponsors=fewer.sponsors + more.sponsors,
        partners=fewer.partners + more.partners,
        planned=fewer.planned + more.planned,
        coproductions=fewer.coproductions + more.coproductions,
        performances=fewer.performances + more.performances,
        documents=fewer.documents | more.documents,
        own_part=fewer.own_part + more.own_part,
        receipts=fewer.receipts + more.receipts,
    )
    assert is_eligible([a_gate(requirement)], richer) or not is_eligible([a_gate(requirement)], fewer)


@given(st.lists(requirements, max_size=5), applications, st.randoms(use_true_random=False))
def test_the_order_of_gates_decides_nothing(
    wanted: list[Requirement], application: ApplicationFacts, random: Random
) -> None:
    gates = [Gate(f"porte-{at}", requirement, {}) for at, requirement in enumerate(wanted)]
    shuffled = gates[:]
    random.shuffle(shuffled)
    one = {verdict.gate.name: verdict for verdict in verdicts(gates, application)}
    other = {verdict.gate.name: verdict for verdict in verdicts(shuffled, application)}
    assert one == other
    assert is_eligible(gates, application) == is_eligible(shuffled, application)


shares = st.fractions(Fraction(1, 12), 1, max_denominator=12)


@given(shares, st.booleans(), st.integers(0, 60), st.integers(0, 60))
def test_a_quorum_is_the_smallest_number_that_is_enough(
    share: Fraction, counts: bool, electorate: int, recused: int
) -> None:
    governance = Governance(YesNo(), "votes", {}, quorum=Quorum(share, counts_recused=counts))
    needed = quorum_needed(governance, electorate=electorate, recused=recused)
    whole = electorate if counts else max(electorate - recused, 0)
    assert needed == min(there for there in range(whole + 1) if there * share.denominator >= whole * share.numerator)


@given(shares, st.booleans(), st.integers(0, 40), st.data())
def test_who_comes_never_undoes_a_quorum(share: Fraction, counts: bool, electorate: int, data: st.DataObject) -> None:
    governance = Governance(YesNo(), "votes", {}, quorum=Quorum(share, counts_recused=counts))
    recused = data.draw(st.integers(0, electorate))
    present = data.draw(st.integers(0, electorate - recused))
    reached = quorum_reached(governance, electorate=electorate, present=present, recused=recused)
    assert not reached or quorum_reached(governance, electorate=electorate, present=present + 1, recused=recused)
    assert quorum_reached(
        governance, electorate=electorate, present=electorate - recused, recused=recused, recused_present=recused
    )


tallies = st.builds(Tally, few, few, few)
majorities = st.sampled_from([Fraction(1, 2), Fraction(3, 5), Fraction(2, 3), Fraction(3, 4), Fraction(1)])
ofs = st.sampled_from(["cast", "present"])


@given(majorities, ofs, tallies)
def test_a_question_and_its_opposite_are_never_both_adopted(majority: Fraction, of: str, tally: Tally) -> None:
    ballot = YesNo(majority, of)  # type: ignore[arg-type]
    opposite = Tally(tally.no, tally.yes, tally.abstentions)
    assert not (majority_reached(ballot, tally) and majority_reached(ballot, opposite))


@given(majorities, ofs, tallies)
def test_one_more_yes_never_rejects_what_was_adopted(majority: Fraction, of: str, tally: Tally) -> None:
    ballot = YesNo(majority, of)  # type: ignore[arg-type]
    more = replace(tally, yes=tally.yes + 1)
    assert majority_reached(ballot, more) or not majority_reached(ballot, tally)


people = st.sampled_from("ABCDEFGH")


@given(st.integers(0, 3), st.dictionaries(people, people, max_size=8), st.frozensets(people), st.frozensets(people))
def test_a_recused_person_never_votes_not_even_through_a_proxy(
    most: int, given_proxies: dict[str, str], recused: frozenset[str], present: frozenset[str]
) -> None:
    governance = Governance(YesNo(), "votes", {}, proxies=most)
    counted = counted_proxies(governance, given_proxies, recused=recused, present=present)
    assert counted.items() <= given_proxies.items()
    assert not (set(counted) | set(counted.values())) & recused
    assert set(counted.values()) <= present
    assert not set(counted) & present
    assert all(list(counted.values()).count(holder) <= most for holder in counted.values())
