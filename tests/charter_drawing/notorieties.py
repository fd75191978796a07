"""The section on notoriety, drawn: points by kind and level, credits, decay, ceiling, wording, order of logos."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from fund.charter.notoriety.grammar import (
    Coproduction,
    Credit,
    CreditKey,
    CreditToCompany,
    CreditToFund,
    CreditToMembers,
    FactKind,
    Level,
    Notoriety,
    PointsByLevel,
    PublicLevel,
    SamePoints,
    Wording,
    Worth,
)
from fund.charter.notoriety.steering import most_steered
from fund.charter.rules import Rule
from tests.charter_drawing.lots import Lots
from tests.charter_drawing.rules import RATES


def notoriety(lots: Lots, rules: tuple[Rule, ...]) -> Notoriety | None:
    """The section; needed where a rule's money is shared by notoriety, and then with room for it."""
    steers = most_steered(rules)
    if steers is None and lots.flag():
        return None
    least = Fraction(0) if steers is None else steers.share
    return Notoriety(
        points={kind: worth(lots) for kind in lots.some(get_args(FactKind), least=1)},
        credits=credits_of(lots),
        decay=lots.maybe(lambda: lots.one(RATES)) or Fraction(0),
        contestation_days=lots.number(1, 366),
        ceiling=lots.one([Fraction(1), *(rate for rate in (least, *RATES) if rate and rate >= least)]),
        wording=Wording(
            lots.one(get_args(Coproduction)),
            lots.number(1, 366),
            tuple(lots.some(get_args(PublicLevel), least=len(get_args(PublicLevel)))),
            {},
        ),
        sources={},
        points_sources={},
    )


def worth(lots: Lots) -> Worth:
    """What a fact is worth, the same everywhere or level by level."""
    if lots.flag():
        return SamePoints(lots.number(1, 50))
    return PointsByLevel({level: lots.number(1, 50) for level in lots.some(get_args(Level), least=1)})


def credits_of(lots: Lots) -> tuple[Credit, ...]:
    """One to three lines that make the whole, nobody twice."""
    who = lots.some(("company", "fund", *get_args(CreditKey)), least=1, most=3)
    kinds = {"company": CreditToCompany, "fund": CreditToFund}
    return tuple(
        kinds[each](share, {}) if each in kinds else CreditToMembers(share, each, {})
        for each, share in zip(who, lots.parts(len(who)), strict=True)
    )
