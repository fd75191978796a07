"""What each way of granting partial amounts promises, tried on made-up calls; what it does not, by stored examples."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from allocation.methods.partial import average
from allocation.methods.partial.bounds import bounded, to_the_minor_unit
from allocation.methods.partial.tranches import tranches
from allocation.methods.problem import Level, Problem, Purchase, Result
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from tests import slow_methods, slow_partial

PARTIAL = ("proportional/1", "water-filling/1", "average-splits/1", "tranche-shares/1")
TIE_RULES = st.sampled_from([TieRule(), TieRule(seed="graine")])
MONEY = st.integers(0, 40)


@dataclass(frozen=True)
class Vote:
    """A small call: an envelope, what each project needs and can use, and what each voter gives to each project."""

    budget: int
    costs: dict[str, int]
    targets: dict[str, int]
    ballots: tuple[dict[str, int], ...]
    by_points: bool = False

    def problem(self) -> Problem:
        known = {"budget": self.budget, "costs": self.costs, "targets": self.targets}
        return (
            Problem.scored(ballots=self.ballots, **known)
            if self.by_points
            else Problem.of(ballots=self.ballots, **known)
        )

    def decided(self, method: str, tie_rule: TieRule | None = None, **parameters: str | int) -> Result:
        return solve(self.problem(), method=method, parameters=parameters, tie_rule=tie_rule or TieRule())


@st.composite
def votes(draw: st.DrawFn, *, projects: int = 5, voters: int = 6, by_points: bool = False) -> Vote:
    names = "ABCDE"[: draw(st.integers(1, projects))]
    costs = {name: draw(st.integers(1, 12)) for name in names}
    targets = {name: costs[name] + draw(st.integers(0, 12)) for name in names}
    points = st.integers(1, 4) if by_points else st.just(1)
    ballots = draw(st.lists(st.dictionaries(st.sampled_from(names), points), min_size=1, max_size=voters))
    return Vote(draw(MONEY), costs, targets, tuple(ballots), by_points)


@st.composite
def bounds(draw: st.DrawFn, *, alike: bool = False):
    names = "abcd"[: draw(st.integers(1, 4))]
    weight = st.just(Fraction(1)) if alike else st.fractions(0, 4, max_denominator=6)
    lower = {name: draw(st.integers(0, 9)) for name in names}
    upper = {name: lower[name] + draw(st.integers(0, 9)) for name in names}
    return {name: draw(weight) for name in names}, lower, upper


@given(bounds(), MONEY)
def test_bounded_shares_are_their_slow_twin(given_bounds, total: int) -> None:
    assert bounded(total, *given_bounds) == slow_partial.bounded(total, *given_bounds)


@given(bounds(), MONEY, st.integers(0, 9))
def test_more_to_share_takes_nothing_from_anyone(given_bounds, total: int, more: int) -> None:
    before, after = bounded(total, *given_bounds), bounded(total + more, *given_bounds)
    assert all(after[name] >= before[name] for name in before)


@given(bounds(), MONEY)
def test_nothing_is_left_while_somebody_with_a_weight_could_use_more(given_bounds, total: int) -> None:
    weights, lower, upper = given_bounds
    amounts = bounded(total, *given_bounds)
    assert all(lower[name] <= amounts[name] <= upper[name] for name in amounts)
    spent = sum(amounts.values())
    assert spent <= max(total, sum(lower.values()))
    if spent < total:
        assert all(amounts[name] == upper[name] for name in amounts if weights[name])


@given(bounds(), MONEY, st.integers(2, 50))
def test_cents_or_euros_give_the_same_parts(given_bounds, total: int, scale: int) -> None:
    weights, lower, upper = given_bounds
    scaled = bounded(
        total * scale, weights, *({name: each[name] * scale for name in weights} for each in (lower, upper))
    )
    assert scaled == {name: amount * scale for name, amount in bounded(total, *given_bounds).items()}


@given(bounds(alike=True), MONEY)
def test_water_filling_lowers_nobody_to_raise_who_has_more(given_bounds, total: int) -> None:
    """Max-min fair, and free of envy: whoever has less than another is full, or the other cannot do with less."""
    _, lower, upper = given_bounds
    amounts = bounded(total, *given_bounds)
    for one in amounts:
        for other in amounts:
            if amounts[one] < amounts[other]:
                assert amounts[one] == upper[one] or amounts[other] == lower[other]


@given(bounds(alike=True), MONEY, st.integers(0, 9), st.integers(0, 9))
def test_one_more_under_water_filling_gives_nobody_more(given_bounds, total: int, least: int, more: int) -> None:
    weights, lower, upper = given_bounds
    before = bounded(total, *given_bounds)
    joined = bounded(total, {**weights, "z": Fraction(1)}, {**lower, "z": least}, {**upper, "z": least + more})
    assert all(joined[name] <= before[name] for name in before)


@given(bounds(alike=True), MONEY, st.integers(1, 9))
def test_asking_for_more_than_one_gets_never_helps_under_water_filling(given_bounds, total: int, more: int) -> None:
    weights, lower, upper = given_bounds
    before = bounded(total, *given_bounds)
    for name in before:
        if before[name] < upper[name]:
            assert bounded(total, weights, lower, {**upper, name: upper[name] + more}) == before


@given(st.lists(st.fractions(0, 30, max_denominator=20), min_size=1, max_size=6))
def test_rounding_keeps_the_sum_and_stays_within_a_unit(amounts: list[Fraction]) -> None:
    exact = {str(number): amount for number, amount in enumerate(amounts)}
    minor = to_the_minor_unit(exact, order=str)
    assert sum(minor.values()) == int(sum(amounts))
    assert all(abs(minor[name] - exact[name]) < 1 for name in exact)
    assert all(minor[name] == exact[name] for name in exact if exact[name].denominator == 1)


def test_a_part_may_shrink_when_another_total_is_rounded() -> None:
    """The Alabama paradox: 6, 6 and 2 of 14 share ten as 4, 4, 2 and eleven as 5, 5, 1."""
    shares = {"a": Fraction(6, 14), "b": Fraction(6, 14), "c": Fraction(2, 14)}
    ten, eleven = (
        to_the_minor_unit({name: total * share for name, share in shares.items()}, order=str) for total in (10, 11)
    )
    assert (ten, eleven) == ({"a": 4, "b": 4, "c": 2}, {"a": 5, "b": 5, "c": 1})


def test_the_tie_rule_decides_who_gets_the_odd_cent() -> None:
    vote = Vote(3, {"A": 1, "B": 1}, {"A": 5, "B": 5}, ({"A": 1, "B": 1},))
    assert vote.decided("water-filling").amounts == {"A": 2, "B": 1}
    drawn = {seed: vote.decided("water-filling", TieRule(seed=seed)).amounts["A"] for seed in "abcdefgh"}
    assert set(drawn.values()) == {1, 2}


@given(votes(), st.sampled_from(PARTIAL), TIE_RULES)
def test_amounts_stay_between_what_is_needed_and_what_can_be_used(vote: Vote, method: str, tie_rule: TieRule) -> None:
    result = vote.decided(method, tie_rule)
    assert 0 <= result.spent <= vote.budget
    for project, amount in result.amounts.items():
        assert vote.costs[project] <= amount <= vote.targets[project]
    left = vote.budget
    for step in result.steps:
        assert step.left_before == left
        left -= step.cost
        if isinstance(step, Level):
            assert abs(step.cost - step.exact) < 1


@given(votes(), st.sampled_from(PARTIAL), TIE_RULES, st.randoms(use_true_random=False))
def test_neither_the_order_of_voters_nor_of_projects_matters(
    vote: Vote, method: str, tie_rule: TieRule, chance
) -> None:
    ballots, names = list(vote.ballots), list(vote.costs)
    chance.shuffle(ballots)
    chance.shuffle(names)
    shuffled = replace(vote, ballots=tuple(ballots), costs={name: vote.costs[name] for name in names})
    assert shuffled.decided(method, tie_rule) == vote.decided(method, tie_rule)


@given(votes(), st.sampled_from(("proportional/1", "water-filling/1")))
def test_who_enters_is_decided_by_support_while_the_least_amounts_fit(vote: Vote, method: str) -> None:
    result = vote.decided(method)
    assert list(result.winners) == slow_partial.entered(vote.problem(), 1)
    if result.spent < vote.budget:
        assert all(result.amounts[project] == vote.targets[project] for project in result.winners)


def test_a_larger_envelope_may_lower_an_amount_by_letting_another_project_in() -> None:
    """For one set of projects more money lowers nobody; but with one euro more B's least amount fits too."""
    vote = Vote(9, {"A": 5, "B": 5}, {"A": 10, "B": 10}, ({"A": 1}, {"A": 1, "B": 1}))
    assert vote.decided("water-filling").amounts == {"A": 9}
    assert replace(vote, budget=10).decided("water-filling").amounts == {"A": 5, "B": 5}


