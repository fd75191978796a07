"""A past replayed under another charter, in cents worked out by hand.

A paid 3,000.00 and B 1,000.00. The project owes 8 % of 1,000.00 and of 500.00: 120.00, of which the fund has 72.00, the
members 36.00 by what they paid (27.00 and 9.00), the company 12.00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fund.charter.shipped import shipped
from fund.rehearsal.comparing import Comparison, compared
from fund.rehearsal.courses import Movement, course, dry_quarters
from fund.rehearsal.discretion import members_gathered
from fund.rehearsal.evenness import gini, quantiles, thousandths
from fund.rehearsal.past import replayed
from fund.rehearsal.records import Booked, Past, Receipt
from tests.rehearsals import (
    EQUALLY,
    NO_CAP,
    TWICE,
    YEAR,
    a_member,
    a_past,
    a_project,
    a_statement,
    booked,
    changed,
)

WINDOW_SOURCE = 'window_months = "https://lawinsider.com/fr/contracts/6D4UGVJ5on4"\n'


def changes(found: Comparison) -> dict[str, int]:
    return {line.party: line.change for line in found.lines}


def order(found: Comparison) -> list[str]:
    return [line.party for line in found.lines]


def test_the_charter_in_force_gives_what_is_booked() -> None:
    replay = replayed(a_past())
    assert replay.differences == ()
    assert replay.dues == {"P1": 12_000}
    assert replay.balances["member:A"].by_form == {"drawing-right": 2_700}
    assert (replay.balances["member:A"].gave, replay.balances["member:A"].net) == (300_000, -297_300)
    assert replay.balances["fund"].by_form == {"cash": 400_000 + 7_200}
    assert (replay.balances["company:CIE/P1"].gave, replay.balances["company:CIE/P1"].by_form) == (
        12_000,
        {"locked": 1_200},
    )


def test_a_replay_that_differs_from_the_books_says_where() -> None:
    kept = Booked(12_100, 0, {("fund", "cash"): 7_300, ("member:A", "drawing-right"): 2_700})
    replay = replayed(a_past(projects=(a_project(a_statement(100_000, 50_000, kept=kept)),)))
    assert [(each.what, each.booked, each.replayed) for each in replay.differences] == [
        ("amount", 12_100, 12_000),
        ("company locked", 0, 1_200),
        ("fund cash", 7_300, 7_200),
        ("member:B drawing-right", 0, 900),
    ]


def test_the_loser_stands_first() -> None:
    """Equally: 18.00 each, so A loses 9.00 and B gains them; nobody else moves."""
    found = compared(a_past(), changed(EQUALLY))
    assert order(found) == ["member:A", "company:CIE/P1", "fund", "member:B"]
    assert changes(found) == {"member:A": -900, "company:CIE/P1": 0, "fund": 0, "member:B": 900}
    assert [line.verdict for line in found.lines] == ["loses", "same", "same", "gains"]
    assert (found.losing_members, found.counted_members, found.pays_alike) == (1, 2, True)
    assert found.largest_loss is not None
    assert found.largest_loss.name == "Membre A (fictif)"
    assert (found.totals.change, found.totals.then.by_form["drawing-right"]) == (0, 3_600)


def test_a_member_that_pays_more_loses_and_the_fund_gains() -> None:
    """Twice the rate: A is called for 6,000.00 and B for 2,000.00; each paid all that it was called for."""
    found = compared(a_past(), changed(TWICE, NO_CAP))
    assert changes(found) == {"member:A": -300_000, "member:B": -100_000, "fund": 400_000, "company:CIE/P1": 0}
    assert order(found)[0] == "member:A"
    assert not found.pays_alike
    assert found.draft.called == {"A": 600_000, "B": 200_000}


def test_whoever_paid_a_part_of_its_call_pays_that_part_of_the_draft() -> None:
    """A paid 1,000.00 of 3,000.00 in two parts; of 6,000.00 it pays 2,000.00, to the cent."""
    some = a_member("A", 100_000, budget=3_000_000, called=300_000)
    some = replace(some, receipts=(Receipt(date(YEAR, 2, 1), 33_333, 2), Receipt(date(YEAR, 3, 1), 66_667, 3)))
    found = compared(a_past(members=(some, a_member("B", 0, budget=1_000_000, called=100_000))), changed(TWICE, NO_CAP))
    assert found.draft.balances["member:A"].gave == 200_000
    assert found.draft.balances["member:B"].gave == 0


def test_whoever_was_called_for_nothing_pays_the_call_of_the_draft() -> None:
    idle = a_member("C", 0, budget=0, called=0)
    draft = changed(('rate = "10 %"', 'rate = "10 %"\nfloor = "100.00"'))
    found = compared(a_past(members=(a_member("A", 300_000, budget=3_000_000), idle)), draft)
    assert (found.then.balances["member:C"].gave, found.draft.balances["member:C"].gave) == (0, 10_000)


def test_as_much_in_another_form_is_neither_loss_nor_gain() -> None:
    found = compared(a_past(), changed(('form = "locked"', 'form = "cash"')))
    verdicts = {line.party: line.verdict for line in found.lines}
    assert verdicts == {"company:CIE/P1": "other-form", "member:A": "same", "member:B": "same", "fund": "same"}
    assert order(found)[0] == "company:CIE/P1"


def test_projects_with_the_largest_increase_stand_first() -> None:
    """At 16 % the dates of P1 owe 240.00 instead of 120.00; P2, without a ninth date, owes nothing."""
    past = a_past(projects=(a_project(a_statement(100_000, 50_000)), a_project(a_statement(), code="P2")))
    found = compared(past, changed(('rate = "8 %"', 'rate = "16 %"')))
    assert [(p.code, p.then, p.draft, p.change) for p in found.projects] == [
        ("P1", 12_000, 24_000, 12_000),
        ("P2", 0, 0, 0),
    ]


def test_a_later_statement_is_settled_on_what_the_earlier_one_shared() -> None:
    """A correction takes back nothing: what is due no more is carried, and comes off what follows."""
    first = a_statement(100_000, 50_000, place=10, last=date(YEAR, 9, 30))
    fewer = a_statement(100_000, place=11, last=date(YEAR, 10, 31), kept=Booked(0, -4_000, {}))
    kept = booked(4_000, fund=2_400, a=900, b=300, company=400)
    more = a_statement(100_000, 100_000, place=12, kept=kept)
    replay = replayed(a_past(projects=(a_project(first, fewer, more),)))
    assert replay.differences == ()
    assert replay.dues == {"P1": 16_000}


def test_money_that_arrived_after_a_statement_does_not_weigh_in_it() -> None:
    late = a_member("B", 100_000, budget=1_000_000)
    late = replace(late, receipts=(Receipt(date(YEAR, 2, 1), 100_000, 11),))
    replay = replayed(a_past(members=(a_member("A", 300_000, budget=3_000_000), late)))
    assert replay.balances["member:A"].by_form == {"drawing-right": 3_600}
    assert replay.balances["member:B"].by_form == {"drawing-right": 0}


def test_a_draft_that_follows_recognition_weighs_the_points_of_the_day() -> None:
    """A has one point and B three: of 36.00, A has 9.00 and B 27.00."""
    settled = replace(a_statement(100_000, 50_000), points={"A": 1, "B": 3})
    draft = changed(('key = "contribution"', 'key = "notoriety"'))
    found = compared(a_past(projects=(a_project(settled),)), draft)
    assert found.draft.balances["member:A"].by_form == {"drawing-right": 900}
    assert found.draft.balances["member:B"].by_form == {"drawing-right": 2_700}
    nobody = compared(a_past(), draft)
    assert ("key-empty", "droit-de-suite", "notoriety", ("P1",)) in told(nobody)


# What the records do not hold


def told(found: Comparison) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(want.kind, want.article, want.fact, want.whom) for want in found.wants]


def test_receipts_by_period_are_named_and_nothing_is_due() -> None:
    found = compared(a_past(), shipped("cnc-avance"))
    assert told(found) == [
        ("counted", "remboursement", "net", ()),
        ("no-contributions", "", "", ()),
        ("no-tranches", "", "", ()),
    ]
    assert [q.went_out for q in found.draft.course] == [0, 300_000, 0, 0]
    assert found.is_void
    assert found.draft.dues == {"P1": 0}
    counted = found.wants[0]
    assert counted.what("en") == (
        "The article “remboursement” counts the net receipts of a period, which the fund’s records do not hold: "
        "it makes nothing due here."
    )
    assert counted.mend("fr").startswith("Faites déclarer")


def test_a_key_that_nobody_has_figures_for_leaves_its_article_out() -> None:
    found = compared(a_past(), changed(('key = "contribution"', 'key = "points"')))
    assert told(found) == [("member-figure", "droit-de-suite", "points", ("A", "B"))]
    assert (found.left_out, found.is_void) == ({"droit-de-suite"}, True)
    assert "A, B" in found.wants[0].what("fr")


def test_a_project_without_a_premiere_is_named() -> None:
    made_under = changed(("window_months = 48\n", ""), (WINDOW_SOURCE, ""))
    unknown = replace(a_project(a_statement(100_000), charter=made_under), premiere=None, code="P9")
    past = a_past(projects=(a_project(a_statement(100_000, 50_000)), unknown))
    found = compared(past, shipped("creafonds"))
    assert told(found) == [("premiere", "droit-de-suite", "premiere", ("P9",))]
    assert found.draft.dues == {"P1": 12_000, "P9": 0}


def test_a_member_without_the_figure_pays_what_it_paid() -> None:
    found = compared(
        a_past(members=(a_member("A", 300_000, budget=3_000_000), a_member("B", 100_000))), changed(TWICE, NO_CAP)
    )
    assert told(found) == [("declared", "apport", "annual_production_budget", ("B",))]
    assert not found.left_out
    assert found.draft.balances["member:B"].gave == 100_000
    assert found.draft.balances["member:A"].gave == 600_000


def test_a_category_that_no_article_names_and_a_pledge_that_nobody_made_are_named() -> None:
    draft = changed(('name = "apport"', 'name = "apport"\ncategories = ["festival"]'))
    assert ("category", "", "venue", ("A", "B")) in told(compared(a_past(), draft))
    funder = replace(a_member("F", 100_000), category="public-funder")
    found = compared(a_past(members=(a_member("A", 300_000, budget=3_000_000), funder)), shipped("creafonds"))
    assert told(found) == [("pledge", "engagement-public", "pledge", ("F",))]


def test_a_key_in_which_nobody_weighs_leaves_its_article_out() -> None:
    past = a_past(members=(a_member("A", 0, budget=3_000_000, called=300_000),))
    assert told(compared(past, shipped("creafonds"))) == [("key-empty", "droit-de-suite", "contribution", ("P1",))]


def test_names_beyond_five_are_counted() -> None:
    members = tuple(a_member(f"M{number}", 100_000, budget=1_000_000) for number in range(8))
    want = compared(a_past(members=members), changed(('key = "contribution"', 'key = "use"'))).wants[0]
    assert "M0, M1, M2, M3, M4 and 3 others" in want.what("en")
    assert "M0, M1, M2, M3, M4 et 3 autres" in want.what("fr")


# The reserve


def test_the_reserve_by_quarter_is_opening_and_in_less_out() -> None:
    quarters = replayed(a_past()).course
    assert [(q.name, q.opening, q.came_in, q.went_out, q.closing) for q in quarters] == [
        ("2026-Q1", 0, 400_000, 0, 400_000),
        ("2026-Q2", 400_000, 0, 100_000, 300_000),
        ("2026-Q3", 300_000, 0, 200_000, 100_000),
        ("2026-Q4", 100_000, 7_200, 0, 107_200),
    ]


def test_other_tranches_are_paid_on_the_days_of_their_conditions() -> None:
    draft = changed(('share = "1/3"', 'share = "1/2"'), ('share = "2/3"', 'share = "1/2"'))
    quarters = replayed(a_past(), draft).course
    assert [q.went_out for q in quarters] == [0, 150_000, 150_000, 0]


def test_a_tranche_on_a_condition_without_a_day_is_named() -> None:
    draft = changed(('condition = "premiere"', 'condition = "report"'))
    found = compared(a_past(), draft)
    assert told(found) == [("tranche", "premiere", "report", ("P1",))]
    assert [q.went_out for q in found.draft.course] == [0, 100_000, 200_000, 0]


def test_a_reserve_runs_dry_in_the_quarter_where_a_day_ends_below_zero() -> None:
    days = [Movement(date(2026, 2, 1), 500), Movement(date(2026, 4, 2), -800), Movement(date(2026, 5, 1), 400)]
    quarters = course(100, days, first=date(2026, 1, 1), last=date(2026, 9, 1))
    assert [(q.closing, q.lowest, q.is_dry) for q in quarters] == [
        (600, 100, False),
        (200, -200, True),
        (200, 200, False),
    ]
    assert dry_quarters(quarters) == 1
    same_day = [Movement(date(2026, 2, 1), -500), Movement(date(2026, 2, 1), 500)]
    assert dry_quarters(course(0, same_day, first=date(2026, 1, 1), last=date(2026, 1, 1))) == 0


# Between members


@pytest.mark.parametrize(
    ("amounts", "coefficient", "shown"),
    [([5, 5, 5], Fraction(0), "0.000"), ([0, 0, 0, 8], Fraction(3, 4), "0.750"), ([1, 2], Fraction(1, 6), "0.167")],
)
def test_gini_is_exact_and_shown_with_three_decimals(amounts: list[int], coefficient: Fraction, shown: str) -> None:
    assert gini(amounts) == coefficient
    assert thousandths(coefficient) == shown


def test_gini_is_the_mean_difference_of_all_pairs() -> None:
    amounts = [3, 1, 4, 1, 5, 9, 2, 6]
    pairs = sum(abs(one - other) for one in amounts for other in amounts)
    assert gini(amounts) == Fraction(pairs, 2 * len(amounts) * sum(amounts))


@pytest.mark.parametrize("amounts", [[], [0, 0], [-1, 5]])
def test_gini_of_nothing_is_not_a_number(amounts: list[int]) -> None:
    assert gini(amounts) is None


def test_quantiles_are_amounts_that_occur() -> None:
    assert quantiles([40, 10, 30, 20]) == {0: 10, 25: 10, 50: 20, 75: 30, 100: 40}
    assert quantiles([]) == {}


def test_spread_of_the_members_then_and_under_the_draft() -> None:
    then, draft = compared(a_past(), changed(EQUALLY)).evenness
    assert (then.gini, draft.gini) == (Fraction(1, 4), Fraction(0))
    assert (then.quantiles[0], then.quantiles[100]) == (900, 2_700)


# Discretion


def many() -> Past:
    members = [a_member(code, 100_000, budget=1_000_000) for code in "ABCDEFG"]
    members[0] = a_member("A", 300_000, budget=3_000_000)
    kinds = ["venue"] * 4 + ["festival"] * 3
    return a_past(members=tuple(replace(m, category=kind) for m, kind in zip(members, kinds, strict=True)))


def test_who_may_not_see_each_member_sees_categories_and_the_same_sums() -> None:
    whole = compared(many(), changed(EQUALLY))
    shown = members_gathered(whole, {"B"})
    assert [line.party for line in shown.members] == ["members:venue", "member:B", "members:festival"]
    assert (shown.losing_members, shown.counted_members) == (whole.losing_members, whole.counted_members) == (1, 7)
    assert shown.members[0].count == 3
    assert shown.members[0].worse == 1
    assert shown.totals.change == whole.totals.change
    assert sum(line.change for line in shown.lines) == sum(line.change for line in whole.lines)


def test_a_small_category_joins_the_other_members() -> None:
    shown = members_gathered(compared(many(), changed(EQUALLY)), {"B", "E", "F"})
    assert {line.party: line.count for line in shown.members if line.count > 1} == {"members:other": 4}
