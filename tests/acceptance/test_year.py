"""A fund's year, from its files to its books, as a story: what comes out, again, after every kind of stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from fund.importers.faults import FolderInvalid
from fund.models import Act, Fund
from fund.queries.papers import paper_of
from fund.statements.year_folder import write_year
from ledger.audit import find_faults
from ledger.balances import chain_head, journal_entries
from tests.folders import SMALL_YEAR, a_folder
from tests.years import the_year

EXPLOITATION = "date,project,kind,fee,member_date,triggered,town,audience,reference\n"
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = Path(__file__).resolve().parent / "examples"
CASES = Path(os.environ.get("TRESSE_CASES", ROOT.parent / "shared" / "cases"))


def recorded(name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """The recorded answer; TRESSE_RECORD=1 records this one instead (`make examples`)."""
    file = EXAMPLES / f"{name}.json"
    if os.environ.get("TRESSE_RECORD"):
        file.write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_the_small_year_gives_what_was_worked_out_on_paper() -> None:
    answer = the_year(SMALL_YEAR)
    assert answer["contributions"] == {
        "called": {"CIE": "800.00", "FES": "5000.00", "PUB": "2000.00", "THE": "1500.00"},
        "received": {"CIE": "500.00", "FES": "5000.00", "PUB": "2000.00", "THE": "1500.00"},
    }
    assert answer["awards"] == {"A": "3000.00", "C": "1800.00", "D": "600.00", "E": "1200.00"}
    assert answer["returns"] == {"A": "120.00", "C": "0.00", "D": "0.00", "E": "0.00"}
    assert answer["shares"]["A"] == {
        "fund": {"cash": "72.00"},
        "company": {"locked": "12.00"},
        "member:CIE": {"drawing-right": "2.00"},
        "member:FES": {"drawing-right": "20.00"},
        "member:PUB": {"drawing-right": "8.00"},
        "member:THE": {"drawing-right": "6.00"},
    }
    assert answer["in_kind"] == {"EUR-INKIND": "530.00", "HOUR": "8.50"}
    assert answer["balanced"] is True
    assert answer["chain"]["verified"] is True


@pytest.mark.django_db
def test_the_small_year_is_recorded_to_the_byte_head_of_the_chain_included() -> None:
    """The same head on SQLite and on PostgreSQL, on any machine, on any day."""
    answer = the_year(SMALL_YEAR)
    assert answer == recorded("small_year", answer)


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_says_so() -> None:
    call_command("run_year", SMALL_YEAR, stdout=StringIO())
    before, acts, out = chain_head("petit-fonds"), Act.objects.count(), StringIO()
    call_command("run_year", SMALL_YEAR, stdout=out)
    call_command("run_year", SMALL_YEAR, stdout=out, language="en")
    assert "rien à faire" in out.getvalue()
    assert "nothing to do" in out.getvalue()
    assert (chain_head("petit-fonds"), Act.objects.count()) == (before, acts)


class Stopped(Exception):
    """The machine went down."""


@pytest.mark.django_db
def test_stopped_after_any_step_and_run_again_it_ends_with_the_same_books() -> None:
    """The run is stopped before its first step, then gets one step further each time."""

    def stop(done: int, total: int, name: str) -> None:
        if done == stops < total:
            raise Stopped

    stops, answer = 0, None
    while answer is None:
        try:
            answer = the_year(SMALL_YEAR, stop)
        except Stopped:
            stops += 1
    assert stops > 10
    assert answer == recorded("small_year", answer)


@pytest.mark.django_db
def test_stopped_at_any_statement_and_run_again_it_ends_with_the_same_books() -> None:
    """The connection is cut further and further into the run; what an act had begun is undone with it."""

    def cut(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal executed
        executed += 1
        if executed == reached:
            raise Stopped
        return execute(sql, params, many, context)

    reached, stops, answer = 7, 0, None
    while answer is None:
        executed = 0
        try:
            with connection.execute_wrapper(cut):
                answer = the_year(SMALL_YEAR)
        except Stopped:
            stops, reached = stops + 1, reached + 23
    assert stops > 8
    assert answer == recorded("small_year", answer)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty migrated database of its own, of the vendor under test, as the environment of a process."""
    environment = {**os.environ, "TRESSE_VAR": str(tmp_path)}
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
    else:
        import psycopg

        host = connection.settings_dict["OPTIONS"]["host"]
        name = f"killed_{os.getpid()}"
        with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}")
        environment["DATABASE_URL"] = f"postgres://postgres:@/{name}?host={host}"
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    yield environment
    if connection.vendor != "sqlite":
        with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_killed_at_any_moment_and_run_again_it_ends_with_the_same_books(database: dict[str, str]) -> None:
    """kill -9 as soon as a step is announced, later and later, each time on what the last kill left."""
    command = [sys.executable, "manage.py", "run_year", str(SMALL_YEAR), "--json"]
    for step in (1, 3, 4, 8, 12, 14, 15, 16):
        with subprocess.Popen(
            command, cwd=ROOT, env=database, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            announced = [process.stderr.readline() for _ in range(step)]
            process.send_signal(signal.SIGKILL)
        assert announced[-1].startswith(f"{step}/")
        assert process.returncode == -signal.SIGKILL
    out = subprocess.run(command, cwd=ROOT, env=database, capture_output=True, text=True, check=True).stdout
    answer = json.loads(out)
    assert answer == recorded("small_year", answer)


@pytest.mark.django_db
def test_references_and_codes_as_banks_and_elections_write_them(tmp_path: Path) -> None:
    """Spaces, percent signs and accents in references, slashes in a project's code: booked, and found again."""
    folder = a_folder(
        tmp_path,
        {
            "receipts.csv": [("THE,R1,", "THE,VIR SEPA 100 % n° 1,"), ("FES,R2,", "FES,VIR%20SEPA,")],
            "in_kind.csv": [(",K1", ",Fiche é 1")],
        },
    )
    for name in ("ballots.pb", "exploitation.csv", "in_kind.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        text = re.sub(r"(?<=[\n;,])A(?=[;,\n])", "2024/ORL/0004", text)
        (folder / name).write_text(text, encoding="utf-8")
    answer = the_year(folder)
    assert answer == the_year(folder)
    assert answer["returns"]["2024/ORL/0004"] == "120.00"
    fund = Fund.objects.get()
    papers = [paper_of(fund, stored.entry.reference) for stored in journal_entries("petit-fonds")]
    assert None not in papers
    named = {paper.reference for paper in papers if paper}
    assert {"VIR SEPA 100 % n° 1", "VIR%20SEPA", "Fiche é 1"} <= named
    written = write_year(fund, 2026, tmp_path / "out", "fr")
    assert all(file.is_relative_to(tmp_path / "out") for file in written)


@pytest.mark.django_db
def test_a_charter_that_counts_what_no_file_declares_is_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"fund.toml": [('"creafonds"', '"cnc-avance"'), ('"association-1901"', '"scic"')]})
    with pytest.raises(FolderInvalid) as refused:
        the_year(folder)
    said = " ".join(fault.sentence("en") for fault in refused.value.faults)
    assert "counts “net”" in said or "legal form" in said or "scic" in said
    assert not Fund.objects.exists()


