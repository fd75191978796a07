"""What members read of partial amounts, orders, lots and sets: whole sentences, worked by hand."""

import pytest

from allocation.methods import order_sentences
from allocation.methods.explained import explained
from allocation.methods.problem import Problem
from allocation.methods.registry import solve
from allocation.methods.sentences import sentence
from allocation.methods.ties import TieRule

NARROW, FIXED = "\u202f", "\u00a0"


def said(problem: Problem, method: str, language: str, **parameters: str | int) -> dict[str, str]:
    tie_rule = TieRule(seed="graine")
    result = solve(problem, method=method, parameters=parameters, tie_rule=tie_rule)
    return {
        project: sentence(reason, language).replace(NARROW, " ").replace(FIXED, " ")
        for project, reason in explained(problem, result, tie_rule).items()
    }


def call(budget: int = 100_000, **changed: object) -> Problem:
    known = {
        "budget": budget,
        "costs": {"A": 50_000, "B": 30_000, "C": 40_000, "D": 1_000},
        "targets": {"A": 70_000, "B": 70_000},
        "ballots": ["ABC", "AB", "A", ""],
    }
    return Problem.of(**{**known, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            [
                "Entré au rang 1 (3 soutiens), alors qu'il restait 1 000 €. "
                "Reçoit les 500 € nécessaires, sur 700 € demandés.",
                "Entré au rang 2 (2 soutiens), alors qu'il restait 500 €. "
                "Reçoit 500 €, entre les 300 € nécessaires et les 700 € demandés.",
                "Rang 3, 1 soutien ; il restait 200 € pour au moins 400 € : il manque 200 €. "
                "Avec une demande de 200 € au plus, il aurait été financé.",
                "0 soutien seulement : il en faut au moins 1. "
                "Le calcul ne garantit ni demande plus petite ni nombre de soutiens qui auraient suffi.",
            ],
        ),
        (
            "en",
            [
                "Entered in place 1 (3 supporters), when €1,000 was left. Receives the €500 it needs, of €700 asked.",
                "Entered in place 2 (2 supporters), when €500 was left. "
                "Receives €500, between the €300 it needs and the €700 it asks.",
                "Place 3, 1 supporter; €200 was left for at least €400: €200 is missing. "
                "With a request of €200 or less it would have been funded.",
                "Only 0 supporters: at least 1 are needed. "
                "The computation warrants no smaller request and no support that would have sufficed.",
            ],
        ),
    ],
)
def test_water_filling_says_who_entered_and_what_they_receive(language: str, expected: list[str]) -> None:
    assert list(said(call(), "water-filling", language).values()) == expected


def test_tranches_say_what_is_missing_for_the_next_level() -> None:
    """250 € each. A's base takes 166.67 € of three; B's two then have 166.67 € together; A's next 200 € is paid too."""
    told = said(call(targets={"A": 90_000}), "tranche-shares", "fr", completion="none", increments=2)
    assert told["A"] == (
        "Reçoit 700 € sur 900 € demandés (3 soutiens). "
        "Au niveau 3, 150 € manquent : ses soutiens ont encore 50 € pour 200 €."
    )
    assert told["B"] == (
        "2 soutiens, à qui il reste 33,33 € pour au moins 300 €. Au niveau 1, 266,67 € manquent. "
        "Avec une demande de 33,33 € au plus, il aurait été financé."
    )
    completed = said(call(targets={"A": 90_000}), "tranche-shares", "en", increments=2)
    assert completed["A"] == (
        "Receives €700 of €900 asked (3 supporters). At level 3, €200 is missing: €0 is left for €200."
    )
    assert completed["B"] == "Receives €300, all that it asks, in 1 level. 2 supporters."


def test_an_average_says_the_part_and_what_it_lacks() -> None:
    """B has 208.33 €, seven tenths of its least amount; it gives that up, C is full with 90 € and A has the rest."""
    told = said(call(costs={"A": 50_000, "B": 30_000, "C": 9_000, "D": 0}), "average-splits", "fr")
    assert told["A"] == (
        "La moyenne des répartitions lui donne 458,33 € (3 soutiens). "
        "Reçoit 660 €, entre les 500 € nécessaires et les 700 € demandés."
    )
    assert told["B"] == (
        "Les répartitions lui donnent 208,33 € (2 soutiens), pour au moins 300 € : il manque 91,67 €. Sa part va aux "
        "autres. Avec une demande de 208,33 € au plus, il aurait été financé."
    )
    assert told["C"] == (
        "La moyenne des répartitions lui donne 83,33 € (1 soutien). Reçoit 90 €, tout ce qu'il demande."
    )


def test_lots_say_how_many_were_drawn() -> None:
    problem = call(
        costs={"A": 50_000, "B": 40_000, "C": 40_000, "D": 1_000}, targets={}, ballots=["ABC", "AB", "AC", ""]
    )
    told = said(problem, "lottery-band", "fr", sure_percent=60, draw_percent=50)
    assert told["A"] == "Financé au rang 1. 3 soutiens ; il restait 1 000 € pour 500 €."
    drawn = {
        "Tiré au sort parmi 2 projets de même mérite (2 soutiens), au rang 2 ; il restait 500 € pour 400 €.",
        "Sorti du tirage au rang 3, parmi 2 projets de même mérite (2 soutiens) ; il restait 100 € pour 400 €. "
        "Avec une demande de 100 € au plus, il aurait été financé.",
    }
    assert {told["B"], told["C"]} == drawn
    below = said(call(), "lottery-band", "en", sure_percent=60, draw_percent=50)["C"]
    assert below == "1 supporter of 4 voters: 2 were needed to enter the draw."


def test_a_set_says_what_it_leaves() -> None:
    told = said(call(targets={}), "knapsack", "en")
    assert told["A"] == "Part of the set of largest utility that the envelope can pay. 3 supporters; cost €500 of €800."
    assert told["C"] == (
        "1 supporter; cost €400. The chosen set leaves €200, and no other that the envelope can pay has a larger "
        "utility. With a request of €200 or less it would have been funded."
    )


def test_a_simulation_says_that_it_has_no_effect() -> None:
    problem = Problem.scored(budget=1_000, costs={"A": 1, "B": 1}, ballots=[{"A": 400}, {"A": 400, "B": 100}])
    assert said(problem, "quadratic", "fr") == {
        "A": "Simulation sans effet : avec 2 soutiens, l'abondement serait de 10 €.",
        "B": "Simulation sans effet : avec 1 soutien, aucun abondement, car il naît de deux donateurs au moins.",
    }


def test_what_is_locked_out_is_said_so() -> None:
    told = said(call(locked_out=["B"]), "ranked", "fr")
    assert told["B"] == "Écarté avant le calcul, quels que soient les bulletins."


def test_every_sentence_is_written_in_both_languages() -> None:
    assert set(order_sentences.TEXTS["fr"]) == set(order_sentences.TEXTS["en"])
    assert set(order_sentences.COUNTED["fr"]) == set(order_sentences.COUNTED["en"])
    assert set(order_sentences.TEXTS["fr"]) >= order_sentences.WITHOUT_CHANGE
