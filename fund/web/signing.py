"""Signing in and out, and the desk: what one person may open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from fund.models import Access
from fund.queries.desks import desk_of, waiting
from fund.web.access import SeatedRequest
from fund.web.pages import show
from fund.web.places import with_addresses


def ready_made() -> QuerySet[Access]:
    """The accesses of the demonstration's users: each is named after the one role it has."""
    return Access.objects.filter(user__username=F("role"), user__is_active=True).select_related("user", "fund", "party")


class SignInForm(AuthenticationForm):
    """Django’s form, with a sentence that says what to do."""

    error_messages = {
        "invalid_login": _("No account has this name and password. Check both, or ask the fund’s administrator."),
        "inactive": _("This account is closed. Ask the fund’s administrator."),
    }


class SignIn(LoginView):
    """The sign-in page; in the demonstration setting it lists the ready-made users."""

    form_class = SignInForm
    template_name = "signing/sign_in.html"
    next_page = "desk"
    redirect_authenticated_user = True

    def get_form(self, form_class: type[AuthenticationForm] | None = None) -> AuthenticationForm:
        """The form without autofocus, which would scroll past what stands above it."""
        form = super().get_form(form_class)
        form.fields["username"].widget.attrs.pop("autofocus", None)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ready = ready_made().order_by("pk") if settings.DEMONSTRATION else ()
        return super().get_context_data(ready_made=ready, **kwargs)


@require_POST
def sign_in_ready_made(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's users, without a password."""
    access = ready_made().filter(user__username=request.POST.get("username", "").replace("\0", "")).first()
    if access is None:
        raise Http404
    login(request, access.user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("desk")


def desk(request: SeatedRequest) -> HttpResponse:
    """What this person may open, role by role."""
    facts = desk_of(request.user.pk, request.today)
    now, person = timezone.now(), request.user.get_username()
    seats = [(seat, with_addresses(seat.fund.slug, waiting(seat, person, now))) for seat in facts.seats]
    return show(request, "signing/desk.html", {"desk": facts, "seats": seats, "now": now})
