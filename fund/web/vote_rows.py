"""What came of a vote, as a sentence and as a table: each kind of ballot with its own figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from allocation.methods.counting.approvals import ApprovalTally
from allocation.methods.counting.buckets import BucketTally
from allocation.methods.counting.consent import ConsentTally
from allocation.methods.counting.majority_judgment import JudgmentTally
from allocation.methods.counting.schulze import SchulzeTally
from allocation.methods.counting.scores import ScoreTally
from allocation.models import Vote
from allocation.voting.results import VoteResult
from allocation.voting.votes import CastPaper
from fund.charter.quorums import QuorumFigures
from fund.queries.votes import VoteFacts
from fund.statements.document import Language
from fund.statements.render import formats
from fund.web.vote_words import VOTE_WORDS, grade_word
from ledger.money import Amount, Unit, rounded, unit_of


@dataclass(frozen=True, slots=True)
class Row:
    """One project: its place, its name, and the texts of its figures."""

    place: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of the figures, and the rows in the order of the places."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as anybody may read it: its receipt, its voter where the vote was open, its answers, its reason."""

    receipt: str
    person: str
    answers: tuple[str, ...]
    reason: str


def quorum_sentences(facts: VoteFacts, language: Language) -> list[str]:
    """The quorum that was frozen with the vote, and where recusals change it the one of each proposal."""
    rules = facts.rules
    if "quorum" not in rules:
        return []
    if rules.get("quorum_at") == "close":
        figures = QuorumFigures(**rules["quorum"])
        return [
            _("Everybody votes at a distance: %(needed)s of %(electorate)s have to take part, which the close tells.")
            % {"needed": figures.needed, "electorate": figures.electorate}
        ]
    said = [QuorumFigures(**rules["quorum"]).sentence(language)]
    for code, figures in rules.get("quorum_by_proposal", {}).items():
        said.append(f"{facts.names.get(code, code)} : {QuorumFigures(**figures).sentence(language)}")
    return said


def result_sentence(facts: VoteFacts) -> str:
    """What the vote decided, in one sentence with its figures; nothing before it is closed."""
    result = facts.result
    if result is None:
        return ""
    figures = {"cast": result.cast, "voices": result.voices}
    if "" in result.missing:
        return _("Too few took part (%(cast)s of %(voices)s): the vote decides nothing.") % figures
    if result.casting_due:
        return _("As many for as against: the chair’s casting vote decides.")
    if isinstance(result.tally, ConsentTally):
        return _consent_sentence(result, result.tally)
    if "" in result.answers:
        return _answer_sentence(result)
    first = ", ".join(facts.names.get(code, code) for code in (result.ranking.first if result.ranking else ()))
    return _("%(cast)s of %(voices)s voices were cast; first: %(first)s.") % {**figures, "first": first}


def _consent_sentence(result: VoteResult, tally: ConsentTally) -> str:
    said = {"standing": len(tally.standing), "settled": len(tally.settled)}
    if result.fallback_due:
        return _("Objections that stand: %(standing)s. The charter’s fall-back decides, by a vote of yes or no.") % said
    if result.adopted:
        return _("Adopted by consent: no objection stands. Objections that were answered: %(settled)s.") % said
    return _("Not adopted. Objections that stand: %(standing)s.") % said


def _answer_sentence(result: VoteResult) -> str:
    answer = result.answers[""]
    said = {
        "yes": answer.count.yes,
        "no": answer.count.no,
        "abstentions": answer.count.abstentions,
        "needed": answer.verdict.needed,
        "whole": answer.verdict.whole,
    }
    how = _("%(yes)s for, %(no)s against, %(abstentions)s abstained; %(needed)s of %(whole)s were needed.") % said
    if answer.verdict.by == "casting-vote":
        how = _("%(yes)s for, %(no)s against: the chair’s casting vote decided.") % said
    return f"{_('Adopted.') if result.adopted else _('Rejected.')} {how}"


def result_rows(facts: VoteFacts, language: Language) -> Table | None:
    """The figures project by project."""
    result = facts.result
    if result is None or result.ranking is None:
        return None
    unit = unit_of(facts.row.call.currency)
    columns, cells = _cells(result, facts.row, language, unit)
    rows = []
    for code in [code for level in result.ranking.levels for code in level]:
        told = cells(code)
        if code in result.missing:
            told = (*told[:-1], f"{told[-1]} ({_('no quorum')})")
        rows.append(Row(str(result.ranking.places[code]), facts.names.get(code, code), told))
    return Table(columns, tuple(rows))


