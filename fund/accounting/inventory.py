"""Inventory entries (*écritures d'inventaire*) of what is doubtful at the end of a year: allowances and provisions.

Plain Python. An allowance is asked for as what it is to be at the closing; what is booked is the difference to what it
is already, an expense where it grows and a recovery (*reprise*) where it shrinks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ledger.money import rounded


@dataclass(frozen=True, slots=True)
class AllowanceKind:
    """What is doubtful (`bases`), the account that holds the allowance, and the text it rests on.

    `is_commitment` tells whether the base stands in credit, as a guarantee given does.
    """

    bases: tuple[str, ...]
    allowance: str
    text: str
    fr: str
    en: str
    is_commitment: bool = False


ALLOWANCES: Final[Mapping[str, AllowanceKind]] = {
    "loan": AllowanceKind(
        ("2742", "2748"),
        "2974",
        "PCG 214-17, 214-25",
        "Dépréciation d’une avance remboursable",
        "Loan or repayable advance that is doubtful",
    ),
    "coproduction": AllowanceKind(
        ("268",),
        "2968",
        "PCG 214-17, 214-25",
        "Dépréciation d’une part de coproduction",
        "Coproduction stake that is doubtful",
    ),
    "member": AllowanceKind(
        ("411",),
        "491",
        "PCG 214-25",
        "Dépréciation d’une créance sur un adhérent",
        "Amount due by a member that is doubtful",
    ),
    "receivable": AllowanceKind(
        ("441", "458", "467"),
        "496",
        "PCG 214-25",
        "Dépréciation d’une autre créance",
        "Other amount due that is doubtful",
    ),
    "guarantee": AllowanceKind(
        ("8011",),
        "1518",
        "PCG 322-1, 322-2",
        "Provision pour une garantie qui sera probablement appelée",
        "Guarantee that will probably be called",
        is_commitment=True,
    ),
}


def allowance_of(base: int, rate: Fraction) -> int:
    """A part of what is doubtful, to the nearest minor unit; half a unit rounds up.

    >>> allowance_of(300000, Fraction(1, 2))
    150000
    """
    return rounded(base * rate)
