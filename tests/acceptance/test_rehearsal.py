"""The demonstration year rehearsed under other charters: what the shell prints, compared byte for byte.

The county gives more than half of all cash. Shared equally among the twelve members, the drawing rights of the year,
1,966.10, are 163.84 or 163.85 each: the county, which had 1,182.80, has 1,018.95 less, and all the others have more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.management.commands.demonstrate import FOLDER
from fund.models import Fund
from tests.rehearsals import EQUALLY, NO_CAP, TWICE, changed_text

EXAMPLES = Path(__file__).resolve().parent / "examples"

pytestmark = pytest.mark.django_db

DRAFTS = {
    "equally": changed_text(EQUALLY),
    "twice": changed_text(TWICE, NO_CAP),
    "by-points": changed_text(('key = "contribution"', 'key = "points"')),
}


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield run_year(read_year_folder(FOLDER), progress=lambda *_: None).fund
        transaction.set_rollback(True)


def told(draft: Path, fund: Fund, *options: str) -> str:
    out = StringIO()
    call_command("charter", "rehearse", str(draft), "--fund", fund.slug, *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", DRAFTS)
def test_the_rehearsal_is_the_recorded_one(name: str, language: str, fund: Fund, tmp_path: Path) -> None:
    """TRESSE_RECORD=1 records it instead (`make examples`)."""
    draft = tmp_path / f"{name}.toml"
    draft.write_text(DRAFTS[name], encoding="utf-8")
    answer = told(draft, fund, "--language", language)
    file = EXAMPLES / f"rehearsal-{name}-{language}.out"
    if os.environ.get("TRESSE_RECORD"):
        file.write_text(answer, encoding="utf-8")
    assert answer == file.read_text(encoding="utf-8")


def test_the_known_loser_is_the_first_line(fund: Fund, tmp_path: Path) -> None:
    draft = tmp_path / "equally.toml"
    draft.write_text(DRAFTS["equally"], encoding="utf-8")
    first = told(draft, fund, "--csv", "--language", "en").splitlines()[1]
    assert first.startswith("member:M01,Département de la Côte d'Argent (fictif),▼ loses,-1018.95,")
