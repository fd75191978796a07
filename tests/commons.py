"""Gates and governance for the tests: their tables read alone, and an application that passes everything."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction

from fund.charter.applications import (
    ApplicationFacts,
    EarlierReport,
    Engagement,
    Partner,
    PlannedDate,
    Sponsor,
)
from fund.charter.faults import Fault
from fund.charter.gates import (
    AdviserMet,
    Amortisable,
    Applications,
    Coproductions,
    CoveredPerformances,
    Documents,
    FiledAhead,
    FiledBefore,
    Gate,
    Hosted,
    InRegions,
    Lead,
    NotAidedFor,
    OwnShare,
    Partners,
    Performances,
    PlannedDates,
    ReportsDelivered,
    Requirement,
    Sponsors,
)
from fund.charter.governance import Governance
from fund.charter.reading.gates import read_gates
from fund.charter.reading.governance import read_governance
from fund.charter.reading.lines import line_of, lines_of
from fund.charter.reading.slots import Faults, FloatText, Table

FILED = date(2026, 3, 1)
MADE_UP = {"least": "made-up"}


def table_alone(text: str) -> tuple[Table, Faults]:
    """A text as the readers of sections take it, and the faults that they will note."""
    lines = lines_of(text)
    faults = Faults(lambda path: line_of(path, lines))
    return Table(tomllib.loads(text, parse_float=FloatText), (), faults), faults


def read_alone(text: str) -> tuple[tuple[Gate, ...], Governance | None, list[Fault]]:
    """The gates and the governance of a text, and every fault found on the way."""
    top, faults = table_alone(text)
    return read_gates(top), read_governance(top), faults.found


def a_ballot(*slots: str) -> str:
    """A governance with a chair who votes, and these slots about its ballot."""
    return "\n".join(("[governance]", 'chair = "votes"', 'source = "made-up"', *slots, ""))


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def a_gate(requirement: Requirement, name: str = "porte") -> Gate:
    """A gate with made-up numbers."""
    return Gate(name, requirement, MADE_UP)


BOTH = frozenset({"production", "diffusion"})

REQUIREMENTS: tuple[Requirement, ...] = (
    Sponsors(5, BOTH),  # type: ignore[arg-type]
    Partners(3, 1),
    Lead(("venue", "festival")),
    PlannedDates(6, 24, Hosted("partners", 3), 3),
    Coproductions(4, 4),
    Performances(12),
    InRegions(("Bretagne",)),
    Documents(("budget", "calendrier")),
    ReportsDelivered(),
    AdviserMet(),
    FiledAhead(1),
    FiledBefore("exploitation"),
    FiledBefore("announcement"),
    Applications(1, "call"),
    Applications(3, "season"),
    CoveredPerformances(270),
    OwnShare(Fraction(3, 10)),
    Amortisable(),
    NotAidedFor(60),
)
"""One of each kind, with the numbers of the field."""

COMPLETE = ApplicationFacts(
    filed_on=FILED,
    meeting_on=date(2026, 4, 1),
    first_date_on=date(2026, 10, 1),
    announced_on=date(2026, 9, 1),
    adviser_met_on=date(2026, 2, 1),
    last_aided_on=date(2021, 3, 1),
    region="Bretagne",
    lead_category="venue",
    sponsors=tuple(Sponsor(name, BOTH) for name in "ABCDE"),  # type: ignore[arg-type]
    partners=(Partner("A"), Partner("B"), Partner("C", specialised=True)),
    planned=tuple(PlannedDate(date(2026, 10, day), by_partner=day <= 3) for day in range(1, 7)),
    coproductions=tuple(Engagement(f"copro {name}", name) for name in ("Vaud", "Valais", "Genève", "Jura")),
    performances=tuple(Engagement(f"date {at}", "Vaud") for at in range(12)),
    documents=frozenset({"budget", "calendrier"}),
    reports=(EarlierReport("Nocturne", date(2025, 6, 30), date(2025, 6, 30)),),
    applications_in_call=1,
    files_in_season=3,
    covered_in_season=200,
    to_cover=70,
    own_part=3_000_000,
    production=10_000_000,
    receipts=10_000_000,
    costs=10_000_000,
)
"""An application that opens every gate of `REQUIREMENTS`, each by no more than it takes."""
