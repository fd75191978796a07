"""A month is locked, unlocked and closed from the shell, with a reason; what is refused says why."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fund.models import Act
from fund.services.contributions import Receipt, receive_contributions
from ledger.errors import LedgerError
from tests.builders import a_fund, a_member, eur

pytestmark = pytest.mark.django_db


def period(act: str, *, day: str = "2026-01-15", fund: str = "fonds-test", why: str = "checked") -> str:
    out = StringIO()
    call_command("period", act, fund, day, by="T. Essai (fictif)", why=why, stdout=out)
    return out.getvalue().strip()


def test_a_month_is_locked_unlocked_and_closed() -> None:
    actor = a_fund()
    a_member(actor, "A")
    receipt = Receipt("REL-1", "A", date(2026, 1, 20), eur("10.00"))
    assert period("lock") == "2026-01 of fonds-test is locked."
    with pytest.raises(LedgerError, match="2026-01"):
        receive_contributions(actor, [receipt])
    assert period("unlock", why="one receipt is missing") == "2026-01 of fonds-test is open again."
    receive_contributions(actor, [receipt])
    assert period("close") == "2026-01 of fonds-test is closed for good."
    with pytest.raises(CommandError, match="closed"):
        period("unlock")
    assert receive_contributions(actor, [receipt])[0].reference == "REL-1"  # known already: nothing is written
    kinds = list(Act.objects.filter(kind__startswith="period-").values_list("kind", flat=True))
    assert kinds == ["period-lock", "period-unlock", "period-close"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"fund": "nobody"}, "no fund “nobody”"),
        ({"day": "2026-02-30"}, "is no day"),
        ({"day": "2031-01-01"}, "no period that holds 2031-01-01"),
        ({"why": " "}, "reason"),
    ],
)
def test_what_cannot_be_turned_says_why(change: dict[str, str], says: str) -> None:
    a_fund()
    with pytest.raises(CommandError, match=says):
        period("lock", **change)
    assert not Act.objects.filter(kind="period-lock").exists()
