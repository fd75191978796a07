"""The year that an accountant wrote entry by entry: its statements say what its README says, line by line."""

from __future__ import annotations

import csv
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from fund.models import AccountName, Fund, Party
from fund.queries.accounts_year import year_of
from fund.services.actors import Actor
from fund.services.founding import open_year
from fund.statements.accounts.files import RENDERERS, files_of
from fund.statements.accounts.kinds import Asked
from fund.statements.accounts.registry import BY_NAME, KINDS
from fund.statements.document import Language, Link, Table, blocks_of, figure_of
from tests.documents import HOSTILE
from tests.worked_year import FIRST, LAST, import_worked_year

pytestmark = pytest.mark.django_db

ASSETS = {
    "participations": ("10000.00", "0.00", "10000.00"),
    "loans": ("9000.00", "1500.00", "7500.00"),
    "total-1": ("19000.00", "1500.00", "17500.00"),
    "clients": ("7000.00", "0.00", "7000.00"),
    "other-receivables": ("9800.00", "2400.00", "7400.00"),
    "cash": ("43755.00", "0.00", "43755.00"),
    "total-2": ("60555.00", "2400.00", "58155.00"),
    "total-assets": ("79555.00", "3900.00", "75655.00"),
}
LIABILITIES = {
    "own-complementary": "5000.00",
    "reserves-project": "22000.00",
    "carried-forward": "4000.00",
    "result": "23955.00",
    "net-position": "54955.00",
    "total-own": "54955.00",
    "dedicated-funds": "12500.00",
    "total-funds": "12500.00",
    "provisions-risks": "1000.00",
    "total-provisions": "1000.00",
    "other-debts": "7200.00",
    "total-debts": "7200.00",
    "total-liabilities": "75655.00",
}
BEFORE = {
    "own-complementary": "5000.00",
    "reserves-project": "20000.00",
    "carried-forward": "4000.00",
    "result": "2000.00",
    "dedicated-funds": "6000.00",
    "other-debts": "9000.00",
    "loans": "5000.00",
    "clients": "1000.00",
    "cash": "40000.00",
    "total-assets": "46000.00",
    "total-liabilities": "46000.00",
}
INCOME = {
    "memberships": "10000.00",
    "public-grants": "20000.00",
    "contributions-received": "12000.00",
    "dedicated-funds-used": "4000.00",
    "other-income": "3800.00",
    "total-1": "49800.00",
    "external": "1245.00",
    "awards": "8000.00",
    "depreciation": "2400.00",
    "provisions": "1000.00",
    "dedicated-funds-carried": "10500.00",
    "other-expenses": "1200.00",
    "total-2": "24345.00",
    "operating-result": "25455.00",
    "financial-provisions": "1500.00",
    "total-4": "1500.00",
    "financial-result": "-1500.00",
    "current-result": "23955.00",
    "total-income": "49800.00",
    "total-expenses": "25845.00",
    "result": "23955.00",
}


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_worked_year()
        transaction.set_rollback(True)


def asked(fund: Fund, *, on: date = LAST, year: int = 2026, view: Any = "expert", links: str = "") -> Asked:
    found = year_of(fund, year)
    assert found is not None
    return Asked(fund, found, on, view, links)


def figures(name: str, wanted: Asked) -> Any:
    kind = BY_NAME[name]
    return kind.figures(kind.read(wanted))


def by_code(lines: list[dict[str, str]], *names: str) -> dict[str, Any]:
    return {line["code"]: tuple(line[name] for name in names) if names[1:] else line[names[0]] for line in lines}


def test_the_balance_sheet_says_every_line_of_the_worked_year(fund: Fund) -> None:
    sheet = figures("balance-sheet", asked(fund))
    assert by_code(sheet["assets"], "gross", "depreciation", "net") == ASSETS
    assert by_code(sheet["liabilities"], "amount") == LIABILITIES
    assert (sheet["total"], sheet["result"]) == ("75655.00", "23955.00")
    before = by_code(sheet["assets"], "before") | by_code(sheet["liabilities"], "before")
    assert {code: before[code] for code in BEFORE} == BEFORE


def test_the_income_statement_says_every_line_of_the_worked_year(fund: Fund) -> None:
    statement = figures("income-statement", asked(fund))
    assert by_code(statement["lines"], "amount") == INCOME
    assert {line["before"] for line in statement["lines"]} == {None}
    assert statement["in_kind"] == figures("in-kind", asked(fund))
    foot = statement["in_kind"]
    assert by_code(foot["contributions"], "amount") == {
        "services-in-kind": "3500.00",
        "volunteering": "2400.00",
        "total-contributions": "5900.00",
    }
    assert by_code(foot["uses"], "amount") == {
        "goods-made-available": "3500.00",
        "voluntary-work": "2400.00",
        "total-uses": "5900.00",
    }


