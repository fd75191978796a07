"""The methods on elections that anyone can count by hand."""

from fractions import Fraction
from hashlib import sha256

import pytest

from allocation.errors import MethodUnknown, ParameterInvalid, ProblemInvalid, TieRuleUnknown
from allocation.methods.problem import Level, Pick, Problem, Purchase, Result, Tie
from allocation.methods.record import result_record, written
from allocation.methods.registry import METHODS, method_named, solve
from allocation.methods.ties import TieRule, commitment, lot

# Costs are letters with figures, ballots are letters; “.” is an empty ballot, “-” is nothing chosen.

EQUAL_SHARES = """
# budget | costs          | ballots     | chosen | because
  900    | A300 B300 C300 | AB AB C     | A B C  | each has 300: A and B take 150 twice, C takes 300
  900    | A300 B300 C400 | AB AB C     | A B    | C's only supporter has 300
  300    | A300           | A A A       | A      | a hundred each
  299    | A300           | A A A       | -      | one short
  900    | A300           | . . A       | A      | an empty ballot holds its 300 too, the third pays alone
  899    | A300           | . . A       | -      | 299 and two thirds is less than 300
  300    | A150 B150      | AB A B      | A      | A costs two supporters 75 each; then 125 is left for B
  100    | A0 B100        | A B         | A      | what costs nothing is bought, B's only supporter has 50
  0      | A0 B1          | A B         | A      | an empty envelope still buys what costs nothing
  100    | A10 B10        | .  .        | -      | nobody supports anything
  100    | A10            | -           | -      | nobody votes
  120    | A60 B60 C60    | A AB BC C   | A C    | 30 each: A takes all of two purses, then B has one, C has two
"""

COMPLETED = """
# budget | costs          | ballots     | chosen | because
  900    | A300 B300 C400 | AB AB C     | A B    | 300 is left, C costs 400
  1000   | A300 B300 C400 | AB AB C     | A B C  | C's supporter has 333, the rest pays C
  299    | A300 B299      | A A A B     | B      | no purse buys anything; A does not fit, B does
  300    | A150 B150      | AB A B      | A B    | B is completed with what is left
  100    | A10            | -           | -      | nobody votes: A has too few supporters
"""

GREEDY_VOTES = """
# budget | costs          | ballots     | chosen | because
  10     | A6 B5 C4       | A A A B B C | A C    | three votes; five does not fit in four, four does
  10     | A10 B5 C5      | A A B C     | A      | two votes for A take everything
  10     | A6 B4 C1       | A A B B     | A B    | C has no supporter
  9      | A3 B3 C3       | C A         | A C    | A before C by identifier, B has no supporter
  0      | A1             | A           | -      | nothing to spend
"""

GREEDY_PER_COST = """
# budget | costs          | ballots     | chosen | because
  10     | A10 B5 C5      | A A A B B C C | B C  | two per five is more than three per ten
  10     | A6 B3          | A A B       | A B    | one third each: A before B by identifier
  10     | A0 B10         | A B B B     | A B    | what costs nothing comes first
"""


def rows(table: str) -> list[tuple[int, dict[str, int], list[str], list[str]]]:
    found = []
    for line in table.strip().splitlines()[1:]:
        budget, costs, ballots, chosen, _ = (part.strip() for part in line.split("|"))
        found.append(
            (
                int(budget),
                {cost[0]: int(cost[1:]) for cost in costs.split()},
                [] if ballots == "-" else [ballot.strip(".") for ballot in ballots.split()],
                [] if chosen == "-" else chosen.split(),
            )
        )
    return found


def decided(method: str, budget: int, costs: dict[str, int], ballots: list[str], **parameters: str | int) -> Result:
    problem = Problem.of(budget=budget, costs=costs, ballots=ballots)
    return solve(problem, method=method, parameters=parameters, tie_rule=TieRule())


@pytest.mark.parametrize(("budget", "costs", "ballots", "chosen"), rows(EQUAL_SHARES))
def test_equal_shares(budget: int, costs: dict[str, int], ballots: list[str], chosen: list[str]) -> None:
    for utility in ("cost", "cardinal"):
        result = decided("equal-shares", budget, costs, ballots, completion="none", utility=utility)
        assert sorted(result.winners) == chosen
        assert result.spent + result.left == budget


