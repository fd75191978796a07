"""What a statement says, before anyone draws it: typed values in frozen dataclasses.

Plain Python. A statement goes through three hands: facts come from the queries, an arranger makes a
`Document` of them, a renderer draws it. Figures stay figures here (`Amount`, `date`, `int`, `Fraction`),
so that each renderer writes them its own way: in the reader's language on paper and on screen, as real
numbers in a workbook, as ISO dates and plain decimals in a CSV file. Text is plain text: no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from ledger.money import Amount, Unit

Language = Literal["fr", "en"]
Kind = Literal["text", "amount", "number", "rate", "date", "code"]
Tone = Literal["member", "pot", "project", "return", "reserve", "other"]

_ALLOWED_LINK = re.compile(r"(?:https://|mailto:|#|/(?![/\\])|(?![a-z0-9+.-]*:)[\w.-])[^\s\\\"'<>]*", re.ASCII | re.I)
_FIGURES = ("amount", "number", "rate")


class DocumentInvalid(ValueError):
    """A document contradicts itself: a fault of the arranger, never of the facts."""

    code = "document_invalid"

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}. Correct the function that arranges this document.")


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure that opens its own trace: `steps` are whole sentences, in the order of the computation."""

    figure: Amount | int | Fraction
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A value that leads somewhere: a path of the site, an anchor (`#…`), `https:` or `mailto:`.

    Any other address (a person may have typed it) has no `target`, so the value is drawn alone.
    """

    value: str | Amount | int | date
    href: str

    @property
    def target(self) -> str:
        """The address when it may be followed, else an empty string."""
        return self.href if _ALLOWED_LINK.fullmatch(self.href) else ""


Cell = str | Amount | int | date | Fraction | Explained | Link | None
"""What a table or a fact can hold; a `Fraction` is a rate between 0 and 1; `None` is an empty cell."""


def figure_of(cell: Cell) -> str | Amount | int | date | Fraction | None:
    """The bare value of a cell, without its trace or its link."""
    if isinstance(cell, Explained):
        return cell.figure
    return cell.value if isinstance(cell, Link) else cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `code` is text in fixed width (an account, a hash); `amount`, `number` and `rate` align right.

    With a `unit` the heading names it once and the cells show bare numbers; without, each cell names its own.
    """

    label: str
    kind: Kind = "text"
    unit: Unit | None = None

    @property
    def is_figure(self) -> bool:
        """Whether its cells are figures, aligned right."""
        return self.kind in _FIGURES


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: `strong` marks a subtotal, `anchor` lets a link lead to the line.

    `level` is how far its first cell stands in (0 to 3), as the lines of a statement under their headings.
    """

    cells: tuple[Cell, ...]
    strong: bool = False
    anchor: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `total` is its last line (empty: none), `empty` the sentence shown when it has no rows.

    `name` is the short name of its sheet and file (the caption when empty). In a column with a unit all
    amounts are of that unit.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    total: tuple[Cell, ...] = ()
    name: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not width:
            raise DocumentInvalid(self.caption, "the table has no column")
        for number, cells in enumerate([*(row.cells for row in self.rows), *([self.total] if self.total else [])], 1):
            if len(cells) != width:
                raise DocumentInvalid(self.caption, f"line {number} has {len(cells)} cells for {width} columns")
            for column, cell in zip(self.columns, cells, strict=True):
                self._check(column, figure_of(cell), number)

    def _check(self, column: Column, value: Cell, number: int) -> None:
        if column.unit is not None and isinstance(value, Amount) and value.unit != column.unit:
            why = f"line {number} has {value.unit} in the column “{column.label}” of {column.unit}"
            raise DocumentInvalid(self.caption, why)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences, with numbers when their order matters."""

    entries: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `note` is a short remark under it."""

    label: str
    value: Cell
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, one under the other."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The two to five figures a reader came for, drawn large, side by side."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A labelled figure with its trace, as a block of its own."""

    label: str
    explained: Explained


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A place where money is or was: `column` 0 is the leftmost."""

    key: str
    label: str
    column: int
    tone: Tone = "other"


@dataclass(frozen=True, slots=True)
class FlowLink:
    """An amount that went from one node to another, further to the right."""

    source: str
    target: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Flow:
    """A picture of flows, always drawn with the table of its own links; one unit, amounts above zero.

    Group many small nodes as “n others” before: the picture draws every node it is given.
    """

    title: str
    description: str
    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]
    empty: str

    def __post_init__(self) -> None:
        columns = {node.key: node.column for node in self.nodes}
        if len(columns) != len(self.nodes):
            raise DocumentInvalid(self.title, "two nodes have the same key")
        for link in self.links:
            if link.source not in columns or link.target not in columns:
                raise DocumentInvalid(self.title, f"the link {link.source} → {link.target} names an unknown node")
            if columns[link.source] >= columns[link.target]:
                raise DocumentInvalid(self.title, f"the link {link.source} → {link.target} does not go to the right")
            if link.amount.minor <= 0 or link.amount.unit != self.links[0].amount.unit:
                raise DocumentInvalid(
                    self.title, f"the link {link.source} → {link.target} has the amount {link.amount}"
                )


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document; sections nest, and `anchor` lets a link lead to one."""

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""


Block = Paragraph | Items | Facts | KeyFigures | Table | Explanation | Flow | Section


@dataclass(frozen=True, slots=True)
class Span:
    """A period, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Document:
    """A statement: what it is, whom and when it is about, what it says, and what it rests on.

    `number` is its reference, `covers` the period or the day it speaks of (`None`: neither), `charter` the
    version of the charter that applied, `chain_head` the head of the books' hash chain when it was issued;
    `issued` holds further facts of the same kind. `correction_of` names the document that this one corrects.
    """

    title: str
    number: str
    fund: str
    language: Language
    issued_on: date
    sections: tuple[Section, ...]
    subject: str = ""
    covers: Span | date | None = None
    charter: str = ""
    chain_head: str = ""
    issued: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    correction_of: str = ""
    summary: tuple[Block, ...] = ()
    """Blocks before the first section: key figures, a sentence."""
    wide: bool = False
    """Whether its tables need a page on its side: ledgers do."""
    is_drawn_up_to: bool = False
    """Whether `issued_on` is the day up to which the books are read, as for accounts, not the day it was made."""


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block of a document in reading order; a section comes before what it holds."""

    def inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            yield block
            if isinstance(block, Section):
                yield from inside(block.blocks)

    yield from inside(document.summary)
    yield from inside(document.sections)
