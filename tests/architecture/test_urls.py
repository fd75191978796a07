"""Every address of the site has an audience in the table of accesses, and its door asks that audience."""

import inspect
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from fund.web.access import ACCESS, OPEN


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


PATTERNS = list(patterns(get_resolver()))


def test_every_address_is_in_the_table_once() -> None:
    assert sorted(str(pattern.name) for pattern in PATTERNS) == sorted([*ACCESS, *OPEN])


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p.name in ACCESS], ids=lambda p: str(p.name))
def test_the_door_asks_the_audience_of_the_table(pattern: URLPattern) -> None:
    held = inspect.getclosurevars(pattern.callback).nonlocals
    assert held.get("audience") is ACCESS[str(pattern.name)]
