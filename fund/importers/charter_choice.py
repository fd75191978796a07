"""The charter that fund.toml names, read with the folder: its faults are the folder's."""

from __future__ import annotations

from fund.charter.contributions import payment_for
from fund.charter.faults import CharterInvalid
from fund.charter.grammar import Brackets, Charter, FreeWithFloor, Pledged, RateOfDeclared
from fund.charter.reading.reader import read_charter
from fund.importers.faults import Fault, fault_at

PLEDGE = "pledge"


def read_chosen_charter(name: str, text: str, faults: list[Fault]) -> Charter | None:
    """The charter in `text`; None when it has faults, or when the text is empty since its fault is noted already."""
    if not text:
        return None
    try:
        return read_charter(text)
    except CharterInvalid as refusal:
        faults.extend(
            fault_at(
                name, fault.line or 0, f"charter-{fault.code}", fault.where, 0, where=fault.where, **dict(fault.about)
            )
            for fault in refusal.faults
        )
    return None


def figure_asked(charter: Charter, category: str) -> str:
    """What a member of this category has to declare for its contribution to be computed; `""` for nothing."""
    article = payment_for(charter, category)
    match article and article[1].formula:
        case RateOfDeclared(declared=figure) | Brackets(declared=figure):
            return figure
        case Pledged() | FreeWithFloor():
            return PLEDGE
    return ""
