"""The section on notoriety is read whole, or every fault of it is told at its line; what it may steer is held."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fund.charter.notoriety.grammar import (
    CreditToCompany,
    CreditToFund,
    CreditToMembers,
    Notoriety,
    PointsByLevel,
    SamePoints,
)
from fund.charter.notoriety.steering import Steered, most_steered, steered
from fund.charter.reading.notoriety import check_steering
from fund.charter.reading.slots import Faults
from fund.charter.rules import (
    Cash,
    DrawingRight,
    Fees,
    Losses,
    MembersBear,
    ReserveBears,
    Rule,
    Split,
    ToMembers,
    ToParty,
)
from fund.charter.words.fault_sentences import MENDS, WHATS
from fund.charter.words.notoriety_fault_sentences import NOTORIETY
from fund.charter.words.notoriety_texts import notoriety_text
from tests.notorieties import SECTION, a_notoriety, changed, read_section

TO_FUND = 'to = "fund"\nshare = "20 %"\n'
ORDER = SECTION[SECTION.index("logo_order = [") : SECTION.index("]\n", SECTION.index("logo_order = [")) + 1]

FAULTS = [
    # code · the section with the fault · how the line begins
    ("missing", changed(("contestation_days = 30\n", ""), ('contestation_days = "made-up"\n', "")), "[notoriety]"),
    ("missing", SECTION.partition("[notoriety.wording]")[0], "[notoriety]"),
    ("missing", changed((SECTION[SECTION.index("[[") : SECTION.index("[notoriety.wording]")], "")), "[notoriety]"),
    ("missing", changed(('coproduction = "strict"\n', "")), "[notoriety.wording]"),
    ("missing", changed((ORDER, "")), "[notoriety.wording]"),
    ("missing", changed(('to = "fund"\n', "")), "[[notoriety.credits]]"),
    (
        "missing",
        changed((SECTION[SECTION.index("[notoriety.points]") : SECTION.index("[[")], ""), ('points = "made-up"\n', "")),
        "[notoriety]",
    ),
    ("points-none", changed((SECTION[SECTION.index("performance =") : SECTION.index("[[")], "")), "[notoriety.points]"),
    ("points-none", changed(("press = { local = 2, regional = 3, national = 6, international = 8 }", "press = {}")),
     "press = {}"),
    ("unknown-near", changed(("town = 3", "towns = 3")), "towns = 3"),
    ("unknown-near", changed(("press = { local", "press = { locall")), "press = {"),
    ("unknown", changed(("town = 3", "followers = 3")), "followers = 3"),
    ("whole-range", changed(("performance = 1", "performance = 0")), "performance = 0"),
    ("type-whole", changed(("performance = 1", 'performance = "1"')), 'performance = "1"'),
    ("float", changed(("performance = 1", "performance = 1.5")), "performance = 1.5"),
    ("whole-range", changed(("contestation_days = 30", "contestation_days = 0")), "contestation_days = 0"),
    ("rate", changed(('decay = "20 %"', 'decay = "120 %"')), 'decay = "120 %"'),
    ("source-missing", changed(('decay = "made-up"\n', "")), 'decay = "20 %"'),
    ("source-missing", changed(('points = "made-up"\n', "")), "performance = 1"),
    ("choice", changed(('key = "contribution"', 'key = "notoriety"')), 'key = "notoriety"'),
    ("key-missing", changed(('key = "contribution"\n', ""), (', key = "https://ar-ra1011.cmf-fmc.ca/index.php/appendix/'
     'bpe_calculations/"', "")), "[[notoriety.credits]]"),
    ("key-alone", changed((TO_FUND, f'{TO_FUND}key = "equal"\n')), 'key = "equal"'),
    ("shares-sum", changed((TO_FUND, TO_FUND.replace("20", "25"))), "[[notoriety.credits]]"),
    ("credit-twice", changed((TO_FUND, TO_FUND.replace("fund", "company"))), "[[notoriety.credits]]"),
    ("logo-order", changed(('"state", ', "")), "logo_order = ["),
    ("logo-order", changed(('"state"', '"commune"')), "logo_order = ["),
    ("logo-order", changed(('"state"', '"king"')), "logo_order = ["),
    ("choice", changed(('"strict"', '"loose"')), 'coproduction = "loose"'),
]  # fmt: skip
STEERING = {"notoriety-unsaid", "notoriety-ceiling"}


@pytest.mark.parametrize(("code", "text", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_is_found_at_its_line(code: str, text: str, line: str) -> None:
    lines = text.split("\n")
    _, faults = read_section(text)
    found = [(fault.code, lines[fault.line - 1]) for fault in faults if fault.line]
    assert any(each == code and at.startswith(line) for each, at in found), found
    for fault in faults:
        assert fault.sentence("fr") != fault.sentence("en")


def test_every_fault_of_notoriety_is_tried_here() -> None:
    codes = {code for code, *_ in NOTORIETY}
    assert codes <= {code for code, _, _ in FAULTS} | STEERING
    assert codes <= set(WHATS) == set(MENDS)


def test_a_source_may_speak_of_any_slot() -> None:
    to = changed(('key = "https://ar', 'to = "https://example.org/qui", key = "https://ar'))
    notoriety, faults = read_section(to)
    assert faults == []
    assert "example.org" not in notoriety_text(notoriety, "fr")


def test_all_faults_are_told_at_once() -> None:
    _, faults = read_section(
        changed(
            ("performance = 1", "performance = 0"), ('"20 %"\ncontest', '"200 %"\ncontest'), ('"strict"', '"loose"')
        )
    )
    assert [fault.code for fault in faults] == ["rate", "whole-range", "choice"]


def test_values_are_exact() -> None:
    notoriety = a_notoriety()
    assert notoriety.points["performance"] == SamePoints(1)
    assert notoriety.points["invitation"] == PointsByLevel({"national": 5, "international": 10})
    assert [type(credit) for credit in notoriety.credits] == [CreditToCompany, CreditToMembers, CreditToFund]
    assert [credit.share for credit in notoriety.credits] == [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
    assert (notoriety.decay, notoriety.ceiling, notoriety.contestation_days) == (Fraction(1, 5), Fraction(3, 10), 30)
    assert notoriety.wording.logo_order[:3] == ("european-union", "state", "region")
    assert notoriety.sources == dict.fromkeys(["decay", "contestation_days", "ceiling"], "made-up") | {
        "points": "made-up",
        "credits": "made-up",
    }
    assert notoriety.points_sources["press", "national"] == notoriety.points_sources["town", None] == "made-up"
    assert notoriety.credits[1].sources["key"].startswith("https://ar-ra1011.cmf-fmc.ca/")


def test_without_decay_or_ceiling_nothing_lapses_and_nothing_is_steered() -> None:
    cut = [(f'{slot} = "{value}"\n', "") for slot in ("decay", "ceiling") for value in ("made-up",)]
    notoriety = a_notoriety(('decay = "20 %"\n', ""), ('ceiling = "30 %"\n', ""), *cut)
    assert (notoriety.decay, notoriety.ceiling) == (0, 0)


def a_rule(*splits: Split, name: str = "suite") -> Rule:
    return Rule(name, Fees(), Fraction(8, 100), splits)


def by_notoriety(share: str) -> ToMembers:
    return ToMembers("notoriety", Fraction(share), DrawingRight(36))


REST = ToParty("fund", Fraction(1, 2), Cash())
STEERED: list[tuple[Rule, Fraction]] = [
    (a_rule(REST, ToMembers("equal", Fraction(1, 2), DrawingRight(36))), Fraction(0)),
    (a_rule(REST, by_notoriety("3/10"), ToMembers("equal", Fraction(1, 5), DrawingRight(36))), Fraction(3, 10)),
    (a_rule(REST, by_notoriety("3/10"), by_notoriety("1/5")), Fraction(1, 2)),
    (Rule("dettes", Losses(), Fraction(1), bearers=(ReserveBears(), MembersBear("notoriety"))), Fraction(1)),
    (Rule("dettes", Losses(), Fraction(1), bearers=(ReserveBears(), MembersBear("use"))), Fraction(0)),
]


@pytest.mark.parametrize(("rule", "share"), STEERED)
def test_what_notoriety_steers_is_the_sum_of_its_lines(rule: Rule, share: Fraction) -> None:
    assert steered(rule) == Steered(rule.name, share)


def test_the_rule_that_it_steers_most() -> None:
    rules = [a_rule(REST, by_notoriety("1/5"), name="a"), a_rule(REST, by_notoriety("3/10"), name="b"), a_rule(REST)]
    assert most_steered(rules) == Steered("b", Fraction(3, 10))
    assert most_steered([a_rule(REST)]) is None


def steering_faults(rule: Rule, notoriety: Notoriety | None) -> list[str]:
    faults = Faults()
    check_steering([(("returns", 0), rule)], notoriety, faults)
    return [fault.code for fault in faults.found]


def test_notoriety_steers_no_more_than_its_ceiling() -> None:
    within, beyond = a_rule(REST, by_notoriety("3/10")), a_rule(REST, by_notoriety("31/100"))
    assert steering_faults(within, a_notoriety()) == []
    assert steering_faults(beyond, a_notoriety()) == ["notoriety-ceiling"]
    assert steering_faults(within, None) == ["notoriety-unsaid"]
    assert steering_faults(a_rule(REST), None) == []
    faults = Faults()
    check_steering([(("returns", 0), beyond)], a_notoriety(), faults)
    assert "31 %" in faults.found[0].what("fr")
    assert "30 %" in faults.found[0].what("en")
