"""An answer of `charter run --json` done again from its own trace: no charter, no facts, no engine.

Every step must follow from its operands, every operand from the step that it names, and every amount of
the answer from the steps. What is not so is refused at the first place where it is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import lcm
from typing import Any

from fund.charter.faults import AmountUnproven, StepDoesNotFollow, TraceInvalid
from fund.charter.reading.slots import FloatText
from fund.charter.trace import Number, Step, differences, step_from_json
from ledger.errors import LedgerError

LARGEST_FILE = 256 * 2**20
LONGEST_NUMBER = 400
"""Digits of one number of a trace: the exact numbers of a real one have a few dozen."""
LARGEST_DENOMINATOR = 10**4_000
"""Of all the weights of one sharing together: beyond, dividing would take for ever."""

_NUMBER = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?", re.ASCII)
_MAJOR = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One amount of the answer that its trace gives: what it is called, and its text as it is written."""

    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class Replay:
    """How many steps were done again, and the amounts that they confirm, in the order of the answer."""

    steps: int
    amounts: tuple[Confirmed, ...]


def replay_answer(source: bytes | str) -> Replay:
    """Do every step of an answer again and confirm its amounts.

    Raises TraceInvalid when the text is no answer, StepDoesNotFollow at the first step whose result is not
    what its operands give, AmountUnproven at the first amount that the steps do not give.
    """
    answer = _document(source)
    trace = answer.get("trace")
    if not isinstance(trace, list):
        raise TraceInvalid(where="trace", why="list")
    series: dict[str | None, list[Step]] = {}
    for at, written in enumerate(trace):
        step, member = _step(written, f"trace[{at}]")
        steps = series.setdefault(member, [])
        if step.number != len(steps):
            raise TraceInvalid(where=f"trace[{at}].step", why="number")
        _follows(step, steps, at)
        steps.append(step)
    amounts = tuple(_amounts(answer, series))
    return Replay(len(trace), amounts)


def _document(source: bytes | str) -> Mapping[str, Any]:
    if len(source) > LARGEST_FILE:
        raise TraceInvalid(where="", why="large")
    try:
        document = json.loads(source, parse_float=FloatText, parse_constant=FloatText)
    except (ValueError, RecursionError):
        raise TraceInvalid(where="", why="json") from None
    if not isinstance(document, dict):
        raise TraceInvalid(where="", why="object")
    return document


def _step(written: Any, where: str) -> tuple[Step, str | None]:
    """The step that is written, and the member whose contribution it belongs to."""
    if not isinstance(written, dict):
        raise TraceInvalid(where=where, why="object")
    member = written.get("member")
    if member is not None and not _is_text(member):
        raise TraceInvalid(where=f"{where}.member", why="text")
    try:
        _check_shape(written)
        return step_from_json(written), member
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError):
        raise TraceInvalid(where=where, why="step") from None


def _check_shape(written: Mapping[str, Any]) -> None:
    """Raise ValueError for whatever `step_as_json` never writes; numbers are checked before they are read."""
    numbers = [written["value"], *(operand["value"] for operand in written["operands"])]
    wholes = [written["step"], *(operand["step"] for operand in written["operands"] if "step" in operand)]
    texts = [written["article"], written["kind"], written["operation"], written.get("about", "")]
    wholes += [written["event"]] if "event" in written else []
    names = set()
    for portion in written.get("portions", ()):
        names.add((portion["party"], portion["form"]))
        texts += [portion["party"], portion["form"], *(claim["key"] for claim in portion["claims"])]
        numbers += [claim[slot] for claim in portion["claims"] for slot in ("share", "figure")]
        wholes += [portion["held"], portion["part"], *(claim["line"] for claim in portion["claims"])]
        wholes += [] if portion["ceiling"] is None else [portion["ceiling"]]
    if (
        not all(_is_text(text) for text in texts)
        or not all(_is_text(number) and _NUMBER.fullmatch(number) for number in numbers)
        or not all(isinstance(whole, int) and not isinstance(whole, bool) for whole in wholes)
        or any(abs(whole) >= 10**LONGEST_NUMBER for whole in wholes)
        or len(names) != len(written.get("portions", ()))
    ):
        raise ValueError


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, FloatText)


def _follows(step: Step, before: list[Step], at: int) -> None:
    """Refuse a step whose operands are not what earlier steps gave, or whose result is not what they make."""
    for operand in step.operands:
        if operand.step is not None and not (
            0 <= operand.step < len(before) and before[operand.step].value == operand.value
        ):
            raise StepDoesNotFollow(at=at, article=step.article, kind=step.kind, written=str(operand.value))
    bottom = lcm(*(n.denominator for p in step.portions for c in p.claims for n in (c.share, c.figure)))
    try:
        sound = bottom < LARGEST_DENOMINATOR and not differences([step])
    except (TypeError, KeyError, IndexError, ZeroDivisionError, LedgerError):
        sound = False
    if not sound:
        raise StepDoesNotFollow(at=at, article=step.article, kind=step.kind, written=str(step.value))


