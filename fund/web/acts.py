"""What a form asks the services to do; a refusal comes back as a sentence on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest

from allocation.applying.errors import (
    ApplicationsClosed,
    CompanyActImpossible,
    DraftChanged,
    SecretaryActImpossible,
    VoteAlreadyOpen,
)
from allocation.debating.errors import DEBATE_CONFLICTS
from allocation.errors import AllocationError, BallotsAlreadyCast, CallConflict
from allocation.instructing.errors import AssignmentEnded, NotInInstruction, ReportsOver, ScoringOver
from allocation.instructing.interest_errors import RecusalStands
from allocation.voting.errors import VOTING_CONFLICTS
from fund.accounting.closing_errors import CLOSING_CONFLICTS
from fund.charter.faults import CharterError
from fund.errors import (
    CharterBeforeAct,
    DraftAdopted,
    DraftChangesNothing,
    DraftReplaced,
    FundError,
    NotorietyAlreadyAdopted,
    NotorietyAlreadyContested,
    NotorietyContestResolved,
    NotorietyContestsOpen,
    RecordConflict,
)
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.bookkeeping_errors import BOOKKEEPING_CONFLICTS
from fund.services.desk_errors import DESK_CONFLICTS
from fund.web.pages import language_of_page
from ledger.errors import LedgerError

Done = TypeVar("Done")

_CONFLICTS: Final = (
    AssignmentEnded,
    NotInInstruction,
    RecusalStands,
    ReportsOver,
    ScoringOver,
    CharterBeforeAct,
    DraftAdopted,
    DraftChangesNothing,
    DraftReplaced,
    NotorietyAlreadyAdopted,
    NotorietyAlreadyContested,
    NotorietyContestResolved,
    NotorietyContestsOpen,
    RecordConflict,
    # applications
    ApplicationsClosed,
    BallotsAlreadyCast,
    CallConflict,
    CompanyActImpossible,
    DraftChanged,
    SecretaryActImpossible,
    VoteAlreadyOpen,
    *BOOKKEEPING_CONFLICTS,
    *CLOSING_CONFLICTS,
    *DEBATE_CONFLICTS,
    *DESK_CONFLICTS,
    *VOTING_CONFLICTS,
)
"""Refusals for what is there already: another request came first, or the past stands in the way."""


def actor_of(request: HttpRequest, fund: Fund) -> Actor:
    """Whoever is signed in, acting for a fund."""
    return Actor(fund=fund, by=request.user.get_username())


def act(form: forms.Form, service: Callable[..., Done], *arguments: Any, **facts: Any) -> Done | None:
    """Do it, or write the refusal on the form and answer None. The only place of the pages that catches refusals."""
    try:
        return service(*arguments, **facts)
    except (FundError, AllocationError, LedgerError, CharterError) as refusal:
        code = "conflict" if isinstance(refusal, _CONFLICTS) else refusal.code
        form.add_error(None, forms.ValidationError(refusal.sentence(language_of_page()), code=code))
        return None


def status_after(form: forms.Form) -> int:
    """“Conflict” when something stood in the way, “bad request” when the form is filled in wrongly, else “ok”."""
    if form.has_error(NON_FIELD_ERRORS, code="conflict"):
        return 409
    return 400 if form.errors else 200
