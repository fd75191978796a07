"""What the committee's pages have in common: the call, its reader, and what stands where an application is closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from allocation.models import Application, Call
from fund import roles
from fund.models import Fund
from fund.queries.files import application_of, committee_call
from fund.queries.interests import Reader, reader_of
from fund.web.access import SeatedRequest
from fund.web.pages import show


def call_and_reader(request: SeatedRequest, fund: Fund, slug: str) -> tuple[Call, Reader]:
    """The call of this slug and what the visitor may open in it; a call that takes no applications is not found."""
    call = committee_call(fund, slug)
    if call is None:
        raise Http404
    return call, reader_of(fund, call, request.user.get_username(), request.today)


def application_numbered(call: Call, number: int) -> Application:
    """The application of this number; not found where the committee knows of none."""
    found = application_of(call, number)
    if found is None:
        raise Http404
    return found


def closed_door(request: SeatedRequest, fund: Fund, call: Call, reader: Reader, number: int) -> HttpResponse | None:
    """What whoever may not open the application sees in its place, and nothing of it; None where they may."""
    if number in reader.recused:
        context = {"call": call, "number": number}
        return show(request, "instruction/recused.html", context, fund=fund, status=403)
    if reader.has_to_declare(number):
        messages.info(request, _("Declare your interests first: nobody reads an application before."))
        return redirect("interests", fund.slug, call.slug)
    return None


def closed_to(request: SeatedRequest, fund: Fund, application: Application) -> HttpResponse | None:
    """The same for a page of the secretary: whoever also sits on the committee declares and is recused like others."""
    reader = reader_of(fund, application.call, request.user.get_username(), request.today)
    return closed_door(request, fund, application.call, reader, application.number)


def may_assign(request: SeatedRequest, fund: Fund) -> bool:
    """Whether the visitor says who reads what."""
    return roles.may_run_committee(request.seats, fund.slug)
