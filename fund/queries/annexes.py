"""What the register tells the annexe: related parties, kinds of authorities, the days on which advances fall due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from fund.accounting.obligations import Instalment
from fund.models import Access, AdvanceInstalment, Fund, Mandate, Membership, Party, PublicAuthority, Role
from ledger.balances import balances
from ledger.errors import BookUnknown
from ledger.money import Amount, unit_of

RELATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "member": {"fr": "membre", "en": "member"},
    "committee": {"fr": "structure d’un membre du comité", "en": "structure of a committee member"},
    "administrator": {"fr": "structure d’un administrateur", "en": "structure of an administrator"},
}
"""Why a party is related (ANC 2018-06, art. 431-12)."""

_DECIDING: Final = {"committee": "committee", "administrator": "administrator", "treasurer": "administrator"}


def related_parties(fund: Fund, first: date, last: date) -> dict[str, tuple[str, ...]]:
    """The related parties of these days by code, each with the `RELATIONS` that it had on one of them.

    A member is one by its membership or its role. Who sits for a party relates it; a person who sits for themselves
    relates the organisations that they speak for.
    """
    found: dict[str, set[str]] = defaultdict(set)
    of_membership = Membership.objects.filter(
        Q(term_until=None) | Q(term_until__gte=first), fund=fund, term_from__lte=last
    )
    of_role = Role.objects.filter(
        Q(until=None) | Q(until__gte=first), party__fund=fund, kind=Role.Kind.MEMBER, since__lte=last
    )
    for codes in (of_membership, of_role):
        for code in codes.values_list("party__code", flat=True):
            found[code].add("member")
    seats = Access.objects.filter(
        Q(until=None) | Q(until__gte=first), fund=fund, role__in=_DECIDING, since__lte=last
    ).exclude(party=None)
    for role, code, kind in seats.values_list("role", "party__code", "party__kind"):
        found[code].add(_DECIDING[role])
        if kind == Party.Kind.PERSON:
            for organisation in _organisations(fund, code, first, last):
                found[organisation].add(_DECIDING[role])
    return {code: tuple(name for name in RELATIONS if name in names) for code, names in sorted(found.items())}


def _organisations(fund: Fund, person: str, first: date, last: date) -> list[str]:
    """The organisations for which a person spoke on one of these days."""
    mandates = Mandate.objects.filter(
        Q(until=None) | Q(until__gte=first), person__fund=fund, person__code=person, since__lte=last
    )
    return list(mandates.values_list("organisation__code", flat=True))


def companies_of_projects(fund: Fund) -> dict[str, str]:
    """The lead company of each project, by code."""
    return dict(fund.projects.values_list("code", "company__code"))


def authorities_of(fund: Fund) -> dict[str, str]:
    """The category of each public authority of the register, by the party's code."""
    return dict(PublicAuthority.objects.filter(party__fund=fund).values_list("party__code", "category"))


def instalments_of(fund: Fund) -> dict[str, tuple[Instalment, ...]]:
    """The instalments of advances that agreements say, by the beneficiary's code."""
    found: dict[str, list[Instalment]] = defaultdict(list)
    for row in AdvanceInstalment.objects.filter(fund=fund):
        found[row.beneficiary].append(Instalment(row.due_on, row.amount_minor, row.agreement))
    return {code: tuple(rows) for code, rows in found.items()}


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """A public authority of the register, or a party with a subsidy that nobody has classified (`category` empty)."""

    code: str
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """An instalment of an advance, with the beneficiary's name."""

    beneficiary: str
    name: str
    agreement: str
    due_on: date
    amount: Amount


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What the register says for the notes to the accounts."""

    authorities: tuple[AuthorityRow, ...]
    instalments: tuple[InstalmentRow, ...]


def annex_facts(fund: Fund) -> AnnexFacts:
    """The authorities by code, those with a subsidy receivable and no kind among them; the instalments by day."""
    known = authorities_of(fund)
    codes = {*known, *_subsidising(fund)}
    names = dict(Party.objects.filter(fund=fund, code__in=codes).values_list("code", "name"))
    unit = unit_of(fund.currency)
    instalments = list(AdvanceInstalment.objects.filter(fund=fund))
    who = {row.beneficiary for row in instalments}
    called = dict(fund.projects.filter(code__in=who).values_list("code", "title"))
    called |= dict(Party.objects.filter(fund=fund, code__in=who).values_list("code", "name"))
    return AnnexFacts(
        tuple(AuthorityRow(code, names[code], known.get(code, "")) for code in sorted(names)),
        tuple(
            InstalmentRow(
                row.beneficiary,
                called.get(row.beneficiary, row.beneficiary),
                row.agreement,
                row.due_on,
                Amount(row.amount_minor, unit),
            )
            for row in instalments
        ),
    )


def _subsidising(fund: Fund) -> set[str]:
    """The parties that an account of subsidies receivable is kept for."""
    try:
        return {each.account.party for each in balances(fund.slug, chart="441")} - {""}
    except BookUnknown:
        return set()
