"""Who may open which page: one table, and the one decorator that reads it.

A page that somebody may not see does not exist for them: the answer is “not found”, so that an address
never tells that there is a member, a project or a fund behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, Final, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from fund import roles
from fund.models import Access, Fund
from fund.roles import Seat
from fund.web.audiences import (
    Asked,
    Audience,
    applicants,
    application_keeper,
    application_sponsors,
    audit_desk,
    audit_questions,
    award_letter,
    ballots,
    bookkeepers,
    books,
    committee,
    committee_room,
    demonstration,
    drafts,
    everybody,
    fec_takers,
    mails,
    member,
    minutes,
    notoriety_adopter,
    notoriety_contester,
    notoriety_declarer,
    own_application,
    project_account,
    rule_changes,
    secretary,
)


class SeatedRequest(HttpRequest):
    """A request with what its sender may do today."""

    seats: tuple[Seat, ...]
    today: date


_READING: Final = ("GET", "HEAD", "OPTIONS")
View = Callable[..., HttpResponseBase]


ACCESS: Final[Mapping[str, Audience]] = {
    "home": everybody,
    "sign-in": everybody,
    "demonstration-sign-in": demonstration,
    "fund": everybody,
    "rules": everybody,
    "charter-version": everybody,
    "charter-file": everybody,
    "drafts": drafts,
    "draft-new": rule_changes,
    "draft": drafts,
    "draft-file": drafts,
    "draft-adopt": rule_changes,
    "draft-rehearsal": drafts,
    "draft-rehearsal-file": drafts,
    "rehearsal": drafts,
    "rehearsal-file": drafts,
    "charters": everybody,
    "shipped-charter": everybody,
    "shipped-charter-file": everybody,
    "call": everybody,
    "ballots": ballots,
    "project": everybody,
    "project-trace": project_account,
    "member": member,
    "call-statement": everybody,
    "project-statement": project_account,
    "member-statement": member,
    "book": books,
    "books": books,
    "account": books,
    "entry": books,
    "document": books,
    "chain": books,
    "opening": bookkeepers,
    "open-data": everybody,
    "open-data-file": everybody,
    "open-data-numbers": bookkeepers,
    "record": bookkeepers,
    "record-event": bookkeepers,
    "third-parties": bookkeepers,
    "treatments": books,
    "treatment-choose": bookkeepers,
    "book-drafts": bookkeepers,
    "book-draft-new": bookkeepers,
    "book-draft": bookkeepers,
    "lettering": bookkeepers,
    "fec-years": books,
    "fec": fec_takers,
    "fec-description": books,
    "fec-check": fec_takers,
    "pack": books,
    "pack-file": books,
    "pack-program": books,
    "anchors": books,
    "anchor-file": books,
    "statement-years": books,
    "statement-year": books,
    "statement": books,
    "statement-file": books,
    "statement-line": books,
    # the auditor's desk and the bank
    "anomalies": books,
    "anomalies-csv": books,
    "audit": audit_desk,
    "audit-sample-new": audit_desk,
    "audit-sample": audit_desk,
    "audit-sample-csv": audit_desk,
    "audit-tick": audit_desk,
    "audit-note-new": audit_desk,
    "audit-note": audit_questions,
    "audit-questions": audit_questions,
    "bank": books,
    "bank-import": bookkeepers,
    "bank-line": books,
    "bank-reconciliation": books,
    "bank-reconciliation-paper": books,
    "notoriety": everybody,
    "notoriety-project": everybody,
    "notoriety-statement": everybody,
    "notoriety-declare": notoriety_declarer,
    "notoriety-contest": notoriety_contester,
    "notoriety-decide": notoriety_adopter,
    "notoriety-adopt": notoriety_adopter,
    "credits": everybody,
    "credits-paper": everybody,
    "interests": committee_room,
    "files": committee_room,
    "files-csv": committee_room,
    "file": committee_room,
    "file-document": committee_room,
    "file-report": committee_room,
    "file-scores": committee_room,
    "rapporteurs": committee_room,
    "scores": committee_room,
    "scores-csv": committee_room,
    "scenarios": committee_room,
    "scenario-put": secretary,
    "decision": committee_room,
    "decision-record": committee_room,
    "decision-confirm": secretary,
    "dissent": committee,
    "minutes": minutes,
    "minutes-paper": minutes,
    "notices": secretary,
    "award-letter": award_letter,
    "mails": mails,
    "calls": everybody,
    "call-new": secretary,
    "applications": applicants,
    "application-start": applicants,
    "application": own_application,
    "application-edit": own_application,
    "application-documents": own_application,
    "application-document": own_application,
    "application-file": own_application,
    "application-withdraw": own_application,
    "application-fit": own_application,
    "application-sponsor": application_sponsors,
    "application-member-fit": application_sponsors,
    "application-admission": application_keeper,
    "admission-document": application_keeper,
    "committee": committee_room,
    "debates": committee_room,
    "debate": committee_room,
    "meetings": committee_room,
    "meeting": committee_room,
    "votes": committee_room,
    "vote": committee_room,
    "vote-papers": committee_room,
    "ballot": committee,
    "vote-link": everybody,
    # closing of a year
    "years": books,
    "closing": books,
    "year-turn": bookkeepers,
    "year-open": bookkeepers,
    "year-close": bookkeepers,
    "year-inventory": bookkeepers,
    "result-allocation": bookkeepers,
    "dedicated-funds": books,
    "dedicated-funds-book": bookkeepers,
    "conventions": books,
    "convention-record": bookkeepers,
    # facts for the notes to the accounts
    "annex": books,
    "annex-authority": bookkeepers,
    "annex-instalment": bookkeepers,
}
"""By the name of the address. The addresses that Django serves itself are in `OPEN`."""

DESK_OF_AUDITORS: Final = (audit_desk, audit_questions, fec_takers)
"""The audiences of the only pages on which an auditor acts."""

OPEN: Final = frozenset({"sign-out", "desk", "language", "live", "ready", "robots"})
"""Addresses without a fund: technical ones, and the desk, which asks whoever is unknown to sign in."""


def seats_of(user: Any, on: date) -> tuple[Seat, ...]:
    """The seats that a user holds on a day; none for whoever is not signed in."""
    if not user.is_authenticated:
        return ()
    rows = Access.objects.filter(Q(until=None) | Q(until__gte=on), user=user, since__lte=on)
    return tuple(
        Seat(fund, role, party or "") for fund, role, party in rows.values_list("fund__slug", "role", "party__code")
    )


def visible_to(audience: Audience) -> Callable[[View], View]:
    """Let the audience in; for everybody else the page does not exist.

    The view receives the `Fund` in the place of its slug, and a request that knows its seats and the day.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **route: Any) -> HttpResponseBase:
            if any("\0" in part for part in route.values() if isinstance(part, str)):
                raise Http404  # no code holds one, and PostgreSQL refuses to look it up
            seated = _seated(request)
            if request.method not in _READING and audience not in DESK_OF_AUDITORS:
                # An auditor reads every page and acts on none of them: whatever is sent, the seat opens nothing.
                seated.seats = roles.acting_seats(seated.seats)
            slug = route.get("fund", "")
            if slug:
                route["fund"] = Fund.objects.filter(slug=slug).first()
            if (slug and route["fund"] is None) or not audience(Asked(seated.seats, slug, route)):
                raise Http404
            return _kept_private(view(seated, **route), seated)

        return guarded

    return guard


def signed_in(view: View) -> View:
    """Ask whoever is unknown to sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, **route: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        seated = _seated(request)
        return _kept_private(view(seated, **route), seated)

    return guarded


def _seated(request: HttpRequest) -> SeatedRequest:
    seated = cast(SeatedRequest, request)
    seated.today = timezone.localdate()
    seated.seats = seats_of(request.user, seated.today)
    return seated


def _kept_private(response: HttpResponseBase, request: SeatedRequest) -> HttpResponseBase:
    """No cache keeps what somebody saw while signed in: computers are shared, and this is about money."""
    if request.user.is_authenticated:
        add_never_cache_headers(response)
    return response
