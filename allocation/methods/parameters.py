"""What a method can be told: words, whole numbers, fractions written as text; each checked before it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocation.errors import ParameterInvalid

Parameters = Mapping[str, str | int]

NUMBER_LIMIT = 1_000_000
_FRACTION = re.compile(r"[0-9]{1,9}(?:/[0-9]{1,9}|\.[0-9]{1,9})?%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method; `default` is taken when nothing is said.

    With `choices` it is one of these words. Otherwise it is a whole number from 0 to `limit` where the
    default is a number, and where it is a text a fraction above 0 (`1`, `0.5`, `1/3`, `1%`), stored as written.
    `only_with` names another parameter and those of its values with which this one exists; with others it is
    neither stored nor taken.
    """

    default: str | int
    choices: tuple[str, ...] = ()
    only_with: tuple[str, tuple[str, ...]] | None = None
    limit: int = NUMBER_LIMIT

    @property
    def accepted(self) -> str:
        if self.choices:
            return " | ".join(self.choices)
        if isinstance(self.default, int):
            return f"a whole number from 0 to {self.limit}"
        return "a fraction above 0, like 1, 0.5, 1/3 or 1%"

    def takes(self, value: object) -> bool:
        """Whether a value is one of the choices, a whole number within bounds, or a fraction as text."""
        if self.choices:
            return value in self.choices
        if isinstance(self.default, int):
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= self.limit
        return isinstance(value, str) and is_fraction(value)

    def exists_with(self, others: Mapping[str, object]) -> bool:
        """Whether the method has this parameter, given the others."""
        return self.only_with is None or others.get(self.only_with[0]) in self.only_with[1]


def is_fraction(text: str) -> bool:
    """Whether a text is a fraction above 0 as parameters write it."""
    if not _FRACTION.fullmatch(text):
        return False
    _, _, below = text.rstrip("%").partition("/")
    return not (below and int(below) == 0) and fraction_of(text) > 0


def fraction_of(text: str) -> Fraction:
    """The fraction that a parameter writes; a per cent sign divides it by a hundred.

    >>> fraction_of("1/3"), fraction_of("0.5"), fraction_of("1%")
    (Fraction(1, 3), Fraction(1, 2), Fraction(1, 100))
    """
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def completed(method: str, known: Mapping[str, Parameter], given: Mapping[str, object]) -> dict[str, str | int]:
    """The given parameters with the defaults of the others; refuses what the method does not take.

    A parameter that exists only with a value of another must come after it in `known`.
    """
    unknown = [name for name in given if name not in known]
    if unknown:
        name = unknown[0]
        raise ParameterInvalid(method=method, name=name, value=given[name], accepted=", ".join(known))
    settled: dict[str, str | int] = {}
    for name, parameter in known.items():
        if not parameter.exists_with(settled):
            if name in given:
                accepted = ", ".join(other for other in known if known[other].exists_with(settled))
                raise ParameterInvalid(method=method, name=name, value=given[name], accepted=accepted)
            continue
        value = given.get(name, parameter.default)
        if not parameter.takes(value) or not isinstance(value, str | int):
            raise ParameterInvalid(method=method, name=name, value=value, accepted=parameter.accepted)
        settled[name] = value
    return settled
