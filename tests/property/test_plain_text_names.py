"""Any account and any unit has a name that both tools accept, its own, and one that leads back."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.journal import AccountKey
from ledger.ladder import check_code
from ledger.money import EUR, Unit
from ledger.plain_names import NameUnreadable, account_name, account_of, unit_code, unit_name

LEGAL_ACCOUNT = re.compile(r"(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z0-9][A-Za-z0-9-]*)+", re.ASCII)
"""Within what beancount 3 accepts (`core/account.py`), in ASCII."""
LEGAL_UNIT = re.compile(r"[A-Z][A-Z0-9'._-]*[A-Z0-9]", re.ASCII)
"""What beancount 3 reads as a commodity (`parser/lexer.l`), but for the values TRUE, FALSE and NULL."""

awkward = st.text(st.sampled_from("ZzXxAa09fF-._'é€😀"), min_size=1, max_size=12)
codes = awkward | st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=":"), min_size=1, max_size=64)
parts = st.just("") | codes
keys = st.builds(AccountKey, codes, parts, parts, parts, st.just(EUR))
units = codes.map(lambda text: text[:20]) | st.sampled_from(["TRUE", "FALSE", "NULL", "Z", "X", "-", "EUR-INKIND"])


def is_code(text: str) -> bool:
    try:
        check_code("The account", text)
    except LedgerError:
        return False
    return True


@given(keys)
def test_the_name_of_an_account_is_legal_and_leads_back(key: AccountKey) -> None:
    name = account_name(key)
    assert LEGAL_ACCOUNT.fullmatch(name)
    assert account_of(name, EUR) == key


@given(keys, keys)
def test_two_accounts_never_share_a_name(one: AccountKey, other: AccountKey) -> None:
    assert (account_name(one) == account_name(other)) == (one == other)


@given(units)
def test_the_name_of_a_unit_is_legal_and_leads_back(code: str) -> None:
    name = unit_name(code)
    assert LEGAL_UNIT.fullmatch(name)
    assert name not in {"TRUE", "FALSE", "NULL"}
    assert unit_code(name) == code


@given(units, units)
def test_two_units_never_share_a_name(one: str, other: str) -> None:
    assert (unit_name(one) == unit_name(other)) == (one == other)


@given(st.lists(st.text(st.sampled_from("Z0-9Aaf6x"), max_size=8), min_size=1, max_size=4))
def test_what_is_read_is_what_would_be_written(components: list[str]) -> None:
    """No second spelling of the same account passes for it."""
    for root in ("Assets", "Equity", "Liabilities", "Income", "Expenses"):
        name = ":".join((root, *components))
        try:
            key = account_of(name, EUR)
        except NameUnreadable:
            continue
        assert account_name(key) == name


@given(codes)
def test_the_codes_drawn_here_are_those_the_books_accept(text: str) -> None:
    assert is_code(text)
    assert account_of(account_name(AccountKey(text, unit=Unit("X", 0))), EUR).chart == text
