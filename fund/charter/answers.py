"""An outcome as plain JSON values, amounts in major units: what `charter run --json` prints."""

from __future__ import annotations

from typing import Any

from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome
from fund.charter.trace import step_as_json
from ledger.money import Amount


def as_json(charter: Charter, outcome: Outcome) -> dict[str, Any]:
    """The whole answer; `trace` counts minor units, everything else is written in major units."""

    def major(minor: int) -> str:
        return Amount(minor, charter.head.currency).major

    identity = outcome.trace.charter
    return {
        "charter": {"title": identity.title, "version": identity.version, "sha256": identity.sha256},
        "contributions": {member: major(computed.minor) for member, computed in outcome.contributions.items()},
        "due": [
            {"event": due.event, "rule": due.rule, "base": major(due.base), "amount": major(due.minor)}
            for due in outcome.due
        ],
        "totals": {
            party: {form: major(minor) for form, minor in forms.items()} for party, forms in outcome.totals.items()
        },
        "uncovered": major(outcome.uncovered),
        "trace": [
            *(
                step_as_json(step) | {"member": member}
                for member, computed in outcome.contributions.items()
                for step in computed.trace.steps
            ),
            *(step_as_json(step) for step in outcome.trace.steps),
        ],
    }
