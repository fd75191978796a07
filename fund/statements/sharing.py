"""How one party's part of a return comes about: its line of the charter, its weight, its exact entitlement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from fund.charter.trace import Claim, Number, Portion, Step
from fund.charter.words.numbers_in_words import amount, plain, rate
from fund.queries.projects import ProjectAccount, SharePart
from fund.statements.document import Language
from fund.statements.words import word_of
from ledger.money import Unit


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A portion of a sharing: `exact` is its part before rounding to whole minor units, `held` what it had before."""

    portion: Portion
    figures: dict[int, Number]
    exact: Fraction

    def sentence(self, unit: Unit, language: Language) -> str:
        """The weight, the exact entitlement, and the part that rounding made of it."""
        return _("%(key)s of the return: %(exact)s exactly, rounded with the other parts to %(part)s.") % {
            "key": self.key_text(unit, language),
            "exact": self.exact_text(unit, language),
            "part": amount(self.portion.part - self.portion.held, unit, language),
        }

    def key_text(self, unit: Unit, language: Language) -> str:
        """The weight in figures: `60 %`, or `30 % × 4 800,00 EUR ÷ 426 896,66 EUR`."""
        key = " + ".join(self._claim_text(claim, unit, language) for claim in self.portion.claims)
        if self.portion.ceiling is None:
            return key
        return _("%(key)s, at most %(ceiling)s") % {
            "key": key,
            "ceiling": amount(self.portion.ceiling, unit, language),
        }

    def exact_text(self, unit: Unit, language: Language) -> str:
        """The exact entitlement with four more decimals, less what was shared before under the same key."""
        text = amount(self.exact, unit, language)
        return f"{text} − {amount(self.portion.held, unit, language)}" if self.portion.held else text

    def _claim_text(self, claim: Claim, unit: Unit, language: Language) -> str:
        if not claim.key:
            return rate(claim.share, language)

        def figure(number: Number) -> str:
            return amount(number, unit, language) if claim.key == "contribution" else plain(number, language)

        return f"{rate(claim.share, language)} × {figure(claim.figure)} ÷ {figure(self.figures[claim.line])}"


def entitlements(trace: Iterable[Step]) -> dict[tuple[str, str, str], Entitlement]:
    """By rule, party and form: what each sharing of a stored trace gave, and why."""
    found: dict[tuple[str, str, str], Entitlement] = {}
    for step in trace:
        if step.operation != "share-out":
            continue
        figures: dict[int, Number] = defaultdict(int)
        for portion in step.portions:
            for claim in portion.claims:
                figures[claim.line] += claim.figure
        weights = [_weight(portion, figures) for portion in step.portions]
        whole = sum(weights) or Fraction(1)
        rule = step.article.partition(".")[2]
        for portion, weight in zip(step.portions, weights, strict=True):
            exact = Fraction(step.value) * weight / whole
            found[rule, portion.party, portion.form] = Entitlement(portion, figures, exact)
    return found


def _weight(portion: Portion, figures: dict[int, Number]) -> Fraction:
    parts = (claim.share * claim.figure / figures[claim.line] for claim in portion.claims if figures[claim.line])
    return sum(parts, Fraction())


def receiver(share: SharePart, account: ProjectAccount) -> str:
    """Who receives: a member by name and code, the company by name, the others by the charter's word."""
    if share.party_key == "company":
        return account.company.name
    return f"{share.party.name} ({share.party.code})" if share.party else word_of("recipient", share.party_key)
