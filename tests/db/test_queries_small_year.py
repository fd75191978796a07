"""The facts of every page, on the small year that was worked out on paper (its README has the arithmetic)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fund.models import Fund
from fund.queries.books import account_page, bank_balance, chain_state, entry_page, trial_balance
from fund.queries.committee import ballots_file, call_result
from fund.queries.desks import desk_of
from fund.queries.horizon import latest_day
from fund.queries.members import MemberAccount, member_account
from fund.queries.papers import paper_of
from fund.queries.projects import ProjectAccount, project_account
from fund.queries.public import fund_overview, funds_shown
from fund.queries.rules import rules_in_force
from ledger.balances import journal_entries
from ledger.money import EUR, EUR_INKIND, HOUR, Amount
from tests.small_year import CALL, CLOSING, one_user_a_role, small_year

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    """The small year, built once for the tests of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_year()
        transaction.set_rollback(True)


def eur(major: str) -> Amount:
    return Amount.parse(major)


def member(fund: Fund, code: str, as_of: date = CLOSING) -> MemberAccount:
    account = member_account(fund, code, as_of)
    assert account is not None
    return account


def project(fund: Fund, code: str, as_of: date = CLOSING) -> ProjectAccount:
    account = project_account(fund, code, as_of)
    assert account is not None
    return account


def test_the_overview_says_where_the_money_went(fund: Fund) -> None:
    facts = fund_overview(fund, CLOSING)
    assert (facts.gave.cash, facts.gave.in_kind, facts.gave.hours) == (
        eur("9000.00"),
        Amount.parse("530.00", EUR_INKIND),
        Amount.parse("8.50", HOUR),
    )
    assert (facts.awarded, facts.paid, facts.committed) == (eur("6600.00"), eur("6600.00"), eur("0.00"))
    assert (facts.bank, facts.uncommitted) == (eur("2400.00"), eur("2400.00"))
    assert [(each.code, each.awarded, each.played) for each in facts.projects] == [
        ("A", eur("3000.00"), 10),
        ("C", eur("1800.00"), 2),
        ("E", eur("1200.00"), 0),
        ("D", eur("600.00"), 0),
    ]
    assert {(share.recipient, share.form): share.amount for share in facts.shared} == {
        ("fund", "cash"): eur("72.00"),
        ("members", "drawing-right"): eur("36.00"),
        ("company", "locked"): eur("12.00"),
    }
    assert [call.name for call in facts.calls] == ["Appel 2026"]


def test_the_overview_speaks_as_of_its_day(fund: Fund) -> None:
    facts = fund_overview(fund, date(2026, 1, 31))
    assert (facts.gave.cash, facts.bank, facts.awarded) == (eur("6000.00"), eur("6000.00"), eur("0.00"))
    assert [each.name for each in facts.contributors] == ["Festival de Sable (fictif)", "Théâtre de Sable (fictif)"]
    assert latest_day(fund) == CLOSING


def test_between_award_and_premiere_the_rest_is_promised(fund: Fund) -> None:
    facts = fund_overview(fund, date(2026, 5, 20))
    assert (facts.paid, facts.committed, facts.bank) == (eur("2200.00"), eur("4400.00"), eur("6800.00"))
    account = project(fund, "A", date(2026, 5, 20))
    assert account.next_tranche is not None
    assert (account.next_tranche.amount, account.next_tranche.due_on) == (eur("2000.00"), date(2026, 6, 1))
    assert (account.paid, account.to_pay) == (eur("1000.00"), eur("2000.00"))


def test_a_fund_is_listed_with_what_it_received_and_awarded(fund: Fund) -> None:
    listed = {each.fund.slug: each for each in funds_shown(CLOSING)}[fund.slug]
    assert (listed.received, listed.awarded, listed.projects) == (eur("9000.00"), eur("6600.00"), 4)


@pytest.mark.parametrize(
    ("code", "called", "received", "due", "part", "right"),
    [
        ("PUB", "2000.00", "2000.00", "0.00", Fraction(2, 9), "8.00"),
        ("THE", "1500.00", "1500.00", "0.00", Fraction(1, 6), "6.00"),
        ("CIE", "800.00", "500.00", "300.00", Fraction(1, 18), "2.00"),
        ("FES", "5000.00", "5000.00", "0.00", Fraction(5, 9), "20.00"),
    ],
)
def test_a_member_reads_what_it_gave_owes_and_holds(
    fund: Fund, code: str, called: str, received: str, due: str, part: Fraction, right: str
) -> None:
    account = member(fund, code)
    assert (account.called, account.received, account.still_due) == (eur(called), eur(received), eur(due))
    assert (account.part, account.right_left, account.brought_back) == (part, eur(right), eur(right))
    assert account.next_expiry == date(2029, 12, 31)


