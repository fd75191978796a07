"""How the ballots of a charter become awards: every method that it may name, as it is read, said and run."""

from __future__ import annotations

from typing import get_args

import pytest

from allocation.methods.problem import Problem
from allocation.methods.registry import METHODS, solve
from allocation.methods.ties import TieRule
from fund.charter.awarding import (
    Add1Start,
    Add1Stop,
    AllocationMethod,
    AverageSplits,
    Completion,
    EqualShares,
    Greedy,
    Knapsack,
    Phragmen,
    Proportional,
    TrancheCompletion,
    TrancheShares,
    TrancheUtility,
    Utility,
    WaterFilling,
    Weight,
    parameters_of,
)
from fund.charter.governance import (
    Approval,
    Ballot,
    Buckets,
    Consent,
    Governance,
    MajorityJudgment,
    Ranking,
    Scores,
    YesNo,
    allocation_method,
)
from fund.charter.reading.awarding import ALLOCATION_METHODS
from fund.charter.reading.governance import BALLOTS
from fund.charter.words.article_texts import SLOT_WORDS
from fund.charter.words.governance_texts import governance_text
from ledger.money import EUR, Unit
from tests.commons import a_ballot, plain, read_alone

YES_NO = ('ballot = "yes-no"', 'majority = "1/2"')
EQUAL_SHARES = ('ballot = "approval"', 'allocation_method = "equal-shares/1"')


def approvals(method: str, *slots: str) -> tuple[str, ...]:
    """The slots of an approval ballot with this method."""
    return ('ballot = "approval"', f'allocation_method = "{method}"', *slots)


def scores(method: str, *slots: str, top: int = 5) -> tuple[str, ...]:
    """The slots of a ballot of scores with this method."""
    return ('ballot = "scores"', f"top = {top}", f'allocation_method = "{method}"', *slots)


