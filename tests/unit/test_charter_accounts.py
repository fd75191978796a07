"""Amounts told as accounts that a lay person follows: from the fact to the cent, party by party."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Result,
)
from fund.charter.faults import Language, NothingToTell
from fund.charter.grammar import Charter
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped
from fund.charter.words.accounts import Asked, account
from tests.charters import SMALL, a_loss, a_rule, a_tour, four_members, some_dates

DAY = date(2026, 6, 30)


def told(charter: Charter, facts: Facts, asked: Asked | None = None, language: Language = "en") -> list[str]:
    paragraphs = account(charter, facts, asked or Asked(), language)
    return [paragraph.replace("\u00a0", " ").replace("\u202f", " ") for paragraph in paragraphs]


def test_the_tenth_date_is_told_from_the_fee_to_the_cent() -> None:
    facts = a_tour(some_dates(10))
    heading, paragraph, shared = told(shipped("creafonds"), facts, Asked(event=9, rule="droit-de-suite"))
    assert heading == "“droit de suite”."
    assert paragraph == (
        "Event 9, performance of 7 November 2026. It was sold for 4,200.00 EUR. It is the 10th date; the first 8 do "
        "not count. With the 4,200.00 EUR counted before, that makes 8,400.00 EUR. 8% of 8,400.00 EUR is 672.00 EUR. "
        "Less the 336.00 EUR already due, this event adds 336.00 EUR."
    )
    assert shared == (
        "What is due is shared like this: 60% to the fund, in cash; 30% to the members, in proportion to what each has "
        "paid in, as drawing rights to be used within 3 years; 10% to the project’s company, locked for its next "
        "creation."
    )


def test_the_same_in_french() -> None:
    facts = a_tour(some_dates(10))
    _, paragraph, _ = told(shipped("creafonds"), facts, Asked(event=9, rule="droit-de-suite"), "fr")
    assert paragraph == (
        "Événement 9, représentation du 7 novembre 2026. Elle est vendue 4 200,00 EUR. C’est la 10e date ; les 8 "
        "premières ne comptent pas. Avec les 4 200,00 EUR comptés avant, cela fait 8 400,00 EUR. 8 % de 8 400,00 EUR "
        "font 672,00 EUR. Moins les 336,00 EUR déjà dus, cet événement ajoute 336,00 EUR."
    )


def test_a_cap_is_told_with_where_it_comes_from() -> None:
    facts = a_tour(some_dates(40))
    paragraph = told(shipped("creafonds"), facts, Asked(event=36, rule="droit-de-suite"))[1]
    assert "The whole stops at 9,600.00 EUR (80% of the 12,000.00 EUR granted)." in paragraph
    assert paragraph.endswith("Less the 9,408.00 EUR already due, this event adds 192.00 EUR.")
    after = told(shipped("creafonds"), facts, Asked(event=37, rule="droit-de-suite"))[1]
    assert after.endswith("9,600.00 EUR were due already: this event adds nothing.")


def test_a_date_that_does_not_count_is_told_with_its_reason() -> None:
    facts = a_tour(some_dates(2))
    first = told(shipped("creafonds"), facts, Asked(event=0, rule="droit-de-suite"))[1]
    assert first.endswith("It is the 1st date, and the first 8 do not count: nothing is due.")
    late = a_tour((*some_dates(8), Performance(date(2035, 1, 1), 100)))
    ninth = told(shipped("creafonds"), late, Asked(event=8, rule="droit-de-suite"))[1]
    assert ninth.endswith("It does not count, because the date lies outside the window: nothing is due.")


def test_events_left_out_in_a_row_are_told_together() -> None:
    paragraphs = told(shipped("creafonds"), a_tour(some_dates(9)), Asked(rule="droit-de-suite"))
    assert paragraphs[1].startswith("Events 0 to 7: nothing is due, because each time the date is among the first")
    assert paragraphs[2].startswith("Event 8,")


def test_a_cancelled_date_takes_off_what_it_added() -> None:
    facts = a_tour((*some_dates(9), Performance(date(2030, 1, 1), -420_000)))
    paragraph = told(shipped("creafonds"), facts, Asked(event=9, rule="droit-de-suite"))[1]
    assert paragraph.endswith("336.00 EUR were due until then: this event takes 336.00 EUR off.")


def test_costs_are_told_with_what_counts_of_them() -> None:
    costs = (
        DeclaredDeduction("distribution_commission", 6_000_000),
        DeclaredDeduction("launch", 3_000_000, evidence=True),
        DeclaredDeduction("launch", 500),
        DeclaredDeduction("parade", 5),
    )
    facts = Facts(allocation=AllocationFacts(20_000_000), events=(Period(DAY, gross=20_000_000, deductions=costs),))
    paragraph = told(shipped("eurimages"), facts, Asked(event=0))[1]
    assert (
        "Less the distribution commission, 50,000.00 EUR instead of the 60,000.00 EUR declared (25% of 200,000.00 "
        "EUR): 150,000.00 EUR is left. Less launch costs, 30,000.00 EUR: 120,000.00 EUR is left. 10% of 120,000.00 EUR "
        "is 12,000.00 EUR. So this event makes 12,000.00 EUR due." in paragraph
    )
    assert "Cost of 5.00 EUR not counted: “launch costs” asks for evidence." in paragraph
    assert "the charter does not allow “parade”." in paragraph


def test_a_franchise_is_told_before_and_after_it_is_reached() -> None:
    events = (Period(DAY, net=4_500_000), Period(date(2026, 7, 1), net=120_500_000))
    facts = Facts(allocation=AllocationFacts(40_000_000), events=events)
    first, second = told(shipped("cnc-avance"), facts, Asked(rule="remboursement"))[1:3]
    assert first.endswith("That is no more than the first 50,000.00 EUR, on which nothing is due. So nothing is due.")
    assert "Beyond the first 50,000.00 EUR there are 1,200,000.00 EUR." in second


def test_a_later_rank_says_what_the_rank_before_takes() -> None:
    events = (Period(DAY, profit=400_000), Period(date(2026, 7, 7), profit=9_000_000))
    facts = Facts(allocation=AllocationFacts(5_000_000), events=events)
    paragraphs = told(shipped("angels-uk"), facts, Asked(rule="apres-recuperation"))
    assert "The first 50,000.00 EUR belong to the rank before, and this is no more." in paragraphs[1]
    assert "belong to the rank before; beyond there are 44,000.00 EUR." in paragraphs[2]


def test_points_below_their_minimum_are_told() -> None:
    facts = Facts(
        recipients={"a": RecipientFacts(Fraction(15))},
        allocation=AllocationFacts(5_000_000),
        events=(Period(DAY, profit=400_000), Period(date(2026, 7, 7), profit=9_000_000)),
    )
    paragraphs = told(shipped("royalty-pool"), facts, Asked(rule="avant-recuperation"))
    assert "The points must have at least 3,000.00 EUR and would have only 1,400.00 EUR" in paragraphs[1]
    assert "(so that the investors have 50,000.00 EUR)" in paragraphs[2]


def test_results_are_told_as_deficits_or_as_what_exceeds_break_even() -> None:
    events = (Result(DAY, -6_000_000), Result(date(2027, 6, 30), 5_000_000))
    facts = Facts(allocation=AllocationFacts(0, other_aid=2_200_000), events=events)
    deficit, none = told(shipped("astp-garantie"), facts, Asked(rule="garantie"))[1:3]
    assert "That is a deficit of 60,000.00 EUR. 40% of 60,000.00 EUR is 24,000.00 EUR." in deficit
    assert "That is no deficit: nothing counts." in none
    below, above = told(shipped("astp-garantie"), facts, Asked(rule="remboursement-des-aides"))[1:3]
    assert below.endswith("That is below break-even: nothing is owed back. So nothing is due.")
    assert "With earlier results that makes −10,000.00 EUR." in above
    assert above.endswith("So this event makes 12,000.00 EUR due.")


def test_a_rate_with_fractions_of_a_cent_is_rounded_in_so_many_words() -> None:
    charter = read_charter(a_rule('base = "fee"', 'rate = "8 %"'))
    paragraph = told(charter, a_tour(some_dates(1, 1_234)), Asked(event=0))[1]
    assert "8% of 12.34 EUR is 0.9872 EUR. Rounded: 0.99 EUR. So this event makes 0.99 EUR due." in paragraph


# Parties


def test_a_member_is_told_its_contribution_and_its_share() -> None:
    members = {**four_members()}
    members["B"] = replace(members["B"], declared={"annual_production_budget": 6_000_000})
    facts = replace(a_tour(some_dates(26)), members=members)
    (paragraph,) = told(shipped("creafonds"), facts, Asked(party="member:B"))
    assert paragraph == (
        "Member B. B declared 60,000.00 EUR (annual production budget). 10% of 60,000.00 EUR is 6,000.00 EUR. "
        "One pays 5,000.00 EUR at most. So B pays 5,000.00 EUR. Under “droit de suite” there are 6,048.00 EUR to "
        "share. Its share: 3,500.00 EUR out of 12,000.00 EUR paid in, of 30% of the whole. That makes exactly "
        "529.20 EUR (drawing right). In all: 529.20 EUR (drawing right), 0.00 EUR (loss borne)."
    )


def test_the_last_cent_is_told_with_the_order_in_which_it_falls_due() -> None:
    line = 'to = "members"\nshare = "100 %"\nform = "locked"\nkey = "equal"'
    charter = read_charter(a_rule('base = "fee"', 'rate = "8 %"', splits=[line]))
    facts = Facts({name: MemberFacts() for name in "ABC"}, events=some_dates(1, 12_500))
    last = {name: told(charter, facts, Asked(party=f"member:{name}"))[0] for name in "AC"}
    assert (
        "Its share: one part of 3, all equal. To be exact, that would be 3.333333… EUR. First everyone has its whole "
        "units; 0.01 EUR is left to give, 0.01 EUR at a time, among 3 parties, in the order in which their next unit "
        "falls due. Its own falls due when the total reaches 10.02 EUR: it comes in place 1 and has it, which makes "
        "3.34 EUR (next creation)." in last["A"]
    )
    assert "it comes in place 3 and does not have it yet, which makes 3.33 EUR (next creation)." in last["C"]


def test_a_loss_is_told_with_ceilings_and_with_whoever_defaults() -> None:
    figures = {"A": (800, 100_000, False), "B": (500, None, False), "C": (300, None, False), "D": (400, None, True)}
    members = {
        name: MemberFacts(use=Fraction(use), cap=cap, defaulted=defaulted)
        for name, (use, cap, defaulted) in figures.items()
    }
    facts = Facts(members, events=(Loss(DAY, 800_000),))
    charter = shipped("groupement-employeurs")
    full, other, absent = (told(charter, facts, Asked(party=f"member:{name}"))[0] for name in "ABD")
    assert (
        "Its share: a use of 800 out of 1600. That would be 4,000.00 EUR, but its ceiling is 1,000.00 EUR (loss "
        "borne): the rest goes to the others." in full
    )
    assert "These stop at their ceiling: member A (1,000.00 EUR). 7,000.00 EUR is left for the others." in other
    assert "That makes exactly 4,375.00 EUR (loss borne)." in other
    assert "Its part is borne by the others: it has defaulted, or has nothing in the key." in absent


def test_turns_and_what_nobody_can_bear_are_told() -> None:
    charter = read_charter(a_loss('by = "reserve"', 'by = "fund"\nlimit = "0.01"', 'by = "members"\nkey = "equal"'))
    facts = Facts({"A": MemberFacts(cap=3), "B": MemberFacts(cap=5)}, events=(Loss(DAY, 50),), reserve=2)
    paragraphs = told(charter, facts, language="fr")
    assert "La réserve. Par « rule », quand vient son tour, 0,02 EUR sont à sa charge. En tout : 0,02" in paragraphs[3]
    assert "Sa limite arrête cette part à 0,03 EUR ; ce qui dépasse n’est à la charge de personne." in paragraphs[5]
    assert paragraphs[-1] == "Personne ne peut supporter 0,39 EUR."


def test_whoever_keeps_the_rest_is_told_so() -> None:
    facts = Facts(allocation=AllocationFacts(40_000_000), events=(Period(DAY, net=4_500_000),))
    (paragraph,) = told(shipped("cnc-avance"), facts, Asked(party="company"))
    assert "Under “remboursement”, what came in and is not due stays with it: 45,000.00 EUR." in paragraph


def test_without_a_question_every_rule_and_every_party_is_told() -> None:
    everything = told(shipped("creafonds"), a_tour(some_dates(9)))
    assert [paragraph.partition(".")[0] for paragraph in everything if not paragraph.startswith(("Ev", "What"))] == [
        "“droit de suite”", "The fund", "Member A", "Member B", "Member C", "Member D", "The company", "The reserve",
    ]  # fmt: skip
    assert [paragraph.partition(",")[0] for paragraph in everything[1:3]] == [
        "Events 0 to 7: nothing is due",
        "Event 8",
    ]


INSTALMENTS = [
    ('formula = "fixed"\namount = "10.00"\ninstalments = 3', "So M pays 10.00 EUR: 3.34 EUR, 3.33 EUR, 3.33 EUR."),
    ('formula = "free"\nfloor = "50.00"', "Pledge of M: 9.00 EUR. One pays 50.00 EUR at least. So M pays 50.00 EUR."),
    (
        'formula = "pledged"\nlaunch_threshold = 9',
        "It takes 9 for anything to be called: 0.00 EUR. So M pays 0.00 EUR.",
    ),
]


@pytest.mark.parametrize(("slots", "sentences"), INSTALMENTS, ids=[row[0] for row in INSTALMENTS])
def test_a_contribution_is_told(slots: str, sentences: str) -> None:
    head = SMALL.partition("\n[[contributions]]")[0]
    charter = read_charter(f'{head}\n[[contributions]]\nname = "one"\nsource = "made-up"\n{slots}\n')
    (paragraph,) = told(charter, Facts({"M": MemberFacts(pledge=900)}), Asked(party="member:M"))
    assert sentences in paragraph


@pytest.mark.parametrize(
    ("asked", "french", "english"),
    [
        (Asked(event=99), "n’ont pas d’événement 99. Événements : 0–1", "no event 99. Events: 0–1"),
        (Asked(event=-1), "n’ont pas d’événement -1", "no event -1"),
        (Asked(event=0, rule="x"), "Aucune règle ne s’appelle « x »", "No rule is called “x”. Rules: droit-de-suite"),
        (Asked(party="member:Z"), "Personne ne s’appelle « member:Z » ici", "Nobody is called “member:Z” here"),
        (Asked(event=0, rule="pertes"), "ne lit ce genre d’événement (0)", "reads that kind of event (0)"),
    ],
    ids=["event", "negative", "rule", "party", "reading"],
)
def test_what_is_not_there_is_refused_with_what_there_is(asked: Asked, french: str, english: str) -> None:
    with pytest.raises(NothingToTell) as refusal:
        told(shipped("creafonds"), a_tour(some_dates(2)), asked)
    assert french in refusal.value.sentence("fr")
    assert english in refusal.value.sentence("en")
