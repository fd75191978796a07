"""The trace: every calculation as a list of steps that a person can read and a machine can redo.

The engine computes with the `Pen` of a `Recorder`, so an amount that it gives was made by the recorded steps and
by nothing else. `replay` does them again from the trace alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, TypeAlias

from fund.charter.apportionment import Round, apportioned, first_followed, rounds
from fund.charter.grammar import Charter
from fund.charter.rules import FormWord
from ledger.money import rounded

Number: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number, and the step that gave it; a number of the facts or the charter has no step."""

    value: Number
    step: int | None = None


ZERO = Quantity(0)


@dataclass(frozen=True, slots=True)
class Claim:
    """Under one line of a sharing: its share of the whole, and the beneficiary's figure in its key.

    `key` is empty when the line has one beneficiary alone.
    """

    line: int
    share: Fraction
    key: str
    figure: Number


@dataclass(frozen=True, slots=True)
class Portion:
    """What one party receives in one form: its claims, what it held before, its ceiling, and its part."""

    party: str
    form: FormWord
    claims: tuple[Claim, ...]
    held: int
    ceiling: int | None = None
    part: int = 0

    @property
    def name(self) -> str:
        """How the sharing orders exact ties."""
        return f"{self.party} {self.form}"


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: which article asked for it, on which fact, with which operands, giving what.

    `kind` says what the number means (`franchise`), `operation` how it was made (`difference`). `about`
    names the fact: a member, a deduction, a reason. `event` is the position in the facts as given.
    """

    number: int
    article: str
    kind: str
    operation: str
    operands: tuple[Quantity, ...]
    value: Number
    event: int | None = None
    about: str = ""
    portions: tuple[Portion, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which text the numbers were made under."""

    title: str
    version: str
    sha256: str

    @classmethod
    def of(cls, charter: Charter) -> Identity:
        """The identity of a charter that was read."""
        return cls(charter.head.title, charter.head.version, charter.sha256)


@dataclass(frozen=True, slots=True)
class Trace:
    """Steps in the order they were made, and the charter they apply."""

    charter: Identity
    steps: tuple[Step, ...]


def _least(*values: Number) -> Number:
    return min(values)


def _greatest(*values: Number) -> Number:
    return max(values)


def _product(left: Number, right: Number) -> Number:
    return left * right


def _difference(left: Number, right: Number) -> Number:
    return left - right


def _sum(*values: Number) -> Number:
    return sum(values)


def _quotient(left: Number, right: Number) -> Number:
    return Fraction(left) / right


def _whole_below(value: Number) -> Number:
    return value.numerator // value.denominator


