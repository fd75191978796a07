"""`statements` prints a year, gives it as JSON, writes a folder; what cannot be made is named, the rest is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from pytest_django import DjangoDbBlocker

from fund.accounting.layout_errors import LayoutUnknown
from fund.management.commands import statements as command
from fund.models import Fund
from fund.statements import year_folder
from fund.statements.accounts.registry import KINDS
from tests.builders import a_fund, a_member, a_project
from tests.worked_year import import_worked_year

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_worked_year()
        transaction.set_rollback(True)


def said(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("statements", *arguments, stdout=out, **options)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as refusal:
        said(*arguments)
    return str(refusal.value)


def refusing(name: str) -> tuple[Any, ...]:
    """The kinds with one that refuses."""

    def read(_asked: object) -> object:
        raise LayoutUnknown(chart="pcg-1982", known=["anc-2018-06"])

    return tuple(replace(kind, read=read) if kind.name == name else kind for kind in KINDS)


def test_the_statements_are_printed_as_text(fund: Fund) -> None:
    text = said("--year", "2026", "--only", "balance-sheet", "--only", "trial-balance")
    assert re.search(r"^Total général .* 75\s655,00 +46\s000,00$", text, re.MULTILINE)
    assert re.search(r"^ {4}Prêts +9\s000,00 +1\s500,00 +7\s500,00 +5\s000,00$", text, re.MULTILINE)
    assert "Empreinte des livres" in text
    english = said("--fund", fund.slug, "--year", "2026", "--language", "en", "--only", "income-statement")
    assert re.search(r"^Surplus or deficit +23,955\.00$", english, re.MULTILINE)
    simple = said("--year", "2026", "--view", "simple", "--only", "balance-sheet")
    assert "Ce que nous devons" in simple
    assert "Situation nette" not in simple


def test_every_statement_is_printed_where_none_is_named(fund: Fund) -> None:
    text = said("--year", "2026")
    assert [kind.name for kind in KINDS if f"{kind.titles['fr']}" not in text] == []


def test_json_is_one_object_with_exact_decimals(fund: Fund) -> None:
    answer = json.loads(said("--year", "2026", "--json"))
    assert list(answer["statements"]) == [kind.name for kind in KINDS]
    assert (answer["fund"], answer["year"], answer["as_of"]) == (fund.slug, "2026", "2026-12-31")
    assert (answer["state"], answer["currency"], answer["failed"]) == ("open", "EUR", {})
    assert re.fullmatch(r"[0-9a-f]{64}", answer["chain_head"])
    assert answer["statements"]["balance-sheet"]["total"] == "75655.00"
    assert answer["statements"]["income-statement"]["result"] == "23955.00"
    assert answer == json.loads(said("--year", "2026", "--json", "--language", "en"))


def test_any_day_of_the_year_can_be_asked(fund: Fund) -> None:
    answer = json.loads(said("--year", "2026", "--as-of", "2026-01-01", "--json", "--only", "balance-sheet"))
    assert answer["as_of"] == "2026-01-01"
    assert answer["statements"]["balance-sheet"]["total"] == "46000.00"


def test_the_folder_holds_every_statement_in_four_formats_and_is_the_same_again(fund: Fund, tmp_path: Path) -> None:
    out = tmp_path / "first"
    assert f"{4 * len(KINDS)} fichiers" in said("--year", "2026", "--out", str(out))
    names = {path.name for path in out.iterdir()}
    assert names == {f"{kind.name}.{ending}" for kind in KINDS for ending in ("html", "pdf", "xlsx", "csv")}
    said("--year", "2026", "--out", str(tmp_path / "second"))
    assert [n for n in names if (out / n).read_bytes() != (tmp_path / "second" / n).read_bytes()] == []


def test_each_member_and_project_has_a_statement_beside_them(tmp_path: Path) -> None:
    actor = a_fund("petit")
    a_member(actor, "A", budget="50000.00")
    a_project(actor)
    said("--fund", "petit", "--year", "2026", "--out", str(tmp_path))
    assert {path.name for path in (tmp_path / "members").iterdir()} == {"A.pdf", "A.html", "A.csv"}
    assert {path.name for path in (tmp_path / "projects").iterdir()} == {"P1.pdf", "P1.html", "P1.csv"}


def test_a_statement_that_fails_is_named_and_the_others_go_on(
    fund: Fund, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = refusing("own-funds")
    monkeypatch.setattr(command, "BY_NAME", {kind.name: kind for kind in kinds})
    monkeypatch.setattr(command, "KINDS", kinds)
    monkeypatch.setattr(year_folder, "KINDS", kinds)
    for arguments in (["--json"], []):
        out = StringIO()
        with pytest.raises(CommandError, match=r"own-funds: .*pcg-1982.*statement_layout_unknown"):
            call_command("statements", "--year", "2026", *arguments, stdout=out)
        assert "Bilan" in out.getvalue() or json.loads(out.getvalue())["statements"]["balance-sheet"]
    with pytest.raises(CommandError, match="own-funds"):
        said("--year", "2026", "--out", str(tmp_path))
    assert (tmp_path / "balance-sheet.pdf").is_file()
    assert (tmp_path / "pooled-fund.csv").is_file()
    assert not (tmp_path / "own-funds.pdf").exists()


def test_what_cannot_be_answered_is_refused_in_words(fund: Fund, tmp_path: Path) -> None:
    assert fund.slug in refused("--fund", "nulle-part", "--year", "2026")
    assert "2026" in refused("--year", "1987")
    assert "1987" in refused("--year", "1987", "--language", "en")
    assert "2026-02-30" in refused("--year", "2026", "--as-of", "2026-02-30")
    assert "2025-12-31" in refused("--year", "2026", "--as-of", "2025-12-31")
    (tmp_path / "file").write_text("taken")
    assert "file" in refused("--year", "2026", "--out", str(tmp_path / "file"))
    a_fund("autre")
    assert "autre" in refused("--year", "2026")


def test_a_database_that_does_not_answer_is_said_in_words(fund: Fund, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_arguments: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(command, "year_of", busy)
    assert "database is locked" in refused("--year", "2026")