@pytest.mark.parametrize(("budget", "costs", "ballots", "chosen"), rows(COMPLETED))
def test_equal_shares_completed(budget: int, costs: dict[str, int], ballots: list[str], chosen: list[str]) -> None:
    assert list(decided("equal-shares", budget, costs, ballots).winners) == chosen


@pytest.mark.parametrize(("budget", "costs", "ballots", "chosen"), rows(GREEDY_VOTES))
def test_greedy_by_votes(budget: int, costs: dict[str, int], ballots: list[str], chosen: list[str]) -> None:
    assert list(decided("greedy", budget, costs, ballots).winners) == chosen


@pytest.mark.parametrize(("budget", "costs", "ballots", "chosen"), rows(GREEDY_PER_COST))
def test_greedy_by_votes_per_cost(budget: int, costs: dict[str, int], ballots: list[str], chosen: list[str]) -> None:
    assert list(decided("greedy", budget, costs, ballots, utility="cardinal").winners) == chosen


def test_utility_decides_between_many_small_and_few_large() -> None:
    # 100 each. Per euro supported, A takes 1/3 of a euro from each of three, B 1/2; per project, A takes 60 and B 20.
    costs, ballots = {"A": 180, "B": 40}, ["AB", "AB", "A"]
    assert decided("equal-shares", 300, costs, ballots, utility="cost").winners == ("A", "B")
    assert decided("equal-shares", 300, costs, ballots, utility="cardinal").winners == ("B", "A")


def test_a_purchase_says_who_pays_what() -> None:
    # 100 each. Per project, B asks 43 1/3 of three, less than the 90 that A asks of one.
    result = decided("equal-shares", 300, {"A": 90, "B": 130}, ["AB", "B", "B"], utility="cardinal", completion="none")
    assert result.steps == (Purchase("B", 130, 3, 300, Fraction(130, 3), Fraction(130, 3), 3, 0, Fraction(0)),), (
        "56 2/3 is left to A's supporter"
    )
    result = decided("equal-shares", 300, {"A": 90, "B": 130}, ["AB", "B", "AB"], utility="cost", completion="none")
    first, second = result.steps
    assert first == Purchase("B", 130, 3, 300, Fraction(1, 3), Fraction(130, 3), 3, 0, Fraction(0))
    assert second == Purchase("A", 90, 2, 170, Fraction(1, 2), Fraction(45), 2, 0, Fraction(0))


def test_those_who_have_less_give_all_and_the_others_share_the_rest() -> None:
    # 100 each. A takes 50 from m1 and m2; B costs 190: m1 gives the 50 left, m3 and m4 pay 70.
    result = decided("equal-shares", 400, {"A": 100, "B": 190}, ["AB", "A", "B", "B"], utility="cardinal")
    assert result.steps[1] == Purchase("B", 190, 3, 300, Fraction(70), Fraction(70), 2, 1, Fraction(50))


def test_a_pick_says_its_place_and_what_was_left() -> None:
    result = decided("greedy", 10, {"A": 6, "B": 5, "C": 4}, ["A", "A", "A", "B", "B", "C"])
    assert result.steps == (Pick("A", 6, 3, 10, 1), Pick("C", 4, 1, 4, 3))


def test_support_can_be_required_or_waived() -> None:
    costs, ballots = {"A": 5, "B": 5, "C": 5}, ["A", "A", "B"]
    for method in ("greedy/1", "equal-shares/1", "phragmen/1"):
        assert sorted(decided(method, 15, costs, ballots, min_support=2).winners) == ["A"]
        assert sorted(decided(method, 15, costs, ballots).winners) == ["A", "B"]
        assert sorted(decided(method, 15, costs, ballots, min_support=0).winners) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("costs", "ballots", "chosen", "by"),
    [
        ({"A": 5, "B": 5}, ["A", "B"], "A", "identifier"),
        ({"10": 5, "9": 5}, [["9"], ["10"]], "10", "identifier"),
    ],
)
def test_without_a_seed_the_smallest_identifier_as_text_wins(costs, ballots, chosen: str, by: str) -> None:
    problem = Problem.of(budget=5, costs=costs, ballots=ballots)
    result = solve(problem, method="greedy", parameters={}, tie_rule=TieRule.named("lexicographic"))
    assert result.ties == (Tie(tuple(sorted(costs)), chosen, by),)