def test_water_filling_and_prorata_ignore_who_supports_what() -> None:
    """Two of three voters agree on A, and A gets no more than half."""
    vote = Vote(12, {"A": 1, "B": 1}, {"A": 12, "B": 12}, ({"A": 1}, {"A": 1}, {"B": 1}))
    assert vote.decided("water-filling").amounts == {"A": 6, "B": 6}
    assert vote.decided("proportional", weight="amount").amounts == {"A": 6, "B": 6}
    assert vote.decided("proportional").amounts == {"A": 8, "B": 4}


@given(votes(by_points=True))
def test_the_average_is_that_of_the_members_splits(vote: Vote) -> None:
    free = replace(vote, costs=dict.fromkeys(vote.costs, 0), targets=dict.fromkeys(vote.costs, vote.budget))
    exact = {project: Fraction(0) for project in vote.costs}
    for ballot in vote.ballots:
        for project, points in ballot.items():
            exact[project] += Fraction(vote.budget, len(vote.ballots)) * Fraction(points, sum(ballot.values()))
    assert average.parts(free.problem(), vote.costs) == exact
    result = free.decided("average-splits")
    assert {step.project: step.exact for step in result.levels} == {each: part for each, part in exact.items() if part}
    assert result.spent == int(sum(exact.values()))


