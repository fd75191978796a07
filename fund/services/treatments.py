"""A fund chooses how it books something, with the text that lets it; a choice is never edited, a later one follows."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from fund.chart import OPTIONS, TREATMENTS
from fund.models import Treatment
from fund.services.actors import Actor, log, take_turn
from fund.services.bookkeeping_errors import TreatmentKept, TreatmentNotLater, TreatmentOptionUnknown
from fund.services.bookkeeping_words import check_code, check_reference, check_words

BASIS_LIMIT = 500


@transaction.atomic
def choose_treatment(
    actor: Actor,
    *,
    reference: str,
    subject: str,
    option: str,
    basis: str,
    decided_on: date,
    category: str = "",
    convention: str = "",
) -> Treatment:
    """Book a subject by another option from a day on; the same reference with the same choice finds the first.

    `basis` is the fund's own text: the article of its statutes, the clause of its convention. What was booked stays.
    """
    fund = take_turn(actor.fund)
    chosen = OPTIONS.get(option)
    is_for_one = not (category and convention) and (not category or subject == "member-money")
    if chosen is None or chosen.subject != subject or not is_for_one or (category and category not in TREATMENTS):
        told = {"option": option[:40], "subject": subject[:20], "category": (category or convention)[:100]}
        raise TreatmentOptionUnknown(**told)
    check_reference(reference)
    basis = check_words(basis, BASIS_LIMIT)
    if convention:
        check_code(convention)
    given = {
        "subject": subject,
        "category": category,
        "convention": convention,
        "option": option,
        "basis": basis,
        "decided_on": decided_on,
    }
    held = Treatment.objects.filter(fund=fund, reference=reference).first()
    if held is not None:
        if any(getattr(held, name) != value for name, value in given.items()):
            raise TreatmentKept(reference=reference)
        return held
    same = Treatment.objects.filter(fund=fund, subject=subject, category=category, convention=convention)
    last = same.order_by("-decided_on").first()
    if last is not None and decided_on <= last.decided_on:
        raise TreatmentNotLater(held=last.decided_on)
    row = Treatment.objects.create(fund=fund, reference=reference, decided_by=actor.by, **given)
    log(
        actor,
        on=decided_on,
        kind="treatment-chosen",
        reference=f"treatment:{reference}",
        subject=subject,
        category=category,
        convention=convention,
        option=option,
    )
    return row
