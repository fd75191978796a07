"""A file of balances against a fund: what it knows, what is wrong with the file, and the opening that it makes."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from fund.chart import chart_of
from fund.importers.balance_file import read_balance
from fund.importers.charted import is_charted
from fund.importers.faults import Fault, FolderInvalid, fault_at
from fund.importers.names import Names
from fund.importers.opening_draft import OpeningDraft, OpeningTerms, balance_faults, drafted
from fund.importers.opening_fec import read_fec
from fund.importers.values import text_misread
from fund.models import Fund
from fund.queries.accounts_year import years_of
from fund.queries.applications import party_names
from fund.queries.book_names import own_account_names
from fund.services.opening import Opening, refuse_late_opening
from ledger.money import unit_of

FILE_LIMIT = 64 * 1024 * 1024
NAME_LIMIT = 100
_UNNAMED = "balance.csv"


def opening_terms(fund: Fund, on: date) -> OpeningTerms:
    """What the fund knows: the chart of the year that begins on the day, its own names, its register."""
    own = own_account_names(fund)
    chart = next((year.chart for year in years_of(fund) if year.first == on), chart_of(on.year))
    return OpeningTerms(
        on=on,
        unit=unit_of(fund.currency),
        chart=chart,
        is_known=lambda number: number in own or is_charted(number),
        accounts=Names(sorted(own)),
        auxiliaries=party_names(fund),
    )


def read_opening(fund: Fund, *, name: str, raw: bytes, on: date) -> OpeningDraft:
    """The opening that the file makes on the day; raises FolderInvalid with every fault, or the refusal of the day.

    A file whose first line holds `JournalCode` is read as a file of entries, any other as a trial balance.
    """
    refuse_late_opening(fund, on)
    file = name if name and text_misread(name, NAME_LIMIT) is None else _UNNAMED
    faults: list[Fault] = []
    if len(raw) > FILE_LIMIT:
        raise FolderInvalid([fault_at(file, 0, "file_too_large", limit=FILE_LIMIT)])
    terms = opening_terms(fund, on)
    read = read_fec if is_fec(raw) else read_balance
    rows = read(file, raw, terms, faults)
    faults.extend(balance_faults(file, rows, terms, sound=not faults))
    if faults:
        raise FolderInvalid(faults)
    return drafted(rows, terms, sha256=sha256(raw).hexdigest(), source=file)


def is_fec(raw: bytes) -> bool:
    """Whether the first line is that of a file of entries, in any of the encodings that such a file may have."""
    return b"journalcode" in raw[:1000].lower().replace(b"\0", b"").split(b"\n")[0]


def opening_of(draft: OpeningDraft) -> Opening:
    """The draft as the service books it."""
    return Opening(
        on=draft.on,
        lines=draft.lines,
        source=draft.source,
        sha256=draft.sha256,
        accounts=draft.account_names,
        parties=draft.party_names,
    )
