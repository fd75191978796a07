"""Each slot of a rule by itself, in cents; then statements that follow one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fund.charter.apportionment import apportioned
from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    facts_from_json,
)
from fund.charter.faults import FactsInvalid, FactsMissing, KeyChanged
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped
from fund.charter.spans import months_later
from fund.charter.splits import Share
from tests.charters import SMALL, a_rule, a_tour, edited, four_members, some_dates

DAY = date(2026, 6, 30)
ALLOCATION = AllocationFacts(1_000_000, date(2026, 1, 1))


def amounts(text: str, *events: Performance | Period, allocation: AllocationFacts = ALLOCATION) -> list[int]:
    """What each event makes due under a charter of one rule."""
    return [due.minor for due in run(read_charter(text), Facts(allocation=allocation, events=events)).due]


def dates(*fees: int) -> list[Performance]:
    return [Performance(DAY, fee) for fee in fees]


def profits(*figures: int) -> list[Period]:
    return [Period(DAY, profit=figure) for figure in figures]


# slots of a rule on fees · fees · due · because
SLOTS = [
    (['rate = "8 %"'], [4_200], [336], "8 % of 42.00"),
    (['rate = "8 %"'], [6, 6, 6], [0, 1, 0], "0.48, 0.96, 1.44 in all: the running total is rounded"),
    (['rate = "8 %"', 'rounding = "per-item"'], [6, 6, 6], [0, 0, 0], "0.48 rounds to nothing each time"),
    (['rate = "8 %"', 'rounding = "per-item"'], [7, 7, 7], [1, 1, 1], "0.56 rounds to one each time"),
    (['rate = "50 %"'], [1], [1], "half a cent rounds away from zero"),
    (['rate = "10 %"', "exclude_first_dates = 2"], [500, 500, 500], [50], "two dates pass first"),
    (['rate = "10 %"', 'franchise = "7.00"'], [500, 500], [0, 30], "3.00 above the franchise"),
    (['rate = "10 %"', 'cap = "0.70"'], [500, 500, 500], [50, 20, 0], "70 cents in all"),
    (['rate = "10 %"', 'cap = "1/3 of allocation"'], [10_000_000], [333_333], "never more, so the cap is cut down"),
    (['rate = "10 %"', 'no_return_up_to = "10000.00"'], [500], [], "an allocation of 10,000.00 or less"),
    (['rate = "10 %"', 'no_return_up_to = "9999.99"'], [500], [50], "an allocation above"),
    (['rate = "10 %"'], [500, -300, -300, 500], [50, -30, -20, 40], "a reversal lowers the total, never below zero"),
    (['rate = "10 %"', 'cap = "0.70"'], [1_000, -500, 500], [70, -20, 20], "and the cap holds over the lifetime"),
]


@pytest.mark.parametrize(("slots", "fees", "due", "because"), SLOTS, ids=[row[-1] for row in SLOTS])
def test_slot(slots: list[str], fees: list[int], due: list[int], because: str) -> None:
    assert amounts(a_rule('base = "fee"', *slots), *dates(*fees)) == due


def test_flags_leave_a_date_out() -> None:
    at_member = Performance(DAY, 500, member_date=True)
    untriggered = Performance(DAY, 500, triggered=False)
    assert amounts(a_rule('base = "fee"', 'rate = "10 %"', "exclude_member_dates = true"), at_member) == []
    assert amounts(a_rule('base = "fee"', 'rate = "10 %"', "only_triggered = true"), untriggered) == []
    assert amounts(a_rule('base = "fee"', 'rate = "10 %"'), at_member, untriggered) == [50, 50]


def test_a_date_at_a_member_is_one_of_the_first_dates() -> None:
    text = a_rule('base = "fee"', 'rate = "10 %"', "exclude_first_dates = 1", "exclude_member_dates = true")
    assert amounts(text, Performance(DAY, 500, member_date=True), Performance(DAY, 500)) == [50]


def test_what_did_not_vest_is_left_out() -> None:
    text = a_rule('base = "profit"', 'rate = "10 %"', "vesting_months = 36")
    assert amounts(text, Period(DAY, profit=500, vested=False), Period(DAY, profit=500)) == [50]
    assert amounts(text, *profits(500), allocation=replace(ALLOCATION, vested=False)) == []


def test_a_rank_waits_until_the_one_before_is_full() -> None:
    first = a_rule('base = "profit"', 'rate = "50 %"', 'cap = "1.01"')
    second = '\n[[returns]]\nname = "next"\nsource = "made-up"\nbase = "profit"\nrate = "10 %"\nrank = 2\n'
    text = first + second + '\n[[returns.splits]]\nto = "fund"\nshare = "100 %"\nform = "cash"\n'
    outcome = run(read_charter(text), Facts(events=tuple(profits(200, 100, 100))))
    assert [(due.rule, due.event, due.minor) for due in outcome.due] == [
        ("rule", 0, 100), ("next", 0, 0),
        ("rule", 1, 1), ("next", 1, 10), ("rule", 2, 0), ("next", 2, 10),  # full at 202, so 98 and 198 count
    ]  # fmt: skip


def test_a_rank_waits_for_the_last_rule_before_it() -> None:
    one, fund = 'base = "profit"', '\n[[returns.splits]]\nto = "fund"\nshare = "100 %"\nform = "cash"\n'
    text = a_rule(one, 'rate = "50 %"', 'cap = "1.00"')
    for name, slots in (("twin", 'rate = "10 %"\ncap = "0.50"'), ("next", 'rate = "100 %"\nrank = 2')):
        text += f'\n[[returns]]\nname = "{name}"\nsource = "made-up"\n{one}\n{slots}\n{fund}'
    outcome = run(read_charter(text), Facts(events=tuple(profits(600))))
    # The first is full at 200, its twin at 500: 100 are left for the next rank.
    assert [(due.rule, due.minor) for due in outcome.due] == [("rule", 100), ("twin", 50), ("next", 100)]


# limit of the deduction · gross · cost · base · because
DEDUCTIONS = [
    ('limit = "0.30"', 1_000, 50, 970, "no more than thirty cents"),
    ('limit = "0.30"', 1_000, 20, 980, "less is taken as it is"),
    ('limit = "25 % of gross"', 1_001, 400, 751, "250.25 is cut down to a whole cent"),
    ('limit = "25 % of gross"', -1_001, 400, -1_001, "nothing to deduct from a reversal"),
    ("evidence = false", 1_000, 1_200, -200, "without a limit all of it, even below zero"),
]


@pytest.mark.parametrize(("line", "gross", "cost", "base", "because"), DEDUCTIONS, ids=[row[-1] for row in DEDUCTIONS])
def test_deduction(line: str, gross: int, cost: int, base: int, because: str) -> None:
    text = a_rule('base = "gross"', 'rate = "100 %"', f'\n[[returns.deductions]]\nkind = "cost"\n{line}')
    costs = (DeclaredDeduction("cost", cost),)
    outcome = run(read_charter(text), Facts(events=(Period(DAY, gross=gross, deductions=costs),)))
    assert [due.base for due in outcome.due] == [base]


def test_costs_of_one_kind_are_limited_together() -> None:
    text = a_rule('base = "gross"', 'rate = "100 %"', '\n[[returns.deductions]]\nkind = "cost"\nlimit = "0.30"')
    twice = (DeclaredDeduction("cost", 20), DeclaredDeduction("cost", 20))
    outcome = run(read_charter(text), Facts(events=(Period(DAY, gross=100, deductions=twice),)))
    assert [due.base for due in outcome.due] == [70]


def test_the_rest_is_everything_that_came_in_and_is_not_due() -> None:
    text = a_rule('base = "fee"', 'rate = "10 %"', "window_months = 12", 'rest_to = "company"')
    outside = Performance(date(2028, 1, 1), 500)
    outcome = run(read_charter(text), Facts(allocation=ALLOCATION, events=(*dates(500), outside)))
    assert outcome.totals == {"fund": {"cash": 50}, "company": {"retained": 950}}


def test_two_lines_for_one_party_and_form_are_one_claim() -> None:
    lines = [
        'to = "recipients"\nshare = "1/2"\nform = "cash"\nkey = "equal"',
        'to = "recipients"\nshare = "1/2"\nform = "cash"\nkey = "points"',
    ]
    recipients = {"a": RecipientFacts(Fraction(3)), "b": RecipientFacts(Fraction(1))}
    facts = Facts(recipients=recipients, events=tuple(profits(800)))
    outcome = run(read_charter(a_rule('base = "profit"', 'rate = "100 %"', splits=lines)), facts)
    assert outcome.totals == {"recipient:a": {"cash": 500}, "recipient:b": {"cash": 300}}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 48, date(2030, 1, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(9998, 6, 1), 12, date(9999, 6, 1)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


class TestStatements:
    """A second statement gives all the events again, and what was shared before."""

    charter = shipped("creafonds")

    def statement(self, count: int, before: Outcome | None = None, **changes: int) -> Outcome:
        events = tuple(replace(event, **changes) for event in some_dates(count, 12_345))
        return run(self.charter, a_tour(events), received=before.shares if before else ())

    def test_two_statements_give_what_one_gives(self) -> None:
        second = self.statement(20, self.statement(13))
        assert sum(share.minor for share in second.shares) == sum(share.minor for share in self.statement(20).shares)
        assert second.carried == {}

    def test_nobody_gives_back_when_a_date_is_cancelled(self) -> None:
        first = self.statement(20)
        second = self.statement(19, first)
        assert second.shares == first.shares
        assert second.carried == {"droit-de-suite": sum(each.minor for each in first.due[-1:])}
        assert self.statement(20, second).carried == {}

    def test_received_that_does_not_follow_the_key_is_refused(self) -> None:
        first = self.statement(13)
        richer = replace(a_tour(some_dates(20, 12_345)), members={**four_members(), "E": MemberFacts(9_000_000)})
        with pytest.raises(KeyChanged, match="shared_before") as refusal:
            run(self.charter, richer, received=first.shares)
        assert "shared_before" in refusal.value.sentence("fr")
        stranger = Share("droit-de-suite", "member:gone", "drawing-right", 1)
        with pytest.raises(KeyChanged):
            run(self.charter, a_tour(some_dates(20)), received=[stranger])

    def test_under_a_new_key_only_the_new_amount_is_shared(self) -> None:
        """After a new year's contributions: 5 dates of 336.00 are shared by the new key, the old ones stay."""
        first = run(self.charter, a_tour(some_dates(13)))
        new_year = replace(a_tour(some_dates(18)), members={"A": MemberFacts(100), "E": MemberFacts(300)})
        second = run(self.charter, new_year, shared_before=shared_by_key(first.shares))
        assert {(share.party, share.minor) for share in second.shares} == {
            ("fund", 100_800), ("member:A", 12_600), ("member:E", 37_800), ("company", 16_800),
        }  # fmt: skip


