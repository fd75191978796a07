"""All that decides a scenario, as one canonical text: the rule, the envelopes, the requests and the ballots.

The text is a JSON object with sorted names and no spaces, so that the same inputs are the same bytes on any machine.
Ballots stand in the order of what they say and bear no names.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from allocation.errors import ProblemInvalid
from allocation.methods.problem import APPROVAL, POINTS, RANKS, Problem
from allocation.methods.registry import Method

GENERAL = "general"
"""The code of the envelope into which the others flow."""

BETWEEN, TARGET, MINIMUM = "between", "target", "minimum"
AMOUNTS = (BETWEEN, TARGET, MINIMUM)
"""What a project can be granted: any amount from its minimum to its target, or exactly one of them."""

KINDS: Mapping[str, str] = {
    "yes-no": APPROVAL,
    "approval": APPROVAL,
    "scores": POINTS,
    "judgment": POINTS,
    "buckets": POINTS,
    "ranking": RANKS,
}
"""What the ballots of each kind of vote say to a method."""

Content = Mapping[str, Any]
"""What one paper says, as votes keep it."""


def canonical(facts: object) -> str:
    """An object as JSON with sorted names and no spaces: one text for one content.

    >>> canonical({"b": 1, "a": ["é"]})
    '{"a":["é"],"b":1}'
    """
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Request:
    """What a project asks, in minor units: at least `minimum`, at most `target`, in its envelope (empty: general)."""

    code: str
    minimum: int
    target: int
    envelope: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What goes into a scenario; `recused` counts, by project, the voters who are recused on it."""

    method: str
    parameters: Mapping[str, str | int]
    amounts: str
    lottery_seed: str
    currency: str
    envelopes: tuple[tuple[str, int], ...]
    requests: tuple[Request, ...]
    kind: str
    ballots: tuple[Content, ...]
    recused: Mapping[str, int]

    def text(self) -> str:
        """The inputs as canonical text."""
        return canonical(
            {
                "method": self.method,
                "parameters": dict(self.parameters),
                "amounts": self.amounts,
                "lottery_seed": self.lottery_seed,
                "currency": self.currency,
                "envelopes": [{"code": code, "amount_minor": minor} for code, minor in self.envelopes],
                "requests": [
                    {
                        "project": each.code,
                        "minimum_minor": each.minimum,
                        "target_minor": each.target,
                        "envelope": each.envelope,
                    }
                    for each in self.requests
                ],
                "kind": self.kind,
                "ballots": sorted((dict(each) for each in self.ballots), key=canonical),
                "recused": {code: count for code, count in self.recused.items() if count},
            }
        )

    @classmethod
    def read(cls, text: str) -> Inputs:
        """The inputs that a text keeps."""
        kept = json.loads(text)
        return cls(
            method=kept["method"],
            parameters=kept["parameters"],
            amounts=kept["amounts"],
            lottery_seed=kept["lottery_seed"],
            currency=kept["currency"],
            envelopes=tuple((each["code"], each["amount_minor"]) for each in kept["envelopes"]),
            requests=tuple(
                Request(each["project"], each["minimum_minor"], each["target_minor"], each["envelope"])
                for each in kept["requests"]
            ),
            kind=kept["kind"],
            ballots=tuple(kept["ballots"]),
            recused=kept["recused"],
        )

    def problem(self, method: Method, *, budget: int, projects: Collection[str]) -> Problem:
        """What the method decides on in one envelope: these projects, and what the ballots say of them."""
        requests = [each for each in self.requests if each.code in projects]
        exact = {each.code: each.target if self.amounts == TARGET else each.minimum for each in requests}
        targets = {each.code: each.target for each in requests} if self.amounts == BETWEEN else {}
        recused = {code: count for code, count in self.recused.items() if code in projects}
        points = [points_of(self.kind, each) for each in self.ballots]
        within = [{code: given for code, given in each.items() if code in projects} for each in points]
        kind = KINDS[self.kind]
        if kind == APPROVAL or kind not in method.ballots:
            return Problem.of(budget=budget, costs=exact, ballots=within, targets=targets, recused=recused)
        return Problem.scored(budget=budget, costs=exact, ballots=within, kind=kind, targets=targets, recused=recused)


def points_of(kind: str, content: Content) -> dict[str, int]:
    """What a paper gives to each project that it supports; a project that it gives nothing is not supported.

    A grade is worth the number of grades below it, a place in a ranking the number of projects placed below it.

    >>> points_of("judgment", {"grades": {"P1": 5, "P2": 0, "P3": 1}})
    {'P1': 5, 'P3': 1}
    >>> points_of("ranking", {"levels": [["P2"], ["P1", "P3"]]})
    {'P2': 2, 'P1': 0, 'P3': 0}
    """
    match kind:
        case "yes-no":
            return {code: 1 for code, answer in content.get("answers", {}).items() if answer == "yes"}
        case "approval":
            return dict.fromkeys(content.get("approved", ()), 1)
        case "scores" | "judgment" | "buckets":
            given = content.get({"scores": "scores", "judgment": "grades", "buckets": "amounts"}[kind], {})
            return {code: points for code, points in given.items() if points > 0}
        case "ranking":
            levels = content.get("levels", ())
            below = sum(map(len, levels))
            points: dict[str, int] = {}
            for level in levels:
                below -= len(level)
                points |= dict.fromkeys(level, below)
            return points
    raise ProblemInvalid(why="project_unknown", project=kind)
