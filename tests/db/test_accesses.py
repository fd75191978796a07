"""Accesses are granted and ended by name; what cannot be is refused with a sentence."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fund.errors import AccessInvalid
from fund.models import Access, User
from fund.services.accesses import end_access, grant_access
from tests.builders import NEW_YEAR, a_fund, a_member

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
        grant_access(actor.fund, username="ada", role=role, on=NEW_YEAR, party=party, password=password)
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
    call_command("access", "grant", "fonds-test", "auditor", "grace", stdout=StringIO())
    out = StringIO()
    call_command("access", "list", "fonds-test", stdout=out)
    assert out.getvalue().startswith("auditor: grace, since ")
    call_command("access", "end", "fonds-test", "auditor", "grace", stdout=StringIO())
    with pytest.raises(CommandError, match="there is: fonds-test"):
        call_command("access", "list", "nobody")


def test_an_access_that_began_today_ends_today() -> None:
    actor = a_fund()
    grant_access(actor.fund, username="ada", role="auditor", on=NEW_YEAR, password=LONG)
    assert end_access(actor.fund, username="ada", role="auditor", on=NEW_YEAR) == 1
    assert not Access.objects.exists()