def test_dedicated_funds_and_own_funds_close_as_the_balance_sheet_says(fund: Fund) -> None:
    table = figures("dedicated-funds", asked(fund))
    assert table["agrees"]
    assert {
        each["code"]: tuple(each["total"][name] for name in ("opening", "reports", "uses", "closing"))
        for each in table["rubrics"]
    } == {
        "subsidies": ("6000.00", "6500.00", "4000.00", "8500.00"),
        "contributions": ("0.00", "4000.00", "0.00", "4000.00"),
    }
    assert table["total"]["closing"] == LIABILITIES["dedicated-funds"]
    own = figures("own-funds", asked(fund))
    lines = {each["code"]: each for each in own["lines"]}
    assert {code: lines[code]["closing"] for code in lines} == {
        code: LIABILITIES[code] for code in ("own-complementary", "reserves-project", "carried-forward", "result")
    }
    assert (lines["reserves-project"]["allocated"], lines["result"]["allocated"]) == ("2000.00", "-2000.00")
    assert (own["total"]["opening"], own["total"]["closing"]) == ("31000.00", LIABILITIES["total-own"])


def test_the_trial_balance_holds_every_account_and_balances(fund: Fund) -> None:
    balance = figures("trial-balance", asked(fund))
    assert balance["balanced"]
    accounts = {each["code"]: each for each in balance["accounts"]}
    assert len(accounts) == 43
    assert accounts["458000"]["closing_credit"] == "400.00"  # netted here, never in the balance sheet
    assert accounts["512000"]["opening_debit"] == "40000.00"
    assert accounts["512000"]["closing_debit"] == "43755.00"
    total = balance["total"]
    assert (total["opening_debit"], total["debit"], total["closing_debit"]) == ("46000.00", "206745.00", "112500.00")
    assert accounts["274200"]["fr"] == "Prêts aux partenaires"


