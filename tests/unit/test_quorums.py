"""The quorum with its figures: who counts, who does not, and the sentence that says so in both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fund.charter.governance import Governance, Quorum, SecondMeeting, YesNo
from fund.charter.quorums import quorum_figures

HALF = Fraction(1, 2)
SEVEN = "abcdefg"


def governance(**slots: object) -> Governance:
    return Governance(YesNo(), "votes", {}, **{"quorum": Quorum(HALF), "proxies": 1, **slots})  # type: ignore[arg-type]


CASES = """
# quorum counts      present  proxies   recused  present represented needed there  reached
  all                abcd     -         -        4       0           4      4      yes
  all                abc      -         -        3       0           4      3      no
  all                abc      d>a       -        3       1           4      4      yes
  all                abc      d>a,e>a   -        3       1           4      4      yes
  all                abc      d>g       -        3       0           4      3      no
  all                abc      d>a       a        2       0           4      3      no
  all                abcd     -         a        3       0           4      4      yes
  not-recused        abcd     -         ab       2       0           3      2      no
  not-recused        abcde    -         ab       3       0           3      3      yes
  not-recused        abc      d>a       d        3       0           3      3      yes
  not-proxies        abc      d>a       -        3       1           4      3      no
  all                abcxyz   x>a       -        3       0           4      3      no
"""
RULES = {
    "all": Quorum(HALF),
    "not-recused": Quorum(HALF, counts_recused=False),
    "not-proxies": Quorum(HALF, counts_proxies=False),
}


@pytest.mark.parametrize("line", [line for line in CASES.splitlines() if line.strip() and "#" not in line])
def test_who_counts(line: str) -> None:
    rule, there, lent, recused, present, represented, needed, counted, reached = line.split()
    proxies = dict(pair.split(">") for pair in lent.split(",")) if lent != "-" else {}
    figures = quorum_figures(
        governance(quorum=RULES[rule]),
        electorate=SEVEN,
        present=there,
        proxies=proxies,
        recused="" if recused == "-" else recused,
    )
    found = (figures.present, figures.represented, figures.needed, figures.there, figures.reached)
    assert found == (int(present), int(represented), int(needed), int(counted), reached == "yes")


def test_the_sentence_has_every_figure() -> None:
    rule = governance(quorum=RULES["not-recused"])
    lacking = quorum_figures(rule, electorate=SEVEN, present="abc", proxies={"d": "a"}, recused="ab")
    assert lacking.sentence("en") == (
        "People with a voice: 7; present: 1; represented: 0. Recused people: 2. Quorum: 3; counted: 1. It lacks 2."
    )
    there = quorum_figures(rule, electorate=SEVEN, present="abcd", proxies={"e": "a"})
    assert there.sentence("fr") == (
        "Personnes ayant voix : 7 ; présentes : 4 ; représentées : 1. Quorum : 4 ; comptent : 5. Il est atteint."
    )


def test_no_quorum_ruled_and_a_second_meeting_say_so() -> None:
    none = quorum_figures(governance(quorum=None), electorate=SEVEN, present="", proxies={})
    assert none.reached
    assert none.sentence("en").endswith("The charter asks for no quorum.")
    again = governance(second_meeting=SecondMeeting(5))
    second = quorum_figures(again, electorate=SEVEN, present="a", proxies={}, second=True)
    assert second.reached
    assert second.sentence("fr").endswith("Cette seconde réunion délibère sans quorum.")
    unruled = quorum_figures(governance(), electorate=SEVEN, present="a", proxies={}, second=True)
    assert not unruled.reached, "without a rule on second meetings, a second one needs its quorum"
