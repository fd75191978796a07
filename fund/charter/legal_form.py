"""What a charter asks of a fund's legal form: questions for whoever advises the fund, before the charter is adopted.

A prompt to take advice, not legal advice. The limits that no text can lift (a SCIC shares at most 42.5 % of a
surplus) are faults of the charter; here is what some text may allow, and which text is asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.rules import Bearing, Cash, Limit, MembersBear, Rule, ShareOf, ToMembers
from fund.charter.words.legal_sentences import ASKED

Code = Literal["cash-to-members", "losses-to-members", "sep-revealed", "sep-public-funder"]


@dataclass(frozen=True, slots=True)
class LegalQuestion:
    """One thing that needs a legal basis: the article that does it, and the basis that the text itself gives."""

    code: Code
    article: str
    legal_form: str
    named: str = ""

    @property
    def key(self) -> str:
        """What answers are kept under: `cash-to-members:returns.droit-de-suite`."""
        return f"{self.code}:{self.article}"

    def asked(self, language: Language) -> str:
        """The question in a sentence or two."""
        told = ASKED[self.code]
        name = self.article.partition(".")[2] or self.article
        return (told.get(self.legal_form) or told["any"])[language].format(article=name)


def legal_questions(charter: Charter) -> tuple[LegalQuestion, ...]:
    """What has to be answered before a fund of the charter's legal form adopts it, in the order of its articles."""
    return tuple(_questions(charter))


def _questions(charter: Charter) -> Iterator[LegalQuestion]:
    form = charter.head.legal_form
    if form == "sep":
        yield LegalQuestion("sep-revealed", "charter", form)
        for contribution in charter.contributions:
            if "public-funder" in contribution.categories:
                yield LegalQuestion("sep-public-funder", f"contributions.{contribution.name}", form)
    for rule in charter.rules:
        article = f"{rule.section}.{rule.name}"
        if (named := _cash_basis(rule)) is not None:
            yield LegalQuestion("cash-to-members", article, form, named)
        if form != "sep" and _members_risk_more(rule):
            yield LegalQuestion("losses-to-members", article, form)


def _cash_basis(rule: Rule) -> str | None:
    """The basis that the text gives for cash to members, `""` when it gives none; None when no cash goes to members."""
    cash = [split.form for split in rule.splits if isinstance(split, ToMembers) and isinstance(split.form, Cash)]
    return "; ".join(sorted({form.legal_basis for form in cash if form.legal_basis})) if cash else None


def _members_risk_more(rule: Rule) -> bool:
    """Whether a loss may cost a member more than it brought, by a share of the loss or at its turn."""
    shared = any(isinstance(split, ToMembers) and isinstance(split.form, Bearing) for split in rule.splits)
    bearers = [bearer for bearer in rule.bearers if isinstance(bearer, MembersBear)]
    return shared or not all(_within_contribution(bearer.limit) for bearer in bearers)


def _within_contribution(limit: Limit | None) -> bool:
    return isinstance(limit, ShareOf) and limit.of == "contribution" and limit.rate <= 1
