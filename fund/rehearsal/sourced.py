"""A model from published figures, for a fund without a past: each figure with its source, or `made-up`.

Amounts are cents. S31 is the ministry's count of French stages in 2022: 130 spectators and 24 EUR a ticket for a
theatre date, 290 and 15 for circus and street arts, 80 and 6 for puppets and storytelling.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from fund.charter.facts import MemberFacts, RecipientFacts
from fund.rehearsal.models import QUARTERS_A_YEAR, Bag, Exploitation, FundModel, ModelMember, ModelProject, Odds

Genre = Literal["theatre", "street", "puppets"]

S31 = (
    "https://tmnlab.com/2024/01/15/billetterie-du-spectacle-vivant-par-le-deps-un-premier-pas-encourageant-qui-incite"
    "-les-professionnel-les-a-se-mobiliser"
)
EN_JEUX = "https://www.lestive.com/collectif-en-jeux/"
MADE_UP = "made-up"

AUDIENCES: dict[Genre, tuple[int, int]] = {"theatre": (130, 2_400), "street": (290, 1_500), "puppets": (80, 600)}
"""Spectators a date, and what a ticket costs (S31): 3,120, 4,350 and 480 EUR a date."""

BUDGETS = (2_000_000, 3_500_000, 6_000_000, 12_000_000)
"""Annual production budgets of members: the worked example of Collectif En Jeux, whose contributions are
2,000, 3,500, 5,000 and 5,000 EUR."""

FEE = 420_000
"""The sale of one date in the worked example of the composite charter."""

AWARD = 1_200_000
"""The allocation of the same example."""


def exploitation(genre: Genre) -> Exploitation:
    """How works of a genre are played: the means are sourced, how far a date strays from them is made-up."""
    spectators, ticket = AUDIENCES[genre]
    full = spectators * ticket
    return Exploitation(
        dates=(
            Bag((2, 3, 4, 5, 6), MADE_UP),
            Bag((1, 2, 3, 4, 5, 6), MADE_UP),
            Bag((0, 1, 2, 3, 4), MADE_UP),
            Bag((0, 0, 1, 2, 3), MADE_UP),
            Bag((0, 0, 0, 1, 2), MADE_UP),
        ),
        fee=Bag(tuple(FEE * part // 10 for part in (6, 8, 9, 10, 10, 11, 12, 14)), MADE_UP),
        cost=Bag(tuple(FEE * part // 10 for part in (7, 8, 9, 10, 11)), MADE_UP),
        receipts=Bag(tuple(full * part // 10 for part in (4, 7, 9, 10, 10, 11, 13, 16)), S31),
        net=Bag((900,), MADE_UP),
        recouped=Bag((100,), MADE_UP),
        member_date=Odds(1, 4, MADE_UP),
        triggered=Odds(3, 4, MADE_UP),
    )


def sourced_model(
    *,
    members: int = 10,
    projects: int = 20,
    years: int = 4,
    first_day: date = date(2026, 1, 1),
    genres: tuple[Genre, ...] = ("theatre", "street", "puppets"),
    award: int = AWARD,
    opening_reserve: int | None = None,
) -> FundModel:
    """A fund of that many members and projects over that many years.

    Projects follow one another evenly, each with its première two quarters after its award. Members have the
    budgets of the published example in turn, and every figure that some charter may ask. The reserve opens with
    the awards of a year and a half when nothing else is said.
    """
    kinds = [exploitation(genre) for genre in genres]
    quarters = QUARTERS_A_YEAR * years
    granted = [number * quarters // projects for number in range(projects)]
    return FundModel(
        first_day=first_day,
        quarters=quarters,
        opening_reserve=3 * award * projects // (2 * years) if opening_reserve is None else opening_reserve,
        members=tuple(_member(number, members) for number in range(members)),
        projects=tuple(
            ModelProject(f"P{at + 1:02}", award, quarter, min(quarter + 2, quarters - 1), kinds[at % len(kinds)])
            for at, quarter in enumerate(granted)
        ),
        default=Odds(1, 20, MADE_UP),
        loss=Odds(1, 10, MADE_UP),
        loss_amount=Bag((200_000, 400_000, 800_000), MADE_UP),
        recipients={
            "author": RecipientFacts(Fraction(6), Fraction(1, 2)),
            "director": RecipientFacts(Fraction(2), Fraction(1, 2)),
        },
        sources={"fee": MADE_UP, "award": MADE_UP, "budgets": EN_JEUX, "receipts": S31, "calendar": MADE_UP},
    )


def _member(number: int, members: int) -> ModelMember:
    budget = BUDGETS[number % len(BUDGETS)]
    contribution = min(budget // 10, 500_000)
    facts = MemberFacts(
        contribution=contribution,
        use=Fraction(100 * (1 + number % 5)),
        points=Fraction(1 + number % 3),
        declared={"annual_production_budget": budget},
        pledge=contribution,
        notoriety=Fraction(1 + number % 4),
        percentage=Fraction(1, members),
    )
    return ModelMember(f"M{number + 1:02}", facts)