def _whole_above(value: Number) -> Number:
    return -(-value.numerator // value.denominator)


def _nearest(value: Number) -> Number:
    return value if isinstance(value, int) else rounded(value)


OPERATIONS: Mapping[str, Callable[..., Number]] = {
    "least": _least,
    "greatest": _greatest,
    "product": _product,
    "difference": _difference,
    "sum": _sum,
    "quotient": _quotient,
    "whole-below": _whole_below,
    "whole-above": _whole_above,
    "nearest": _nearest,
}
"""All the arithmetic there is; `given` takes a number as it stands and `share-out` divides by weights."""


TIE_BREAK = "next unit due earliest, then larger fraction, then name"
"""How a sharing gives the last units away; written in its step."""


@dataclass(slots=True)
class Recorder:
    """The steps written so far; `pen` writes the next ones for one article, and one event where there is one."""

    steps: list[Step] = field(default_factory=list)

    def pen(self, article: str, event: int | None = None) -> Pen:
        """Something to compute with for this article."""
        return Pen(self.steps, article, event)


@dataclass(frozen=True, slots=True)
class Pen:
    """Computes and writes down, in one go: each method does its operation and leaves a step of this kind."""

    steps: list[Step]
    article: str
    event: int | None

    def given(self, kind: str, value: Number, *, about: str = "") -> Quantity:
        """Take a number from the facts or from the charter."""
        return self._write(kind, "given", (Quantity(value),), value, about)

    def least(self, kind: str, *of: Quantity, about: str = "") -> Quantity:
        """The smallest of them."""
        return self._apply("least", kind, of, about)

    def greatest(self, kind: str, *of: Quantity, about: str = "") -> Quantity:
        """The largest of them."""
        return self._apply("greatest", kind, of, about)

    def sum(self, kind: str, left: Quantity, right: Quantity, *, about: str = "") -> Quantity:
        """Both together."""
        return self._apply("sum", kind, (left, right), about)

    def difference(self, kind: str, left: Quantity, right: Quantity, *, about: str = "") -> Quantity:
        """The first less the second."""
        return self._apply("difference", kind, (left, right), about)

    def product(self, kind: str, figure: Quantity, rate: Fraction | Quantity, *, about: str = "") -> Quantity:
        """A rate of a figure."""
        return self._apply("product", kind, (figure, rate if isinstance(rate, Quantity) else Quantity(rate)), about)

    def quotient(self, kind: str, figure: Quantity, rate: Fraction, *, about: str = "") -> Quantity:
        """What the figure is this rate of."""
        return self._apply("quotient", kind, (figure, Quantity(rate)), about)

    def nearest(self, kind: str, exact: Quantity) -> Quantity:
        """The nearest whole unit, half away from zero."""
        return self._apply("nearest", kind, (exact,))

    def whole_below(self, kind: str, exact: Quantity) -> Quantity:
        """The last whole unit that does not exceed it."""
        return self._apply("whole-below", kind, (exact,))

    def whole_above(self, kind: str, exact: Quantity) -> Quantity:
        """The first whole unit that reaches it."""
        return self._apply("whole-above", kind, (exact,))

    def share_out(self, total: Quantity, portions: Sequence[Portion]) -> tuple[Portion, ...]:
        """Divide a whole amount among the portions; what does not fit under the ceilings stays undivided."""
        parts = parts_of(total.value, portions)
        shared = tuple(replace(portion, part=parts[portion.name]) for portion in portions)
        self._write("sharing", "share-out", (total,), total.value, TIE_BREAK, shared)
        return shared

    def _apply(self, operation: str, kind: str, operands: tuple[Quantity, ...], about: str = "") -> Quantity:
        value = OPERATIONS[operation](*[operand.value for operand in operands])
        return self._write(kind, operation, operands, value, about)

    def _write(
        self,
        kind: str,
        operation: str,
        operands: tuple[Quantity, ...],
        value: Number,
        about: str,
        portions: tuple[Portion, ...] = (),
    ) -> Quantity:
        number = len(self.steps)
        self.steps.append(Step(number, self.article, kind, operation, operands, value, self.event, about, portions))
        return Quantity(value, number)


def weights_of(portions: Iterable[Portion]) -> dict[str, Fraction]:
    """The weight of each portion, by name: a claim weighs `share × figure ÷ all figures of that line`."""
    figures: dict[int, Number] = defaultdict(int)
    for portion in portions:
        for claim in portion.claims:
            figures[claim.line] += claim.figure
    return {
        portion.name: sum((c.share * c.figure / figures[c.line] for c in portion.claims if figures[c.line]), Fraction())
        for portion in portions
    }


def rounds_of(total: Number, portions: Sequence[Portion]) -> tuple[Round, ...]:
    """The turns in which ceilings fill up, when the portions share a whole amount; parties by the portion's name."""
    ceilings = {portion.name: portion.ceiling for portion in portions if portion.ceiling is not None}
    held = {portion.name: portion.held for portion in portions}
    return tuple(rounds(_nearest(total).numerator, weights_of(portions), held=held, ceilings=ceilings))


def first_total(least: Number, portions: Sequence[Portion]) -> int:
    """The first total, from `least` on, at which what the portions hold follows their weights."""
    held = {portion.name: portion.held for portion in portions}
    return first_followed(_nearest(least).numerator, weights_of(portions), held=held)


def parts_of(total: Number, portions: Sequence[Portion]) -> dict[str, int]:
    """The part of each portion, by name."""
    ceilings = {portion.name: portion.ceiling for portion in portions if portion.ceiling is not None}
    held = {portion.name: portion.held for portion in portions}
    return apportioned(_nearest(total).numerator, weights_of(portions), held=held, ceilings=ceilings)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a trace gives when it is done again: a value per step, and the parts of each sharing."""

    values: Mapping[int, Number]
    parts: Mapping[int, Mapping[str, int]]


def replay(steps: Sequence[Step]) -> Replayed:
    """Do the steps again, trusting only the numbers they were given.

    An operand that an absent step made (the trace of one amount begins where the last one ended) is
    taken as it is written.
    """
    values: dict[int, Number] = {}
    parts: dict[int, Mapping[str, int]] = {}
    for step in steps:
        operands = [values.get(o.step, o.value) if o.step is not None else o.value for o in step.operands]
        if step.operation == "share-out":
            values[step.number] = operands[0]
            parts[step.number] = parts_of(operands[0], step.portions)
        elif step.operation == "given":
            values[step.number] = operands[0]
        else:
            values[step.number] = OPERATIONS[step.operation](*operands)
    return Replayed(values, parts)


def differences(steps: Sequence[Step]) -> tuple[int, ...]:
    """The numbers of the steps whose recorded result is not what doing them again gives."""
    again = replay(steps)
    return tuple(
        step.number
        for step in steps
        if again.values[step.number] != step.value
        or any(again.parts[step.number][portion.name] != portion.part for portion in step.portions)
    )


def step_as_json(step: Step) -> dict[str, Any]:
    """A step as plain JSON values; exact numbers are text (`2/25`), amounts count minor units."""
    written: dict[str, Any] = {
        "step": step.number,
        "article": step.article,
        "kind": step.kind,
        "operation": step.operation,
        "operands": [
            {"value": str(o.value)} if o.step is None else {"value": str(o.value), "step": o.step}
            for o in step.operands
        ],
        "value": str(step.value),
    }
    if step.event is not None:
        written["event"] = step.event
    if step.about:
        written["about"] = step.about
    if step.portions:
        written["portions"] = [_portion_as_json(portion) for portion in step.portions]
    return written


def _portion_as_json(portion: Portion) -> dict[str, Any]:
    return {
        "party": portion.party,
        "form": portion.form,
        "claims": [
            {"line": c.line, "share": str(c.share), "key": c.key, "figure": str(c.figure)} for c in portion.claims
        ],
        "held": portion.held,
        "ceiling": portion.ceiling,
        "part": portion.part,
    }


def step_from_json(written: Mapping[str, Any]) -> Step:
    """The step that `step_as_json` wrote; raises KeyError or ValueError for anything else."""
    return Step(
        number=written["step"],
        article=written["article"],
        kind=written["kind"],
        operation=written["operation"],
        operands=tuple(Quantity(_number(o["value"]), o.get("step")) for o in written["operands"]),
        value=_number(written["value"]),
        event=written.get("event"),
        about=written.get("about", ""),
        portions=tuple(
            Portion(
                p["party"],
                p["form"],
                tuple(Claim(c["line"], Fraction(c["share"]), c["key"], _number(c["figure"])) for c in p["claims"]),
                p["held"],
                p["ceiling"],
                p["part"],
            )
            for p in written.get("portions", ())
        ),
    )


def _number(text: str) -> Number:
    exact = Fraction(text)
    return exact.numerator if exact.denominator == 1 else exact
