"""How the committee decides on a day: the charter in force, and its words as a vote freezes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from fund.charter.governance import (
    Buckets,
    Consent,
    Governance,
    MajorityJudgment,
    Scores,
    YesNo,
)
from fund.models import CharterVersion, Fund
from fund.queries.charters import charter_in_force, rules_of

_KINDS = {
    "YesNo": "yes-no",
    "MajorityJudgment": "judgment",
    "Consent": "consent",
    "Buckets": "buckets",
    "Approval": "approval",
    "Scores": "scores",
    "Ranking": "ranking",
}
"""The kind of vote of each ballot of a charter, by the name of its class."""

USUAL_GRADES = 6
USUAL_TOP = 5


@dataclass(frozen=True, slots=True)
class CommitteeRules:
    """The version in force and its governance."""

    version: CharterVersion
    governance: Governance

    @property
    def ruled_kind(self) -> str:
        """The kind of ballot by which the charter decides on projects."""
        return _KINDS[type(self.governance.ballot).__name__]

    @property
    def yes_no(self) -> YesNo:
        """How a question of yes or no is decided: as the charter says, else by more than half of the votes cast."""
        ballot = self.governance.ballot
        if isinstance(ballot, Consent) and ballot.fallback is not None:
            return ballot.fallback
        if isinstance(ballot, YesNo):
            return ballot
        return YesNo(tie="casting-vote" if self.governance.chair == "casting-vote" else "rejected")

    def ballot_words(self, kind: str) -> dict[str, Any]:
        """What a vote of this kind freezes of the charter: majority, ties, grades, scale, as JSON."""
        ballot = self.governance.ballot
        words: dict[str, Any] = {"kind": kind}
        if kind == "yes-no" or (kind == "consent" and isinstance(ballot, Consent) and ballot.fallback is not None):
            rule = self.yes_no
            words |= {"majority": str(Fraction(rule.majority)), "of": rule.of, "tie": rule.tie}
        if kind == "consent":
            words["fallback"] = isinstance(ballot, Consent) and ballot.fallback is not None
        if kind == "judgment":
            judged = ballot if isinstance(ballot, MajorityJudgment) else MajorityJudgment(USUAL_GRADES)
            words |= {"grades": judged.grades, "tie": judged.tie}
        if kind == "scores":
            words["scale"] = ballot.top if isinstance(ballot, Scores) else USUAL_TOP
        if kind == "buckets":
            words["key"] = ballot.key if isinstance(ballot, Buckets) else "equal"
        return words


def committee_rules(fund: Fund, on: date) -> CommitteeRules | None:
    """How the committee decides on a day; None where no charter in force says it."""
    version = charter_in_force(fund, on)
    governance = rules_of(version).governance if version is not None else None
    if version is None or governance is None:
        return None
    return CommitteeRules(version, governance)
