"""The audit pack of a year, written into one zip in one go, all of one moment of the books.

The same books give the same bytes. Entries go through a part at a time, so that the size of the books does not count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from fund.accounting import verify_pack
from fund.accounting.pack_rows import guarded
from fund.accounting.year import FiscalYear
from fund.errors import FundError
from fund.models import Fund
from fund.queries import pack as facts
from fund.queries.account_names import account_names
from fund.queries.accounts_year import year_of, years_of
from fund.queries.anchors import anchor_text
from fund.queries.minutes import minutes_of
from fund.statements.accounts.files import flat
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.accounts.registry import KINDS
from fund.statements.document import Language
from fund.statements.files import file_names
from fund.statements.minutes import minutes, minutes_lines
from fund.statements.pack.archive import Archive, csv_pieces
from fund.statements.pack.errors import PackNotWritable, PackStatementFailed, PackYearUnknown
from fund.statements.pack.fec import fec_files
from fund.statements.pack.readme import NAMES, readme
from fund.statements.render import csv, pdf
from ledger.errors import LedgerError
from ledger.journals import journal_labels
from ledger.proofs import Checkpoint
from ledger.raw_rows import one_moment
from ledger.tree import Frontier

FORMAT: Final = "tresse-pack/1"

DEDICATED: Final = "dedicated-funds"
"""The statement of dedicated funds, whose total the verifier computes again."""

OF_ACCOUNTS: Final = frozenset(
    {
        "balance-sheet",
        "income-statement",
        "in-kind",
        "trial-balance",
        "own-funds",
        "origin-destination",
        "public-generosity",
    }
)
"""Statements that say nothing of third parties."""

LINE_BY_LINE: Final = frozenset({"journal", "general-ledger", "auxiliary-ledger"})
"""Statements that only repeat every line, which `books/entries.csv` holds already."""

Files = Iterator[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True, slots=True)
class Written:
    """A pack that was written: the SHA-256 of its manifest, how many there are, and where the books ended."""

    fingerprint: str
    files: int
    entries: int
    head: str


def verifier() -> bytes:
    """The program that goes into every pack."""
    return Path(verify_pack.__file__).read_bytes()


def is_packed(kind: StatementKind, *, names: bool) -> bool:
    """Whether a statement is in the pack; without names only those that add up accounts are: the others name people."""
    return kind.name not in LINE_BY_LINE and (names or kind.name in OF_ACCOUNTS)


def pack_year(fund: Fund, year: int) -> FiscalYear:
    """The fiscal year of a pack; refused when the fund has none of this name."""
    found = year_of(fund, year)
    if found is None:
        raise PackYearUnknown(fund=fund.slug, year=year, known=", ".join(each.code for each in years_of(fund)))
    return found


def write_pack(fund: Fund, year: FiscalYear, out: IO[bytes], language: Language, *, names: bool = True) -> Written:
    """Write the pack of a fiscal year into a file that need not be seekable.

    Without `names` it holds no name and no free words: the chain is whole all the same, because only hashes of labels
    are in it.
    """
    with one_moment():
        return _Pack(fund, year, out, language, names).write()


def write_pack_file(fund: Fund, year: FiscalYear, path: Path, language: Language, *, names: bool = True) -> Written:
    """Write the pack beside the file and put it in its place at once; a stop leaves the old file or none."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            written = write_pack(fund, year, out, language, names=names)
        beside.replace(path)
    except OSError as refused:
        raise PackNotWritable(file=path, why=refused.strerror or str(refused)) from refused
    finally:
        with suppress(OSError):  # where its folder is none, it was never there
            beside.unlink(missing_ok=True)
    return written


