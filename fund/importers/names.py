"""A closed list of names: is this one of them, and if not, which is closest."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

NEAREST_ASKED = 200
NEAREST_AMONG = 1000
"""Finding the closest name compares texts: it is a kindness for the first mistakes, not for 200,000 of them."""


class Names:
    """Names in their order. `listed` writes them out, `nearest` is the closest one or nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._known = frozenset(self._names)
        self._nearest: dict[str, str] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._known

    @property
    def listed(self) -> str:
        return ", ".join(self._names)

    def nearest(self, name: str) -> str:
        if name not in self._nearest:
            if len(self._nearest) == NEAREST_ASKED:
                return ""
            near = get_close_matches(name[:80], self._names[:NEAREST_AMONG], n=1)
            self._nearest[name] = near[0] if near else ""
        return self._nearest[name]
