"""The charter that an act has to follow."""

from __future__ import annotations

from datetime import date

from fund.errors import CharterNotInForce
from fund.models import CharterVersion, Fund
from fund.queries.charters import charter_in_force


def in_force(fund: Fund, on: date) -> CharterVersion:
    """The version in force on a date, or a refusal: no act goes without one."""
    version = charter_in_force(fund, on)
    if version is None:
        raise CharterNotInForce(fund=fund.slug, on=on)
    return version
