"""A fund whose charter counts recognition, built through the services."""

from __future__ import annotations

from datetime import date

from fund.models import Fund, NotorietyFact, Project
from fund.services.actors import Actor
from fund.services.exploitation import Played, declare_exploitation
from fund.services.founding import open_year
from fund.services.notoriety import Declared, contest_fact, declare_fact
from tests.builders import a_charter, a_fund, a_project, eur, paid_up
from tests.recognition_charter import CHARTER, SILENT

PRINTED, DECLARED_ON = date(2026, 9, 12), date(2026, 9, 20)
STATED_ON = date(2026, 10, 15)
ADOPTED_ON = date(2027, 3, 15)


def a_recognising_fund(slug: str = "fonds-test", *, open_until: int = 2026) -> Actor:
    """A paid up fund (A gave 5,000, B 1,000) whose charter counts recognition, with its years open from 2026 on."""
    actor = a_fund(slug)
    a_charter(actor, CHARTER, on=date(2026, 1, 2))
    paid_up(actor)
    for year in range(2027, open_until + 1):
        open_year(actor, year)
    return actor


def a_silent_fund(slug: str = "silent") -> Actor:
    """A fund whose charter says nothing of recognition."""
    actor = a_fund(slug)
    a_charter(actor, SILENT, on=date(2026, 1, 2))
    return actor


def recognised(fund: Fund) -> None:
    """Add to the year of a fund an article on its project A, which somebody contests."""
    keeper, member = Actor(fund, "keeper"), Actor(fund, "member")
    an_article(keeper, fund.projects.get(code="A"))
    contest_fact(member, fact="fact:PRESS-1", reference="CONT-1", on=date(2026, 10, 1), why="Autre page (fictif).")


def a_toured_project(actor: Actor, code: str = "P1") -> Project:
    """A project that played twice in Lacanau and once in Sabres, as its company declared on 15 October."""
    project = a_project(actor, code)
    played = [
        Played("D1", date(2026, 7, 1), eur("500.00"), town="Lacanau"),
        Played("D2", date(2026, 7, 9), eur("500.00"), town="Lacanau"),
        Played("D3", date(2026, 8, 2), eur("500.00"), town="Sabres"),
    ]
    declare_exploitation(
        actor, project, reference="T3", first=date(2026, 7, 1), last=date(2026, 9, 30), on=STATED_ON, played=played
    )
    return project


def press(reference: str = "PRESS-1", *, level: str = "regional", on: date = PRINTED, **changes: str) -> Declared:
    """An article of a regional paper."""
    words = {"evidence": "Le Courrier des Dunes (fictif), page 4", "url": "https://courrier.example/une"} | changes
    return Declared(reference, "press", level, on, **words)


def an_article(actor: Actor, project: Project, reference: str = "PRESS-1") -> NotorietyFact:
    """The article, declared on 20 September."""
    return declare_fact(actor, project, press(reference), on=DECLARED_ON)
