"""Tables in the PDF: measured once, split over pages with their headings, drawn line by line.

reportlab's own tables copy what is left of them on every page and parse each cell as markup; a ledger of
twenty thousand lines needs neither. Cells are drawn as plain text, so nothing in them can be markup.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fund.statements.document import Cell, Column, Explained, Fact, Language, Link, Table
from fund.statements.render.formats import cell_text, heading_text
from fund.statements.render.pdf_type import BOLD, INK, LINE, PLAIN, SOFT, Pen, shortened, width_of, wrapped

_GAP = 16
_STEP = "\xa0" * 4
_SIZES = (8.5, 7.5, 6.5)
_LONG = 100
_TALLEST = 40
_HEADING_LINES = 5
_PARAGRAPH_WIDTH = 60
_ONE_LINE_HEADING = 70


@dataclass(frozen=True, slots=True)
class _Ink:
    """One cell before it is laid out: its text, the number of its note, the address it leads to."""

    text: str
    mark: str = ""
    address: str = ""


_Rows = list[tuple[tuple[_Ink, ...], str]]
"""Rows before they are laid out, each with its face."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row (or, of an overlong row, one part), laid out: the lines of text of each cell."""

    cells: tuple[Sequence[str], ...]
    inks: tuple[_Ink, ...]
    font: str
    first: bool
    ruled: Color | None

    def height(self, leading: float) -> float:
        pad = leading * 2 / 3 if self.first else 0
        return max(len(lines) for lines in self.cells) * leading + pad


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table laid out for one width; `tops` are the running heights of its lines."""

    size: float
    widths: tuple[float, ...]
    right: tuple[bool, ...]
    heading: tuple[Sequence[str], ...]
    lines: tuple[_Line, ...]
    tops: tuple[float, ...]
    has_total: bool
    soft_first: bool

    @property
    def leading(self) -> float:
        return self.size * 1.4

    @property
    def heading_height(self) -> float:
        if not self.heading:
            return 0
        return max(len(lines) for lines in self.heading) * self.leading + self.leading * 0.6


class TableInk(Flowable):
    """The lines `start` to `stop` of a grid, under its headings."""

    def __init__(self, grid: Grid, start: int = 0, stop: int | None = None) -> None:
        super().__init__()
        self.grid, self.start = grid, start
        self.stop = len(grid.lines) if stop is None else stop
        self.spaceAfter = 4

    def _height(self, stop: int) -> float:
        return self.grid.heading_height + self.grid.tops[stop] - self.grid.tops[self.start]

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The room this part takes, in points."""
        return width, self._height(self.stop)

    def split(self, _width: float, height: float) -> list[Flowable]:
        """As many lines as fit, then the rest; neither a first line nor a total stands alone."""
        grid = self.grid
        room = height - grid.heading_height + grid.tops[self.start]
        fits = min(bisect_right(grid.tops, room + 0.01) - 1, self.stop)
        if grid.has_total and fits == self.stop - 1 and fits - self.start > 1:
            fits -= 1
        alone = fits - self.start == 1 < self.stop - self.start and self.start == 0
        if fits <= self.start or (alone and height < 200):
            return []
        return [TableInk(grid, self.start, fits), TableInk(grid, fits, self.stop)]

    def draw(self) -> None:
        """Draw the headings, then each line from the top down."""
        grid, canvas = self.grid, self.canv
        top = self._height(self.stop)
        if grid.heading:
            canvas.setFillColor(SOFT)
            canvas.setFont(PLAIN, grid.size - 1)
            bottom = top - grid.heading_height
            for place, lines in enumerate(grid.heading):
                first = bottom + grid.leading * 0.6 + (len(lines) - 1) * grid.leading
                self._text(canvas, place, lines, first, PLAIN, grid.size - 1)
            self._rule(canvas, bottom, INK, 0.8)
            top = bottom
        for number in range(self.start, self.stop):
            line = grid.lines[number]
            if line.ruled is not None and (number > self.start or line.ruled == INK):
                self._rule(canvas, top, line.ruled, 0.8 if line.ruled == INK else 0.4)
            self._line(canvas, line, top)
            top -= line.height(grid.leading)

    def _rule(self, canvas: Canvas, y: float, colour: Color, thick: float) -> None:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(thick)
        canvas.line(0, y, sum(self.grid.widths), y)

    def _line(self, canvas: Canvas, line: _Line, top: float) -> None:
        grid = self.grid
        first = top - grid.size - (grid.leading / 3 + grid.size * 0.05 if line.first else 0)
        for place, lines in enumerate(line.cells):
            canvas.setFillColor(SOFT if grid.soft_first and place == 0 else INK)
            canvas.setFont(line.font, grid.size)
            edge = self._text(canvas, place, lines, first, line.font, grid.size)
            ink = line.inks[place]
            if ink.mark and line.first:
                canvas.setFont(PLAIN, grid.size * 0.65)
                canvas.drawString(edge + 1, first + grid.size * 0.35, ink.mark)
            if ink.address:
                left = sum(grid.widths[:place])
                box = (
                    left,
                    first - 2 - (len(lines) - 1) * grid.leading,
                    left + grid.widths[place] - _GAP,
                    first + grid.size,
                )
                canvas.linkURL(ink.address, box, relative=1)

    def _text(self, canvas: Canvas, place: int, lines: Sequence[str], y: float, font: str, size: float) -> float:
        """Draw the lines of one cell from `y` down and return the right edge of the first."""
        grid = self.grid
        left = sum(grid.widths[:place])
        right = left + grid.widths[place] - (_GAP if place < len(grid.widths) - 1 else 0)
        for number, text in enumerate(lines):
            if not text:
                continue
            if grid.right[place]:
                canvas.drawRightString(right, y - number * grid.leading, text)
            else:
                canvas.drawString(left, y - number * grid.leading, text)
        if grid.right[place] or not lines:
            return right
        return left + width_of(lines[0], font, size)


