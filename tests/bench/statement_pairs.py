"""A batch of 200 member statements as PDF files with its progress, beside as many plain pages of the same text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path

import django

from tests.bench.measure import Pair, durations, require_same

KEY = "statements_200_vs_plain_pages"
MEMBERS = 200
LINES, LEADING, TOP, LEFT = 52, 14, 790, 57


def measure(scale: float = 1) -> Iterator[Pair]:
    django.setup()
    from fund.management.progress import Progress
    from fund.statements.document import Document
    from fund.statements.render import pdf, text
    from fund.statements.year_folder import Files, FolderStatement, write_all

    papers = documents(max(1, int(MEMBERS * scale)))
    pages = [text.render(paper).splitlines() for paper in papers]

    def drawn(paper: Document) -> Files:
        yield "pdf", pdf.render(paper)

    def batch() -> int:
        with tempfile.TemporaryDirectory() as folder, Progress(StringIO()) as progress:
            todo = [FolderStatement(f"members/{paper.number}", partial(drawn, paper)) for paper in papers]
            return len(write_all(todo, Path(folder), progress.step))

    def plain() -> int:
        with tempfile.TemporaryDirectory() as folder:
            for number, lines in enumerate(pages):
                (Path(folder) / f"{number}.pdf").write_bytes(plain_pages(lines))
            return len(list(Path(folder).iterdir()))

    require_same(KEY, batch(), plain())
    said = f"{len(papers)} statements of members, with progress / reportlab's own canvas, the same text line by line"
    yield durations(KEY, said, ours=batch, other=plain)


def documents(count: int) -> list:  # type: ignore[type-arg]
    """The statements of members who were called, paid in twelve parts and hold nothing else."""
    from fund.queries.gifts import Gifts, Receipt
    from fund.queries.identities import FundIdentity, PartyIdentity
    from fund.queries.issued import Issue
    from fund.queries.members import MemberAccount
    from fund.statements.member import member_statement_on_paper
    from ledger.money import EUR_INKIND, HOUR, Amount

    fund = FundIdentity("banc", "Fonds du banc (fictif)", "association-1901", "123456782", "EUR", date(2026, 1, 1))
    found = []
    for number in range(count):
        amount = Amount(10_000 + number)
        receipts = tuple(
            Receipt(f"REL-{number}-{month}", date(2026, month, 5), amount, "Virement", "named", "")
            for month in range(1, 13)
        )
        account = MemberAccount(
            fund=fund,
            member=PartyIdentity(f"M{number:03}", f"Membre {number} (fictif)"),
            category="venue",
            term_from=date(2026, 1, 1),
            term_until=None,
            as_of=date(2026, 12, 31),
            calls=(),
            promises=(),
            receipts=receipts,
            helps=(),
            gave=Gifts(Amount(12 * amount.minor), Amount(0, EUR_INKIND), Amount(0, HOUR)),
            called=Amount(0),
            still_due=Amount(0),
            part=Fraction(1, count),
            returns=(),
            rights=(),
            supported=(),
        )
        issued = Issue(f"2026-member-M{number:03}", date(2026, 12, 31), "0" * 64)
        found.append(member_statement_on_paper(account, "fr", issued=issued, charter=None))
    return found


def plain_pages(lines: list[str]) -> bytes:
    """The lines in one face on as many pages as they need."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for start in range(0, len(lines), LINES):
        canvas.setFont("Helvetica", 9)
        for place, line in enumerate(lines[start : start + LINES]):
            canvas.drawString(LEFT, TOP - place * LEADING, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
