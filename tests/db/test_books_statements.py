"""The statements of the books on the worked year: every figure here was computed by hand from its entries."""

from __future__ import annotations

from datetime import date

import pytest

from fund.models import Access, Fund, Mandate, Party, Project, PublicAuthority, User
from fund.statements.accounts import (
    journal,
    origin_destination,
    public_generosity,
)
from fund.statements.document import Document, Link, Table, blocks_of
from fund.statements.render import csv, html, pdf
from ledger import posting
from ledger.journal import AccountKey, Entry, credit, debit
from ledger.lettering import unletter
from ledger.money import Amount
from tests.books_read import KINDS, arranged, euros, figures, tables
from tests.posted_year import LAST, asked, posted_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund() -> Fund:
    return posted_year()


@pytest.mark.parametrize("name", KINDS)
def test_every_check_holds_and_is_said(fund: Fund, name: str) -> None:
    checks = figures(fund, name)["checks"]
    assert checks
    assert all(check["holds"] for check in checks)
    for language, word, wrong in (("fr", "Contrôle", "Écart"), ("en", "Check", "Difference")):
        notes = arranged(fund, name, language).notes  # type: ignore[arg-type]
        assert sum(note.startswith(word) for note in notes) == len(checks)
        assert not any(note.startswith(wrong) for note in notes)


@pytest.mark.parametrize("name", KINDS)
def test_the_same_facts_give_the_same_pdf_and_a_page(fund: Fund, name: str) -> None:
    document = arranged(fund, name)
    assert pdf.render(document) == pdf.render(arranged(fund, name))
    assert document.title in html.page(document)
    assert csv.files(document)


@pytest.mark.parametrize("name", KINDS)
def test_both_languages_say_the_same_figures(fund: Fund, name: str) -> None:
    def cells(document: Document) -> list[object]:
        tables = [block for block in blocks_of(document) if isinstance(block, Table)]
        return [cell for table in tables for row in table.rows for cell in row.cells if isinstance(cell, Amount | int)]

    assert cells(arranged(fund, name, "fr")) == cells(arranged(fund, name, "en"))


def test_the_journal_is_centralised_by_month(fund: Fund) -> None:
    found = figures(fund, "journal")
    months = {(row["journal"], row["month"]): (row["entries"], row["debit"]) for row in found["months"]}
    assert found["lines"] == 95
    assert months["AN", "2026-01"] == (1, "46000.00")
    assert months["BQ", "2026-01"] == (3, "3545.00")  # 1 500 + 2 000 + 45
    assert months["AP", "2026-02"] == (3, "10000.00")  # 5 000 + 3 000 + 2 000
    assert months["HB", "2026-05"] == (3, "37000.00")  # 24 000 + 5 000 + 8 000
    assert months["IN", "2026-12"] == (7, "20600.00")  # 1 500 + 2 400 + 1 000 + 1 200 + 4 000 + 6 500 + 4 000
    assert sum(entries for entries, _debit in months.values()) == 42


def test_the_journal_shows_number_validation_and_lettering(fund: Fund) -> None:
    purchases = next(t for t in tables(arranged(fund, "journal")) if t.name == "AC")
    assert [row.cells for row in purchases.rows] == [
        ("1", date(2026, 11, 20), date(2026, 12, 10), "FA-1042", "622600", "",
         "Honoraires expertise comptable TTC", Amount(120000), None, ""),
        ("1", date(2026, 11, 20), date(2026, 12, 10), "FA-1042", "401000", "F001",
         "Honoraires expertise comptable TTC", None, Amount(120000), "AF"),
    ]  # fmt: skip


def test_a_lettering_of_later_says_nothing_yet(fund: Fund) -> None:
    purchases = next(t for t in tables(arranged(fund, "journal", on=date(2026, 11, 30))) if t.name == "AC")
    assert [row.cells[-1] for row in purchases.rows] == ["", ""]  # AF is of 5 December


