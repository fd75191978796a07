"""Allocation as a Django application: its tables, and which of them are written once."""

from django.apps import AppConfig

from allocation.voting.guards import RULES
from ledger import written_once

WRITTEN_ONCE = (
    "allocation_ballot",
    "allocation_outcome",
    "allocation_award",
    "allocation_awardpart",
    "allocation_applicationversion",
    "allocation_applicationevent",
    "allocation_report",
    "allocation_score",
    "allocation_interestdeclaration",
    "allocation_recusal",
    "allocation_position",
    "allocation_argument",
    "allocation_synthesis",
    "allocation_paper",
    "allocation_scenario",
    "allocation_decision",
    "allocation_difference",
    "allocation_dissent",
)


class AllocationConfig(AppConfig):
    """Registers allocation; what was filed, said, voted or decided is never changed nor deleted."""

    name = "allocation"

    def ready(self) -> None:
        written_once.declare(self, WRITTEN_ONCE, RULES)
