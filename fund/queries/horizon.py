"""How far the records of a fund reach: a year taken from files may hold facts dated after today."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from fund.models import Contribution, Disbursement, Fund, InKindContribution, Project, Return


def latest_day(fund: Fund) -> date | None:
    """The day of the fund's latest receipt, help in kind, award, payment or return; None before the first."""
    found = (
        Contribution.objects.filter(fund=fund).aggregate(on=Max("received_on")),
        InKindContribution.objects.filter(fund=fund).aggregate(on=Max("given_on")),
        Project.objects.filter(fund=fund).aggregate(on=Max("awarded_on")),
        Disbursement.objects.filter(tranche__agreement__project__fund=fund).aggregate(on=Max("paid_on")),
        Return.objects.filter(project__fund=fund).aggregate(on=Max("settled_on")),
    )
    return max((each["on"] for each in found if each["on"]), default=None)
