"""Funds for the tests of rehearsals: small, and with nothing left to chance where a test counts by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from fund.charter.facts import MemberFacts, RecipientFacts
from fund.charter.grammar import Charter
from fund.charter.rules import Rule
from fund.rehearsal.models import NEVER, Bag, Exploitation, FundModel, ModelMember, ModelProject, Odds

ALWAYS = Odds(1, 1, "made-up")
BUDGETS = {"A": 5_000_000, "B": 3_500_000, "C": 2_000_000, "D": 1_500_000}


def certain(number: int) -> Bag:
    """A figure that is not drawn."""
    return Bag((number,), "made-up")


def played(*dates: int, fee: int = 420_000) -> Exploitation:
    """So many dates in each quarter from the première on, and none afterwards; each sold and played at one price."""
    bags = tuple(certain(count) for count in (*dates, 0))
    return Exploitation(
        bags, certain(fee), certain(300_000), certain(312_000), certain(900), certain(100), member_date=NEVER
    )


def members(**others: object) -> tuple[ModelMember, ...]:
    """Four members with the budgets of the worked example, and every figure that a charter may ask."""
    return tuple(
        ModelMember(
            name,
            MemberFacts(
                contribution=budget // 10,
                use=Fraction(at + 1),
                points=Fraction(1),
                declared={"annual_production_budget": budget},
                pledge=budget // 10,
                percentage=Fraction(1, len(BUDGETS)),
                notoriety=Fraction(at),
                **others,  # type: ignore[arg-type]
            ),
        )
        for at, (name, budget) in enumerate(BUDGETS.items())
    )


def tour(*dates: int, quarters: int = 4, **others: object) -> FundModel:
    """One project of 12,000, granted and shown for the first time in the first quarter; nothing is drawn."""
    model = FundModel(
        first_day=date(2026, 1, 1),
        quarters=quarters,
        opening_reserve=0,
        members=members(),
        projects=(ModelProject("P", 1_200_000, 0, 0, played(*dates)),),
        default=NEVER,
        recipients={"author": RecipientFacts(Fraction(2), Fraction(1))},
    )
    return replace(model, **others)  # type: ignore[arg-type]


def drawn(quarters: int = 6) -> FundModel:
    """A small fund in which everything is drawn."""
    kind = Exploitation(
        (Bag((1, 2, 3), "made-up"), Bag((0, 2, 5), "made-up")),
        fee=Bag((100_001, 420_000, 777_777), "made-up"),
        cost=Bag((90_000, 500_000), "made-up"),
        receipts=Bag((48_000, 312_000, 435_000), "made-up"),
        net=Bag((850, 900), "made-up"),
        recouped=Bag((0, 100), "made-up"),
        member_date=Odds(1, 3, "made-up"),
        triggered=Odds(2, 3, "made-up"),
    )
    return FundModel(
        first_day=date(2026, 1, 1),
        quarters=quarters,
        opening_reserve=100_000,
        members=members(cap=60_000),
        projects=(
            ModelProject("P", 1_200_000, 0, 0, kind),
            ModelProject("Q", 20_000_000, 1, 2, kind, other_aid=5_000),
        ),
        default=Odds(1, 3, "made-up"),
        loss=Odds(2, 3, "made-up"),
        loss_amount=Bag((7, 100_000, 400_001), "made-up"),
        recipients={
            "author": RecipientFacts(Fraction(2), Fraction(2, 3)),
            "composer": RecipientFacts(Fraction(1), Fraction(1, 3)),
        },
    )


@dataclass(frozen=True, slots=True)
class LaterRule(Rule):
    """A rule of a later grammar: it has a slot that columns do not know."""

    later: int = 0


def one_by_one(charter: Charter) -> Charter:
    """The same charter, as one that columns do not know."""

    def later(rule: Rule) -> Rule:
        return LaterRule(**{slot: getattr(rule, slot) for slot in Rule.__slots__}, later=1)

    return replace(charter, returns=tuple(map(later, charter.returns)), risks=tuple(map(later, charter.risks)))
