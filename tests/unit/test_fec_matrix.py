"""More than sixty valid and broken files of entries: each is judged by the very rules that its fault breaks."""

from __future__ import annotations

import pytest

from ledger.fec.sentences import RULES, SENTENCES
from tests.fec_files import checked
from tests.fec_matrix import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_each_file_is_judged_by_the_rules_its_fault_breaks(case: Case) -> None:
    report = checked(case.content, case.name, **case.expected)
    assert set(report.counts) == set(case.rules.split())
    assert set(case.codes.split()) <= {finding.code for finding in report.findings}
    assert report.is_accepted == ("E" not in case.rules)


def test_there_are_sixty_files_and_every_rule_is_broken_once() -> None:
    assert len(CASES) >= 60
    assert {rule for case in CASES for rule in case.rules.split()} == set(RULES)


def test_every_sentence_is_provoked() -> None:
    provoked = {
        finding.code for case in CASES for finding in checked(case.content, case.name, **case.expected).findings
    }
    assert provoked >= set(SENTENCES) - {"name_part", "both_separators", "header_unnamed"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_finding_speaks_both_languages_and_names_its_line(case: Case) -> None:
    report = checked(case.content, case.name, **case.expected)
    for finding in report.findings:
        french, english = finding.sentence("fr"), finding.sentence("en")
        assert french.endswith(".")
        assert english.endswith(".")
        assert french != english
        assert "{" not in french + english
        assert finding.place("fr").startswith(("ligne", "fichier"))
    assert report.verdict("fr") != report.verdict("en")
