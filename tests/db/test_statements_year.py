"""A year's folder, on the small year that was worked out on paper: whole, steady, and the same figures everywhere."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from fund.models import Fund
from fund.services.actors import Actor
from fund.services.issuing import correct_statement
from fund.statements import year_folder
from fund.statements.errors import FolderNotWritable, StatementsNotWritten
from fund.statements.year_folder import write_year
from ledger.frames import general_ledger_frame, journal_frame, trial_balance_frame
from ledger.money import Amount, unit_of
from tests.small_year import CLOSING, small_year

pytestmark = pytest.mark.django_db

Sums = dict[tuple[str, str], tuple[Decimal, Decimal]]
"""Debit and credit by account and unit."""


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    """The small year, built once for the tests of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_year()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def out(fund: Fund, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    written = write_year(fund, 2026, folder, "en")
    assert sorted(written) == sorted(each for each in folder.rglob("*") if each.is_file())
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def html_text(path: Path) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8").partition("<main>")[2]))


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)


def figures(text: str) -> set[str]:
    """Amounts with two decimals as an English reader sees them, without the finer ones of exact parts."""
    return set(re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?!\d)", text))


def test_the_folder_holds_a_statement_for_everybody_and_the_books(out: Path) -> None:
    found = {each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file()}
    expected = {
        f"members/{code}.{ending}" for code in ("PUB", "THE", "CIE", "FES") for ending in ("pdf", "html", "csv")
    }
    expected |= {f"projects/{code}.{ending}" for code in "ACDE" for ending in ("pdf", "html", "csv")}
    expected |= {f"committee.{ending}" for ending in ("pdf", "html", "csv")}
    expected |= {
        f"{book}.{ending}"
        for book in ("trial-balance", "journal", "general-ledger")
        for ending in ("pdf", "xlsx", "csv")
    }
    assert found == {*expected, "index.html"}


def test_the_index_links_to_every_file(out: Path) -> None:
    links = set(re.findall(r'href="([^"]+)"', (out / "index.html").read_text(encoding="utf-8")))
    files = {each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file()}
    assert links == files - {"index.html"}


@pytest.mark.parametrize("path", ["members/THE", "members/CIE", "members/FES", "projects/A", "projects/C", "committee"])
def test_screen_paper_and_csv_say_the_same_figures(out: Path, path: str) -> None:
    screen, paper = html_text(out / f"{path}.html"), pdf_text(out / f"{path}.pdf")
    said = {
        f"{abs(Decimal(value)):,.2f}"
        for row in rows(out / f"{path}.csv")
        for name, value in row.items()
        if name in ("Amount", "Asked (EUR)", "Awarded (EUR)")
    }
    assert said
    assert said <= figures(screen)
    assert said <= figures(paper)
    # Paper shows fewer traces than the screen, and no other figure.
    assert figures(paper) <= figures(screen)


def test_both_languages_have_the_same_figures(fund: Fund, out: Path, tmp_path: Path) -> None:
    write_year(fund, 2026, tmp_path, "fr")

    def numbers(path: Path) -> list[list[str]]:
        """The amounts, dates and units of every line."""
        figure = re.compile(r"-?\d+\.\d{2}|\d{4}-\d\d-\d\d|[A-Z-]+")
        return [list(filter(figure.fullmatch, row.values())) for row in rows(path)]

    for path in out.rglob("*.csv"):
        assert numbers(tmp_path / path.relative_to(out)) == numbers(path), path.name


def test_the_same_books_give_the_same_bytes_and_progress_counts_every_statement(
    fund: Fund, out: Path, tmp_path: Path
) -> None:
    heard: list[tuple[int, int, str]] = []
    for path in write_year(fund, 2026, tmp_path, "en", progress=lambda *step: heard.append(step)):
        assert path.read_bytes() == (out / path.relative_to(tmp_path)).read_bytes(), path.name
    assert [done for done, _total, _name in heard] == list(range(14))
    assert {total for _done, total, _name in heard} == {13}
    assert (heard[0][2], heard[-2][2], heard[-1][2]) == ("members/CIE", "index", "")


def in_csv(path: Path) -> Sums:
    sums: Sums = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for row in rows(path):
        assert row["Debit (unit)"] == row["Credit (unit)"]
        debit, credit = sums[row["Account"], row["Debit (unit)"]]
        sums[row["Account"], row["Debit (unit)"]] = debit + Decimal(row["Debit"]), credit + Decimal(row["Credit"])
    return dict(sums)


def test_the_books_agree_with_each_other_in_every_unit(out: Path) -> None:
    balance = in_csv(out / "trial-balance.csv")
    assert {unit for _account, unit in balance} == {"EUR", "EUR-INKIND", "HOUR"}
    for unit in ("EUR", "EUR-INKIND", "HOUR"):
        debits, credits = zip(*(sides for (_account, each), sides in balance.items() if each == unit), strict=True)
        assert sum(debits) == sum(credits) > 0
    assert in_csv(out / "journal.csv") == balance
    assert in_csv(out / "general-ledger.csv") == balance


def test_the_paper_trial_balance_has_the_totals_of_the_file(out: Path) -> None:
    total = sum(
        debit for (_account, unit), (debit, _credit) in in_csv(out / "trial-balance.csv").items() if unit == "EUR"
    )
    paper = pdf_text(out / "trial-balance.pdf")
    assert paper.count(f"{total:,.2f}") >= 2
    assert "In every unit the debits equal the credits." in paper


