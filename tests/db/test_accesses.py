"""Accesses are granted and ended by name; what cannot be is refused with a sentence."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from fund.errors import AccessInvalid
from fund.models import Access, Fund, User
from fund.services.accesses import end_access, grant_access
from fund.services.desk_errors import AccessEndsBeforeItBegins, AuditorAccessEndless
from ledger import written_once
from tests.builders import CLOSING, NEW_YEAR, a_fund, a_member

pytestmark = pytest.mark.django_db
LONG = "une phrase assez longue"

# role, party, password → what the refusal says
REFUSED = [
    ("emperor", "", LONG, "there is no role “emperor”"),
    ("member", "", LONG, "needs the code of a party"),
    ("auditor", "A", LONG, "nobody’s in particular"),
    ("member", "Z", LONG, "Z is not in the register"),
    ("auditor", "", None, "needs a password"),
    ("auditor", "", "court", "15"),
]


@pytest.mark.parametrize(("role", "party", "password", "says"), REFUSED)
def test_an_access_that_cannot_be_granted_leaves_nobody(role: str, party: str, password: str | None, says: str) -> None:
    actor = a_fund()
    a_member(actor, "A")
    with pytest.raises(AccessInvalid, match=says):
        grant_access(actor.fund, username="ada", role=role, on=NEW_YEAR, party=party, password=password, until=CLOSING)
    assert not User.objects.exists()


def test_an_access_is_granted_once_and_ends() -> None:
    actor = a_fund()
    a_member(actor, "A")
    for _ in range(2):
        grant_access(actor.fund, username="ada", role="member", on=NEW_YEAR, party="A", password=LONG)
    assert Access.objects.get().user.check_password(LONG)
    assert end_access(actor.fund, username="ada", role="member", on=date(2026, 6, 1)) == 1
    grant_access(actor.fund, username="ada", role="member", on=date(2026, 7, 1), party="A")
    assert end_access(actor.fund, username="ada", role="member", on=date(2026, 8, 1)) == 1
    with pytest.raises(AccessInvalid, match="no access as member"):
        end_access(actor.fund, username="ada", role="member", on=date(2026, 6, 1))


def test_the_command_lists_grants_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    a_fund()
    monkeypatch.setattr("sys.stdin", StringIO(LONG + "\n"))
    call_command("access", "grant", "fonds-test", "auditor", "grace", "--until", "9000-12-31", stdout=StringIO())
    out = StringIO()
    call_command("access", "list", "fonds-test", stdout=out)
    assert out.getvalue().startswith("auditor: grace, since ")
    assert out.getvalue().endswith(" until 9000-12-31\n")
    call_command("access", "end", "fonds-test", "auditor", "grace", stdout=StringIO())
    with pytest.raises(CommandError, match="needs its last day"):
        call_command("access", "grant", "fonds-test", "auditor", "grace", stdout=StringIO())
    with pytest.raises(CommandError, match="write it like 2027-06-30"):
        call_command("access", "grant", "fonds-test", "auditor", "grace", "--until", "demain", stdout=StringIO())
    with pytest.raises(CommandError, match="there is: fonds-test"):
        call_command("access", "list", "nobody")


def test_an_access_that_began_today_ends_today() -> None:
    actor = a_fund()
    grant_access(actor.fund, username="ada", role="auditor", on=NEW_YEAR, password=LONG, until=CLOSING)
    assert end_access(actor.fund, username="ada", role="auditor", on=NEW_YEAR) == 1
    assert not Access.objects.exists()


def test_an_auditor_is_let_in_until_a_day_that_comes_after_the_first() -> None:
    fund = a_fund().fund
    with pytest.raises(AuditorAccessEndless) as refused:
        grant_access(fund, username="ada", role="auditor", on=NEW_YEAR, password=LONG)
    assert refused.value.sentence("fr").startswith("L’accès de ada comme auditeur demande son dernier jour")
    with pytest.raises(AccessEndsBeforeItBegins, match="2025-12-31"):
        grant_access(fund, username="ada", role="auditor", on=NEW_YEAR, password=LONG, until=date(2025, 12, 31))
    assert not User.objects.exists()


def test_an_access_in_force_takes_the_new_last_day() -> None:
    fund = a_fund().fund
    for until in (date(2026, 6, 30), date(2026, 9, 30)):
        grant_access(fund, username="ada", role="auditor", on=NEW_YEAR, password=LONG, until=until)
        assert Access.objects.get().until == until
    grant_access(fund, username="ada", role="auditor", on=date(2026, 10, 1), until=CLOSING)
    assert [access.since for access in Access.objects.order_by("pk")] == [NEW_YEAR, date(2026, 10, 1)]
    assert end_access(fund, username="ada", role="auditor", on=date(2026, 11, 1)) == 1
    assert Access.objects.latest("pk").until == date(2026, 10, 31)


def an_auditor_of_before(fund: Fund) -> Access:
    """An access without an end, as it was given before auditors were let in for a time."""
    access = Access(user=User.objects.create(username="old"), fund=fund, role="auditor", since=NEW_YEAR, until=None)
    with written_once.lifted():
        access.save()
    return access


def test_the_database_lets_no_auditor_in_for_ever_and_leaves_those_of_before() -> None:
    fund = a_fund().fund
    user = User.objects.create(username="ada")
    facts = {"user": user, "fund": fund, "since": NEW_YEAR}
    with pytest.raises(DatabaseError, match="auditor_has_an_end"), transaction.atomic():
        Access.objects.create(role="auditor", until=None, **facts)
    held = Access.objects.create(role="auditor", until=CLOSING, **facts)
    with pytest.raises(DatabaseError, match="auditor_keeps_an_end"), transaction.atomic():
        Access.objects.filter(pk=held.pk).update(until=None)
    keeper = Access.objects.create(role="treasurer", until=None, **facts)
    with pytest.raises(DatabaseError, match="auditor_keeps_an_end"), transaction.atomic():
        Access.objects.filter(pk=keeper.pk).update(role="auditor")
    old = an_auditor_of_before(fund)
    Access.objects.filter(pk=old.pk).update(since=date(2026, 2, 1))
    old.refresh_from_db()
    assert (old.until, old.since) == (None, date(2026, 2, 1))
    out = StringIO()
    call_command("access", "list", "fonds-test", stdout=out)
    assert "auditor: old, since 2026-02-01, without an end: grant it again with --until" in out.getvalue()
    grant_access(fund, username="old", role="auditor", on=CLOSING, until=CLOSING)
    old.refresh_from_db()
    assert old.until == CLOSING, "granted again, it has an end"
