"""What is written is read again: the same lines, the same trial balance; and nothing that is read ever raises."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.fec.checking import check
from ledger.fec.expected import Expected
from ledger.fec.fields import FecLine
from ledger.fec.findings import Finding
from ledger.fec.reading import closing_balances, read_lines
from ledger.fec.texts import written
from ledger.fec.writing import Encoding, Separator, write
from tests.fec_files import NAME, checked, file_of, year_lines

FIRST = date(2026, 1, 1)
ACCOUNTS = ("106800", "411000", "401000", "512000", "622600", "756100", "801800", "809100")
TEXTS = st.text(st.characters(), max_size=30)
ENCODED = st.sampled_from(["utf-8", "iso-8859-15"])
SEPARATED = st.sampled_from(["tab", "pipe"])


@st.composite
def books(draw: st.DrawFn) -> list[FecLine]:
    """A year that balances: openings, then entries numbered by journal in the order of validation."""
    lines: list[FecLine] = []
    numbers: dict[str, int] = defaultdict(int)
    days = sorted(draw(st.lists(st.integers(0, 364), max_size=4)))
    plan = sorted((day, draw(st.sampled_from(["AC", "BQ", "OD"]))) for day in days)
    for day, journal in [(0, "AN"), *plan]:
        numbers[journal] += 1
        amounts = draw(st.lists(st.integers(1, 10**12), min_size=1, max_size=3))
        legs = [(draw(st.sampled_from(ACCOUNTS)), amount) for amount in amounts]
        legs.append((draw(st.sampled_from(ACCOUNTS)), -sum(amounts)))
        if journal == "AN":
            legs = [(account if account[0] not in "67" else "512000", minor) for account, minor in legs]
        on = FIRST + timedelta(days=day)
        for account, minor in legs:
            auxiliary = draw(st.sampled_from(["", "M01", "M02"])) if account[0] == "4" else ""
            lines.append(
                FecLine(
                    journal=journal, journal_label=f"Journal {journal}", entry=f"{journal}{numbers[journal]:06d}",
                    on=on, account=account, account_label=f"Compte {account}", auxiliary=auxiliary,
                    auxiliary_label=auxiliary and f"Tiers {auxiliary}", document=draw(TEXTS) + "P", document_on=on,
                    label=draw(TEXTS) + "L", debit=max(minor, 0), credit=max(-minor, 0), validated_on=on,
                )
            )  # fmt: skip
    return lines


def trial_balance(lines: Iterable[FecLine]) -> dict[tuple[str, str], tuple[int, int]]:
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        totals[line.account, line.auxiliary][0] += line.debit
        totals[line.account, line.auxiliary][1] += line.credit
    return {key: (debit, credit) for key, (debit, credit) in totals.items()}


@settings(max_examples=60)
@given(books(), ENCODED, SEPARATED)
def test_a_year_that_is_written_is_read_with_the_same_trial_balance(
    lines: list[FecLine], encoding: Encoding, separator: Separator
) -> None:
    out = io.BytesIO()
    made = write(out, lines, encoding=encoding, separator=separator)
    read = [each for each in read_lines(out) if isinstance(each, FecLine)]
    assert made.lines == len(read) == len(lines)
    assert trial_balance(read) == trial_balance(lines)
    for wrote, found in zip(lines, read, strict=True):
        assert found.label == written(wrote.label, encoding)
        assert (found.entry, found.on, found.validated_on) == (wrote.entry, wrote.on, wrote.validated_on)


@settings(max_examples=60)
@given(books(), ENCODED, SEPARATED)
def test_a_year_that_balances_is_accepted_whatever_its_labels(
    lines: list[FecLine], encoding: Encoding, separator: Separator
) -> None:
    out = io.BytesIO()
    write(out, lines, encoding=encoding, separator=separator)
    result = -sum(line.minor for line in lines if line.account[0] in "67")
    report = check(out, NAME, Expected(result=result))
    assert [finding.sentence() for finding in report.findings if finding.is_error] == []
    assert report.result == result


@settings(max_examples=40)
@given(books(), st.data())
def test_one_cent_more_anywhere_is_found(lines: list[FecLine], data: st.DataObject) -> None:
    content = file_of(lines)
    rows = content.split(b"\r\n")
    row = data.draw(st.integers(1, len(rows) - 2))
    fields = rows[row].split(b"\t")
    side = 11 if fields[11] != b"0,00" else 12
    minor = int(fields[side].replace(b",", b"")) + 1
    fields[side] = f"{minor // 100},{minor % 100:02d}".encode()
    rows[row] = b"\t".join(fields)
    assert {"E9", "E10"} <= set(checked(b"\r\n".join(rows)).counts)


@settings(max_examples=150)
@given(st.data())
def test_mutated_bytes_never_raise(data: st.DataObject) -> None:
    content = bytearray(file_of(year_lines(), encoding=data.draw(ENCODED)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        new = data.draw(st.binary(max_size=12) | st.sampled_from([b"\t", b"|", b"\r", b"\n", b"\x00", b"\xff", b";"]))
        content[at : at + data.draw(st.integers(0, 40))] = new
    report = checked(bytes(content), data.draw(TEXTS))
    for finding in report.findings:
        assert finding.sentence("fr")
        assert finding.sentence("en")
    read = list(read_lines(io.BytesIO(bytes(content))))
    assert all(isinstance(each, FecLine | Finding) for each in read)
    closing_balances(io.BytesIO(bytes(content)))


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_bytes_of_chance_are_refused_and_never_raise(content: bytes) -> None:
    assert not checked(content).is_accepted
    assert all(isinstance(each, FecLine | Finding) for each in read_lines(io.BytesIO(content)))


@given(TEXTS, ENCODED)
def test_a_text_keeps_to_its_field_and_its_encoding(text: str, encoding: Encoding) -> None:
    fit = written(text, encoding)
    assert not set(fit) & set("\t|\r\n\x00\x1b\x85\u2028\u202e\u2066")
    assert written(fit, encoding) == fit
    assert fit.encode(encoding).decode(encoding) == fit