@pytest.mark.parametrize("month", range(1, 13))
def test_on_the_last_day_of_any_month_both_sides_are_equal(fund: Fund, month: int) -> None:
    day = date(2026 + month // 12, month % 12 + 1, 1).toordinal() - 1
    wanted = asked(fund, on=date.fromordinal(day))
    sheet, income = figures("balance-sheet", wanted), figures("income-statement", wanted)
    assert sheet["result"] == income["result"]
    lines = by_code(sheet["liabilities"], "amount")
    assert lines["total-liabilities"] == sheet["total"]
    # The general meeting of 30 April puts the result of 2025 into the reserve.
    assert lines.get("result-before") == ("2000.00" if month < 4 else None)


def test_the_day_after_the_opening_only_the_opening_stands(fund: Fund) -> None:
    sheet = figures("balance-sheet", asked(fund, on=FIRST))
    assert (sheet["total"], sheet["result"]) == ("46000.00", "0.00")


def test_the_next_year_shows_this_one_beside_it(fund: Fund) -> None:
    with transaction.atomic():
        open_year(Actor(fund=fund, by="T. Essai (fictif)"), 2027)
        wanted = asked(fund, year=2027, on=date(2027, 12, 31))
        sheet, income = figures("balance-sheet", wanted), figures("income-statement", wanted)
        document = BY_NAME["balance-sheet"].arrange(BY_NAME["balance-sheet"].read(wanted), "fr")
        transaction.set_rollback(True)
    before = by_code(sheet["assets"], "before") | by_code(sheet["liabilities"], "before")
    assert before["total-assets"] == before["total-liabilities"] == "75655.00"
    assert (before["result"], before["other-debts"]) == ("23955.00", "7200.00")
    lines = by_code(sheet["liabilities"], "amount")
    assert (lines["result-before"], lines.get("result", "0.00")) == ("23955.00", "0.00")
    assert {code: amount for code, amount in by_code(income["lines"], "before").items() if code in INCOME} == INCOME
    assert any("pas clos" in note for note in document.notes)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("view", ["simple", "expert"])
def test_every_statement_says_its_chain_its_day_and_its_state(fund: Fund, language: Language, view: str) -> None:
    for name in ("balance-sheet", "income-statement", "in-kind", "trial-balance", "own-funds", "dedicated-funds"):
        kind = BY_NAME[name]
        facts = kind.read(asked(fund, on=date(2026, 6, 30), view=view))
        document = kind.arrange(facts, language)
        assert document.chain_head == facts.head.chain.hash
        assert document.issued_on == date(2026, 6, 30)
        state = next(str(fact.value) for fact in document.issued if fact.label.startswith(("État", "State")))
        assert ("provisoires" if language == "fr" else "provisional") in state
        assert any(("intermédiaire" if language == "fr" else "Interim") in note for note in document.notes)
        assert document.title == kind.titles[language]


def test_the_simple_view_is_a_dozen_lines_of_the_same_books(fund: Fund) -> None:
    kind = BY_NAME["balance-sheet"]
    document = kind.arrange(kind.read(asked(fund, view="simple")), "fr")
    tables = [block for block in blocks_of(document) if isinstance(block, Table)]
    assert sum(len(table.rows) for table in tables) <= 12
    totals = [figure_of(table.total[1]) for table in tables]
    assert str(totals[0]) == "75655.00 EUR"
    assert totals[0] == totals[1] + totals[2] + totals[3]  # type: ignore[operator]


def test_every_printed_figure_of_a_line_opens_what_it_is_made_of(fund: Fund) -> None:
    for name in ("balance-sheet", "income-statement", "in-kind", "trial-balance", "own-funds", "dedicated-funds"):
        kind = BY_NAME[name]
        for view in ("expert", "simple") if kind.views else ("expert",):
            wanted = asked(fund, view=view, links="/f/books/")
            tables = [block for block in blocks_of(kind.arrange(kind.read(wanted), "en")) if isinstance(block, Table)]
            links = {
                (cell.href, str(figure_of(cell)))
                for table in tables
                for row in table.rows
                for cell in row.cells
                if isinstance(cell, Link) and not isinstance(cell.value, str)
            }
            assert links or (name, view) == ("trial-balance", "simple")
            for href, figure in links:
                assert href.startswith("/f/books/statements/2026/")
                of, code = href.split("/")[5], href.rpartition("/")[2]
                line = BY_NAME[of].line
                assert line is not None
                found = line(wanted, code)
                assert found is not None
                if name != "trial-balance":
                    assert figure == f"{found.minor // 100}.{found.minor % 100:02} EUR", href


SAYABLE = [name for name in HOSTILE if "\x00" not in name and name]
"""A database keeps no NUL and no lone surrogate: whoever takes names in refuses them."""


def hostile(fund: Fund, turn: int) -> None:
    """Every name of the register is one of the hostile ones, another at each turn."""
    fund.name = SAYABLE[turn][:200]
    for rows in (Party.objects.filter(fund=fund), AccountName.objects.filter(fund=fund)):
        for place, row in enumerate(rows.order_by("pk")):
            row.name = SAYABLE[(place + turn * 7) % len(SAYABLE)][:200]
            row.save()


@pytest.mark.parametrize("turn", range(3))
def test_hostile_names_break_no_file_and_run_nowhere(fund: Fund, turn: int) -> None:
    with transaction.atomic():
        hostile(fund, turn)
        for kind in KINDS:
            made = dict(files_of(kind.arrange(kind.read(asked(fund)), "fr")))
            assert set(made) == set(RENDERERS)
            tags = set(re.findall(r"<(script|img|svg|font|b)\b", made["html"].decode()))
            assert not tags, kind.name
            assert 'href="javascript' not in made["html"].decode()
            for line in csv.reader(StringIO(made["csv"].decode(), newline="")):
                figures_ = re.compile(r"-?\d+(\.\d+)?")
                live = [cell for cell in line if cell[:1] in tuple("=+-@") and not figures_.fullmatch(cell)]
                assert not live, kind.name
            for sheet in load_workbook(BytesIO(made["xlsx"])).worksheets:
                assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            pages = PdfReader(BytesIO(made["pdf"])).pages
            assert len(pages) >= 1
            assert not [each for sheet in pages for each in sheet.get("/Annots", [])], kind.name
        transaction.set_rollback(True)
    fund.refresh_from_db()


def test_the_same_facts_give_the_same_bytes_in_another_place(fund: Fund, tmp_path: Path) -> None:
    """Another time zone, locale and hash seed on the machine change no byte of a PDF, a workbook or a CSV file."""
    facts = {kind.name: kind.read(asked(fund)) for kind in KINDS}
    here = {
        f"{kind.name}.{language}.{ending}": sha256(content).hexdigest()
        for kind in KINDS
        for language in ("fr", "en")
        for ending, content in files_of(kind.arrange(facts[kind.name], language))
    }
    (tmp_path / "facts").write_bytes(pickle.dumps(facts))
    code = """
import django, json, pickle, sys
from hashlib import sha256
from pathlib import Path
django.setup()
from fund.statements.accounts.files import files_of
from fund.statements.accounts.registry import KINDS
facts = pickle.loads(Path(sys.argv[1]).read_bytes())
print(json.dumps({f"{kind.name}.{language}.{ending}": sha256(content).hexdigest()
    for kind in KINDS for language in ("fr", "en")
    for ending, content in files_of(kind.arrange(facts[kind.name], language))}))
"""
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "facts")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **elsewhere, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert done.returncode == 0, done.stderr
    there = json.loads(done.stdout)
    assert [name for name in here if here[name] != there[name]] == []
    assert len(here) == len(KINDS) * 8
