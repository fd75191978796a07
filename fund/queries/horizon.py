"""How far the records of a fund reach: a year taken from files may hold facts dated after today."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from fund.models import Act, Contribution, Disbursement, Fund, InKindContribution, Project, Return

IMPORTED_ENTRIES = "imported-entries"
"""The reference of every act that took a year of entries from files; it is dated the last of them."""


def latest_day(fund: Fund) -> date | None:
    """The day of the fund's latest receipt, help in kind, award, payment, return or imported entry; None before all."""
    found = (
        Contribution.objects.filter(fund=fund).aggregate(on=Max("received_on")),
        InKindContribution.objects.filter(fund=fund).aggregate(on=Max("given_on")),
        Project.objects.filter(fund=fund).aggregate(on=Max("awarded_on")),
        Disbursement.objects.filter(tranche__agreement__project__fund=fund).aggregate(on=Max("paid_on")),
        Return.objects.filter(project__fund=fund).aggregate(on=Max("settled_on")),
        Act.objects.filter(fund=fund, reference=IMPORTED_ENTRIES).aggregate(on=Max("on")),
    )
    return max((each["on"] for each in found if each["on"]), default=None)
