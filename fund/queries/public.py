"""What everybody may know of a fund: what came in, what went out, what is promised, who was supported.

Names follow the choice made for each contribution, never the person: a name and a pseudonym of one
contributor are two lines that nothing links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from fund.models import (
    Contribution,
    Disbursement,
    Fund,
    InKindContribution,
    Performance,
    Project,
    Return,
    ReturnShare,
)
from fund.models.contributions import Publicity
from fund.queries.books import Head, bank_balance, chain_head
from fund.queries.charters import charter_in_force
from fund.queries.gifts import Gifts, HelpInKind, Receipt, gifts_of, help_of, no_gifts, receipt_of
from fund.queries.identities import (
    CallIdentity,
    CharterIdentity,
    FundIdentity,
    call_identities,
    charter_identity,
    fund_identity,
)
from fund.queries.projects import SharedTotal, recipient_kind
from ledger.money import Amount, Unit, total_of, unit_of


@dataclass(frozen=True, slots=True)
class FundSummary:
    """A fund in the list of an installation."""

    fund: FundIdentity
    received: Amount
    awarded: Amount
    projects: int


@dataclass(frozen=True, slots=True)
class Contributor:
    """Contributions that are shown under one name or pseudonym; `is_pseudonym` says which."""

    name: str
    is_pseudonym: bool
    gave: Gifts


@dataclass(frozen=True, slots=True)
class SupportedProject:
    """A project in the public list, with what it was awarded, has been paid and has brought back."""

    code: str
    title: str
    company: str
    call: str
    awarded: Amount
    awarded_on: date
    paid: Amount
    returned: Amount
    played: int

    @property
    def to_pay(self) -> Amount:
        """What the award still promises."""
        return self.awarded - self.paid


@dataclass(frozen=True, slots=True)
class FundOverview:
    """The public page of a fund, as of a date.

    `hidden` sums the contributions whose givers chose to be hidden, `hidden_count` counts them. Drawing
    rights and locked parts are in `shared`: promises made of returns, not cash.
    """

    fund: FundIdentity
    as_of: date
    gave: Gifts
    contributors: tuple[Contributor, ...]
    hidden: Gifts
    hidden_count: int
    projects: tuple[SupportedProject, ...]
    calls: tuple[CallIdentity, ...]
    shared: tuple[SharedTotal, ...]
    bank: Amount
    charter: CharterIdentity | None
    head: Head | None

    @property
    def awarded(self) -> Amount:
        """All awards of the committee."""
        return total_of((project.awarded for project in self.projects), self.bank.unit)

    @property
    def paid(self) -> Amount:
        """What has left the bank for projects."""
        return total_of((project.paid for project in self.projects), self.bank.unit)

    @property
    def committed(self) -> Amount:
        """What is awarded and not paid yet."""
        return self.awarded - self.paid

    @property
    def played(self) -> int:
        """The dates that took place, of all projects."""
        return sum(project.played for project in self.projects)

    @property
    def returned(self) -> Amount:
        """What projects owe of their receipts so far."""
        return total_of((project.returned for project in self.projects), self.bank.unit)

    @property
    def uncommitted(self) -> Amount:
        """What is at the bank and promised to no project; below zero when promises exceed it."""
        return self.bank - self.committed


def funds_shown(as_of: date) -> tuple[FundSummary, ...]:
    """The funds of this installation, by name."""
    return tuple(_summary(fund, as_of) for fund in Fund.objects.order_by("name", "slug"))


def _summary(fund: Fund, as_of: date) -> FundSummary:
    unit = unit_of(fund.currency)
    awards = Project.objects.filter(fund=fund, awarded_on__lte=as_of).aggregate(
        total=Sum("awarded_minor"), projects=Count("pk")
    )
    received = total_of((receipt.amount for receipt in _receipts(fund, as_of)[1]), unit)
    return FundSummary(fund_identity(fund), received, Amount(awards["total"] or 0, unit), awards["projects"])


def fund_overview(fund: Fund, as_of: date) -> FundOverview:
    """Where the money of the fund goes, as of a date."""
    unit = unit_of(fund.currency)
    givers, receipts = _receipts(fund, as_of)
    helpers, helps = _helps(fund, as_of)
    contributors, hidden, hidden_count = _shown(givers, receipts, helpers, helps, unit)
    charter = charter_in_force(fund, as_of)
    return FundOverview(
        fund=fund_identity(fund),
        as_of=as_of,
        gave=gifts_of(receipts, helps, unit),
        contributors=contributors,
        hidden=hidden,
        hidden_count=hidden_count,
        projects=_projects(fund, as_of, unit),
        calls=call_identities(fund),
        shared=_shared(fund, as_of, unit),
        bank=bank_balance(fund, as_of),
        charter=charter_identity(charter) if charter else None,
        head=chain_head(fund),
    )


def _receipts(fund: Fund, as_of: date) -> tuple[list[str], list[Receipt]]:
    rows = Contribution.objects.select_related("membership__party").filter(fund=fund, received_on__lte=as_of)
    pairs = [(row.membership.party.name, receipt_of(row)) for row in rows]
    return [name for name, _ in pairs], [receipt for _, receipt in pairs]


def _helps(fund: Fund, as_of: date) -> tuple[list[str], list[HelpInKind]]:
    rows = InKindContribution.objects.select_related("membership__party").filter(fund=fund, given_on__lte=as_of)
    pairs = [(row.membership.party.name, help_of(row)) for row in rows]
    return [name for name, _ in pairs], [help_ for _, help_ in pairs]


def _shown(
    givers: Iterable[str], receipts: list[Receipt], helpers: Iterable[str], helps: list[HelpInKind], unit: Unit
) -> tuple[tuple[Contributor, ...], Gifts, int]:
    """Contributors as they chose to be shown, the largest in cash first; then what is hidden, and how many it is."""
    nothing = no_gifts(unit)
    gave: defaultdict[tuple[str, str], Gifts] = defaultdict(lambda: nothing)
    gifts: list[tuple[str, Receipt | HelpInKind, Gifts]] = [
        *((name, each, gifts_of([each], [], unit)) for name, each in zip(givers, receipts, strict=True)),
        *((name, each, gifts_of([], [each], unit)) for name, each in zip(helpers, helps, strict=True)),
    ]
    for name, each, gift in gifts:
        shown = {Publicity.NAME.value: name, Publicity.PSEUDONYM.value: each.pseudonym}.get(each.publicity, "")
        gave[each.publicity, shown] += gift
    hidden_count = sum(each.publicity == Publicity.HIDDEN for _, each, _ in gifts)
    contributors = [
        Contributor(shown, publicity == Publicity.PSEUDONYM, gift)
        for (publicity, shown), gift in gave.items()
        if publicity != Publicity.HIDDEN
    ]
    contributors.sort(key=lambda each: (-each.gave.cash.minor, -each.gave.in_kind.minor, each.name))
    return tuple(contributors), gave.get((Publicity.HIDDEN.value, ""), nothing), hidden_count


def _projects(fund: Fund, as_of: date, unit: Unit) -> tuple[SupportedProject, ...]:
    paid = _by_project(
        Disbursement.objects.filter(tranche__agreement__project__fund=fund, paid_on__lte=as_of),
        "tranche__agreement__project",
        Sum("tranche__amount_minor"),
    )
    returned = _by_project(
        Return.objects.filter(project__fund=fund, settled_on__lte=as_of), "project", Sum("amount_minor")
    )
    current = Q(statement__corrected_by=None) | Q(statement__corrected_by__declared_on__gt=as_of)
    played = _by_project(
        Performance.objects.filter(
            current, statement__project__fund=fund, statement__declared_on__lte=as_of, cancelled=False
        ),
        "statement__project",
        Count("pk"),
    )
    rows = Project.objects.select_related("company").filter(fund=fund, awarded_on__lte=as_of)
    return tuple(
        SupportedProject(
            row.code,
            row.title,
            row.company.name,
            row.call_slug,
            Amount(row.awarded_minor, unit),
            row.awarded_on,
            Amount(paid.get(row.pk, 0), unit),
            Amount(returned.get(row.pk, 0), unit),
            played.get(row.pk, 0),
        )
        for row in rows.order_by("-awarded_minor", "code")
    )


def _by_project(rows: Any, project: str, sum_: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list(project).annotate(sum_))


def _shared(fund: Fund, as_of: date, unit: Unit) -> tuple[SharedTotal, ...]:
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    rows = ReturnShare.objects.filter(of_return__project__fund=fund, of_return__settled_on__lte=as_of)
    for party_key, form, minor in rows.order_by().values_list("party_key", "form").annotate(Sum("amount_minor")):
        sums[recipient_kind(party_key), form] += minor
    totals = [SharedTotal(recipient, form, Amount(minor, unit)) for (recipient, form), minor in sums.items()]
    return tuple(sorted(totals, key=lambda total: (-total.amount.minor, total.recipient)))