def test_what_is_missing_is_named() -> None:
    facts = Facts({"A": MemberFacts()}, events=(Performance(DAY), Period(DAY), Loss(DAY, 5)))
    with pytest.raises(FactsMissing) as refusal:
        run(read_charter(SMALL), facts)
    assert {fault.where for fault in refusal.value.faults} == {
        "allocation.amount", "allocation.premiere", "events[0].fee", "events[1].gross",
        "members.A.contribution", "members.A.use", "members.A.declared.budget",
    }  # fmt: skip
    assert "members.A.use" in refusal.value.sentence("fr")


def test_a_limit_by_gross_receipts_asks_for_them_when_there_is_a_cost() -> None:
    text = a_rule('base = "net"', 'rate = "1"', '\n[[returns.deductions]]\nkind = "cost"\nlimit = "25 % of gross"')
    cost = (DeclaredDeduction("cost", 5),)
    with pytest.raises(FactsMissing) as refusal:
        run(read_charter(text), Facts(events=(Period(DAY, net=100, deductions=cost),)))
    assert [fault.where for fault in refusal.value.faults] == ["events[0].gross"]
    assert [due.minor for due in run(read_charter(text), Facts(events=(Period(DAY, net=100),))).due] == [100]
    whole = Facts(events=(Period(DAY, net=100, gross=12, deductions=cost),))
    assert [due.minor for due in run(read_charter(text), whole).due] == [97]