# the ballot as written · what it is read as · what the article says in French and in English
WRITTEN: list[tuple[tuple[str, ...], Ballot, str, str]] = [
    ((*EQUAL_SHARES, 'completion = "add1"'),
     Approval(EqualShares("cost", "add1", 1, "exact", "1", "exhaustive")),
     "La part, partie de sa valeur exacte, est relevée par pas de 1 en unités de la monnaie et tout est recalculé, "
     "jusqu’à ce qu’aucun projet soutenu ne tienne dans ce qui reste. Ce qui reste n’est pas attribué.",
     "The share, from its exact value on, is raised by steps of 1 in units of the currency and all is computed again, "
     "until no supported project fits in what is left. What is left is not awarded."),
    ((*EQUAL_SHARES, 'completion = "add1-utilitarian"', 'add1_start = "floor"', 'add1_step = "1%"',
      'add1_stop = "overspend"'),
     Approval(EqualShares("cost", "add1-utilitarian", 1, "floor", "1%", "overspend")),
     "partie de sa valeur arrondie à l’unité inférieure, est relevée par pas de 1 % d’une part et tout est recalculé, "
     "jusqu’à la dernière fois où l’enveloppe n’est pas dépassée. Ce qui reste va aux projets les plus soutenus.",
     "from its value rounded down to a whole unit on, is raised by steps of 1% of a share and all is computed again, "
     "until the last time that the money is not exceeded. What is left goes to the most supported projects."),
    (approvals("phragmen/1"), Approval(Phragmen(1)),
     "au premier qui ne tient pas dans ce qui reste (méthode phragmen/1).", "fit in what is left (method phragmen/1)."),
    (approvals("knapsack/1", 'utility = "cardinal"'), Approval(Knapsack("cardinal")),
     "celui qui pèse le plus pour tous les votants (méthode knapsack/1). Un soutien pèse autant pour tous",
     "weighs most for all voters together (method knapsack/1). A supporter weighs the same"),
    (approvals("tranche-shares/1", "increments = 2", 'completion = "none"'),
     Approval(TrancheShares(2, "cost", "none")),
     "puis par 2 tranches égales jusqu’à ce qu’il peut employer, chacune pesant moitié moins que la précédente "
     "(méthode tranche-shares/1). Ce qui reste n’est pas attribué. Un soutien pèse ce que coûte le projet.",
     "then by 2 equal tranches up to what it can use, each weighing half of the one before (method tranche-shares/1). "
     "What is left is not awarded. A supporter weighs what the project costs."),
    (approvals("tranche-shares/1", "increments = 0"), Approval(TrancheShares(0)),
     "d’abord au minimum dont il a besoin (méthode tranche-shares/1).",
     "first at the least it needs (method tranche-shares/1)."),
    (approvals("proportional/1", "min_support = 2"),
     Approval(Proportional("support", 2)),
     "en proportion à la part de ceux qui le soutiennent, entre son minimum et ce qu’il peut employer",
     "in proportion to the share of those who support it, from the least it needs to the most it can use"),
    (approvals("proportional/1", 'weight = "amount"'),
     Approval(Proportional("amount")), "en proportion à ce qu’il demande", "in proportion to what it asks"),
    (approvals("water-filling/1", 'tie_break = "lexicographic"'),
     Approval(WaterFilling(), "lexicographic"), "leurs montants montent ensemble, chacun jusqu’à",
     "their amounts rise alike, each up to"),
    (('ballot = "buckets"', 'allocation_method = "average-splits/1"'), Buckets("equal", AverageSplits(1)),
     "Chaque projet reçoit la moyenne des parts qui lui sont données", "Each project gets the average of the parts"),
    (('ballot = "scores"', "top = 5", *EQUAL_SHARES[1:]), Scores(5, EqualShares("score")),
     "Chacun donne à chaque projet une note de 0 à 5 ; zéro n’est pas un soutien. Chaque votant dispose",
     "Each gives every project a score from 0 to 5; zero is no support. Every voter has"),
    (('ballot = "scores"', "top = 20", *EQUAL_SHARES[1:], 'utility = "cost"', 'tie_break = "lexicographic"'),
     Scores(20, EqualShares("cost"), "lexicographic"), "Un soutien pèse ce que coûte", "weighs what the project costs"),
    (scores("greedy/1"), Scores(5, Greedy("score")),
     "Un soutien pèse la note qu’il donne.", "A supporter weighs the score that they give."),
    (scores("knapsack/1", "min_support = 2"),
     Scores(5, Knapsack("score", 2)), "Un soutien pèse la note qu’il donne. Un projet a besoin d’au moins 2",
     "A supporter weighs the score that they give. A project needs at least 2"),
    (scores("tranche-shares/1"), Scores(5, TrancheShares(4, "score-cost")),
     "Un soutien pèse la note qu’il donne, pour chaque euro du projet.",
     "A supporter weighs the score that they give, for each euro of the project."),
    (scores("proportional/1"), Scores(5, Proportional("points")),
     "en proportion à la moyenne de ses notes", "in proportion to the mean of its scores"),
    (('ballot = "ranking"',), Ranking(), "financés dans l’ordre de Schulze, qui compare les projets deux à deux sur "
     "tous les bulletins, chacun s’il tient dans ce qui reste. Un projet a besoin d’au moins 1 soutien. À égalité : ",
     "funded in Schulze’s order, which compares them two by two over all ballots, each if it fits in what is left. A "
     "project needs at least 1 supporter. In a tie: more"),
    (('ballot = "ranking"', "min_support = 0", 'tie_break = "lexicographic"'), Ranking(0, "lexicographic"),
     "dans ce qui reste. À égalité, l’ordre alphabétique", "in what is left. In a tie, the alphabetical order"),
    (EQUAL_SHARES, Approval(EqualShares()), "(méthode equal-shares/1). Ce qui", "(method equal-shares/1). What"),
    (approvals("greedy/1"), Approval(Greedy()), "(méthode greedy/1). Un soutien",
     "(method greedy/1). A supporter"),
    (('ballot = "buckets"',), Buckets("equal"), "une part égale du pot commun", "an equal part of the common pot"),
    (('ballot = "majority-judgment"', "grades = 5", 'tie_break = "nearest-grade"'),
     MajorityJudgment(5, "nearest-grade"), "la meilleure mention médiane l’emporte", "the best median grade wins"),
    (YES_NO, YesNo(), "par oui ou par non", "yes or no"),
    (('ballot = "consent"',), Consent(None), "aucune objection", "no valid objection"),
]  # fmt: skip


