"""A charter read aloud: its articles, what an amount is made of, what an outcome says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome
from fund.charter.returns import Due
from fund.charter.words.article_texts import contribution_text, term_text, tranches_text
from fund.charter.words.declared_texts import declared_texts
from fund.charter.words.gate_texts import gates_text
from fund.charter.words.governance_texts import governance_text
from fund.charter.words.notoriety_texts import notoriety_text
from fund.charter.words.numbers_in_words import amount
from fund.charter.words.rule_texts import rule_text
from fund.charter.words.step_sentences import sentence

__all__ = ["Article", "articles", "of_due", "sentence", "summary"]

_TITLES = {
    "contributions": ("Contribution : {}", "Contribution: {}"),
    "returns": ("Retour : {}", "Return: {}"),
    "risks": ("Risque : {}", "Risk: {}"),
}


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article in words; `name` is how traces call it (`returns.droit-de-suite`)."""

    number: int
    name: str
    title: str
    text: str


def articles(charter: Charter, language: Language) -> tuple[Article, ...]:
    """The whole charter in words, in the order of its sections."""
    which = 0 if language == "fr" else 1
    found = [("charter", charter.head.title, term_text(charter, language))]
    for rule in charter.contributions:
        title = _TITLES["contributions"][which].format(spoken(rule.name))
        found.append((f"contributions.{rule.name}", title, contribution_text(rule, charter, language)))
    if charter.gates:
        title = ("Qui peut demander", "Who may apply")[which]
        found.append(("gates", title, gates_text(charter.gates, language)))
    if charter.governance is not None:
        title = ("Comment on décide", "How decisions are made")[which]
        found.append(("governance", title, governance_text(charter.governance, language)))
    if charter.tranches:
        title = ("Versement par tranches", "Payment in tranches")[which]
        found.append(("tranches", title, tranches_text(charter, language)))
    for return_or_risk in charter.rules:
        title = _TITLES[return_or_risk.section][which].format(spoken(return_or_risk.name))
        name = f"{return_or_risk.section}.{return_or_risk.name}"
        found.append((name, title, rule_text(return_or_risk, charter, language)))
    if charter.notoriety is not None:
        title = ("Notoriété", "Notoriety")[which]
        found.append(("notoriety", title, notoriety_text(charter.notoriety, language)))
    for section, titles, text in declared_texts(charter.declared, language):
        found.append((section, titles[which], text))
    return tuple(Article(number, name, title, text) for number, (name, title, text) in enumerate(found, start=1))


def spoken(name: str) -> str:
    """An article's name as it is said: `droit de suite`."""
    return name.replace("-", " ")


def of_due(due: Due, charter: Charter, language: Language) -> str:
    """What one event made due, and every step that led there, on lines of their own."""
    currency = charter.head.currency
    opening = {
        "fr": "Événement {} · {} : {} sur {}.",
        "en": "Event {} · {}: {} on {}.",
    }[language].format(
        due.event, spoken(due.rule), amount(due.minor, currency, language), amount(due.base, currency, language)
    )
    return "\n".join((opening, *(f"  {sentence(step, currency, language)}" for step in due.steps)))


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
