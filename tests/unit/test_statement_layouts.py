"""Which line an account stands on, in tables that an accountant can check; and what has no line is refused by name."""

from __future__ import annotations

from datetime import date

import pytest

from fund.accounting import balance_sheet as sheets
from fund.accounting import income_statement as incomes
from fund.accounting.balance_sheet_lines import LAYOUTS as BALANCE_SHEETS
from fund.accounting.income_statement_lines import IN_KIND
from fund.accounting.income_statement_lines import LAYOUTS as INCOME_STATEMENTS
from fund.accounting.layout_errors import BalanceSheetUnbalanced, LayoutUnknown, LineMissing
from fund.accounting.layouts import Memo, Subtotal, line_of
from fund.accounting.own_funds import own_funds
from fund.accounting.trial_balance import trial_balance
from fund.accounting.year import FiscalYear, YearAccounts, YearKey, YearRow

SINCE_2025, BEFORE_2025 = "anc-2022-06", "anc-2018-06"

BALANCES = """
# account  side   line                     because
  102400   credit own-complementary        other own funds without right of return
  1034     credit returnable-complementary with right of return
  1068     credit reserves-project         the reserve for the project
  119      debit  carried-forward          a debit carried forward is taken off
  129      debit  result-before            a deficit not yet allocated
  139      debit  investment-grants        what was taken to income is taken off
  1518     credit provisions-risks         a guarantee likely to be called
  158      credit provisions-charges       charges
  1631     credit bonds                    associative securities
  16884    credit credit-institutions      interest due to a bank
  169      debit  premiums                 never netted with the loan
  191      credit deferred-legacies        bequests
  195      credit dedicated-funds          contributions of other bodies
  2681     debit  participations           a stake in a co-production
  269      credit fixed-asset-debts        still to pay on holdings
  2742     debit  loans                    a refundable advance
  2974     credit loans                    written down in its own column
  27684    debit  loans                    interest due on loans
  2801     credit set-up-costs             depreciation of 201
  2818     credit other-tangible           depreciation of 218
  401      credit suppliers                a bill to pay
  401      debit  other-receivables        a supplier that owes
  404      credit fixed-asset-debts        a bill for equipment
  4091     debit  other-receivables        paid in advance
  411      debit  clients                  a member that owes
  411      credit other-debts              a member who paid too much
  4419     credit other-debts              an advance on a grant is no tax
  441      debit  other-receivables        a grant receivable
  4457     credit tax-social               value added tax
  421      credit tax-social               wages due
  425      debit  other-receivables        an advance to staff
  455      credit other-debts              refundable money of a member
  458      debit  other-receivables        a project that owes
  458      credit other-debts              another project that is owed
  461      debit  legacies-receivable      a bequest receivable
  461      credit other-debts              the other side
  466      credit legacies-debts           a bequest's debt
  4671     debit  other-receivables        a contribution receivable
  4682     credit other-debts              awards payable
  4682     debit  other-receivables        an award paid twice
  476      debit  translation-assets       translation
  477      credit translation-liabilities  translation
  481      debit  loan-costs               costs of issuing loans
  486      debit  prepaid                  prepaid expenses
  487      credit deferred-income          deferred income
  491      credit clients                  members that will not pay
  496      credit other-receivables        debtors that will not pay
  508      debit  investments              securities
  512      debit  cash                     the bank
  512      credit credit-institutions      an overdraft
  519      credit credit-institutions      bank credit
  530      debit  cash                     cash in hand
  580      debit  cash                     money on its way
  590      credit investments              written down
  657100   debit  result                   an expense is in the result
  741      credit result                   income is in the result
"""

