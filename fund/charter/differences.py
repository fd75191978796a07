"""What changes between two charters, article by article and slot by slot.

Nothing here knows the slots by name: articles and their slots are found by looking at the classes of the
grammar, so a slot that the grammar gains is compared from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, TypeAlias

from fund.charter.grammar import Charter
from fund.charter.rules import FixedLimit, ShareOf
from ledger.money import Unit

Kind = Literal["kept", "changed", "renamed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Place:
    """One step on the way to a slot: `rate`, or one of several in a list, called by what it is (`members`)."""

    slot: str
    which: str = ""
    number: int = 0


Path: TypeAlias = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A slot that does not say the same; None stands for a slot, or a line of a list, that is not there."""

    path: Path
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What becomes of one article. `was` is its former name when only its name has changed.

    `moved` stands for a whole section whose articles come in another order, and `changes` holds the orders.
    """

    section: str
    name: str
    kind: Kind
    changes: tuple[Change, ...] = ()
    was: str = ""


WHOLE = (FixedLimit, ShareOf, Unit)
"""Values that are said in one breath: `80 % of allocation` is compared as it stands."""

_NAMES = ("name", "kind", "to", "category", "fact", "who", "party")
"""The slots by which one line of a list is called, in order of preference; else by its class."""


def differences(old: Charter, new: Charter) -> tuple[ArticleChange, ...]:
    """Every article of either charter, in the order of the new one, those that are removed at their section's end."""
    found: list[ArticleChange] = []
    for section in sections():
        found += _section(section, _articles(section, old), _articles(section, new))
    return tuple(found)


def sections() -> tuple[str, ...]:
    """The parts of a charter, as the grammar names them; the fingerprint is no article."""
    return tuple(field.name for field in fields(Charter) if field.name != "sha256")


def _articles(section: str, charter: Charter) -> dict[str, Any]:
    """The articles of a section by name; a section that is one article has its own name."""
    held = getattr(charter, section)
    if isinstance(held, tuple):
        return {place.which: item for place, item in _placed(section, held)}
    return {} if held is None else {section: held}


def _section(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ArticleChange]:
    gone = [name for name in old if name not in new]
    for name, article in new.items():
        if name in old:
            changes = tuple(changes_between(old[name], article))
            yield ArticleChange(section, name, "changed" if changes else "kept", changes)
            continue
        was = next((other for other in gone if not any(changes_between(old[other], article, but="name"))), "")
        if was:
            gone.remove(was)
            yield ArticleChange(section, name, "renamed", was=was)
        else:
            yield ArticleChange(section, name, "added", (Change((), None, article),))
    for name in gone:
        yield ArticleChange(section, name, "removed", (Change((), old[name], None),))
    before, after = ([name for name in these if name in old and name in new] for these in (old, new))
    if before != after:
        yield ArticleChange(section, section, "moved", (Change((), tuple(before), tuple(after)),))


def changes_between(old: Any, new: Any, path: Path = (), *, but: str = "") -> Iterator[Change]:
    """The slots in which two values differ; a value of another class, or one said in one breath, as a whole."""
    tables = isinstance(old, Mapping) and isinstance(new, Mapping)
    if not tables and (type(old) is not type(new) or isinstance(old, WHOLE)):
        if old != new or type(old) is not type(new):
            yield Change(path, old, new)
    elif is_dataclass(old):
        for field in fields(old):
            if field.name != but:
                step = Place(field.name)
                yield from changes_between(getattr(old, field.name), getattr(new, field.name), (*path, step))
    elif isinstance(old, Mapping):
        rows = [{Place("", _key(key)): value for key, value in these.items()} for these in (old, new)]
        yield from _each(rows[0], rows[1], path)
    elif isinstance(old, tuple) and any(is_dataclass(item) for item in (*old, *new)):
        lines = [dict(_placed(path[-1].slot, these)) for these in (old, new)]
        yield from _each(lines[0], lines[1], path[:-1])
        orders = [tuple(place.which for place in these if place in lines[1 - at]) for at, these in enumerate(lines)]
        if orders[0] != orders[1]:
            yield Change(path, *orders)
    elif old != new:
        yield Change(path, old, new)


def _each(old: Mapping[Place, Any], new: Mapping[Place, Any], path: Path) -> Iterator[Change]:
    """The lines of two lists, each beside the one that is called the same."""
    for place in (*new, *(place for place in old if place not in new)):
        if place not in old or place not in new:
            yield Change((*path, place), old.get(place), new.get(place))
        else:
            yield from changes_between(old[place], new[place], (*path, place))


def _placed(slot: str, items: Sequence[Any]) -> Iterator[tuple[Place, Any]]:
    """Each line of a list with what it is called; a second one of the same name has a number."""
    seen: dict[str, int] = {}
    for item in items:
        which = _name_of(item)
        seen[which] = seen.get(which, 0) + 1
        yield Place(slot, which, seen[which]), item


def _name_of(item: Any) -> str:
    if not is_dataclass(item):
        return str(item)
    own = {field.name: getattr(item, field.name) for field in fields(item)}
    return next((own[slot] for slot in _NAMES if isinstance(own.get(slot), str)), type(item).__name__)


def _key(key: Any) -> str:
    """One line of a table: a slot, or several words."""
    return " ".join(part for part in key if part is not None) if isinstance(key, tuple) else str(key)
