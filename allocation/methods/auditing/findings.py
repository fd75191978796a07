"""What an audit finds: a code and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Figure = int | str | Fraction


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a code, and its figures; amounts in minor units where the name says so, exact when fractions."""

    code: str
    figures: Mapping[str, Figure] = field(default_factory=dict)


def finding(code: str, **figures: Figure) -> Finding:
    """A finding with its figures by name."""
    return Finding(code, figures)