Cells = Callable[[str], tuple[str, ...]]


def _cells(result: VoteResult, vote: Vote, language: Language, unit: Unit) -> tuple[tuple[str, ...], Cells]:
    """The headings of a kind of ballot, and the texts of one proposal."""
    tally = result.tally
    if isinstance(tally, ApprovalTally):
        return (_("Supporters"), _("Of"), _("Recused")), lambda code: (
            str(tally.counts[code].approvals),
            str(tally.counts[code].voters),
            str(tally.counts[code].recused),
        )
    if isinstance(tally, ScoreTally):
        return (_("Mean"), _("Scores"), _("Recused")), lambda code: (
            _decimal(tally.counts[code].mean, language),
            str(tally.counts[code].graders),
            str(tally.counts[code].recused),
        )
    if isinstance(tally, JudgmentTally):
        grades = vote.rules["ballot"]["grades"]
        return (_("Median grade"), _("Grades, from the lowest"), _("Recused")), lambda code: (
            _grade(tally.judgments[code].majority_grade, grades),
            " · ".join(map(str, tally.judgments[code].counts)),
            str(tally.judgments[code].recused),
        )
    if isinstance(tally, SchulzeTally):
        return (_("Preferred to"),), lambda code: (
            ", ".join(
                f"{other} {tally.preferring[code, other]}–{tally.preferring[other, code]}"
                for other in tally.projects
                if other != code
            ),
        )
    if isinstance(tally, BucketTally):
        return (_("Given"), _("By")), lambda code: (
            formats.amount_text(Amount(tally.buckets[code].minor, unit), language),
            str(tally.buckets[code].givers),
        )
    return (_("For"), _("Against"), _("Abstained"), _("Recused"), _("Adopted")), lambda code: _answers(result, code)


def _answers(result: VoteResult, code: str) -> tuple[str, ...]:
    answer = result.answers[code]
    adopted = answer.verdict.adopted and code not in result.missing
    told = _("tie") if answer.tied else _("yes") if adopted else _("no")
    count = answer.count
    return (str(count.yes), str(count.no), str(count.abstentions), str(count.recused), told)


def _grade(grade: int | None, grades: int) -> str:
    return "–" if grade is None else grade_word(grade, grades)


def _decimal(value: Fraction | None, language: Language) -> str:
    if value is None:
        return "–"
    hundredths = rounded(value * 100)
    whole, part = divmod(hundredths, 100)
    return format_decimal(whole, locale=formats.LOCALES[language]) + ("," if language == "fr" else ".") + f"{part:02}"


def paper_rows(papers: Sequence[CastPaper], vote: Vote, names: Mapping[str, str]) -> list[PaperRow]:
    """The papers in words."""
    return [
        PaperRow(
            receipt=paper.receipt,
            person=names.get(paper.person, paper.person),
            answers=tuple(_said(paper.content, vote, names)),
            reason=str(paper.content.get("reason", "")),
        )
        for paper in papers
    ]


def _said(content: Mapping[str, object], vote: Vote, names: Mapping[str, str]) -> list[str]:
    def name(code: object) -> str:
        return names.get(str(code), str(code))

    if "answer" in content:
        table = "consent-answer" if vote.kind == Vote.Kind.CONSENT else "answer"
        return [str(VOTE_WORDS[table][str(content["answer"])])]
    if "approved" in content:
        return [name(code) for code in _list(content["approved"])]
    if "levels" in content:
        levels = _list(content["levels"])
        return [f"{place}. {' = '.join(map(name, _list(level)))}" for place, level in enumerate(levels, 1)]
    unit = unit_of(vote.call.currency)
    grades = vote.rules.get("ballot", {}).get("grades", 0)
    tellers: dict[str, Callable[[object], str]] = {
        "answers": lambda value: str(VOTE_WORDS["answer"][str(value)]),
        "scores": str,
        "grades": lambda value: grade_word(int(str(value)), grades),
        "amounts": lambda value: str(Amount(int(str(value)), unit)),
    }
    for field, tell in tellers.items():
        given = content.get(field)
        if isinstance(given, Mapping):
            return [f"{name(code)}: {tell(value)}" for code, value in given.items()]
    return []


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
