"""Drafts of a charter: who proposed them and what became of them, their articles, and what they would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.legal_form import LegalQuestion, legal_questions
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.words.difference_texts import PartyLine, comparison
from fund.charter.words.illustration_texts import facts_sentence, verdict_sentence
from fund.models import CharterDraft, Fund
from fund.queries.charters import charter_in_force, rules_of
from fund.queries.comparisons import Comparison, compared
from fund.queries.faults import FaultInWords, in_words
from fund.queries.identities import CharterIdentity, charter_identity
from fund.queries.last_acts import LastAct, last_act
from fund.queries.rules import RuleInWords, articles_in_words, made_up

Fate = Literal["open", "replaced", "adopted"]


@dataclass(frozen=True, slots=True)
class DraftIdentity:
    """A draft: `fate` says what became of it, `successor` the number of the draft or version that came of it."""

    number: int
    title: str
    proposed_on: date
    proposed_by: str
    sha256: str
    fate: Fate
    successor: int | None
    replaces: int | None

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True, slots=True)
class ForWhom:
    """To whom a draft gives more or less, the losers first; and of each example, what it holds and what it shows."""

    parties: tuple[PartyLine, ...]
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DraftInWords:
    """A draft as a page shows it, beside the charter in force on a day.

    When the text is no charter any more (the grammar has moved on since), `faults` says why and there is no article.
    `held_back_by` is the last act under the rules so far: the draft can take effect after it.
    """

    draft: DraftIdentity
    text: str
    as_of: date
    faults: tuple[FaultInWords, ...]
    title: str
    summary: str
    made_up: int
    legal_form: str
    articles: tuple[RuleInWords, ...]
    current: CharterIdentity | None
    comparison: Comparison | None
    for_whom: ForWhom | None
    questions: tuple[LegalQuestion, ...]
    asked: tuple[str, ...]
    effective_from: date | None
    held_back_by: LastAct | None


def drafts_of(fund: Fund) -> tuple[DraftIdentity, ...]:
    """All drafts, the newest first."""
    rows = CharterDraft.objects.filter(fund=fund).select_related("replaces", "replaced_by", "decision__version")
    return tuple(_identity(row) for row in rows.order_by("-number"))


def draft_row(fund: Fund, number: int) -> CharterDraft | None:
    """The draft of this number."""
    rows = CharterDraft.objects.select_related("fund", "replaces", "replaced_by", "decision__version")
    return rows.filter(fund=fund, number=number).first()


def draft_in_words(fund: Fund, number: int, as_of: date, language: Language) -> DraftInWords | None:
    """The draft of this number beside the charter in force; None when there is none."""
    row = draft_row(fund, number)
    if row is None:
        return None
    found = faults_of(row.text)
    charter = None if found else read_charter(row.text)
    current = charter_in_force(fund, as_of)
    questions = legal_questions(charter) if charter else ()
    return DraftInWords(
        draft=_identity(row),
        text=row.text,
        as_of=as_of,
        faults=in_words(found, language),
        title=charter.head.title if charter else row.title,
        summary=charter.head.summary if charter else "",
        made_up=made_up(charter) if charter else 0,
        legal_form=charter.head.legal_form if charter else fund.legal_form,
        articles=articles_in_words(charter, language) if charter else (),
        current=charter_identity(current) if current else None,
        comparison=compared(rules_of(current) if current else None, charter, language) if charter else None,
        for_whom=_for_whom(rules_of(current), charter, language) if charter and current else None,
        questions=questions,
        asked=tuple(question.asked(language) for question in questions),
        effective_from=_first_day(charter),
        held_back_by=last_act(fund),
    )


_LOSERS_FIRST = ("worse", "depends", "better", "same")


def _for_whom(old: Charter, new: Charter, language: Language) -> ForWhom:
    found = comparison(old, new, language)
    shown = [each for each in (found.illustration, found.longer) if each is not None]
    return ForWhom(
        parties=tuple(sorted(found.parties, key=lambda line: _LOSERS_FIRST.index(line.verdict))),
        examples=tuple((facts_sentence(each, language), verdict_sentence(each, language)) for each in shown),
    )


def _first_day(charter: Charter | None) -> date | None:
    """The day that the text itself names."""
    return charter.head.effective_from if charter else None


def _identity(row: CharterDraft) -> DraftIdentity:
    fate: Fate = "open"
    successor = None
    if hasattr(row, "decision"):
        fate, successor = "adopted", row.decision.version.number
    elif hasattr(row, "replaced_by"):
        fate, successor = "replaced", row.replaced_by.number
    return DraftIdentity(
        number=row.number,
        title=row.title,
        proposed_on=row.proposed_on,
        proposed_by=row.proposed_by,
        sha256=row.sha256,
        fate=fate,
        successor=successor,
        replaces=row.replaces.number if row.replaces else None,
    )
