"""Lines of entries as words: `a_line("411", 500, on=5, party="M01")`, days counted from 1 January 2026."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from fund.accounting.lines import BookLine

_NUMBERS = count(1)


def day(number: int) -> date:
    """The day of this number of the year 2026."""
    return date(2026, 1, 1) + timedelta(days=number - 1)


def a_line(chart: str, minor: int, *, on: int = 1, entry: int = 0, **facts: Any) -> BookLine:
    """A line of an entry of its own, unless `entry` puts several together."""
    posting = next(_NUMBERS)
    party, project = facts.pop("party", ""), facts.pop("project", "")
    lettered = facts.pop("lettered", 0)
    return BookLine(
        posting=posting,
        position=entry or posting,
        journal=facts.pop("journal", "OD"),
        number=entry or posting,
        on=day(on),
        validated_on=day(on),
        kind=facts.pop("kind", "test"),
        reference=f"entry:{entry or posting}",
        label="Essai",
        document=facts.pop("document", ""),
        document_on=facts.pop("document_on", None),
        account=":".join((chart, party, project)).rstrip(":"),
        chart=chart,
        party=party,
        project=project,
        convention=facts.pop("convention", ""),
        destination=facts.pop("destination", ""),
        public_generosity=facts.pop("public_generosity", False),
        minor=minor,
        lettered_on=day(lettered) if lettered else None,
        **facts,
    )