def test_the_running_balance_ends_at_the_closing_of_each_account(out: Path) -> None:
    closings = {(row["Account"], row["Closing (unit)"]): row["Closing"] for row in rows(out / "trial-balance.csv")}
    ends = {(row["Account"], row["Balance (unit)"]): row["Balance"] for row in rows(out / "general-ledger.csv")}
    assert ends == closings


def test_entries_stand_in_the_journal_whole_and_without_a_gap(out: Path) -> None:
    numbers: dict[str, set[int]] = defaultdict(set)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows(out / "journal.csv"):
        numbers[row["Journal"]].add(int(row["No."]))
        sums[row["Position"], row["Debit (unit)"]] += Decimal(row["Debit"]) - Decimal(row["Credit"])
    assert all(found == set(range(1, len(found) + 1)) for found in numbers.values())
    assert not any(sums.values())


@pytest.mark.parametrize("book", ["trial-balance", "journal", "general-ledger"])
def test_the_workbook_has_the_lines_of_the_csv_file_as_numbers(out: Path, book: str) -> None:
    sheet = load_workbook(out / f"{book}.xlsx").worksheets[1]
    heading, *lines = sheet.iter_rows(values_only=True)
    found = rows(out / f"{book}.csv")
    assert len(lines) == len(found)
    for line, row in zip(lines, found, strict=True):
        cells = dict(zip(heading, line, strict=True))
        for name in ("Debit", "Credit"):
            assert isinstance(cells[name], int | float | Decimal)
            assert f"{cells[name]:.2f}" == row[name]
        assert cells["Account"] == row["Account"]


def test_frames_hold_whole_minor_units_and_decimals_never_floats(fund: Fund) -> None:
    days = {"first": CLOSING.replace(month=1, day=1), "last": CLOSING}
    balance, journal, accounts = (
        frame(fund.slug, **days) for frame in (trial_balance_frame, journal_frame, general_ledger_frame)
    )
    for frame in (balance, journal, accounts):
        assert not [name for name in frame.columns if any(isinstance(value, float) for value in frame[name])]
        for row in frame.to_dict("records"):
            for name in ("debit", "credit"):
                assert row[name] == Decimal(Amount(row[f"{name}_minor"], unit_of(row["unit"])).major)
    keys = ["account", "unit"]
    expected = {
        tuple(row[key] for key in keys): (row["debit_minor"], row["credit_minor"]) for row in balance.to_dict("records")
    }
    for frame in (journal, accounts):
        sums = frame.groupby(keys)[["debit_minor", "credit_minor"]].sum()
        assert {
            key: tuple(int(value) for value in line) for key, line in zip(sums.index, sums.to_numpy(), strict=True)
        } == expected


def test_the_next_year_opens_with_what_this_one_left(fund: Fund, out: Path, tmp_path: Path) -> None:
    write_year(fund, 2027, tmp_path, "en")
    closings = {row["Account"] + row["Closing (unit)"]: row["Closing"] for row in rows(out / "trial-balance.csv")}
    opened = {row["Account"] + row["Opening (unit)"]: row["Opening"] for row in rows(tmp_path / "trial-balance.csv")}
    assert opened == {account: closing for account, closing in closings.items() if Decimal(closing)}
    held = {row["Account"] + row["Balance (unit)"]: row["Balance"] for row in rows(tmp_path / "general-ledger.csv")}
    assert held == opened
    assert rows(tmp_path / "journal.csv") == []
    assert "Opening on 1 January 2027" in pdf_text(tmp_path / "general-ledger.pdf")
    assert not (tmp_path / "committee.pdf").exists()


def test_one_statement_that_fails_is_named_and_the_others_are_written(
    fund: Fund, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = year_folder.member_lines

    def failing(account, language):  # type: ignore[no-untyped-def]
        if account.member.code == "THE":
            raise ZeroDivisionError("no such luck")
        return drawn(account, language)

    monkeypatch.setattr(year_folder, "member_lines", failing)
    with pytest.raises(StatementsNotWritten, match=r"members/THE: ZeroDivisionError: no such luck") as refusal:
        write_year(fund, 2026, tmp_path, "en")
    assert list(refusal.value.failed) == ["members/THE"]
    missing = {each.relative_to(out) for each in out.rglob("*")} - {
        each.relative_to(tmp_path) for each in tmp_path.rglob("*")
    }
    assert missing == {Path("members/THE.csv")}


def test_a_folder_that_cannot_be_made_is_refused(fund: Fund, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken")
    with pytest.raises(FolderNotWritable, match="give another"):
        write_year(fund, 2026, tmp_path / "file", "en")


def test_a_corrected_statement_names_the_one_it_replaces(fund: Fund, tmp_path: Path) -> None:
    with transaction.atomic():
        first = fund.issued_statements.get(kind="member", subject="FES")
        correct_statement(Actor(fund=fund, by="T. Essai (fictif)"), first, on=CLOSING)
        write_year(fund, 2026, tmp_path, "en")
        transaction.set_rollback(True)
    text = html_text(tmp_path / "members/FES.html")
    assert "2026-member-FES/2" in text
    assert "This statement takes the place of 2026-member-FES, which is kept." in text


def test_pandas_is_imported_by_workbooks_alone() -> None:
    code = (
        "import django, sys; django.setup(); import fund.statements.year_folder; "
        "sys.exit('pandas is imported' if 'pandas' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
