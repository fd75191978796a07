"""Every charter that ships has an example that its articles are seen at work in, told in both languages."""

from __future__ import annotations

import pytest

from fund.charter.contributions import asked_in_kind
from fund.charter.outcomes import run
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.words.example_sentences import example_sentences
from fund.charter.worked_examples import worked_example


@pytest.mark.parametrize("name", shipped_names())
def test_every_article_makes_something_due(name: str) -> None:
    charter = shipped(name)
    example = worked_example(charter)
    assert {due.rule for due in example.outcome.due if due.minor} == {rule.name for rule in charter.rules}
    assert run(charter, example.facts) == example.outcome
    asked = [row for member in example.facts.members.values() for row in asked_in_kind(charter, member.category)]
    assert bool(asked) == (len(charter.payments) < len(charter.contributions))
    called = {name for name, computed in example.outcome.contributions.items() if computed.minor}
    assert bool(called) == bool(charter.payments)


@pytest.mark.parametrize("name", shipped_names())
def test_what_was_paid_is_what_was_called(name: str) -> None:
    example = worked_example(shipped(name))
    for member, computed in example.outcome.contributions.items():
        if computed.minor:
            assert example.facts.members[member].contribution == computed.minor


@pytest.mark.parametrize("name", shipped_names())
def test_an_example_is_told_in_both_languages(name: str) -> None:
    charter = shipped(name)
    example = worked_example(charter)
    french, english = example_sentences(example, charter, "fr"), example_sentences(example, charter, "en")
    assert len(french) == len(english) > 0
    for sentence in (*french, *english):
        assert sentence.endswith(".")
        assert "None" not in sentence


def test_the_example_of_the_triple_braid_can_be_done_by_hand() -> None:
    """Twelve dates at 4,200, eight of them free: 4 × 4,200 × 8 % = 1,344, of which 60, 30 and 10 %.

    A loss of 8,000: the reserve bears the 5,000 it has; C defaults, so A and B bear 3,000 as 5 to 3.
    """
    charter = shipped("creafonds")
    outcome = worked_example(charter).outcome
    assert sum(due.minor for due in outcome.due if due.rule == "droit-de-suite") == 134400
    assert (outcome.totals["fund"]["cash"], outcome.totals["company"]["locked"]) == (80640, 13440)
    members = [forms for name, forms in outcome.totals.items() if name.startswith("member:")]
    assert sum(forms["drawing-right"] for forms in members) == 40320
    assert [forms["loss"] for forms in members] == [187500, 112500, 0]
    assert outcome.totals["reserve"]["loss"] == 500000
    assert [computed.minor for computed in outcome.contributions.values()] == [500000, 300000, 150000]
    assert example_sentences(worked_example(charter), charter, "en") == (
        "Member A, venue, declaring 80,000.00\u00a0EUR (annual production budget).",
        "Member B, public funder, having pledged 3,000.00\u00a0EUR.",
        "Member C, venue, declaring 15,000.00\u00a0EUR (annual production budget).",
        "Paid to the fund: A, 5,000.00\u00a0EUR; B, 3,000.00\u00a0EUR; C, 1,500.00\u00a0EUR.",
        "The project was granted 12,000.00\u00a0EUR by the fund; its première is on 15 January 2026.",
        "It plays 12 dates, one every two weeks, sold at 4,200.00\u00a0EUR each.",
        "A loss of 8,000.00\u00a0EUR has to be borne.",
        "Member C does not pay its part of the loss.",
    )


def test_an_article_that_waits_for_members_gets_them() -> None:
    text = shipped_text("en-jeux").decode().replace('formula = "rate"', 'formula = "rate"\nlaunch_threshold = 30')
    example = worked_example(read_charter(text))
    assert len(example.facts.members) == 30
    assert "D2" in example.facts.members
    assert all(computed.minor for computed in example.outcome.contributions.values())


def test_a_figure_that_is_no_money_is_told_without_a_currency() -> None:
    charter = shipped("cluster")
    told = example_sentences(worked_example(charter), charter, "en")
    assert told[:2] == (
        "Member A, venue, declaring 5 (number of jobs).",
        "Member B, venue, declaring 15 (number of jobs).",
    )


def test_many_members_alike_are_told_together() -> None:
    charter = shipped("panier-culture")
    told = example_sentences(worked_example(charter), charter, "fr")
    assert told[0] == "50 membres, lieu."
    assert len(told) < 8
