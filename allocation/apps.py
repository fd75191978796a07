"""Allocation as a Django application: its tables, and which of them are written once."""

from django.apps import AppConfig

from ledger import written_once

WRITTEN_ONCE = ("allocation_ballot", "allocation_outcome", "allocation_award", "allocation_awardpart")


class AllocationConfig(AppConfig):
    """Registers allocation; ballots, outcomes and awards are never changed nor deleted."""

    name = "allocation"

    def ready(self) -> None:
        written_once.declare(self, WRITTEN_ONCE)