def test_the_parts_of_an_award_follow_the_cash(fund: Fund) -> None:
    supported = {each.code: each.in_proportion for each in member(fund, "FES").supported}
    assert supported == {"A": eur("1666.67"), "C": eur("1000.00"), "D": eur("333.33"), "E": eur("666.67")}


def test_help_in_kind_keeps_its_quantity_method_and_hours(fund: Fund) -> None:
    (given,) = member(fund, "FES").helps
    assert (given.quantity, given.unit, given.method) == (Fraction(17, 2), "hour", "replacement value")
    assert (given.value, given.hours) == (Amount.parse("170.00", EUR_INKIND), Amount.parse("8.50", HOUR))
    assert member(fund, "THE").gave.hours == Amount(0, HOUR)


def test_a_call_carries_its_trace(fund: Fund) -> None:
    (call,) = member(fund, "FES").calls
    assert call.amount == eur("5000.00")
    assert call.trace[-1].value == 500000


def test_nobody_is_a_member_before_joining_or_under_another_code(fund: Fund) -> None:
    assert member_account(fund, "NOBODY", CLOSING) is None
    assert member_account(fund, "THE", date(2025, 12, 31)) is None


def test_a_project_explains_what_each_date_makes_due(fund: Fund) -> None:
    account = project(fund, "A")
    assert {each.reference: each.due for each in account.performances if each.due} == {
        "A9": eur("80.00"),
        "A10": eur("40.00"),
    }
    assert account.returned == eur("120.00")
    assert all(each.settled for each in account.performances)
    ninth = next(each for each in account.performances if each.reference == "A9")
    assert (ninth.lines[0].base, ninth.lines[0].trace[-1].value) == (eur("1000.00"), 8000)


def test_the_shares_of_a_return_sum_to_it(fund: Fund) -> None:
    (settled,) = [each for each in project(fund, "A").returns if each.amount]
    assert {share.party_key: share.amount.minor for share in settled.shares} == {
        "fund": 7200, "company": 1200, "member:PUB": 800, "member:THE": 600, "member:CIE": 200, "member:FES": 2000,
    }  # fmt: skip
    assert sum(share.amount.minor for share in settled.shares) == settled.amount.minor


def test_a_project_is_unknown_before_its_award(fund: Fund) -> None:
    assert project_account(fund, "A", date(2026, 4, 29)) is None
    assert project_account(fund, "B", CLOSING) is None


def test_the_committee_gives_every_project_its_reason(fund: Fund) -> None:
    result = call_result(fund, CALL, CLOSING, "en")
    assert result is not None
    assert [(each.code, each.awarded) for each in result.funded] == [
        ("A", eur("3000.00")),
        ("C", eur("1800.00")),
        ("D", eur("600.00")),
        ("E", eur("1200.00")),
    ]
    (refused,) = [each for each in result.decided if not each.is_funded]
    assert (refused.code, refused.supported) == ("B", False)
    assert "4 supporters" in refused.reason
    assert "€400 is missing" in refused.reason
    in_french = call_result(fund, CALL, CLOSING, "fr")
    assert in_french is not None
    assert all(each.reason for each in in_french.decided)


def test_before_its_publication_an_outcome_is_not_known(fund: Fund) -> None:
    before = call_result(fund, CALL, date(2026, 4, 29), "fr")
    assert before is not None
    assert (before.outcome, before.decided) == (None, ())
    assert ballots_file(fund, CALL, date(2026, 4, 29)) is None
    assert call_result(fund, "no-such-call", CLOSING, "fr") is None
    assert ballots_file(fund, "no-such-call", CLOSING) is None


def test_the_ballots_can_be_counted_again(fund: Fund) -> None:
    text = ballots_file(fund, CALL, CLOSING)
    assert text is not None
    assert text.count("\n1;") + text.count("\n7;") == 2
    assert "VOTES" in text


def test_the_trial_balance_balances_in_every_unit(fund: Fund) -> None:
    facts = trial_balance(fund, CLOSING)
    assert facts.is_balanced
    closing = {(row.chart, row.closing.unit.code): row.closing.minor for row in facts.rows}
    assert closing["512", "EUR"] == 240000
    assert closing["411", "EUR"] == 30000
    assert closing["911", "HOUR"] == 850
    assert [block.unit for block in facts.blocks] == [EUR, EUR_INKIND, HOUR]
    assert all(block.debit_balance == block.credit_balance for block in facts.blocks)


