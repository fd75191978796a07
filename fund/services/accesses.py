"""Who may sign in and see what: accesses are granted, and end."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from fund.errors import AccessInvalid
from fund.models import Access, Fund, Party, User
from fund.services.actors import take_turn
from fund.services.desk_errors import AccessEndsBeforeItBegins, AuditorAccessEndless
from fund.services.interests import apply_rules_everywhere

OF_A_PARTY = ("artist", "member")
"""Roles that are somebody's in particular."""


@transaction.atomic
def grant_access(
    fund: Fund,
    *,
    username: str,
    role: str,
    on: date,
    party: str = "",
    password: str | None = None,
    until: date | None = None,
) -> Access:
    """Let a user act in a role, until a day where one is given; a user who does not exist is made with the password.

    An auditor is let in until a day. Granted again, an access in force takes the new last day.
    Whoever joins the committee, or speaks for a party from now on, may be recused by rule from what was filed.
    """
    if role not in Access.Role.values:
        raise AccessInvalid(
            why=f"there is no role “{role}”; the roles are {', '.join(Access.Role.values)}",
            pourquoi=f"il n’y a pas de rôle « {role} » ; les rôles sont {', '.join(Access.Role.values)}",
        )
    if (role in OF_A_PARTY) != bool(party):
        raise AccessInvalid(
            why=f"the role {role} {'needs the code of a party' if role in OF_A_PARTY else 'is nobody’s in particular'}",
            pourquoi=f"le rôle {role} "
            + ("demande le code d’un tiers" if role in OF_A_PARTY else "n’est celui d’aucun tiers en particulier"),
        )
    whose = Party.objects.filter(fund=fund, code=party).first() if party else None
    if party and whose is None:
        raise AccessInvalid(
            why=f"{party} is not in the register of {fund.slug}",
            pourquoi=f"{party} n’est pas au registre de {fund.slug}",
        )
    _check_end(username, role, on, until)
    fund = take_turn(fund)
    user = User.objects.filter(username=username).first()
    if user is None:
        user = _new_user(username, password)
    access = in_force(fund, on).filter(user=user, role=role, party=whose).order_by("pk").first()
    if access is None:
        access = Access.objects.create(user=user, fund=fund, role=role, party=whose, since=on, until=until)
    elif access.until != until:
        access.until = until
        access.save(update_fields=["until"])
    apply_rules_everywhere(fund, on=on)
    return access


def _check_end(username: str, role: str, on: date, until: date | None) -> None:
    if until is None and role == Access.Role.AUDITOR:
        raise AuditorAccessEndless(username=username)
    if until is not None and until < on:
        raise AccessEndsBeforeItBegins(on=on, until=until)


def in_force(fund: Fund, on: date) -> QuerySet[Access]:
    """The accesses to a fund that have not ended by a day."""
    return fund.accesses.filter(Q(until=None) | Q(until__gte=on))


@transaction.atomic
def end_access(fund: Fund, *, username: str, role: str, on: date) -> int:
    """End a user's accesses in a role from a day on, that day included; how many ended."""
    held = in_force(fund, on).filter(user__username=username, role=role)
    if not held.exists():
        raise AccessInvalid(
            why=f"{username} has no access as {role} to {fund.slug}",
            pourquoi=f"{username} n’a pas d’accès à {fund.slug} comme {role}",
        )
    begun_today, _ = held.filter(since__gte=on).delete()
    return begun_today + held.filter(since__lt=on).update(until=on - timedelta(days=1))


def _new_user(username: str, password: str | None) -> User:
    if not password:
        raise AccessInvalid(
            why=f"{username} is new and needs a password", pourquoi=f"{username} est nouveau : il faut un mot de passe"
        )
    user = User(username=username)
    try:
        user.full_clean(exclude=["password"])
        validate_password(password, user)
    except ValidationError as refusal:
        raise AccessInvalid(why=_said(refusal, "en"), pourquoi=_said(refusal, "fr")) from None
    user.set_password(password)
    user.save()
    return user


def _said(refusal: ValidationError, language: str) -> str:
    with translation.override(language):
        return " ".join(refusal.messages)
