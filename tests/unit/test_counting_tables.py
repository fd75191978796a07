"""Ballots counted by hand, and what counting refuses, in both languages."""

from fractions import Fraction
from string import Formatter

import pytest

from allocation.errors import AllocationError, Inconsistent
from allocation.methods import refusals
from allocation.methods.counting.answers import AnswerCount, Verdict, count_answers, verdict
from allocation.methods.counting.approvals import count_approvals
from allocation.methods.counting.buckets import average_splits, fill_buckets, parts_of
from allocation.methods.counting.consent import Objection, consent
from allocation.methods.counting.majority_judgment import judge
from allocation.methods.counting.ranking import Ranking
from allocation.methods.counting.schulze import schulze
from allocation.methods.counting.scores import count_scores
from allocation.methods.harshness import CORRECTIONS, correct, correction_named
from allocation.methods.refusals import (
    BallotsUncountable,
    CorrectionRefused,
    CorrectionUnknown,
    ObjectionUnclear,
    SearchTooLarge,
)

EXCELLENT, GOOD, FAIR, POOR = 3, 2, 1, 0

VERDICTS = """
# yes no abstain | majority of      tie          casting | adopted needed by           because
  4   3  0       | 1/2      cast    rejected     -       | yes     4      majority     more than half of seven
  4   4  0       | 1/2      cast    rejected     -       | no      5      tie          as many for as against
  4   4  0       | 1/2      cast    casting-vote yes     | yes     5      casting-vote the chair settles it
  4   4  0       | 1/2      cast    casting-vote no      | no      5      casting-vote the chair settles it
  4   4  0       | 1/2      cast    casting-vote -       | no      5      casting-vote the chair said nothing
  4   3  2       | 1/2      present rejected     -       | no      5      majority     abstentions count as present
  4   2  9       | 2/3      cast    rejected     -       | yes     4      majority     two thirds of six are four
  0   0  5       | 1/2      cast    rejected     -       | no      1      majority     nobody for it is no majority
  3   0  0       | 1        cast    rejected     -       | yes     3      majority     unanimous
  2   2  0       | 1/2      cast    rejected     yes     | no      3      tie          no casting vote in this charter
"""


@pytest.mark.parametrize("line", VERDICTS.strip().splitlines()[1:])
def test_verdicts(line: str) -> None:
    votes, rule, said = (part.split() for part in line.split("|"))
    count = AnswerCount(*map(int, votes))
    casting = None if rule[3] == "-" else rule[3]
    found = verdict(count, majority=Fraction(rule[0]), of=rule[1], tie=rule[2], casting=casting)  # type: ignore[arg-type]
    assert (found.adopted, found.needed, found.by) == (said[0] == "yes", int(said[1]), said[2])


def test_the_recused_do_not_answer() -> None:
    assert count_answers({"ana": "yes", "bo": "yes", "cy": "no"}, recused=["bo"]) == AnswerCount(1, 1, 0, recused=1)


def test_approvals_are_compared_by_those_who_could_give_them() -> None:
    """A has two of three, B two of four: A is ahead, and both numbers are shown."""
    tally = count_approvals("AB", {"1": "AB", "2": "AB", "3": "", "4": ""}, recused={"4": "A"})
    assert [(each.approvals, each.voters, each.recused) for each in tally.counts.values()] == [(2, 3, 1), (2, 4, 0)]
    assert tally.ranking.levels == (("A",), ("B",))
    assert count_approvals("A", {"1": "A"}, recused={"1": "A"}).counts["A"].share == 0


def test_a_mean_is_over_those_who_scored() -> None:
    ballots = {"1": {"A": 4, "B": 5}, "2": {"A": 2}, "3": {"A": 5, "C": 1}}
    tally = count_scores("ABCD", ballots, recused={"3": "A"})
    assert (tally.counts["A"].total, tally.counts["A"].graders, tally.counts["A"].recused) == (6, 2, 1)
    assert [tally.counts[each].mean for each in "ABCD"] == [3, 5, 1, None]
    assert tally.ranking.levels == (("B",), ("A",), ("C",), ("D",))


