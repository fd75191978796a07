"""A small fund in words, built through the services, never by writing rows."""

from __future__ import annotations

from datetime import date

from fund.charter.shipped import shipped_text
from fund.models import CharterVersion, DrawingRight, ExploitationStatement, Membership, Project
from fund.services.actors import Actor
from fund.services.adoption import adopt_charter
from fund.services.contributions import Receipt, receive_contributions
from fund.services.decisions import NamedByFiles
from fund.services.disbursements import release_tranche
from fund.services.exploitation import Played, declare_exploitation
from fund.services.founding import found_fund, open_year
from fund.services.members import admit_member, declare_figure, pledge
from fund.services.periods import turn_period
from fund.services.projects import Grant, award_projects, sign_agreement
from fund.services.returns import settle_return
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
    a_charter(actor, shipped_text("creafonds").decode(), on=NEW_YEAR, name="creafonds")
    open_year(actor, 2026)
    return actor


def a_charter(actor: Actor, text: str, *, on: date, name: str = "own") -> CharterVersion:
    """A version of the charter from a day on, as a year's files would bring it."""
    return adopt_charter(
        actor, name=name, text=text, on=on, effective_from=on, decision=NamedByFiles(on, f"fund.toml {on.year}")
    )


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


def paid_up(actor: Actor) -> Actor:
    """The fund with a venue A and a company B that paid 5,000 and 1,000 on 1 February."""
    a_member(actor, "A", budget="50000.00")
    a_member(actor, "B", category="company", budget="10000.00")
    day = date(2026, 2, 1)
    receive_contributions(
        actor, [Receipt("REL-A", "A", day, eur("5000.00")), Receipt("REL-B", "B", day, eur("1000.00"))]
    )
    return actor


def a_statement(actor: Actor, project: Project, count: int = 10, fee: str = "1000.00") -> ExploitationStatement:
    dates = [played(number, fee) for number in range(1, count + 1)]
    return declare_exploitation(
        actor, project, reference="EXPL", first=NEW_YEAR, last=CLOSING, on=CLOSING, played=dates
    )


def a_right(actor: Actor) -> DrawingRight:
    """A drawing right of A over 40.00: 160.00 due on two dates, 30 % to members, five sixths of it to A."""
    settle_return(actor, a_statement(actor, a_project(actor)), on=CLOSING)
    right = DrawingRight.objects.get(party__code="A")
    assert right.amount_minor == 4000
    return right


def close_until(actor: Actor, day: date) -> None:
    """Close the months of the year for good, in their order, up to the one that holds a day."""
    for month in range(1, day.month + 1):
        turn_period(actor, act="close", on=date(day.year, month, 1), why="checked")


def pay(actor: Actor, project: Project, number: int, **changes: object) -> None:
    tranche = project.agreement.tranches.get(number=number)
    facts = {"reference": f"PAY-{number}", "on": SIGNED, "prepared_by": "T. (fictif)", "approved_by": "P. (fictif)"}
    release_tranche(actor, tranche, **(facts | changes))  # type: ignore[arg-type]
