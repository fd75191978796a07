"""The statements of the books beyond one year in one currency: other currencies, a closed year, paper, rates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fund.accounting.carrying_over import Held, carried
from fund.models import ExchangeRate, Fund
from fund.queries.accounts_year import year_of
from fund.statements.accounts import aged_balance, files, journal
from fund.statements.accounts.kinds import Asked
from fund.statements.accounts.pooled_fund_words import rate_text
from fund.statements.errors import PaperTooLong
from ledger import posting
from ledger.balances import journal_entries
from ledger.journal import AccountKey, Entry, credit, debit
from ledger.money import Amount, unit_of
from tests.books_read import KINDS, arranged, euros, figures, tables
from tests.posted_year import LAST, posted_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund() -> Fund:
    return posted_year()


def test_a_ledger_of_too_many_lines_is_refused_on_paper_alone(fund: Fund, monkeypatch: pytest.MonkeyPatch) -> None:
    document = arranged(fund, "journal")
    lines = sum(len(table.rows) for table in tables(document))
    monkeypatch.setattr(files, "MOST_LINES_ON_PAPER", lines - 1)
    with pytest.raises(PaperTooLong) as refused:
        files.RENDERERS["pdf"](document)
    assert f"compte {lines} lignes" in refused.value.sentence("fr")
    assert "its CSV file" in refused.value.sentence("en")
    assert [ending for ending in files.RENDERERS if ending != "pdf" and files.RENDERERS[ending](document)] == [
        "html", "xlsx", "csv",
    ]  # fmt: skip
    monkeypatch.setattr(files, "MOST_LINES_ON_PAPER", lines)
    assert files.RENDERERS["pdf"](document).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("rate", "fr", "en"),
    [
        (Fraction(56, 135), "41,5\u202f%", "41.5%"),
        (Fraction(1), "100,0\u202f%", "100.0%"),
        (Fraction(-1, 3), "-33,3\u202f%", "-33.3%"),
        (Fraction(1, 2000), "0,1\u202f%", "0.1%"),
        (None, "sans objet", "not applicable"),
    ],
)
def test_a_rate_with_one_decimal(rate: Fraction | None, fr: str, en: str) -> None:
    assert (rate_text(rate, "fr"), rate_text(rate, "en")) == (fr, en)


def all_checks(fund: Fund, year: int, on: date) -> dict[str, bool]:
    found = {}
    for name, kind in KINDS.items():
        of_year = year_of(fund, year)
        assert of_year is not None
        figures_ = kind.figures(kind.read(Asked(fund, of_year, on)))
        found[name] = all(check["holds"] for check in figures_["checks"])
    return found


def test_other_currencies_are_valued_as_the_accounts_of_the_year_are(fund: Fund) -> None:
    dollar = unit_of("USD")
    hundred = Amount(10000, dollar)
    posting.declare_unit("USD")
    ExchangeRate.objects.create(
        fund=fund, unit="USD", on=date(2026, 6, 1), numerator=9, denominator=10, source="BCE", by="t"
    )
    member = AccountKey("411000", party="M001", unit=dollar)
    posting.post(
        fund.slug,
        Entry(
            journal="AP", on=date(2026, 6, 2), kind="test", reference="usd", label="Appel en dollars",
            lines=(debit(member, hundred), credit(AccountKey("756100", unit=dollar), hundred)),
        ),
    )  # fmt: skip
    assert all(all_checks(fund, 2026, LAST).values())
    rows = euros(figures(fund, "aged-balance")["rows"], "balance")
    assert rows["411000", "M001"] == ("690",)  # 600, and a hundred dollars at 0.90
    assert any("USD" in note for note in arranged(fund, "journal").notes)


def test_a_closed_year_goes_on_in_the_next(fund: Fund) -> None:
    slug, opened_on = fund.slug, date(2027, 1, 1)
    posting.open_fiscal_year(slug, code="2027", first=opened_on, last=date(2027, 12, 31), chart="anc-2022-06")
    posting.open_journal(slug, code="CL", label="Report des comptes")
    pair = carried(
        Held(line.account, line.convention, line.destination, line.public_generosity, line.minor)
        for stored in journal_entries(slug)
        for line in stored.entry.lines
    )
    before = figures(fund, "aged-balance")
    assert not any(all_checks(fund, 2027, opened_on)[name] is False for name in KINDS)  # carried for the eye alone
    posting.post_many(
        slug,
        [
            Entry(journal=journal_, on=opened_on, kind=kind, reference=f"{kind}:2027", label="Report", lines=lines)
            for journal_, kind, lines in (("CL", "carrying", pair.empties), ("AN", "opening", pair.opens))
        ],
    )
    assert figures(fund, "aged-balance") == before
    for on in (opened_on, date(2027, 6, 30)):
        assert all(all_checks(fund, 2027, on).values()), all_checks(fund, 2027, on)
    year = year_of(fund, 2027)
    assert year is not None
    rows = euros(aged_balance.KIND.figures(aged_balance.KIND.read(Asked(fund, year, opened_on)))["rows"], "61_90")
    assert rows["458000", "P2407"] == ("1800",)  # 15 October 2026: 78 days, not the day of the à-nouveaux
    book = journal.KIND.arrange(journal.KIND.read(Asked(fund, year, opened_on)), "fr")
    assert [table.name for table in tables(book)] == ["centralisation", "AN"]
    assert any("journal technique CL" in note for note in book.notes)
