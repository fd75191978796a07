"""`manage.py ledger prove|checkpoint|roll-up|export --format proof` hands on what the proofs say, and nothing else."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from ledger.balances import chain_head
from tests.ledger_words import an_open_book, posted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _book() -> None:
    an_open_book()
    for number in range(1, 6):
        posted("alpha", f"A{number}", 100 * number)


def told(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("ledger", *arguments, "--language", "en", stdout=out, stderr=out)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_checkpoint_names_book_and_head() -> None:
    from ledger import proofs

    status, said = told("checkpoint")
    assert (status, said) == (0, proofs.checkpoint("alpha").text().rstrip("\n") + "\n")
    assert chain_head("alpha").hash in said


def test_an_entry_is_proved() -> None:
    from ledger import proofs

    assert told("prove", "--entry", "A3") == (0, proofs.inclusion_proof("alpha", "A3").rstrip("\n") + "\n")
    assert told("prove", "--entry", "A9") == (2, "There is no entry A9 in book “alpha”.\n")


def test_growth_is_proved() -> None:
    from ledger import proofs

    assert told("prove", "--since", "2") == (0, proofs.consistency_proof("alpha", 2).rstrip("\n") + "\n")
    status, said = told("prove", "--since", "99")
    assert (status, said.count("\n")) == (2, 1)


def test_the_book_is_exported_for_proof() -> None:
    from ledger import proofs

    lines = [line.rstrip("\n") for line in proofs.export_book("alpha")]
    status, said = told("export", "--format", "proof")
    assert (status, said) == (0, "\n".join(lines) + "\n")


def test_what_is_derived_is_brought_up_to_date_as_often_as_one_likes() -> None:
    before = told("balance", "--as-of", "2026-06-30")
    assert told("roll-up") == (0, "Book alpha: what is derived from the entries is up to date.\n")
    assert told("roll-up")[0] == 0
    assert told("balance", "--as-of", "2026-06-30") == before
