"""Whatever happens to notoriety.csv, the reader reads it or tells faults that can be said; nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.importers.year_folder import YearFolder
from tests.property.test_importers_mutations import Mutation, assert_sound, assert_told, mutations, read
from tests.recognition_charter import CHARTER
from tests.unit.test_importers_notoriety import RIGHT, with_facts


@settings(max_examples=150, deadline=None)
@given(st.lists(mutations(), min_size=1, max_size=4))
def test_spoilt_facts_are_read_or_refused_with_faults_that_can_be_said(spoiling: list[Mutation]) -> None:
    with tempfile.TemporaryDirectory() as place:
        rows = RIGHT + "2026-11-02,C,prize,local,Dax,Prix des Dunes (fictif),,PRIZE-1\n"
        folder = with_facts(Path(place), rows, charter=CHARTER)
        file = folder / "notoriety.csv"
        for _name, spoilt in spoiling:
            file.write_bytes(spoilt(file.read_bytes()))
        found = read(folder)
        if isinstance(found, YearFolder):
            assert_sound(found)
            assert {fact.project for fact in found.notoriety} <= {project.id for project in found.election.projects}
            assert all(fact.evidence or fact.url for fact in found.notoriety)
        else:
            assert_told(found, folder)
