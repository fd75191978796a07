"""What each legal form asks of a charter: which questions, of which article, in which words."""

from __future__ import annotations

import pytest

from fund.charter.legal_form import legal_questions
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.words.legal_sentences import ASKED

EXPECTED = {
    "groupement-employeurs": ["losses-to-members:risks.dette-sociale"],
    "sep": ["sep-revealed:charter", "cash-to-members:returns.benefice"],
    "creafonds": [],
    "scic": [],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_shipped_charter_asks(name: str) -> None:
    assert [question.key for question in legal_questions(shipped(name))] == EXPECTED[name]


@pytest.mark.parametrize("name", shipped_names())
def test_each_question_is_a_question_in_both_languages(name: str) -> None:
    for question in legal_questions(shipped(name)):
        french, english = question.asked("fr"), question.asked("en")
        assert french.endswith("?")
        assert english.endswith("?")
        assert french != english
        assert "{" not in french + english


def test_a_loss_within_what_a_member_brought_asks_nothing() -> None:
    text = shipped_text("creafonds").decode()
    assert 'limit = "50 % of contribution"' in text
    unlimited, twice = text.replace('limit = "50 % of contribution"\n', ""), text.replace('"50 % of c', '"200.00" # "c')
    for each in (unlimited, twice):
        assert [question.key for question in legal_questions(read_charter(each))] == ["losses-to-members:risks.pertes"]


FORMS = ("association-1901", "scic", "sep", "simple-coproduction")


@pytest.mark.parametrize("form", FORMS)
def test_cash_to_members_is_asked_in_the_words_of_the_form(form: str) -> None:
    text = shipped_with_cash(form)
    (question,) = (each for each in legal_questions(read_charter(text)) if each.code == "cash-to-members")
    assert question.asked("en") == ASKED["cash-to-members"][form]["en"].format(article="benefice")
    assert question.named == "contrat"


def shipped_with_cash(form: str) -> str:
    return f"""
[charter]
title = "x"
version = "1"
summary = "x"
currency = "EUR"
legal_form = "{form}"

[[contributions]]
name = "public"
categories = ["public-funder"]
formula = "pledged"

[[returns]]
name = "benefice"
base = "profit"
rate = "10 %"
source = "made-up"

[[returns.splits]]
to = "members"
share = "100 %"
form = "cash"
key = "equal"
legal_basis = "contrat"
"""


def test_a_public_funder_in_a_sep_is_asked_about() -> None:
    keys = [question.key for question in legal_questions(read_charter(shipped_with_cash("sep")))]
    assert keys == [
        "sep-revealed:charter",
        "sep-public-funder:contributions.public",
        "cash-to-members:returns.benefice",
    ]


def surplus(first: str, second: str) -> str:
    """A SCIC that shares its surplus by two rules side by side."""
    head = shipped_with_cash("scic").partition("[[contributions]]")[0]
    rules = [
        f"""
[[returns]]
name = "part-{name}"
base = "surplus"
rate = "{rate}"
source = "made-up"

[[returns.splits]]
to = "members"
share = "100 %"
form = "cash"
key = "equal"
legal_basis = "statuts"
"""
        for name, rate in (("a", first), ("b", second))
    ]
    return head + "".join(rules)


def test_a_scic_shares_no_more_than_the_law_by_all_its_rules_together() -> None:
    assert faults_of(surplus("20 %", "22.5 %")) == []
    (fault,) = faults_of(surplus("20 %", "23 %"))
    assert (fault.code, fault.where) == ("legal-scic", "returns[1].splits[0]")
    assert "43 %" in fault.what("en")
