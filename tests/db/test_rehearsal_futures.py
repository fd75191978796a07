"""Simulated futures of a real fund: drawn from its records, the same seed the same bytes, who loses stands first."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from fund.charter.shipped import shipped
from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.management.commands.demonstrate import FOLDER
from fund.models import Fund
from fund.queries.rehearsal import Chance, Draft, Rehearsal, rehearsal_of
from fund.statements.futures import futures_reserve_table, futures_table, told, worth
from fund.statements.rehearsal_json import rehearsal_json
from fund.statements.rehearsal_words import futures_notes
from tests.rehearsals import EQUALLY, changed, changed_text
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

PATHS = 40


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = run_year(read_year_folder(FOLDER), progress=lambda *_: None).fund
        a_user("reader", fund, "auditor")
        a_user("one-member", fund, "member", party="M05")
        yield fund
        transaction.set_rollback(True)


def rehearsed(fund: Fund, *, seed: int = 7, processes: int = 1) -> Rehearsal:
    return rehearsal_of(fund, Draft("equally", changed(EQUALLY)), Chance(PATHS, seed, processes))


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_processes(fund: Fund) -> None:
    first = rehearsal_json(rehearsed(fund), "en")
    assert rehearsal_json(rehearsed(fund), "en") == first
    assert rehearsal_json(rehearsed(fund, processes=2), "en") == first
    assert rehearsal_json(rehearsed(fund, seed=8), "en") != first


def test_whoever_loses_on_the_median_stands_first_with_how_often(fund: Fund) -> None:
    """Equally: the county, which gives more than half of all cash, loses in every future in which anything returns."""
    rehearsal = rehearsed(fund)
    assert rehearsal.futures is not None
    measures = told(rehearsal.futures)
    assert measures[0].party == "member:M01"
    assert worth(measures[0]) < 0
    assert measures[0].worse == 1
    assert [worth(each) for each in measures] == sorted(worth(each) for each in measures)
    first = futures_table(rehearsal, "en").rows[0].cells
    assert (first[1], first[3]) == ("Département de la Côte d'Argent (fictif)", "▼ loses")
    assert first[5:7] == (1, 0)


def test_both_charters_meet_the_same_draws(fund: Fund) -> None:
    """Under the charter in force itself nothing differs in any future."""
    same = rehearsal_of(fund, Draft("creafonds", shipped("creafonds")), Chance(PATHS, 3))
    assert same.futures is not None
    assert same.futures.in_force is not None
    assert {(each.worse, each.better) for each in same.futures.measures} == {(0, 0)}
    assert same.futures.draft.reserve == same.futures.in_force.reserve


def test_the_reserve_has_its_quantiles_by_quarter_and_opens_as_the_books_end(fund: Fund) -> None:
    rehearsal = rehearsed(fund)
    table = futures_reserve_table(rehearsal, "en")
    assert len(table.rows) == 17
    closing = rehearsal.past.then.course[-1].closing
    opening = [cell.minor for cell in table.rows[0].cells if hasattr(cell, "minor")]
    assert opening == [closing] * 10
    assert table.rows[1].cells[0] == "2026-03-31"


def test_what_is_drawn_from_where_is_said(fund: Fund) -> None:
    rehearsal = rehearsed(fund)
    said = " ".join(futures_notes(rehearsal, "en"))
    assert "40 futures of 16 quarters, the same for both charters; seed 7." in said
    assert "Tours and fees are drawn from the fund’s own history." in said
    assert "fee of a date €780.00–€4,200.00" in said
    assert "yearly contributions that are not paid 0/12" in said
    assert "Made up: " in said
    french = " ".join(futures_notes(rehearsal, "fr"))
    assert "Tournées et prix de cession sont tirés de l’histoire du fonds." in french


def test_a_fact_that_no_record_holds_draws_nothing_and_is_named(fund: Fund) -> None:
    by_use = Draft("by use", changed(('key = "contribution"', 'key = "use"')))
    rehearsal = rehearsal_of(fund, by_use, Chance(PATHS, 1))
    assert rehearsal.futures is None
    assert any(fault.where == "members.M01.use" for fault in rehearsal.futures_missing)
    assert "The futures cannot be drawn" in next(futures_notes(rehearsal, "en"))
    assert json.loads(rehearsal_json(rehearsal, "en"))["futures"] is None


def test_the_command_draws_and_shows_how_far_it_is(
    fund: Fund, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "draft.toml"
    file.write_text(changed_text(EQUALLY), encoding="utf-8")
    out = StringIO()
    arguments = [str(file), "--fund", fund.slug, "--futures", str(PATHS), "--seed", "7", "--processes", "1"]
    call_command("charter", "rehearse", *arguments, "--csv", "futures", "--language", "en", stdout=out)
    found = list(csv.reader(out.getvalue().splitlines()))
    assert found[1][0] == "member:M01"
    assert found[1][5:7] == ["1.000000", "0.000000"]
    call_command("charter", "rehearse", *arguments, "--language", "en", stdout=out)
    assert "Who loses and who gains in the simulated futures" in out.getvalue()
    assert "Traceback" not in capsys.readouterr().err


def test_the_page_draws_what_is_asked_for(fund: Fund, client: Client) -> None:
    client.force_login(fund.accesses.get(user__username="reader").user)
    address = f"/{fund.slug}/rehearsal/creafonds"
    page = client.get(f"{address}?futures={PATHS}&seed=7", headers={"Accept-Language": "en"}).content.decode()
    assert "The reserve in the simulated futures" in page
    assert page.count("<polygon") == 2
    assert f"futures.csv?futures={PATHS}&amp;seed=7" in page
    first = client.get(f"{address}/futures.csv?futures={PATHS}&seed=7")
    assert first.status_code == 200
    assert client.get(f"{address}/futures.csv?futures={PATHS}&seed=7").content == first.content
    assert client.get(f"{address}/futures-reserve.csv?futures={PATHS}").status_code == 200


def test_a_member_sees_no_other_member_in_the_futures(fund: Fund, client: Client) -> None:
    client.force_login(fund.accesses.get(user__username="one-member").user)
    content = client.get(f"/{fund.slug}/rehearsal/creafonds/all.json?futures={PATHS}").content
    parties = {each["party"] for each in json.loads(content)["futures"]["measures"]}
    assert {party for party in parties if party.startswith("member:")} == {"member:M05"}
