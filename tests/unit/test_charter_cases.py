"""The shipped charters against worked numbers: those of the field, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from fund.charter.answers import as_json
from fund.charter.contributions import called
from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Recouped,
    Result,
    facts_from_json,
)
from fund.charter.faults import CharterUnknown
from fund.charter.outcomes import run
from fund.charter.reading.reader import faults_of
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.tranches import tranche_amounts
from tests.charters import CASES, a_tour, four_members, read_json, some_dates, worked_cases

DAY = date(2026, 6, 30)
PREMIERE = date(2026, 1, 1)


def totals(name: str, facts: Facts) -> dict[tuple[str, str], int]:
    """Cents by party and form."""
    outcome = run(shipped(name), facts)
    return {(party, form): minor for party, forms in outcome.totals.items() for form, minor in forms.items()}


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_charter_has_no_fault(name: str) -> None:
    assert faults_of(shipped_text(name)) == []


def test_unknown_charter_is_refused_by_name() -> None:
    with pytest.raises(CharterUnknown, match=r"neither a file nor a shipped charter.*creafonds"):
        shipped("../creafonds")


def test_en_jeux_calls_a_tenth_of_the_budget_up_to_5000() -> None:
    budgets = {"A": 2_000_000, "B": 3_500_000, "C": 6_000_000, "D": 12_000_000}
    members = {name: MemberFacts(declared={"annual_production_budget": budget}) for name, budget in budgets.items()}
    found = {name: computed.minor for name, computed in called(shipped("en-jeux"), members).items()}
    assert found == {"A": 200_000, "B": 350_000, "C": 500_000, "D": 500_000}


NOTHING_LOST = {(party, "loss"): 0 for party in ("reserve", *(f"member:{name}" for name in "ABCD"))}


class TestCreafonds:
    def test_twenty_six_dates(self) -> None:
        """18 dates count, 336.00 each: 6,048.00, shared 60/30/10 and by what each member paid."""
        assert totals("creafonds", a_tour(some_dates(26))) == {
            ("fund", "cash"): 362_880,
            ("member:A", "drawing-right"): 75_600,
            ("member:B", "drawing-right"): 52_920,
            ("member:C", "drawing-right"): 30_240,
            ("member:D", "drawing-right"): 22_680,
            ("company", "locked"): 60_480,
            **NOTHING_LOST,
        }

    def test_a_loss_is_borne_by_the_reserve_then_jointly_by_the_members(self) -> None:
        """8,000 lost, 3,000 in reserve, B defaults: 5,000 on 5,000/2,000/1,500, and each half of its contribution."""
        members = four_members()
        members["B"] = replace(members["B"], defaulted=True)
        lost = Facts(members, events=(Loss(DAY, 800_000),), reserve=300_000)
        outcome = run(shipped("creafonds"), lost)
        borne = {party: forms["loss"] for party, forms in outcome.totals.items() if "loss" in forms}
        assert borne == {
            "reserve": 300_000, "member:A": 250_000, "member:B": 0, "member:C": 100_000, "member:D": 75_000,
        }  # fmt: skip
        assert outcome.uncovered == 75_000

    def test_fifty_dates_reach_the_cap_at_the_thirty_seventh(self) -> None:
        """80 % of 12,000 is 9,600: 28 payments of 336.00, then 192.00, then nothing."""
        outcome = run(shipped("creafonds"), a_tour(some_dates(50, every=20)))
        by_date = {due.event + 1: due.minor for due in outcome.due}
        assert {by_date[number] for number in range(9, 37)} == {33_600}
        assert by_date[37] == 19_200
        assert {by_date[number] for number in range(38, 51)} == {0}
        assert sum(by_date.values()) == 960_000

    @pytest.mark.parametrize(
        ("day", "counts"),
        [(date(2030, 1, 15), True), (date(2030, 1, 16), False), (date(2026, 1, 15), True), (date(2026, 1, 14), False)],
        ids=["last day of the 48 months", "the day after", "the première", "the day before"],
    )
    def test_the_window_opens_with_the_premiere_and_closes_48_months_later(self, day: date, counts: bool) -> None:
        dates = (*some_dates(8, first=date(2026, 1, 10), every=0), Performance(day, 420_000))
        outcome = run(shipped("creafonds"), a_tour(dates))
        assert [due.minor for due in outcome.due] == ([33_600] if counts else [])

    def test_the_first_eight_dates_are_counted_by_date_not_by_place_in_the_file(self) -> None:
        late = (*some_dates(8, first=date(2026, 3, 1)), Performance(date(2026, 2, 1), 100_000))
        outcome = run(shipped("creafonds"), a_tour(late))
        assert [(due.event, due.minor) for due in outcome.due] == [(7, 33_600)]

    def test_contributions_by_category(self) -> None:
        members = {
            "town": MemberFacts(category="public-funder", pledge=40_000_000),
            "theatre": MemberFacts(category="venue", declared={"annual_production_budget": 4_800_000}),
            "company": MemberFacts(category="company", declared={"annual_production_budget": 1_733_300}),
            "bank": MemberFacts(declared={"annual_production_budget": 9_000_000}),
        }
        found = {name: computed.minor for name, computed in called(shipped("creafonds"), members).items()}
        assert found == {"town": 40_000_000, "theatre": 480_000, "company": 173_330, "bank": 500_000}

    def test_tranches_of_10000(self) -> None:
        assert tranche_amounts(shipped("creafonds"), 1_000_000) == {"convention": 333_333, "premiere": 666_667}

    def test_no_tranche_no_amount(self) -> None:
        assert tranche_amounts(shipped("en-jeux"), 1_000_000) == {}


# What each rule set of the field gives, in cents, with the reason.
FIELD = [
    # the advance: 25 % of what exceeds 50,000, at most 80 % of 400,000
    ("cnc-avance", Facts(allocation=AllocationFacts(40_000_000), events=(Period(DAY, net=4_500_000),)),
     {("fund", "cash"): 0, ("company", "retained"): 4_500_000}),
    ("cnc-avance", Facts(allocation=AllocationFacts(40_000_000), events=(Period(DAY, net=125_000_000),)),
     {("fund", "cash"): 30_000_000, ("company", "retained"): 95_000_000}),
    ("cnc-avance", Facts(allocation=AllocationFacts(40_000_000), events=(Period(DAY, net=500_000_000),)),
     {("fund", "cash"): 32_000_000, ("company", "retained"): 468_000_000}),
    # fifteen weeks of 60,000 on 700,000: the stake is back inside week 12, and 200,000 are split
    ("angels-uk", Facts(allocation=AllocationFacts(70_000_000), events=(Period(DAY, profit=6_000_000),) * 15),
     {("investors", "cash"): 82_000_000, ("producer", "cash"): 8_000_000}),
    ("angels-us", Facts(allocation=AllocationFacts(70_000_000), events=(Period(DAY, profit=6_000_000),) * 15),
     {("investors", "cash"): 80_000_000, ("producer", "cash"): 10_000_000}),
    # a losing week is made good before anybody receives more
    ("angels-uk", Facts(allocation=AllocationFacts(70_000_000), events=(Period(DAY, profit=-6_000_000),)),
     {("investors", "cash"): 0, ("producer", "cash"): 0}),
    # commission 60,000 allowed up to 25 % of 200,000 = 50,000; launch 30,000 proven; a tenth of 120,000
    ("eurimages", Facts(allocation=AllocationFacts(20_000_000), events=(Period(DAY, gross=20_000_000, deductions=(
        DeclaredDeduction("distribution_commission", 6_000_000), DeclaredDeduction("launch", 3_000_000, True))),)),
     {("fund", "cash"): 1_200_000}),
    # launch not proven, lunch not foreseen: a tenth of 200,000
    ("eurimages", Facts(allocation=AllocationFacts(20_000_000), events=(Period(DAY, gross=20_000_000, deductions=(
        DeclaredDeduction("launch", 3_000_000), DeclaredDeduction("lunch", 3_000_000, True))),)),
     {("fund", "cash"): 2_000_000}),
    # a support of 150,000 or less is not repaid
    ("eurimages", Facts(allocation=AllocationFacts(15_000_000), events=(Period(DAY, gross=20_000_000),)),
     {("fund", "cash"): 0}),
    # 40 % of 60,000 is 24,000, but 70 % of it less the 22,000 already paid leaves 20,000
    ("astp-garantie", Facts(allocation=AllocationFacts(0, other_aid=2_200_000), events=(Result(DAY, -6_000_000),)),
     {("company", "cash"): 2_000_000, ("fund", "cash"): 0}),
    # a profit of 3,000 before aid: all 12,000 of aid go back
    ("astp-garantie", Facts(allocation=AllocationFacts(0, other_aid=1_200_000), events=(Result(DAY, 300_000),)),
     {("company", "cash"): 0, ("fund", "cash"): 1_200_000}),
    # a deficit of 8,000 with 12,000 of aid: over 70 %, and 4,000 of it exceed break-even
    ("astp-garantie", Facts(allocation=AllocationFacts(0, other_aid=1_200_000), events=(Result(DAY, -800_000),)),
     {("company", "cash"): 0, ("fund", "cash"): 400_000}),
    # 3.5 % of 40,000 is 1,400: 910 to the payer's account, 490 to the common pot
    ("cnm-compte", Facts(events=(Period(DAY, net=4_000_000),)),
     {("company", "drawing-right"): 91_000, ("fund", "cash"): 49_000}),
    # 37.5 % of 80,000 recouped, a third each
    ("bfi-locked-box", Facts(recipients=dict.fromkeys(("writer", "director", "producer"), RecipientFacts()),
     events=(Recouped(DAY, 8_000_000),)),
     {("fund", "cash"): 5_000_000, ("recipient:writer", "locked"): 1_000_000,
      ("recipient:director", "locked"): 1_000_000, ("recipient:producer", "locked"): 1_000_000}),
    # 1 % of 2,500,000 and 5 % of 300,000
    ("originating-theatre", Facts(events=(Period(DAY, gross=250_000_000, profit=30_000_000),)),
     {("fund", "cash"): 4_000_000}),
    # no contract signed in time: nothing
    ("originating-theatre", Facts(allocation=AllocationFacts(vested=False),
     events=(Period(DAY, gross=250_000_000, profit=30_000_000),)), {("fund", "cash"): 0}),
    # only the date that the aid triggered: a tenth of 4,200
    ("retour-solidaire", Facts(allocation=AllocationFacts(1_000_000),
     events=(Performance(DAY, 420_000), Performance(DAY, 420_000, triggered=False))), {("fund", "cash"): 42_000}),
    # 15 % and then half of the rest: 57.5 %
    ("scic", Facts(events=(Result(DAY, 1_000_000),)),
     {("reserve", "retained"): 575_000, ("fund", "retained"): 425_000}),
    # profit and loss by what each brought: 10,000, 6,000, 4,000
    ("sep", Facts({"A": MemberFacts(1_000_000), "B": MemberFacts(600_000), "C": MemberFacts(400_000)},
     events=(Result(DAY, 500_000),)),
     {("member:A", "cash"): 250_000, ("member:B", "cash"): 150_000, ("member:C", "cash"): 100_000,
      ("member:A", "loss"): 0, ("member:B", "loss"): 0, ("member:C", "loss"): 0}),
    ("sep", Facts({"A": MemberFacts(1_000_000), "B": MemberFacts(600_000), "C": MemberFacts(400_000)},
     events=(Result(DAY, -100_001),)),
     {("member:A", "cash"): 0, ("member:B", "cash"): 0, ("member:C", "cash"): 0,
      ("member:A", "loss"): 50_001, ("member:B", "loss"): 30_000, ("member:C", "loss"): 20_000}),
    # the defaulting member's part is borne by the others: 800, 500 and 300 hours
    ("groupement-employeurs", Facts({"A": MemberFacts(use=Fraction(800)), "B": MemberFacts(use=Fraction(500)),
     "C": MemberFacts(use=Fraction(300)), "D": MemberFacts(use=Fraction(400), defaulted=True)},
     events=(Loss(DAY, 800_000),)),
     {("member:A", "loss"): 400_000, ("member:B", "loss"): 250_000, ("member:C", "loss"): 150_000,
      ("member:D", "loss"): 0}),
    # 1,000.00 in three
    ("groupement-employeurs", Facts(dict.fromkeys("ABC", MemberFacts(use=Fraction(1))), events=(Loss(DAY, 100_000),)),
     {("member:A", "loss"): 33_334, ("member:B", "loss"): 33_333, ("member:C", "loss"): 33_333}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "expected"), FIELD, ids=[f"{at}-{row[0]}" for at, row in enumerate(FIELD)])
def test_numbers_of_the_field(name: str, facts: Facts, expected: dict[tuple[str, str], int]) -> None:
    assert totals(name, facts) == expected


def test_royalty_pool_by_points() -> None:
    """17,500 of 50,000 by fifteen points; investors have 700,000 back after 1,076,923.08 of profit."""
    points = {"author": "6", "underlying": "1", "director": "2", "choreographer": "1/2", "designers": "3/2",
              "originating": "1", "producer": "3"}  # fmt: skip
    recipients = {name: RecipientFacts(Fraction(figure)) for name, figure in points.items()}
    facts = Facts({}, recipients, AllocationFacts(70_000_000), (Period(DAY, profit=5_000_000),))
    assert totals("royalty-pool", facts) == {
        ("investors", "cash"): 3_250_000,
        ("recipient:author", "cash"): 700_000,
        ("recipient:underlying", "cash"): 116_667,
        ("recipient:director", "cash"): 233_333,
        ("recipient:choreographer", "cash"): 58_333,
        ("recipient:designers", "cash"): 175_000,
        ("recipient:originating", "cash"): 116_667,
        ("recipient:producer", "cash"): 350_000,
    }
    whole = run(shipped("royalty-pool"), Facts({}, recipients, facts.allocation, (Period(DAY, profit=200_000_000),)))
    before = sum(share.minor for share in whole.shares if share.key.startswith("avant-recuperation"))
    assert before == 107_692_307  # the cent in which the stake is back belongs to the next rank
    assert whole.totals["investors"]["cash"] == 70_000_000 + 55_384_616  # 60 % of the other 92,307,693 cents
    assert sum(sum(forms.values()) for forms in whole.totals.values()) == 200_000_000


def test_losses_that_nobody_can_bear_are_reported() -> None:
    members = {"A": MemberFacts(use=Fraction(1), cap=1_000), "B": MemberFacts(use=Fraction(1), cap=2_500)}
    outcome = run(shipped("groupement-employeurs"), Facts(members, events=(Loss(DAY, 10_000),)))
    assert outcome.totals == {"member:A": {"loss": 1_000}, "member:B": {"loss": 2_500}}
    assert outcome.uncovered == 6_500


def test_every_party_and_form_is_named_when_nothing_happened() -> None:
    outcome = run(shipped("creafonds"), Facts(four_members()))
    assert {(party, form) for party, forms in outcome.totals.items() for form in forms} == {
        ("fund", "cash"), ("company", "locked"), *((f"member:{name}", "drawing-right") for name in "ABCD"),
        *NOTHING_LOST,
    }  # fmt: skip
    assert not any(minor for forms in outcome.totals.values() for minor in forms.values())


def test_royalty_pool_with_a_poor_week() -> None:
    """35 % of 5,000 is 116.67 a point: 15 points have 200 each, and investors what is left of the week."""
    points = {
        "author": 6,
        "underlying": 1,
        "director": 2,
        "choreographer": 1,
        "designers": 1,
        "originating": 1,
        "producer": 3,
    }
    recipients = {name: RecipientFacts(Fraction(figure)) for name, figure in points.items()}
    weeks = (Period(DAY, profit=5_000_000), Period(DAY + timedelta(days=7), profit=500_000))
    poor = Facts({}, recipients, AllocationFacts(70_000_000), weeks[1:])
    assert totals("royalty-pool", poor) == {
        ("investors", "cash"): 200_000,
        **{(f"recipient:{name}", "cash"): 20_000 * figure for name, figure in points.items()},
    }
    assert totals("royalty-pool", replace(poor, events=weeks))["investors", "cash"] == 3_250_000 + 200_000
    less = replace(poor, events=(Period(DAY, profit=200_000),))
    assert totals("royalty-pool", less)["investors", "cash"] == 0  # what came in, and no more, goes to the points


@pytest.mark.parametrize("path", worked_cases("charters"), ids=lambda path: path.stem)
def test_worked_case(path: Path) -> None:
    case = read_json(path)
    charter = shipped(case["charter"])
    answer = as_json(charter, run(charter, facts_from_json(case["facts"], charter)))
    expected = case["expected"]
    for party, forms in expected.get("totals", {}).items():
        assert answer["totals"][party].items() >= forms.items()
    assert answer["contributions"].items() >= expected.get("contributions", {}).items()
    for found, wanted in zip(answer["due"], expected.get("due", answer["due"]), strict=True):
        assert found.items() >= wanted.items()
    assert answer["uncovered"] == expected.get("uncovered", answer["uncovered"])


@pytest.mark.skipif(not (CASES / "first_year" / "expected.json").is_file(), reason="no worked year beside the project")
def test_worked_first_year() -> None:
    """Contributions, and each project's return and shares within a cent of the exact ones."""
    folder = CASES / "first_year"
    expected = read_json(folder / "expected.json")
    charter = shipped("creafonds")
    members = {}
    for row in _rows(folder / "members.csv"):
        figure = _cents(row["annual_production_budget"])
        members[row["id"]] = MemberFacts(
            contribution=_cents(expected["contributions"]["received"][row["id"]]),
            declared={} if figure is None else {"annual_production_budget": figure},
            category=row["category"],
            pledge=_cents(row["pledge"]),
        )
    due = {member: _major(computed.minor) for member, computed in called(charter, members).items()}
    assert due == expected["contributions"]["called"]
    for project, award in expected["awards"].items():
        events = tuple(
            Performance(
                date.fromisoformat(row["date"]), _cents(row["fee"]), row["member_date"] == "yes",
                row["triggered"] == "yes", reference=row["reference"],
            )
            for row in _rows(folder / "exploitation.csv")
            if row["project"] == project
        )  # fmt: skip
        outcome = run(charter, Facts(members, {}, AllocationFacts(_cents(award), date(2026, 7, 1)), events))
        assert _major(sum(each.minor for each in outcome.due)) == expected["returns"][project]
        shares = expected["shares"][project]
        assert {(s.party, s.form) for s in outcome.shares} == {
            (p, form) for p, forms in shares.items() for form in forms
        }
        for share in outcome.shares:
            assert abs(share.minor - Fraction(shares[share.party][share.form]) * 100) < 1


def _rows(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]


def _cents(major: str) -> int | None:
    return int(Fraction(major) * 100) if major else None


def _major(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
