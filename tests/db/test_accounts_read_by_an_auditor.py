"""What an auditor looks for first in accounts: the day, the caption of each table, the year before, what is owed."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from fund.accounting.year import FiscalYear
from fund.management.piped import CLOSED_PIPE
from fund.models import Fund, Membership
from fund.services.actors import Actor
from fund.services.closing import open_next_year
from fund.statements.accounts.book_parts import entries_told
from fund.statements.accounts.kinds import Asked
from fund.statements.accounts.public_generosity import KIND as CER
from fund.statements.document import Table, blocks_of
from fund.statements.render import text
from ledger import posting
from ledger.journal import AccountKey, Entry, credit, debit
from ledger.money import Amount
from tests.books_read import arranged
from tests.posted_year import posted_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund() -> Fund:
    return posted_year()


class Closed(StringIO):
    """A reader that has gone, as `head` does once it has its lines."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def test_accounts_say_the_day_they_are_drawn_up_to(fund: Fund) -> None:
    for language, told, untold in (("fr", "Arrêté au", "Établi le"), ("en", "As of", "Issued on")):
        lines = text.render(arranged(fund, "journal", language)).splitlines()  # type: ignore[arg-type]
        assert any(line.startswith(told) for line in lines)
        assert not any(line.startswith(untold) for line in lines)


def test_each_table_has_its_caption_in_the_text_too(fund: Fund) -> None:
    document = arranged(fund, "auxiliary-ledger")
    lines = text.render(document).splitlines()
    captions = [block.caption for block in blocks_of(document) if isinstance(block, Table)]
    assert len(captions) == 17  # the auxiliary balance, and the sixteen accounts of third parties
    assert "274200 · P2503 Projet 2025-03" in captions
    assert [caption for caption in captions if caption not in lines] == []


def test_one_entry_is_not_told_as_several() -> None:
    assert entries_told(1, "fr") == "la seule écriture validée des livres"
    assert entries_told(2, "fr") == "les 2 écritures validées des livres"
    assert entries_told(1, "en") == "the one validated entry of the books"


def test_a_contribution_in_kind_is_no_debt(fund: Fund) -> None:
    posting.post(
        fund.slug,
        Entry(
            journal="CV",
            on=date(2026, 7, 1),
            kind="test",
            reference="given",
            label="Plateau prêté",
            lines=(
                debit(AccountKey("861000"), Amount(20000)),
                credit(AccountKey("871000", party="M002"), Amount(20000)),
            ),
        ),
    )
    table = next(block for block in blocks_of(arranged(fund, "related-parties")) if isinstance(block, Table))
    in_kind = next(row for row in table.rows if row.cells[3] == "871000")
    assert in_kind.cells[4:] == (Amount(20000), None)


def test_a_fund_that_names_nobody_is_not_said_to_have_no_related_party(fund: Fund) -> None:
    Membership.objects.filter(fund=fund).delete()
    said = text.render(arranged(fund, "related-parties"))
    assert "ce tableau ne peut rien en dire" in said
    assert "Aucune opération" not in said


def test_the_use_of_public_gifts_has_the_year_before(fund: Fund) -> None:
    def gift(reference: str, cents: int, on: date) -> None:
        lines = (
            debit(AccountKey("512000"), Amount(cents)),
            credit(AccountKey("754110"), Amount(cents), public_generosity=True),
        )
        entry = Entry(journal="BQ", on=on, kind="test", reference=reference, label="Don", lines=lines)
        posting.post(fund.slug, entry)

    open_next_year(Actor(fund=fund, by="Claire"), "2027", on=date(2027, 3, 1), why="la suite")
    gift("gift:2026", 50000, date(2026, 7, 1))
    gift("gift:2027", 20000, date(2027, 7, 1))
    year = FiscalYear("2027", date(2027, 1, 1), date(2027, 12, 31), "anc-2022-06", "open")
    facts = CER.read(Asked(fund, year, year.last))
    document = CER.arrange(facts, "fr")
    resources = next(b for b in blocks_of(document) if isinstance(b, Table) and b.caption.startswith("Ressources de"))
    assert [column.label for column in resources.columns] == ["Rubrique", "2027", "N-1"]
    assert resources.total == ("Total", Amount(20000), Amount(50000))
    carried = next(b for b in blocks_of(document) if isinstance(b, Table) and b.caption.startswith("Ressources repor"))
    assert carried.total[1:] == (Amount(70000), Amount(50000))
    figures = CER.figures(facts)
    assert (figures["resources"], figures["before"]["resources"]) == ({"1.2a": "200.00"}, {"1.2a": "500.00"})


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("statements", {"year": 2026, "only": ["balance-sheet"]}),
        ("year", {"act": "status", "fund": "essais", "year": "2026"}),
        ("open_data", {"all": True}),
    ],
)
def test_a_reader_that_leaves_early_ends_a_command_quietly(fund: Fund, command: str, options: dict[str, Any]) -> None:
    told = StringIO()
    arguments = [options.pop("act"), options.pop("fund"), options.pop("year")] if "act" in options else []
    with pytest.raises(SystemExit) as ended:
        call_command(command, *arguments, stdout=Closed(), stderr=told, **options)
    assert ended.value.code == CLOSED_PIPE
    assert told.getvalue() == ""
