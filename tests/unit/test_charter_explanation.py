"""Steps, outcomes and numbers in words, in French and in English; a trace that is done again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fund.charter.answers import as_json
from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Facts,
    Loss,
    MemberFacts,
    Period,
    RecipientFacts,
    Result,
)
from fund.charter.faults import Language
from fund.charter.outcomes import Outcome, run
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped
from fund.charter.trace import Step, differences, replay, step_as_json, step_from_json
from fund.charter.words.explanation import sentence, spoken, summary
from fund.charter.words.numbers_in_words import amount, day, months, ordinal, plain, rate, share, span
from fund.charter.words.step_sentences import REASONS, SENTENCES
from ledger.money import EUR, unit_of
from tests.charters import SMALL, a_loss, a_rule, a_tour, corrected_outcomes, edited, some_dates

LANGUAGES: tuple[Language, Language] = ("fr", "en")
DAY = date(2026, 6, 30)


def many_outcomes() -> list[Outcome]:
    """Runs that between them make every kind of step."""
    members = {"A": MemberFacts(5, use=Fraction(1), pledge=9, declared={"budget": 5}, category="venue")}
    members["B"] = MemberFacts(7, use=Fraction(2), declared={"budget": 5})
    costs = (DeclaredDeduction("commission", 90), DeclaredDeduction("affiches", 5), DeclaredDeduction("x", 5))
    small = Facts(members, {}, AllocationFacts(9_000, DAY), (
        *some_dates(3), Period(DAY, gross=100, deductions=costs), Period(DAY, gross=-500), Loss(DAY, 50),
    ))  # fmt: skip
    ranks = Facts(recipients={"a": RecipientFacts(Fraction(1, 2))}, allocation=AllocationFacts(70),
                  events=(Period(DAY, profit=5), Period(DAY, profit=200)))  # fmt: skip
    aid = Facts(allocation=AllocationFacts(0, other_aid=50), events=(Result(DAY, -60), Result(DAY, 90)))
    advance = Facts(allocation=AllocationFacts(100), events=(Period(DAY, net=6_000_000),))
    item = a_rule('base = "fee"', 'rate = "8 %"', 'rounding = "per-item"', 'franchise = "50 % of allocation"')
    franchised = a_rule('base = "profit"', 'rate = "8 %"', 'cap = "1.00"') + (
        '\n[[returns]]\nname = "next"\nsource = "made-up"\nbase = "profit"\nrate = "8 %"\nrank = 2\n'
        'franchise = "1.00"\n'
        '\n[[returns.splits]]\nto = "fund"\nshare = "1"\nform = "cash"\n'
    )
    first = run(shipped("creafonds"), a_tour(some_dates(10)))
    contributions = [
        f'\n[[contributions]]\nname = "c{at}"\nsource = "made-up"\nformula = {formula}\n'
        for at, formula in enumerate(('"fixed"\namount = "1.00"', '"pledged"', '"free"\nfloor = "1.00"'))
    ]
    head = SMALL.partition("\n[[contributions]]")[0]
    limited = edited(('limit = "25 % of gross"', 'limit = "0.10"'))
    twice = franchised.replace('name = "next"', 'name = "also"').replace("rank = 2", 'rank = 1\ncap = "2.00"')
    each = 'by = "members"\nkey = "equal"\nlimit = "10 % of contribution"'
    lost = a_loss('by = "reserve"', 'by = "fund"\nlimit = "0.01"', each)
    capped = {"A": MemberFacts(100, cap=3), "B": MemberFacts(50)}
    few = contributions[0].replace('"fixed"', '"fixed"\nlaunch_threshold = 9')
    weeks = tuple(Period(DAY, profit=profit) for profit in (50_000, 30_000, 90_000))
    pool = Facts(recipients={"a": RecipientFacts(Fraction(2))}, allocation=AllocationFacts(90_000), events=weeks)
    return [
        run(shipped("royalty-pool"), pool),
        run(read_charter(lost), Facts(capped, events=(Loss(DAY, 50),), reserve=2)),
        run(read_charter(head + few), Facts({"A": MemberFacts()})),
        run(read_charter(SMALL), small),
        run(read_charter(limited), small),
        run(shipped("royalty-pool"), ranks),
        run(shipped("astp-garantie"), aid),
        run(shipped("cnc-avance"), advance),
        run(shipped("bfi-locked-box"), Facts(recipients={"a": RecipientFacts()}, events=())),
        run(read_charter(item), Facts(allocation=AllocationFacts(10, DAY), events=some_dates(2))),
        run(read_charter(franchised), Facts(events=(Period(DAY, profit=5_000),))),
        run(
            read_charter(
                twice + franchised.partition("[[returns]]")[2].partition("[[returns]]")[2].join(("\n[[returns]]", ""))
            ),
            Facts(events=(Period(DAY, profit=5_000),)),
        ),
        run(shipped("creafonds"), a_tour(some_dates(11)), shared_before={"droit-de-suite": first.due[0].minor}),
        *(run(read_charter(head + contribution), Facts(members)) for contribution in contributions),
        *corrected_outcomes(),
    ]


def steps_of(outcome: Outcome) -> list[Step]:
    return [*outcome.trace.steps, *(step for each in outcome.contributions.values() for step in each.trace.steps)]


MADE_BY_LOT = {"filled-later", "key-followed", "lifted-within", "room-for-floor"}
"""Steps of meetings so rare that charters and facts drawn by lot make them (`tests/property`)."""


def test_every_kind_of_step_has_its_sentence() -> None:
    outcomes = many_outcomes()
    steps = [step for outcome in outcomes for step in steps_of(outcome)]
    for step in steps:
        french, english = (sentence(step, EUR, language) for language in LANGUAGES)
        assert french != english
        assert "{" not in french + english
    never_made_here = set(SENTENCES) - {step.kind for step in steps}
    assert never_made_here <= {"recouped", *MADE_BY_LOT}
    for kind in MADE_BY_LOT:
        french, english = (sentence(replace(steps[-1], kind=kind), EUR, language) for language in LANGUAGES)
        assert french != english
    assert {step.kind for step in steps} <= set(SENTENCES) | {"sharing"}


def test_every_trace_can_be_done_again() -> None:
    for outcome in many_outcomes():
        assert differences(outcome.trace.steps) == ()
        for computed in outcome.contributions.values():
            assert replay(computed.trace.steps).values[computed.trace.steps[-1].number] == computed.minor
        again = [step_from_json(json.loads(json.dumps(step_as_json(step)))) for step in outcome.trace.steps]
        assert tuple(again) == outcome.trace.steps


def test_a_changed_part_is_found() -> None:
    steps = list(run(shipped("creafonds"), a_tour(some_dates(10))).trace.steps)
    (at,) = (at for at, step in enumerate(steps) if step.portions)
    first, *others = steps[at].portions
    steps[at] = replace(steps[at], portions=(replace(first, part=first.part + 1), *others))
    assert differences(steps) == (steps[at].number,)


def test_every_reason_has_its_sentence_and_is_told() -> None:
    text = a_rule('base = "fee"', 'rate = "8 %"', "exclude_first_dates = 1")
    (left_out, *_) = (step for step in run(read_charter(text), a_tour(some_dates(1))).trace.steps if step.about)
    assert sentence(left_out, EUR, "en").replace("\u00a0", " ") == (
        "4,200.00 EUR not counted: the date is among the first, which are excluded."
    )
    assert all(len(both) == 2 and all(both) for both in REASONS.values())


def test_a_sharing_is_told_with_its_key_and_its_tie_break() -> None:
    outcome = run(shipped("creafonds"), a_tour(some_dates(26)))
    (step,) = (step for step in outcome.trace.steps if step.portions)
    told = sentence(step, EUR, "fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert "membre A 756,00 EUR (30 % × 5 000,00 EUR ÷ 12 000,00 EUR)" in told
    assert "plus grande fraction, puis par ordre de nom" in told


def test_a_summary_names_what_nobody_can_bear() -> None:
    charter = shipped("groupement-employeurs")
    outcome = run(charter, Facts({"A": MemberFacts(use=Fraction(1), cap=10)}, events=(Loss(DAY, 30),)))
    assert "0,20" in summary(charter, outcome, "fr")[-1]
    assert as_json(charter, outcome)["uncovered"] == "0.20"


def test_the_answer_has_the_shape_that_scripts_read() -> None:
    charter = shipped("creafonds")
    members = {"M": MemberFacts(100, declared={"annual_production_budget": 2_000_000})}
    answer = as_json(charter, run(charter, replace(a_tour(some_dates(9)), members=members)))
    assert json.loads(json.dumps(answer)) == answer
    assert list(answer) == ["charter", "contributions", "due", "totals", "uncovered", "trace"]
    assert answer["contributions"] == {"M": "2000.00"}
    assert answer["due"] == [{"event": 8, "rule": "droit-de-suite", "base": "4200.00", "amount": "336.00"}]
    assert answer["totals"] == {
        "fund": {"cash": "201.60"}, "member:M": {"drawing-right": "100.80", "loss": "0.00"},
        "company": {"locked": "33.60"}, "reserve": {"loss": "0.00"},
    }  # fmt: skip
    assert answer["trace"][0]["member"] == "M"


@pytest.mark.parametrize(
    ("minor", "french", "english"),
    [
        (0, "0,00 EUR", "0.00 EUR"),
        (-5, "−0,05 EUR", "−0.05 EUR"),
        (123_456_789, "1 234 567,89 EUR", "1,234,567.89 EUR"),
        (Fraction(1, 2), "0,005 EUR", "0.005 EUR"),
        (Fraction(-100, 3), "−0,333333… EUR", "−0.333333… EUR"),
    ],
)
def test_amounts_in_words(minor: int | Fraction, french: str, english: str) -> None:
    assert amount(minor, EUR, "fr").replace("\u202f", " ").replace("\u00a0", " ") == french
    assert amount(minor, EUR, "en").replace("\u00a0", " ") == english


def test_other_numbers_in_words() -> None:
    assert amount(1_000, unit_of("XPF"), "en") == "1,000\u00a0XPF"
    assert amount(Fraction(1, 2), unit_of("XPF"), "en") == "0.5\u00a0XPF"
    assert (rate(Fraction(3, 8), "fr"), rate(Fraction(3, 8), "en"), rate(Fraction(1, 3), "en")) == (
        "37,5\u00a0%",
        "37.5%",
        "1/3",
    )
    assert (plain(Fraction(1, 2), "fr"), plain(800, "en")) == ("0,5", "800")
    assert (months(1, "en"), months(7, "fr"), months(24, "fr")) == ("1 month", "7 mois", "24 mois (2 ans)")
    assert (spoken("droit-de-suite"), spoken("apres-recuperation")) == ("droit de suite", "après récupération")
    assert [ordinal(count, "en") for count in (1, 2, 3, 4, 11, 21, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "21st",
        "112th",
    ]
    assert [ordinal(count, "fr") for count in (1, 2)] == ["1re", "2e"]
    assert (day(date(2026, 1, 1), "fr"), day(date(2026, 8, 31), "en")) == ("1er janvier 2026", "31 August 2026")
    assert [span(count, "fr") for count in (1, 12, 18, 36)] == ["1 mois", "1 an", "18 mois", "3 ans"]
    assert [span(count, "en") for count in (1, 12, 18, 36)] == ["1 month", "1 year", "18 months", "3 years"]
    assert (share(Fraction(1, 3), "fr"), share(Fraction(3, 10), "en")) == ("un tiers", "30%")
