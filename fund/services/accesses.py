"""Who may sign in and see what: accesses are granted, and end."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from fund.errors import AccessInvalid
from fund.models import Access, Fund, Party, User
from fund.services.interests import apply_rules_everywhere

OF_A_PARTY = ("artist", "member")
"""Roles that are somebody's in particular."""


@transaction.atomic
def grant_access(
    fund: Fund, *, username: str, role: str, on: date, party: str = "", password: str | None = None
) -> Access:
    """Let a user act in a role; a user who does not exist yet is made with the password.

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
    user = User.objects.filter(username=username).first()
    if user is None:
        user = _new_user(username, password)
    access, _ = Access.objects.get_or_create(
        user=user, fund=fund, role=role, party=whose, until=None, defaults={"since": on}
    )
    apply_rules_everywhere(fund, on=on)
    return access


@transaction.atomic
def end_access(fund: Fund, *, username: str, role: str, on: date) -> int:
    """End a user's accesses in a role from a day on, that day included; how many ended."""
    held = Access.objects.filter(fund=fund, user__username=username, role=role, until=None)
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
