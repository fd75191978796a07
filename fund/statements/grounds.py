"""What a statement rests on: its number, the charter that applied, the head of the chain, in the notes at its end."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fund.queries.identities import CharterIdentity
from fund.queries.issued import Issue
from fund.statements.document import Language
from fund.statements.render.formats import date_text


def charter_note(charter: CharterIdentity, language: Language) -> str:
    """Which text the amounts follow, and how to recognise it."""
    return _("Amounts follow the charter %(charter)s, in force since %(date)s (SHA-256 of its text: %(sha256)s).") % {
        "charter": charter,
        "date": date_text(charter.effective_from, language),
        "sha256": charter.sha256,
    }


def rounded_together() -> str:
    """Why a printed part can differ from its own rounding."""
    return _(
        "Parts are rounded together: they sum to the whole return, and nobody is ever a cent or more away from the "
        "exact part."
    )


def issue_notes(issued: Issue) -> tuple[str, ...]:
    """Whether the statement is issued, and what the fingerprint of the books is good for."""
    notes = []
    if issued.is_draft:
        notes.append(_("Draft: this statement has no number yet, and its figures may still change."))
    if issued.corrects:
        notes.append(_("This statement takes the place of %(number)s, which is kept.") % {"number": issued.corrects})
    if issued.head:
        notes.append(
            _(
                "The fingerprint of the books is the end of their hash chain when this statement was drawn up: "
                "whoever keeps it can check later that no entry made before was changed or removed."
            )
        )
    return tuple(notes)
