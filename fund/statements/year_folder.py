"""The folder of a year: a statement for each member and project, the committee's result, the books, and an index.

Reads only. The same books give the same bytes, so a folder can be made again and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from allocation.queries import call_facts, outcome_facts
from fund.accounting.year import FiscalYear
from fund.models import Fund
from fund.queries.book_year import BookYear, book_year
from fund.queries.identities import CharterIdentity, fund_identity
from fund.queries.issued import Issue, draft, issues, returns_receivable, year_subjects
from fund.queries.members import member_account
from fund.queries.projects import project_account
from fund.queries.rules import articles_agreed, rules_in_force
from fund.statements import books
from fund.statements.accounts.files import files_of
from fund.statements.accounts.kinds import Asked, StatementKind, View
from fund.statements.accounts.registry import KINDS
from fund.statements.book_sheets import sheet, workbook
from fund.statements.committee import committee_lines, committee_result
from fund.statements.document import Document, Language
from fund.statements.errors import FolderNotWritable, StatementsNotWritten
from fund.statements.files import file_names, write_whole
from fund.statements.lines import member_lines, project_lines
from fund.statements.member import member_statement, member_statement_on_paper
from fund.statements.project import project_statement, project_statement_on_paper
from fund.statements.render import csv, html, pdf, xlsx
from fund.statements.year_index import Listed, year_index

Progress = Callable[[int, int, str], None]
Files = Iterator[tuple[str, bytes]]
"""The files of one statement: the ending of each, and its contents."""

_ARRANGERS: dict[str, Callable[[BookYear, Language], Document]] = {
    "trial-balance": books.trial_balance,
    "journal": books.journal,
    "general-ledger": books.general_ledger,
}


def write_year(fund: Fund, year: int, out: Path, language: Language, *, progress: Progress | None = None) -> list[Path]:
    """Write all statements of the year into `out` and return the files in order.

    `progress` hears how many statements are done, of how many, and which comes next. A statement that fails does
    not stop the others: StatementsNotWritten names it at the end. Each file is there whole or not at all.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise FolderNotWritable(folder=out, why=refused.strerror or str(refused)) from refused
    return write_all(_Year(fund, year, language).statements(), out, progress)


