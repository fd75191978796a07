"""What an expense is for, as the statement by origin and destination (CROD) asks. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MISSIONS: Final = "missions-sociales"
"""What is spent on the fund's purpose."""

FUNDRAISING: Final = "recherche-de-fonds"
RUNNING: Final = "fonctionnement"

DESTINATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    MISSIONS: {"fr": "Missions sociales", "en": "Social purpose"},
    FUNDRAISING: {"fr": "Recherche de fonds", "en": "Fundraising"},
    RUNNING: {"fr": "Fonctionnement", "en": "Running costs"},
}
