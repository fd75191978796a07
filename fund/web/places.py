"""Addresses of pages by their names, where a page of that name may be missing."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from fund.queries.tasks import Task


def with_addresses(fund: str, tasks: tuple[Task, ...]) -> list[tuple[Task, str]]:
    """Each task with the address of its page in the fund of this slug."""
    return [(task, address_of(task.door, fund, *task.place)) for task in tasks]


def address_of(name: str, *place: str | int) -> str:
    """The address of a page by its name; nothing where there is no such page."""
    try:
        return reverse(name, args=place)
    except NoReverseMatch:
        return ""
