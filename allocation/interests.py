"""Interests: who declared theirs, who is recused from what, and who may therefore read an application."""

from __future__ import annotations

from allocation.interest_errors import InterestsNotDeclared, PersonRecused
from allocation.models import Application, Call, InterestDeclaration, Recusal


def has_declared(call: Call, person: str) -> bool:
    """Whether the person declared their interests in this call, or that they have none."""
    return InterestDeclaration.objects.filter(call=call, person=person).exists()


def recused_people(application: Application) -> frozenset[str]:
    """Who is recused from an application."""
    return frozenset(Recusal.objects.filter(application=application).values_list("person", flat=True))


def recusals_of(call: Call) -> dict[str, frozenset[int]]:
    """The numbers of the applications from which each person is recused."""
    found: dict[str, set[int]] = {}
    rows = Recusal.objects.filter(application__call=call).values_list("person", "application__number")
    for person, number in rows:
        found.setdefault(person, set()).add(number)
    return {person: frozenset(numbers) for person, numbers in found.items()}


def check_may_read(application: Application, person: str) -> None:
    """Refuse whoever did not declare their interests in the call, or is recused from the application."""
    if not has_declared(application.call, person):
        raise InterestsNotDeclared(slug=application.call.slug)
    if person in recused_people(application):
        raise PersonRecused(number=application.number)