def table_grids(table: Table, pen: Pen, language: Language, width: float) -> list[Grid]:
    """Lay a table out over `width` points; the size goes down before a figure would be cut.

    A table that is too wide even so becomes several, one under the other, each with its first column.
    """
    heading = [pen.drawable(heading_text(column, language)) for column in table.columns]
    rows = [
        (_stood_in(_inks(row.cells, table.columns, pen, language), row.level), BOLD if row.strong else PLAIN)
        for row in table.rows
    ]
    if table.total:
        rows.append((_inks(table.total, table.columns, pen, language), BOLD))
    return _side_by_side(heading, rows, table.columns, width, has_total=bool(table.total))


def _side_by_side(
    heading: list[str], rows: _Rows, columns: Sequence[Column], width: float, *, has_total: bool
) -> list[Grid]:
    fixed = [column.is_figure or column.kind == "date" for column in columns]
    fitted = _fitted(heading, rows, fixed, width)
    if fitted is None and len(columns) > 2:
        middle = len(columns) // 2 + 1
        return [
            grid
            for places in (range(middle), [0, *range(middle, len(columns))])
            for grid in _side_by_side(
                [heading[place] for place in places],
                [(tuple(inks[place] for place in places), font) for inks, font in rows],
                [columns[place] for place in places],
                width,
                has_total=has_total,
            )
        ]
    size, widths = fitted or (_SIZES[-1], (width / len(columns),) * len(columns))
    right = tuple(column.is_figure for column in columns)
    return [_laid_out(heading, rows, size, widths, right, has_total=has_total)]


def facts_grid(facts: Iterable[Fact], pen: Pen, language: Language, width: float, *, size: float) -> Grid:
    """Lay labels and values out in two columns, without headings."""
    rows: _Rows = []
    for fact in facts:
        value = _ink(fact.value, None, pen, language)
        note = f"\n{pen.drawable(fact.note)}" if fact.note else ""
        ink = _Ink(f"{value.text}{note}", value.mark, value.address)
        rows.append(((_Ink(pen.drawable(fact.label)), ink), PLAIN))
    label = max((width_of(inks[0].text, PLAIN, size) for inks, _ in rows), default=0) + _GAP * 2
    label = min(label, width * 0.4)
    return _laid_out([], rows, size, (label, width - label), (False, False), has_total=False)


def _ink(cell: Cell, column: Column | None, pen: Pen, language: Language) -> _Ink:
    text = pen.drawable(cell_text(cell, language, column=column))
    if isinstance(cell, Explained) and cell.steps:
        return _Ink(text, mark=str(pen.note(cell)))
    if isinstance(cell, Link) and cell.target.startswith(("https://", "mailto:")):
        return _Ink(text, address=cell.target)
    return _Ink(text)


