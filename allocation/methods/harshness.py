"""Corrections of harsh and lenient readers: named, switchable, and the raw scores stay beside the corrected ones.

* `none/1`: the scores as given.
* `centre/1`: each reader's mean is moved to the mean of all scores.
* `z/1`: how many of the reader's standard deviations a score is above the reader's mean. The deviation is irrational,
  so a corrected score is defined with twelve decimals: ±isqrt(10²⁴ × deviation² ÷ variance) ÷ 10¹², cut towards zero.
  The quotient under the root is rational and the same for scores on any scale, so shifting or stretching a reader's
  scores changes no digit. The mean of a project is then an exact fraction; it is within 10⁻¹² of the real one, so two
  projects nearer than that may stand either way round or tie: that is the definition, the same on every machine.
* `rank/1`: the middle rank of the score among the reader's own, less a half, divided by how many they gave.
* `additive/1`: score = quality of the project + severity of the reader, by least squares, the severities summing to
  zero; for readers who each scored only some of the projects. Solved exactly. It is refused when the readers and
  projects do not hang together, because then severity and quality cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from allocation.methods.counting.ranking import Ranking
from allocation.methods.counting.scores import Scores
from allocation.methods.least_squares import solved
from allocation.methods.refusals import CorrectionRefused, CorrectionUnknown

Exact = dict[str, dict[str, Fraction]]

DECIMALS = 10**12
SCORES_FOR_SPREAD = 3
"""From so many scores on, a reader's spread says something."""
COMMON_ENOUGH = 3
"""With fewer projects in common with others, a correction is mostly noise."""
READERS_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Severity:
    """How one reader scored: mean, variance, and `offset`, what the additive model takes off their scores (else None).

    `common` counts the projects that at least one other reader scored too.
    """

    scores: int
    mean: Fraction
    variance: Fraction
    common: int
    offset: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """Raw and corrected scores side by side, each project's result, the order, and the readers to be cautious about."""

    correction: str
    raw: Mapping[str, Mapping[str, Fraction]]
    scores: Mapping[str, Mapping[str, Fraction]]
    raw_means: Mapping[str, Fraction]
    results: Mapping[str, Fraction]
    severities: Mapping[str, Severity]
    ranking: Ranking
    cautions: tuple[str, ...]


Run = Callable[[str, Exact, Mapping[str, Severity]], tuple[Exact, Mapping[str, Fraction]]]
"""From the correction's identifier, raw scores and severities to corrected scores, and each reader's offset."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction by name and version; `names` and `cautions` are what members read of it."""

    id: str
    run: Run
    names: Mapping[str, str]
    cautions: Mapping[str, str]


def correct(scores: Scores, *, correction: str = "none/1") -> Corrected:
    """Correct the scores by a named correction; raises CorrectionUnknown and CorrectionRefused.

    The result of a project is the mean of its corrected scores, over those who scored it.

    >>> scores = {"ana": {"x": 9, "y": 7}, "bo": {"y": 4, "z": 3}}
    >>> corrected = correct(scores, correction="additive")
    >>> {project: str(result) for project, result in corrected.results.items()}
    {'x': '15/2', 'y': '11/2', 'z': '9/2'}
    >>> corrected.raw_means["y"], corrected.severities["bo"].offset
    (Fraction(11, 2), Fraction(-3, 2))
    """
    chosen = correction_named(correction)
    raw = {
        reader: {project: Fraction(given[project]) for project in sorted(given)}
        for reader, given in sorted(scores.items())
        if given
    }
    if not raw:
        raise CorrectionRefused(correction=chosen.id, why="nothing_scored")
    severities = _severities(raw)
    corrected, offsets = chosen.run(chosen.id, raw, severities)
    results = _means(corrected)
    return Corrected(
        correction=chosen.id,
        raw=raw,
        scores=corrected,
        raw_means=_means(raw),
        results=results,
        severities={
            reader: Severity(each.scores, each.mean, each.variance, each.common, offsets.get(reader))
            for reader, each in severities.items()
        },
        ranking=Ranking.by(results),
        cautions=() if chosen.id == "none/1" else _cautions(severities),
    )