def test_the_general_ledger_runs_from_opening_to_closing(fund: Fund) -> None:
    found = {row["account"]: row for row in figures(fund, "general-ledger")["accounts"]}
    bank = found["512000"]
    assert (bank["opening"], bank["debit"], bank["credit"], bank["closing"], bank["lines"]) == (
        "40000.00", "35500.00", "31745.00", "43755.00", 15,
    )  # fmt: skip
    assert found["120000"]["closing"] == "0.00"  # 2 000 put in reserve on 30 April
    assert found["106800"]["closing"] == "-22000.00"
    members = next(t for t in tables(arranged(fund, "general-ledger")) if t.name == "411000")
    assert [row.cells[7] for row in members.rows] == [
        Amount(each) for each in (100000, 600000, 900000, 1100000, 600000, 660000, 700000)
    ]  # 1 000, then 5 000 + 3 000 + 2 000, less 5 000, plus 600 and 400


def test_the_auxiliary_ledger_marks_what_is_open(fund: Fund) -> None:
    found = euros(figures(fund, "auxiliary-ledger")["accounts"], "opening", "debit", "credit", "closing", "open")
    assert found == {
        ("268100", "P2602"): ("0", "10000", "0", "10000", "10000"),
        ("274200", "P2503"): ("5000", "0", "2000", "3000", "3000"),
        ("274200", "P2603"): ("0", "6000", "0", "6000", "6000"),
        ("401000", "F001"): ("0", "1200", "1200", "0", "0"),
        ("411000", "M001"): ("0", "5600", "5000", "600", "600"),
        ("411000", "M002"): ("0", "3400", "0", "3400", "3400"),
        ("411000", "M003"): ("1000", "2000", "0", "3000", "3000"),
        ("441700", "REG"): ("0", "20000", "14000", "6000", "6000"),
        ("455000", "M002"): ("0", "1500", "1500", "0", "0"),
        ("458000", "P2407"): ("0", "1800", "1000", "800", "800"),
        ("458000", "P2602"): ("0", "0", "1200", "-1200", "-1200"),
        ("467100", "M001"): ("0", "12000", "12000", "0", "0"),
        ("467200", "P2604"): ("0", "3000", "0", "3000", "3000"),
        ("468200", "P2501"): ("-2000", "2000", "0", "0", "0"),
        ("468200", "P2502"): ("-7000", "1000", "0", "-6000", "-6000"),
        ("468200", "P2601"): ("0", "8000", "8000", "0", "0"),
    }
    north = next(t for t in tables(arranged(fund, "auxiliary-ledger")) if t.name == "411000 M001")
    assert [(row.cells[7], row.cells[8]) for row in north.rows] == [("AA", None), ("AA", None), ("", Amount(60000))]


def test_the_aged_balance_by_days(fund: Fund) -> None:
    rows = figures(fund, "aged-balance")["rows"]
    assert euros(rows, "balance", "not_due", "0_30", "31_60", "61_90", "over_90") == {
        ("274200", "P2503"): ("3000", "0", "0", "0", "0", "3000"),  # 5 000 of 1 January, 2 000 repaid 92 days ago
        ("274200", "P2603"): ("6000", "0", "0", "0", "0", "6000"),
        ("411000", "M001"): ("600", "0", "600", "0", "0", "0"),
        ("411000", "M002"): ("3400", "0", "400", "0", "0", "3000"),
        ("411000", "M003"): ("3000", "0", "0", "0", "0", "3000"),  # 1 000 of the opening, 2 000 of February
        ("441700", "REG"): ("6000", "0", "0", "0", "0", "6000"),
        ("458000", "P2407"): ("800", "0", "0", "-1000", "1800", "0"),  # 15 October: 77 days; 10 November: 51
        ("458000", "P2602"): ("-1200", "0", "-1200", "0", "0", "0"),
        ("467200", "P2604"): ("3000", "0", "0", "0", "3000", "0"),  # 5 October: 87 days
        ("468200", "P2502"): ("-6000", "0", "1000", "0", "0", "-7000"),
    }


def test_a_lettering_dated_after_the_day_leaves_both_lines_open(fund: Fund) -> None:
    rows = figures(fund, "aged-balance", on=date(2026, 11, 30))["rows"]
    found = euros(rows, "balance", "0_30")
    assert found["401000", "F001"] == ("-1200", "-1200")  # invoice of 20 November, lettered on 5 December
    assert ("468200", "P2601") not in found  # lettered on 20 November


