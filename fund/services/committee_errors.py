"""The refusals about who sits on the committee."""

from __future__ import annotations

from datetime import date

from allocation.models import Call
from fund.errors import FundDiffers, FundError
from fund.models import Fund


class NotOnCommittee(FundError):
    """Somebody acts as a member of the committee, or is named as one, without being one on that day."""

    code = "not_on_committee"
    en = "“{person}” does not sit on the committee of {fund} on {on}: its members alone read, report and score."
    fr = (
        "« {person} » ne siège pas au comité de {fund} le {on} : ses membres seuls lisent les dossiers, "
        "en rapportent et les notent."
    )

    def __init__(self, *, person: str, fund: str, on: date) -> None:
        super().__init__(person=person[:60], fund=fund, on=on.isoformat())


def check_call_of(fund: Fund, call: Call) -> None:
    """Refuse a call of another fund."""
    if call.owner != fund.slug:
        raise FundDiffers(ours=fund.slug, theirs=call.owner)
