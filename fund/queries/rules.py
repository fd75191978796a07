"""The rules of a fund in words: the articles of the charter in force on a day, and the versions before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.reading.slots import MADE_UP
from fund.charter.words.explanation import Article, articles
from fund.models import CharterVersion, Fund
from fund.queries.charters import charter_in_force, rules_of
from fund.queries.decisions import DecisionFacts, decision_of
from fund.queries.identities import CharterIdentity, FundIdentity, charter_identity, fund_identity


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """An article: its text, and apart from it the sentence that says where its numbers come from."""

    number: int
    name: str
    title: str
    text: str
    sources: str


@dataclass(frozen=True, slots=True)
class AdoptedVersion:
    """A version in the history of the charter, with the decision that adopted it."""

    charter: CharterIdentity
    adopted_on: date
    in_force: bool
    decision: DecisionFacts


@dataclass(frozen=True, slots=True)
class Rules:
    """What the charter says on a day; `made_up` counts its numbers without a source. No version: no article."""

    fund: FundIdentity
    as_of: date
    charter: CharterIdentity | None
    adopted_on: date | None
    title: str
    summary: str
    effective_until: date | None
    made_up: int
    articles: tuple[RuleInWords, ...]
    versions: tuple[AdoptedVersion, ...]


@dataclass(frozen=True, slots=True)
class VersionInWords:
    """One version of the charter: its articles, its decision, and the day on which the next version replaced it."""

    charter: CharterIdentity
    title: str
    summary: str
    made_up: int
    articles: tuple[RuleInWords, ...]
    decision: DecisionFacts
    replaced_on: date | None
    text: str


def rules_in_force(fund: Fund, as_of: date, language: Language) -> Rules:
    """The articles in the reader's language."""
    current = charter_in_force(fund, as_of)
    charter = rules_of(current) if current else None
    versions = fund.charters.select_related("decision__draft")
    return Rules(
        fund=fund_identity(fund),
        as_of=as_of,
        charter=charter_identity(current) if current else None,
        adopted_on=current.adopted_on if current else None,
        title=charter.head.title if charter else "",
        summary=charter.head.summary if charter else "",
        effective_until=charter.head.effective_until if charter else None,
        made_up=made_up(charter) if charter else 0,
        articles=articles_in_words(charter, language) if charter else (),
        versions=tuple(
            AdoptedVersion(charter_identity(row), row.adopted_on, row == current, decision_of(row, language))
            for row in versions
        ),
    )


def version_in_words(fund: Fund, number: int, language: Language) -> VersionInWords | None:
    """The version of this number; None when there is none."""
    row = fund.charters.select_related("decision__draft").filter(number=number).first()
    if row is None:
        return None
    charter = rules_of(row)
    later = fund.charters.filter(effective_from__gt=row.effective_from).order_by("effective_from").first()
    return VersionInWords(
        charter=charter_identity(row),
        title=charter.head.title,
        summary=charter.head.summary,
        made_up=made_up(charter),
        articles=articles_in_words(charter, language),
        decision=decision_of(row, language),
        replaced_on=later.effective_from if later else None,
        text=row.text,
    )


def articles_agreed(
    fund: Fund, agreed: CharterIdentity | None, on: date, language: Language
) -> tuple[RuleInWords, ...]:
    """The articles of the version that an agreement names; without an agreement, those in force on the day."""
    if agreed is None:
        return rules_in_force(fund, on, language).articles
    return articles_in_words(rules_of(CharterVersion.objects.get(fund=fund, number=agreed.number)), language)


def articles_in_words(charter: Charter, language: Language) -> tuple[RuleInWords, ...]:
    """Every article of a charter, its sources apart."""
    return tuple(map(_in_words, articles(charter, language)))


def made_up(charter: Charter) -> int:
    """How many of a charter's numbers have no source but their author."""
    return sum(source == MADE_UP for source in _sources(charter))


def _in_words(article: Article) -> RuleInWords:
    text, _, sources = article.text.partition("[Sources")
    told = f"Sources{sources.rstrip(']')}" if sources else ""
    return RuleInWords(article.number, article.name, article.title, text.strip(), told)


def _sources(part: Any) -> Iterator[str]:
    """Where the numbers of a charter come from, whichever article they stand in: all that its `sources` hold."""
    if isinstance(part, tuple):
        for each in part:
            yield from _sources(each)
    elif is_dataclass(part):
        for field in fields(part):
            held = getattr(part, field.name)
            named = field.name == "sources" or field.name.endswith("_sources")
            yield from held.values() if named else _sources(held)
