"""Two charters side by side: article by article, what stays, what changes, what is new and what goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.queries.rules import RuleInWords, articles_in_words

Kind = Literal["kept", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class ArticleCompared:
    """One article in both charters; a side that has none is empty."""

    name: str
    title: str
    kind: Kind
    old: str
    new: str


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
        ArticleCompared(name, article.title, "removed", _told(article), "")
        for name, article in before.items()
        if name not in after
    ]
    return Comparison((*rows, *gone))


def _beside(old: RuleInWords | None, new: RuleInWords) -> ArticleCompared:
    if old is None:
        return ArticleCompared(new.name, new.title, "added", "", _told(new))
    same = (old.title, _told(old)) == (new.title, _told(new))
    return ArticleCompared(new.name, new.title, "kept" if same else "changed", _told(old), _told(new))


def _told(article: RuleInWords) -> str:
    return f"{article.text}\n{article.sources}".strip()
