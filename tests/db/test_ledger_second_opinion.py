"""Beancount, a program of other people, reads the exported journal and finds the balances that we find.

It runs in an environment of its own, as a program. That environment needs a package index the first time; where it
cannot be made these tests fail, since a second opinion that nobody gave is none.
"""

from __future__ import annotations

import json
import subprocess
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ledger.balances import balances
from ledger.journal import AccountKey
from ledger.money import EUR, Unit
from ledger.plain_names import account_of, unit_code
from ledger.plain_text import beancount_text
from ledger.posting import open_book
from tests.ledger_varied import a_varied_book, add_many
from tests.oracles.environments import beancount_environment
from tests.plain_entries import STRANGE_UNITS, held_after, numbered, varied_entries

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1_200)]

ADD_UP = """
import json, sys
from beancount import loader
from beancount.core import data
entries, errors, _ = loader.load_file(sys.argv[1])
sums = {}
for entry in data.filter_txns(entries):
    for posting in entry.postings:
        key = (posting.account, posting.units.currency)
        sums[key] = sums.get(key, 0) + posting.units.number
scales = {entry.currency: (entry.meta["unit"], int(entry.meta["scale"]), entry.meta["kind"])
          for entry in entries if isinstance(entry, data.Commodity)}
print(json.dumps({
    "errors": [error.message for error in errors],
    "units": scales,
    "sums": [[account, unit, str(number)] for (account, unit), number in sorted(sums.items())],
    "narrations": [entry.narration for entry in data.filter_txns(entries)],
    "references": [entry.meta["reference"] for entry in data.filter_txns(entries)],
}))
"""
"""Adds up postings with beancount's own reader and its own decimals; runs over there, never here."""


@pytest.fixture(scope="session")
def programs() -> Path:
    return beancount_environment()


def exported(book: str, file: Path, **options: Any) -> Path:
    out = StringIO()
    call_command("ledger", "export", book=book, stdout=out, **options)
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def bean_check(programs: Path, file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(programs / "bean-check"), "--no-cache", str(file)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def added_up(programs: Path, file: Path) -> dict[str, Any]:
    run = subprocess.run(
        [str(programs / "python"), "-c", ADD_UP, str(file)], capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def theirs(answer: dict[str, Any]) -> dict[AccountKey, Decimal]:
    """What beancount adds up, by our accounts: names and units are led back."""
    units = {}
    for name, (code, scale, kind) in answer["units"].items():
        assert unit_code(name) == code
        units[name] = Unit(code, scale, kind)
    return {account_of(account, units[unit]): Decimal(number) for account, unit, number in answer["sums"]}


def ours(book: str, as_of: date | None = None) -> dict[AccountKey, Decimal]:
    return {row.account: Decimal(row.amount.major) for row in balances(book, as_of=as_of) if row.debit or row.credit}


def test_beancount_accepts_a_book_of_everything_and_agrees_on_every_balance(programs: Path, tmp_path: Path) -> None:
    book = a_varied_book()
    add_many(book, 200)
    file = exported(book, tmp_path / "book.beancount")
    run = bean_check(programs, file)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    answer = added_up(programs, file)
    assert answer["errors"] == []
    assert theirs(answer) == ours(book)
    assert len(theirs(answer)) > 200
    assert {'« Été » "quoted" \\n ; | (x) * ! ', ""} <= set(answer["narrations"])
    assert 'ref:"1";[9999/99]' in answer["references"]


def test_beancount_agrees_on_a_day_of_the_past(programs: Path, tmp_path: Path) -> None:
    book = a_varied_book()
    day = date(2025, 12, 31)
    file = exported(book, tmp_path / "past.beancount", as_of=day.isoformat())
    assert bean_check(programs, file).returncode == 0
    found = theirs(added_up(programs, file))
    assert found == ours(book, day)
    assert 0 < len(found) < len(ours(book))


def test_beancount_accepts_units_that_no_book_has_yet(programs: Path, tmp_path: Path) -> None:
    entries = numbered(varied_entries(*STRANGE_UNITS))
    file = tmp_path / "strange.beancount"
    file.write_text("\n".join(beancount_text("Strange", EUR, entries, held_after(entries))) + "\n", encoding="utf-8")
    assert bean_check(programs, file).stderr == ""
    assert theirs(added_up(programs, file)) == {
        key: Decimal(amount.major) for key, amount in held_after(entries).items()
    }


def test_beancount_accepts_an_empty_book(programs: Path, tmp_path: Path) -> None:
    open_book(slug="empty", name="Nothing yet")
    assert bean_check(programs, exported("empty", tmp_path / "empty.beancount")).returncode == 0


SPOILT = {
    "a balance one cent off": ("balance Assets:512  -9.96 ~ 0", "balance Assets:512  -9.95 ~ 0", "Balance failed"),
    "an entry that does not balance": ("  Assets:512  504.00 EUR", "  Assets:512  504.01 EUR", "does not balance"),
    "both sides of an entry one cent higher": (
        "  Assets:512  504.00 EUR\n  Assets:411:M01  -504.00 EUR",
        "  Assets:512  504.01 EUR\n  Assets:411:M01  -504.01 EUR",
        "Balance failed",
    ),
    "a unit in which no account is kept": ("  Assets:512  504.00 EUR\n", "  Assets:512  504.00 HOUR\n", "currency"),
    "an account that nobody opened": ("  Assets:512  504.00 EUR", "  Assets:513  504.00 EUR", "unknown account"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_the_check_can_fail(what: str, programs: Path, tmp_path: Path) -> None:
    """Even a single cent: beancount allows two halves of one unless it is told to allow nothing."""
    file = exported(a_varied_book(), tmp_path / "spoilt.beancount")
    text = file.read_text(encoding="utf-8")
    before, after, complaint = SPOILT[what]
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")
    run = bean_check(programs, file)
    assert run.returncode == 1
    assert complaint in run.stdout + run.stderr
