"""Every refusal of meetings and votes speaks French and English, with its figures in both."""

from __future__ import annotations

import inspect
from string import Formatter

import pytest

from allocation.errors import AllocationError, Inconsistent
from allocation.voting import errors as voting_errors
from fund.errors import FundError
from fund.services import committee_errors

REFUSALS = [
    value
    for value in vars(voting_errors).values()
    if inspect.isclass(value) and issubclass(value, AllocationError) and value not in (AllocationError, Inconsistent)
]
PROCEDURE = [
    value
    for value in vars(committee_errors).values()
    if inspect.isclass(value) and issubclass(value, FundError) and value is not FundError
]


def figures(sentence: str) -> set[str]:
    return {name.partition(":")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_both_languages_carry_the_same_figures(refusal: type[AllocationError]) -> None:
    ours = figures(refusal.sentences["fr"]) - {"quoi"}
    assert ours == figures(refusal.sentences["en"]) - {"what"}
    assert refusal.sentences["en"].endswith(".")
    assert refusal.sentences["fr"].endswith(".")
    whys = getattr(refusal, "whys", {})
    for name, why in whys.items():
        assert figures(why["fr"]) == figures(why["en"]), name
        assert why["fr"] != why["en"]


@pytest.mark.parametrize("refusal", PROCEDURE, ids=lambda refusal: refusal.__name__)
def test_the_procedure_says_the_same_in_both(refusal: type[FundError]) -> None:
    assert figures(refusal.fr) - {"sujet"} == figures(refusal.en) - {"subject"}
    assert refusal.fr != refusal.en
    assert refusal.fr.endswith(".")