def grades(**by_project: list[int]) -> dict[str, dict[str, int]]:
    voters = max(map(len, by_project.values()))
    return {
        str(number): {project: each[number] for project, each in by_project.items() if number < len(each)}
        for number in range(voters)
    }


def test_majority_judgment_takes_the_lower_median_and_removes_it() -> None:
    """Both medians are Fair; one Fair less, X has Good, Good, Poor and Y Excellent, Fair, Fair."""
    votes = grades(X=[GOOD, GOOD, FAIR, POOR], Y=[EXCELLENT, FAIR, FAIR, FAIR])
    tally = judge("XY", votes, grades=4)
    assert [tally.judgments[each].majority_grade for each in "XY"] == [FAIR, FAIR]
    assert tally.ranking.levels == (("X",), ("Y",))
    x = tally.judgments["X"]
    assert (x.counts, x.better, x.worse) == ((1, 1, 2, 0), Fraction(1, 2), Fraction(1, 4))


def test_the_nearest_grade_may_order_otherwise() -> None:
    """All medians are Fair. X meets a better grade first, one voter away from the middle; Y is nearer to Good."""
    votes = grades(X=[GOOD] * 9 + [FAIR] * 3 + [POOR] * 8, Y=[GOOD] * 8 + [FAIR] * 12)
    assert judge("XY", votes, grades=4).ranking.levels == (("X",), ("Y",))
    tally = judge("XY", votes, grades=4, tie="nearest-grade")
    assert [tally.judgments[each].nearness for each in "XY"] == [Fraction(7, 6), Fraction(4, 3)]
    assert tally.ranking.levels == (("Y",), ("X",))


def test_a_recused_voter_gives_no_grade_and_a_silent_one_the_lowest() -> None:
    votes = grades(X=[GOOD, GOOD, POOR], Y=[GOOD, GOOD])
    recused = judge("XY", votes, grades=4, recused={"2": ["X", "Y"]})
    assert recused.ranking.levels == (("X", "Y"),)
    assert recused.ranking.ties == (("X", "Y"),)
    assert [judge("XY", votes, grades=4).judgments[each].counts for each in "XY"] == [(1, 0, 2, 0), (1, 0, 2, 0)]
    left_out = judge("XY", votes, grades=4, blank="left-out")
    assert left_out.judgments["Y"].counts == (0, 0, 2, 0)
    assert left_out.ranking.first == ("Y",)


def test_different_numbers_of_grades_are_compared_by_shares() -> None:
    """A has Good, Good of two; B Good, Good, Good, Poor of four: the same median, and A keeps it longer."""
    votes = grades(A=[GOOD, GOOD], B=[GOOD, GOOD, GOOD, POOR])
    tally = judge("AB", votes, grades=4, blank="left-out")
    assert tally.ranking.levels == (("A",), ("B",))
    doubled = grades(A=[GOOD, POOR], B=[GOOD, POOR, GOOD, POOR])
    assert judge("AB", doubled, grades=4, blank="left-out").ranking.ties == (("A", "B"),)


def test_nobody_may_grade_a_project_and_it_comes_last() -> None:
    tally = judge("AB", {"1": {"B": 0}}, grades=2, recused={"1": "A"})
    assert (tally.judgments["A"].majority_grade, tally.ranking.levels) == (None, (("B",), ("A",)))


def test_schulze_of_schulze_s_own_example() -> None:
    """Schulze 2011, section 3.1: 45 voters, five candidates; E wins and the order is E, A, C, B, D."""
    votes = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    ballots = {f"{order}{number}": list(order) for order, voters in votes.items() for number in range(voters)}
    tally = schulze("ABCDE", ballots)
    assert (tally.preferring["A", "B"], tally.preferring["A", "E"], tally.preferring["E", "D"]) == (20, 22, 31)
    assert (tally.strengths["A", "B"], tally.strengths["E", "A"], tally.strengths["B", "E"]) == (28, 25, 24)
    assert tally.ranking.levels == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert tally.condorcet_winner is None


