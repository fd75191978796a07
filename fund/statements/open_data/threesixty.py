"""The awards in the 360Giving Data Standard: a JSON package, and the same as a table with its titles.

A natural person is a `recipientIndividual` without a name that leads to them. A package holds one grant at least, so a
fund without awards has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from fund.models import Fund
from fund.queries.open_data import AwardRow, Recipient, award_rows
from fund.statements.open_data.scdl import is_rna, is_siret
from fund.statements.open_data.writing import Cell, csv_pieces, cut, json_pieces, one_line

VERSION: Final = "1.4"
LONGEST_TITLE: Final = 139
INDIVIDUAL: Final = "Individual recipient"
"""The name that stands for every natural person."""

TITLES: Final = (
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Recipient Ind:Identifier",
    "Recipient Ind:Name",
    "Funding Org:Identifier",
    "Funding Org:Name",
    "Grant Programme:Code",
    "Grant Programme:Title",
)
_TYPED: Final = {"Title", "Description", "Recipient Org:Name", "Funding Org:Name", "Grant Programme:Title"}


def package(fund: Fund, day: date, licence: Mapping[str, str], last: date) -> Iterator[bytes]:
    """The package in pieces; `last` is the day of the last fact."""
    head = {
        "version": VERSION,
        "title": one_line(fund.name) or fund.slug,
        "publisher": {"identifier": _funder(fund)["id"], "name": _funder(fund)["name"]},
        "modified": last,
        "license": licence["url"],
        "license_name": licence["name"],
    }
    return json_pieces(head, "grants", (grant(fund, row) for row in award_rows(fund, day)))


def grant(fund: Fund, row: AwardRow) -> dict[str, Any]:
    """One award as the standard writes it."""
    said: dict[str, Any] = {
        "id": f"360G-{fund.slug}-{row.project}",
        "title": _title(row),
        "description": _description(row),
        "currency": fund.currency,
        "amountAwarded": row.awarded,
        "awardDate": row.awarded_on,
        "fundingOrganization": [_funder(fund)],
    }
    if row.recipient.is_person:
        said["recipientIndividual"] = {"id": _party_id(fund, row.recipient), "name": INDIVIDUAL}
    else:
        said["recipientOrganization"] = [_organization(fund, row.recipient)]
    if row.call:
        said["grantProgramme"] = [{"code": row.call, "title": one_line(row.call_name) or row.call}]
    return said


def table(fund: Fund, day: date, *, guarded: bool = True) -> Iterator[bytes]:
    """The same grants as CSV, titled as the standard's spreadsheets are."""
    rows = (_row(fund, row) for row in award_rows(fund, day))
    return csv_pieces(TITLES, rows, guarded=[guarded and title in _TYPED for title in TITLES])


def _row(fund: Fund, row: AwardRow) -> tuple[Cell, ...]:
    said = grant(fund, row)
    individual = said.get("recipientIndividual", {"id": "", "name": ""})
    organization = said.get("recipientOrganization", [{"id": "", "name": ""}])[0]
    programme = said.get("grantProgramme", [{"code": "", "title": ""}])[0]
    funder = said["fundingOrganization"][0]
    return (
        *(said["id"], said["title"], said["description"], said["currency"], said["amountAwarded"], said["awardDate"]),
        *(organization["id"], organization["name"], individual["id"], individual["name"]),
        *(funder["id"], funder["name"], programme["code"], programme["title"]),
    )


def _title(row: AwardRow) -> str:
    return cut(one_line(row.title), LONGEST_TITLE) or row.project


def _description(row: AwardRow) -> str:
    call = one_line(row.call_name)
    return f"{one_line(row.title) or row.project} ({call})" if call else one_line(row.title) or row.project


def _funder(fund: Fund) -> dict[str, str]:
    """The fund under its number in the register of companies, else of associations, else its own short name."""
    name = one_line(fund.name) or fund.slug
    if fund.siren:
        return {"id": f"FR-SIRENE-{fund.siret or fund.siren}", "name": name}
    return {"id": f"FR-RNA-{fund.rna}" if is_rna(fund.rna) else f"360G-{fund.slug}", "name": name}


def _organization(fund: Fund, recipient: Recipient) -> dict[str, str]:
    name = one_line(recipient.name) or recipient.id
    return {"id": _party_id(fund, recipient), "name": name}


def _party_id(fund: Fund, recipient: Recipient) -> str:
    if is_siret(recipient.siret):
        return f"FR-SIRENE-{recipient.siret}"
    if recipient.siren:
        return f"FR-SIRENE-{recipient.siren}"
    if is_rna(recipient.rna):
        return f"FR-RNA-{recipient.rna}"
    return f"360G-{fund.slug}-{recipient.id}"
