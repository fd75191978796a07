"""Acts of the instruction in a few words: who is drawn, named, recused, who reports and scores."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allocation.instructing.instruction import Given
from allocation.models import Application, Assignment, Call, Debate, Recusal, Report
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.instruction import (
    ReportSaid,
    assign_rapporteur,
    assign_rapporteurs_evenly,
    give_scores,
    write_report,
)
from tests.committees import CONVENED, FILED_BY, at

MORNING = at(9, on=CONVENED)


def number(call: Call, value: int) -> Application:
    return call.applications.get(number=value)


def draws(fund: Fund, call: Call, wanted: int = 2, most: int | None = None) -> tuple[Assignment, ...]:
    actor = Actor(fund=fund, by="secretary")
    return assign_rapporteurs_evenly(actor, call, wanted=wanted, most=most, on=CONVENED, at=MORNING)


def names(fund: Fund, application: Application, person: str) -> Assignment:
    return assign_rapporteur(Actor(fund=fund, by="secretary"), application, person=person, on=CONVENED, at=MORNING)


def reports(fund: Fund, application: Application, person: str, **said: Any) -> Report:
    on = said.pop("on", CONVENED)
    facts = {"opinion": "favourable", "text": "Un projet qui tient.", "suggested": None} | said
    return write_report(Actor(fund=fund, by=person), application, ReportSaid(**facts), on=on)


def scores(fund: Fund, application: Application, person: str, artistic: int, feasible: int, on: date = CONVENED) -> Any:
    given = {"artistic": Given(artistic), "feasible": Given(feasible)}
    return give_scores(Actor(fund=fund, by=person), application, given, on=on)


def recuse(application: Application, person: str) -> None:
    Recusal.objects.create(application=application, person=person, manner="declared", interest="employee", on=FILED_BY)


def opens_debate(application: Application, opened: datetime) -> None:
    Debate.objects.create(
        application=application, positions_until=opened, closes=opened, opened_at=opened, opened_by="secretary"
    )
