"""A small fund in words, built through the services, never by writing rows."""

from __future__ import annotations

from datetime import date

from fund.charter.shipped import shipped_text
from fund.models import Membership, Project
from fund.services.actors import Actor
from fund.services.exploitation import Played
from fund.services.founding import adopt_charter, found_fund, open_year
from fund.services.members import admit_member, declare_figure, pledge
from fund.services.projects import Grant, award_projects, sign_agreement
from ledger.money import Amount

NEW_YEAR = date(2026, 1, 1)
AWARDED, SIGNED, PREMIERE, CLOSING = date(2026, 5, 31), date(2026, 6, 7), date(2026, 7, 1), date(2026, 12, 31)


def eur(major: str) -> Amount:
    return Amount.parse(major)


def a_fund(slug: str = "fonds-test") -> Actor:
    """A fund under the charter `creafonds`, with its year 2026 open."""
    actor = found_fund(
        slug=slug,
        name="Fonds de test (fictif)",
        legal_form="association-1901",
        siren="123456782",
        currency="EUR",
        on=NEW_YEAR,
        by="T. Essai (fictif)",
        files_digest=b"builders",
    )
    adopt_charter(actor, name="creafonds", text=shipped_text("creafonds").decode(), on=NEW_YEAR)
    open_year(actor, 2026)
    return actor


def a_member(actor: Actor, code: str, *, category: str = "venue", budget: str = "", promise: str = "") -> Membership:
    """A member with its declared budget or its pledge."""
    membership = admit_member(actor, code=code, name=f"Membre {code} (fictif)", category=category, on=NEW_YEAR)
    if budget:
        declare_figure(actor, membership, name="annual_production_budget", year=2026, amount=eur(budget))
    if promise:
        pledge(actor, membership, reference=f"pledge:{code}", on=NEW_YEAR, instalments={NEW_YEAR: eur(promise)})
    return membership


def a_project(actor: Actor, code: str = "P1", *, award: str = "9000.00", signed: bool = True) -> Project:
    """An awarded project, with its agreement unless it is only voted."""
    grant = Grant(code, f"Projet {code} (fictif)", f"CIE/{code}", f"Compagnie {code} (fictive)", eur(award))
    (project,) = award_projects(actor, [grant], call="call-2026", on=AWARDED, premiere_on=PREMIERE)
    if signed:
        sign_agreement(actor, project, reference=f"CONV-{code}", on=SIGNED)
    return project


def played(number: int, fee: str, *, on: date | None = None, cancelled: bool = False) -> Played:
    """The date number so and so of a tour, a day after the other from the première on."""
    day = on or date.fromordinal(PREMIERE.toordinal() + number - 1)
    return Played(reference=f"DATE-{number:03}", on=day, fee=eur(fee), cancelled=cancelled)
