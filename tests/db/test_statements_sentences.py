"""What statements say first, in words: what was given, what is due to whom and by when, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from allocation.queries import outcome_facts
from fund.charter.trace import Quantity, Step
from fund.models import Fund
from fund.queries.book_year import book_year
from fund.queries.identities import fund_identity
from fund.queries.issued import Issue, draft, issues, returns_receivable
from fund.queries.members import MemberAccount, member_account
from fund.queries.projects import DueLine, ProjectAccount, project_account
from fund.queries.rules import rules_in_force
from fund.services.contributions import Receipt, receive_contributions
from fund.services.exploitation import declare_exploitation
from fund.services.returns import settle_return
from fund.statements.books import general_ledger, journal, trial_balance
from fund.statements.committee import committee_result
from fund.statements.document import Document, Explained, Paragraph, Table, blocks_of, figure_of
from fund.statements.member import member_statement, member_statement_on_paper
from fund.statements.project import project_statement, project_statement_on_paper
from fund.statements.project_dates import dates_table, dates_table_on_paper
from ledger.money import Amount
from tests.builders import a_fund, a_member, a_project, eur, played
from tests.small_year import CALL, CLOSING, small_year

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    """The small year, built once for the tests of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_year()
        transaction.set_rollback(True)


def account_of(fund: Fund, code: str, as_of: date = CLOSING) -> MemberAccount:
    account = member_account(fund, code, as_of)
    assert account is not None
    return account


def of_member(fund: Fund, account: MemberAccount) -> Document:
    charter = rules_in_force(fund, account.as_of, "en").charter
    return member_statement(account, "en", issued=draft(fund, account.as_of), charter=charter)


def project_of(fund: Fund, code: str, as_of: date = CLOSING) -> ProjectAccount:
    account = project_account(fund, code, as_of)
    assert account is not None
    return account


def of_project(fund: Fund, code: str, as_of: date = CLOSING, *, on_paper: bool = False) -> Document:
    arranged = project_statement_on_paper if on_paper else project_statement
    rules = rules_in_force(fund, as_of, "en")
    return arranged(
        project_of(fund, code, as_of),
        "en",
        issued=draft(fund, as_of),
        receivable=returns_receivable(fund, code, as_of),
        articles=rules.articles,
    )


def opening(document: Document) -> str:
    paragraph = document.summary[0]
    assert isinstance(paragraph, Paragraph)
    return paragraph.text


def table(document: Document, caption: str) -> Table:
    return next(each for each in blocks_of(document) if isinstance(each, Table) and each.caption == caption)


def test_a_member_reads_first_what_it_gave_owes_received_and_how_it_is_recognised(fund: Fund) -> None:
    assert opening(of_member(fund, account_of(fund, "FES"))) == (
        "Festival de Sable (fictif) gave: €5,000.00, €170.00 (in\xa0kind), 8.50\xa0h. "
        "Nothing more is due: all that was called has been received. "
        "It received €20.00 of what the projects brought back, as drawing rights. "
        "It may still draw €20.00 for projects; the first part expires on 31 December 2029. "
        "All it gave is recognised in public under its name."
    )


def test_a_member_that_owes_reads_how_much(fund: Fund) -> None:
    said = opening(of_member(fund, account_of(fund, "CIE")))
    assert "Of the €800.00 called, €300.00 is still to be paid to the fund." in said


def test_a_member_that_gave_nothing_or_too_much_reads_so(fund: Fund) -> None:
    early = account_of(fund, "CIE", date(2026, 1, 1))
    assert opening(of_member(fund, early)).startswith(f"{early.member.name} has given nothing yet. Of the €800.00")
    assert "No return has been shared with it yet. Nothing is recognised in public yet." in opening(
        of_member(fund, early)
    )
    less = replace(account_of(fund, "THE"), called=eur("1400.00"))
    assert "Nothing is due: €100.00 more than what was called has been received." in opening(of_member(fund, less))


