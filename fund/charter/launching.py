"""Whether enough have joined for an article to call its contributions: at 49 subscribers no basket is launched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fund.charter.contributions import payment_for
from fund.charter.grammar import Charter


@dataclass(frozen=True, slots=True)
class Launch:
    """How many have joined under an article that waits for a number of members."""

    article: str
    threshold: int
    joined: int

    @property
    def reached(self) -> bool:
        """Whether contributions are called."""
        return self.joined >= self.threshold

    @property
    def missing(self) -> int:
        """How many more members it takes; 0 once it is launched."""
        return max(self.threshold - self.joined, 0)


def launches(charter: Charter, categories: Iterable[str | None]) -> tuple[Launch, ...]:
    """The articles that wait, each with those who have joined; `categories` has one a member, None for no category."""
    articles = [article for article in (payment_for(charter, each) for each in categories) if article is not None]
    return tuple(
        Launch(rule.name, terms.launch_threshold, sum(other is rule for other, _ in articles))
        for rule, terms in charter.payments
        if terms.launch_threshold is not None
    )