@pytest.mark.django_db
def test_two_funds_live_side_by_side(tmp_path: Path) -> None:
    first = the_year(SMALL_YEAR)
    second = the_year(a_folder(tmp_path, {"fund.toml": [('slug = "petit-fonds"', 'slug = "autre-fonds"')]}))
    assert first["shares"] == second["shares"]
    assert find_faults("petit-fonds") == find_faults("autre-fonds") == []


@pytest.mark.django_db
def test_a_second_year_goes_on_where_the_first_one_ended(tmp_path: Path) -> None:
    """The same members and charter, new projects; a project code of the first year is refused beforehand."""
    the_year(SMALL_YEAR)
    first = chain_head("petit-fonds")
    folder = a_folder(tmp_path)
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8").replace("2026", "2027")
        if file.suffix == ".csv":
            text = re.sub(r",([RK])(?=[0-9])", r",\g<1>2", text)
        file.write_text(text, encoding="utf-8")
    with pytest.raises(FolderInvalid, match="awarded in call-2026"):
        the_year(folder)
    assert chain_head("petit-fonds") == first
    for name in ("ballots.pb", "exploitation.csv", "in_kind.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        for project in "ABCDE":
            text = re.sub(rf"(?<=[\n;,]){project}(?=[0-9;,\n])", f"Z{project}", text)
        (folder / name).write_text(text, encoding="utf-8")
    answer = the_year(folder)
    assert answer["awards"] == {"ZA": "3000.00", "ZC": "1800.00", "ZD": "600.00", "ZE": "1200.00"}
    assert answer["returns"]["ZA"] == "120.00"
    fund = Fund.objects.get()
    assert (fund.memberships.count(), fund.charters.count(), fund.contribution_calls.count()) == (4, 1, 8)
    assert find_faults("petit-fonds") == []


@pytest.mark.django_db
def test_worked_cases_beside_the_project() -> None:
    """The year folders with expected answers that stand beside the project, where there are any."""
    folders = sorted(file.parent for file in CASES.glob("*/expected.json") if (file.parent / "fund.toml").exists())
    if not folders:
        pytest.skip("no worked year stands beside the project")
    print(f"{len(folders)} year folders with expected answers")
    for folder in folders:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        answer = the_year(folder)
        for key in ("contributions", "awards", "returns", "in_kind"):
            assert answer[key] == expected[key]
        for project, parties in expected["shares"].items():
            parts = {(party, form): Decimal(part) for party, forms in answer["shares"][project].items()
                     for form, part in forms.items()}  # fmt: skip
            assert sum(parts.values()) == Decimal(answer["returns"][project])
            for party, forms in parties.items():
                for form, exact in forms.items():
                    assert abs(parts[party, form] - Decimal(exact)) < Decimal("0.01")
