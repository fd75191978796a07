"""The year that an accountant wrote by hand, entry by entry: each is what an event of `fund.entries` gives."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from fund import entries
from fund.accounting.destinations import MISSIONS, RUNNING
from fund.chart import OPTIONS
from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import EUR, EUR_INKIND, HOUR, Amount

CASE = Path(__file__).resolve().parents[1] / "acceptance" / "folders" / "fund_year_2026" / "entries.csv"


def eur(major: str) -> Amount:
    return Amount.parse(major)


NO_HOURS = Amount(0, HOUR)
CALLED = {"option": OPTIONS["membership-on-call"]}
P2601 = {"company": "", "project": "P2601"}
P2602 = {"company": "", "project": "P2602"}
P2603 = {"company": "", "project": "P2603"}
P2604 = {"company": "", "project": "P2604"}
NO_AGREEMENT = {"agreement": ""}
RUN = {"destination": RUNNING}


def kind(major: str) -> Amount:
    return Amount.parse(major, EUR_INKIND)


def opening() -> tuple[Line, ...]:
    """The à-nouveaux of 2026: what the year before left, no event of this one."""
    owed = {"P2501": "2000.00", "P2502": "7000.00"}
    held = [("102400", "5000.00"), ("106800", "20000.00"), ("110000", "4000.00"), ("120000", "2000.00")]
    return (
        debit(AccountKey("512"), eur("40000.00")),
        debit(AccountKey("2742", project="P2503"), eur("5000.00")),
        debit(AccountKey("411", party="M003"), eur("1000.00")),
        *(credit(AccountKey(number), eur(amount)) for number, amount in held),
        credit(AccountKey("194"), eur("6000.00")),
        *(credit(AccountKey("4682", project=project), eur(amount)) for project, amount in owed.items()),
    )


YEAR: dict[int, tuple[Line, ...]] = {
    1: opening(),
    2: entries.loan_received(member="M002", account="455", convention="", amount=eur("1500.00")),
    3: entries.tranche_paid(company="", project="P2501", agreement="", amount=eur("2000.00")),
    4: entries.bank_charged(**RUN, amount=eur("45.00")),
    5: entries.contribution_called(member="M001", **CALLED, amount=eur("5000.00")),
    6: entries.contribution_called(member="M002", **CALLED, amount=eur("3000.00")),
    7: entries.contribution_called(member="M003", **CALLED, amount=eur("2000.00")),
    8: entries.contribution_received(member="M001", **CALLED, amount=eur("5000.00")),
    9: entries.financial_contribution_signed(member="M001", convention="CF-2026-01", amount=eur("12000.00")),
    10: entries.financial_contribution_received(member="M001", convention="CF-2026-01", amount=eur("12000.00")),
    11: entries.subsidy_notified(funder="REG", convention="ARR-118", amount=eur("20000.00")),
    12: entries.subsidy_received(funder="REG", convention="ARR-118", amount=eur("14000.00")),
    13: entries.result_allocated(source="120", account="1068", amount=eur("2000.00")),
    14: (
        *entries.award_voted(**P2601, amount=eur("8000.00")),
        *entries.commitment_given(account="80184", **P2602, amount=eur("10000.00")),
        *entries.commitment_given(account="80185", **P2603, amount=eur("6000.00")),
    ),
    15: entries.commitment_given(account="8011", **P2604, amount=eur("5000.00")),
    16: entries.award_granted(**P2601, **NO_AGREEMENT, amount=eur("8000.00")),
    17: entries.commitment_ended(account="80181", **P2601, amount=eur("8000.00")),
    18: entries.tranche_paid(**P2601, **NO_AGREEMENT, amount=eur("4000.00")),
    19: entries.tranche_paid(**P2601, **NO_AGREEMENT, amount=eur("4000.00")),
    20: entries.coproduction_paid(**P2602, agreement="CONV-015", account="2681", amount=eur("10000.00")),
    21: entries.commitment_ended(account="80184", **P2602, amount=eur("10000.00")),
    22: entries.advance_paid(**P2603, agreement="CONV-016", account="2742", amount=eur("6000.00")),
    23: entries.commitment_ended(account="80185", **P2603, amount=eur("6000.00")),
    24: entries.advance_repaid(company="", project="P2503", **NO_AGREEMENT, account="2742", amount=eur("2000.00")),
    25: entries.guarantee_paid(**P2604, **NO_AGREEMENT, amount=eur("3000.00")),
    26: entries.commitment_ended(account="8011", **P2604, amount=eur("3000.00")),
    27: entries.coproduction_income_due(company="", project="P2407", **NO_AGREEMENT, amount=eur("1800.00")),
    28: entries.coproduction_income_received(company="", project="P2407", **NO_AGREEMENT, amount=eur("1000.00")),
    29: entries.invoice_received(
        supplier="F001", account="6226", project="", convention="", **RUN, public_generosity=False,
        amount=eur("1200.00"),
    ),
    30: entries.invoice_paid(supplier="F001", amount=eur("1200.00")),
    31: entries.loan_repaid(member="M002", account="455", convention="", amount=eur("1500.00")),
    32: entries.loss_called(shares={"M001": eur("600.00"), "M002": eur("400.00")}, project="P2604"),
    33: entries.award_reduced(
        company="", project="P2502", **NO_AGREEMENT, amount=eur("1000.00"), is_same_year=False
    ),
    34: entries.impairment_made(account="2974", company="", project="P2503", amount=eur("1500.00")),
    35: entries.impairment_made(account="496", **P2604, amount=eur("2400.00")),
    36: entries.provision_made(account="1518", **P2604, amount=eur("1000.00")),
    37: entries.coproduction_loss_borne(**P2602, **NO_AGREEMENT, amount=eur("1200.00")),
    38: entries.dedicated_funds_used(account="194", project="", convention="ARR-2025", amount=eur("4000.00")),
    39: entries.dedicated_funds_carried(account="194", project="", convention="ARR-118", amount=eur("6500.00")),
    40: entries.dedicated_funds_carried(account="195", project="", convention="CF-2026-01", amount=eur("4000.00")),
    41: entries.in_kind_received(
        member="M002", kind="premises", project="P2601", value=kind("3500.00"), hours=NO_HOURS
    ),
    42: entries.in_kind_received(
        member="COM", kind="work", project="P2601", value=kind("2400.00"), hours=Amount.parse("120", HOUR)
    ),
}  # fmt: skip

WITHOUT_AUXILIARY = ("6", "7", "86", "87")
"""Income, expenses and help in kind are kept for no third party in the accountant's books."""