def test_the_simple_view_lists_no_open_lines(fund: Fund) -> None:
    names = {view: [t.name for t in tables(arranged(fund, "aged-balance", view=view))] for view in ("simple", "expert")}
    assert "lignes 411000" in names["expert"]
    assert not any(name.startswith("lignes") for name in names["simple"])


def test_the_commitments_that_remain(fund: Fund) -> None:
    rows = figures(fund, "commitments")["commitments"]
    assert euros(rows, "opening", "voted", "executed", "ended", "remaining") == {
        ("801100", "P2604"): ("0", "5000", "3000", "0", "2000"),
        ("801800", "P2601"): ("0", "8000", "8000", "0", "0"),
        ("801800", "P2602"): ("0", "10000", "10000", "0", "0"),
        ("801800", "P2603"): ("0", "6000", "6000", "0", "0"),
    }
    spring = figures(fund, "commitments", on=date(2026, 5, 25))["commitments"]
    assert euros(spring, "remaining")["801800", "P2601"] == ("8000",)


def test_the_advances_and_when_they_fall_due(fund: Fund) -> None:
    from fund.models import AdvanceInstalment

    for due_on, minor in ((date(2026, 12, 1), 100000), (date(2027, 6, 1), 200000), (date(2028, 6, 1), 300000)):
        AdvanceInstalment.objects.create(
            fund=fund, beneficiary="P2603", agreement="CONV-2026-016", due_on=due_on, amount_minor=minor
        )
    rows = figures(fund, "advances")["advances"]
    assert euros(rows, "opening", "granted", "repaid", "settled", "remaining", "depreciated", "net") == {
        ("274200", "P2503"): ("5000", "0", "2000", "0", "3000", "1500", "1500"),
        ("274200", "P2603"): ("0", "6000", "0", "0", "6000", "0", "6000"),
    }
    assert [(due["on"], due["term"], due["amount"]) for due in rows[0]["due"]] == [(None, "unknown", "3000.00")]
    assert [(due["on"], due["term"], due["amount"]) for due in rows[1]["due"]] == [
        ("2026-12-01", "overdue", "1000.00"),
        ("2027-06-01", "within_a_year", "2000.00"),
        ("2028-06-01", "later", "3000.00"),
    ]


def test_subsidies_by_kind_of_authority(fund: Fund) -> None:
    before = figures(fund, "subsidies")
    assert before["subsidies"] == [
        {"account": "741000", "nature": "741", "party": "REG", "name": "Région", "category": "unknown",
         "amount": "20000.00"},
    ]  # fmt: skip
    assert any("Région" in note and "préciser" in note for note in arranged(fund, "subsidies").notes)
    PublicAuthority.objects.create(party=fund.parties.get(code="REG"), category="local")
    assert figures(fund, "subsidies")["subsidies"][0]["category"] == "local"
    assert before["receivables"] == [
        {"account": "441700", "party": "REG", "opening": "0.00", "notified": "20000.00", "received": "14000.00",
         "to_come": "6000.00"},
    ]  # fmt: skip
    matrix = next(tables(arranged(fund, "subsidies")))
    place = [column.label for column in matrix.columns].index("Collectivités territoriales")
    assert matrix.rows[0].cells[place] == Amount(2000000)


def test_related_parties_are_members_and_structures_of_those_who_decide(fund: Fund) -> None:
    rows = figures(fund, "related-parties")["transactions"]
    assert [(row["party"], row["account"], row["amount"], row["balance"]) for row in rows] == [
        ("M001", "411000", "5600.00", "600.00"),
        ("M001", "467100", "12000.00", "0.00"),
        ("M002", "411000", "3400.00", "3400.00"),
        ("M002", "455000", "1500.00", "0.00"),
        ("M003", "411000", "2000.00", "3000.00"),
    ]
    company = Party.objects.create(fund=fund, code="CIE", kind="organisation", name="Compagnie")
    Project.objects.create(
        fund=fund, code="P2601", title="Un projet", call_slug="c", company=company, awarded_minor=800000,
        awarded_on=date(2026, 5, 20),
    )  # fmt: skip
    person = Party.objects.create(fund=fund, code="PERS", kind="person", name="Quelqu’un")
    Mandate.objects.create(person=person, organisation=company, function="présidence", since=date(2020, 1, 1))
    user = User.objects.create(username="u")
    Access.objects.create(user=user, fund=fund, role="committee", party=person, since=date(2026, 1, 1))
    rows = figures(fund, "related-parties")["transactions"]
    aid = next(row for row in rows if row["party"] == "CIE" and row["account"] == "468200")
    assert (aid["amount"], aid["balance"], aid["relations"]) == ("8000.00", "0.00", ["committee"])


