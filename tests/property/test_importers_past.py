"""Whatever stands in the files of a past, they are read or refused with faults, and what is read balances."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fund.importers.balance_file import read_balance
from fund.importers.charted import is_charted
from fund.importers.entry_letterings import letterings_of
from fund.importers.entry_rows import COLUMNS, OPTIONAL, EntryTerms, read_entries, year_faults
from fund.importers.faults import Fault
from fund.importers.names import Names
from fund.importers.names_file import read_names
from fund.importers.opening_draft import OpeningTerms, balance_faults, drafted
from fund.importers.opening_fec import read_fec
from ledger.journal import Document, Entry, is_balanced
from ledger.ladder import examine
from ledger.money import EUR, Amount

TERMS = EntryTerms(EUR, None, None, Names(()), None)
OPENING = OpeningTerms(date(2026, 1, 1), EUR, "anc-2022-06", is_charted, Names(()))

cells = st.one_of(
    st.sampled_from(
        [
            "1",
            "2",
            "OD",
            "AN",
            "2026-05-01",
            "2026-01-01",
            "512000",
            "411000",
            "861000",
            "M1",
            "10.00",
            "0",
            "",
            "A",
            "-1",
        ]
    ),
    st.text(max_size=8),
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A file with our header and any cells, some lines cut."""
    header = COLUMNS + draw(st.sampled_from([(), OPTIONAL]))
    rows = draw(st.lists(st.lists(cells, min_size=len(header) - 1, max_size=len(header)), max_size=6))
    return "\n".join([",".join(header), *(",".join(row) for row in rows)])


@given(tables())
def test_entries_that_are_read_without_a_fault_balance_and_can_be_booked(text: str) -> None:
    faults: list[Fault] = []
    entries = read_entries(text, TERMS, faults)
    letterings_of(entries, faults)
    faults += year_faults(entries, [2026])
    for fault in faults:
        assert fault.sentence("fr").isprintable() or "\n" not in fault.sentence("fr")
        assert fault.sentence("en") != fault.sentence("fr")
    if faults:
        return
    for row in entries:
        lines = tuple(line.posting for line in row.lines)
        assert is_balanced(lines)
        booked = Entry(
            journal=row.journal, on=row.on, kind="imported", reference=f"imported:{row.on.year}:{row.number}",
            label=row.label, lines=lines, document=Document(row.piece, row.document_on, row.document_sha256),
        )  # fmt: skip
        examine(booked)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8), st.data())
def test_a_cent_too_much_is_always_told_with_its_figure(amounts: list[int], data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, 1_000))
    total = sum(amounts) + wrong
    rows = [f"1,OD,2026-05-01,P,L,512000,,{Amount(minor).major},,," for minor in amounts]
    rows.append(f"1,OD,2026-05-01,P,L,102400,,,{Amount(total).major},,")
    faults: list[Fault] = []
    read_entries("\n".join([",".join(COLUMNS), *rows]), TERMS, faults)

    told = [(fault.code, dict(fault.facts)["difference"]) for fault in faults]
    assert told == ([("entry_unbalanced", Amount(wrong).major)] if wrong else [])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    faults: list[Fault] = []
    rows = read_balance("b.csv", raw, OPENING, faults)
    faults += balance_faults("b.csv", rows, OPENING, sound=not faults)
    assert faults
    read_fec("f.txt", b"JournalCode\t" + raw, OPENING, faults)
    read_names(raw.decode("latin-1"), faults, siren_needed=True)


@given(st.dictionaries(st.sampled_from(["411000", "401000", "512000", "275000"]), st.integers(-(10**8), 10**8)))
def test_a_balance_opens_to_the_same_balance(held: dict[str, int]) -> None:
    held["102400"] = -sum(held.values())
    rows = [
        f"{account},,{Amount(max(minor, 0)).major},{Amount(max(-minor, 0)).major}" for account, minor in held.items()
    ]
    faults: list[Fault] = []
    found = read_balance("b.csv", "\n".join(["account,auxiliary,debit,credit", *rows]).encode(), OPENING, faults)
    faults += balance_faults("b.csv", found, OPENING)

    kept = {account: minor for account, minor in held.items() if minor}
    assert [fault.code for fault in faults] == ([] if kept else ["balance_nothing"])
    draft = drafted(found, OPENING, sha256="", source="b.csv")
    assert {line.account.chart: line.minor for line in draft.lines} == kept
    assert draft.debit == draft.credit