def test_a_recused_voter_compares_nothing_with_that_project() -> None:
    ballots = {"1": ["A", "B"], "2": ["B", "A"], "3": ["B"]}
    tally = schulze("AB", ballots, recused={"2": "B"})
    assert (tally.preferring["A", "B"], tally.preferring["B", "A"], tally.comparing["A", "B"]) == (1, 1, 2)
    assert tally.ranking.ties == (("A", "B"),)


def test_consent_fails_while_an_objection_stands() -> None:
    met = Objection("o1", "ana", "The hall is too small.", "integrated", "Two evenings instead of one.")
    gone = Objection("o2", "bo", "We cannot lend lights.", "withdrawn", "They can be rented.")
    taste = Objection("o3", "cy", "I prefer dance.", "not-valid", "A preference, not a harm.")
    stands = Objection("o4", "di", "The date is that of our own festival.")
    assert consent([met, gone, taste]).adopted
    tally = consent([met, gone, taste, stands])
    assert (tally.outcome, tally.by, tally.standing) == ("not-adopted", "objection", (stands,))
    assert [tally.counted(state) for state in ("raised", "integrated", "withdrawn", "not-valid")] == [1, 1, 1, 1]
    assert consent([stands], has_fallback=True).outcome == "fallback-due"
    for answers, outcome in (((4, 1), "adopted"), ((1, 4), "not-adopted")):
        voted: Verdict = verdict(AnswerCount(*answers, 0))
        fallen_back = consent([stands], has_fallback=True, fallback=voted)
        assert (fallen_back.outcome, fallen_back.by, fallen_back.fallback) == (outcome, "fallback", voted)
    assert consent([]).by == "consent"


def test_buckets_by_weights_and_by_points() -> None:
    assert parts_of(1000, ["ana", "bo"], {"ana": 300, "bo": 100}) == {"ana": 750, "bo": 250}
    tally = average_splits("xy", {"ana": {"x": 1}, "bo": {"y": 1}}, pot=1000, weights={"ana": 300, "bo": 100})
    assert {each: bucket.minor for each, bucket in tally.buckets.items()} == {"x": 750, "y": 250}
    silent = average_splits("xy", {"ana": {"x": 1}, "bo": {}}, pot=1001)
    assert (silent.buckets["x"].exact, silent.buckets["x"].minor, silent.left) == (Fraction(1001, 2), 500, 501)
    assert average_splits("xy", {}, pot=10).left == 10
    recused = fill_buckets("xy", {"ana": {"x": 5, "y": 5}}, parts={"ana": 10}, recused={"ana": "x"})
    assert (recused.left, recused.undistributed) == (5, {"ana": 5})


def test_places_count_those_ahead() -> None:
    assert Ranking((("a", "b"), ("c",))).places == {"a": 1, "b": 1, "c": 3}
    assert Ranking(()).first == ()


REFUSED = [
    (lambda: count_answers({"ana": "maybe"}), "neither yes, no nor"),
    (lambda: count_approvals("A", {"ana": "AB"}), "names B, which is not put"),
    (lambda: schulze("AB", {"ana": ["A", ["B", "A"]]}), "ranks A twice"),
    (lambda: judge("A", {"ana": {"A": 7}}, grades=6), "grades A 7, and the grades go from 0 to 5"),
    (lambda: fill_buckets("A", {"ana": {"A": -1}}, parts={"ana": 5}), "less than nothing"),
    (lambda: fill_buckets("A", {"ana": {"A": 6}}, parts={"ana": 5}), "gives away 6 of the 5"),
    (lambda: fill_buckets("A", {"ana": {"A": 6}}, parts={}), "has no part"),
    (lambda: verdict(AnswerCount(1, 0, 0), majority=Fraction(1, 3)), "from one half to one, not 1/3"),
]


