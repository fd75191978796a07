"""`verify` reads one moment of the books: what others write meanwhile is no fault, and waits for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from pathlib import Path

import pytest

from ledger import audit
from ledger.balances import chain_head
from ledger.faults import Findings
from ledger.models import Book
from tests.ledger_words import an_open_book, posted
from tests.soak import rivals
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(tmp_path: Path) -> Iterator[None]:
    with worked_on(copied(tmp_path / "books.sqlite3")) if ON_SQLITE else nullcontext():
        yield


def test_entries_that_come_between_two_parts_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    an_open_book()
    posted("alpha", "A0")
    numbers = count(1)

    def rival(_: Book, __: Findings) -> None:
        (answer,) = rivals.at_once(lambda: posted("alpha", f"A{next(numbers)}"))
        assert not isinstance(answer, Exception), answer

    parts = audit._PARTS
    monkeypatch.setattr(audit, "_PARTS", tuple(each for part in parts for each in (rival, part)))
    assert audit.find_faults("alpha") == []
    assert chain_head("alpha").entries == 1 + len(parts)
    monkeypatch.undo()
    assert audit.find_faults("alpha") == []
