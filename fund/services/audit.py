"""What an auditor does at the desk: draw a sample, tick its entries, write notes. Nothing of it touches the books."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from allocation.calls import is_text
from allocation.prose import is_prose, prose
from fund.accounting.sampling import Plan, sample_of
from fund.accounting.sampling_errors import SamplePlanInvalid
from fund.accounting.year import FiscalYear
from fund.models import AuditAnswer, AuditNote, AuditSample, AuditSampleEntry, AuditTick, Fund
from fund.queries.bookings import population
from fund.queries.books import chain_head
from fund.services.actors import Actor, refuse_conflict, refuse_foreign, take_turn
from fund.services.desk_errors import NoteCorrected, NoteInvalid, NoteNotShared, SampleHasNoEntry, TickInvalid
from ledger.money import MINOR_LIMIT

SEED_LIMIT, NOTE_LIMIT, TEXT_LIMIT, SUBJECT_LIMIT, REFERENCE_LIMIT = 100, 1000, 4000, 200, 100


@transaction.atomic
def draw_sample(actor: Actor, year: FiscalYear, plan: Plan, *, seed: str, on: date, reference: str) -> AuditSample:
    """Draw a sample of the entries of a year by a plan, a seed and the head of the chain; the same act finds the first.

    Whoever knows the three draws the same entries again from the books as they stood under that head.
    """
    if not is_text(seed, SEED_LIMIT):
        raise SamplePlanInvalid(
            why=f"a seed is a text of 1 to {SEED_LIMIT} characters on one line",
            pourquoi=f"une graine est un texte de 1 à {SEED_LIMIT} caractères, sur une ligne",
        )
    _check_reference(reference)
    fund = take_turn(actor.fund)
    held = fund.audit_samples.filter(reference=reference).first()
    if held is not None:
        refuse_conflict(
            what="sample",
            reference=reference,
            held={"year": held.fiscal_year, "seed": held.seed, "parameters": held.parameters},
            given={"year": year.code, "seed": seed, "parameters": dict(plan.facts)},
        )
        return held
    head = chain_head(fund)
    items = population(fund, year, plan.accounts, entries=head.entries) if head else []
    if head is None or not items:
        raise SampleHasNoEntry(year=year.code)
    sample = sample_of(items, plan, seed=seed, head=head.hash)
    row = AuditSample.objects.create(
        fund=fund,
        number=fund.audit_samples.count() + 1,
        reference=reference,
        fiscal_year=year.code,
        drawn_on=on,
        drawn_by=actor.by,
        seed=seed,
        method=plan.method,
        parameters=dict(plan.facts),
        head=head.hash,
        entries=head.entries,
        population=sample.population,
        amount_minor=sample.amount,
        interval_minor=sample.interval,
    )
    AuditSampleEntry.objects.bulk_create(
        AuditSampleEntry(
            sample=row,
            rank=rank,
            reference=each.item.reference,
            minor=each.item.amount,
            stratum=each.stratum[:100],
            why=each.why,
        )
        for rank, each in enumerate(sample.drawn, 1)
    )
    return row


@transaction.atomic
def tick_entry(
    actor: Actor,
    entry: AuditSampleEntry,
    *,
    outcome: str,
    on: date,
    reference: str,
    difference: int | None = None,
    note: str = "",
) -> AuditTick:
    """Tick an entry of a sample; a later tick corrects an earlier one, and all are kept.

    `difference` is in minor units: what the document says less what the books say.
    """
    refuse_foreign(actor.fund, entry.sample.fund)
    note = prose(note)
    _check_reference(reference)
    _check_tick(outcome, difference, note)
    take_turn(actor.fund)
    held = entry.ticks.filter(reference=reference).first()
    given = {"outcome": outcome, "difference": difference, "note": note}
    if held is not None:
        kept = {"outcome": held.outcome, "difference": held.difference_minor, "note": held.note}
        refuse_conflict(what="tick", reference=reference, held=kept, given=given)
        return held
    return AuditTick.objects.create(
        entry=entry,
        reference=reference,
        outcome=outcome,
        difference_minor=difference,
        note=note,
        on=on,
        by=actor.by,
    )


def _check_tick(outcome: str, difference: int | None, note: str) -> None:
    if outcome not in AuditTick.Outcome.values:
        known = ", ".join(AuditTick.Outcome.values)
        raise TickInvalid(why=f"its outcome is one of {known}", pourquoi=f"son résultat est l’un de {known}")
    if (outcome == AuditTick.Outcome.DIFFERENCE) != bool(difference):
        raise TickInvalid(
            why="a difference, and nothing else, has an amount other than zero",
            pourquoi="une différence, et elle seule, a un montant autre que zéro",
        )
    if difference is not None and abs(difference) > MINOR_LIMIT:
        raise TickInvalid(why="its amount is beyond any books", pourquoi="son montant dépasse toute comptabilité")
    if outcome != AuditTick.Outcome.AGREED and not note:
        raise TickInvalid(
            why="what does not simply agree needs a word of explanation",
            pourquoi="ce qui ne concorde pas simplement demande un mot d’explication",
        )
    if not is_prose(note, NOTE_LIMIT, least=0):
        raise TickInvalid(
            why=f"its note has at most {NOTE_LIMIT} characters, none of them invisible",
            pourquoi=f"sa note a au plus {NOTE_LIMIT} caractères, dont aucun invisible",
        )


@transaction.atomic
def write_note(
    actor: Actor,
    *,
    about: str,
    subject: str,
    text: str,
    is_shared: bool,
    on: date,
    reference: str,
    corrects: AuditNote | None = None,
) -> AuditNote:
    """Write a note; it is never changed, and a correction is a new note that names the old one."""
    text = prose(text)
    _check_reference(reference)
    _check_note(about, subject, text)
    fund = take_turn(actor.fund)
    held = fund.audit_notes.filter(reference=reference).first()
    given = {"about": about, "subject": subject, "text": text, "shared": is_shared}
    if held is not None:
        kept = {"about": held.about, "subject": held.subject, "text": held.text, "shared": held.is_shared}
        refuse_conflict(what="note", reference=reference, held=kept, given=given)
        return held
    if corrects is not None:
        _check_correction(fund, corrects)
    return AuditNote.objects.create(
        fund=fund,
        number=fund.audit_notes.count() + 1,
        reference=reference,
        about=about,
        subject=subject,
        text=text,
        is_shared=is_shared,
        corrects=corrects,
        on=on,
        by=actor.by,
    )


def _check_note(about: str, subject: str, text: str) -> None:
    if about not in AuditNote.About.values:
        known = ", ".join(AuditNote.About.values)
        raise NoteInvalid(why=f"it is about one of {known}", pourquoi=f"elle porte sur l’un de {known}")
    if (about == AuditNote.About.FREE) != (not subject):
        raise NoteInvalid(
            why="a note about an entry, an account or a statement names it, and no other does",
            pourquoi="une note sur une écriture, un compte ou un état le nomme, et elle seule",
        )
    if not is_text(subject, SUBJECT_LIMIT, least=0):
        raise NoteInvalid(
            why=f"what it is about is named on one line of {SUBJECT_LIMIT} characters at most",
            pourquoi=f"ce dont elle parle se nomme sur une ligne de {SUBJECT_LIMIT} caractères au plus",
        )
    _check_words(text)


def _check_words(text: str) -> None:
    if not is_prose(text, TEXT_LIMIT):
        raise NoteInvalid(
            why=f"it has 1 to {TEXT_LIMIT} characters, none of them invisible",
            pourquoi=f"elle a de 1 à {TEXT_LIMIT} caractères, dont aucun invisible",
        )


def _check_correction(fund: Fund, corrects: AuditNote) -> None:
    refuse_foreign(fund, corrects.fund)
    later = AuditNote.objects.filter(corrects=corrects).first()
    if later is not None:
        raise NoteCorrected(number=corrects.number, by=later.number)


def _check_reference(reference: str) -> None:
    if not is_text(reference, REFERENCE_LIMIT):
        raise NoteInvalid(why="its reference is empty or too long", pourquoi="sa référence est vide ou trop longue")


@transaction.atomic
def answer_note(
    actor: Actor, note: AuditNote, *, text: str, roles: Collection[str], on: date, reference: str
) -> AuditAnswer:
    """Answer a note that is shared, as a bookkeeper or, in turn, as the auditor; `roles` are those of whoever does."""
    refuse_foreign(actor.fund, note.fund)
    if not note.is_shared:
        raise NoteNotShared(number=note.number)
    text = prose(text)
    _check_reference(reference)
    _check_words(text)
    take_turn(actor.fund)
    held = note.answers.filter(reference=reference).first()
    if held is not None:
        refuse_conflict(what="answer", reference=reference, held={"text": held.text}, given={"text": text})
        return held
    role = next((each for each in ("treasurer", "administrator", "auditor") if each in roles), "")
    return AuditAnswer.objects.create(note=note, reference=reference, text=text, role=role, on=on, by=actor.by)
