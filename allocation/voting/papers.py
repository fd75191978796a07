"""What a ballot paper may say, kind by kind: what is cast is checked here and kept in one shape.

Plain Python. The shapes, as JSON objects, each with an optional text `reason`:

* `yes-no` on one question: `{"answer": "yes" | "no" | "abstain"}`; on proposals: `{"answers": {code: "yes" | "no"}}`,
  where a proposal that is not named is an abstention;
* `approval`: `{"approved": [code, …]}`;
* `scores`: `{"scores": {code: 0 … scale}}`, a proposal that is not named has no score;
* `judgment`: `{"grades": {code: 0 … grades - 1}}`, 0 the lowest; one that is not named counts as the lowest;
* `ranking`: `{"levels": [[code, …], …]}`, the first level preferred, equals together; what the voter left out is
  the last level, so that only what they may not speak of is missing;
* `consent`: `{"answer": "consent" | "abstain" | "object"}`, an objection with its reason;
* `buckets`: `{"amounts": {code: minor units}, "left": minor units}`, which sum to the voter's part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from allocation.voting.errors import PaperInvalid
from ledger.money import EUR, Amount, Unit

ANSWERS: Final = ("yes", "no", "abstain")
CONSENTS: Final = ("consent", "abstain", "object")
WHOLE_KINDS: Final = ("consent",)
"""Kinds that always ask one question, whatever it is about."""
REASON_LIMIT: Final = 1000
LARGEST_MINOR: Final = 10**13

Paper = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What one voter is asked: the kind, the proposals that they may speak of (none: one question), and the bounds.

    `scale` is the best score, `grades` the number of grades, `part_minor` what the voter may distribute.
    """

    kind: str
    proposals: tuple[str, ...] = ()
    scale: int = 5
    grades: int = 6
    part_minor: int = 0
    unit: Unit = EUR

    @property
    def is_whole(self) -> bool:
        """Whether one answer is asked, not one for each proposal."""
        return self.kind in WHOLE_KINDS or (self.kind == "yes-no" and not self.proposals)


def checked_paper(question: Question, said: Mapping[str, Any]) -> Paper:
    """What is kept of a paper; refuses, with its figures, one that does not answer the question.

    >>> checked_paper(Question("approval", ("a", "b")), {"approved": ["b"], "reason": " "})
    {'approved': ['b']}
    >>> checked_paper(Question("ranking", ("a", "b", "c")), {"levels": [["c"]]})
    {'levels': [['c'], ['a', 'b']]}
    """
    paper = _KINDS[question.kind](question, said)
    reason = said.get("reason", "")
    if not isinstance(reason, str) or not is_said(reason, REASON_LIMIT, least=0):
        raise PaperInvalid(why="reason_long", count=len(str(reason)), most=REASON_LIMIT)
    if reason.strip():
        paper["reason"] = reason.strip()
    if paper.get("answer") == "object" and "reason" not in paper:
        raise PaperInvalid(why="reason_missing")
    return paper


def is_said(text: str, limit: int, *, least: int = 1) -> bool:
    """Whether a text of several lines has from `least` to `limit` characters, and none that cannot be shown."""
    shown = all(letter.isprintable() or letter in "\r\n\t" for letter in text)
    return shown and least <= len(text.strip()) and len(text) <= limit


def _yes_no(question: Question, said: Mapping[str, Any]) -> Paper:
    if question.is_whole:
        return {"answer": _answer(said.get("answer"), ANSWERS)}
    answers = {code: _answer(value, ANSWERS) for code, value in _by_proposal(question, said, "answers").items()}
    return {"answers": {code: answer for code, answer in answers.items() if answer != "abstain"}}


def _consent(_question: Question, said: Mapping[str, Any]) -> Paper:
    return {"answer": _answer(said.get("answer"), CONSENTS)}


def _answer(value: object, known: Collection[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise PaperInvalid(why="answer", known=", ".join(known), value=value)
    return value


def _approval(question: Question, said: Mapping[str, Any]) -> Paper:
    return {"approved": _ordered(question, _codes(said.get("approved")))}


def _scores(question: Question, said: Mapping[str, Any]) -> Paper:
    return {"scores": _numbers(question, said, "scores", most=question.scale)}


def _judgment(question: Question, said: Mapping[str, Any]) -> Paper:
    return {"grades": _numbers(question, said, "grades", most=question.grades - 1)}


def _ranking(question: Question, said: Mapping[str, Any]) -> Paper:
    levels = said.get("levels")
    if not isinstance(levels, list):
        raise PaperInvalid(why="shape")
    named = [code for level in levels for code in _codes(level)]
    _ordered(question, named)
    kept = [_ordered(question, _codes(level)) for level in levels if level]
    left_out = [code for code in question.proposals if code not in named]
    return {"levels": [*kept, left_out] if left_out else kept}


def _buckets(question: Question, said: Mapping[str, Any]) -> Paper:
    amounts = _by_proposal(question, said, "amounts")
    for code, minor in amounts.items():
        if type(minor) is not int or not 0 <= minor <= LARGEST_MINOR:
            raise PaperInvalid(why="amount", proposal=code, value=minor)
    given, part = Amount(sum(amounts.values()), question.unit), Amount(question.part_minor, question.unit)
    if given > part:
        raise PaperInvalid(why="over", given=given, part=part, over=given - part)
    if given < part and said.get("leaves_rest") is not True:
        raise PaperInvalid(why="sum", given=given, part=part, left=part - given)
    return {"amounts": {code: minor for code, minor in amounts.items() if minor}, "left": (part - given).minor}


_KINDS: Final[Mapping[str, Callable[[Question, Mapping[str, Any]], Paper]]] = {
    "yes-no": _yes_no,
    "approval": _approval,
    "scores": _scores,
    "judgment": _judgment,
    "ranking": _ranking,
    "consent": _consent,
    "buckets": _buckets,
}


def _codes(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise PaperInvalid(why="shape")
    return value


def _ordered(question: Question, codes: Collection[str]) -> list[str]:
    """The codes in the order of the question; each one the voter may speak of, once."""
    for code in codes:
        if code not in question.proposals or list(codes).count(code) > 1:
            raise PaperInvalid(why="proposal", proposal=code)
    return [code for code in question.proposals if code in codes]


def _by_proposal(question: Question, said: Mapping[str, Any], name: str) -> dict[str, Any]:
    given = said.get(name)
    if not isinstance(given, Mapping):
        raise PaperInvalid(why="shape")
    return {code: given[code] for code in _ordered(question, [str(code) for code in given])}


def _numbers(question: Question, said: Mapping[str, Any], name: str, *, most: int) -> dict[str, int]:
    numbers = _by_proposal(question, said, name)
    for code, number in numbers.items():
        if type(number) is not int or not 0 <= number <= most:
            raise PaperInvalid(why="score", proposal=code, value=number, most=most)
    return numbers