def write_accounts(
    fund: Fund,
    year: FiscalYear,
    out: Path,
    language: Language,
    *,
    as_of: date | None = None,
    view: View = "expert",
    progress: Progress | None = None,
) -> list[Path]:
    """Write the yearly statements till a day, then one for each member and project, as `write_year` does."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise FolderNotWritable(folder=out, why=refused.strerror or str(refused)) from refused
    day = min(as_of or year.last, year.last)
    asked = Asked(fund, year, day, view)
    todo = [FolderStatement(kind.name, partial(_account_files, kind, asked, language)) for kind in KINDS]
    return write_all([*todo, *_Year(fund, day.year, language, day).people()], out, progress)


def _account_files(kind: StatementKind, asked: Asked, language: Language) -> Files:
    return files_of(kind.arrange(kind.read(asked), language))


def write_all(todo: Sequence[FolderStatement], out: Path, progress: Progress | None = None) -> list[Path]:
    """Write these statements into a folder; one that fails does not stop the others, and is named at the end."""
    written: list[Path] = []
    failed: dict[str, str] = {}
    for done, statement in enumerate(todo):
        if progress:
            progress(done, len(todo), statement.path)
        try:
            for ending, content in statement.files():
                path = out / f"{statement.path}.{ending}"
                write_whole(path, content)
                written.append(path)
        except Exception as refused:  # one statement that fails must not take the others with it
            failed[statement.path] = f"{type(refused).__name__}: {refused}"
    if progress:
        progress(len(todo), len(todo), "")
    if failed:
        raise StatementsNotWritten(failed=failed, written=len(written))
    return written


@dataclass(frozen=True, slots=True)
class FolderStatement:
    """A statement to write: its path without an ending, and how its files are made."""

    path: str
    files: Callable[[], Files]


class _Year:
    """One fund's year, read as statements need it."""

    def __init__(self, fund: Fund, year: int, language: Language, as_of: date | None = None) -> None:
        self.fund, self.year, self.language = fund, year, language
        self.last = as_of or date(year, 12, 31)
        self.issued = issues(fund, self.last)
        self.draft = draft(fund, self.last)
        self.subjects = year_subjects(fund, year, self.last)

    @cached_property
    def books(self) -> BookYear:
        """The books, read once for three of them."""
        return book_year(self.fund, self.year)

    @cached_property
    def charter(self) -> CharterIdentity | None:
        """The version in force on the year's last day."""
        return rules_in_force(self.fund, self.last, self.language).charter

    def issue(self, kind: str, subject: str) -> Issue:
        return self.issued.get((kind, subject), self.draft)

    def people(self) -> list[FolderStatement]:
        """One statement for each member and each project."""
        members, projects = file_names(self.subjects.members), file_names(self.subjects.projects)
        return [
            *(FolderStatement(f"members/{name}", partial(self._member, code)) for code, name in members.items()),
            *(FolderStatement(f"projects/{name}", partial(self._project, code)) for code, name in projects.items()),
        ]

    def statements(self) -> list[FolderStatement]:
        """Everything there is to write, the index last."""
        members, projects = file_names(self.subjects.members), file_names(self.subjects.projects)
        found = [
            *self.people(),
            *(FolderStatement(path, partial(self._committee, call)) for call, path in self._calls().items()),
            *(FolderStatement(name, partial(self._book, name)) for name in _ARRANGERS),
        ]
        return [*found, FolderStatement("index", partial(self._index, members, projects))]

    def _calls(self) -> dict[str, str]:
        """Where each call's result is written: `committee` when the year has one call."""
        calls = self.subjects.calls
        if len(calls) == 1:
            return {calls[0]: "committee"}
        return {call: f"committee-{name}" for call, name in file_names(calls).items()}

    def _member(self, code: str) -> Files:
        account = member_account(self.fund, code, self.last)
        assert account is not None, "the member was found on this very day"
        issued, charter = self.issue("member", code), self.charter
        paper = member_statement_on_paper(account, self.language, issued=issued, charter=charter)
        screen = member_statement(account, self.language, issued=issued, charter=charter)
        yield "pdf", pdf.render(paper)
        yield "html", html.page(screen).encode()
        yield "csv", csv.render(member_lines(account, self.language), self.language)

    def _project(self, code: str) -> Files:
        account = project_account(self.fund, code, self.last)
        assert account is not None, "the project was found on this very day"
        articles = articles_agreed(self.fund, account.charter, account.awarded_on, self.language)
        issued, receivable = self.issue("project", code), returns_receivable(self.fund, code, self.last)
        paper, screen = (
            arranged(account, self.language, issued=issued, receivable=receivable, articles=articles)
            for arranged in (project_statement_on_paper, project_statement)
        )
        yield "pdf", pdf.render(paper)
        yield "html", html.page(screen).encode()
        yield "csv", csv.render(project_lines(account, self.language), self.language)

    def _committee(self, call: str) -> Files:
        result = outcome_facts(self.fund.slug, call)
        assert result is not None, "the call's outcome was found on this very day"
        issued = self.issue("committee", call)
        document = committee_result(result, self.language, fund=fund_identity(self.fund), issued=issued)
        yield "pdf", pdf.render(document)
        yield "html", html.page(document).encode()
        yield "csv", csv.render(committee_lines(result, self.language), self.language)

    def _book(self, name: str) -> Files:
        yield "pdf", pdf.render(_ARRANGERS[name](self.books, self.language))
        yield "csv", csv.render(sheet(name, self.books, self.language), self.language)
        yield "xlsx", xlsx.render(workbook(name, self.books, self.language))

    def _index(self, members: dict[str, str], projects: dict[str, str]) -> Files:
        names = self.books.names
        titles = dict(self.fund.projects.values_list("code", "title"))
        document = year_index(
            self.books,
            self.language,
            members=[Listed(code, names[code], f"members/{name}") for code, name in members.items()],
            projects=[Listed(code, titles[code], f"projects/{name}") for code, name in projects.items()],
            committee=[
                Listed(call, call_facts(self.fund.slug, call).name, path) for call, path in self._calls().items()
            ],
            books_written=list(_ARRANGERS),
        )
        yield "html", html.page(document).encode()
