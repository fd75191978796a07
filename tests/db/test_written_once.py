"""What is written once is tried in plain SQL, on every declared table: update, delete, replace, truncate."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from fund.charter.shipped import shipped_text
from fund.models import DrawingRight
from fund.services.actors import Actor
from fund.services.adoption import propose_draft
from fund.services.contributions import Receipt, call_contributions, receive_contributions
from fund.services.conventions import ConventionTerms, record_convention
from fund.services.disbursements import release_tranche
from fund.services.drawing_rights import left_of, use_drawing_right
from fund.services.exchange_rates import record_rate
from fund.services.exploitation import declare_exploitation
from fund.services.founding import open_year
from fund.services.issuing import issue_statements
from fund.services.notoriety import contest_fact, resolve_contest
from fund.services.notoriety_adoption import adopt_notoriety
from fund.services.returns import settle_return
from fund.services.treatments import choose_treatment
from ledger import written_once
from ledger.audit import find_faults
from tests.auditing_desk import an_audited_fund
from tests.builders import CLOSING, NEW_YEAR, SIGNED, a_fund, a_member, a_project, eur, played
from tests.deciding import a_notified_evening
from tests.page_addresses import a_file_handed_out, an_anchor
from tests.recognition import ADOPTED_ON, an_article


@pytest.fixture
def every_table_has_a_row(db: None) -> None:
    actor = a_fund()
    a_member(actor, "A", budget="48000.00")
    call_contributions(actor, year=2026, on=NEW_YEAR)
    receive_contributions(actor, [Receipt("REL-1", "A", date(2026, 2, 1), eur("4800.00"))])
    project = a_project(actor)
    tranche = project.agreement.tranches.get(number=1)
    release_tranche(actor, tranche, reference="PAY-1", on=SIGNED, prepared_by="T", approved_by="P")
    dates = [played(number, "1000.00") for number in range(1, 10)]
    statement = declare_exploitation(
        actor, project, reference="EXPL", first=NEW_YEAR, last=CLOSING, on=CLOSING, played=dates
    )
    settle_return(actor, statement, on=CLOSING)
    right = DrawingRight.objects.get()
    use_drawing_right(actor, right, project=project, amount=left_of(right), on=CLOSING, reference="USE-1")
    issue_statements(actor, as_of=CLOSING, on=CLOSING, subjects=[("member", "A")])
    propose_draft(actor, text=shipped_text("creafonds").decode() + "\n", title="", on=CLOSING)
    an_article(actor, project)
    contested = date(2026, 10, 1)
    contest = contest_fact(replace(actor, by="B"), fact="fact:PRESS-1", reference="C", on=contested, why="Autre page.")
    resolve_contest(replace(actor, by="C"), contest, on=contested, outcome="stands", why="Vue.")
    open_year(actor, 2027)
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    a_notified_evening()
    an_audited_fund(actor.fund, "receipt:REL-1")
    what_books_leave(actor)


def what_books_leave(actor: Actor) -> None:
    """A rate, a choice of treatment, a convention with a later year's share, a file handed out, an anchor."""
    record_rate(actor, unit="USD", on=NEW_YEAR, rate=Fraction(9, 10), source="BCE")
    choose_treatment(
        actor, reference="T-1", subject="coproduction-income", option="stake-first", basis="Contrat art. 7",
        decided_on=CLOSING,
    )  # fmt: skip
    terms = ConventionTerms(
        code="CONV-1", funder="A", kind="subsidies", purpose="Itinérance", amount=eur("100.00"), signed_on=SIGNED,
        first=NEW_YEAR, last=date(2027, 12, 31), is_dedicated=True, shares={2027: eur("40.00")},
    )  # fmt: skip
    record_convention(actor, terms, on=CLOSING)
    a_file_handed_out(actor.fund)
    an_anchor(actor.fund)


FUND_TABLES = [table for table in written_once.declared_tables() if table.startswith("fund_")]


@pytest.mark.usefixtures("every_table_has_a_row")
@pytest.mark.parametrize("table", FUND_TABLES)
def test_the_database_refuses_to_change_what_is_written_once(table: str) -> None:
    attempts = [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]
    if connection.vendor == "sqlite":
        attempts.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        attempts.append(f"TRUNCATE {table} CASCADE")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a truncation waits for no deferred check
        cursor.execute(f"SELECT count(*) FROM {table}")
        (before,) = cursor.fetchone()
        assert before > 0
        for attempt in attempts:
            with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
                cursor.execute(attempt)
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (before,)


@pytest.mark.django_db
def test_a_guard_that_somebody_took_off_is_missed_by_name() -> None:
    assert written_once.missing() == []
    actor = a_fund()
    assert find_faults(actor.fund.slug) == []
    written_once.lift()
    assert [fault.kind for fault in find_faults(actor.fund.slug)] == ["guards"]
    assert any(name.startswith("fund_disbursement_never") for name in written_once.missing())
    written_once.install()
    assert written_once.missing() == []
