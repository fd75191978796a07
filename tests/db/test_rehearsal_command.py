"""`manage.py charter rehearse`: the answer in the shell, as CSV, as JSON, in a file; every refusal in a sentence."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fund.models import Fund
from tests.rehearsals import EQUALLY, changed_text
from tests.small_year import small_year

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_year()
        transaction.set_rollback(True)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    file = tmp_path / "draft.toml"
    file.write_text(changed_text(EQUALLY), encoding="utf-8")
    return str(file)


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("charter", "rehearse", *arguments, stdout=out)
    return out.getvalue()


def test_the_answer_comes_first_and_then_the_loser(fund: Fund, draft: str) -> None:
    lines = told(draft, "--fund", fund.slug, "--language", "en").splitlines()
    assert lines[0] == (
        "Under this draft, 1 of 4 members would have received less; "
        "the largest loss is €11.00, for: Festival de Sable (fictif)."
    )
    heading = next(place for place, line in enumerate(lines) if "Difference" in line)
    assert "member:FES" in lines[heading + 1]
    assert "▼ loses" in lines[heading + 1]
    assert "-11.00" in lines[heading + 1]
    assert "Beside: creafonds v1, under which the projects were supported." in lines
    assert "Gini coefficient of what members received: 0.389; under the draft: 0.000." in lines


def test_the_answer_in_french_says_what_is_missing_and_what_can_be_done(fund: Fund) -> None:
    text = told("cnc-avance", "--fund", fund.slug, "--language", "fr")
    assert text.startswith("Les livres du fonds ne permettent d’appliquer aucun article de retour")
    assert "compte les recettes nettes d’une période, que les livres du fonds n’ont pas" in text
    assert "Faites déclarer cette donnée par les compagnies" in text


def test_csv_has_the_parties_unless_another_table_is_asked_for(fund: Fund, draft: str) -> None:
    found = list(csv.reader(told(draft, "--fund", fund.slug, "--csv").splitlines()))
    assert (found[1][0], found[1][3]) == ("member:FES", "-11.00")
    reserve = list(csv.reader(told(draft, "--fund", fund.slug, "--csv", "reserve").splitlines()))
    assert [row[0] for row in reserve[1:]] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


def test_json_has_exact_amounts_and_the_same_bytes_again(fund: Fund, draft: str) -> None:
    first = told(draft, "--fund", fund.slug, "--json")
    found = json.loads(first)
    assert found["parties"][0]["difference"] == "-11.00"
    assert found["projects"][0]["due_then"] == "0.00"
    assert found["answer"].startswith(("Under this draft, 1 of 4", "Avec ce projet de charte, 1 membre sur 4"))
    assert told(draft, "--fund", fund.slug, "--json") == first


def test_output_goes_into_a_file(fund: Fund, draft: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    said = told(draft, "--fund", fund.slug, "--csv", "--output", str(file), "--language", "en")
    assert said == f"Written to {file}.\n"
    content = file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 5
    assert not content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["creafonds", "--fund", "nobody"], "No fund is called “nobody”. Known funds: petit-fonds."),
        (["creafonds", "--fund", "x\0y"], "No fund is called"),
        (["no-such", "--fund", "petit-fonds"], "is neither a file nor a shipped charter"),
        (["creafonds", "--fund", "petit-fonds", "--futures", "0"], "--futures wants a number between 1 and 1000000."),
        (["creafonds", "--fund", "petit-fonds", "--futures", "5", "--seed", "-1"], "--seed wants a number from 0"),
        (["creafonds", "--fund", "petit-fonds", "--csv", "futures"], "The table “futures” needs --futures N."),
        (["creafonds", "--fund", "petit-fonds", "--output", "/nowhere/at/all"], "/nowhere/at/all: "),
    ],
)
def test_refusals_are_sentences(arguments: list[str], sentence: str, fund: Fund) -> None:
    with pytest.raises(CommandError) as refusal:
        told(*arguments, "--language", "en")
    assert sentence in str(refusal.value)


def test_a_draft_in_another_currency_is_refused(fund: Fund, tmp_path: Path) -> None:
    file = tmp_path / "draft.toml"
    file.write_text(changed_text(('"EUR"', '"USD"')), encoding="utf-8")
    with pytest.raises(CommandError, match="The charter counts in USD, the fund in EUR"):
        told(str(file), "--fund", fund.slug, "--language", "en")


def test_a_faulty_draft_is_refused_with_its_lines(fund: Fund, tmp_path: Path) -> None:
    file = tmp_path / "draft.toml"
    file.write_text(changed_text(('rate = "8 %"', "rate = 0.08")), encoding="utf-8")
    with pytest.raises(CommandError, match="line "):
        told(str(file), "--fund", fund.slug, "--language", "en")