@pytest.mark.parametrize(
    ("splits", "facts", "place"),
    [
        ('to = "recipients"\nshare = "1"\nform = "cash"\nkey = "points"', Facts(), "recipients"),
        (
            'to = "recipients"\nshare = "1"\nform = "cash"\nkey = "points"',
            Facts(recipients={"a": RecipientFacts()}),
            "recipients.a.points",
        ),
        ('to = "members"\nshare = "1"\nform = "locked"\nkey = "use"', Facts(), "members"),
    ],
)
def test_a_key_without_anybody_is_missed(splits: str, facts: Facts, place: str) -> None:
    charter = read_charter(a_rule('base = "profit"', 'rate = "1"', splits=[splits]))
    with pytest.raises(FactsMissing) as refusal:
        run(charter, replace(facts, events=tuple(profits(100))))
    assert [fault.where for fault in refusal.value.faults] == [place]
    run(charter, facts)  # without an event nothing is asked


def test_a_key_of_zeros_is_refused() -> None:
    facts = replace(a_tour(some_dates(10)), members={"A": MemberFacts(0), "B": MemberFacts(0)})
    with pytest.raises(FactsMissing) as refusal:
        run(shipped("creafonds"), facts)
    assert [fault.code for fault in refusal.value.faults] == ["key-empty"]
    points = a_rule(
        'base = "profit"', 'rate = "1"', splits=['to = "recipients"\nshare = "1"\nform = "cash"\nkey = "points"']
    )
    with pytest.raises(FactsMissing) as refusal:
        run(read_charter(points), Facts(recipients={"a": RecipientFacts(Fraction(0))}, events=tuple(profits(1))))
    assert [fault.code for fault in refusal.value.faults] == ["key-empty"]


