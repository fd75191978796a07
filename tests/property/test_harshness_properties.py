"""What each correction of harshness promises, tried on made-up scores; and what it does not, by stored examples."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocation.methods.harshness import CORRECTIONS, DECIMALS, Corrected, correct
from allocation.methods.refusals import CorrectionRefused
from tests import slow_counting

READERS, PROJECTS = "rst", "ABCD"
Scores = dict[str, dict[str, int]]
SCORE = st.integers(0, 20)
SHIFTED = ("centre/1", "z/1", "rank/1", "additive/1")
STRETCHED = ("z/1", "rank/1")

COMPLETE: st.SearchStrategy[Scores] = st.fixed_dictionaries(
    {reader: st.fixed_dictionaries(dict.fromkeys(PROJECTS, SCORE)) for reader in READERS}
)
PARTIAL: st.SearchStrategy[Scores] = st.fixed_dictionaries(
    {reader: st.dictionaries(st.sampled_from(PROJECTS), SCORE, min_size=1) for reader in READERS}
)


def corrected(scores: Scores, correction: str) -> Corrected:
    """The corrected scores; scores that the correction refuses are not tried."""
    try:
        return correct(scores, correction=correction)
    except CorrectionRefused:
        assume(False)
        raise


def differences(results: Mapping[str, Fraction]) -> dict[tuple[str, str], Fraction]:
    return {(one, other): results[one] - results[other] for one in results for other in results}


def changed(scores: Scores, reader: str, change) -> Scores:
    return {**scores, reader: {project: change(score) for project, score in scores[reader].items()}}


@given(PARTIAL, st.sampled_from(SHIFTED), st.sampled_from(READERS), st.integers(-50, 50))
def test_a_reader_who_adds_the_same_to_all_changes_nothing(
    scores: Scores, correction: str, reader: str, added: int
) -> None:
    before = corrected(scores, correction)
    after = correct(changed(scores, reader, lambda score: score + added), correction=correction)
    assert differences(after.results) == differences(before.results)
    assert after.ranking == before.ranking


@given(PARTIAL, st.sampled_from(STRETCHED), st.sampled_from(READERS), st.fractions(Fraction(1, 9), 9))
def test_a_reader_on_another_scale_changes_nothing(
    scores: Scores, correction: str, reader: str, scale: Fraction
) -> None:
    before = corrected(scores, correction)
    after = correct(changed(scores, reader, lambda score: score * scale), correction=correction)
    assert (after.scores, after.results) == (before.scores, before.results)


@given(PARTIAL, st.sampled_from(sorted(CORRECTIONS)), st.permutations(READERS), st.permutations(PROJECTS))
def test_no_order_of_readers_or_projects_matters(scores: Scores, correction: str, readers, projects) -> None:
    shuffled = {
        reader: {project: scores[reader][project] for project in projects if project in scores[reader]}
        for reader in readers
    }
    assert corrected(shuffled, correction) == corrected(scores, correction)


@given(COMPLETE)
def test_when_everyone_scores_everything_means_and_model_keep_the_raw_order(scores: Scores) -> None:
    raw = correct(scores)
    for correction in ("centre/1", "additive/1"):
        after = correct(scores, correction=correction)
        assert after.ranking == raw.ranking
        assert differences(after.results) == differences(raw.results)


@given(PARTIAL)
def test_the_additive_model_is_its_slow_twin(scores: Scores) -> None:
    after = corrected(scores, "additive/1")
    qualities, severities = slow_counting.least_squares(after.raw)
    assert after.results == qualities
    assert {reader: each.offset for reader, each in after.severities.items()} == severities


@given(PARTIAL)
def test_the_additive_model_leaves_residuals_that_sum_to_nothing(scores: Scores) -> None:
    after = corrected(scores, "additive/1")
    residual = {
        (reader, project): score - after.results[project]
        for reader, given_by in after.scores.items()
        for project, score in given_by.items()
    }
    for name in (*READERS, *PROJECTS):
        assert sum((value for key, value in residual.items() if name in key), Fraction(0)) == 0


@given(PARTIAL)
def test_the_additive_model_is_refused_exactly_when_the_scores_fall_apart(scores: Scores) -> None:
    reached = {READERS[0]}
    for _ in READERS:
        reached |= {r for r in READERS if any(set(scores[r]) & set(scores[other]) for other in reached)}
    if reached == set(READERS):
        assert correct(scores, correction="additive").correction == "additive/1"
    else:
        with pytest.raises(CorrectionRefused, match="share no project"):
            correct(scores, correction="additive")


@given(COMPLETE, SCORE)
def test_a_reader_who_scores_everything_alike_does_not_change_the_order(scores: Scores, same: int) -> None:
    before = correct(scores, correction="additive")
    after = correct({**scores, "u": dict.fromkeys(PROJECTS, same)}, correction="additive")
    assert after.ranking == before.ranking


def test_a_reader_who_scores_everything_alike_may_change_the_order_where_scores_are_missing() -> None:
    """Not promised: with holes, the readers' severities move too."""
    scores = {"r": {"D": 11, "C": 18}, "s": {"D": 12, "B": 16, "A": 4}, "t": {"D": 15, "A": 11}}
    before = correct(scores, correction="additive")
    after = correct({**scores, "u": dict.fromkeys(PROJECTS, 10)}, correction="additive")
    assert after.ranking != before.ranking


@settings(max_examples=60)
@given(COMPLETE)
def test_deviations_are_right_to_twelve_decimals(scores: Scores) -> None:
    after = corrected(scores, "z/1")
    for reader, given_by in scores.items():
        severity = after.severities[reader]
        for project, score in given_by.items():
            z, deviation = after.scores[reader][project], score - severity.mean
            assert (z >= 0) == (deviation >= 0)
            below, above = abs(z), abs(z) + Fraction(1, DECIMALS)
            assert below**2 * severity.variance <= deviation**2 < above**2 * severity.variance


@given(COMPLETE)
def test_middle_ranks_of_a_reader_average_to_a_half(scores: Scores) -> None:
    after = correct(scores, correction="rank")
    for reader in READERS:
        assert sum(after.scores[reader].values()) / len(PROJECTS) == Fraction(1, 2)


@given(PARTIAL, st.sampled_from(sorted(CORRECTIONS)))
def test_raw_scores_stay_beside_the_corrected_ones(scores: Scores, correction: str) -> None:
    after = corrected(scores, correction)
    assert after.raw == scores
    assert {reader: set(given_by) for reader, given_by in after.scores.items()} == {
        reader: set(given_by) for reader, given_by in scores.items()
    }
    assert after.raw_means == correct(scores).results


def test_centring_takes_the_lead_of_a_reader_who_was_given_good_projects() -> None:
    """Not promised: that merit survives. The one reader of both puts A before B, and centring B before A."""
    scores = {"r": {"A": 20, "B": 19}, "s": {"B": 19, "C": 5}}
    assert correct(scores, correction="additive").ranking.levels == (("A",), ("B",), ("C",))
    assert correct(scores, correction="centre").ranking.levels == (("B",), ("A",), ("C",))


def test_a_reader_of_tiny_spread_weighs_as_much_as_the_others_in_deviations() -> None:
    """Not promised: proportion. One point of r counts as much as twenty of s."""
    scores = {"r": {"A": 10, "B": 10, "C": 11}, "s": {"A": 20, "B": 0, "C": 0}}
    assert correct(scores).ranking.first == ("A",)
    results = correct(scores, correction="z").results
    assert results["A"] == results["C"]
