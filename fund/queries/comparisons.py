"""Two charters side by side: article by article, what stays, what changes, what is new and what goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.queries.rules import RuleInWords, articles_in_words

_END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_a-z]|\d)")
_END_OF_SOURCE = re.compile(r"\s?;\s")

Kind = Literal["kept", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What an article says today, and what it would say in that place; a side that says nothing is empty."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ArticleCompared:
    """One article in both charters: the passages that differ; all of an article that is new or removed."""

    name: str
    title: str
    kind: Kind
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every article of two charters, in the order of the new one, then what is removed."""

    articles: tuple[ArticleCompared, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many articles are of each kind."""
        found = Counter(article.kind for article in self.articles)
        return {kind: found[kind] for kind in ("kept", "changed", "added", "removed")}

    @property
    def changes(self) -> tuple[ArticleCompared, ...]:
        """The articles that do not stay as they are."""
        return tuple(article for article in self.articles if article.kind != "kept")


def compared(old: Charter | None, new: Charter, language: Language) -> Comparison:
    """The articles of a charter beside those of the one it would replace; of none, everything is new."""
    before = {article.name: article for article in articles_in_words(old, language)} if old else {}
    after = {article.name: article for article in articles_in_words(new, language)}
    rows = [_beside(before.get(name), article) for name, article in after.items()]
    gone = [
        ArticleCompared(name, article.title, "removed", (Passage("\n".join(_sentences(article)), ""),))
        for name, article in before.items()
        if name not in after
    ]
    return Comparison((*rows, *gone))


def _beside(old: RuleInWords | None, new: RuleInWords) -> ArticleCompared:
    if old is None:
        return ArticleCompared(new.name, new.title, "added", (Passage("", "\n".join(_sentences(new))),))
    passages = tuple(_passages([old.title, *_sentences(old)], [new.title, *_sentences(new)]))
    return ArticleCompared(new.name, new.title, "changed" if passages else "kept", passages)


def _passages(old: list[str], new: list[str]) -> Iterator[Passage]:
    """The sentences that differ, each beside what takes its place."""
    for what, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield Passage(" ".join(old[first:last]), " ".join(new[begin:end]))


def _sentences(article: RuleInWords) -> list[str]:
    """What an article says, a sentence at a time; each source is one."""
    told = [sentence for line in article.text.splitlines() for sentence in _END_OF_SENTENCE.split(line.strip())]
    return [*filter(None, told), *filter(None, _END_OF_SOURCE.split(article.sources))]
