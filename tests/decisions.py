"""Charters that are adopted in the tests, and the decision that adopts them."""

from __future__ import annotations

from datetime import date

from fund.charter.shipped import shipped_text
from fund.services.decisions import Decision, Vote

CREAFONDS = shipped_text("creafonds").decode()
DOUBLED = CREAFONDS.replace('rate = "8 %"', 'rate = "16 %"')
ON = date(2026, 6, 10)
HELD = date(2026, 6, 1)
JULY = date(2026, 7, 1)

DECISION = Decision(
    held_on=HELD,
    body="general-assembly",
    how=Vote(votes_for=7, against=2, abstained=1),
    present=12,
    quorum=8,
    reference="PV 2026-06",
)
