"""What each way of counting promises, tried on made-up ballots; and what it does not, by stored examples."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods.counting.answers import ANSWERS, AnswerCount, count_answers, verdict
from allocation.methods.counting.approvals import count_approvals
from allocation.methods.counting.buckets import average_splits, fill_buckets, parts_of
from allocation.methods.counting.majority_judgment import Judgment, judge, rank
from allocation.methods.counting.schulze import schulze, weighted
from allocation.methods.counting.scores import count_scores
from fund.charter.governance import Tally, YesNo, majority_reached
from tests import slow_counting

PROJECTS = "ABCDE"
GRADES = 4
MAJORITIES = st.sampled_from([Fraction(1, 2), Fraction(3, 5), Fraction(2, 3), Fraction(1)])


def named(ballots: list) -> dict:
    return {f"v{number}": ballot for number, ballot in enumerate(ballots)}


@st.composite
def rankings(draw: st.DrawFn, projects: str = PROJECTS, voters: int = 6):
    """Weak rankings: each voter puts each project at a level, or leaves it out."""
    ballots = []
    for _ in range(draw(st.integers(1, voters))):
        level_of = {project: draw(st.integers(0, 4)) for project in projects}
        ballots.append([[each for each in projects if level_of[each] == level] for level in range(4)])
    return named(ballots)


RECUSED = st.dictionaries(st.sampled_from(["v0", "v1", "v2"]), st.frozensets(st.sampled_from(PROJECTS)))
GRADE_LISTS = st.dictionaries(
    st.sampled_from(PROJECTS), st.lists(st.integers(0, GRADES - 1), min_size=1, max_size=7), min_size=1
)


def judgments(grades: Mapping[str, list[int]]) -> dict[str, Judgment]:
    return {
        project: Judgment(tuple(each.count(grade) for grade in range(GRADES)), 0) for project, each in grades.items()
    }


@given(st.lists(st.sampled_from(ANSWERS), max_size=12), MAJORITIES, st.sampled_from(["cast", "present"]))
def test_a_verdict_is_the_charter_s_own(answers: list[str], majority: Fraction, of) -> None:
    count = count_answers(named(answers))
    for tie in ("rejected", "casting-vote"):
        for casting in (None, "yes", "no"):
            said = verdict(count, majority=majority, of=of, tie=tie, casting=casting)
            tally = Tally(count.yes, count.no, count.abstentions)
            assert said.adopted == majority_reached(YesNo(majority, of, tie), tally, casting=casting)
            if said.by != "casting-vote":
                assert said.adopted == (said.yes >= said.needed)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), MAJORITIES)
def test_one_more_yes_never_rejects(yes: int, no: int, abstentions: int, majority: Fraction) -> None:
    for of in ("cast", "present"):
        if verdict(AnswerCount(yes, no, abstentions), majority=majority, of=of).adopted:
            assert verdict(AnswerCount(yes + 1, no, abstentions), majority=majority, of=of).adopted


@given(GRADE_LISTS)
def test_majority_judgment_removes_medians_until_projects_differ(grades: dict[str, list[int]]) -> None:
    assert [set(level) for level in rank(judgments(grades), "remove-median").levels] == slow_counting.majority_order(
        grades
    )


@given(GRADE_LISTS)
def test_removing_medians_is_the_order_of_majority_values(grades: dict[str, list[int]]) -> None:
    """Balinski and Laraki's two definitions agree, on numbers of grades made equal; the multiple does not matter."""
    for times in (1, 2, 3):
        longest = times * lcm(*(len(each) for each in grades.values()))
        values = {
            project: slow_counting.majority_values(each * (longest // len(each))) for project, each in grades.items()
        }
        expected = slow_counting.in_levels(grades, lambda one, other, values=values: values[one] > values[other])
        assert [set(level) for level in rank(judgments(grades), "remove-median").levels] == expected


@given(GRADE_LISTS, st.sampled_from(["remove-median", "nearest-grade"]))
def test_the_order_of_two_projects_depends_on_their_grades_alone(grades: dict[str, list[int]], tie) -> None:
    """Independence of irrelevant alternatives, in grades: taking the others away changes nothing."""
    places = rank(judgments(grades), tie).places
    for one in grades:
        for other in grades:
            pair = rank(judgments({each: grades[each] for each in (one, other)}), tie).places
            assert (places[one] < places[other]) == (pair[one] < pair[other])


@given(GRADE_LISTS, st.data(), st.sampled_from(["remove-median", "nearest-grade"]))
def test_a_better_grade_never_lowers_a_project(grades: dict[str, list[int]], data: st.DataObject, tie) -> None:
    project = data.draw(st.sampled_from(sorted(grades)))
    number = data.draw(st.integers(0, len(grades[project]) - 1))
    before = rank(judgments(grades), tie).places[project]
    raised = list(grades[project])
    raised[number] = min(GRADES - 1, raised[number] + 1)
    assert rank(judgments({**grades, project: raised}), tie).places[project] <= before


@given(GRADE_LISTS, st.sampled_from(["remove-median", "nearest-grade"]))
def test_a_clone_stands_beside_its_original(grades: dict[str, list[int]], tie) -> None:
    """No vote-splitting: a project graded alike shares its level, and the others keep their order."""
    first = min(grades)
    levels = rank(judgments(grades), tie).levels
    cloned = rank(judgments({**grades, "Z": grades[first]}), tie).levels
    assert [tuple(each for each in level if each != "Z") for level in cloned] == list(levels)
    assert next(level for level in cloned if "Z" in level) == next((*level, "Z") for level in levels if first in level)


@given(GRADE_LISTS, st.data())
def test_a_voter_who_already_graded_above_the_median_cannot_raise_it(
    grades: dict[str, list[int]], data: st.DataObject
) -> None:
    project = data.draw(st.sampled_from(sorted(grades)))
    before = judgments(grades)[project].majority_grade
    assert before is not None
    for number, grade in enumerate(grades[project]):
        if grade > before:
            changed = [*grades[project][:number], GRADES - 1, *grades[project][number + 1 :]]
            assert judgments({project: changed})[project].majority_grade == before


def test_majority_judgment_may_pass_over_the_condorcet_winner() -> None:
    votes = named([{"A": 3, "B": 2}, {"A": 1, "B": 0}, {"A": 1, "B": 2}, {"A": 0, "B": 2}, {"A": 2, "B": 1}])
    assert sum(vote["A"] > vote["B"] for vote in votes.values()) == 3
    assert judge("AB", votes, grades=4).ranking.levels == (("B",), ("A",))


def test_a_voter_who_stays_away_may_do_better_under_majority_judgment() -> None:
    """Participation is not promised: the last voter prefers A, and A wins only without them."""
    votes = named([{"A": 5, "B": 4}, {"A": 5, "B": 4}, {"A": 0, "B": 3}])
    assert judge("AB", votes, grades=6).ranking.first == ("A",)
    assert judge("AB", {**votes, "last": {"A": 2, "B": 1}}, grades=6).ranking.first == ("B",)


@settings(max_examples=60)
@given(rankings(), RECUSED)
def test_schulze_is_the_strongest_of_all_chains(ballots, recused) -> None:
    tally = schulze(PROJECTS, ballots, recused=recused)
    assert [set(level) for level in tally.ranking.levels] == slow_counting.schulze_order(PROJECTS, ballots, recused)
    for (one, other), voters in tally.preferring.items():
        assert voters == slow_counting.preferring(ballots, recused, one, other)
        assert voters + tally.preferring[other, one] <= tally.comparing[one, other]


@given(rankings(), st.integers(1, 3))
def test_distinct_rankings_with_their_voters_count_as_the_voters_one_by_one(ballots, times: int) -> None:
    merged = weighted(PROJECTS, [(levels, times) for levels in ballots.values()])
    single = schulze(PROJECTS, {f"{voter}.{time}": ballots[voter] for voter in ballots for time in range(times)})
    assert merged == single


@given(rankings())
def test_a_condorcet_winner_wins_alone(ballots) -> None:
    tally = schulze(PROJECTS, ballots)
    if tally.condorcet_winner:
        assert tally.winners == (tally.condorcet_winner,)


@given(rankings())
def test_schulze_winners_are_of_the_smith_set(ballots) -> None:
    assert set(schulze(PROJECTS, ballots).winners) <= slow_counting.smith_set(PROJECTS, ballots)


@given(rankings(), st.data())
def test_raising_a_schulze_winner_keeps_it_winning(ballots, data: st.DataObject) -> None:
    winner = data.draw(st.sampled_from(schulze(PROJECTS, ballots).winners))
    voter = data.draw(st.sampled_from(sorted(ballots)))
    lifted = [[each for each in level if each != winner] for level in ballots[voter]]
    assert winner in schulze(PROJECTS, {**ballots, voter: [[winner], *lifted]}).winners


@given(rankings())
def test_the_only_winner_is_not_the_only_winner_of_the_reversed_ballots(ballots) -> None:
    tally = schulze(PROJECTS, ballots)
    everyone = {
        voter: [*levels, [each for each in PROJECTS if not any(each in level for level in levels)]]
        for voter, levels in ballots.items()
    }
    reversed_tally = schulze(PROJECTS, {voter: levels[::-1] for voter, levels in everyone.items()})
    if len(tally.winners) == 1:
        assert reversed_tally.winners != tally.winners


@given(rankings(projects="ABCD"), st.sampled_from("ABCD"))
def test_a_clone_neither_helps_nor_harms_under_schulze(ballots, original: str) -> None:
    # Whoever ranks the original alone prefers it to its clone; for the others the two are equal.
    cloned = {
        voter: [
            part
            for level in levels
            for part in (
                [[original], ["Z"]] if level == [original] else [[*level, "Z"]] if original in level else [level]
            )
        ]
        for voter, levels in ballots.items()
    }
    before, after = set(schulze("ABCD", ballots).winners), set(schulze("ABCDZ", cloned).winners)
    assert {"Z" if each in (original, "Z") else each for each in after} == {
        "Z" if each == original else each for each in before
    }


@given(rankings())
def test_what_everyone_prefers_is_ahead(ballots) -> None:
    tally = schulze(PROJECTS, ballots)
    for one in PROJECTS:
        for other in PROJECTS:
            if one != other and tally.preferring[one, other] == len(ballots):
                assert tally.ranking.places[one] < tally.ranking.places[other]


def test_a_third_project_may_change_who_wins_under_schulze() -> None:
    """Independence of irrelevant alternatives is not promised: five of nine prefer A to B, and C makes B win."""
    ballots = named([list(vote) for vote in ["ABC"] * 3 + ["BCA"] * 4 + ["CAB"] * 2])
    assert schulze("ABC", ballots).winners == ("B",)
    without = {voter: [each for each in ballot if each != "C"] for voter, ballot in ballots.items()}
    assert schulze("AB", without).winners == ("A",)


def test_a_voter_who_stays_away_may_do_better_under_schulze() -> None:
    """Participation is not promised: three more voters who prefer A to D make D win instead of A."""
    votes = ["ABCD", "DBCA", *["CDBA"] * 2, *["ACDB"] * 3, *["DBAC"] * 2]
    assert schulze("ABCD", named([list(vote) for vote in votes])).winners == ("A",)
    assert schulze("ABCD", named([list(vote) for vote in [*votes, *["BADC"] * 3]])).winners == ("D",)


@given(
    st.lists(st.dictionaries(st.sampled_from(PROJECTS), st.integers(0, 20)), min_size=1, max_size=7),
    st.integers(0, 10_000),
    RECUSED,
)
def test_the_average_of_splits_is_spent_to_the_cent(points: list[dict[str, int]], pot: int, recused) -> None:
    tally = average_splits(PROJECTS, named(points), pot=pot, recused=recused)
    exact = {project: Fraction(0) for project in PROJECTS}
    for voter, given_by in named(points).items():
        counted = {each: value for each, value in given_by.items() if each not in recused.get(voter, ())}
        for project, value in counted.items():
            exact[project] += Fraction(pot, len(points)) * Fraction(value, sum(counted.values()) or 1)
    assert {project: bucket.exact for project, bucket in tally.buckets.items()} == exact
    assert sum(bucket.minor for bucket in tally.buckets.values()) + tally.left == pot
    assert sum(bucket.minor for bucket in tally.buckets.values()) == int(sum(exact.values()))
    assert all(abs(bucket.minor - bucket.exact) < 1 for bucket in tally.buckets.values())


@given(st.lists(st.dictionaries(st.sampled_from(PROJECTS), st.integers(0, 20)), min_size=1, max_size=7), RECUSED)
def test_buckets_add_up_and_the_rest_stays_in_the_pot(splits: list[dict[str, int]], recused) -> None:
    parts = parts_of(700, named(splits).keys())
    tally = fill_buckets(PROJECTS, named(splits), parts=parts, recused=recused)
    assert sum(parts.values()) == 700 == tally.left + sum(bucket.minor for bucket in tally.buckets.values())
    assert tally.left == sum(tally.undistributed.values())


@given(st.lists(st.frozensets(st.sampled_from(PROJECTS)), min_size=1, max_size=7), RECUSED)
def test_a_recusal_changes_the_whole_and_not_the_others(approvals: list[frozenset[str]], recused) -> None:
    ballots = named(approvals)
    tally = count_approvals(PROJECTS, ballots, recused=recused)
    scores = count_scores(
        PROJECTS, {voter: dict.fromkeys(ballot, 1) for voter, ballot in ballots.items()}, recused=recused
    )
    for project in PROJECTS:
        speaking = [voter for voter in ballots if project not in recused.get(voter, ())]
        count = tally.counts[project]
        assert (count.approvals, count.voters) == (sum(project in ballots[each] for each in speaking), len(speaking))
        assert count.voters + count.recused == len(ballots)
        assert scores.counts[project].graders == count.approvals
