"""Methods side by side, and how much hangs on one ballot: a committee worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocation.errors import ParameterInvalid
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.comparing import Row, compare
from allocation.methods.auditing.robustness import Departures, departures, leave_one_score_out, leave_one_voice_out
from allocation.methods.auditing.voices import Election, Voice
from allocation.methods.registry import METHODS
from allocation.methods.ties import TieRule

SEED = TieRule(seed="graine")
GREEDY, SHARES = Choice("greedy/1"), Choice("equal-shares/1", {"completion": "none"})

# Five voters, 100 in all. P and Q cost 60, so one of them is funded; R costs 40. Three support P, two support Q and
# R. Greedy takes P and then R, which ties with Q and costs less. Equal shares has 20 for each: the three pay P, the
# two pay R whole.
FIVE = Election(
    budget=100,
    costs={"P": 60, "Q": 60, "R": 40},
    voices=(*(Voice.naming("P") for _ in range(3)), Voice.naming("QR"), Voice.naming("QR")),
)


def test_leaving_each_voter_out_by_hand() -> None:
    """Without one of the three, P ties with Q and R: R is cheapest, and of P and Q the lot is drawn each time alike."""
    found = {each.project: each for each in leave_one_voice_out(FIVE, GREEDY, SEED).projects}
    drawn = next(project for project in ("P", "Q") if found[project].funded >= 3)
    assert found["R"].funded == found["R"].reruns == 5
    assert found["R"].is_steady
    assert (found["P"].funded, found["Q"].funded) == ((5, 0) if drawn == "P" else (2, 3))
    assert found["P"].flips == (() if drawn == "P" else (0, 1, 2))
    assert (found["R"].least_minor, found["R"].most_minor, found["R"].amount_minor) == (40, 40, 40)
    assert found["R"].sentence("fr") == "Financé dans 5 cas sur 5."
    assert found["R"].sentence("en") == "Funded in 5 of 5 cases."


def test_the_envelope_stays_and_the_others_share_it() -> None:
    """Without one of the two, the other has 25 and cannot pay R; without one of the three, two have 50 for P."""
    found = leave_one_voice_out(FIVE, SHARES, SEED)
    told = {each.project: (each.funded, each.flips) for each in found.projects}
    assert told == {"P": (2, (0, 1, 2)), "Q": (0, ()), "R": (3, (3, 4))}
    assert found.unsteady == ("P", "R")
    assert found.assumed("fr").startswith("Chaque fois un votant est retiré ; l’enveloppe reste la même")
    assert found.assumed("en").startswith("Each time one voter is taken out; the envelope stays the same")


def test_leaving_each_score_out_by_hand() -> None:
    """A voter who says nothing of P keeps the 20: the other two have 40 of its 60."""
    found = leave_one_score_out(FIVE, SHARES, SEED)
    assert found.reruns == 7
    told = {each.project: (each.funded, each.flips) for each in found.projects}
    assert told == {"P": (4, (0, 1, 2)), "Q": (0, ()), "R": (5, (3, 4))}
    assert found.assumed("fr") != found.assumed("en")


def test_so_many_supporters_could_leave() -> None:
    """P needs all its three to hold 60, R its two; an only project with greedy needs one supporter, or none."""
    assert departures(FIVE, SHARES, SEED) == (
        Departures("P", 3, 0, (0,), 1, complete=True),
        Departures("R", 2, 0, (3,), 1, complete=True),
    )
    alone = Election(10, {"P": 10}, (Voice.naming("P"), Voice.naming("P"), Voice({})))
    assert departures(alone, GREEDY, SEED) == (Departures("P", 2, 1, (0, 1), 3, complete=True),)
    assert departures(alone, GREEDY, SEED, reruns=2) == (Departures("P", 2, 1, (), 2, complete=False),)
    free = Choice("greedy/1", {"min_support": 0})
    assert departures(alone, free, SEED) == (Departures("P", 2, 2, (), 3, complete=True),)


def test_a_comparison_by_hand() -> None:
    recused = Election(FIVE.budget, FIVE.costs, (*FIVE.voices[:4], Voice.naming("QR", recused="Q")), targets={"P": 70})
    found = compare(recused.problem(), [GREEDY, SHARES, Choice("quadratic/1")], SEED, voices=recused.voices)
    assert found.rows == (
        Row("P", 60, 70, 3, 5, (60, 60, None)),
        Row("Q", 60, 60, 1, 4, (0, 0, None)),
        Row("R", 40, 40, 2, 5, (40, 40, None)),
    )
    assert (found.budget_minor, found.voters, found.disputed) == (100, 5, ())
    greedy, _, refused = found.scenarios
    assert (greedy.spent_minor, greedy.left_minor, greedy.unserved, greedy.silent) == (100, 0, 0, 0)
    assert greedy.satisfaction_minor == Fraction(3 * 60 + 2 * 40, 5)
    assert greedy.projects_per_voter == 1
    assert greedy.method == "greedy/1"
    assert greedy.parameters == {"utility": "cost", "min_support": 1}
    assert refused.refusal is not None
    assert refused.refusal.sentence("fr") != refused.refusal.sentence("en")
    assert (refused.result, refused.method, refused.parameters, refused.witnesses) == (None, "quadratic/1", {}, ())


def test_a_disagreement_is_shown() -> None:
    """With 60 greedy buys P for three; the two of R have 24 together, so equal shares leaves P's three with 36."""
    six = Election(60, {"P": 60, "R": 24}, (*FIVE.voices[:3], Voice.naming("R"), Voice.naming("R")))
    found = compare(six.problem(), [GREEDY, SHARES], SEED)
    p, r = found.rows
    assert (p.amounts, r.amounts) == ((60, 0), (0, 24))
    assert found.disputed == ("P", "R")
    assert (p.disputed, p.contested, p.funded) == (True, True, 1)
    assert [scenario.unserved for scenario in found.scenarios] == [2, 3]
    assert [witness.project for witness in found.scenarios[0].witnesses] == ["R", "R"]
    assert found.scenarios[1].witnesses == ()


def test_a_parameter_that_a_method_does_not_take_is_refused_in_its_column() -> None:
    found = compare(FIVE.problem(), [Choice("greedy/1", {"completion": "none"}), Choice("nobody/1")], SEED)
    assert [type(scenario.refusal).__name__ for scenario in found.scenarios] == ["ParameterInvalid", "MethodUnknown"]
    with pytest.raises(ParameterInvalid):
        leave_one_voice_out(FIVE, Choice("greedy/1", {"completion": "none"}), SEED)


def test_every_method_has_a_column() -> None:
    found = compare(FIVE.problem(), [Choice(method) for method in METHODS], SEED)
    assert [scenario.method for scenario in found.scenarios] == list(METHODS)
    assert sum(scenario.result is not None for scenario in found.scenarios) >= len(METHODS) - 1


def test_voters_one_by_one_make_the_problem() -> None:
    voices = (Voice({"P": 3, "Q": 0}, recused=frozenset("R")), Voice({"P": 1, "R": 2}, recused=frozenset("R")))
    problem = Election(100, FIVE.costs, voices, kind="points").problem()
    assert problem.support == {"P": 2, "Q": 0, "R": 0}
    assert problem.recused == {"R": 2}
    assert problem.total_points == {"P": 4, "Q": 0, "R": 0}
