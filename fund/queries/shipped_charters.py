"""The charters that come with the product, as pages show them: a line, the articles, and an example computed now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from fund.charter.contributions import asked_in_kind
from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.rules import FormWord
from fund.charter.shipped import shipped, shipped_names
from fund.charter.words.example_sentences import MANY, example_sentences
from fund.charter.words.explanation import sentence, spoken
from fund.charter.words.known_words import party_words
from fund.charter.words.numbers_in_words import amount
from fund.charter.worked_examples import WorkedExample, worked_example
from fund.queries.rules import RuleInWords, articles_in_words, made_up
from ledger.money import Amount


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """A charter in one line."""

    name: str
    title: str
    summary: str
    legal_form: str


@dataclass(frozen=True, slots=True)
class Called:
    """What one member is called for."""

    who: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class GivesInKind:
    """What one member is asked for beside money; no `quantity`: as much as it offers. Hours have no `value`."""

    who: str
    article: str
    quantity: Fraction | None
    unit: str
    value: Amount | None


@dataclass(frozen=True, slots=True)
class Received:
    """What one party receives or bears, in one form; `who` is empty for what nobody can bear."""

    who: str
    form: FormWord
    amount: Amount


@dataclass(frozen=True, slots=True)
class Told:
    """One amount with the sentences that make it."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExampleInWords:
    """An example: what it holds, what the charter makes of it, and why."""

    given: tuple[str, ...]
    called: tuple[Called, ...]
    in_kind: tuple[GivesInKind, ...]
    shared: tuple[Received, ...]
    uncovered: Amount
    steps: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ShippedInWords:
    """A charter that ships: its articles, how many numbers are made up, and its example."""

    name: str
    title: str
    summary: str
    legal_form: str
    made_up: int
    articles: tuple[RuleInWords, ...]
    example: ExampleInWords


def shipped_in_a_line() -> tuple[ShippedLine, ...]:
    """All of them, in the order of their names."""
    heads = [(name, shipped(name).head) for name in shipped_names()]
    return tuple(ShippedLine(name, head.title, head.summary, head.legal_form) for name, head in heads)


def shipped_in_words(name: str, language: Language) -> ShippedInWords:
    """One of them; raises CharterUnknown."""
    charter = shipped(name)
    head = charter.head
    return ShippedInWords(
        name=name,
        title=head.title,
        summary=head.summary,
        legal_form=head.legal_form,
        made_up=made_up(charter),
        articles=articles_in_words(charter, language),
        example=_example(charter, worked_example(charter), language),
    )


def _example(charter: Charter, example: WorkedExample, language: Language) -> ExampleInWords:
    unit, outcome = charter.head.currency, example.outcome
    return ExampleInWords(
        given=example_sentences(example, charter, language),
        called=_called(charter, example, language),
        in_kind=tuple(_in_kind(charter, example, language)),
        shared=tuple(
            Received(party_words(party, language), form, Amount(minor, unit))
            for party, forms in outcome.totals.items()
            for form, minor in forms.items()
        ),
        uncovered=Amount(outcome.uncovered, unit),
        steps=(*_why_called(charter, example, language), *_why_due(charter, example, language)),
    )


def _called(charter: Charter, example: WorkedExample, language: Language) -> tuple[Called, ...]:
    """What each member is called for; where there are many, those who pay the same in one line."""
    unit, contributions = charter.head.currency, example.outcome.contributions
    if len(contributions) <= MANY:
        return tuple(
            Called(party_words(f"member:{name}", language), Amount(computed.minor, unit))
            for name, computed in contributions.items()
        )
    alike = Counter(computed.minor for computed in contributions.values())
    each = {"fr": "{} membres, chacun", "en": "{} members, each"}[language]
    return tuple(Called(each.format(count), Amount(minor, unit)) for minor, count in alike.items())


def _in_kind(charter: Charter, example: WorkedExample, language: Language) -> Iterator[GivesInKind]:
    """What each member is asked for beside money, article by article."""
    unit = charter.head.currency
    for name, member in example.facts.members.items():
        for given in asked_in_kind(charter, member.category):
            yield GivesInKind(
                party_words(f"member:{name}", language),
                spoken(given.article),
                given.quantity,
                "h" if given.unit == "HOUR" else given.unit,
                None if given.value_minor is None else Amount(given.value_minor, unit),
            )


def _why_called(charter: Charter, example: WorkedExample, language: Language) -> list[Told]:
    """How the first member of each amount is called for it."""
    unit = charter.head.currency
    told: dict[int, Told] = {}
    for name, computed in example.outcome.contributions.items():
        title = _headed(party_words(f"member:{name}", language), amount(computed.minor, unit, language))
        sentences = tuple(sentence(step, unit, language) for step in computed.trace.steps)
        told.setdefault(computed.minor, Told(title, sentences))
    return list(told.values())


def _why_due(charter: Charter, example: WorkedExample, language: Language) -> list[Told]:
    """How the last event of each article came to what it makes due."""
    unit = charter.head.currency
    last = {due.rule: due for due in example.outcome.due if due.minor}
    return [
        Told(
            _headed(spoken(due.rule), amount(due.minor, unit, language)),
            tuple(sentence(step, unit, language) for step in due.steps),
        )
        for due in last.values()
    ]


def _headed(what: str, figure: str) -> str:
    return f"{what[:1].upper()}{what[1:]}, {figure}"
