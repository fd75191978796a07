"""A new version of the charter changes nothing that was done, called, agreed, settled or issued before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from fund.models import (
    CharterVersion,
    ContributionCall,
    DrawingRight,
    Fund,
    Project,
    Return,
    ReturnLine,
    ReturnShare,
    Tranche,
)
from fund.services.actors import Actor
from fund.services.adoption import adopt_charter
from fund.services.contributions import call_contributions
from fund.services.drawing_rights import transfer_drawing_right
from fund.services.issuing import correct_statement, issue_statements
from fund.services.projects import Grant, award_projects, sign_agreement
from fund.services.returns import settle_return
from fund.statements.year_folder import write_year
from tests.builders import (
    CLOSING,
    NEW_YEAR,
    a_fund,
    a_member,
    a_project,
    a_right,
    a_statement,
    eur,
    paid_up,
    pay,
)
from tests.decisions import DECISION, DOUBLED, HELD, JULY, ON
from tests.small_year import small_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return paid_up(a_fund())


def adopted(actor: Actor, text: str, *, effective_from: date, held_on: date = HELD, on: date = ON) -> CharterVersion:
    decision = replace(DECISION, held_on=held_on)
    return adopt_charter(actor, name="own", text=text, on=on, effective_from=effective_from, decision=decision)


def test_the_past_keeps_its_version(actor: Actor) -> None:
    """Calls, agreements, tranches and returns of before are as they were; what comes after follows the new rules."""
    calls = call_contributions(actor, year=2026, on=NEW_YEAR)
    before = a_project(actor, "P1")
    cheaper = DOUBLED.replace('cap = "5000.00"', 'cap = "100.00"').replace('share = "1/3"', 'share = "1/2"')
    version = adopted(actor, cheaper.replace('share = "2/3"', 'share = "1/2"'), effective_from=JULY)
    a_member(actor, "N", budget="50000.00")
    again = call_contributions(actor, year=2026, on=JULY)
    assert {call.reference: (call.charter.number, call.amount_minor) for call in again} == {
        "call:2026:A": (1, 500000), "call:2026:B": (1, 100000), "call:2026:N": (2, 10000),
    }  # fmt: skip
    assert {call.pk for call in calls} < {call.pk for call in again}
    after = a_project_of_july(actor)
    assert (before.agreement.charter.number, after.agreement.charter) == (1, version)
    assert [row.amount_minor for row in after.agreement.tranches.all()] == [450000, 450000]
    dues = {}
    for project in (before, after):
        settled = settle_return(actor, a_statement(actor, project), on=CLOSING)
        dues[project.code] = (settled.charter.number, settled.amount_minor)
    assert dues == {"P1": (1, 16000), "P2": (2, 32000)}


def a_project_of_july(actor: Actor) -> Project:
    """An award and an agreement after the new rules took effect."""
    grant = Grant("P2", "Projet P2 (fictif)", "CIE/P2", "Compagnie P2 (fictive)", eur("9000.00"))
    (project,) = award_projects(actor, [grant], call="call-2026", on=JULY, premiere_on=JULY)
    sign_agreement(actor, project, reference="CONV-P2", on=JULY)
    return project


def _written(fund: Fund, folder: Path) -> dict[str, object]:
    """Every statement and book of the year as bytes; a workbook by its parts, whose zip carries the hour."""
    folder.mkdir()
    write_year(fund, 2026, folder, "fr", progress=lambda *_: None)
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: _parts(content) if name.endswith(".xlsx") else content for name, content in files.items()}


def _parts(workbook: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(workbook)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}


def test_a_new_version_changes_no_byte_of_a_closed_statement(tmp_path: Path) -> None:
    fund = small_year()
    before = _written(fund, tmp_path / "before")
    assert len(before) > 20
    actor = Actor(fund=fund, by="administrator")
    adopted(actor, DOUBLED, effective_from=date(2027, 1, 1), held_on=date(2026, 12, 30), on=CLOSING)
    for statement in Return.objects.filter(project__fund=fund):
        assert settle_return(actor, statement.statement, on=date(2027, 2, 1)) == statement
    call_contributions(actor, year=2026, on=NEW_YEAR)
    issue_statements(actor, as_of=CLOSING, on=date(2027, 2, 1), subjects=[("member", "THE"), ("project", "A")])
    assert _written(fund, tmp_path / "after") == before
    issued = fund.issued_statements.get(kind="project", subject="A")
    correct_statement(actor, issued, on=date(2027, 2, 1))
    corrected = _written(fund, tmp_path / "corrected")
    changed = {name for name in before if corrected[name] != before[name]}
    assert changed
    assert [name for name in changed if "/A." not in name] == []


def test_every_computed_amount_names_its_version_and_its_algorithm(actor: Actor) -> None:
    call_contributions(actor, year=2026, on=NEW_YEAR)
    right = a_right(actor)
    pay(actor, right.share.of_return.project, 1)  # type: ignore[union-attr]
    transfer_drawing_right(actor, right, to="B", amount=eur("1.00"), on=CLOSING, reference="CES")
    version = actor.fund.charters.get()
    named = {(row.charter, row.algorithm) for row in ContributionCall.objects.all()}
    assert named == {(version, "charter-contributions/1")}
    assert {(row.agreement.charter, row.algorithm) for row in Tranche.objects.all()} == {
        (version, "charter-tranches/1")
    }
    parts = [*ReturnLine.objects.all(), *ReturnShare.objects.all()]
    shares = [row.share for row in DrawingRight.objects.filter(share__isnull=False)]
    transferred = [row.came_from.right.share for row in DrawingRight.objects.filter(share__isnull=True)]
    assert len(transferred) == 1
    returns = {row.of_return for row in (*parts, *shares, *transferred)}  # type: ignore[union-attr]
    assert {(row.charter, row.algorithm) for row in returns} == {(version, "charter/1")}
