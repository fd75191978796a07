"""A fund's year as a folder of files, read whole or refused whole with every fault of every file.

Plain Python. README.md beside this module fixes the files, their columns and their keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from allocation.elections.pabulib import Election
from fund.charter.grammar import Charter
from fund.charter.shipped import shipped_names, shipped_text
from fund.importers.ballots import read_ballots
from fund.importers.charter_choice import read_chosen_charter
from fund.importers.coherence import award_faults, charter_faults, formula_faults
from fund.importers.exploitation import EXPLOITATION_FILE, PerformanceRow, read_performances
from fund.importers.faults import Fault, FolderInvalid
from fund.importers.files import decoded, folder_names, read_bytes
from fund.importers.fund_file import FUND_FILE, Call, Fund, Payments, read_fund_file
from fund.importers.in_kind import IN_KIND_FILE, InKindRow, read_in_kind
from fund.importers.members import MEMBERS_FILE, MemberRow, read_members
from fund.importers.names import Names
from fund.importers.notoriety import NOTORIETY_FILE, NotorietyRow, read_notoriety_facts
from fund.importers.receipts import RECEIPTS_FILE, ReceiptRow, read_receipts
from fund.importers.terms import Terms
from fund.importers.values import Year

DEFAULT_BALLOTS = "ballots.pb"


@dataclass(frozen=True, slots=True)
class YearFolder:
    """All that the folder says; every row keeps the number of its line.

    `charter` is the text of the charter that the fund names, shipped or in the folder, and `rules` what it
    says. `digest` is the SHA-256 of the names and bytes of the files read, so a run can say which files it ran on.
    """

    fund: Fund
    call: Call
    payments: Payments
    members: tuple[MemberRow, ...]
    receipts: tuple[ReceiptRow, ...]
    performances: tuple[PerformanceRow, ...]
    in_kind: tuple[InKindRow, ...]
    notoriety: tuple[NotorietyRow, ...]
    election: Election
    charter: str
    rules: Charter
    digest: str


def read_year_folder(path: Path | str) -> YearFolder:
    """Read the folder; raises FolderInvalid with all the faults, sorted by file and line."""
    faults: list[Fault] = []
    files = _Files(Path(path), faults)
    if faults:
        raise FolderInvalid(faults)
    said = read_fund_file(files.text(FUND_FILE), shipped_names(), faults)
    fund, call = said.fund, said.call
    charter = _charter(fund.charter, files)
    rules = read_chosen_charter(fund.charter, charter, faults)
    members = read_members(files.text(MEMBERS_FILE), fund.currency.scale, rules, faults)
    ballots_file = call.ballots or DEFAULT_BALLOTS
    ballots = read_ballots(ballots_file, files.text(ballots_file), fund.currency, faults)
    terms = Terms(
        year=Year(fund.fiscal_year or None),
        unit=fund.currency,
        members=_names(member.id for member in members),
        projects=_names(ballots.projects or ()),
        ballots_file=ballots_file,
    )
    receipts = read_receipts(files.text(RECEIPTS_FILE), terms, faults)
    performances = read_performances(files.text(EXPLOITATION_FILE), terms, faults)
    in_kind = read_in_kind(files.text(IN_KIND_FILE), terms, faults)
    notoriety = read_notoriety_facts(files.text_if_there(NOTORIETY_FILE), terms, rules, faults)
    if rules is not None:
        faults.extend(charter_faults(fund, rules))
        if not any(fault.file == MEMBERS_FILE for fault in faults):
            faults.extend(formula_faults(rules, members))
    if ballots.election is not None:
        faults.extend(award_faults(call, ballots.election, performances, notoriety))
    if faults or ballots.election is None or rules is None:
        raise FolderInvalid(faults)
    return YearFolder(
        fund=fund,
        call=call,
        payments=said.payments,
        members=members,
        receipts=receipts,
        performances=performances,
        in_kind=in_kind,
        notoriety=notoriety,
        election=ballots.election,
        charter=charter,
        rules=rules,
        digest=files.digest(),
    )


class _Files:
    """The folder's files, each read once; a text is `""` where its fault is noted."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self._folder, self._faults = folder, faults
        self._names = folder_names(folder, faults)
        self._read: dict[str, bytes] = {}

    def text(self, name: str) -> str:
        raw = read_bytes(self._folder, name, self._names, self._faults)
        if raw is None:
            return ""
        self._read[name] = raw
        return decoded(name, raw, self._faults)

    def text_if_there(self, name: str) -> str:
        """The text of a file that may be absent."""
        return self.text(name) if name in self._names else ""

    def digest(self) -> str:
        """Over the files in the order of their names: name, newline, number of bytes, newline, bytes."""
        whole = sha256()
        for name, raw in sorted(self._read.items()):
            whole.update(f"{name}\n{len(raw)}\n".encode())
            whole.update(raw)
        return whole.hexdigest()


def _names(names: Iterable[str]) -> Names | None:
    """The names that rows may use; None when there is none to compare with."""
    known = [name for name in names if name]
    return Names(known) if known else None


def _charter(name: str, files: _Files) -> str:
    if name.endswith(".toml"):
        return files.text(name)
    return shipped_text(name).decode() if name else ""
