"""A charter read aloud: its articles, in the order in which one would read them; and an outcome in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fund.charter.facts import Facts
from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome
from fund.charter.rules import Rule
from fund.charter.words.article_texts import contribution_text, term_text, tranches_text
from fund.charter.words.declared_texts import declared_texts
from fund.charter.words.due_accounts import DueAccounts
from fund.charter.words.gate_texts import gates_text
from fund.charter.words.governance_texts import governance_text
from fund.charter.words.known_words import quoted, spoken
from fund.charter.words.notoriety_texts import notoriety_text
from fund.charter.words.numbers_in_words import amount
from fund.charter.words.rule_texts import rule_text
from fund.charter.words.step_sentences import sentence

__all__ = ["Article", "articles", "charter_lines", "of_outcome", "sentence", "spoken", "summary"]

_TITLES = {
    "contributions": ("Contribution : {}", "Contribution: {}"),
    "returns": ("Retour : {}", "Return: {}"),
    "risks": ("Risque : {}", "Risk: {}"),
}

_Text: TypeAlias = Callable[[Mapping[str, int]], str]
"""An article's text, once the numbers of all articles are known."""


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article in words; `name` is how traces call it (`returns.droit-de-suite`).

    The text ends with its sources in brackets, where it has numbers: `[Sources: …]`.
    """

    number: int
    name: str
    title: str
    text: str


def articles(charter: Charter, language: Language) -> tuple[Article, ...]:
    """The whole charter in words: what it is, who pays, how it is paid, what comes back, what if it goes wrong."""
    found = list(_articles(charter, language))
    numbers = {name: number for number, (name, _, _) in enumerate(found, start=1)}
    return tuple(Article(numbers[name], name, title, text(numbers)) for name, title, text in found)


def _articles(charter: Charter, language: Language) -> Iterator[tuple[str, str, _Text]]:
    """Name, title and text of each article, in the order of an assembly's reading."""
    which = 0 if language == "fr" else 1
    yield "charter", charter.head.title, lambda numbers: term_text(charter, language, numbers)
    for rule in charter.contributions:
        title = _TITLES["contributions"][which].format(spoken(rule.name))
        text = contribution_text(rule, charter, language)
        yield f"contributions.{rule.name}", title, _fixed(text)
    if charter.gates:
        yield "gates", ("Qui peut demander", "Who may apply")[which], _fixed(gates_text(charter.gates, language))
    if charter.governance is not None:
        title = ("Comment on décide", "How decisions are made")[which]
        yield "governance", title, _fixed(governance_text(charter.governance, language))
    if charter.tranches:
        title = ("Versement de l’allocation", "Payment of the allocation")[which]
        yield "tranches", title, _fixed(tranches_text(charter, language))
    for return_or_risk in charter.rules:
        title = _TITLES[return_or_risk.section][which].format(spoken(return_or_risk.name))
        yield f"{return_or_risk.section}.{return_or_risk.name}", title, _of_rule(return_or_risk, charter, language)
    if charter.notoriety is not None:
        yield "notoriety", ("Notoriété", "Notoriety")[which], _fixed(notoriety_text(charter.notoriety, language))
    for section, titles, declared in declared_texts(charter.declared, language):
        yield section, titles[which], _fixed(declared)


def _fixed(text: str) -> _Text:
    return lambda _: text


def _of_rule(rule: Rule, charter: Charter, language: Language) -> _Text:
    return lambda numbers: rule_text(rule, charter, language, numbers)


def charter_lines(charter: Charter, language: Language) -> Iterator[str]:
    """The charter as lines to print or to read out; the sources stand together at the end, article by article."""
    opening = {"fr": "[Sources : ", "en": "[Sources: "}[language]
    sources: list[str] = []
    for article in articles(charter, language):
        text, _, told = article.text.partition(opening)
        yield f"{article_number(article.number, language)}. {article.title}"
        yield text.strip()
        yield ""
        if told:
            sources.append(f"{article_number(article.number, language)}. {told.removesuffix(']')}.")
    if sources:
        yield {"fr": "D’où viennent les nombres", "en": "Where the numbers come from"}[language]
        yield from sources


def article_number(number: int, language: Language) -> str:
    """`Article 1er`, `Article 2`."""
    return f"Article {number}{'er' if number == 1 and language == 'fr' else ''}"


def of_outcome(charter: Charter, facts: Facts, outcome: Outcome, language: Language) -> Iterator[str]:
    """What each event made due and why, then what each party has."""
    rules = {rule.name: rule for rule in charter.rules}
    accounts = DueAccounts.of(charter, facts, outcome.trace.steps, language)
    for due in outcome.due:
        yield f"{quoted(due.rule, language)}. {' '.join(accounts.told(rules[due.rule], due.event))}"
    yield from summary(charter, outcome, language)


def summary(charter: Charter, outcome: Outcome, language: Language) -> tuple[str, ...]:
    """The contributions called and what each party has, one line each."""
    currency = charter.head.currency

    def lines(title: tuple[str, str], rows: Iterable[tuple[str, int]]) -> list[str]:
        written = [f"  {name:40} {amount(minor, currency, language):>24}" for name, minor in rows]
        return [title[0 if language == "fr" else 1], *written] if written else []

    parties = [(f"{party} · {form}", minor) for party, forms in outcome.totals.items() for form, minor in forms.items()]
    return (
        *lines(
            ("Contributions appelées", "Contributions called"),
            ((member, computed.minor) for member, computed in outcome.contributions.items()),
        ),
        *lines(("Revient à chacun", "What each party has"), parties),
        *lines(
            ("Que personne ne peut supporter", "Nobody can bear"),
            [("", outcome.uncovered)] if outcome.uncovered else [],
        ),
    )