def test_income_by_origin_and_expenses_by_destination(fund: Fund) -> None:
    found = figures(fund, "origin-destination")
    assert {code: row["total"] for code, row in found["income"].items()} == {
        "1.1": "10000.00", "2.3": "12000.00", "2.4": "3800.00", "3": "20000.00", "5": "4000.00",
    }  # fmt: skip
    assert {code: row["total"] for code, row in found["expenses"].items()} == {
        "1.1a": "1200.00",  # loss on a coproduction
        "1.1b": "8000.00",  # aids
        "3": "1245.00",  # accountant 1 200, bank 45
        "4": "4900.00",  # 1 500 + 2 400 + 1 000
        "6": "10500.00",  # 6 500 + 4 000
    }
    assert found["result"] == "23955.00"
    assert {code: row["total"] for code, row in found["in_kind_given"].items()} == {"2": "5900.00"}
    assert {code: row["total"] for code, row in found["in_kind_used"].items()} == {"missions-sociales": "5900.00"}
    assert [(row["account"], row["destination"], row["amount"]) for row in found["defaults"]] == [
        ("622600", "fonctionnement", "1200.00"),
        ("627800", "fonctionnement", "45.00"),
        ("655500", "missions-sociales", "1200.00"),
        ("657100", "missions-sociales", "8000.00"),
        ("861000", "missions-sociales", "3500.00"),
        ("864000", "missions-sociales", "2400.00"),
    ]


def test_the_public_s_generosity_equals_its_column(fund: Fund) -> None:
    bank, gifts, work = AccountKey("512000"), AccountKey("754110"), AccountKey("622600")
    for number, (lines, on) in enumerate(
        (
            ((debit(bank, Amount(50000)), credit(gifts, Amount(50000), public_generosity=True)), date(2026, 7, 1)),
            (
                (
                    debit(work, Amount(12000), destination="recherche-de-fonds", public_generosity=True),
                    credit(bank, Amount(12000)),
                ),
                date(2026, 7, 2),
            ),
        )
    ):
        posting.post(
            fund.slug,
            Entry(journal="BQ", on=on, kind="test", reference=f"gift:{number}", label="Don", lines=lines),
        )
    found = figures(fund, "public-generosity")
    assert (found["resources"], found["uses"]) == ({"1.2a": "500.00"}, {"2.1": "120.00"})
    assert (found["opening"], found["result"], found["closing"]) == ("0.00", "380.00", "380.00")
    assert all(check["holds"] for check in found["checks"])
    crod = figures(fund, "origin-destination")
    assert crod["income"]["1.2a"] == {"total": "500.00", "generosity": "500.00"}


def test_the_pooled_fund_in_the_words_of_trust_funds(fund: Fund) -> None:
    found = figures(fund, "pooled-fund")
    assert found["flows"] == {
        "contributions": "31000.00",  # 5 000 + 12 000 + 14 000
        "interest": "0.00",
        "refundable": "1500.00",
        "returns": "1000.00",
        "other-source": "0.00",
        "transfers": "29000.00",  # 2 000 + 4 000 + 4 000, 10 000, 6 000, 3 000
        "refunds": "2000.00",
        "refundable-repaid": "1500.00",
        "direct-costs": "1200.00",
        "bank-charges": "45.00",
        "other-use": "0.00",
    }
    assert (found["opening"], found["source"], found["use"], found["closing"]) == (
        "40000.00", "33500.00", "29745.00", "43755.00",
    )  # fmt: skip
    assert {row["party"]: (row["commitment"], row["deposit"], row["due"]) for row in found["members"]} == {
        "M001": ("17600.00", "17000.00", "600.00"),
        "M002": ("3400.00", "0.00", "3400.00"),
        "M003": ("2000.00", "0.00", "3000.00"),
        "REG": ("20000.00", "14000.00", "6000.00"),
    }
    total = found["total"]
    assert (total["net_funded"], total["expenditure"], total["delivery_rate"]) == ("27000.00", "11200.00", "56/135")
    facts = arranged(fund, "pooled-fund")
    assert "41,5\u202f%" in html.page(facts)  # 56/135 = 41.48 %