# formula · the member · called · because
FORMULAS = [
    ('"fixed"\namount = "120.00"', MemberFacts(), 12_000, "the same for all"),
    ('"rate"\ndeclared = "budget"\nrate = "1/3"', MemberFacts(declared={"budget": 100}), 33, "a third, to the cent"),
    ('"rate"\ndeclared = "budget"\nrate = "50 %"', MemberFacts(declared={"budget": 1}), 1, "half a cent rounds up"),
    ('"rate"\ndeclared = "budget"\nrate = "10 %"\nfloor = "5.00"', MemberFacts(declared={"budget": 100}), 500, "floor"),
    ('"rate"\ndeclared = "budget"\nrate = "10 %"\ncap = "0.07"', MemberFacts(declared={"budget": 100}), 7, "cap"),
    ('"free"\nfloor = "50.00"', MemberFacts(pledge=1_000), 5_000, "no less than the floor"),
    ('"free"\nfloor = "50.00"', MemberFacts(pledge=9_000), 9_000, "what the member chose"),
    ('"pledged"', MemberFacts(pledge=1_234), 1_234, "what was pledged"),
]


@pytest.mark.parametrize(("formula", "member", "called", "because"), FORMULAS, ids=[row[-1] for row in FORMULAS])
def test_formula(formula: str, member: MemberFacts, called: int, because: str) -> None:
    head = SMALL.partition("\n[[contributions]]")[0]
    text = f'{head}\n[[contributions]]\nname = "one"\nsource = "made-up"\ninstalments = 3\nformula = {formula}\n'
    (computed,) = run(read_charter(text), Facts({"A": member})).contributions.values()
    assert computed.minor == called == sum(computed.instalments)
    assert len(computed.instalments) == 3
    assert max(computed.instalments) - min(computed.instalments) <= 1


@pytest.mark.parametrize(("budget", "called"), [(0, 5_000), (1_000_000, 5_000), (1_000_001, 15_000)])
def test_brackets(budget: int, called: int) -> None:
    facts = Facts({"A": MemberFacts(category="company", declared={"budget": budget})})
    assert run(read_charter(SMALL), facts).contributions["A"].minor == called


def test_a_member_that_no_contribution_names_is_asked_for_its_category() -> None:
    charter = read_charter(edited(('formula = "brackets"', 'formula = "brackets"\ncategories = ["company"]')))
    with pytest.raises(FactsMissing, match="venue, company"):
        run(charter, Facts({"A": MemberFacts(category="town")}))


def test_a_member_known_by_what_it_paid_is_not_called() -> None:
    assert run(shipped("creafonds"), Facts(four_members())).contributions == {}


# total · weights · held · ceilings · parts · because
BORNE = [
    (100, {"a": 1, "b": 1}, {}, {}, {"a": 50, "b": 50}, "nobody is limited"),
    (100, {"a": 1, "b": 1}, {}, {"a": 20}, {"a": 20, "b": 80}, "b bears what a cannot"),
    (100, {"a": 1, "b": 1}, {}, {"a": 20, "b": 30}, {"a": 20, "b": 30}, "50 stay uncovered"),
    (100, {"a": 2, "b": 1, "c": 1}, {}, {"b": 10}, {"a": 60, "b": 10, "c": 30}, "the rest two to one"),
    (100, {"a": 3, "b": 1}, {}, {"a": 60}, {"a": 60, "b": 40}, "three quarters would be 75"),
    (100, {"a": 3, "b": 1}, {}, {"a": 80, "b": 26}, {"a": 75, "b": 25}, "nobody reaches the ceiling"),
    (100, {"a": 0, "b": 1}, {}, {}, {"a": 0, "b": 100}, "a uses nothing"),
    (100, {"a": 0}, {}, {}, {"a": 0}, "nobody bears"),
    (3, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}, {}, {"a": 1, "b": 1, "c": 1}, "what is held stays"),
    (9, {"a": 1, "b": 1}, {"a": 3}, {"a": 2}, {"a": 3, "b": 6}, "a ceiling lowered since takes nothing back"),
]