@pytest.mark.parametrize(("slots", "read", "french", "english"), WRITTEN, ids=[str(row[1]) for row in WRITTEN])
def test_every_method_is_read_and_said(slots: tuple[str, ...], read: Ballot, french: str, english: str) -> None:
    _, governance, faults = read_alone(a_ballot(*slots))
    assert not faults
    assert governance is not None
    assert governance.ballot == read
    assert french in plain(governance_text(governance, "fr"))
    assert english in plain(governance_text(governance, "en"))
    assert set(governance.sources) <= set(SLOT_WORDS)


def test_every_ballot_is_written_here() -> None:
    assert {row[0][0].partition('"')[2].strip('"') for row in WRITTEN} == set(BALLOTS)


METHODS_OF_CHARTERS: list[AllocationMethod] = [
    Greedy(), Greedy("score", 0), EqualShares(), EqualShares("cardinal", "none", 3),
    EqualShares("score", "add1", 1, "exact", "1", "exhaustive"),
    EqualShares("cost", "add1-utilitarian", 1, "floor", "1%", "overspend"),
    Phragmen(), Knapsack(), Knapsack("score", 2), TrancheShares(), TrancheShares(20, "score-cost", "none"),
    Proportional(), Proportional("amount"), Proportional("points"), WaterFilling(), AverageSplits(),
]  # fmt: skip


def test_every_method_is_written_and_tried_here() -> None:
    written = {method for *_, read, _, _ in WRITTEN if (method := getattr(read, "method", None))}
    assert {method.id for method in written} == {method.id for method in METHODS_OF_CHARTERS}
    assert {method.id for method in METHODS_OF_CHARTERS} == set(ALLOCATION_METHODS)


@pytest.mark.parametrize("method", METHODS_OF_CHARTERS, ids=str)
def test_a_method_of_a_charter_is_one_that_runs(method: AllocationMethod) -> None:
    """Same identifier, and every slot a parameter that takes the value; what a charter leaves unsaid is the same."""
    known = METHODS[method.id]
    settled, told = known.completed(parameters_of(method)), parameters_of(method)
    assert {name: settled[name] for name in told} == told
    assert parameters_of(type(method)()) == known.completed({})
    assert not known.simulation


def test_every_word_of_a_slot_is_one_that_a_method_takes() -> None:
    words = {
        "equal-shares/1": {"completion": Completion, "add1_start": Add1Start, "add1_stop": Add1Stop},
        "tranche-shares/1": {"utility": TrancheUtility, "completion": TrancheCompletion},
        "knapsack/1": {"utility": Utility},
        "proportional/1": {"weight": Weight},
    }
    for method, slots in words.items():
        for slot, literal in slots.items():
            assert set(get_args(literal)) == set(METHODS[method].parameters[slot].choices), slot


@pytest.mark.parametrize("row", WRITTEN, ids=[str(row[1]) for row in WRITTEN])
def test_the_method_of_a_governance_is_one_that_runs_with_what_it_is_told(
    row: tuple[tuple[str, ...], Ballot, str, str],
) -> None:
    _, governance, _ = read_alone(a_ballot(*row[0]))
    assert governance is not None
    found = allocation_method(governance)
    if isinstance(read := governance.ballot, YesNo | Consent) or (isinstance(read, Buckets) and not read.method):
        assert found is None
        return
    assert found is not None
    method, told = found
    settled = METHODS[method].completed(told)
    assert {name: settled[name] for name in told} == told
    problem = Problem.scored(
        budget=1000, costs={"A": 600, "B": 500}, ballots=[{"A": 2, "B": 1}, {"B": 3}, {"A": 1}],
        kind="ranks" if isinstance(governance.ballot, Ranking) else "points",
    )  # fmt: skip
    assert solve(problem, method=method, parameters=told, tie_rule=TieRule(seed="graine")).winners