@given(votes(by_points=True), st.integers(0, 20))
def test_without_bounds_the_average_takes_nothing_when_there_is_more(vote: Vote, more: int) -> None:
    before, after = (
        average.parts(replace(vote, budget=budget).problem(), vote.costs)
        for budget in (vote.budget, vote.budget + more)
    )
    assert all(after[project] >= before[project] for project in before)


@given(votes(by_points=True), st.integers(1, 5))
def test_a_group_that_gives_all_to_one_project_gets_its_part_for_it(vote: Vote, group: int) -> None:
    joined = replace(vote, ballots=(*vote.ballots, *({"A": 1},) * group))
    assert average.parts(joined.problem(), vote.costs)["A"] >= Fraction(vote.budget * group, len(joined.ballots))


@given(votes(by_points=True, voters=1), st.integers(1, 4))
def test_the_average_is_what_everyone_agrees_on(vote: Vote, voters: int) -> None:
    alone, together = vote.problem(), replace(vote, ballots=vote.ballots * voters).problem()
    assert average.parts(alone, vote.costs) == average.parts(together, vote.costs)


def test_an_extreme_split_may_pay_under_the_average() -> None:
    """Strategy-proofness is not promised: who wants half for each gets nearer to it by giving all to B."""
    vote = Vote(100, {"A": 0, "B": 0}, {"A": 100, "B": 100}, ({"A": 1}, {"A": 1, "B": 1}), by_points=True)
    assert vote.decided("average-splits").amounts == {"A": 75, "B": 25}
    exaggerated = replace(vote, ballots=({"A": 1}, {"B": 1}))
    assert exaggerated.decided("average-splits").amounts == {"A": 50, "B": 50}


def test_a_project_below_its_least_amount_gives_its_part_to_the_others() -> None:
    """A has 60, B 30 and needs 40, C 10 and needs 15: B is at three quarters, C at two thirds, so C goes first."""
    needs, ballot = {"A": 10, "B": 40, "C": 15}, {"A": 6, "B": 3, "C": 1}
    vote = Vote(100, needs, dict.fromkeys("ABC", 100), (ballot,), by_points=True)
    problem = vote.problem()
    exact, given_up, _ = average.settled(problem, average.parts(problem, "ABC"), TieRule())
    assert [(each.project, each.part) for each in given_up] == [("C", 10), ("B", Fraction(100, 3))]
    assert exact == {"A": 100}