def test_gifts_that_are_hidden_are_counted_not_named(fund: Fund) -> None:
    account = account_of(fund, "FES")
    hidden = tuple(replace(each, publicity="hidden") for each in account.receipts)
    said = opening(of_member(fund, replace(account, receipts=hidden)))
    total = len(account.receipts) + len(account.helps)
    assert (
        f"{len(account.helps)} of its {total} gifts under its name, 0 under a pseudonym, {len(hidden)} hidden" in said
    )


def test_a_member_account_runs_from_the_call_to_what_is_still_due(fund: Fund) -> None:
    lines = table(of_member(fund, account_of(fund, "CIE")), "Called and received")
    assert [figure_of(row.cells[-1]) for row in lines.rows] == [eur("800.00"), eur("300.00")]
    assert lines.total[-3:] == (eur("800.00"), eur("500.00"), eur("300.00"))
    assert lines.note == "Called €800.00 − received €500.00 = still due €300.00."
    called = lines.rows[0].cells[3]
    assert isinstance(called, Explained)
    assert called.steps[1] == "10% of 8,000.00\xa0EUR: 800.00\xa0EUR."


def test_a_member_sees_its_own_line_of_the_sharing(fund: Fund) -> None:
    (row,) = table(of_member(fund, account_of(fund, "THE")), "Its part of the returns").rows
    part = row.cells[-1]
    assert isinstance(part, Explained)
    assert part.figure == eur("6.00")
    assert part.steps == (
        "30% × 1,500.00\xa0EUR ÷ 9,000.00\xa0EUR of the return: 6.00\xa0EUR exactly, "
        "rounded with the other parts to 6.00\xa0EUR.",
    )


def test_help_in_kind_says_how_it_is_valued_and_never_meets_euros(fund: Fund) -> None:
    helps = table(of_member(fund, account_of(fund, "FES")), "Help in kind and hours")
    assert helps.rows[0].cells[1] == "work: 8.5 hours at €20.00 (replacement value)"
    assert [str(cell) for cell in helps.total[-2:]] == ["170.00 EUR-INKIND", "8.50 HOUR"]


def test_paper_leaves_the_picture_out_and_keeps_the_table(fund: Fund) -> None:
    account, issued = account_of(fund, "FES"), draft(fund, CLOSING)
    screen = member_statement(account, "en", issued=issued, charter=None)
    paper = member_statement_on_paper(account, "en", issued=issued, charter=None)
    kinds = [[type(block).__name__ for block in blocks_of(document)] for document in (screen, paper)]
    assert [kind for kind in kinds[0] if kind != "Flow"] == kinds[1]
    assert kinds[0].count("Flow") == 1


def test_a_project_reads_what_is_due_to_whom_and_by_when(fund: Fund) -> None:
    before = opening(of_project(fund, "A", date(2026, 5, 20)))
    company = project_of(fund, "A").company.name
    assert before == (
        f"The fund still owes €2,000.00 to {company}: €2,000.00 on 1 June 2026, at the première. "
        "No return is settled yet."
    )
    assert opening(of_project(fund, "A")) == (
        f"The fund has paid {company} the whole award, €3,000.00: it owes it nothing more. "
        f"{company} owes the fund €120.00 of its receipts, due since the settlement of 31 December 2026. "
        "Of this return, €12.00 is kept by the fund for the company’s next project."
    )
    assert f"{project_of(fund, 'C').company.name} owes the fund nothing of its receipts." in opening(
        of_project(fund, "C")
    )


def test_a_project_without_agreement_is_owed_nothing_yet(fund: Fund) -> None:
    account = project_of(fund, "A")
    voted = of_project(fund, "A", account.awarded_on)
    assert "no agreement is signed yet, so nothing is due." in opening(voted)
    assert table(voted, "Tranches of the award").rows == ()


def test_every_date_says_whether_it_counts_and_opens_its_trace(fund: Fund) -> None:
    dates = table(of_project(fund, "A"), "Declared dates")
    assert [row.cells[2] for row in dates.rows[8:]] == ["counted", "counted"]
    assert all(str(row.cells[2]).startswith("not counted") for row in dates.rows[:8])
    ninth = dates.rows[8].cells[-1]
    assert isinstance(ninth, Explained)
    assert ninth.figure == eur("80.00")
    assert ninth.steps[-1] == "Due for this event: 80.00\xa0EUR − 0.00\xa0EUR due before = 80.00\xa0EUR."
    assert dates.total[-1] == eur("120.00")


