"""An answer done again from its own trace: what is confirmed, what does not follow, and what is no trace at all."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.charter.answers import as_json
from fund.charter.facts import (
    AllocationFacts,
    Facts,
    Loss,
    MemberFacts,
    Period,
    RecipientFacts,
    Recouped,
    Result,
    facts_from_json,
)
from fund.charter.faults import AmountUnproven, CharterError, StepDoesNotFollow, TraceInvalid
from fund.charter.grammar import Charter
from fund.charter.outcomes import run
from fund.charter.reading.reader import read_charter
from fund.charter.replays import replay_answer
from fund.charter.shipped import shipped
from fund.charter.words.replay_texts import replay_lines
from tests.charters import SMALL, a_loss, a_tour, read_json, some_dates, worked_cases

DAY = date(2026, 6, 30)


def answer_of(charter: Charter, facts: Facts) -> dict[str, Any]:
    written = json.loads(json.dumps(as_json(charter, run(charter, facts))))
    assert isinstance(written, dict)
    return written


def many_answers() -> list[tuple[str, dict[str, Any]]]:
    """Answers that hold every way in which a party comes to an amount."""
    turns = read_charter(a_loss('by = "reserve"', 'by = "fund"\nlimit = "0.01"', 'by = "members"\nkey = "equal"'))
    joint = read_charter(a_loss('by = "members"\nkey = "use"\njoint_liability = true\nlimit = "0.20"'))
    used = {"A": MemberFacts(use=Fraction(8)), "B": MemberFacts(use=Fraction(5), defaulted=True)}
    capped = {"A": MemberFacts(cap=3), "B": MemberFacts()}
    pool = {"a": RecipientFacts(Fraction(6)), "b": RecipientFacts(Fraction(9))}
    declared = {"M": MemberFacts(700, use=Fraction(1), declared={"budget": 123_457}, category="venue")}
    periods = tuple(Period(date(2026, month, 1), profit=profit) for month, profit in ((1, 99_999), (2, 5_000_000)))
    aid = (Result(DAY, -6_000_000), Result(date(2027, 1, 1), 5_000_000))
    return [
        ("tour", answer_of(shipped("creafonds"), a_tour(some_dates(26)))),
        ("called", answer_of(read_charter(SMALL), Facts(declared, {}, AllocationFacts(100, DAY), some_dates(3)))),
        ("turns", answer_of(turns, Facts(capped, events=(Loss(DAY, 50),), reserve=2))),
        ("joint", answer_of(joint, Facts(used, events=(Loss(DAY, 50),)))),
        ("rest", answer_of(shipped("cnc-avance"), Facts({}, {}, AllocationFacts(10**6), (Period(DAY, net=10**8),)))),
        ("pool", answer_of(shipped("royalty-pool"), Facts({}, pool, AllocationFacts(2_000_000), periods))),
        ("aid", answer_of(shipped("astp-garantie"), Facts({}, {}, AllocationFacts(0, other_aid=2_200_000), aid))),
        ("locked", answer_of(shipped("bfi-locked-box"), Facts({}, pool, events=(Recouped(DAY, 80_001),)))),
    ]  # fmt: skip


ANSWERS = many_answers()


@pytest.mark.parametrize(("name", "answer"), ANSWERS, ids=[name for name, _ in ANSWERS])
def test_every_amount_of_an_answer_is_confirmed(name: str, answer: dict[str, Any]) -> None:
    replay = replay_answer(json.dumps(answer))
    assert replay.steps == len(answer["trace"])
    confirmed = {each.name: each.amount for each in replay.amounts}
    for member, amount in answer["contributions"].items():
        assert confirmed[f"contributions.{member}"] == amount
    for line in answer["due"]:
        assert confirmed[f"due {line['event']} {line['rule']}"] == line["amount"]
        assert confirmed[f"due {line['event']} {line['rule']} base"] == line["base"]
    for party, forms in answer["totals"].items():
        assert {form: confirmed[f"totals.{party} {form}"] for form in forms} == forms
    assert confirmed["uncovered"] == answer["uncovered"]


def test_the_answers_to_worked_cases_are_confirmed() -> None:
    for path in worked_cases("charters"):
        case = read_json(path)
        charter = shipped(case["charter"])
        answer = answer_of(charter, facts_from_json(case["facts"], charter))
        assert len(replay_answer(json.dumps(answer)).amounts) > len(answer["due"]), path.stem


def test_what_was_confirmed_is_said_line_by_line() -> None:
    replay = replay_answer(json.dumps(dict(ANSWERS)["joint"]))
    english, french = (list(replay_lines(replay, language)) for language in ("en", "fr"))
    assert english[0] == f"{replay.steps} steps done again; {len(replay.amounts)} amounts confirmed."
    assert french[0] == f"{replay.steps} étapes refaites ; {len(replay.amounts)} montants confirmés."
    assert english[1].split() == ["due", "0", "rule", "0.50"]
    empty = replay_answer('{"trace": []}')
    assert list(replay_lines(empty, "en")) == ["0 steps done again; 0 amounts confirmed."]


# What does not follow


def tour() -> dict[str, Any]:
    return answer_of(shipped("creafonds"), a_tour(some_dates(10)))


def at(answer: dict[str, Any], kind: str) -> int:
    """Where the first step of a kind stands."""
    return next(place for place, step in enumerate(answer["trace"]) if step["kind"] == kind)


def test_the_first_step_that_does_not_follow_is_named() -> None:
    answer = tour()
    place = at(answer, "rate")
    answer["trace"][place]["value"] = "33601"
    with pytest.raises(StepDoesNotFollow) as refusal:
        replay_answer(json.dumps(answer))
    assert (refusal.value.at, refusal.value.kind) == (place, "rate")
    assert f"trace[{place}] (returns.droit-de-suite, rate): 33601 does not follow" in refusal.value.sentence("en")
    assert "ne découle pas de ce qui précède" in refusal.value.sentence("fr")


def changed_operand(step: dict[str, Any]) -> None:
    step["operands"][0]["value"] = "1"


def later_operand(step: dict[str, Any]) -> None:
    step["operands"][0]["step"] = 10**6


def one_operand(step: dict[str, Any]) -> None:
    del step["operands"][1]


def unknown_operation(step: dict[str, Any]) -> None:
    step["operation"] = "power"


def divided_by_nothing(step: dict[str, Any]) -> None:
    step["operation"], step["operands"][1] = "quotient", {"value": "0"}


@pytest.mark.parametrize(
    "spoil",
    [changed_operand, later_operand, one_operand, unknown_operation, divided_by_nothing],
    ids=lambda f: f.__name__,
)
def test_a_step_that_cannot_be_done_does_not_follow(spoil: Callable[[dict[str, Any]], None]) -> None:
    answer = tour()
    spoil(answer["trace"][at(answer, "rate")])
    with pytest.raises(StepDoesNotFollow):
        replay_answer(json.dumps(answer))


def test_a_cent_moved_from_one_party_to_another_does_not_follow() -> None:
    answer = tour()
    place = at(answer, "sharing")
    first, second = answer["trace"][place]["portions"][:2]
    first["part"], second["part"] = first["part"] + 1, second["part"] - 1
    with pytest.raises(StepDoesNotFollow, match=f"trace.{place}."):
        replay_answer(json.dumps(answer))


def test_a_sharing_that_holds_more_than_there_is_does_not_follow() -> None:
    answer = tour()
    answer["trace"][at(answer, "sharing")]["portions"][0]["held"] = 10**9
    with pytest.raises(StepDoesNotFollow):
        replay_answer(json.dumps(answer))


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer["due"][0].update(amount="336.01"),
        lambda answer: answer["due"][0].update(base="4200.01"),
        lambda answer: answer["due"].pop(),
        lambda answer: answer["due"].append(answer["due"][0]),
        lambda answer: answer["totals"]["fund"].update(cash="0.00"),
        lambda answer: answer["totals"].pop("fund"),
        lambda answer: answer["totals"].update(producer={"cash": "1.00"}),
        lambda answer: answer.update(uncovered="0.01"),
        lambda answer: answer["contributions"].update(A="2.00"),
    ],
)  # fmt: skip
def test_an_amount_that_the_steps_do_not_give_is_refused(change: Callable[[dict[str, Any]], Any]) -> None:
    answer = tour()
    change(answer)
    with pytest.raises(AmountUnproven) as refusal:
        replay_answer(json.dumps(answer))
    assert refusal.value.sentence("fr") != refusal.value.sentence("en")


# What is no answer

HOSTILE = [
    b"", b"\xff\xfe", b"[]", b"nul", b"{", b"[" * 100_000, b'{"trace": 1}', b'{"trace": [1]}', b'{"trace": [{}]}',
    b'{"trace": [{"step": 0}]}', b'{"trace": {"a": 1}}', b'{"a": ' + b"9" * 5_000 + b"}", b'{"trace": [], "due": {}}',
    b'{"trace": [], "due": [1]}', b'{"trace": [], "totals": []}', b'{"trace": [], "totals": {"fund": 1}}',
    b'{"trace": [], "totals": {"fund": {"cash": 1}}}', b'{"trace": [], "contributions": {"A": null}}',
    b'{"trace": [], "uncovered": "NaN"}', b'{"trace": [], "uncovered": 0.0}', b"NaN",
]  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: repr(source[:30]))
def test_what_is_no_answer_is_refused_in_words(source: bytes) -> None:
    with pytest.raises(TraceInvalid) as refusal:
        replay_answer(source)
    assert refusal.value.sentence("fr").endswith(".")
    assert refusal.value.sentence("en").endswith(".")


SPOILS = [
    ("step", 1), ("step", "0"), ("step", True), ("value", 3), ("value", "1e9"), ("value", "1/0"), ("value", "9" * 401),
    ("value", "0.5"), ("operands", None), ("operands", [1]), ("operands", [{"value": "1", "step": "0"}]),
    ("event", "x"),
    ("article", None), ("kind", 1), ("about", 1), ("portions", [1]), ("portions", [{"party": "a", "form": "cash"}]),
    ("member", 5), ("value", 0.5), ("operands", {"value": "1"}),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "value"), SPOILS, ids=lambda each: repr(each)[:30])
def test_a_step_of_another_shape_is_refused_at_its_place(slot: str, value: object) -> None:
    answer = tour()
    answer["trace"][0] |= {slot: value}
    with pytest.raises(TraceInvalid, match=r"trace\[0\]"):
        replay_answer(json.dumps(answer))


def test_a_sharing_of_weights_without_end_is_refused_before_it_is_done() -> None:
    claims = [{"line": 0, "share": "1", "key": "use", "figure": f"1/{10**399 + at}"} for at in range(40)]
    portions = [
        {"party": f"member:{at}", "form": "cash", "claims": [claim], "held": 0, "ceiling": None, "part": 0}
        for at, claim in enumerate(claims)
    ]
    step = {"step": 0, "article": "a.b", "kind": "sharing", "operation": "share-out", "operands": [{"value": "5"}],
            "value": "5", "portions": portions}  # fmt: skip
    with pytest.raises(StepDoesNotFollow):
        replay_answer(json.dumps({"trace": [step]}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["1/2", "0.10", "fund", "given"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_an_answer_with_anything_in_it_gives_amounts_or_a_sentence(data: st.DataObject) -> None:
    answer = json.loads(json.dumps(dict(ANSWERS)["joint"]))
    place: Any = answer
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(json_values)
            break
        place = place[key]
    assert sentences_of(answer), "amounts, or a sentence in both languages"


def sentences_of(answer: dict[str, Any]) -> list[str]:
    """What is said of an answer, whatever it is."""
    try:
        return list(replay_lines(replay_answer(json.dumps(answer)), "fr"))
    except CharterError as refusal:
        return [refusal.sentence("fr"), refusal.sentence("en")]


# A second program, written from the format alone

INDEPENDENT = '''
"""Confirms the amounts of an answer from its trace. Written from the README of the engine; imports nothing of it."""
import json, sys
from fractions import Fraction as F

answer = json.load(sys.stdin)

def nearest(x):
    whole = (2 * abs(x.numerator) + x.denominator) // (2 * x.denominator)
    return F(-whole if x < 0 else whole)

DO = {
    "given": lambda a: a, "least": min, "greatest": max, "sum": lambda *a: sum(a), "product": lambda a, b: a * b,
    "difference": lambda a, b: a - b, "quotient": lambda a, b: a / b, "nearest": nearest,
    "whole-below": lambda a: F(a // 1), "whole-above": lambda a: F(-(-a // 1)),
}

def share(total, portions):
    lines = {}
    for p in portions:
        for c in p["claims"]:
            lines[c["line"]] = lines.get(c["line"], 0) + F(c["figure"])
    def weighs(c): return F(c["share"]) * F(c["figure"]) / lines[c["line"]] if lines[c["line"]] else F(0)
    weight = [sum(map(weighs, p["claims"])) for p in portions]
    ceiling = [p["ceiling"] for p in portions]
    part, left, waiting = [0] * len(portions), int(total), {i for i, w in enumerate(weight) if w}
    while waiting:
        whole = sum(weight[i] for i in waiting)
        over = [i for i in waiting if ceiling[i] is not None and left * weight[i] > ceiling[i] * whole]
        if not over:
            break
        for i in over:
            part[i] = max(ceiling[i], portions[i]["held"])
        left -= sum(part[i] for i in over)
        waiting -= set(over)
    order = []
    for i in waiting:
        exact = left * weight[i] / whole
        part[i] = max(int(exact // 1), portions[i]["held"])
        if exact.denominator > 1 and part[i] == exact // 1:
            name = portions[i]["party"] + " " + portions[i]["form"]
            order.append(((exact // 1 + 1) * whole / weight[i], exact // 1 - exact, name, i))
    left -= sum(part[i] for i in waiting)
    for *_, i in sorted(order)[:left] if waiting else []:
        part[i] += 1
    return part

series, due, base, total, uncovered, turns = {}, {}, {}, {}, {}, {}
def add(book, key, amount):
    book[key] = book.get(key, 0) + amount
for step in answer["trace"]:
    values = series.setdefault(step.get("member"), [])
    taken = [values[o["step"]] if "step" in o else F(o["value"]) for o in step["operands"]]
    article, kind, about = step["article"], step["kind"], step.get("about")
    place = (step.get("event"), article.partition(".")[2])
    if step["operation"] == "share-out":
        values.append(taken[0])
        parts = share(taken[0], step["portions"])
        for p, part in zip(step["portions"], parts):
            add(total, (p["party"], p["form"]), part)
        add(uncovered, article, taken[0] - sum(parts))
        continue
    value = DO[step["operation"]](*taken)
    values.append(value)
    if kind == "counted": base[place] = taken[-1]
    if kind == "above-break-even": base[place] = value
    if kind == "due": due[place] = value
    if kind == "kept": add(total, (about, "retained"), value)
    if kind == "borne": add(total, (about, "loss"), value)
    if kind == "member-limit":
        add(total, (about, "loss"), value - taken[0])
        add(uncovered, article, taken[0] - value)
    if kind == "left-to-bear": turns[article] = max(F(0), value)

def minor(text): return int(text.replace(".", ""))
for member, amount in answer["contributions"].items():
    assert series[member][-1] == minor(amount), member
for line in answer["due"]:
    place = (line["event"], line["rule"])
    assert (due[place], base[place]) == (minor(line["amount"]), minor(line["base"])), place
written = {(party, form): minor(a) for party, forms in answer["totals"].items() for form, a in forms.items()}
assert written == {**dict.fromkeys(written, 0), **total}, total
assert minor(answer["uncovered"]) == sum({**uncovered, **turns}.values())
print(len(answer["contributions"]) + 2 * len(answer["due"]) + len(written) + 1)
'''


@pytest.mark.parametrize(("name", "answer"), ANSWERS, ids=[name for name, _ in ANSWERS])
def test_a_second_program_written_from_the_format_confirms_the_same_amounts(name: str, answer: dict[str, Any]) -> None:
    ran = subprocess.run(
        [sys.executable, "-I", "-c", INDEPENDENT], input=json.dumps(answer), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{name}: {ran.stderr}"
    assert int(ran.stdout) == len(replay_answer(json.dumps(answer)).amounts)
