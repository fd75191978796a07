"""Each rule of the anomalies on the smallest books that show it, on both sides of its limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from fund.accounting.anomalies import (
    AMOUNTS,
    RULES,
    Alone,
    Evidence,
    Finding,
    Held,
    Payee,
    Thresholds,
    Undone,
    counts,
    findings,
    usual_side,
)
from fund.accounting.anomaly_words import WORDS, reason_of
from fund.accounting.benford import EXPECTED, first_digits
from fund.accounting.booked import Booked, BookedLine
from fund.accounting.holidays import easter, is_public_holiday, is_weekend, public_holidays

TUESDAY = date(2026, 3, 3)
LIMITS = Thresholds()


def a_booking(reference: str = "E1", minor: int = 12_345, **facts: object) -> Booked:
    account, party = str(facts.pop("account", "401")), str(facts.pop("party", "F1"))
    lines = (BookedLine("607", "", "", minor), BookedLine(account, party, "", -minor))
    known: dict[str, object] = {
        "reference": reference, "number": f"AC 2026/{reference[1:]}", "journal": "AC", "kind": "entry",
        "on": TUESDAY, "validated_on": TUESDAY, "lines": lines,
    }  # fmt: skip
    return Booked(**{**known, **facts})  # type: ignore[arg-type]


def found(rule: str, entries: Sequence[Booked] = (), limits: Thresholds = LIMITS, **facts: object) -> list[Finding]:
    evidence = Evidence(last=date(2026, 12, 31), entries=entries, **facts)  # type: ignore[arg-type]
    return [each for each in findings(evidence, limits) if each.rule == rule]


def subjects(rule: str, *entries: Booked, limits: Thresholds = LIMITS) -> list[str]:
    return [each.subject for each in found(rule, entries, limits)]


def test_round_amounts() -> None:
    entries = (a_booking("E1", 100_000), a_booking("E2", 300_000), a_booking("E3", 100_001), a_booking("E4", 50_000))
    assert subjects("round-amount", *entries) == ["E1", "E2"]
    assert subjects("round-amount", *entries, limits=Thresholds(round_to=50_000)) == ["E1", "E2", "E4"]
    assert subjects("round-amount", *entries, limits=Thresholds(round_to=0)) == []


def test_one_iban_for_two_payees_however_it_is_written() -> None:
    payees = [
        Payee("A", "FR76 3000 6000 0112 3456 7890 189"),
        Payee("B", "fr7630006000011234567890189"),
        Payee("A", "FR7630006000011234567890189"),
        Payee("C", "DE89370400440532013000"),
    ]
    (finding,) = found("shared-iban", payees=payees)
    assert (finding.said, dict(finding.facts)["tail"]) == ("A, B", "0189")
    assert "FR76" not in str(finding), "the whole number is shown to nobody"


@pytest.mark.parametrize(
    ("on", "is_off"),
    [
        (date(2026, 3, 6), False),
        (date(2026, 3, 7), True),
        (date(2026, 3, 8), True),
        (date(2026, 4, 6), True),  # Easter Monday
        (date(2026, 5, 14), True),  # Ascension
        (date(2026, 5, 25), True),  # Whit Monday
        (date(2026, 7, 14), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), True),
    ],
)
def test_days_off(on: date, is_off: bool) -> None:
    assert bool(subjects("day-off", a_booking(on=on))) == is_off
    assert (is_weekend(on) or is_public_holiday(on)) == is_off


def test_easter_of_known_years_and_eleven_holidays() -> None:
    # Published tables: the earliest and the latest Easter there are, and years around.
    known = {1818: (3, 22), 1943: (4, 25), 2000: (4, 23), 2008: (3, 23), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known
    for year in range(1900, 2200):
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)
        # Ascension falls on 1 or 8 May in some years: then there are ten days.
        assert len(public_holidays(year)) in (10, 11)


def test_just_below_a_threshold() -> None:
    limits = Thresholds(thresholds=(100_000,), below_percent=5)
    amounts = {"E1": 94_999, "E2": 95_000, "E3": 99_999, "E4": 100_000}
    entries = [a_booking(reference, minor) for reference, minor in amounts.items()]
    assert subjects("below-threshold", *entries, limits=limits) == ["E2", "E3"]


def test_lines_of_the_bank_and_postings_without_the_other() -> None:
    line, posting = Alone("7", "VIR", TUESDAY, -500), Alone("E9", "BQ 2026/9", TUESDAY, 700)
    assert [each.minor for each in found("bank-line-unmatched", lines_alone=[line])] == [500]
    assert [each.subject for each in found("posting-unmatched", postings_alone=[posting])] == ["E9"]
    assert found("bank-line-unmatched") == found("posting-unmatched") == []


def test_the_same_amount_of_the_same_party_within_days() -> None:
    first = a_booking("E1")
    near, far = a_booking("E2", on=date(2026, 3, 10)), a_booking("E3", on=date(2026, 3, 18))
    assert subjects("same-party-amount", first, near, far) == ["E2"]
    assert subjects("same-party-amount", first, near, far, limits=Thresholds(duplicate_days=8)) == ["E2", "E3"]
    assert subjects("same-party-amount", first, a_booking("E4", party="F2")) == []
    assert subjects("same-party-amount", first, a_booking("E5", 12_346)) == []
    assert subjects("same-party-amount", first, a_booking("E6", reverses="E1")) == [], "a reversal is no second payment"
    undone = (first, a_booking("E6", -12_345, reverses="E1"), a_booking("E7"))
    assert subjects("same-party-amount", *undone) == [], "what was undone may come again"


def test_one_document_or_one_file_twice() -> None:
    papers = [a_booking("E1", document="F-1", document_sha256="aa"), a_booking("E2", document="F-1"),
              a_booking("E3", document="F-2", document_sha256="aa"), a_booking("E4", document="F-1", journal="BQ"),
              a_booking("E5", document="F-1", reverses="E1")]  # fmt: skip
    papers += [a_booking("E6", document="F-1", party="F2")]
    assert subjects("same-document", *papers) == ["E2"], "a decision may be the document of several awards"
    assert subjects("same-file", *papers) == ["E3"]


def test_a_document_far_from_its_entry_either_way() -> None:
    days = {"E1": 30, "E2": 31, "E3": -31}
    entries = [a_booking(name, document_on=TUESDAY + timedelta(days=away)) for name, away in days.items()]
    assert subjects("document-gap", *entries, a_booking("E4")) == ["E2", "E3"]


def test_an_entry_that_became_final_long_after() -> None:
    entries = [a_booking("E1", validated_on=date(2026, 4, 17)), a_booking("E2", validated_on=date(2026, 4, 18))]
    assert subjects("late-validation", *entries) == ["E2"]


def test_reversals_name_what_they_undo() -> None:
    (finding,) = found("reversed", [a_booking("E1"), a_booking("E2", reverses="E1")])
    assert (finding.subject, dict(finding.facts)["other"]) == ("E2", "AC 2026/1")


def test_manual_entries_of_the_last_days() -> None:
    days = {"E1": date(2026, 12, 26), "E2": date(2026, 12, 27), "E3": date(2026, 12, 31)}
    entries = [a_booking(name, on=on, journal="OD") for name, on in days.items()]
    other = a_booking("E4", on=date(2026, 12, 31), journal="BQ")
    assert subjects("year-end-manual", *entries, other) == ["E2", "E3"]


@pytest.mark.parametrize(
    ("account", "side"),
    [
        ("401", -1),
        ("4091", 1),
        ("411000", 1),
        ("4191", -1),
        ("4671", 1),
        ("4682", -1),
        ("458", 0),
        ("512", 0),
        ("4", 0),
    ],
)
def test_the_side_on_which_a_third_party_stands(account: str, side: int) -> None:
    assert usual_side(account) == side


def test_third_parties_on_the_unusual_side() -> None:
    held = [
        Held("411", "M1", -5),
        Held("411", "M2", 5),
        Held("401", "F1", 7),
        Held("458", "P1", -9),
        Held("411", "M3", 0),
    ]
    assert [each.said for each in found("unusual-side", held=held)] == ["411 M1", "401 F1"]


def test_letterings_that_were_undone() -> None:
    (finding,) = found("lettering-undone", undone=[Undone("411", "AA", TUESDAY, "T")])
    assert finding.said == "411 AA"


def test_openings_are_no_entries_of_the_year() -> None:
    opening = a_booking("E1", 100_000, kind="opening", journal="AN", on=date(2026, 1, 1))
    assert findings(Evidence(last=date(2026, 12, 31), entries=[opening]), LIMITS) == ()


def test_every_rule_has_its_words_in_both_languages_and_fills_its_reason() -> None:
    assert set(WORDS) == set(RULES)
    entries = [
        a_booking("E1", 100_000, on=date(2026, 3, 7), document="F", document_sha256="a", document_on=date(2026, 1, 1)),
        a_booking("E2", 100_000, on=date(2026, 3, 9), document="F", document_sha256="a", validated_on=date(2026, 9, 9)),
        a_booking("E3", 99_000, reverses="E9"),
        a_booking("E4", 5, journal="OD", on=date(2026, 12, 31)),
    ]
    everything = findings(
        Evidence(
            last=date(2026, 12, 31),
            entries=entries,
            payees=[Payee("A", "X1"), Payee("B", "X1")],
            held=[Held("411", "M1", -5)],
            undone=[Undone("411", "AA", TUESDAY, "T")],
            lines_alone=[Alone("1", "L", TUESDAY, 5)],
            postings_alone=[Alone("E1", "BQ", TUESDAY, 5)],
        ),
        LIMITS,
    )
    assert all(counts(everything).values()), "every rule finds something here"
    for language in ("fr", "en"):
        for each in everything:
            said = reason_of(each, language, lambda name, value: f"<{name}>" if name in AMOUNTS else str(value))
            assert said.endswith(".")
            assert "{" not in said


def test_the_shares_of_first_digits_sum_to_one_and_fall() -> None:
    assert sum(EXPECTED) == 1
    assert list(EXPECTED) == sorted(EXPECTED, reverse=True)
    # log10(1 + 1/d) to five decimals, by the decimal logarithm of the standard library.
    for digit, share in enumerate(EXPECTED, 1):
        exact = Fraction((Decimal(digit + 1) / Decimal(digit)).log10())
        assert abs(share - exact) < Fraction(6, 1_000_000)


def test_first_digits_are_counted_whatever_the_sign() -> None:
    rows = first_digits([123, -150, 0, 9, 90_000, 2])
    assert [row.count for row in rows] == [2, 1, 0, 0, 0, 0, 0, 0, 2]
    assert rows[0].share == Fraction(2, 5)
    assert rows[0].gap == Fraction(2, 5) - EXPECTED[0]
    assert all(row.share == 0 for row in first_digits([]))
