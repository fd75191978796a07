"""Who the facts speak of: a fund, a party, a project, a charter, by their codes and their names of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allocation.calls import call_of
from allocation.errors import CallUnknown
from fund.models import CharterVersion, Fund, Party, Project


@dataclass(frozen=True, slots=True)
class FundIdentity:
    """A fund as its papers name it; `legal_form` is the stored word, such as `association-1901`."""

    slug: str
    name: str
    legal_form: str
    siren: str
    currency: str
    founded_on: date


@dataclass(frozen=True, slots=True)
class PartyIdentity:
    """A person or an organisation: the code goes into the books, the name is shown."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CharterIdentity:
    """One version of a fund's charter, by which an amount was computed."""

    number: int
    name: str
    effective_from: date
    sha256: str

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


@dataclass(frozen=True, slots=True)
class CallIdentity:
    """A call for projects: the slug stands in addresses, the name is shown."""

    slug: str
    name: str


def call_identities(fund: Fund) -> tuple[CallIdentity, ...]:
    """The calls that chose projects of the fund, by slug."""
    slugs = set(Project.objects.filter(fund=fund).values_list("call_slug", flat=True))
    return tuple(CallIdentity(slug, _call_name(fund, slug)) for slug in sorted(slugs))


def _call_name(fund: Fund, slug: str) -> str:
    try:
        return call_of(fund.slug, slug).name
    except CallUnknown:
        return slug


def fund_identity(fund: Fund) -> FundIdentity:
    """How the fund is named."""
    return FundIdentity(fund.slug, fund.name, fund.legal_form, fund.siren, fund.currency, fund.founded_on)


def party_identity(party: Party) -> PartyIdentity:
    """How the party is named."""
    return PartyIdentity(party.code, party.name)


def charter_identity(version: CharterVersion) -> CharterIdentity:
    """How the version is named."""
    return CharterIdentity(version.number, version.name, version.effective_from, version.sha256)


def recipients_shown(fund: Fund) -> tuple[Party, ...]:
    """The organisations that lead a supported project, by name: those whose numbers open data asks for."""
    found = Party.objects.filter(fund=fund, projects__isnull=False, kind=Party.Kind.ORGANISATION).distinct()
    return tuple(sorted(found, key=lambda party: (party.name, party.code)))