def test_add1_counts_in_the_currency_of_the_fund() -> None:
    governance = Governance(Approval(EqualShares("cost", "add1", 1, "exact", "1", "exhaustive")), "votes", {})
    yen = Unit("JPY", 0)
    assert [allocation_method(governance, unit=unit)[1]["add1_unit"] for unit in (EUR, yen)] == [100, 1]  # type: ignore[index]


# code · the governance as written · the line at fault
FAULTS: list[tuple[str, str, str]] = [
    ("ballot-slot", a_ballot(*YES_NO, "top = 5"), "top = 5"),
    ("ballot-slot", a_ballot('ballot = "ranking"', 'allocation_method = "greedy/1"'), "allocation_method ="),
    ("ballot-slot", a_ballot('ballot = "ranking"', 'utility = "cost"'), "utility ="),
    ("ballot-slot", a_ballot(*approvals("phragmen/1", 'utility = "cost"')), "utility ="),
    ("ballot-slot", a_ballot(*EQUAL_SHARES, "increments = 2"), "increments = 2"),
    ("ballot-slot", a_ballot(*EQUAL_SHARES, 'weight = "support"'), "weight ="),
    ("missing", a_ballot('ballot = "approval"', 'utility = "cost"', "min_support = 2"), "[governance]"),
    ("missing", a_ballot('ballot = "scores"', 'allocation_method = "greedy/1"'), "[governance]"),
    ("missing", a_ballot('ballot = "scores"', "top = 5"), "[governance]"),
    ("whole-range", a_ballot(*scores("greedy/1", top=0)), "top = 0"),
    ("choice", a_ballot(*scores("water-filling/1")), "allocation_method ="),
    ("choice", a_ballot(*EQUAL_SHARES, 'utility = "score"'), "utility ="),
    ("choice", a_ballot(*approvals("proportional/1", 'weight = "points"')), "weight ="),
    ("choice", a_ballot(*approvals("tranche-shares/1", 'completion = "add1"')), "completion ="),
    ("choice", a_ballot('ballot = "buckets"', 'allocation_method = "greedy/1"', "min_support = 1"),
     "allocation_method ="),
    ("whole-range", a_ballot(*approvals("tranche-shares/1", "increments = 21")), "increments = 21"),
    ("add1-absent", a_ballot(*EQUAL_SHARES, 'add1_step = "1"'), 'add1_step = "1"'),
    ("add1-absent", a_ballot(*EQUAL_SHARES, 'completion = "none"', 'add1_stop = "overspend"'), "add1_stop ="),
    ("method-absent", a_ballot('ballot = "buckets"', "min_support = 2"), "min_support = 2"),
    ("step", a_ballot(*EQUAL_SHARES, 'completion = "add1"', 'add1_step = "0 %"'), "add1_step ="),
    ("step", a_ballot(*EQUAL_SHARES, 'completion = "add1"', 'add1_step = "0/5"'), "add1_step ="),
    ("type-exact", a_ballot(*EQUAL_SHARES, 'completion = "add1"', "add1_step = 1"), "add1_step ="),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_is_told_at_its_line(code: str, text: str, line: str) -> None:
    _, _, faults = read_alone(text)
    lines = text.split("\n")
    assert [(fault.code, lines[fault.line - 1][: len(line)]) for fault in faults if fault.line] == [(code, line)]
    assert faults[0].sentence("fr") != faults[0].sentence("en")
