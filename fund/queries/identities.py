"""Who the facts speak of: a fund, a party, a project, a charter, by their codes and their names of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.models import CharterVersion, Fund, Party


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


def fund_identity(fund: Fund) -> FundIdentity:
    """How the fund is named."""
    return FundIdentity(fund.slug, fund.name, fund.legal_form, fund.siren, fund.currency, fund.founded_on)


def party_identity(party: Party) -> PartyIdentity:
    """How the party is named."""
    return PartyIdentity(party.code, party.name)


def charter_identity(version: CharterVersion) -> CharterIdentity:
    """How the version is named."""
    return CharterIdentity(version.number, version.name, version.effective_from, version.sha256)