def test_an_account_ends_where_the_trial_balance_says(fund: Fund) -> None:
    for row in trial_balance(fund, CLOSING).rows:
        page = account_page(fund, chart=row.chart, unit=row.closing.unit.code, as_of=CLOSING)
        assert page is not None
        assert page.closing == row.closing
        if page.statement:
            assert page.statement.closing == row.closing


def test_a_leaf_of_an_account_has_its_own_statement(fund: Fund) -> None:
    page = account_page(fund, chart="411", unit="EUR", as_of=CLOSING, leaf="411:CIE")
    assert page is not None
    assert page.statement is not None
    assert [line.running for line in page.statement.lines] == [eur("800.00"), eur("300.00")]
    assert account_page(fund, chart="411", unit="EUR", as_of=CLOSING, leaf="411:NOBODY") is None
    assert account_page(fund, chart="999", unit="EUR", as_of=CLOSING) is None
    assert account_page(fund, chart="512", unit="HOUR", as_of=CLOSING) is None


def test_the_pages_of_an_account_join_without_a_gap(fund: Fund) -> None:
    whole = account_page(fund, chart="512", unit="EUR", as_of=CLOSING)
    assert whole is not None
    assert whole.statement is not None
    third = whole.statement.lines[2].posting
    rest = account_page(fund, chart="512", unit="EUR", as_of=CLOSING, after=third)
    assert rest is not None
    assert rest.statement is not None
    assert rest.statement.opening == whole.statement.lines[2].running
    assert rest.statement.lines == whole.statement.lines[3:]


def test_every_entry_has_a_page_and_its_paper(fund: Fund) -> None:
    for stored in journal_entries(fund.slug):
        page = entry_page(fund, stored.entry.reference)
        assert page is not None
        assert all(total.debit == total.credit for total in page.totals)
        assert len(page.leaf) == 64
        paper = paper_of(fund, stored.entry.reference)
        assert paper is not None, stored.entry.reference
        assert paper.amount


def test_computed_entries_end_in_a_trace(fund: Fund) -> None:
    call = paper_of(fund, "call:2026:FES")
    assert call is not None
    assert call.trace
    (settled,) = [each for each in project(fund, "A").returns if each.amount]
    paper = paper_of(fund, f"{settled.reference}:shared")
    assert paper is not None
    assert (paper.amount, paper.kind) == (eur("120.00"), "return")
    assert paper.trace


@pytest.mark.parametrize("reference", ["call:2026:NOBODY", "receipt:R99", "nothing", "", "award:B", "return:A:x:1"])
def test_no_paper_is_found_where_there_is_none(fund: Fund, reference: str) -> None:
    assert paper_of(fund, reference) is None
    assert entry_page(fund, reference) is None


def test_the_chain_shows_its_newest_entries_first(fund: Fund) -> None:
    state = chain_state(fund, last=3)
    assert state.head is not None
    assert [each.stored.position for each in state.newest] == [state.head.entries - place for place in range(3)]


def test_a_fund_without_books_has_nothing_and_no_head(db: None) -> None:
    empty = Fund.objects.create(slug="neuf", name="Neuf", legal_form="association-1901", founded_on=date(2026, 1, 1))
    assert bank_balance(empty, CLOSING) == eur("0.00")
    assert (trial_balance(empty, CLOSING).rows, chain_state(empty).head) == ((), None)
    assert account_page(empty, chart="512", unit="EUR", as_of=CLOSING) is None
    assert fund_overview(empty, CLOSING).charter is None
    assert rules_in_force(empty, CLOSING, "fr").articles == ()
    assert latest_day(empty) is None


def test_the_rules_are_read_in_both_languages(fund: Fund) -> None:
    french, english = (rules_in_force(fund, CLOSING, language) for language in ("fr", "en"))
    assert [each.number for each in french.articles] == [each.number for each in english.articles]
    assert [each.title for each in french.articles] != [each.title for each in english.articles]
    assert french.made_up > 0
    assert any("nombre inventé" in each.sources for each in french.articles)
    assert [version.in_force for version in french.versions] == [True]


def test_a_desk_shows_what_each_role_opens(fund: Fund) -> None:
    users = one_user_a_role(fund)
    seats = {role: desk_of(user.pk, CLOSING).seats[0] for role, user in users.items()}
    assert {role for role, seat in seats.items() if seat.keeps_books} == {"treasurer", "auditor", "administrator"}
    assert [each.code for each in seats["artist"].projects] == ["A"]
    assert seats["member"].projects == ()
    assert len(seats["auditor"].members) == 4
    assert desk_of(None, CLOSING).seats == ()
    assert desk_of(users["artist"].pk, date(2025, 12, 31)).seats == ()
