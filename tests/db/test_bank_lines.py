"""Lines of the bank: taken in once, reconciled with account 512, undone with a reason; and the statement of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import DjangoDbBlocker

from fund.accounting.anomalies import Thresholds
from fund.accounting.bank_rows import BankRow
from fund.models import Act, BankLine, BankMatch, Fund
from fund.queries.accounts_year import year_of
from fund.queries.anomalies import anomalies_of
from fund.queries.bank import bank_books, proposals_of, reconciliation, unmatched_bank
from fund.queries.books import bank_balance, chain_head
from fund.queries.identities import fund_identity
from fund.services.bank import confirm_match, confirm_proposals, take_in_lines, undo_match
from fund.services.desk_errors import (
    BankAmountsDiffer,
    BankLineOpen,
    BankLineSettled,
    BankPostingTaken,
    BankPostingUnknown,
    BankUndoingUnfounded,
)
from fund.statements.reconciliation import reconciliation_lines, reconciliation_statement
from fund.statements.render import csv, html, pdf
from ledger.money import EUR
from tests.auditing_desk import AUDITED_ON, FILE, lines_of_the_bank, reconciled, treasurer
from tests.small_year import CLOSING, small_year

pytestmark = pytest.mark.django_db

# The small year receives R1 1,000.00 on 10 January, R2 5,000.00 on the 12th, R3 500.00 on 3 February.
R1 = BankRow("512", date(2026, 1, 10), 100_000, "R1")
R2 = BankRow("512", date(2026, 1, 13), 500_000, "", "Festival", "VIREMENT")
FEE = BankRow("512", date(2026, 1, 31), -1250, "", "", "FRAIS")


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_year()
        transaction.set_rollback(True)


@pytest.fixture
def fund(built: Fund) -> Iterator[Fund]:
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


def test_a_line_is_taken_in_once_whatever_the_file(fund: Fund) -> None:
    actor = treasurer(fund)
    first = take_in_lines(actor, [R1, R1, FEE], file_sha256=FILE, on=AUDITED_ON)
    assert (first.new, first.known) == (3, 0)
    again = take_in_lines(actor, [R1, R1, FEE], file_sha256=FILE, on=AUDITED_ON)
    assert (again.new, again.known) == (0, 3)
    overlapping = take_in_lines(actor, [FEE, R2], file_sha256="cd" * 32, on=AUDITED_ON)
    assert (overlapping.new, overlapping.known) == (1, 1)
    assert list(BankLine.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Act.objects.filter(kind="bank-lines").count() == 2, "what adds nothing is no act"


def test_the_database_takes_no_line_twice(fund: Fund) -> None:
    (line,) = lines_of_the_bank(fund, R1)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankLine.objects.create(
            fund=fund, number=9, account="512", on=line.on, minor=1, fingerprint=line.fingerprint,
            file_sha256=FILE, taken_on=AUDITED_ON, taken_by="x",
        )  # fmt: skip


def test_proposals_are_confirmed_together_or_not_at_all(fund: Fund) -> None:
    before = chain_head(fund)
    lines_of_the_bank(fund, R1, R2, FEE)
    proposed = proposals_of(bank_books(fund))
    assert [(each.line.number, each.posting.reference) for each in proposed] == [(1, "receipt:R1"), (2, "receipt:R2")]
    assert confirm_proposals(treasurer(fund), proposed, on=AUDITED_ON) == 2
    assert proposals_of(bank_books(fund)) == ()
    assert chain_head(fund) == before, "reconciling never touches the books"
    undo_match(treasurer(fund), BankLine.objects.get(number=2), why="Erreur", on=AUDITED_ON)
    reconciled_by_hand = [proposed[1], proposed[0]]
    confirm_match(
        treasurer(fund), BankLine.objects.get(number=2), postings=[proposed[1].posting.posting], ground="hand",
        on=AUDITED_ON,
    )  # fmt: skip
    assert confirm_proposals(treasurer(fund), reconciled_by_hand, on=AUDITED_ON) == 2, "the same again finds the first"
    assert BankMatch.objects.filter(undone_on=None).count() == 2


def test_what_cannot_be_one_payment_is_refused(fund: Fund) -> None:
    first, second, fee = lines_of_the_bank(fund, R1, BankRow("512", date(2026, 1, 11), 100_000, "X"), FEE)
    postings = {side.reference: side.posting for side in bank_books(fund).postings}
    actor = treasurer(fund)

    def match(line: BankLine, *numbers: int) -> None:
        confirm_match(actor, line, postings=numbers, ground="hand", on=AUDITED_ON)

    with pytest.raises(BankAmountsDiffer, match=r"1000\.00 EUR, the entries chosen are 5000\.00 EUR"):
        match(first, postings["receipt:R2"])
    with pytest.raises(BankAmountsDiffer):
        match(first)
    with pytest.raises(BankPostingUnknown, match="Posting 999999"):
        match(first, 999_999)
    match(first, postings["receipt:R1"])
    with pytest.raises(BankPostingTaken, match="with line 1"):
        match(second, postings["receipt:R1"])
    with pytest.raises(BankLineSettled, match="receipt:R1"):
        match(first, postings["receipt:R2"])
    with pytest.raises(BankLineOpen, match="Line 3"):
        undo_match(actor, fee, why="x", on=AUDITED_ON)
    for why in ("", " ", "x" * 301, "a\nb"):
        with pytest.raises(BankUndoingUnfounded):
            undo_match(actor, first, why=why, on=AUDITED_ON)


def test_a_line_may_be_several_postings(fund: Fund) -> None:
    (line,) = lines_of_the_bank(fund, BankRow("512", date(2026, 1, 12), 600_000, "REMISE"))
    assert len(reconciled(line, "receipt:R1", "receipt:R2")) == 2
    assert unmatched_bank(fund, date(2026, 1, 31)).lines == ()
    assert undo_match(treasurer(fund), line, why="Séparer", on=AUDITED_ON) == 2
    assert BankMatch.objects.exclude(undone_on=None).count() == 2, "what was undone stays on record"


def test_the_database_keeps_a_match_as_it_was_confirmed_and_undoes_it_once(fund: Fund) -> None:
    (line,) = lines_of_the_bank(fund, R1)
    (match,) = reconciled(line, "receipt:R1")
    rows = BankMatch.objects.filter(pk=match.pk)
    undone = {"undone_on": AUDITED_ON, "undone_by": "x", "why_undone": "y"}
    for change in ({"minor": 5}, {"minor": 5, **undone}, {"by": "z", **undone}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    rows.update(**undone)
    for change in ({"undone_on": None, "undone_by": "", "why_undone": ""}, {"why_undone": "z"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    (again,) = reconciled(line, "receipt:R1")
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_what_is_open_on_either_side(fund: Fund) -> None:
    assert unmatched_bank(fund, CLOSING).has_lines is False
    lines_of_the_bank(fund, R1, FEE)
    reconciled(BankLine.objects.get(number=1), "receipt:R1")
    found = unmatched_bank(fund, date(2026, 2, 28))
    assert [line.number for line in found.lines] == [2]
    assert [each.reference for each in found.postings][:2] == ["receipt:R2", "receipt:R3"]
    assert not found.is_reconciled
    assert unmatched_bank(fund, date(2026, 1, 10)).is_reconciled
    year = year_of(fund, 2026)
    assert year is not None
    counts = anomalies_of(fund, year, Thresholds()).counts
    assert counts["bank-line-unmatched"] == 1
    assert counts["posting-unmatched"] == len(unmatched_bank(fund, CLOSING).postings)


@pytest.mark.parametrize("stated", [True, False])
def test_the_statement_of_a_day_explains_the_whole_difference(fund: Fund, stated: bool) -> None:
    rows = [R1, R2, FEE]
    if stated:
        balances = (100_000, 600_000, 598_750)
        rows = [
            BankRow(r.account, r.on, r.minor, r.reference, r.counterparty, r.label, balance)
            for r, balance in zip(rows, balances, strict=True)
        ]
    lines_of_the_bank(fund, *rows)
    confirm_proposals(treasurer(fund), proposals_of(bank_books(fund)), on=AUDITED_ON)
    for day in (date(2026, 1, 10), date(2026, 1, 12), date(2026, 1, 31), date(2026, 6, 30), CLOSING):
        facts = reconciliation(fund, day)
        assert facts.books == bank_balance(fund, day).minor
        assert (facts.is_stated, facts.is_reconciled, facts.unexplained) == (stated, True, 0), day
    # On 12 January the books hold the festival's money, the bank shows it on the 13th.
    eve = reconciliation(fund, date(2026, 1, 12))
    assert [(each.reference, each.settled_on) for each in eve.postings] == [("receipt:R2", date(2026, 1, 13))]
    assert reconciliation(fund, date(2026, 1, 9)).bank is None


def test_a_balance_that_the_books_do_not_explain_is_told(fund: Fund) -> None:
    lines_of_the_bank(fund, BankRow("512", R1.on, R1.minor, "R1", balance_minor=123_400))
    reconciled(BankLine.objects.get(number=1), "receipt:R1")
    facts = reconciliation(fund, R1.on)
    assert (facts.bank, facts.unexplained, facts.is_reconciled) == (123_400, 23_400, False)


def test_a_payment_older_than_the_first_line_is_reconciled_with_it(fund: Fund) -> None:
    late = BankRow("512", date(2026, 1, 11), 100_000, "CHEQUE")
    lines_of_the_bank(fund, late)
    reconciled(BankLine.objects.get(number=1), "receipt:R1")
    before, after = reconciliation(fund, date(2026, 1, 10)), reconciliation(fund, date(2026, 1, 11))
    assert [each.reference for each in before.postings] == ["receipt:R1"]
    assert (after.postings, after.lines, after.is_reconciled) == ((), (), True)


def test_the_statement_is_a_document_in_both_languages(fund: Fund) -> None:
    lines_of_the_bank(fund, R1, FEE)
    facts = reconciliation(fund, CLOSING)
    for language, title in (("fr", "État de rapprochement bancaire"), ("en", "Statement of reconciliation")):
        asked = {"fund": fund_identity(fund), "unit": EUR, "head": chain_head(fund)}
        document = reconciliation_statement(facts, language, **asked, links="/small-year/books/")  # type: ignore[arg-type]
        page = html.fragment(document)
        assert title in page
        assert 'href="/small-year/books/bank/lines/2"' in page
        assert 'href="/small-year/books/entries/receipt:R2"' in page
        assert pdf.render(document) == pdf.render(document)
        table = csv.render(reconciliation_lines(facts, language, unit=EUR), language).decode()  # type: ignore[arg-type]
        assert len(table.splitlines()) == 1 + len(facts.lines) + len(facts.postings)


HEADER = "account,date,amount,reference,counterparty,label,balance\n"


def test_the_command_takes_a_file_in_once_and_lists_every_fault(fund: Fund, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(HEADER + "512,2026-01-10,1000.00,R1,,,\n512,2026-01-31,-12.50,,,FRAIS,\n", encoding="utf-8")
    for said in ("2 lines of the bank are taken in, 0 were there already.\n", "0 lines of the bank are taken in, 2 "):
        out = StringIO()
        call_command("bank", "import", fund.slug, str(path), "--by", "T", stdout=out)
        assert out.getvalue().startswith(said)
    path.write_text(HEADER + "411,2026-01-10,1000.00,R1,,,\n512,2026-02-30,x,,,FRAIS,\n", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("bank", "import", fund.slug, str(path), "--by", "T", "--language", "fr", stdout=StringIO())
    told = str(refused.value).splitlines()
    assert [line.split(": ")[0] for line in told] == ["bank.csv:2:account", "bank.csv:3:date", "bank.csv:3:amount"]
    assert "n’est pas un compte de banque" in told[0]
    assert BankLine.objects.count() == 2, "nothing is half-written"
    for wrong in (str(tmp_path / "missing.csv"), str(tmp_path)):
        with pytest.raises(CommandError):
            call_command("bank", "import", fund.slug, wrong, "--by", "T", stdout=StringIO())
    with pytest.raises(CommandError, match="no fund “nobody”"):
        call_command("bank", "import", "nobody", str(path), "--by", "T", stdout=StringIO())
