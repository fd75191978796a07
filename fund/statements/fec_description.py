"""The description that must go with a file of accounting entries (LPF, art. A.47 A-1, XI), as a document."""

from __future__ import annotations

from fund.accounting.fec_words import FIELDS, NATURES, word
from fund.queries.fec_description import FecDescription
from fund.statements.document import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Items,
    Language,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from fund.statements.render import html, pdf


def fec_description(facts: FecDescription) -> Document:
    """Name, charset, structure, fields, journals, accounts, numbering, what is left out, in the export's language."""
    language: Language = "fr" if facts.language == "fr" else "en"
    told = _Told(facts, language)
    return Document(
        title=told("title"),
        number=facts.name.removesuffix(".txt"),
        fund=facts.fund.name,
        language=language,
        issued_on=facts.on,
        subject=facts.name,
        covers=Span(facts.first, facts.last),
        summary=told.summary(),
        sections=(
            Section(told("file"), (told.file(),)),
            Section(told("fields"), (told.fields(),)),
            Section(told("order"), (told.items("order_numbering", "order_sort", "order_validation"),)),
            Section(told("left_out"), tuple(told.left_out())),
            Section(told("journals"), (told.journals(),)),
            Section(told("accounts"), (told.accounts(),)),
        ),
    )


def description_pdf(facts: FecDescription) -> bytes:
    """The description as PDF: the same facts give the same bytes."""
    return pdf.render(fec_description(facts))


def description_html(facts: FecDescription) -> str:
    """The description as a page of its own."""
    return html.page(fec_description(facts))


class _Told:
    """The facts of one file in one language."""

    def __init__(self, facts: FecDescription, language: Language) -> None:
        self._facts, self._language = facts, language

    def __call__(self, key: str, **facts: object) -> str:
        return word(key, self._language).format(**facts)

    def items(self, *keys: str) -> Items:
        return Items(tuple(self(key) for key in keys))

    def summary(self) -> tuple[Block, ...]:
        facts = self._facts
        opening = self("opening", name=facts.name, lines=facts.lines, entries=facts.entries)
        return (Paragraph(opening), *(() if facts.is_closed else (Paragraph(self("provisional")),)))

    def file(self) -> Facts:
        facts = self._facts
        return Facts(
            (
                Fact(self("file_name"), facts.name),
                Fact(self("sha256"), facts.sha256),
                Fact(self("exported_on"), facts.on),
                Fact(self("charset"), self(facts.encoding)),
                Fact(self("structure"), self("structure_text")),
                Fact(self("separator"), self(facts.separator)),
                Fact(self("lengths"), self("lengths_text")),
                Fact(self("decimals"), self("decimals_text", currency=facts.fund.currency)),
            )
        )

    def fields(self) -> Table:
        which = 0 if self._language == "fr" else 1
        rows = tuple(
            Row((place, name, NATURES[nature][which], (french, english)[which]))
            for place, (name, nature, french, english) in enumerate(FIELDS, 1)
        )
        columns = (
            Column(self("place"), "number"),
            Column(self("field"), "code"),
            Column(self("nature")),
            Column(self("meaning")),
        )
        return Table(self("fields_caption"), columns, rows, self("nothing"), name="fields")

    def left_out(self) -> list[Block]:
        keys = ("left_out_closing", "left_out_carrying", "left_out_management", "left_out_drafts")
        blocks: list[Block] = [self.items(*keys), Paragraph(self("in_kind"))]
        if self._facts.currencies:
            blocks.append(Paragraph(self("currencies", currencies=", ".join(self._facts.currencies))))
        return blocks

    def journals(self) -> Table:
        columns = (Column(self("journal"), "code"), Column(self("label")), Column(self("entries"), "number"))
        rows = tuple(Row((each.code, each.label, each.entries)) for each in self._facts.journals)
        return Table(self("journals"), columns, rows, self("nothing"))

    def accounts(self) -> Table:
        columns = (Column(self("account"), "code"), Column(self("label")))
        rows = tuple(Row((number, label)) for number, label in self._facts.accounts)
        return Table(self("accounts"), columns, rows, self("nothing"))
