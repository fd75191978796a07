"""Worked numbers of the field as people script them: facts as JSON in, amounts in major units out."""

from __future__ import annotations

from typing import Any

import pytest

from fund.charter.answers import as_json
from fund.charter.facts import facts_from_json
from fund.charter.outcomes import run
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped, shipped_text

DAY = "2026-06-30"


def answer(name: str, **facts: Any) -> dict[str, Any]:
    charter = shipped(name)
    return as_json(charter, run(charter, facts_from_json(facts, charter)))


def period(**figures: Any) -> dict[str, Any]:
    return {"date": DAY, "kind": "period", **figures}


def result(amount: str, **aid: str) -> dict[str, Any]:
    return {"allocation": aid, "events": [{"date": DAY, "kind": "result", "amount": amount}]}


def loss(amount: str, **members: dict[str, Any]) -> dict[str, Any]:
    return {"members": members, "events": [{"date": DAY, "kind": "loss", "amount": amount}]}


def performances(count: int, fee: str = "4200.00", **slots: Any) -> list[dict[str, Any]]:
    return [
        {"date": f"2026-{2 + at // 28:02}-{1 + at % 28:02}", "kind": "performance", "fee": fee, **slots}
        for at in range(count)
    ]


PAID = {"A": {"contribution": "5000.00"}, "B": {"contribution": "3500.00"}, "C": {"contribution": "2000.00"},
        "D": {"contribution": "1500.00"}}  # fmt: skip
GRANT = {"amount": "12000.00", "premiere": "2026-01-15"}
STAKE = {"amount": "700000.00"}
ADVANCE = {"amount": "400000.00"}
SEP = {"A": {"contribution": "10000.00"}, "B": {"contribution": "6000.00"}, "C": {"contribution": "4000.00"}}
TEAM: dict[str, dict[str, str]] = {"writer": {}, "director": {}, "producer": {}}
POINTS = {"author": {"points": "6"}, "underlying": {"points": "1"}, "director": {"points": "2"},
          "choreographer": {"points": "0.5"}, "designers": {"points": "1.5"}, "originating": {"points": "1"},
          "producer": {"points": "3"}}  # fmt: skip

# charter · facts · what each party has · because
CASES: list[tuple[str, dict[str, Any], dict[str, dict[str, str]], str]] = [
    ("cnc-avance", {"allocation": ADVANCE, "events": [period(net="30000.00"), period(net="45000.00")]},
     {"fund": {"cash": "6250.00"}, "company": {"retained": "68750.00"}}, "25 % of what two periods have above 50,000"),
    ("cnc-avance", {"allocation": ADVANCE, "events": [period(net="1330000.00")]},
     {"fund": {"cash": "320000.00"}, "company": {"retained": "1010000.00"}}, "the cap to the cent: 80 % of 400,000"),
    ("cnc-avance", {"allocation": ADVANCE, "events": [period(net="1250000.00"), period(net="-1250000.00")]},
     {"fund": {"cash": "0.00"}, "company": {"retained": "0.00"}}, "a reversal undoes what it reverses"),
    ("eurimages", {"allocation": {"amount": "150000.01"}, "events": [period(gross="200000.00")]},
     {"fund": {"cash": "20000.00"}}, "a cent above 150,000"),
    ("eurimages", {"allocation": {"amount": "200000.00"}, "events": [period(gross="200000.00", deductions=[
        {"kind": "financing_plan", "amount": "200000.00"}])]}, {"fund": {"cash": "0.00"}},
     "receipts of the financing plan are left out"),
    ("angels-us", {"allocation": STAKE, "events": [period(profit="60000.00")] * 15},
     {"investors": {"cash": "800000.00"}, "producer": {"cash": "100000.00"}}, "half each of 200,000"),
    ("angels-uk", {"allocation": STAKE, "events": [period(profit="60000.00")] * 11},
     {"investors": {"cash": "660000.00"}, "producer": {"cash": "0.00"}}, "eleven weeks: not yet recouped"),
    ("royalty-pool", {"recipients": POINTS, "allocation": {"amount": "0.00"}, "events": [period(profit="50000.00")]},
     {"investors": {"cash": "30000.00"}, "recipient:author": {"cash": "8000.00"},
      "recipient:originating": {"cash": "1333.33"}}, "after recoupment the pool has 20,000"),
    ("astp-garantie", result("-60000.00"), {"company": {"cash": "24000.00"}}, "40 % of 60,000"),
    ("astp-garantie", result("-60000.00", other_aid="18000.00"), {"company": {"cash": "24000.00"}},
     "42,000 in all: the ceiling to the cent"),
    ("astp-garantie", result("-60000.00", other_aid="50000.00"), {"company": {"cash": "0.00"}}, "above 70 % already"),
    ("astp-garantie", result("3000.00", other_aid="12000.00"), {"fund": {"cash": "12000.00"}},
     "a profit before aid: all of it goes back"),
    ("astp-garantie", result("-5000.00", other_aid="12000.00"), {"fund": {"cash": "7000.00"}},
     "7,000 of aid exceed break-even"),
    ("cnm-compte", {"events": [period(net="12345.67")]},
     {"company": {"drawing-right": "280.87"}, "fund": {"cash": "151.23"}}, "3.5 % is 432.10"),
    ("bfi-locked-box", {"recipients": TEAM, "events": [{"date": DAY, "kind": "recouped", "amount": "400000.00"}]},
     {"fund": {"cash": "250000.00"}, "recipient:writer": {"locked": "50000.00"},
      "recipient:director": {"locked": "50000.00"}, "recipient:producer": {"locked": "50000.00"}}, "12.5 % each"),
    ("retour-solidaire", {"events": performances(3) + performances(2, triggered=False)},
     {"fund": {"cash": "1260.00"}}, "three triggered dates, no allocation needed"),
    ("scic", {"events": [{"date": DAY, "kind": "result", "amount": "-10000.00"}]},
     {"reserve": {"retained": "0.00"}, "fund": {"retained": "0.00"}}, "a loss is no surplus"),
    ("sep", {"members": SEP, **result("-5000.00")},
     {"member:A": {"loss": "2500.00"}, "member:B": {"loss": "1500.00"}, "member:C": {"loss": "1000.00"}},
     "a loss by what each brought"),
    ("groupement-employeurs", loss("8000.00", A={"use": "2"}, B={"use": "98"}),
     {"member:A": {"loss": "160.00"}, "member:B": {"loss": "7840.00"}}, "who uses 2 of 100 bears 2 %"),
    ("groupement-employeurs", loss("1000.00", C={"use": "1"}, B={"use": "1"}, A={"use": "1"}),
     {"member:A": {"loss": "333.34"}, "member:B": {"loss": "333.33"}, "member:C": {"loss": "333.33"}},
     "ties by name, not by place in the file"),
    ("groupement-employeurs", loss("8000.00", A={"use": "800", "cap": "3000.00"}, B={"use": "500"}, C={"use": "300"}),
     {"member:A": {"loss": "3000.00"}, "member:B": {"loss": "3125.00"}, "member:C": {"loss": "1875.00"}},
     "the others bear what is above a cap"),
    ("creafonds", {"members": PAID, "allocation": GRANT, "events": performances(50)},
     {"fund": {"cash": "5760.00"}, "company": {"locked": "960.00"}, "member:A": {"drawing-right": "1200.00"},
      "member:B": {"drawing-right": "840.00"}, "member:C": {"drawing-right": "480.00"},
      "member:D": {"drawing-right": "360.00"}}, "fifty dates: the cap of 9,600 is shared"),
    ("creafonds", {"members": PAID, "allocation": GRANT, "events": performances(8, member_date=True)},
     {"fund": {"cash": "0.00"}, "company": {"locked": "0.00"}}, "eight dates are left out"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "expected", "because"), CASES, ids=[f"{row[0]}: {row[3]}" for row in CASES])