@pytest.mark.parametrize(
    ("total", "weights", "held", "ceilings", "parts", "because"), BORNE, ids=[row[-1] for row in BORNE]
)
def test_losses_under_ceilings(
    total: int,
    weights: dict[str, int],
    held: dict[str, int],
    ceilings: dict[str, int],
    parts: dict[str, int],
    because: str,
) -> None:
    exact = {name: Fraction(weight) for name, weight in weights.items()}
    assert apportioned(total, exact, held=held, ceilings=ceilings) == parts


FACTS = [
    ("json", '{"members": '),
    ("json-object", "[]"),
    ("too-deep", "[" * 100_000),
    ("number-too-long", '{"members": ' + "9" * 100_000 + "}"),
    ("not-text", b"\xff"),
    ("written-twice", '{"members": {"A": {}, "A": {}}}'),
    ("float", '{"members": {"A": {"contribution": 1.5}}}'),
    ("float", '{"members": {"A": {"contribution": NaN}}}'),
    ("type-exact", '{"members": {"A": {"contribution": 15}}}'),
    ("type-exact", '{"members": {"A": {"contribution": null}}}'),
    ("amount", '{"members": {"A": {"contribution": "1,5"}}}'),
    ("amount", '{"members": {"A": {"contribution": "99999999999999999999"}}}'),
    ("amount-negative", '{"members": {"A": {"contribution": "-1.50"}}}'),
    ("quantity", '{"members": {"A": {"use": "many"}}}'),
    ("quantity", '{"members": {"A": {"use": "-1"}}}'),
    ("type-table", '{"members": {"A": []}}'),
    ("type-table", '{"members": []}'),
    ("fact-name", '{"members": {"\\u001b[2J": {}}}'),
    ("fact-name", '{"members": {"\\ud800": {}}}'),
    ("fact-name", '{"recipients": {"": {}}}'),
    ("type-flag", '{"members": {"A": {"defaulted": "no"}}}'),
    ("currency-differs", '{"currency": "GBP"}'),
    ("date", '{"allocation": {"premiere": "2026-02-30"}}'),
    ("missing", '{"events": [{"date": "2026-02-01"}]}'),
    ("missing", '{"events": [{"kind": "loss", "date": "2026-02-01"}]}'),
    ("missing", '{"events": [{"kind": "loss", "date": null, "amount": "1.00"}]}'),
    ("choice", '{"events": [{"date": "2026-02-01", "kind": "party"}]}'),
    ("type-tables", '{"events": {}}'),
    ("unknown-near", '{"member": {}}'),
    ("unknown", '{"events": [{"date": "2026-02-01", "kind": "loss", "amount": "8.00", "colour": "red"}]}'),
]


@pytest.mark.parametrize(("code", "text"), FACTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FACTS)])
def test_facts_that_cannot_be_read(code: str, text: str | bytes) -> None:
    with pytest.raises(FactsInvalid) as refusal:
        facts_from_json(text, read_charter(SMALL))
    assert code in {fault.code for fault in refusal.value.faults}
    assert refusal.value.sentence("fr")


def test_facts_are_read_whole() -> None:
    text = """{"currency": "EUR",
      "members": {"A": {"contribution": "5000.00", "use": "800", "points": "0.5", "defaulted": true, "cap": "1.00",
                        "declared": {"budget": "20000.00"}, "category": "venue", "pledge": "3.00"}},
      "recipients": {"author": {"points": "6"}},
      "allocation": {"amount": "12000.00", "premiere": "2026-01-15", "other_aid": "2.00", "vested": false},
      "events": [{"date": "2026-02-01", "kind": "performance", "fee": "4200.00", "member_date": true},
                 {"date": "2026-02-02", "kind": "period", "gross": "-1.00", "reference": "R"}]}"""
    assert facts_from_json(text, read_charter(SMALL)) == Facts(
        {"A": MemberFacts(500_000, Fraction(800), Fraction(1, 2), True, 100, {"budget": 2_000_000}, "venue", 300)},
        {"author": RecipientFacts(Fraction(6))},
        AllocationFacts(1_200_000, date(2026, 1, 15), 200, False),
        (Performance(date(2026, 2, 1), 420_000, True), Period(date(2026, 2, 2), gross=-100, reference="R")),
    )


def test_facts_larger_than_any_fund_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fund.charter.facts.LARGEST_FILE", 10)
    with pytest.raises(FactsInvalid, match="larger than 10 bytes"):
        facts_from_json('{"members": {}}', read_charter(SMALL))
