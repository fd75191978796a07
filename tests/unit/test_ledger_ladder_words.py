"""What may stand in the books as a code, a text or a date, whatever somebody sends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from ledger.errors import CodeInvalid, DateInvalid, LedgerError, TextInvalid
from ledger.journal import AccountKey
from ledger.ladder import check_account, check_code, check_date, check_text

INVISIBLE = {
    "newline": "A\nB",
    "carriage return": "A\rB",
    "tab": "A\tB",
    "null": "A\0B",
    "escape": "A\x1b[31mB",
    "line separator": "A\N{LINE SEPARATOR}B",
    "zero width space": "A\N{ZERO WIDTH SPACE}B",
    "right-to-left override": "A\N{RIGHT-TO-LEFT OVERRIDE}B",
    "byte order mark": "\N{ZERO WIDTH NO-BREAK SPACE}AB",
    "half of a surrogate": "A\ud800B",
    "soft hyphen": "A\N{SOFT HYPHEN}B",
    "nothing": "",
    "no text": 7,
}


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_no_invisible_character_enters_the_books(text: Any) -> None:
    for check, refusal in ((check_code, CodeInvalid), (check_text, TextInvalid)):
        with pytest.raises(refusal) as refused:
            check("The word", text)
        str(refused.value).encode()  # what is refused can still be shown
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["A B", "A:B", "A\N{NO-BREAK SPACE}B", "x" * 65])
def test_a_code_has_no_space_no_colon_and_an_end(text: str) -> None:
    with pytest.raises(CodeInvalid):
        check_code("The code", text)


@pytest.mark.parametrize("text", ["512", "EUR-INKIND", "M03", "théâtre", "REL-2026/0009", "x" * 64, "日本"])
def test_codes_of_any_language_are_codes(text: str) -> None:
    check_code("The code", text)


def test_a_reference_may_hold_colons() -> None:
    check_code("The reference", "bank:2026-01:17", colon=True)


@pytest.mark.parametrize(
    "text", ["Mme Untel, loge 5", "Facture n°\N{NO-BREAK SPACE}7", "1\N{NARROW NO-BREAK SPACE}200,00", "😀"]
)
def test_a_label_is_a_line_of_any_language(text: str) -> None:
    check_text("The label", text)


@pytest.mark.parametrize("text", [" ", "\N{NO-BREAK SPACE}", "x" * 201])
def test_a_label_says_something_and_ends(text: str) -> None:
    with pytest.raises(TextInvalid):
        check_text("The label", text)


@pytest.mark.parametrize("on", [datetime(2026, 1, 10), "2026-01-10", None, 20260110])
def test_a_date_is_a_date(on: Any) -> None:
    with pytest.raises(DateInvalid):
        check_date("The date", on)
    check_date("The date", date(2026, 1, 10))


@pytest.mark.parametrize(
    "key", [AccountKey(""), AccountKey("5 12"), AccountKey("411", "M:1"), AccountKey("411", convention="\t")]
)
def test_every_part_of_an_account_is_a_code(key: AccountKey) -> None:
    with pytest.raises(CodeInvalid):
        check_account(key)


def test_every_refusal_has_a_code_of_its_own_and_two_languages() -> None:
    kinds = [kind for kind in LedgerError.__subclasses__() if kind.__module__ == "ledger.errors"]
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes) > 30
    for kind in kinds:
        assert kind.en != LedgerError.en
        assert kind.fr not in ("", LedgerError.fr)
        assert kind.__doc__
