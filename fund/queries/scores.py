"""Scores as a reader may see them: one application's, or all with a named correction beside the raw ones.

A member sees the scores of others once they gave their own, or once no more are taken; whoever is recused from an
application counts there for nothing and sees nothing. A correction is computed on what the reader may see: figures made
of hidden scores would tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from allocation.errors import AllocationError
from allocation.instructing.instruction import is_scoring_over, latest_scores, rubric_of, scored_until
from allocation.instructing.interests import listed
from allocation.instructing.scoring import Rubric, Spread, full_marks, spread_of, weighted_total
from allocation.methods.harshness import CORRECTIONS, Corrected, Correction, correct, correction_named
from allocation.methods.refusals import CorrectionRefused, CorrectionUnknown
from allocation.models import Application, Call, Recusal, Score
from fund.queries.interests import Reader, title_of
from fund.queries.people import names_of


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What one reader gave: on each criterion of the rubric (None: not scored), with its comment, and in all.

    `counts` is false where the reader is recused since.
    """

    person: str
    name: str
    version: int
    on: date
    points: tuple[int | None, ...]
    comments: tuple[str, ...]
    total: Fraction
    counts: bool = True


@dataclass(frozen=True, slots=True)
class FileScores:
    """The scores of one application as a reader sees them; `lines` are only their own where `seen` is false."""

    rubric: Rubric
    lines: tuple[ScoreLine, ...]
    seen: bool
    is_over: bool
    until: date

    @property
    def out_of(self) -> int:
        """The most that a total can be."""
        return full_marks(self.rubric)

    @property
    def spread(self) -> Spread | None:
        """The mean with the lowest and the highest total, once they are seen."""
        return spread_of(line.total for line in self.lines if line.counts) if self.seen else None


def file_scores(application: Application, reader: Reader, on: date) -> FileScores:
    """The scores of an application that the reader may open."""
    return _scores_of([application], reader, on)[application.number]


def call_file_scores(applications: Iterable[Application], reader: Reader, on: date) -> dict[int, FileScores]:
    """The scores of several applications by number, without those that the reader may not open."""
    return _scores_of([each for each in applications if reader.may_open(each.number)], reader, on)


def _scores_of(applications: list[Application], reader: Reader, on: date) -> dict[int, FileScores]:
    if not applications:
        return {}
    rubric = rubric_of(applications[0].call)
    given: dict[int, dict[str, list[Score]]] = {each.number: {} for each in applications}
    for row in latest_scores(applications):
        given[row.application.number].setdefault(row.person, []).append(row)
    recused = set(Recusal.objects.filter(application__in=applications).values_list("application__number", "person"))
    names = names_of({person for each in given.values() for person in each})
    found = {}
    for application in applications:
        rows = given[application.number]
        over = is_scoring_over(application, on)
        seen = not reader.sits or over or reader.person in rows
        lines = tuple(
            _line(rows[person], names, rubric, counts=(application.number, person) not in recused)
            for person in sorted(rows)
            if seen or person == reader.person
        )
        found[application.number] = FileScores(rubric, lines, seen, over, scored_until(application))
    return found


def _line(rows: list[Score], names: Mapping[str, str], rubric: Rubric, *, counts: bool) -> ScoreLine:
    by_code = {row.criterion.code: row for row in rows}
    points = {code: row.points for code, row in by_code.items()}
    last = max(rows, key=lambda row: row.version)
    return ScoreLine(
        person=last.person,
        name=names.get(last.person, last.person),
        version=last.version,
        on=last.on,
        points=tuple(points.get(line.code) for line in rubric),
        comments=tuple(by_code[line.code].comment if line.code in by_code else "" for line in rubric),
        total=weighted_total(points, rubric) or Fraction(0),
        counts=counts,
    )


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """One application in the table of all: `state` is open, sealed (scores are hidden yet), recused or to-declare."""

    number: int
    title: str
    state: str
    spread: Spread | None = None
    corrected: Fraction | None = None


@dataclass(frozen=True, slots=True)
class CallScores:
    """All applications with raw and corrected scores; `refusal` says why there is no correction.

    `computed_on` counts the applications on whose scores the correction was computed; `cautious` names the readers who
    share too few applications with others for their severity to be more than chance.
    """

    rubric: Rubric
    files: tuple[ScoredFile, ...]
    correction: Correction
    corrected: Corrected | None
    refusal: AllocationError | None
    computed_on: int
    names: Mapping[str, str]

    @property
    def out_of(self) -> int:
        """The most that a raw total can be."""
        return full_marks(self.rubric)

    @property
    def cautious(self) -> tuple[str, ...]:
        """The readers by name whose correction is mostly chance."""
        return tuple(self.names.get(code, code) for code in self.corrected.cautions) if self.corrected else ()

    @property
    def is_whole(self) -> bool:
        """Whether every application was counted."""
        return self.computed_on == len(self.files)


def call_scores(call: Call, reader: Reader, correction: str, on: date) -> CallScores:
    """The table of all scores under a correction by name; an unknown one is refused and none is applied."""
    applications = listed(call)
    shown = call_file_scores(applications, reader, on)
    totals: dict[str, dict[str, Fraction]] = {}
    for number, scores in shown.items():
        for line in scores.lines if scores.seen else ():
            if line.counts:
                totals.setdefault(line.person, {})[str(number)] = line.total
    chosen, corrected, refusal = _corrected(totals, correction)
    results = corrected.results if corrected else {}
    files = tuple(
        ScoredFile(
            each.number,
            title_of(each),
            _state(reader, each.number, shown.get(each.number)),
            shown[each.number].spread if each.number in shown else None,
            results.get(str(each.number)),
        )
        for each in applications
    )
    counted = sum(each.state == "open" for each in files)
    return CallScores(rubric_of(call), files, chosen, corrected, refusal, counted, names_of(totals))


def _corrected(
    totals: Mapping[str, Mapping[str, Fraction]], name: str
) -> tuple[Correction, Corrected | None, AllocationError | None]:
    try:
        chosen = correction_named(name)
    except CorrectionUnknown as unknown:
        return CORRECTIONS["none/1"], None, unknown
    if not totals:
        return chosen, None, None
    try:
        return chosen, correct(totals, correction=chosen.id), None
    except CorrectionRefused as refused:
        return chosen, None, refused


def _state(reader: Reader, number: int, scores: FileScores | None) -> str:
    if number in reader.recused:
        return "recused"
    if scores is None:
        return "to-declare"
    return "open" if scores.seen else "sealed"