def _severities(raw: Exact) -> dict[str, Severity]:
    readers_of: dict[str, int] = {}
    for given in raw.values():
        for project in given:
            readers_of[project] = readers_of.get(project, 0) + 1
    found = {}
    for reader, given in raw.items():
        mean = _mean(given.values())
        variance = _mean((score - mean) ** 2 for score in given.values())
        found[reader] = Severity(len(given), mean, variance, sum(readers_of[project] > 1 for project in given))
    return found


def _cautions(severities: Mapping[str, Severity]) -> tuple[str, ...]:
    return tuple(reader for reader, each in severities.items() if each.common < COMMON_ENOUGH)


def _mean(values: Iterable[Fraction]) -> Fraction:
    counted = list(values)
    return sum(counted, Fraction(0)) / len(counted)


def _means(scores: Exact) -> dict[str, Fraction]:
    gathered: dict[str, list[Fraction]] = {}
    for given in scores.values():
        for project, score in given.items():
            gathered.setdefault(project, []).append(score)
    return {project: _mean(gathered[project]) for project in sorted(gathered)}


def _none(_: str, raw: Exact, __: Mapping[str, Severity]) -> tuple[Exact, Mapping[str, Fraction]]:
    return raw, {}


def _centre(_: str, raw: Exact, severities: Mapping[str, Severity]) -> tuple[Exact, Mapping[str, Fraction]]:
    middle = _mean(score for given in raw.values() for score in given.values())
    offsets = {reader: each.mean - middle for reader, each in severities.items()}
    return _less(raw, offsets), offsets


def _z(correction: str, raw: Exact, severities: Mapping[str, Severity]) -> tuple[Exact, Mapping[str, Fraction]]:
    for reader, each in severities.items():
        if each.scores < SCORES_FOR_SPREAD:
            limit = SCORES_FOR_SPREAD
            raise CorrectionRefused(
                correction=correction, why="too_few_scores", reader=reader, count=each.scores, limit=limit
            )
        if each.variance == 0:
            raise CorrectionRefused(correction=correction, why="all_equal", reader=reader, count=each.scores)
    return {
        reader: {project: _in_deviations(score - each.mean, each.variance) for project, score in raw[reader].items()}
        for reader, each in severities.items()
    }, {}


