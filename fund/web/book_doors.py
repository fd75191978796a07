"""The doors of the books' desk: every part that has a page of the books adds its line to this one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fund.models import Fund
from fund.web.access import ACCESS, Asked, SeatedRequest
from fund.web.pages import Door


@dataclass(frozen=True, slots=True)
class BookDoor:
    """A page of the books that takes the fund alone: its name in the addresses, its label."""

    name: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class DoorGroup:
    """The doors that a visitor may open, under one heading."""

    label: str
    doors: tuple[Door, ...]


BOOK_DOORS: Final[tuple[tuple[str | Promise, tuple[BookDoor, ...]], ...]] = (
    (
        _("Keeping the books"),
        (
            BookDoor("record", _("Record an event")),
            BookDoor("book-drafts", _("Entries in draft")),
            BookDoor("bank", _("The bank")),
            BookDoor("third-parties", _("Third parties")),
            BookDoor("treatments", _("Treatments")),
            BookDoor("opening", _("Open the books")),
        ),
    ),
    (
        _("Statements and files"),
        (
            BookDoor("statement-years", _("Statements of the year")),
            BookDoor("annex", _("Facts for the notes to the accounts")),
            BookDoor("fec-years", _("Files of accounting entries")),
        ),
    ),
    (
        _("Closing of the year"),
        (
            BookDoor("years", _("Fiscal years")),
            BookDoor("conventions", _("Conventions of funders")),
        ),
    ),
    (
        _("Verifying the books"),
        (
            BookDoor("audit", _("The auditor’s desk")),
            BookDoor("audit-questions", _("Questions to the bookkeepers")),
            BookDoor("anomalies", _("Anomalies")),
            BookDoor("anchors", _("Checkpoints")),
            BookDoor("chain", _("The chain")),
        ),
    ),
)
"""Each page is called here as it calls itself in its first heading."""


def book_doors(request: SeatedRequest, fund: Fund) -> tuple[DoorGroup, ...]:
    """The doors that this visitor may open, by the table of accesses, under their headings; no heading stands alone."""
    route: Mapping[str, str] = {}
    asked = Asked(request.seats, fund.slug, route)
    groups = (
        DoorGroup(
            str(heading),
            tuple(
                Door(str(each.label), reverse(each.name, args=[fund.slug]))
                for each in doors
                if ACCESS[each.name](asked)
            ),
        )
        for heading, doors in BOOK_DOORS
    )
    return tuple(group for group in groups if group.doors)
