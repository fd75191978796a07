"""What a paper may say: each kind keeps one shape, and refuses with its figures what does not answer the question."""

from __future__ import annotations

from typing import Any

import pytest

from allocation.voting.errors import PaperInvalid
from allocation.voting.papers import REASON_LIMIT, Question, checked_paper

ABC = ("a", "b", "c")
ONE = Question("yes-no")
EACH = Question("yes-no", ABC)
APPROVAL = Question("approval", ABC)
SCORES = Question("scores", ABC, scale=5)
GRADES = Question("judgment", ABC, grades=4)
RANKING = Question("ranking", ABC)
CONSENT = Question("consent", ABC)
BUCKETS = Question("buckets", ABC, part_minor=10_000)

KEPT: list[tuple[Question, dict[str, Any], dict[str, Any]]] = [
    (ONE, {"answer": "yes"}, {"answer": "yes"}),
    (ONE, {"answer": "no", "reason": " trop tôt\n"}, {"answer": "no", "reason": "trop tôt"}),
    (EACH, {"answers": {"c": "no", "a": "yes", "b": "abstain"}}, {"answers": {"a": "yes", "c": "no"}}),
    (EACH, {"answers": {}}, {"answers": {}}),
    (APPROVAL, {"approved": ["c", "a"]}, {"approved": ["a", "c"]}),
    (APPROVAL, {"approved": []}, {"approved": []}),
    (SCORES, {"scores": {"b": 5, "a": 0}}, {"scores": {"a": 0, "b": 5}}),
    (GRADES, {"grades": {"a": 3}}, {"grades": {"a": 3}}),
    (RANKING, {"levels": [["c", "a"], ["b"]]}, {"levels": [["a", "c"], ["b"]]}),
    (RANKING, {"levels": [[], ["b"]]}, {"levels": [["b"], ["a", "c"]]}),
    (RANKING, {"levels": []}, {"levels": [["a", "b", "c"]]}),
    (CONSENT, {"answer": "consent"}, {"answer": "consent"}),
    (CONSENT, {"answer": "object", "reason": "Pas de salle."}, {"answer": "object", "reason": "Pas de salle."}),
    (BUCKETS, {"amounts": {"a": 4_000, "b": 6_000, "c": 0}}, {"amounts": {"a": 4_000, "b": 6_000}, "left": 0}),
    (BUCKETS, {"amounts": {"a": 1}, "leaves_rest": True}, {"amounts": {"a": 1}, "left": 9_999}),
]

REFUSED: list[tuple[Question, dict[str, Any], str]] = [
    (ONE, {}, "the answer is yes, no, abstain, not “None”"),
    (ONE, {"answer": "maybe"}, "not “maybe”"),
    (ONE, {"answer": ["yes"]}, "the answer is"),
    (EACH, {"answer": "yes"}, "does not answer this question"),
    (EACH, {"answers": {"z": "yes"}}, "it names z"),
    (EACH, {"answers": {"a": "maybe"}}, "not “maybe”"),
    (APPROVAL, {"approved": "abc"}, "does not answer"),
    (APPROVAL, {"approved": ["a", "a"]}, "names it twice"),
    (APPROVAL, {"approved": ["z" * 500]}, "z…|z{60},"),
    (SCORES, {"scores": {"a": 6}}, "gives a 6; a score is a whole number from 0 to 5"),
    (SCORES, {"scores": {"a": -1}}, "gives a -1"),
    (SCORES, {"scores": {"a": True}}, "gives a True"),
    (SCORES, {"scores": {"a": 2.5}}, "gives a 2.5"),
    (GRADES, {"grades": {"a": 4}}, "from 0 to 3"),
    (RANKING, {"levels": [["a"], ["a"]]}, "names it twice"),
    (RANKING, {"levels": "abc"}, "does not answer"),
    (RANKING, {"levels": ["abc"]}, "does not answer"),
    (CONSENT, {"answer": "object", "reason": "  "}, "which harm they fear"),
    (BUCKETS, {"amounts": {"a": 4_000}}, "40.00 EUR of 100.00 EUR: 60.00 EUR is left"),
    (BUCKETS, {"amounts": {"a": 9_000, "b": 2_000}, "leaves_rest": True}, "10.00 EUR too much"),
    (BUCKETS, {"amounts": {"a": -1}}, "gives a -1"),
    (BUCKETS, {"amounts": {"a": 10**40}}, "write an amount"),
    (ONE, {"answer": "yes", "reason": "x" * (REASON_LIMIT + 1)}, f"{REASON_LIMIT + 1} characters"),
    (ONE, {"answer": "yes", "reason": "a\0b"}, "cannot be shown"),
    (ONE, {"answer": "yes", "reason": "\ud800"}, "cannot be shown"),
    (ONE, {"answer": "yes", "reason": 7}, "the reason"),
]


@pytest.mark.parametrize(("question", "said", "kept"), KEPT)
def test_a_paper_is_kept_in_one_shape(question: Question, said: dict[str, Any], kept: dict[str, Any]) -> None:
    assert checked_paper(question, said) == kept
    assert list(checked_paper(question, said)) == list(kept)


@pytest.mark.parametrize(("question", "said", "why"), REFUSED)
def test_a_paper_that_does_not_answer_is_refused_with_why(question: Question, said: dict[str, Any], why: str) -> None:
    with pytest.raises(PaperInvalid, match=why) as refusal:
        checked_paper(question, said)
    assert len(refusal.value.sentence("fr")) < 400
    assert refusal.value.sentence("fr") != refusal.value.sentence("en")


@pytest.mark.parametrize(
    "question", [EACH, APPROVAL, SCORES, GRADES, RANKING, BUCKETS], ids=lambda question: question.kind
)
def test_a_voice_says_nothing_of_what_it_is_silent_on(question: Question) -> None:
    """The question of a recused voter does not hold the proposal: naming it is refused like any other."""
    silent = Question(question.kind, ("a", "b"), part_minor=question.part_minor)
    said = {
        "yes-no": {"answers": {"c": "yes"}},
        "approval": {"approved": ["c"]},
        "scores": {"scores": {"c": 1}},
        "judgment": {"grades": {"c": 1}},
        "ranking": {"levels": [["c"]]},
        "buckets": {"amounts": {"c": 1}, "leaves_rest": True},
    }[question.kind]
    with pytest.raises(PaperInvalid, match="not yours to vote on"):
        checked_paper(silent, said)