def _in_deviations(deviation: Fraction, variance: Fraction) -> Fraction:
    """The deviation divided by the square root of the variance, with twelve decimals, cut towards zero."""
    squared = deviation**2 / variance
    # ⌊√(a/b)⌋ = ⌊√⌊a/b⌋⌋ for whole numbers under the root, so cutting the quotient first loses nothing.
    root = isqrt(squared.numerator * DECIMALS**2 // squared.denominator)
    return Fraction(root if deviation >= 0 else -root, DECIMALS)


def _rank(_: str, raw: Exact, __: Mapping[str, Severity]) -> tuple[Exact, Mapping[str, Fraction]]:
    ranked: Exact = {}
    for reader, given in raw.items():
        values = list(given.values())
        ranked[reader] = {
            project: Fraction(2 * sum(other < score for other in values) + values.count(score), 2 * len(values))
            for project, score in given.items()
        }
    return ranked, {}


def _additive(correction: str, raw: Exact, _: Mapping[str, Severity]) -> tuple[Exact, Mapping[str, Fraction]]:
    readers = list(raw)
    if len(readers) > READERS_LIMIT:
        raise CorrectionRefused(correction=correction, why="too_many", count=len(readers), limit=READERS_LIMIT)
    groups = _groups(raw)
    if len(groups) > 1:
        raise CorrectionRefused(
            correction=correction, why="disconnected", first=groups[0][0], second=groups[1][0], count=len(groups)
        )
    offsets = _offsets(raw)
    return _less(raw, offsets), offsets


def _groups(raw: Exact) -> list[list[str]]:
    """The readers that hang together by projects they share, group by group."""
    group_of = {reader: number for number, reader in enumerate(raw)}
    first_reader: dict[str, str] = {}
    for reader, given in raw.items():
        for project in given:
            mine, theirs = group_of[reader], group_of[first_reader.setdefault(project, reader)]
            if mine != theirs:
                group_of = {each: theirs if group == mine else group for each, group in group_of.items()}
    groups: dict[int, list[str]] = {}
    for reader, group in group_of.items():
        groups.setdefault(group, []).append(reader)
    return list(groups.values())


def _offsets(raw: Exact) -> dict[str, Fraction]:
    """The severities that minimise the squares, summing to zero.

    A project's quality is the mean of its scores less their severities; put in, what remains is one equation per
    reader, whose matrix is a Laplacian: the last severity is set to zero, the others solved, then all are centred.
    """
    readers = list(raw)
    readers_of: dict[str, list[str]] = {}
    for reader, given in raw.items():
        for project in given:
            readers_of.setdefault(project, []).append(reader)
    number = {reader: position for position, reader in enumerate(readers)}
    matrix = [[Fraction(0)] * len(readers) for _ in readers]
    right = [Fraction(0)] * len(readers)
    for project, together in readers_of.items():
        mean = _mean(raw[reader][project] for reader in together)
        for reader in together:
            row = number[reader]
            right[row] += raw[reader][project] - mean
            matrix[row][row] += 1
            for other in together:
                matrix[row][number[other]] -= Fraction(1, len(together))
    severities = [*solved([row[:-1] for row in matrix[:-1]], right[:-1]), Fraction(0)]
    middle = _mean(severities)
    return {reader: severities[number[reader]] - middle for reader in readers}


def _less(raw: Exact, offsets: Mapping[str, Fraction]) -> Exact:
    return {
        reader: {project: score - offsets[reader] for project, score in given.items()} for reader, given in raw.items()
    }


CORRECTIONS: Mapping[str, Correction] = {
    correction.id: correction
    for correction in (
        Correction(
            "none/1",
            _none,
            {"fr": "aucune correction", "en": "no correction"},
            {
                "fr": "Un projet lu par des lecteurs sévères en pâtit.",
                "en": "A project read by harsh readers suffers from it.",
            },
        ),
        Correction(
            "centre/1",
            _centre,
            {"fr": "moyennes ramenées au même niveau", "en": "means brought to one level"},
            {
                "fr": "Les projets d'un lecteur qui n'a reçu que de bons projets y perdent : leur avance est effacée.",
                "en": "The projects of a reader who was given only good ones lose by it: their lead is taken away.",
            },
        ),
        Correction(
            "z/1",
            _z,
            {"fr": "moyennes et écarts ramenés au même niveau", "en": "means and spreads brought to one level"},
            {
                "fr": "Un lecteur aux notes presque égales pèse autant que les autres : de petits écarts y décident.",
                "en": "A reader whose scores are almost equal weighs as much as the others: small differences decide.",
            },
        ),
        Correction(
            "rank/1",
            _rank,
            {"fr": "rangs au lieu des notes", "en": "ranks instead of scores"},
            {
                "fr": "L'écart entre deux projets voisins ne compte plus, seulement leur ordre.",
                "en": "How far two neighbouring projects are apart no longer counts, only their order.",
            },
        ),
        Correction(
            "additive/1",
            _additive,
            {"fr": "sévérité estimée par les projets communs", "en": "severity estimated from projects in common"},
            {
                "fr": "Avec moins de trois projets communs, la sévérité estimée est surtout du hasard.",
                "en": "With fewer than three projects in common the estimated severity is mostly chance.",
            },
        ),
    )
}


def correction_named(name: str) -> Correction:
    """The correction of an identifier (`z/1`), or the newest version of a name (`z`)."""
    if name in CORRECTIONS:
        return CORRECTIONS[name]
    versions = [correction for id, correction in CORRECTIONS.items() if id.partition("/")[0] == name]
    if not versions:
        raise CorrectionUnknown(name=name, known=", ".join(CORRECTIONS))
    return versions[-1]
