"""Two runs of the command at once: each mail leaves once, on PostgreSQL and on a SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core import mail as django_mail

from fund.models import OutgoingMail
from fund.services.mail import Sending, send_waiting, write_mail
from tests.committees import a_committee, at
from tests.soak import rivals
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(tmp_path: Path) -> Iterator[None]:
    """A database that several connections share."""
    with worked_on(copied(tmp_path / "outbox.sqlite3")) if ON_SQLITE else nullcontext():
        yield


def test_two_runs_at_once_send_each_mail_once(settings: object) -> None:
    settings.MAIL_IS_SENT = True  # type: ignore[attr-defined]
    fund = a_committee()
    for number in range(12):
        write_mail(
            fund, kind="notice", reference=f"act-{number}", person="alix", subject=f"N{number}", body="Dit.", at=at(9)
        )
    done = [each for each in rivals.at_once(send_waiting, send_waiting) if isinstance(each, Sending)]
    assert len(done) == 2, "neither run met an error"
    assert sum(each.sent for each in done) == 12
    assert sorted(each.subject for each in django_mail.outbox) == sorted(f"N{number}" for number in range(12))
    assert {(each.attempts, each.sent_at is None) for each in OutgoingMail.objects.all()} == {(1, False)}
