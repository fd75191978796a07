"""Every refusal of allocation speaks French and English, with its figures in both."""

import inspect
import re
from string import Formatter

import pytest

from allocation import errors, method_errors
from allocation.elections.faults import SENTENCES, ElectionUnreadable, Fault
from allocation.errors import AllocationError, BallotInvalid, CallInvalid, Inconsistent, ProblemInvalid

REFUSALS = [
    value
    for value in {**vars(errors), **vars(method_errors)}.values()
    if inspect.isclass(value) and issubclass(value, AllocationError) and value not in (AllocationError, Inconsistent)
]


def figures(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_both_sentences_carry_the_same_figures(refusal: type[AllocationError]) -> None:
    assert figures(refusal.sentences["fr"]) == figures(refusal.sentences["en"])
    assert refusal.sentences["fr"] != refusal.sentences["en"]
    assert refusal.sentences["en"].endswith(".")
    assert refusal.sentences["fr"].endswith(".")


@pytest.mark.parametrize("refusal", [ProblemInvalid, CallInvalid, BallotInvalid])
def test_every_why_is_spelled_out_in_both_languages(refusal: type[Inconsistent]) -> None:
    for why in refusal.whys.values():
        assert figures(why["fr"]) == figures(why["en"])


@pytest.mark.parametrize("code", SENTENCES)
def test_every_fault_is_spelled_out_in_both_languages(code: str) -> None:
    french, english = SENTENCES[code]["fr"], SENTENCES[code]["en"]
    assert figures(french) == figures(english)
    assert re.search(" ;|[a-zé]$", french), "what is wrong; how to mend it"


def test_codes_are_never_shared() -> None:
    codes = [refusal.code for refusal in (*REFUSALS, ElectionUnreadable, AllocationError)]
    assert len(set(codes)) == len(codes)


def test_a_why_keeps_its_figures_in_either_language() -> None:
    refused = ProblemInvalid(why="envelope_negative", budget=-5)
    assert str(refused) == "Nothing can be decided on these figures: the envelope is negative (-5)."
    assert refused.sentence("fr") == "Rien ne peut être décidé sur ces chiffres : l'enveloppe est négative (-5)."


def test_ballots_that_say_too_little_are_named_in_both_languages() -> None:
    refused = method_errors.BallotsUnsuited(asked="borda", needed="points | ranks", given="approval")
    assert str(refused).startswith("“borda” needs points or rankings; these ballots say approvals.")
    assert "des points ou des classements ; ces bulletins portent des approbations" in refused.sentence("fr")


def test_what_is_repeated_in_a_sentence_is_cut() -> None:
    assert len(str(errors.MethodUnknown(name="x" * 10_000, known="greedy/1"))) < 200
    assert len(str(errors.ParameterInvalid(method="greedy/1", name="x" * 999, value="y" * 999, accepted="z"))) < 300


def test_a_fault_of_the_whole_file_has_no_line() -> None:
    fault = Fault(0, "", "section_missing", {"section": "VOTES"})
    assert fault.sentence("en").startswith("file: the section VOTES is missing;")
    assert fault.sentence("fr").startswith("fichier : la section VOTES manque ;")
