"""The charters that the properties run over are real ones: each, written as a file, is read back as it is."""

from __future__ import annotations

from hypothesis import given, settings

from fund.charter.grammar import Charter
from fund.charter.outcomes import run
from fund.charter.reading.reader import read_charter
from tests.charter_drawing.charters import charters
from tests.charter_drawing.facts import Case, cases
from tests.charter_texts import bare, charter_text


@settings(max_examples=120, deadline=None)
@given(charters())
def test_a_drawn_charter_reads_as_it_was_drawn(charter: Charter) -> None:
    assert bare(read_charter(charter_text(charter))) == bare(charter)


@settings(max_examples=60, deadline=None)
@given(cases(whole=True))
def test_drawn_facts_are_all_that_the_charter_needs(case: Case) -> None:
    assert run(case.charter, case.facts).totals
