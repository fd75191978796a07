"""The preliminary questions are answered by the company and by members; the committee reads them side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from allocation.applying.applications import Signature, held
from allocation.applying.errors import AnswerInvalid, CompanyActImpossible
from allocation.applying.fit_questions import BY_CODE, Answer, SideBySide, side_by_side
from allocation.applying.states import may
from allocation.models import Application, FitAnswer
from allocation.prose import INVISIBLE

WHY_LIMIT = 2_000


@transaction.atomic
def answer_questions(
    *,
    application: Application,
    side: str,
    party: str,
    answers: Mapping[str, tuple[str, str]],
    signed: Signature,
) -> list[FitAnswer]:
    """Keep the answers of one party, {question: (choice, why)}; a later one takes the place of the earlier.

    A question without a choice is left as it was. The answer is that of the party, whoever signs it.
    """
    application = held(application)
    if not may("answer", application.state):
        raise CompanyActImpossible(number=application.number, state=application.state)
    answers = {question: (choice, _plain(why)) for question, (choice, why) in answers.items()}
    for question, (choice, why) in answers.items():
        _check(question, choice, why)
    return [
        FitAnswer.objects.update_or_create(
            application=application,
            side=FitAnswer.Side(side),
            party=party,
            question=question,
            defaults={"choice": choice, "why": why, "on": signed.on, "by": signed.person},
        )[0]
        for question, (choice, why) in answers.items()
        if choice
    ]


def _plain(why: str) -> str:
    """With plain line ends, as a browser does not send them."""
    return why.replace("\r\n", "\n").strip()


def _check(question: str, choice: str, why: str) -> None:
    if question not in BY_CODE:
        raise AnswerInvalid(why="question_unknown", text=question)
    if choice and choice not in BY_CODE[question].choices:
        raise AnswerInvalid(why="choice_unknown", text=choice)
    if len(why) > WHY_LIMIT or INVISIBLE.search(why):
        raise AnswerInvalid(why="too_long", limit=WHY_LIMIT)


def answers_of(application: Application, side: str, party: str) -> dict[str, tuple[str, str]]:
    """What one party answered, {question: (choice, why)}."""
    rows = application.fit_answers.filter(side=side, party=party)
    return {row.question: (row.choice, row.why) for row in rows}


def compared_answers(application: Application, name_of: Callable[[str], str]) -> tuple[SideBySide, ...]:
    """Everybody's answers question by question, the company first; `name_of` says how a party is called."""
    found: dict[str, list[Answer]] = {}
    for row in application.fit_answers.order_by("side", "party"):
        found.setdefault(row.question, []).append(Answer(row.party, name_of(row.party), row.choice, row.why))
    return side_by_side(found)