def test_worked_number(name: str, facts: dict[str, Any], expected: dict[str, dict[str, str]], because: str) -> None:
    totals = answer(name, **facts)["totals"]
    assert {party: {form: totals[party][form] for form in forms} for party, forms in expected.items()} == expected


def test_the_week_in_which_the_stake_is_back_is_shared_in_two_ways() -> None:
    due = answer("angels-uk", allocation=STAKE, events=[period(profit="60000.00")] * 15)["due"]
    twelfth = [(each["rule"], each["amount"]) for each in due if each["event"] == 11]
    assert twelfth == [("avant-recuperation", "40000.00"), ("apres-recuperation", "20000.00")]


def test_a_collective_of_four_venues_has_15500_a_year() -> None:
    budgets = {"A": "20000.00", "B": "35000.00", "C": "60000.00", "D": "120000.00"}
    members = {name: {"declared": {"annual_production_budget": budget}} for name, budget in budgets.items()}
    called = answer("en-jeux", members=members)["contributions"]
    assert called == {"A": "2000.00", "B": "3500.00", "C": "5000.00", "D": "5000.00"}
    assert sum(int(amount.replace(".", "")) for amount in called.values()) == 1_550_000


def test_an_account_may_be_split_over_several_by_contract() -> None:
    """910.00 of the levy to two co-producers who agreed on 60 and 40 %."""
    text = shipped_text("cnm-compte").decode().replace('to = "company"', 'to = "recipients"\nkey = "percentage"')
    charter = read_charter(text)
    facts = facts_from_json(
        {"recipients": {"A": {"percentage": "60 %"}, "B": {"percentage": "40 %"}}, "events": [period(net="40000.00")]},
        charter,
    )
    totals = as_json(charter, run(charter, facts))["totals"]
    assert totals["recipient:A"]["drawing-right"] == "546.00"
    assert totals["recipient:B"]["drawing-right"] == "364.00"
    assert totals["fund"]["cash"] == "490.00"


def test_when_everybody_defaults_nobody_bears_and_the_loss_is_reported() -> None:
    found = answer("groupement-employeurs", **loss("8000.00", A={"use": "1", "defaulted": True}))
    assert (found["totals"]["member:A"]["loss"], found["uncovered"]) == ("0.00", "8000.00")


def test_no_contract_signed_in_time_gives_nothing() -> None:
    facts = {"allocation": {"vested": False}, "events": [period(gross="2500000.00", profit="300000.00")]}
    assert answer("originating-theatre", **facts)["totals"]["fund"]["cash"] == "0.00"