def test_figures_open_what_they_are_made_of(fund: Fund) -> None:
    links = "/essais/books/"
    purchases = next(t for t in tables(arranged(fund, "journal", links=links)) if t.name == "AC")
    number, account = purchases.rows[0].cells[0], purchases.rows[0].cells[4]
    assert isinstance(number, Link)
    assert number.target == "/essais/books/entries/entry:29"
    assert isinstance(account, Link)
    address, _, day = account.target.partition("?as_of=")
    assert address == "/essais/books/accounts/622600/EUR/"
    assert date.fromisoformat(day) <= LAST  # no page is asked as of a day that nobody knows yet


def test_each_rubric_opens_the_accounts_it_is_made_of(fund: Fund) -> None:
    document = arranged(fund, "origin-destination", links="/essais/books/")
    anchors = [row for table in tables(document) for row in table.rows if row.anchor]
    assert len(anchors) == 15  # seven of income, six of expenses, one of each side in kind
    for row in anchors:
        found = origin_destination.KIND.line(asked(fund), row.anchor)  # type: ignore[misc]
        figure = row.cells[1]
        assert isinstance(figure, Link)
        assert figure.target == f"/essais/books/statements/2026/origin-destination/lines/{row.anchor}?on=2026-12-31"
        assert found is not None
        assert Amount(found.minor) == figure.value
        assert found.rows
    for code in ("income-9", "nothing", "expenses-", "used-nowhere", ""):
        assert origin_destination.KIND.line(asked(fund), code) is None  # type: ignore[misc]
        assert public_generosity.KIND.line(asked(fund), code) is None  # type: ignore[misc]


def test_each_flow_of_the_bank_opens_its_entries(fund: Fund) -> None:
    document = arranged(fund, "pooled-fund", links="/essais/books/")
    flows = next(tables(document))
    opened = {row.cells[0]: row.cells[2] for row in flows.rows if isinstance(row.cells[2], Link)}
    assert len(opened) == 8
    by_name = {table.name: table for table in tables(document)}
    for label, figure in opened.items():
        assert isinstance(figure, Link)
        table = by_name[figure.target.removeprefix("#flow-")]
        assert table.caption == label
        total = table.total[-1]
        assert isinstance(total, Amount)
        assert abs(total) == abs(figure.value)  # type: ignore[arg-type]
    simple = arranged(fund, "pooled-fund", view="simple")
    assert not [table for table in tables(simple) if table.name in by_name and table.name == "transfers"]


def test_what_does_not_agree_is_said_with_both_figures(fund: Fund) -> None:
    from fund.statements.accounts.book_parts import Check, check_notes

    heading = journal.KIND.read(asked(fund)).heading
    check = Check(("le total", "the total"), 1200, 1100)
    assert check_notes((check,), heading, "fr") == (
        "Écart\xa0: le total est de 12,00\xa0€ ici et de 11,00\xa0€ selon la balance. Ne publiez pas cet état avant de "
        "l’avoir expliqué.",
    )
    assert check_notes((check,), heading, "en")[0].startswith("Difference: the total is €12.00 here and €11.00")


def test_an_undone_lettering_opens_its_lines_again(fund: Fund) -> None:
    unletter(fund.slug, AccountKey("411000", party="M001"), code="AA", by="test")
    rows = figures(fund, "aged-balance")["rows"]
    assert euros(rows, "balance", "0_30", "over_90")["411000", "M001"] == ("600", "600", "0")
    assert figures(fund, "aged-balance", on=LAST)["checks"]