@pytest.mark.parametrize(("count", "says"), REFUSED)
def test_ballots_that_cannot_be_counted(count, says: str) -> None:
    with pytest.raises(BallotsUncountable, match=says):
        count()


@pytest.mark.parametrize(
    ("objections", "says"),
    [
        ([Objection("1", "ana", "Harm.", "ignored")], "none of raised"),
        ([Objection("1", "ana", "Harm.", "not-valid")], "needs a reason"),
        ([Objection("1", "ana", "Harm.", "withdrawn", " ")], "needs a reason"),
        ([Objection("1", "ana", " ")], "what harm"),
        ([Objection("1", "ana", "Harm."), Objection("1", "bo", "Harm.")], "two objections"),
    ],
)
def test_objections_that_cannot_be_counted(objections: list[Objection], says: str) -> None:
    with pytest.raises(ObjectionUnclear, match=says):
        consent(objections)


@pytest.mark.parametrize(
    ("correction", "scores", "says"),
    [
        ("z", {"ana": {"A": 1, "B": 2}}, "ana gave 2, and it takes at least 3"),
        ("z/1", {"ana": {"A": 1, "B": 1, "C": 1}}, "ana gave the same score to 3"),
        ("additive", {"ana": {"A": 1}, "bo": {"B": 1}}, "ana and bo share no project.*2 groups"),
        ("additive", {f"r{number}": {"A": 1} for number in range(101)}, "101 readers.*100 at most"),
        ("none", {"ana": {}}, "nobody scored"),
    ],
)
def test_corrections_that_cannot_be_made(correction: str, scores: dict[str, dict[str, int]], says: str) -> None:
    with pytest.raises(CorrectionRefused, match=says):
        correct(scores, correction=correction)


def test_corrections_are_chosen_by_name_and_version() -> None:
    assert list(CORRECTIONS) == ["none/1", "centre/1", "z/1", "rank/1", "additive/1"]
    assert correction_named("rank").id == "rank/1"
    with pytest.raises(CorrectionUnknown, match=r"harsh.*choose one of: none/1"):
        correction_named("harsh")
    for each in CORRECTIONS.values():
        assert {*each.names} == {*each.cautions} == {"fr", "en"}


def test_readers_with_little_in_common_are_named() -> None:
    scores = {"ana": dict.fromkeys("ABC", 3), "bo": {"A": 1, "B": 2, "C": 3}, "cy": {"A": 5, "D": 4}}
    assert correct(scores, correction="additive").cautions == ("cy",)
    assert correct(scores).cautions == ()


def test_middle_ranks_by_hand() -> None:
    """Of four scores 5 is last, the two 7 share the second and third place, 9 is first."""
    after = correct({"ana": {"A": 5, "B": 7, "C": 7, "D": 9}}, correction="rank")
    assert list(after.scores["ana"].values()) == [Fraction(1, 8), Fraction(1, 2), Fraction(1, 2), Fraction(7, 8)]


def figures(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


REFUSALS = [
    value
    for value in vars(refusals).values()
    if isinstance(value, type) and issubclass(value, AllocationError) and value.__module__ == refusals.__name__
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_both_languages_carry_the_same_figures(refusal: type[AllocationError]) -> None:
    assert figures(refusal.sentences["fr"]) == figures(refusal.sentences["en"])
    assert refusal.sentences["fr"] != refusal.sentences["en"]
    if issubclass(refusal, Inconsistent):
        for why in refusal.whys.values():
            assert figures(why["fr"]) == figures(why["en"])


def test_a_refusal_speaks_french_with_its_figures() -> None:
    refused = CorrectionRefused(correction="z/1", why="too_few_scores", reader="ana", count=2, limit=3)
    assert refused.sentence("fr") == (
        "La correction z/1 n'est pas possible sur ces notes : ana en a donné 2, et il en faut au moins 3 "
        "pour connaître l'écart de ses notes. Les notes brutes demeurent."
    )
    assert "200000" in SearchTooLarge(method="knapsack/1", count=99, limit=200_000).sentence("fr")
