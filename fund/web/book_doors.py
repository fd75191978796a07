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


BOOK_DOORS: Final[tuple[BookDoor, ...]] = (
    BookDoor("statement-years", _("Statements of the year")),
    BookDoor("record", _("Record an event")),
    BookDoor("book-drafts", _("Drafts of entries")),
    BookDoor("bank", _("Bank")),
    BookDoor("years", _("Fiscal years and closing")),
    BookDoor("conventions", _("Conventions of funders")),
    BookDoor("annex", _("Facts for the notes to the accounts")),
    BookDoor("treatments", _("How the fund books")),
    BookDoor("third-parties", _("Third parties")),
    BookDoor("opening", _("Open the books")),
    BookDoor("fec-years", _("Files of accounting entries")),
    BookDoor("audit", _("The auditor’s desk")),
    BookDoor("audit-questions", _("The auditor’s questions")),
    BookDoor("anomalies", _("What stands out")),
    BookDoor("anchors", _("Checkpoints")),
    BookDoor("chain", _("The chain")),
)


def book_doors(request: SeatedRequest, fund: Fund) -> tuple[Door, ...]:
    """The doors that this visitor may open, by the table of accesses."""
    route: Mapping[str, str] = {}
    return tuple(
        Door(str(each.label), reverse(each.name, args=[fund.slug]))
        for each in BOOK_DOORS
        if ACCESS[each.name](Asked(request.seats, fund.slug, route))
    )
