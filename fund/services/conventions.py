"""Conventions of funders are recorded, with their income, and their dedicated funds are booked at the closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from allocation.amounts import amount_of, money_of
from fund.accounting.closing_errors import (
    ConventionKindUnknown,
    ConventionSharesInvalid,
    ConventionSpanInvalid,
    FunderUnknown,
    NothingToBook,
)
from fund.accounting.dedicated_funds import RUBRICS
from fund.accounting.dedicating import Plan
from fund.accounting.references import entry_reference
from fund.entries.conventions import convention_signed, plan_booked
from fund.errors import AmountNotPositive, CurrencyDiffers
from fund.models import Fund, FundingConvention, Party
from fund.queries.dedicated_funds import proposals
from fund.services.actors import Actor, book, log, refuse_conflict, take_turn
from fund.services.closing import known_year, refuse_closed
from fund.services.references import is_posted
from ledger.journal import Document, Entry
from ledger.ladder import check_code, check_text
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class ConventionTerms:
    """What a convention says; `shares` gives later years their part, by the year in which each ends."""

    code: str
    funder: str
    kind: str
    purpose: str
    amount: Amount
    signed_on: date
    first: date
    last: date
    is_dedicated: bool
    project: str = ""
    shares: Mapping[int, Amount] = field(default_factory=dict)


@transaction.atomic
def record_convention(
    actor: Actor, terms: ConventionTerms, *, on: date, books_income: bool = False, amends: bool = False
) -> FundingConvention:
    """Record a convention, and with `books_income` what it gives: receivable and income, on the day of signature.

    The same terms find the record that is there; other terms under its code are refused, unless they amend it: then
    they are its next version. Income that is in the books already is not booked by an amendment.
    """
    fund = take_turn(actor.fund)
    funder = _checked(fund, terms)
    known = FundingConvention.objects.filter(fund=fund, code=terms.code).order_by("-version").first()
    if known is not None:
        held, given = _kept(known), _given(terms)
        if held == given:
            return known
        if not amends:
            refuse_conflict(what="agreement", reference=terms.code, held=held, given=given)
    row = FundingConvention.objects.create(
        fund=fund,
        code=terms.code,
        version=known.version + 1 if known else 1,
        funder=funder,
        kind=terms.kind,
        purpose=terms.purpose,
        project_code=terms.project,
        amount=money_of(terms.amount),
        signed_on=terms.signed_on,
        first=terms.first,
        last=terms.last,
        is_dedicated=terms.is_dedicated,
        recorded_on=on,
        recorded_by=actor.by,
    )
    for year, share in sorted(terms.shares.items()):
        row.shares.create(year=year, amount=money_of(share))
    if books_income and known is None:
        _book_income(actor, terms)
    log(actor, on=on, kind="convention-recorded", reference=terms.code, version=row.version)
    return row


def _checked(fund: Fund, terms: ConventionTerms) -> Party:
    """The funder, once every term holds."""
    check_code("The convention", terms.code, limit=64)
    if terms.project:
        check_code("The project", terms.project, limit=64)
    check_text("The purpose of the convention", terms.purpose, limit=300)
    if terms.kind not in RUBRICS:
        raise ConventionKindUnknown(kind=terms.kind)
    for amount in (terms.amount, *terms.shares.values()):
        if amount.unit.code != fund.currency:
            raise CurrencyDiffers(given=amount.unit.code, asked=fund.currency)
        if amount.minor <= 0:
            raise AmountNotPositive(amount=str(amount))
    if terms.last < terms.first:
        raise ConventionSpanInvalid(convention=terms.code, first=terms.first, last=terms.last)
    _check_shares(terms)
    funder = Party.objects.filter(fund=fund, code=terms.funder).first()
    if funder is None:
        raise FunderUnknown(party=terms.funder, fund=fund.slug)
    return funder


def _check_shares(terms: ConventionTerms) -> None:
    refused: tuple[str, str] | None = None
    if sum(share.minor for share in terms.shares.values()) > terms.amount.minor:
        refused = "they make more than the convention gives", "elles font plus que ce que donne la convention"
    elif any(year <= terms.signed_on.year for year in terms.shares):
        refused = "one is not of a later year than the signature", "l’une n’est pas d’un exercice futur"
    elif any(year > terms.last.year for year in terms.shares):
        refused = "one is after the funded period", "l’une vient après la période financée"
    if refused:
        raise ConventionSharesInvalid(convention=terms.code, why=refused[0], pourquoi=refused[1])


def _kept(row: FundingConvention) -> dict[str, object]:
    return {
        "funder": row.funder.code,
        "kind": row.kind,
        "purpose": row.purpose,
        "project": row.project_code,
        "amount": str(amount_of(row.amount)),
        "signed on": row.signed_on.isoformat(),
        "period": f"{row.first.isoformat()}/{row.last.isoformat()}",
        "dedicated": row.is_dedicated,
        "shares": _written({share.year: amount_of(share.amount) for share in row.shares.all()}),
    }


def _given(terms: ConventionTerms) -> dict[str, object]:
    return {
        "funder": terms.funder,
        "kind": terms.kind,
        "purpose": terms.purpose,
        "project": terms.project,
        "amount": str(terms.amount),
        "signed on": terms.signed_on.isoformat(),
        "period": f"{terms.first.isoformat()}/{terms.last.isoformat()}",
        "dedicated": terms.is_dedicated,
        "shares": _written(terms.shares),
    }


def _written(shares: Mapping[int, Amount]) -> str:
    return ", ".join(f"{year} {share}" for year, share in sorted(shares.items()))


def _book_income(actor: Actor, terms: ConventionTerms) -> None:
    """The funder owes what it signed, and it is income of the day (art. 142-4, 142-6, 142-8)."""
    entry = Entry(
        journal=RUBRICS[terms.kind].journal,
        on=terms.signed_on,
        kind="convention-signed",
        reference=entry_reference("convention", terms.code),
        label=f"Convention {terms.code}",
        lines=convention_signed(rubric=terms.kind, funder=terms.funder, convention=terms.code, amount=terms.amount),
        document=Document(terms.code, terms.signed_on),
    )
    book(actor, [entry])


_WORDS = {
    "deferral": ("PCA", "Part des exercices futurs"),
    "report": ("FD", "Report en fonds dédiés"),
    "use": ("FD", "Utilisation de fonds dédiés"),
}


@transaction.atomic
def book_dedicated_funds(actor: Actor, code: str, *, on: date) -> int:
    """Book what the closing of a year proposes for its conventions, on its last day; how many entries that makes.

    It may be done again until the year is closed: only the difference to what the books say already is booked, and
    where there is none it is refused (`NothingToBook`).
    """
    fund = take_turn(actor.fund)
    year = known_year(fund, code)
    refuse_closed(fund, year)
    plans = [plan for plan in proposals(fund, year) if not plan.is_booked]
    if not plans:
        raise NothingToBook(year=code)
    entries = [entry for plan in plans for entry in _entries(actor, plan, code, year.last)]
    book(actor, entries)
    log(actor, on=on, kind="dedicated-funds-booked", reference=code, entries=len(entries))
    return len(entries)


def _entries(actor: Actor, plan: Plan, year: str, last: date) -> list[Entry]:
    made = []
    convention = plan.convention.code
    for what, lines in plan_booked(plan, unit_of(actor.fund.currency)).items():
        if lines:
            start = entry_reference("dedicated", year, convention, what)
            number = _times(actor.fund, start)
            prefix, label = _WORDS[what]
            made.append(
                Entry(
                    journal="IN",
                    on=last,
                    kind=f"dedicated-{what}",
                    reference=f"{start}:{number}",
                    label=f"{label}, convention {convention}",
                    lines=lines,
                    document=Document(f"{prefix}{year}-{convention}-{number}", last),
                )
            )
    return made


def _times(fund: Fund, start: str) -> int:
    """The number of the next entry of this kind: each booking of a difference is an entry of its own."""
    number = 1
    while is_posted(fund, f"{start}:{number}"):
        number += 1
    return number
