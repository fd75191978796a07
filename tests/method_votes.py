"""Small elections for the methods, one ballot per voter, and what Hypothesis makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hypothesis import strategies as st

from allocation.methods.problem import Problem, Result
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule

UTILITIES = ("cost", "cardinal")
COMPLETIONS = ("none", "utilitarian")
NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Vote:
    """A small election: an envelope, costs by identifier, one ballot per voter; recusals are numbers of voters."""

    budget: int
    costs: dict[str, int]
    ballots: tuple[frozenset[str], ...]
    recused: Mapping[str, int] = field(default_factory=dict)
    locked_out: frozenset[str] = frozenset()

    def problem(self) -> Problem:
        return Problem.of(
            budget=self.budget,
            costs=self.costs,
            ballots=self.ballots,
            recused=self.recused,
            locked_out=self.locked_out,
        )

    def decided(self, method: str, tie_rule: TieRule | None = None, **parameters: str | int) -> Result:
        return solve(self.problem(), method=method, parameters=parameters, tie_rule=tie_rule or TieRule())

    def joined(self, project: str, newcomers: Sequence[int]) -> "Vote":
        """The same election where these voters support the project too."""
        ballots = tuple(
            ballot | {project} if voter in newcomers else ballot for voter, ballot in enumerate(self.ballots)
        )
        return replace(self, ballots=ballots)

    def asking(self, project: str, minor: int) -> "Vote":
        """The same election where the project asks another amount."""
        return replace(self, costs={**self.costs, project: minor})


@dataclass(frozen=True)
class Scores:
    """The same with points, or with lists when `lists` are given."""

    budget: int
    costs: dict[str, int]
    points: tuple[Mapping[str, int | Fraction], ...] = ()
    lists: tuple[tuple[str, ...], ...] | None = None

    @property
    def utility(self) -> str:
        return "score" if self.lists is None else "borda"

    def problem(self) -> Problem:
        if self.lists is not None:
            return Problem.ranked(budget=self.budget, costs=self.costs, ballots=self.lists)
        return Problem.scored(budget=self.budget, costs=self.costs, ballots=self.points)

    def decided(self, method: str, tie_rule: TieRule | None = None, **parameters: str | int) -> Result:
        given = {"utility": self.utility, **parameters}
        return solve(self.problem(), method=method, parameters=given, tie_rule=tie_rule or TieRule())


@st.composite
def _projects(draw: st.DrawFn, *, free: bool, projects: int) -> dict[str, int]:
    names = NAMES[: draw(st.integers(1, projects))]
    return {name: draw(st.integers(0 if free else 1, 12)) for name in names}


@st.composite
def votes(draw: st.DrawFn, *, free: bool = False, projects: int = 6, voters: int = 7) -> Vote:
    costs = draw(_projects(free=free, projects=projects))
    ballot = st.frozensets(st.sampled_from(sorted(costs)))
    ballots = draw(st.lists(ballot, min_size=1, max_size=voters))
    return Vote(draw(st.integers(0, 30)), costs, tuple(ballots))


@st.composite
def recusing_votes(draw: st.DrawFn) -> Vote:
    """Elections where some voters are recused on some projects, among those who do not support them."""
    vote = draw(votes())
    recused = {}
    for project in vote.costs:
        against = sum(1 for ballot in vote.ballots if project not in ballot)
        if number := draw(st.integers(0, against)):
            recused[project] = number
    return replace(vote, recused=recused)


@st.composite
def scored_votes(draw: st.DrawFn, *, free: bool = False) -> Scores:
    costs = draw(_projects(free=free, projects=6))
    budget = draw(st.integers(0, 30))
    if draw(st.booleans()):
        lists = st.lists(st.sampled_from(sorted(costs)), unique=True).map(tuple)
        return Scores(budget, costs, lists=tuple(draw(st.lists(lists, min_size=1, max_size=6))))
    points = st.one_of(st.integers(0, 5), st.fractions(min_value=0, max_value=3, max_denominator=4))
    ballot = st.dictionaries(st.sampled_from(sorted(costs)), points)
    return Scores(budget, costs, tuple(draw(st.lists(ballot, min_size=1, max_size=6))))


METHODS = st.one_of(
    st.fixed_dictionaries({"method": st.just("greedy"), "utility": st.sampled_from(UTILITIES)}),
    st.fixed_dictionaries(
        {
            "method": st.just("equal-shares"),
            "utility": st.sampled_from(UTILITIES),
            "completion": st.sampled_from(COMPLETIONS),
        }
    ),
    st.fixed_dictionaries(
        {
            "method": st.just("equal-shares"),
            "utility": st.sampled_from(UTILITIES),
            "completion": st.sampled_from(("add1", "add1-utilitarian")),
            "add1_step": st.just("10%"),
            "add1_stop": st.sampled_from(("exhaustive", "overspend")),
        }
    ),
    st.just({"method": "phragmen"}),
)
TIE_RULES = st.sampled_from([TieRule(), TieRule(seed="graine")])


def ballots(*lists: Sequence[int]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(str, each)) for each in lists)


def costs(*each: int) -> dict[str, int]:
    return {str(project): cost for project, cost in enumerate(each)}