def test_a_date_left_out_says_why_when_its_trace_is_kept(fund: Fund) -> None:
    account = project_of(fund, "A")
    step = Step(
        0,
        "returns.droit-de-suite",
        "left-out",
        "sum",
        (Quantity(0), Quantity(1000)),
        1000,
        event=0,
        about="first-dates",
    )
    line = DueLine(1, "droit-de-suite", eur("0.00"), eur("0.00"), (step,))
    first, *others = account.performances
    account = replace(account, performances=(replace(first, lines=(line,)), *others))
    with translation.override("en"):
        drawn = (dates_table(account, "en"), dates_table_on_paper(account, "en"))
    for dates in drawn:
        said = " ".join(str(cell) for cell in dates.rows[0].cells)
        assert "not counted: the date is among the first, which are excluded" in said


def test_on_paper_one_line_explains_each_date_and_the_first_that_counts_has_all_steps(fund: Fund) -> None:
    dates = table(of_project(fund, "A", on_paper=True), "Declared dates")
    assert "not counted" in str(dates.rows[0].cells[1])
    assert str(dates.rows[9].cells[1]).endswith(
        "8% of 1,500.00\xa0EUR: 120.00\xa0EUR. "
        "Due for this event: 120.00\xa0EUR − 80.00\xa0EUR due before = 40.00\xa0EUR."
    )
    traced = [row for row in dates.rows if isinstance(row.cells[-1], Explained)]
    assert [figure_of(row.cells[-1]) for row in traced] == [eur("80.00")]


def test_the_sharing_sums_to_the_return_by_party_and_form(fund: Fund) -> None:
    sharing = table(of_project(fund, "A"), "Sharing of €120.00 (EXPL-2026-A)")
    parts = [(str(row.cells[1]), figure_of(row.cells[-1])) for row in sharing.rows]
    assert parts == [
        ("in cash", eur("72.00")),
        ("as drawing rights", eur("2.00")),
        ("as drawing rights", eur("20.00")),
        ("as drawing rights", eur("8.00")),
        ("as drawing rights", eur("6.00")),
        ("locked", eur("12.00")),
    ]
    assert sharing.total[-1] == eur("120.00")
    assert sharing.rows[0].cells[2:4] == ("60%", "72.00\xa0EUR")


def test_the_article_that_computed_the_return_is_quoted(fund: Fund) -> None:
    (section,) = [each for each in of_project(fund, "A").sections if each.title == "What the charter says"]
    (quoted,) = section.blocks
    assert isinstance(quoted, Paragraph)
    assert "first 8 dates" in quoted.text


def test_dates_that_are_cancelled_or_not_settled_say_so() -> None:
    actor = a_fund()
    a_member(actor, "M1", budget="10000.00")
    receive_contributions(actor, [Receipt("REL-1", "M1", date(2026, 2, 1), eur("1000.00"))])
    project = a_project(actor)
    tour = [played(number, "500.00", cancelled=number == 2) for number in range(1, 11)]
    period = {"first": date(2026, 1, 1), "last": date(2026, 9, 30), "on": date(2026, 10, 1)}
    statement = declare_exploitation(actor, project, reference="EXPL-1", played=tour, **period)
    waiting = of_project(actor.fund, "P1", date(2026, 10, 1))
    assert "9 declared dates are not settled yet" in opening(waiting)
    states = [row.cells[2] for row in table(waiting, "Declared dates").rows]
    assert (states[0], states[1]) == ("not settled yet", "not counted: cancelled")
    settle_return(actor, statement, on=date(2026, 10, 1))
    settled = table(of_project(actor.fund, "P1", date(2026, 10, 1)), "Declared dates")
    assert [row.cells[2] for row in settled.rows].count("counted") == 1
    assert settled.total[-2:] == (eur("4500.00"), eur("40.00"))


