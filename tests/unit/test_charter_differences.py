"""Two charters compared: no slot is forgotten, what changes for whom, and a worked example side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import pytest

from fund.charter.differences import changes_between, differences, sections
from fund.charter.effects import effects
from fund.charter.grammar import Charter
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped_text
from fund.charter.words.difference_texts import comparison_lines
from fund.charter.words.grammar_words import CLASSES, SECTIONS, SLOTS, WORDS
from fund.charter.words.slot_words import value_words
from ledger.money import EUR, Unit, unit_of
from tests.charters import SMALL

CREAFONDS = shipped_text("creafonds").decode()


def changed(*edits: tuple[str, str], text: str = CREAFONDS) -> tuple[Charter, Charter]:
    """A charter and the same one with texts replaced, once each."""
    new = text
    for old, other in edits:
        assert old in new
        new = new.replace(old, other, 1)
    return read_charter(text), read_charter(new)


def plain(lines: Iterator[str] | tuple[str, ...]) -> str:
    return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")


# Every class of the grammar, every field of it, changed alone


def reached(kind: type) -> tuple[set[type], set[str]]:
    """Every class that a value of this class may hold, and every word of its choices, found by the type hints."""
    classes: set[type] = set()
    words: set[str] = set()
    waiting: list[Any] = [kind]
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, str):
            words.add(hint)
        elif isinstance(hint, type) and is_dataclass(hint) and hint is not Unit and hint not in classes:
            classes.add(hint)
            waiting += get_type_hints(hint).values()
        else:
            waiting += get_args(hint)
    return classes, words


CLASSES_REACHED, WORDS_REACHED = reached(Charter)
CLASSES_OF_THE_GRAMMAR = sorted(CLASSES_REACHED, key=lambda kind: kind.__name__)


def some(hint: Any) -> Any:
    """A value of this type."""
    return values_of(hint)[0]


def values_of(hint: Any) -> list[Any]:
    """Values of this type that differ from one another, at least two where the type has them."""
    plain_values = {
        str: ["un", "deux"],
        int: [1, 2],
        bool: [True, False],
        Fraction: [Fraction(1, 3), Fraction(1, 2)],
        date: [date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=1)],
        Unit: [EUR, unit_of("CHF")],
        type(None): [None],
    }
    if hint in plain_values:
        return plain_values[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        field, other = next(iter(others_of(hint)), (None, None))
        return [made(hint), *([made(hint, {field: other})] if field else [])]
    origin, arguments = getattr(hint, "__origin__", None), get_args(hint)
    if origin is tuple:
        return [(each,) for each in values_of(arguments[0])] + [()]
    if origin is frozenset:
        return [frozenset({each}) for each in values_of(arguments[0])] + [frozenset()]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        keys = values_of(arguments[0])
        return [{keys[0]: each} for each in values_of(arguments[1])] + [{}]
    if all(not isinstance(argument, type) and not get_args(argument) for argument in arguments):
        return list(arguments)  # Literal
    return [value for argument in arguments for value in values_of(argument)]


def made(kind: type, given: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """An instance of a class of the grammar, each field with some value unless it is given."""
    hints = get_type_hints(kind)
    return kind(**{f.name: given[f.name] if f.name in given else some(hints[f.name]) for f in fields(kind)})


def others_of(kind: type) -> list[tuple[str, Any]]:
    """Each field of a class with every other value that it may have."""
    hints = get_type_hints(kind)
    return [(field.name, other) for field in fields(kind) for other in values_of(hints[field.name])[1:]]


@pytest.mark.parametrize("kind", CLASSES_OF_THE_GRAMMAR, ids=lambda kind: kind.__name__)
def test_every_field_of_every_class_changed_alone_is_reported_and_said(kind: type) -> None:
    one = made(kind)
    for field, other in others_of(kind):
        two = replace(one, **{field: other})
        found = list(changes_between(one, two))
        assert found, f"{kind.__name__}.{field}: {getattr(one, field)!r} → {other!r}"
        for change in found:
            slot = change.path[-1].slot if change.path else ""
            for language in ("fr", "en"):
                said = [value_words(slot, value, EUR, language) for value in (change.old, change.new)]
                assert all(said), f"{kind.__name__}.{field}"
                assert not any("object at" in each or "Fraction(" in each or each == "None" for each in said)


def test_every_part_of_a_charter_is_compared() -> None:
    whole = made(Charter)
    assert set(sections()) == {field.name for field in fields(Charter)} - {"sha256"}
    for field, other in others_of(Charter):
        if field == "sha256":
            continue
        found = [change for change in differences(whole, replace(whole, **{field: other})) if change.kind != "kept"]
        assert found, field
        assert {change.section for change in found} == {field}


def test_every_word_of_the_grammar_has_its_words() -> None:
    slots = {field.name for kind in CLASSES_OF_THE_GRAMMAR for field in fields(kind)}
    assert slots - set(SLOTS) - set(SECTIONS) - {"sha256"} == set()
    assert {kind.__name__ for kind in CLASSES_OF_THE_GRAMMAR} - set(CLASSES) == set()
    assert WORDS_REACHED - set(WORDS) == set()
    assert all(len(pair) == 2 for words in (SLOTS, SECTIONS, CLASSES, WORDS) for pair in words.values())


# Articles


def test_the_same_text_changes_nothing() -> None:
    charter = read_charter(SMALL)
    assert {change.kind for change in differences(charter, charter)} == {"kept"}
    assert effects(charter, charter) == ()
    assert plain(comparison_lines(charter, charter, "en")).endswith("The two texts say the same.")


def test_an_article_is_kept_changed_renamed_added_or_removed() -> None:
    old, new = changed(
        ('name = "lieux"', 'name = "salles"'),
        ("exclude_first_dates = 1", "exclude_first_dates = 3"),
        ('name = "dettes"\nbase = "loss"\nrate = "100 %"', 'name = "pertes"\nbase = "loss"\nrate = "50 %"'),
        text=SMALL,
    )
    found = {(change.section, change.name): change for change in differences(old, new)}
    assert found["contributions", "salles"].kind == "renamed"
    assert found["contributions", "salles"].was == "lieux"
    assert found["contributions", "autres"].kind == "kept"
    assert found["returns", "recettes"].kind == "kept"
    assert found["risks", "pertes"].kind == "added"
    assert found["risks", "dettes"].kind == "removed"
    (change,) = found["returns", "suite"].changes
    assert [place.slot for place in change.path] == ["counts", "exclude_first_dates"]
    assert (change.old, change.new) == (1, 3)


def test_articles_in_another_order_are_said() -> None:
    charter = read_charter(SMALL)
    turned = replace(charter, tranches=tuple(reversed(charter.tranches)))
    (moved,) = (change for change in differences(charter, turned) if change.kind == "moved")
    assert (moved.changes[0].old, moved.changes[0].new) == (("debut", "solde"), ("solde", "debut"))
    assert "in another order" in plain(comparison_lines(charter, turned, "en"))


def test_lines_of_a_sharing_are_matched_by_who_receives() -> None:
    old, new = changed(
        ('to = "fund"\nshare = "60 %"', 'to = "fund"\nshare = "50 %"'),
        ('to = "company"\nshare = "10 %"\nform = "locked"', 'to = "reserve"\nshare = "20 %"\nform = "cash"'),
    )
    told = plain(comparison_lines(old, new, "en"))
    assert "sharing, the fund, share: 60% → 50%" in told
    assert "sharing, the project’s company: a party: to the project’s company, share 10%, form locked" in told
    assert "sharing, the reserve: none → a party: to the reserve, share 20%, form in cash" in told


def test_slots_are_said_with_their_values_and_units() -> None:
    old, new = changed(
        ('cap = "80 % of allocation"', 'cap = "9000.00"'),
        ("window_months = 48", "window_months = 18"),
        ('cap = "5000.00"', 'floor = "50.00"'),
        ('rate = "8 %"', 'rate = "1/3"'),
    )
    french = plain(comparison_lines(old, new, "fr"))
    assert "plafond : 80 % de l’allocation → 9 000,00 EUR" in french
    assert "fenêtre : 48 mois (4 ans) → 18 mois" in french
    assert "plancher : aucun → 50,00 EUR" in french
    assert "taux : 8 % → 1/3" in french


def test_mappings_of_any_kind_are_compared_line_by_line() -> None:
    (change,) = changes_between({"a": 1, "b": 2}, MappingProxyType({"a": 1, "b": 3}))
    assert (change.old, change.new) == (2, 3)
