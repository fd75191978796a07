"""How far the past reaches: the last thing that was done under the rules of its day. No new version may precede it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Max

from fund.models import Agreement, CharterVersion, ContributionCall, Fund, IssuedStatement, Project, Return
from ledger.periods import last_shut_day

What = Literal["version", "call", "award", "agreement", "return", "statement", "recognition", "period"]


@dataclass(frozen=True, slots=True)
class LastAct:
    """What was done last, and on which day."""

    what: What
    on: date


def last_act(fund: Fund) -> LastAct | None:
    """The latest of what rests on a charter: a version that takes effect, a call for contributions, an award, an
    agreement, a settled return, the day of an issued statement, the last day of a year whose recognition was adopted,
    the end of a month that is shut; None before all.
    """
    adopted = fund.notoriety_statements.aggregate(year=Max("year"))["year"]
    days: dict[What, date | None] = {
        "version": CharterVersion.objects.filter(fund=fund).aggregate(on=Max("effective_from"))["on"],
        "call": ContributionCall.objects.filter(fund=fund).aggregate(on=Max("called_on"))["on"],
        "award": Project.objects.filter(fund=fund).aggregate(on=Max("awarded_on"))["on"],
        "agreement": Agreement.objects.filter(project__fund=fund).aggregate(on=Max("signed_on"))["on"],
        "return": Return.objects.filter(project__fund=fund).aggregate(on=Max("settled_on"))["on"],
        "statement": IssuedStatement.objects.filter(fund=fund).aggregate(on=Max("as_of"))["on"],
        "recognition": date(adopted, 12, 31) if adopted else None,
        "period": last_shut_day(fund.slug),
    }
    done = [LastAct(what, on) for what, on in days.items() if on is not None]
    return max(done, key=lambda act: act.on, default=None)