def audited(vote: Vote, result: Result, scores: list[Mapping[str, Fraction]], increments: int) -> list[Fraction]:
    """Pay every purchase again from its price alone, voter by voter, and give back what is left in the purses."""
    purses = [Fraction(vote.budget, len(scores)) for _ in scores]
    reached = dict.fromkeys(vote.costs, 0)
    for step in result.purchases:
        amounts = tranches(vote.costs[step.project], vote.targets[step.project], increments)
        assert step.cost == amounts[reached[step.project]]
        worth = (step.cost or 1) * Fraction(1, 2 ** reached[step.project])
        reached[step.project] += 1
        dues = [step.price * worth * score.get(step.project, 0) for score in scores]
        paid = [min(purse, due) for purse, due in zip(purses, dues, strict=True)]
        assert sum(paid) == step.cost
        full = [each for each, due in zip(paid, dues, strict=True) if due and each == due]
        assert (len(full), max(full)) == (step.full_payers, step.payment)
        assert sum(1 for each, due in zip(paid, dues, strict=True) if each < due) == step.rest_payers
        assert sum(each for each, due in zip(paid, dues, strict=True) if each < due) == step.rest_paid
        purses = [purse - each for purse, each in zip(purses, paid, strict=True)]
    return purses


@given(votes(), st.booleans(), st.integers(0, 5), TIE_RULES)
def test_tranches_are_paid_by_a_price_system(vote: Vote, by_points: bool, increments: int, tie_rule: TieRule) -> None:
    """Each voter pays at most a share and only for what they support, each tranche is paid in full, and no supporters
    together could still pay for the next tranche of a project."""
    vote = replace(vote, by_points=by_points)
    scores = [{each: Fraction(points) for each, points in ballot.items()} for ballot in vote.ballots]
    utility = "score-cost" if by_points else "cost"
    result = vote.decided("tranche-shares", tie_rule, utility=utility, increments=increments, completion="none")
    purses = audited(vote, result, scores, increments)
    assert all(purse >= 0 for purse in purses)
    for project, cost in vote.costs.items():
        level = sum(step.project == project for step in result.steps)
        amounts = tranches(cost, vote.targets[project], increments)
        held = [purse for purse, score in zip(purses, scores, strict=True) if score.get(project)]
        if level < len(amounts) and held:
            assert sum(held) < amounts[level]


@given(votes(by_points=True), st.sampled_from(["cost", "score-cost"]), st.integers(0, 5), st.booleans())
def test_tranche_shares_are_their_slow_twin(vote: Vote, utility: str, increments: int, completed: bool) -> None:
    completion = "utilitarian" if completed else "none"
    result = vote.decided("tranche-shares", utility=utility, increments=increments, completion=completion)
    scores = [
        {each: Fraction(points if utility == "score-cost" else 1) for each, points in ballot.items()}
        for ballot in vote.ballots
    ]
    offered = {
        project: slow_partial.tranches(vote.costs[project], vote.targets[project], increments)
        for project in vote.problem().eligible(1)
    }
    assert [(step.project, step.cost) for step in result.steps] == slow_partial.tranche_shares(
        vote.budget, offered, scores, completed=completed
    )
    for step in result.steps:
        assert isinstance(step, Purchase | Level)


@given(votes(), st.integers(0, 5), st.sampled_from(["none", "utilitarian"]))
def test_tranche_shares_leave_no_group_unserved_for_a_base_tranche(
    vote: Vote, increments: int, completion: str
) -> None:
    """EJR+ of base tranches: a marginal below one only lowers what a voter pays per euro they are granted."""
    result = vote.decided("tranche-shares", increments=increments, completion=completion)
    granted = {**vote.costs, **result.amounts}
    ballots = [frozenset(ballot) for ballot in vote.ballots]
    assert slow_methods.unserved_group(vote.budget, granted, ballots, result.winners, "cost") is None


@given(votes())
def test_without_increments_tranche_shares_are_equal_shares(vote: Vote) -> None:
    fixed = replace(vote, targets=vote.costs)
    for completion in ("none", "utilitarian"):
        parameters = {"completion": completion, "utility": "cost"}
        assert (
            fixed.decided("tranche-shares", **parameters).winners == fixed.decided("equal-shares", **parameters).winners
        )


@given(votes(), TIE_RULES)
def test_no_next_tranche_of_a_supported_project_still_fits_once_completed(vote: Vote, tie_rule: TieRule) -> None:
    result = vote.decided("tranche-shares", tie_rule, increments=3)
    for project in vote.problem().eligible(1):
        level = sum(step.project == project for step in result.steps)
        amounts = tranches(vote.costs[project], vote.targets[project], 3)
        assert level == len(amounts) or amounts[level] > result.left