def test_a_second_statement_under_the_same_key_shows_what_was_shared_before() -> None:
    actor = a_fund()
    a_member(actor, "M1", budget="10000.00")
    receive_contributions(actor, [Receipt("REL-1", "M1", date(2026, 2, 1), eur("1000.00"))])
    project = a_project(actor)
    for name, numbers, last in (("EXPL-1", range(1, 10), date(2026, 7, 31)), ("EXPL-2", (40,), date(2026, 9, 30))):
        statement = declare_exploitation(
            actor,
            project,
            reference=name,
            first=last.replace(month=last.month - 1 if name == "EXPL-2" else 1, day=1),
            last=last,
            on=last,
            played=[played(number, "500.10") for number in numbers],
        )
        settle_return(actor, statement, on=last)
    document = of_project(actor.fund, "P1", date(2026, 9, 30))
    sharing = table(document, "Sharing of €40.01 (EXPL-2)")
    fund_row = sharing.rows[0]
    assert fund_row.cells[2:] == ("60%", "48.012\xa0EUR − 24.01\xa0EUR", eur("24.00"))
    assert sharing.total[-1] == eur("40.01")
    assert opening(document).count("€80.02") == 1


def test_the_committee_gives_every_project_its_reason(fund: Fund) -> None:
    result = outcome_facts(fund.slug, CALL)
    assert result is not None
    issued = issues(fund, CLOSING)["committee", CALL]
    document = committee_result(result, "en", fund=fund_identity(fund), issued=issued)
    assert opening(document) == (
        "4 of 5 projects are supported, for €6,600.00 of the €7,000.00 that the call may spend; €400.00 is left over. "
        f"7 ballots were counted on {result.published_on.day} April 2026."
    )
    text = "\n".join(str(block) for block in blocks_of(document))
    for said in ("Funded in round 1", "would have been funded", "Equal shares (equal-shares/1)", "public lottery"):
        assert said in text
    for shown in (result.inputs_sha256, result.call.seed_commitment, result.call.lottery_seed):
        assert str(shown) in text
    assert document.number == f"2026-committee-{CALL}"


def test_a_draft_says_that_it_is_one_and_an_issued_statement_does_not(fund: Fund) -> None:
    said = "Draft: this statement has no number yet, and its figures may still change."
    assert said in of_member(fund, account_of(fund, "FES")).notes
    issued = issues(fund, CLOSING)["member", "FES"]
    assert issued == Issue("2026-member-FES", CLOSING, issued.head)
    assert said not in member_statement(account_of(fund, "FES"), "en", issued=issued, charter=None).notes


def test_books_name_accounts_in_the_language_of_their_reader(fund: Fund) -> None:
    books = book_year(fund, 2026)
    english, french = (str(trial_balance(books, language).sections) for language in ("en", "fr"))
    assert ("Bank" in english, "Banque" in english) == (True, False)
    assert ("Banque" in french, "'Bank'" in french) == (True, False)


def test_the_journal_and_the_general_ledger_tell_an_entry_with_its_document_and_its_party(fund: Fund) -> None:
    books = book_year(fund, 2026)
    entries = table(journal(books, "en"), "Entries of the journal BQ")
    assert all(row.cells[1] is not None for row in entries.rows if row.strong)
    told = " ".join(str(row.cells[3]) for row in entries.rows)
    assert all(stored.entry.document.reference in told for stored in books.entries if stored.entry.journal == "BQ")
    bank = table(general_ledger(books, "en"), "Account 512 in €")
    assert bank.total[-1] == eur("2400.00")
    assert figure_of(bank.rows[-1].cells[-1]) == eur("2400.00")


def test_books_that_do_not_balance_are_said_not_to(fund: Fund) -> None:
    books = book_year(fund, 2026)
    broken = replace(books, rows=(replace(books.rows[0], debit=books.rows[0].debit + Amount(1)), *books.rows[1:]))
    assert "the books are to be verified" in opening(trial_balance(broken, "en"))
