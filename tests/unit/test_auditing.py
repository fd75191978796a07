"""Audits of results worked out by hand: what they say in both languages, and every broken result that they catch."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from allocation.methods.auditing import audits as names
from allocation.methods.auditing.audit_texts import FINDINGS, TITLES
from allocation.methods.auditing.audits import AUDITS, Audit, audits
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.findings import Finding
from allocation.methods.auditing.sentences import audit_sentence, audit_title, finding_sentence, witness_sentence
from allocation.methods.auditing.voices import Election, Voice
from allocation.methods.auditing.witnesses import Witness, witness
from allocation.methods.axioms import EJR_PLUS_CARDINAL, EJR_PLUS_COST, EXHAUSTIVE
from allocation.methods.problem import Problem, Result
from allocation.methods.ties import TieRule
from tests.commons import plain

SEED = TieRule(seed="graine")

# Fifteen members share 60 000 €, 4 000 € each. Nine agree on A to D, six on F and P. Greedy takes the nine's projects
# first, 52 000 €, and then F with the 8 000 € that are left: the six have no P, although their shares make 24 000 €.
COMMITTEE = Election(
    budget=6_000_000,
    costs={"A": 1_500_000, "B": 1_500_000, "C": 1_500_000, "D": 700_000, "F": 800_000, "P": 900_000},
    voices=(*(Voice.naming("ABCD") for _ in range(9)), *(Voice.naming("FP") for _ in range(6))),
    targets={"A": 1_700_000},
)
PROBLEM = COMMITTEE.problem()


def decided(method: str, election: Election = COMMITTEE, **parameters: str | int) -> Result:
    return Choice(method, parameters).solve(election.problem(), SEED)


GREEDY = decided("greedy/1")


def test_the_greedy_committee_leaves_six_members_unserved() -> None:
    assert set(GREEDY.winners) == set("ABCDF")
    found = witness(PROBLEM, GREEDY, "cost", voices=COMMITTEE.voices)
    assert found == Witness("P", "cost", 6, 15, Fraction(2_400_000), 900_000, 800_000, (9, 10, 11, 12, 13, 14))
    assert plain(witness_sentence(found, "fr")) == (
        "6 membres (40 % des parts, 24 000 €) soutiennent tous P (9 000 €) et n’ont chacun que 8 000 € de projets "
        "financés au plus."
    )
    assert plain(witness_sentence(found, "en", names={"P": "Le Phare"})) == (
        "6 members (40% of the shares, €24,000) all support Le Phare (€9,000) and have at most €8,000 of funded "
        "projects each."
    )
    assert witness(PROBLEM, decided("equal-shares/1"), "cost") is None


def test_a_group_counted_in_projects_has_its_sentence() -> None:
    """Two of the 9 000 € projects would cost 18 000 € of their 24 000 €, and they have one of them."""
    found = witness(PROBLEM, GREEDY, "cardinal")
    assert found is not None
    assert plain(witness_sentence(found, "fr")) == (
        "6 membres (40 % des parts, 24 000 €) soutiennent tous P (9 000 €) et n’ont chacun que 1 projet financé au "
        "plus ; leurs parts en paieraient 2 de ce prix."
    )
    assert plain(witness_sentence(found, "en")).endswith(
        "and have at most 1 funded project each; their shares would pay for 2 at that price."
    )


# the members, the best served of them, utility · the end of the sentence in French and in English
WITNESSES = [
    (1, 0, "cost", "1 membre (33,3 % des parts, 10 €) soutient P (9 €) et n’a aucun projet financé.",
     "1 member (33.3% of the shares, €10) supports P (€9) and has no funded project."),
    (1, 50, "cost", "et n’a que 0,50 € de projets financés.", "and has only €0.50 of funded projects."),
    (1, 2, "cardinal", "et n’a que 2 projets financés ; cette part en paierait 1 de ce prix.",
     "and has only 2 funded projects; this share would pay for 1 at that price."),
    (2, 0, "cardinal", "2 membres (66,7 % des parts, 20 €) soutiennent tous P (9 €) et n’ont aucun projet financé.",
     "2 members (66.7% of the shares, €20) all support P (€9) and have no funded project."),
]  # fmt: skip


@pytest.mark.parametrize(("members", "best", "utility", "french", "english"), WITNESSES)
def test_every_witness_is_told(members: int, best: int, utility: str, french: str, english: str) -> None:
    found = Witness("P", utility, members, 3, Fraction(1000 * members), 900, best)
    assert plain(witness_sentence(found, "fr")).endswith(french)
    assert plain(witness_sentence(found, "en")).endswith(english)


def test_the_largest_group_is_told_and_then_the_cheapest_project() -> None:
    """P could be paid by two of its supporters, Q and R by all three of theirs; R costs less."""
    problem = Problem.of(budget=90, costs={"P": 50, "Q": 80, "R": 70}, ballots=["QR", "QR", "PQR"])
    found = witness(problem, Result("by-hand", {}, 90, (), ()), "cost")
    assert found is not None
    assert (found.project, found.members) == ("R", 3)


def test_what_may_not_be_chosen_is_owed_to_nobody() -> None:
    empty = Result("by-hand", {}, 90, (), ())
    problem = Problem.of(budget=90, costs={"P": 30}, ballots=["P"], locked_out="P")
    assert witness(problem, empty, "cost") is None
    asked = Result("by-hand", {"min_support": 2}, 90, (), ())
    assert witness(replace(problem, locked_out=frozenset()), asked, "cost") is None
    assert witness(replace(problem, locked_out=frozenset()), empty, "cost") is not None


@pytest.mark.parametrize("method", ["greedy/1", "equal-shares/1", "phragmen/1", "tranche-shares/1", "water-filling/1"])
def test_a_result_as_it_comes_is_without_alarm(method: str) -> None:
    found = audits(PROBLEM, decided(method), voices=COMMITTEE.voices)
    assert not [audit.name for audit in found if audit.alarms]
    assert [audit.name for audit in found] == [name for name in AUDITS if name in {audit.name for audit in found}]
    assert {names.FEASIBLE, names.RECUSALS, EXHAUSTIVE, EJR_PLUS_COST, EJR_PLUS_CARDINAL} <= {a.name for a in found}
    assert (names.PRICES in {audit.name for audit in found}) == (method not in ("greedy/1", "water-filling/1"))


def test_what_is_not_promised_informs_and_does_not_alarm() -> None:
    found = {audit.name: audit for audit in audits(PROBLEM, GREEDY)}
    assert not found[EJR_PLUS_COST].holds
    assert not found[EJR_PLUS_COST].alarms
    assert found[EXHAUSTIVE].promised
    assert names.RECUSALS not in found


# Three voters of 40 each. Y costs each of them 12, then X costs its two 15 each; of the two who support Z one has 28
# left and the other 13, which goes whole, so the first pays 19.
SMALL = Election(
    budget=120,
    costs={"X": 30, "Y": 36, "Z": 32},
    voices=(Voice.naming("YZ"), Voice.naming("XYZ"), Voice.naming("XY")),
)
SHARES = decided("equal-shares/1", SMALL, completion="none")
LOADS = decided("phragmen/1", SMALL)
FILLED = decided("water-filling/1", replace(SMALL, budget=101, targets=dict.fromkeys("XYZ", 60)))
PICKED = decided("greedy/1", SMALL)


def test_the_small_results_by_hand() -> None:
    assert [(each.project, each.payment, each.rest_paid) for each in SHARES.purchases] == [
        ("Y", 12, 0), ("X", 15, 0), ("Z", 19, 13)
    ]  # fmt: skip
    assert [(each.project, each.load) for each in LOADS.loads] == [("Y", 12), ("X", 27), ("Z", Fraction(71, 2))]
    assert sorted((each.exact, each.project) for each in FILLED.levels) == [
        (Fraction(65, 2), "X"), (Fraction(65, 2), "Z"), (36, "Y")
    ]  # fmt: skip
    assert PICKED.left == 22


def changed(result: Result, place: int, **slots: Any) -> Result:
    """The result with one step stated otherwise."""
    steps = list(result.steps)
    steps[place] = replace(steps[place], **slots)
    return replace(result, steps=tuple(steps))


BROKEN: dict[str, Result] = {
    "envelope_differs": replace(SHARES, budget=91),
    "project_unknown": changed(SHARES, 0, project="W"),
    "project_twice": replace(SHARES, steps=(*SHARES.steps, SHARES.steps[0])),
    "left_differs": changed(SHARES, 1, left_before=85),
    "rounded_too_far": changed(FILLED, 0, exact=FILLED.levels[0].exact + 2),
    "rounded_sum_differs": changed(FILLED, 0, cost=FILLED.levels[0].cost + 1),
    "below_what_it_needs": changed(SHARES, 0, cost=35),
    "above_what_it_can_use": changed(SHARES, 0, cost=37),
    "supporters_differ": changed(SHARES, 0, supporters=2),
    "too_few_supporters": replace(SHARES, parameters={**SHARES.parameters, "min_support": 3}),
    "purse_differs": changed(SHARES, 0, purse=Fraction(41)),
    "cannot_be_paid": changed(SHARES, 2, cost=60),
    "could_be_paid": replace(SHARES, steps=SHARES.steps[:2]),
    "price_differs": changed(SHARES, 2, price=SHARES.purchases[2].price + Fraction(1, 7)),
    "payment_differs": changed(SHARES, 2, payment=Fraction(20)),
    "full_payers_differ": changed(SHARES, 2, full_payers=2),
    "rest_payers_differ": changed(SHARES, 2, rest_payers=0),
    "rest_paid_differs": changed(SHARES, 2, rest_paid=Fraction(12)),
    "load_differs": changed(LOADS, 0, load=Fraction(16)),
    "load_falls": replace(LOADS, steps=(LOADS.steps[1], LOADS.steps[0], LOADS.steps[2])),
    "still_fits": replace(PICKED, steps=PICKED.steps[:1]),
}
"""Results that are stated otherwise than they came, by what must be found."""

COUNTED = SMALL.problem()
UNSUITED: dict[str, tuple[Problem, tuple[Voice, ...]]] = {
    "envelope_overspent": (replace(COUNTED, budget=60), SMALL.voices),
    "project_locked_out": (replace(COUNTED, locked_out=frozenset("X")), SMALL.voices),
    "voters_differ": (COUNTED, SMALL.voices[:2]),
    "recusals_differ": (replace(COUNTED, recused={"X": 1}), SMALL.voices),
    "recused_heard": (COUNTED, (*SMALL.voices[:2], Voice.naming("XY", recused="X"))),
}
"""Problems that a result does not suit, and voices that a problem does not tell as they are."""


def test_every_finding_is_provoked() -> None:
    assert {*BROKEN, *UNSUITED} == set(FINDINGS)


@pytest.mark.parametrize("code", FINDINGS)
def test_every_broken_result_is_caught(code: str) -> None:
    problem, voices = UNSUITED.get(code, (COUNTED, SMALL.voices))
    found = audits(problem, BROKEN.get(code, SHARES), voices=voices)
    told = [finding for audit in found for finding in audit.findings if finding.code == code]
    assert told
    assert any(audit.alarms for audit in found)
    french, english = (finding_sentence(told[0], language, names={"X": "Xanadu"}) for language in ("fr", "en"))
    assert french != english
    assert "{" not in french + english


@pytest.mark.parametrize("name", AUDITS)
def test_every_audit_has_its_statement(name: str) -> None:
    assert set(TITLES) == set(AUDITS)
    assert audit_title(name, "fr") != audit_title(name, "en")
    assert audit_sentence(Audit(name, True), "en") == f"{TITLES[name]['en']}."
    assert audit_sentence(Audit(name, True), "fr") == f"{TITLES[name]['fr']}."


def test_an_audit_that_fails_says_everything_that_it_found() -> None:
    audit = Audit(
        names.SUM,
        True,
        (
            Finding("left_differs", {"step": 2, "stated_minor": 100, "left_minor": 250}),
            Finding("rounded_too_far", {"project": "A", "amount_minor": 5, "exact_minor": Fraction(7, 2)}),
        ),
    )
    assert plain(audit_sentence(audit, "fr", names={"A": "Arche"})) == (
        "Les montants et le reste font l’enveloppe, au centime près : non. À l’étape 2 il resterait 1 € ; les étapes "
        "d’avant laissent 2,50 €. Arche reçoit 0,05 € pour un montant exact de 0,03 € + 1/2 c : plus d’un centime "
        "d’écart."
    )
    unserved = Audit(EJR_PLUS_COST, False, witness=Witness("P", "cost", 1, 2, Fraction(100), 90, 0))
    assert plain(audit_sentence(unserved, "en")) == (
        "No group that agrees is left unserved, in euros: no. 1 member (50% of the shares, €1) supports P (€0.90) and "
        "has no funded project."
    )
