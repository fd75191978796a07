"""The notebook’s door: what the frames of third parties hold, columns and types, and the page about them."""

from __future__ import annotations

import doctest
import re
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from ledger import frames
from ledger.journal import AccountKey
from ledger.lettering import unletter
from tests.posted_year import FIRST, LAST, posted_year

pytestmark = pytest.mark.django_db

NOTEBOOK = Path(__file__).resolve().parents[2] / "ledger" / "NOTEBOOK.md"
DIMENSIONS = {"validated_on", "party", "project", "convention", "destination", "public_generosity", "lettered_on"}


@pytest.fixture(autouse=True)
def year() -> None:
    posted_year()


def test_every_ledger_has_the_dimensions_of_its_lines() -> None:
    for record in (frames.JournalRecord, frames.LedgerRecord, frames.AuxiliaryRecord, frames.OpenItemRecord):
        assert set(record._fields) >= DIMENSIONS, record
    assert set(frames.StatementRecord._fields) >= DIMENSIONS


def test_frames_hold_whole_numbers_and_decimals_alone() -> None:
    made = (
        frames.trial_balance_frame("essais", first=FIRST, last=LAST),
        frames.journal_frame("essais", first=FIRST, last=LAST),
        frames.general_ledger_frame("essais", first=FIRST, last=LAST),
        frames.auxiliary_ledger_frame("essais", first=FIRST, last=LAST),
        frames.open_items_frame("essais", on=LAST),
        frames.letterings_frame("essais"),
    )
    for frame in made:
        assert len(frame)
        assert {str(kind) for kind in frame.dtypes} == {"object"}
        for name in frame.columns:
            kinds = {type(value) for value in frame[name]}
            assert float not in kinds
            if name.endswith("_minor"):
                assert kinds == {int}
                assert {type(value) for value in frame[name.removesuffix("_minor")]} == {Decimal}


def test_a_third_party_s_account_line_by_line() -> None:
    frame = frames.auxiliary_ledger_frame("essais", first=date(2026, 2, 1), last=LAST, charts=["411", "4682"])
    told = frame[frame["auxiliary"].isin(["M003", "P2501"])]
    assert told[
        ["account", "line", "on", "debit_minor", "running_minor", "open_minor", "lettering"]
    ].values.tolist() == [
        ["411000", "opening", date(2026, 2, 1), 100000, 100000, 100000, ""],
        ["411000", "posting", date(2026, 2, 10), 200000, 300000, 200000, ""],
    ]  # P2501 was settled in January: nothing to carry, nothing to show
    open_sums = frame.groupby(["account", "auxiliary"])["open_minor"].sum()
    last = frame.groupby(["account", "auxiliary"])["running_minor"].last()
    assert open_sums.to_dict() == last.to_dict()


def test_open_items_have_their_age() -> None:
    frame = frames.open_items_frame("essais", on=date(2026, 11, 30), charts=["401", "458"])
    assert frame[["auxiliary", "days", "amount", "open", "lettering"]].values.tolist() == [
        ["P2407", 46, Decimal("1800.00"), Decimal("1800.00"), ""],
        ["P2407", 20, Decimal("-1000.00"), Decimal("-1000.00"), ""],
        ["F001", 10, Decimal("-1200.00"), Decimal("-1200.00"), ""],  # lettered on 5 December: not yet
    ]


def test_the_log_of_letterings_is_whole() -> None:
    unletter("essais", AccountKey("411000", party="M001"), code="AA", by="test")
    frame = frames.letterings_frame("essais")
    told = frame[(frame["account"] == "411000")][["party", "lettering", "act", "on", "by"]].values.tolist()
    assert told == [["M001", "AA", act, date(2026, 2, 25), "test"] for act in ("done", "done", "undone", "undone")]


def test_the_page_names_every_frame_and_its_example_runs() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert {name for name in frames.__all__ if name.endswith("_frame")} == set(re.findall(r"`(\w+_frame)`", text))
    (example,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    session = doctest.DocTestParser().get_doctest(example, {}, NOTEBOOK.name, str(NOTEBOOK), 0)
    said = StringIO()
    outcome = doctest.DocTestRunner(verbose=False).run(session, out=said.write)
    assert outcome.failed == 0, said.getvalue()
    assert outcome.attempted == 6