MOVEMENTS = """
# account  line in 2018             line since 2025            because
  6037     stock-change             stock-change               goods alone
  6031     external                 external                   other stocks are purchases
  607      goods-bought             goods-bought               goods
  6226     external                 external                   fees
  641      wages                    wages                      wages
  645      social-charges           social-charges             social charges
  6555     other-expenses           other-expenses             a share of a loss
  6571     awards                   awards                     aid granted
  66       interest-paid            interest-paid              interest
  667      investments-lost         investments-lost           investments
  671      exceptional-costs        exceptional-costs          exceptional
  675      exceptional-capital-costs exceptional-costs         one line since 2025
  6815     provisions               provisions                 provisions apart from write-downs
  681740   depreciation             depreciation               write-downs of receivables
  686620   financial-provisions     financial-provisions       write-downs of loans
  687      exceptional-provisions   exceptional-provisions     exceptional
  6894     dedicated-funds-carried  dedicated-funds-carried    carried forward
  691      profit-sharing           profit-sharing             employees
  695      income-tax               income-tax                 tax
  7073     goods-sold               goods-sold                 gifts in kind sold
  706      services-sold            services-sold              services
  73       public-grants            public-grants              public support
  741      public-grants            public-grants              grants
  7542     patronage                patronage                  patronage
  75411    gifts                    gifts                      gifts
  7551     contributions-received   contributions-received     contributions of other bodies
  7555     other-income             other-income               a share of a profit is no contribution
  7561     memberships              memberships                memberships
  758810   other-income             other-income               returns of projects
  766      exchange-gains           exchange-gains             exchange
  777      exceptional-capital      exceptional-income         one line since 2025
  7815     reversals                reversals                  reversals
  791      reversals                -                          transfers of expenses are gone since 2025
  7894     dedicated-funds-used     dedicated-funds-used       used
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(maxsplit=3) for line in table.splitlines() if line.strip() and not line.startswith("#")]


def year(*closings: tuple[str, int], chart: str = SINCE_2025, party: str = "") -> YearAccounts:
    """Accounts that moved by these amounts, debit above zero."""
    moved = (
        YearRow(YearKey(number, party=party), 0, max(minor, 0), max(-minor, 0)) for number, minor in closings if minor
    )
    fiscal = FiscalYear("2026", date(2026, 1, 1), date(2026, 12, 31), chart)
    return YearAccounts(fiscal, fiscal.last, "EUR", tuple(sorted(moved, key=lambda row: row.key)))


@pytest.mark.parametrize(("number", "side", "line", "because"), rows(BALANCES))
@pytest.mark.parametrize("chart", [BEFORE_2025, SINCE_2025])
def test_an_account_of_the_balance_sheet_has_its_line(
    chart: str, number: str, side: str, line: str, because: str
) -> None:
    found = line_of(BALANCE_SHEETS[chart], number, 1 if side == "debit" else -1)
    assert found is not None
    assert found.code == line, because


@pytest.mark.parametrize(("number", "before", "since", "because"), rows(MOVEMENTS))
def test_an_account_of_the_income_statement_has_its_line(number: str, before: str, since: str, because: str) -> None:
    for chart, line in ((BEFORE_2025, before), (SINCE_2025, since)):
        found = line_of(INCOME_STATEMENTS[chart], number, 1)
        assert (found.code if found else "-") == line, because


def test_codes_are_unique_in_a_layout_and_every_block_is_in_a_total() -> None:
    for layouts in (BALANCE_SHEETS, INCOME_STATEMENTS, IN_KIND):
        for layout in layouts.values():
            items = [item for part in layout.parts.values() for item in part]
            codes = [item.code for item in items if hasattr(item, "code")]
            assert len(codes) == len(set(codes))
            summed = {block for item in items if isinstance(item, Subtotal) for block in (*item.of, *item.minus)}
            assert {line.block for line in layout.lines} == summed
            memos = [item for item in items if isinstance(item, Memo)]
            assert all(line_of(layout, memo.accounts[0], memo.sign) is not None for memo in memos)


@pytest.mark.parametrize("chart", [BEFORE_2025, SINCE_2025])
def test_the_simple_view_takes_every_official_line_once(chart: str) -> None:
    for layout, plain in ((BALANCE_SHEETS[chart], sheets.PLAIN), (INCOME_STATEMENTS[chart], incomes.PLAIN)):
        taken = [code for lines in plain.values() for line in lines for code in line.codes]
        assert len(taken) == len(set(taken))
        assert {line.code for line in layout.lines} <= set(taken)


def test_third_parties_are_never_netted() -> None:
    owed = YearRow(YearKey("458", party="P1"), 0, 800, 0)
    due = YearRow(YearKey("458", project="P2"), 0, 0, 1200)
    bank = YearRow(YearKey("512"), 0, 400, 0)
    found = year()
    sheet = sheets.balance_sheet(
        YearAccounts(found.year, found.as_of, "EUR", tuple(sorted((owed, due, bank), key=lambda row: row.key))), None
    )
    said = {line.code: line.net for line in (*sheet.assets, *sheet.liabilities)}
    assert (said["other-receivables"], said["other-debts"], sheet.total) == (800, 1200, 1200)


def test_an_account_without_a_line_is_refused_by_name_with_its_balance() -> None:
    with pytest.raises(LineMissing, match=r"791 \(-3\.00 EUR\)") as refusal:
        incomes.income_statement(year(("512", 300), ("791", -300)), None)
    assert "Rien n’est écarté en silence" in refusal.value.sentence("fr")
    with pytest.raises(LineMissing, match=r"101 \(-1\.00 EUR\), 107 \(-2\.00 EUR\)"):
        sheets.balance_sheet(year(("101", -100), ("107", -200), ("512", 300)), None)
    assert incomes.income_statement(year(("791", -300), chart=BEFORE_2025), None).income == 300


def test_sides_that_differ_are_refused_with_both_totals() -> None:
    with pytest.raises(BalanceSheetUnbalanced, match=r"assets are 5\.00 EUR and the liabilities 0\.00 EUR"):
        sheets.balance_sheet(year(("512", 500), ("8018", -500)), None)


def test_a_chart_without_a_layout_is_refused() -> None:
    for make in (sheets.balance_sheet, incomes.income_statement, incomes.in_kind):
        with pytest.raises(LayoutUnknown, match="pcg-1982"):
            make(year(chart="pcg-1982"), None)


def test_lines_that_are_empty_in_both_years_are_left_out_and_those_of_one_year_stay() -> None:
    now, before = year(("512", 500), ("7561", -500)), year(("512", 200), ("741", -200))
    lines = {line.code: (line.net, line.before) for line in incomes.income_statement(now, before).lines}
    assert lines["memberships"] == (500, 0)
    assert lines["public-grants"] == (0, 200)
    assert "awards" not in lines
    assert "financial-result" not in lines
    assert lines["result"] == (500, 200)


def test_without_the_year_before_its_column_is_what_was_carried_over() -> None:
    opened = (
        YearRow(YearKey("120"), -200, 200, 0),
        YearRow(YearKey("1068"), -50, 0, 200),
        YearRow(YearKey("512"), 250, 0, 0),
    )
    found = year()
    accounts = YearAccounts(found.year, found.as_of, "EUR", tuple(sorted(opened, key=lambda row: row.key)))
    sheet = sheets.balance_sheet(accounts, None)
    before = {line.code: line.before for line in (*sheet.assets, *sheet.liabilities)}
    assert (before["result"], before["reserves-project"], before["total-assets"]) == (200, 50, 250)
    assert before["total-liabilities"] == 250
    assert not sheets.balance_sheet(year(("512", 5), ("741", -5)), None).has_before


def test_own_funds_tell_an_allocation_apart_from_what_grew_and_what_was_used() -> None:
    rows_ = (
        YearRow(YearKey("102400"), -500, 0, 100),
        YearRow(YearKey("106800"), -2000, 300, 200),
        YearRow(YearKey("120"), -200, 200, 0),
        YearRow(YearKey("512"), 2700, 1000, 0),
        YearRow(YearKey("741"), 0, 0, 800),
    )
    found = year()
    accounts = YearAccounts(found.year, found.as_of, "EUR", rows_)
    table = own_funds(accounts, [("120", 200), ("106800", -200)])
    said = {
        line.code: (line.opening, line.allocated, line.increase, line.decrease, line.closing) for line in table.lines
    }
    assert said == {
        "own-complementary": (500, 0, 100, 0, 600),
        "reserves-project": (2000, 200, 0, 300, 1900),
        "result": (200, -200, 800, 0, 800),
    }
    assert (table.total.allocated, table.total.closing) == (0, 3300)


def test_a_deficit_is_a_decrease_of_own_funds() -> None:
    table = own_funds(year(("512", -300), ("6571", 300)), [])
    assert [(line.code, line.decrease, line.closing) for line in table.lines] == [("result", 300, -300)]


def test_the_trial_balance_shows_one_side_of_a_balance_and_both_of_the_movements() -> None:
    accounts = year()
    row = YearRow(YearKey("411", party="M1"), 100, 50, 300)
    other = YearRow(YearKey("411", party="M2"), -20, 0, 0)
    found = trial_balance(YearAccounts(accounts.year, accounts.as_of, "EUR", (row, other)))
    assert found.classes[0].lines[0].columns == (80, 0, 50, 300, 0, 170)
    assert not found.is_balanced
    assert trial_balance(accounts).total.columns == (0,) * 6
    assert trial_balance(accounts).is_balanced
