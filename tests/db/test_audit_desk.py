"""Samples, ticks, notes and their answers: kept beside the books, written once, refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoDbBlocker

from fund.accounting.anomalies import Thresholds
from fund.accounting.sampling import Plan, sample_of
from fund.accounting.sampling_errors import SamplePlanInvalid
from fund.errors import FundDiffers, RecordConflict
from fund.models import AuditNote, AuditSample, AuditSampleEntry, AuditTick, BankAccount, Fund
from fund.queries.accounts_year import year_of
from fund.queries.anomalies import anomalies_of
from fund.queries.audit import audit_desk, is_drawn_again, notes_of, sample_page
from fund.queries.bookings import population
from fund.services.audit import answer_note, draw_sample, tick_entry
from fund.services.contributions import Receipt, receive_contributions
from fund.services.desk_errors import NoteCorrected, NoteInvalid, NoteNotShared, SampleHasNoEntry, TickInvalid
from fund.services.periods import turn_period
from fund.statements.audit_sheets import sample_sheet
from fund.statements.render import csv
from ledger.balances import chain_head
from ledger.money import Amount
from tests.auditing_desk import AUDITED_ON, a_note, a_sample, a_tick, an_answer, auditor, treasurer
from tests.builders import a_fund
from tests.small_year import small_year

pytestmark = pytest.mark.django_db


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


def test_a_sample_is_kept_with_all_that_draws_it_again(fund: Fund) -> None:
    head = chain_head(fund.slug)
    sample = a_sample(fund)
    assert (sample.head, sample.entries) == (head.hash, head.entries)
    assert (sample.seed, sample.method, sample.drawn.count()) == ("graine", "simple", 5)
    year = year_of(fund, 2026)
    assert year is not None
    items = population(fund, year, (), entries=sample.entries)
    assert (sample.population, sample.amount_minor) == (len(items), sum(item.amount for item in items))
    again = sample_of(items, Plan("simple", 5), seed="graine", head=head.hash)
    assert [each.item.reference for each in again.drawn] == [row.reference for row in sample.drawn.order_by("rank")]
    assert is_drawn_again(fund, sample)


def test_a_sample_is_drawn_again_though_the_books_went_on(fund: Fund) -> None:
    sample = a_sample(fund)
    receive_contributions(treasurer(fund), [Receipt("R99", "THE", date(2026, 12, 30), Amount(100))])
    assert chain_head(fund.slug).entries == sample.entries + 1
    turn_period(treasurer(fund), act="lock", on=date(2026, 1, 1), why="Clos.")
    assert is_drawn_again(fund, sample)


def test_a_sample_that_somebody_altered_is_not_drawn_again(fund: Fund) -> None:
    sample = a_sample(fund)
    sample.seed = "autre"
    assert not is_drawn_again(fund, sample)
    sample.seed, sample.fiscal_year = "graine", "1999"
    assert not is_drawn_again(fund, sample)


def test_the_same_act_draws_once_and_another_under_its_reference_is_refused(fund: Fund) -> None:
    first = a_sample(fund)
    assert a_sample(fund) == first
    with pytest.raises(RecordConflict) as refused:
        a_sample(fund, seed="autre")
    assert refused.value.sentence("fr").startswith("L’échantillon S1")
    assert a_sample(fund, reference="S2").number == first.number + 1


@pytest.mark.parametrize("seed", ["", " ", "x" * 101, "a\nb", "a\0", "\ud800"])
def test_a_seed_is_a_line_of_text(fund: Fund, seed: str) -> None:
    with pytest.raises(SamplePlanInvalid, match="a seed is a text"):
        a_sample(fund, seed=seed)
    assert not AuditSample.objects.exists()


def test_nothing_is_drawn_where_there_is_no_entry(fund: Fund) -> None:
    with pytest.raises(SampleHasNoEntry, match="2026"):
        a_sample(fund, Plan("simple", 5, accounts=("999",)))
    empty = a_fund("vide")
    year = year_of(empty.fund, 2026)
    assert year is not None
    with pytest.raises(SampleHasNoEntry):
        draw_sample(empty, year, Plan("simple", 5), seed="x", on=AUDITED_ON, reference="S1")


def test_chosen_accounts_count_for_what_an_entry_moves_there(fund: Fund) -> None:
    sample = a_sample(fund, Plan("simple", 100, accounts=("512",)))
    year = year_of(fund, 2026)
    assert year is not None
    every = {item.reference: item.amount for item in population(fund, year, ("512",), entries=sample.entries)}
    assert {row.reference: row.minor for row in sample.drawn.all()} == every
    assert "receipt:R1" in every
    assert every["receipt:R1"] == 100_000
    assert not any(reference.startswith("call:") for reference in every)


def test_the_desk_never_touches_the_books(fund: Fund) -> None:
    before = chain_head(fund.slug)
    sample = a_sample(fund)
    a_tick(sample, "difference", difference=-50, note="La facture dit 0,50 de moins.")
    an_answer(a_note(fund, is_shared=True))
    audit_desk(fund)
    assert chain_head(fund.slug) == before


def test_a_later_tick_corrects_an_earlier_one_and_all_are_kept(fund: Fund) -> None:
    sample = a_sample(fund)
    a_tick(sample, "question", note="Quelle pièce ?")
    assert sample_page(fund, sample).line.open == 5
    a_tick(sample, "agreed", reference="T2")
    shown = sample_page(fund, sample)
    assert [tick.outcome for tick in shown.entries[0].ticks] == ["agreed", "question"]
    assert (shown.line.ticked, shown.line.waiting, shown.line.open) == (1, 0, 4)
    assert a_tick(sample, "agreed", reference="T2") == AuditTick.objects.latest("pk")
    with pytest.raises(RecordConflict):
        a_tick(sample, "missing", note="Rien.", reference="T2")


BAD_TICKS = [
    ("wrong", {}, "one of agreed, difference"),
    ("difference", {"note": "x"}, "other than zero"),
    ("difference", {"note": "x", "difference": 0}, "other than zero"),
    ("agreed", {"difference": 5}, "other than zero"),
    ("difference", {"note": "x", "difference": 10**19}, "beyond any books"),
    ("missing", {}, "a word of explanation"),
    ("question", {"note": "  "}, "a word of explanation"),
    ("question", {"note": "a\u202eb"}, "none of them invisible"),
    ("question", {"note": "x" * 1001}, "at most 1000"),
]


@pytest.mark.parametrize(("outcome", "facts", "says"), BAD_TICKS)
def test_a_tick_that_nobody_could_read_later_is_refused(
    fund: Fund, outcome: str, facts: dict[str, object], says: str
) -> None:
    sample = a_sample(fund)
    with pytest.raises(TickInvalid, match=says):
        a_tick(sample, outcome, **facts)
    assert not AuditTick.objects.exists()


def test_the_database_holds_what_a_tick_must_say(fund: Fund) -> None:
    entry = AuditSampleEntry.objects.get(sample=a_sample(fund), rank=1)
    common = {"entry": entry, "reference": "T", "on": AUDITED_ON, "by": "x"}
    for wrong in ({"outcome": "difference", "note": "x"}, {"outcome": "agreed", "difference_minor": 4},
                  {"outcome": "missing"}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditTick.objects.create(**common, **wrong)


def test_a_note_is_corrected_by_a_new_one_once(fund: Fund) -> None:
    first = a_note(fund, about="account", subject="512")
    second = a_note(fund, "Mieux.", about="account", subject="512", reference="N2", corrects=first)
    assert [note.number for note in notes_of(fund, about="account", subject="512")] == [second.number]
    assert len(notes_of(fund, with_corrected=True)) == 2
    with pytest.raises(NoteCorrected, match="is corrected by note 2"):
        a_note(fund, "Encore.", reference="N3", corrects=first)
    assert a_note(fund, about="account", subject="512") == first, "a second click finds the first"
    with pytest.raises(RecordConflict):
        a_note(fund, "Autre.")


BAD_NOTES = [
    ({"text": ""}, "1 to 4000 characters"),
    ({"text": "x" * 4001}, "1 to 4000 characters"),
    ({"text": "a\0b"}, "none of them invisible"),
    ({"about": "mood"}, "one of entry, account"),
    ({"about": "entry"}, "names it"),
    ({"about": "free", "subject": "512"}, "names it"),
    ({"about": "entry", "subject": "x" * 201}, "one line of 200"),
    ({"reference": ""}, "reference is empty"),
]


@pytest.mark.parametrize(("facts", "says"), BAD_NOTES)
def test_a_note_that_says_nothing_or_of_nothing_is_refused(fund: Fund, facts: dict[str, object], says: str) -> None:
    with pytest.raises(NoteInvalid, match=says):
        a_note(fund, **facts)
    assert not AuditNote.objects.exists()


def test_only_a_shared_note_is_answered_and_an_answer_is_kept_once(fund: Fund) -> None:
    own, shared = a_note(fund), a_note(fund, reference="N2", is_shared=True)
    with pytest.raises(NoteNotShared, match="Note 1"):
        an_answer(own)
    assert an_answer(shared) == an_answer(shared)
    with pytest.raises(RecordConflict):
        an_answer(shared, "Autre chose.")
    assert (shared.answers.get().role, shared.answers.get().by) == ("treasurer", "treasurer")
    assert [note.number for note in notes_of(fund, only_shared=True)] == [2]
    reply = answer_note(auditor(fund), shared, text="Merci.", roles=["auditor"], on=AUDITED_ON, reference="A2")
    assert reply.role == "auditor"


def test_another_funds_samples_and_notes_are_out_of_reach(fund: Fund) -> None:
    other = a_fund("autre")
    with pytest.raises(FundDiffers):
        answer_note(other, a_note(fund, is_shared=True), text="x", roles=[], on=AUDITED_ON, reference="A")
    entry = a_sample(fund).drawn.get(rank=1)
    with pytest.raises(FundDiffers):
        tick_entry(other, entry, outcome="agreed", on=AUDITED_ON, reference="T")


def test_the_file_of_a_sample_holds_its_recipe_on_every_line(fund: Fund) -> None:
    sample = a_sample(fund)
    a_tick(sample, "missing", note="=1+1 pas de pièce")
    table = sample_sheet(sample_page(fund, sample, after=None), "fr", {"missing": "pièce manquante"})
    text = csv.render(table, "fr").decode()
    lines = text.splitlines()
    assert len(lines) == 6
    assert all(sample.head in line and "graine" in line and "tresse-sample/1" in line for line in lines[1:])
    assert "'=1+1" in text, "a sheet runs no formula of a note"
    parameters = json.dumps(sample.parameters, sort_keys=True, separators=(",", ":")).replace('"', '""')
    assert parameters in lines[1]


def test_the_anomalies_of_the_small_year(fund: Fund) -> None:
    year = year_of(fund, 2026)
    assert year is not None
    facts = anomalies_of(fund, year, Thresholds())
    assert not facts.has_bank_lines
    assert facts.counts["bank-line-unmatched"] == facts.counts["posting-unmatched"] == 0
    round_ones = {each.subject for each in facts.findings if each.rule == "round-amount"}
    assert "receipt:R1" in round_ones
    assert facts.counts["round-amount"] > 0
    assert sum(row.count for row in facts.digits) <= facts.entries
    assert facts.unit.code == "EUR"
    finding = next(each for each in facts.findings if each.subject == "receipt:R1")
    assert (finding.said[:2], finding.minor) == ("BQ", Amount.parse("1000.00").minor)


def test_two_payees_on_one_account_are_told_without_the_whole_number(fund: Fund) -> None:
    parties = list(fund.parties.order_by("code")[:2])
    for party in parties:
        BankAccount.objects.filter(party=party).delete()
        BankAccount.objects.create(party=party, iban="FR7630006000011234567890189", holder="X", since=date(2026, 1, 1))
    year = year_of(fund, 2026)
    assert year is not None
    (finding,) = [e for e in anomalies_of(fund, year, Thresholds()).findings if e.rule == "shared-iban"]
    assert finding.said == ", ".join(party.code for party in parties)
    assert "30006" not in str(finding)