def written() -> dict[int, list[tuple[str, str, int]]]:
    """Account, auxiliary and amount in cents, debit positive, of each line of each entry of the file."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    with CASE.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            minor = Amount.parse(row["debit"]).minor - Amount.parse(row["credit"]).minor
            found.setdefault(int(row["entry"]), []).append((row["account"], row["auxiliary"], minor))
    return found


def as_written(lines: Iterable[Line]) -> Counter[tuple[str, str]]:
    """What lines move, by account in six digits and auxiliary; hours stand in no file, and 8018 is not parted there."""
    moved: Counter[tuple[str, str]] = Counter()
    for line in lines:
        account = line.account
        if account.chart.startswith("9"):
            continue
        number = "8018" if account.chart.startswith("8018") else account.chart
        bare = number.startswith(WITHOUT_AUXILIARY)
        moved[number.ljust(6, "0"), "" if bare else account.party or account.project] += line.minor
    return moved


WRITTEN = written()


def test_the_table_holds_every_entry_of_the_year() -> None:
    assert list(YEAR) == list(WRITTEN) == list(range(1, 43))


@pytest.mark.parametrize("number", YEAR)
def test_an_event_gives_the_lines_that_the_accountant_wrote(number: int) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for account, auxiliary, minor in WRITTEN[number]:
        expected[account, auxiliary] += minor
    assert as_written(YEAR[number]) == expected


def test_every_expense_says_what_it_is_for_and_every_dedicated_line_whose_money_it_is() -> None:
    lines = [line for number in range(2, 43) for line in YEAR[number]]
    expenses = [line for line in lines if line.account.chart.startswith("6")]
    assert expenses
    assert {line.destination for line in expenses} == {MISSIONS, RUNNING}
    dedicated = [line for line in lines if line.account.chart.startswith(("19", "689", "789"))]
    assert len(dedicated) == 6
    assert all(line.convention for line in dedicated)
    assert {line.account.unit for line in lines if line.account.chart.startswith(("86", "87"))} == {EUR_INKIND}
    assert {line.account.unit for line in lines if line.account.chart.startswith("411")} == {EUR}
