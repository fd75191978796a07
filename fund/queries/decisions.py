"""The decision that adopted a version, as it was recorded, with what it answered to the legal form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.charter.faults import Language
from fund.charter.legal_form import legal_questions
from fund.models import CharterDecision, CharterVersion
from fund.queries.charters import rules_of


@dataclass(frozen=True, slots=True)
class LegalAnswer:
    """A question of the legal form, and the text that was named; an empty one is still open."""

    article: str
    question: str
    basis: str


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """Which body decided, when and how; numbers are None where nobody counted. `draft` is the number of the draft."""

    held_on: date
    body: str
    manner: str
    present: int | None
    quorum: int | None
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    reference: str
    retroactive: bool
    recorded_on: date
    recorded_by: str
    draft: int | None
    answers: tuple[LegalAnswer, ...]


def decision_of(version: CharterVersion, language: Language) -> DecisionFacts:
    """The decision of a version; none is adopted without."""
    row: CharterDecision = version.decision
    questions = {question.key: question for question in legal_questions(rules_of(version))}
    kept = [(f"{each['code']}:{each['article']}", each) for each in row.legal_bases]
    return DecisionFacts(
        held_on=row.held_on,
        body=row.body,
        manner=row.manner,
        present=row.present,
        quorum=row.quorum,
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        votes_abstained=row.votes_abstained,
        reference=row.reference,
        retroactive=row.retroactive,
        recorded_on=row.recorded_on,
        recorded_by=row.recorded_by,
        draft=row.draft.number if row.draft else None,
        answers=tuple(
            LegalAnswer(each["article"], questions[key].asked(language) if key in questions else "", each["basis"])
            for key, each in kept
        ),
    )
