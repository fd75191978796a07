"""A year of entries as a folder of two files, read whole or refused whole with every fault of both.

Plain Python. `entries.csv` holds the lines, `names.json` what journals, accounts and auxiliaries are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from fund.chart import JOURNALS
from fund.importers.charted import is_charted
from fund.importers.entry_letterings import LetteringRow, letterings_of
from fund.importers.entry_rows import ENTRIES_FILE, EntryRow, EntryTerms, read_entries, year_faults, years_written
from fund.importers.faults import Fault, FolderInvalid
from fund.importers.files import decoded, folder_names, read_bytes
from fund.importers.names import Names
from fund.importers.names_file import NAMES_FILE, FundNames, read_names
from ledger.money import EUR, Unit


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the books of the fund name already; empty for a fund that is not founded yet."""

    is_founded: bool = False
    currency: Unit = EUR
    journals: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    auxiliaries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntriesFolder:
    """All that the folder says. `digest` is the SHA-256 of the names and bytes of the files read."""

    names: FundNames
    entries: tuple[EntryRow, ...]
    letterings: tuple[LetteringRow, ...]
    years: tuple[int, ...]
    digest: str

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is kept though an accountant may want to look at it: letterings that settle only in part."""
        return tuple(lettering.note for lettering in self.letterings if lettering.is_partial)


def read_entries_folder(
    path: Path | str, *, known: KnownNames | None = None, years: Iterable[int] = ()
) -> EntriesFolder:
    """Read the folder; raises FolderInvalid with all the faults, sorted by file and line.

    `years` are the fiscal years of the entries, the one that most of them are dated in when none is named.
    """
    known = known or KnownNames()
    faults: list[Fault] = []
    listed = folder_names(Path(path), faults)
    if faults:
        raise FolderInvalid(faults)
    read: dict[str, bytes] = {}
    needed = not known.is_founded or NAMES_FILE in listed
    names_text = _text(Path(path), NAMES_FILE, listed, read, faults) if needed else ""
    names = read_names(names_text, faults, siren_needed=not known.is_founded)
    if needed and not names_text:  # the fault of the file says so once
        known = KnownNames(is_founded=True, currency=known.currency)
        terms = EntryTerms(known.currency, None, None, Names(()), None)
    else:
        terms = _terms(names, known)
    entries = read_entries(_text(Path(path), ENTRIES_FILE, listed, read, faults), terms, faults)
    spans = sorted(set(years)) or years_written(entries)
    faults.extend(year_faults(entries, spans))
    letterings = letterings_of(entries, faults)
    if faults:
        raise FolderInvalid(faults)
    return EntriesFolder(names, tuple(entries), letterings, tuple(spans), _digest(read))


def _terms(names: FundNames, known: KnownNames) -> EntryTerms:
    accounts = {*names.accounts, *known.accounts}
    return EntryTerms(
        currency=known.currency,
        journals=Names(dict.fromkeys((*names.journals, *known.journals, *JOURNALS))),
        accounts=lambda number: number in accounts or is_charted(number),
        account_names=Names(sorted(accounts)),
        auxiliaries=Names(dict.fromkeys((*names.auxiliaries, *known.auxiliaries))),
    )


def _text(folder: Path, name: str, listed: list[str], read: dict[str, bytes], faults: list[Fault]) -> str:
    raw = read_bytes(folder, name, listed, faults)
    if raw is None:
        return ""
    read[name] = raw
    return decoded(name, raw, faults)


def _digest(read: Mapping[str, bytes]) -> str:
    """Over the files in the order of their names: name, newline, number of bytes, newline, bytes."""
    whole = sha256()
    for name, raw in sorted(read.items()):
        whole.update(f"{name}\n{len(raw)}\n".encode())
        whole.update(raw)
    return whole.hexdigest()