@pytest.mark.parametrize(
    ("costs", "ballots", "utility", "chosen", "by"),
    [
        ({"A": 5, "B": 10}, ["A", "B", "B"], "cardinal", "B", "support"),
        ({"A": 6, "B": 5}, ["A", "B"], "cost", "B", "amount"),
        ({"A": 5, "B": 5}, ["A", "B"], "cost", "B", "lottery"),
    ],
)
def test_the_committee_breaks_ties_by_support_then_amount_then_lottery(
    costs: dict[str, int], ballots: list[str], utility: str, chosen: str, by: str
) -> None:
    problem = Problem.of(budget=10, costs=costs, ballots=ballots)
    result = solve(problem, method="greedy", parameters={"utility": utility}, tie_rule=TieRule.named("lottery:graine"))
    assert result.ties[0] == Tie(("A", "B"), chosen, by)


def test_the_lottery_is_a_hash_that_anyone_can_compute() -> None:
    assert lot("graine", "A") == sha256(b"graineA").hexdigest()
    assert lot("graine", "B") < lot("graine", "A")
    assert commitment("graine") == sha256(b"graine").hexdigest()


def test_only_those_that_still_fit_are_tied() -> None:
    result = decided("greedy", 9, {"A": 5, "B": 5, "C": 4}, ["A", "B", "C"])
    assert result.winners == ("A", "C")
    assert result.ties == (Tie(("A", "B", "C"), "A", "identifier"),)


def test_what_is_taken_is_not_tied_again() -> None:
    result = decided("greedy", 9, {"A": 3, "B": 3, "C": 3}, ["A", "B", "C"])
    assert [tie.candidates for tie in result.ties] == [("A", "B", "C"), ("B", "C")]


def test_a_method_is_named_with_or_without_its_version() -> None:
    assert method_named("greedy").id == "greedy/1"
    assert method_named("equal-shares/1") is METHODS["equal-shares/1"]
    for name in ("dice", "greedy/2", "", "greedy/"):
        with pytest.raises(MethodUnknown, match="greedy/1, equal-shares/1, phragmen/1"):
            method_named(name)


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("completion", "none", "utility, min_support"),
        ("utility", "joy", "cost | cardinal | score | borda"),
        ("utility", ["cost"], "cost | cardinal"),
        ("min_support", -1, "a whole number from 0 to 1000000"),
        ("min_support", True, "a whole number"),
        ("min_support", "1", "a whole number"),
    ],
)
def test_a_parameter_that_the_method_does_not_take_is_refused(name: str, value: object, accepted: str) -> None:
    with pytest.raises(ParameterInvalid, match=accepted.replace("|", r"\|")) as refused:
        method_named("greedy").completed({name: value})
    assert refused.value.figures["name"] == name


@pytest.mark.parametrize("text", ["", "dice", "lottery", "lottery:", "Lexicographic"])
def test_an_unknown_tie_rule_is_refused(text: str) -> None:
    with pytest.raises(TieRuleUnknown, match="lottery:SEED"):
        TieRule.named(text)


@pytest.mark.parametrize(
    ("budget", "costs", "ballots", "words"),
    [
        (-1, {}, [], "the envelope is negative"),
        (1, {"A": -1}, [], "A asks a negative amount"),
        (1, {"A": 1}, ["AZ"], "a ballot supports Z, which is not proposed"),
        (1, {"A": 1, "B": 1}, ["AB", "AY", "Z"], "a ballot supports Y, which is not proposed"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(
    budget: int, costs: dict[str, int], ballots: list[str], words: str
) -> None:
    with pytest.raises(ProblemInvalid, match=words):
        Problem.of(budget=budget, costs=costs, ballots=ballots)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"targets": {"A": 4}}, "A can use at most less than it asks at least"),
        ({"targets": {"Z": 4}}, "Z can use at most less"),
        ({"recused": {"A": 2}}, "more voters are recused on A than voters who do not support it"),
        ({"recused": {"A": -1}}, "more voters are recused on A"),
        ({"recused": {"Z": 0}}, "a ballot supports Z, which is not proposed"),
        ({"locked_out": ["Z"]}, "a ballot supports Z, which is not proposed"),
    ],
)
def test_targets_recusals_and_locks_must_fit_the_projects(given: dict[str, object], words: str) -> None:
    with pytest.raises(ProblemInvalid, match=words):
        Problem.of(budget=9, costs={"A": 5}, ballots=["A", ""], **given)