class _Pack:
    """One pack on its way into its file."""

    def __init__(self, fund: Fund, year: FiscalYear, out: IO[bytes], language: Language, names: bool) -> None:
        self.fund, self.year, self.language, self.names = fund, year, language, names
        self.archive = Archive(out)
        self.book = facts.book_facts(fund)
        self.frontier = Frontier()

    def write(self) -> Written:
        """Every file, and last the list of them."""
        try:
            for name, pieces in self._files():
                self.archive.add(name, pieces)
        except BaseException:
            self.archive.abandon()
            raise
        manifest = facts.as_json(
            {
                "format": FORMAT,
                "book": self.book.slug,
                "currency": self.book.currency,
                "scale": self.book.scale,
                "year": {
                    "code": self.year.code,
                    "first": self.year.first.isoformat(),
                    "last": self.year.last.isoformat(),
                    "state": self.year.state,
                },
                "entries": self.book.head.entries,
                "seals": self.book.head.seals,
                "head": self.book.head.hash,
                "language": self.language,
                "names": self.names,
                "files": self.archive.hashes,
            }
        )
        files = len(self.archive.hashes)
        self.archive.add("manifest.json", iter([manifest.encode()]))
        self.archive.close()
        return Written(self.archive.hashes["manifest.json"], files, self.book.head.entries, self.book.head.hash)

    def _files(self) -> Files:
        span = {"first": self.year.first.isoformat(), "last": self.year.last.isoformat()}
        for each, name in NAMES.items():
            said = readme(each, fund=self.fund.name, year=self.year.code, names=self.names, **span)
            yield name, iter([said])
        yield "verify.py", iter([verifier()])
        yield from self._books()
        yield from self._rules()
        yield from self._decisions()
        yield from self._statements()
        if self.names:
            yield from fec_files(self.fund, self.year, self.language)
            yield "names.csv", csv_pieces(("code", "name"), facts.party_rows(self.fund))

    def _books(self) -> Files:
        fund, language = self.fund, self.language
        yield verify_pack.ENTRIES, csv_pieces(verify_pack.COLUMNS, self._entries())
        yield "books/checkpoint.txt", iter([self._checkpoint().text().encode()])
        yield (
            "books/periods.csv",
            csv_pieces(("first", "last", "act", "by", "why", "moment"), facts.period_rows(fund)),
        )
        columns = ("account", "unit", "code", "act", "on", "partial", "postings", "by", "moment")
        yield "books/lettering.csv", csv_pieces(columns, facts.lettering_rows(fund))
        yield (
            "books/fiscal-years.csv",
            csv_pieces(("code", "first", "last", "chart", "state"), facts.year_rows(fund)),
        )
        names = account_names(fund, self.year.last.year, language)
        accounts = ([number, guarded(names[number])] for number in facts.charts_used(fund))
        yield "books/accounts.csv", csv_pieces(("account", "name"), accounts)
        journals = ([code, guarded(label)] for code, label in journal_labels(fund.slug).items())
        yield "books/journals.csv", csv_pieces(("journal", "name"), journals)

    def _entries(self) -> Iterator[Sequence[str]]:
        """The lines of the entries; the leaf of each goes into the tree on the way."""
        leaf, place, last = verify_pack.COLUMNS.index("leaf"), verify_pack.COLUMNS.index("entry"), ""
        for row in facts.entries(self.fund, self.year, self.book.head.entries, words=self.names):
            if row[place] != last:
                last = row[place]
                self.frontier.append(bytes.fromhex(row[leaf]))
            yield row

    def _checkpoint(self) -> Checkpoint:
        head = self.book.head
        return Checkpoint(self.book.slug, head.entries, head.seals, self.frontier.root().hex(), head.hash)

    def _rules(self) -> Files:
        versions = facts.charters(self.fund)
        for version in versions:
            yield f"charters/{version.number}.toml", iter([version.text.encode()])
        rows = (
            [str(v.number), guarded(v.name), v.sha256, v.effective_from.isoformat(), v.adopted_on.isoformat()]
            for v in versions
        )
        yield "charters/charters.csv", csv_pieces(("number", "name", "sha256", "effective_from", "adopted_on"), rows)
        for anchor in facts.anchors(self.fund):
            yield f"anchors/{anchor.on.isoformat()}-{anchor.entries}.txt", iter([anchor_text(anchor).encode()])

    def _decisions(self) -> Files:
        for number, decision in facts.charter_decisions(self.fund):
            yield f"decisions/charter-{number}.json", iter([decision.encode()])
        calls = facts.decided_calls(self.fund, self.year)
        folders = file_names(call.slug for call in calls)
        for call in calls:
            folder = f"decisions/{folders[call.slug]}"
            yield f"{folder}/outcome.json", iter([call.outcome.encode()])
            if call.record:
                yield f"{folder}/record.json", iter([call.record.encode()])
            found = minutes_of(self.fund, call.slug, self.language) if self.names else None
            if found and found.is_final:
                yield f"{folder}/minutes.pdf", iter([pdf.render(minutes(found, self.language))])
                yield f"{folder}/minutes.csv", iter([csv.render(minutes_lines(found, self.language), self.language)])

    def _statements(self) -> Files:
        for kind in KINDS:
            if is_packed(kind, names=self.names):
                yield from self._statement(kind)
            elif kind.name == DEDICATED:  # its table names funders, its total nobody
                figures = kind.figures(kind.read(Asked(self.fund, self.year, self.year.last)))
                yield f"statements/{DEDICATED}.json", iter([facts.as_json(figures["total"]).encode()])

    def _statement(self, kind: StatementKind) -> Files:
        """PDF, CSV and figures of one statement; or, where the books do not allow it, the sentence that says why."""
        try:
            found = kind.read(Asked(self.fund, self.year, self.year.last))
            document = kind.arrange(found, self.language)
            files = {
                "csv": csv.render(flat(document), self.language),
                "json": facts.as_json(_figures(kind, found)).encode(),
                "pdf": pdf.render(document),
            }
        except (FundError, LedgerError) as refused:
            files = {"txt": f"{refused.sentence(self.language)} ({refused.code})\n".encode()}
        except Exception as refused:  # it is named, whatever it is: the pack is whole or not there
            raise PackStatementFailed(name=kind.name, why=f"{type(refused).__name__}: {refused}") from refused
        for ending, content in files.items():
            yield f"statements/{kind.name}.{ending}", iter([content])


def _figures(kind: StatementKind, found: Any) -> Any:
    """The figures of a statement; those of dedicated funds with their total on top, as all others have theirs."""
    figures = kind.figures(found)
    return {**figures, **figures.pop("total")} if kind.name == DEDICATED else figures