def _stood_in(inks: tuple[_Ink, ...], level: int) -> tuple[_Ink, ...]:
    """The cells with the first one moved in by its level; a text that breaks goes on at the edge."""
    return (replace(inks[0], text=_STEP * level + inks[0].text), *inks[1:]) if level else inks


def _inks(cells: Iterable[Cell], columns: Sequence[Column], pen: Pen, language: Language) -> tuple[_Ink, ...]:
    return tuple(_ink(cell, column, pen, language) for column, cell in zip(columns, cells, strict=True))


def _fitted(heading: list[str], rows: _Rows, fixed: list[bool], width: float) -> tuple[float, tuple[float, ...]] | None:
    """The largest size at which the columns of figures keep their width and the text columns can be read."""
    for size in _SIZES[1:] if len(rows) > _LONG else _SIZES:
        natural = [_heading_width(text, size - 1) for text in heading]
        for inks, font in rows:
            for place, ink in enumerate(inks):
                natural[place] = max(natural[place], width_of(ink.text, font, size))
        # Half a point more than measured, so that no rounding breaks a line that fits.
        natural = [wide + _GAP + 0.5 for wide in natural]
        natural[-1] -= _GAP
        if (widths := _shared(natural, fixed, width)) is not None:
            return size, widths
    return None


def _heading_width(text: str, size: float) -> float:
    """A short heading stays on one line; a long one may break between words."""
    whole = width_of(text, PLAIN, size)
    longest = width_of(max(text.split(), key=len, default=""), PLAIN, size)
    return whole if whole <= _ONE_LINE_HEADING else max(longest, min(whole / 2, _ONE_LINE_HEADING))


def _shared(natural: list[float], fixed: list[bool], width: float) -> tuple[float, ...] | None:
    """Widths that fill the page: figures as wide as they are, text columns sharing what is left."""
    spare = width - sum(natural)
    free = [place for place, is_fixed in enumerate(fixed) if not is_fixed]
    if spare >= 0:
        grows = free or list(range(len(natural)))
        return tuple(wide + (spare / len(grows) if place in grows else 0) for place, wide in enumerate(natural))
    left = width - sum(wide for wide, is_fixed in zip(natural, fixed, strict=True) if is_fixed)
    if left < _PARAGRAPH_WIDTH * len(free) or not free:
        return None
    widths = list(natural)
    # Narrow text columns keep their width; the wide ones share the rest.
    for place in sorted(free, key=lambda place: natural[place]):
        widths[place] = min(natural[place], left / len(free))
        left -= widths[place]
        free = free[1:]
    return tuple(widths)


def _laid_out(
    heading: list[str], rows: _Rows, size: float, widths: tuple[float, ...], right: tuple[bool, ...], *, has_total: bool
) -> Grid:
    """Break every text into lines; a row taller than half a page becomes several parts that follow each other."""
    inner = [max(wide - (_GAP if place < len(widths) - 1 else 0), size) for place, wide in enumerate(widths)]
    lines: list[_Line] = []
    for number, (inks, font) in enumerate(rows):
        cells = [wrapped(ink.text, font, size, wide) for ink, wide in zip(inks, inner, strict=True)]
        rule = INK if has_total and number == len(rows) - 1 else LINE
        for top in range(0, max(len(cell) for cell in cells), _TALLEST):
            part = tuple(cell[top : top + _TALLEST] for cell in cells)
            lines.append(_Line(part, inks, font, top == 0, rule if top == 0 else None))
    heads = tuple(_heading_lines(text, size - 1, wide) for text, wide in zip(heading, inner, strict=False))
    leading = size * 1.4
    tops = (0.0, *accumulate(line.height(leading) for line in lines))
    return Grid(size, widths, right, heads, tuple(lines), tops, has_total, soft_first=not heading)


def _heading_lines(text: str, size: float, width: float) -> list[str]:
    lines = wrapped(text, PLAIN, size, width)
    if len(lines) <= _HEADING_LINES:
        return lines
    return [
        *lines[: _HEADING_LINES - 1],
        shortened(f"{lines[_HEADING_LINES - 1]} {lines[_HEADING_LINES]}", PLAIN, size, width),
    ]