def _amounts(answer: Mapping[str, Any], series: Mapping[str | None, list[Step]]) -> Iterator[Confirmed]:
    """Each amount of the answer with what the steps give for it; the first that differs is refused."""
    main = series.get(None, [])
    called = {f"contributions.{member}": steps[-1].value for member, steps in series.items() if member is not None}
    yield from _confirmed(called, _listed(answer, "contributions"))
    yield from _confirmed(_due_of(main), list(_due_lines(answer)))
    yield from _confirmed(_totals_of(main), list(_total_lines(answer)))
    if "uncovered" in answer:
        yield from _confirmed({"uncovered": _uncovered(main)}, [("uncovered", answer["uncovered"])])


def _confirmed(given: Mapping[str, Number], lines: Iterable[tuple[str, Any]]) -> Iterator[Confirmed]:
    """Each line that is written, when the steps give it; a step's amount that no line shows is refused too."""
    seen: set[str] = set()
    for name, text in lines:
        if not _is_text(text) or not _MAJOR.fullmatch(text):
            raise TraceInvalid(where=name, why="amount")
        # Minor units are the digits without the point, whatever the decimals of the currency.
        if name in seen or given.get(name, 0) != int(text.replace(".", "")):
            raise AmountUnproven(name=name, written=text)
        seen.add(name)
        yield Confirmed(name, text)
    for name, value in given.items():
        if name not in seen and value:
            raise AmountUnproven(name=name, written="")


def _listed(answer: Mapping[str, Any], slot: str) -> list[tuple[str, Any]]:
    held = answer.get(slot, {})
    if not isinstance(held, dict):
        raise TraceInvalid(where=slot, why="object")
    return [(f"{slot}.{name}", value) for name, value in held.items()]


def _due_lines(answer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    lines = answer.get("due", [])
    if not isinstance(lines, list):
        raise TraceInvalid(where="due", why="list")
    for at, line in enumerate(lines):
        if not isinstance(line, dict) or not {"event", "rule", "base", "amount"} <= line.keys():
            raise TraceInvalid(where=f"due[{at}]", why="object")
        place = f"due {line['event']} {line['rule']}"
        yield place, line["amount"]
        yield f"{place} base", line["base"]


def _due_of(steps: Iterable[Step]) -> dict[str, Number]:
    """What each event makes due under each rule, and what it was counted for."""
    given: dict[str, Number] = {}
    for step in steps:
        place = f"due {step.event} {step.article.partition('.')[2]}"
        if step.kind == "counted":
            given[f"{place} base"] = step.operands[-1].value
        elif step.kind == "above-break-even":
            given[f"{place} base"] = step.value
        elif step.kind == "due":
            given[place] = step.value
    return given


def _total_lines(answer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for party, forms in _listed(answer, "totals"):
        if not isinstance(forms, dict):
            raise TraceInvalid(where=party, why="object")
        yield from ((f"{party} {form}", text) for form, text in forms.items())


def _totals_of(steps: Iterable[Step]) -> dict[str, Number]:
    """What each party has in each form, all rules together."""
    given: dict[str, Number] = {}
    for step in steps:
        parts: list[tuple[str, Number]] = [(f"totals.{p.party} {p.form}", p.part) for p in step.portions]
        if step.kind == "kept":
            parts = [(f"totals.{step.about} retained", step.value)]
        elif step.kind == "borne":
            parts = [(f"totals.{step.about} loss", step.value)]
        elif step.kind == "member-limit":
            parts = [(f"totals.{step.about} loss", step.value - step.operands[0].value)]
        for name, part in parts:
            given[name] = given.get(name, 0) + part
    return given


def _uncovered(steps: Iterable[Step]) -> Number:
    """What nobody bears: what is left of a loss borne in turn, else what a sharing leaves and limits cut off."""
    left: dict[str, Number] = {}
    in_turn: dict[str, Number] = {}
    for step in steps:
        if step.operation == "share-out":
            left[step.article] = left.get(step.article, 0) + step.value - sum(p.part for p in step.portions)
        elif step.kind == "member-limit":
            left[step.article] = left.get(step.article, 0) + step.operands[0].value - step.value
        elif step.kind == "left-to-bear":
            in_turn[step.article] = max(0, step.value)
    return sum((left | in_turn).values())