def test_a_recused_voter_is_not_counted_among_those_who_could_have_said_yes() -> None:
    """Two of three is more than two of four; purses are the same whoever is recused."""
    costs, ballots = {"A": 6, "B": 6}, ["A", "A", "B", "B"]
    problem = Problem.of(budget=6, costs=costs, ballots=ballots, recused={"B": 1})
    assert (problem.entitled("A"), problem.entitled("B")) == (4, 3)
    assert solve(problem, method="greedy", parameters={}, tie_rule=TieRule()).winners == ("B",)
    assert solve(problem, method="phragmen", parameters={}, tie_rule=TieRule()).winners == ("A",)
    everyone = Problem.of(budget=6, costs={"B": 6}, ballots=["", ""], recused={"B": 2})
    assert solve(everyone, method="greedy", parameters={"min_support": 0}, tie_rule=TieRule()).winners == ("B",)


def test_a_result_of_levels_sums_them_by_project() -> None:
    levels = (Level("B", 300, 2, 900, Fraction(300)), Level("A", 200, 1, 600, Fraction(200)))
    more = Level("B", 133, 2, 400, Fraction(400, 3), tranche=2)
    result = Result(method="any/1", parameters={}, budget=900, steps=(*levels, more), ties=())
    assert result.winners == ("B", "A")
    assert result.amounts == {"B": 433, "A": 200}
    assert (result.spent, result.left, result.levels) == (633, 267, (*levels, more))
    assert (result.purchases, result.picks, result.loads) == ((), (), ())
    assert result_record(result, {})["steps"][2] == {
        "project": "B",
        "cost_minor": 133,
        "supporters": 2,
        "left_before_minor": 400,
        "kind": "level",
        "exact_minor": "133.333333333333",
        "tranche": 2,
    }


def test_a_record_says_loads_and_raised_purses() -> None:
    loads = result_record(decided("phragmen", 10, {"A": 4}, ["A", "A", "A"]), {})["steps"]
    assert (loads[0]["kind"], loads[0]["load_minor"]) == ("load", "1.333333333333")
    raised = decided("equal-shares", 100, {"A": 70}, ["A", ""], completion="add1", add1_unit=1, add1_step="7")
    assert result_record(raised, {})["steps"][0]["purse_minor"] == "71"
    assert raised.purchases[0].purse == 71


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("add1_step", "0", "a fraction above 0"),
        ("add1_step", "1/0", "a fraction above 0"),
        ("add1_step", "-1", "a fraction above 0"),
        ("add1_step", "1e3", "a fraction above 0"),
        ("add1_step", "٣", "a fraction above 0"),
        ("add1_step", 1, "a fraction above 0"),
        ("add1_unit", 10_001, "a whole number from 0 to 10000"),
        ("add1_start", "half", "exact | floor"),
        ("add1_stop", None, "exhaustive | overspend"),
    ],
)
def test_what_add1_does_not_take_is_refused(name: str, value: object, accepted: str) -> None:
    with pytest.raises(ParameterInvalid, match=accepted.replace("|", r"\|")):
        method_named("equal-shares").completed({"completion": "add1", name: value})
    with pytest.raises(ParameterInvalid, match="it takes utility, completion, min_support"):
        method_named("equal-shares").completed({"completion": "none", name: value})


@pytest.mark.parametrize("text", ["1", "0.5", "1/3", "1%", "12.5%", "0.000000001"])
def test_a_step_is_kept_as_written(text: str) -> None:
    assert method_named("equal-shares").completed({"completion": "add1", "add1_step": text})["add1_step"] == text


def test_a_record_says_every_step_in_plain_data() -> None:
    record = result_record(decided("equal-shares", 900, {"A": 300, "B": 300, "C": 400}, ["AB", "AB", "AC"]), {})
    assert record["winners"] == ["A", "B"]
    assert record["steps"][0] == {
        "project": "A",
        "cost_minor": 300,
        "supporters": 3,
        "left_before_minor": 900,
        "kind": "purchase",
        "price": "0.333333333333",
        "payment_minor": "100",
        "full_payers": 3,
        "rest_payers": 0,
        "rest_paid_minor": "0",
    }
    assert (record["spent_minor"], record["left_minor"]) == (600, 300)


def test_a_fraction_is_written_without_rounding() -> None:
    assert [written(Fraction(*each)) for each in ((2, 3), (5, 1), (1, 8), (0, 1), (1, 10**13))] == [
        "0.666666666666",
        "5",
        "0.125",
        "0",
        "0",
    ]
