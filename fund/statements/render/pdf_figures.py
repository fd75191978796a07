"""What is drawn rather than written in the PDF: key figures and pictures of flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from fund.statements.document import Explained, Fact, Language
from fund.statements.render.flow import COLOURS, LEADING, TEXT_SIZE, Box, Picture, Ribbon
from fund.statements.render.formats import cell_text
from fund.statements.render.pdf_type import ACCENT, BOLD, INK, PLAIN, SOFT, Pen, shortened, width_of, wrapped

_ACROSS = 3
_INSET = 9
_LARGEST, _SMALLEST = 15.0, 9.0
_LONGEST_LABEL, _LONGEST_VALUE, _LONGEST_NOTE = 60, 40, 90
_TALLEST_PICTURE = 560.0


@dataclass(frozen=True, slots=True)
class _KeyFigure:
    label: str
    value: str
    note: str
    mark: str

    @property
    def is_short(self) -> bool:
        return (
            len(self.label) <= _LONGEST_LABEL
            and len(self.value) <= _LONGEST_VALUE
            and len(self.note) <= _LONGEST_NOTE
            and "\n" not in self.label + self.value + self.note
        )


def _key_figure(fact: Fact, pen: Pen, language: Language) -> _KeyFigure:
    explained = isinstance(fact.value, Explained) and bool(fact.value.steps)
    mark = str(pen.note(fact.value)) if explained and isinstance(fact.value, Explained) else ""
    value = pen.drawable(cell_text(fact.value, language))
    return _KeyFigure(pen.drawable(fact.label), value, pen.drawable(fact.note), mark)


def can_be_large(facts: Sequence[Fact], language: Language) -> bool:
    """Whether all these facts are short enough to be drawn large."""
    return all(_key_figure(fact, Pen(), language).is_short for fact in facts)


class KeyFiguresInk(Flowable):
    """Key figures side by side, three across (four when they are four), each beside a bar of colour."""

    def __init__(self, facts: Sequence[Fact], pen: Pen, language: Language, width: float) -> None:
        super().__init__()
        across = len(facts) if len(facts) == _ACROSS + 1 else _ACROSS
        self.column = width / across
        room = self.column - _INSET * 2
        self.figures = []
        for fact in facts:
            figure = _key_figure(fact, pen, language)
            size = _LARGEST
            while size > _SMALLEST and any(width_of(word, BOLD, size) > room for word in figure.value.split(" ")):
                size -= 0.5
            parts = (
                wrapped(figure.label, PLAIN, 7.5, room),
                wrapped(figure.value, BOLD, size, room),
                wrapped(figure.note, PLAIN, 7.5, room) if figure.note else [],
            )
            self.figures.append((parts, size, figure.mark))
        self.rows = [self.figures[start : start + across] for start in range(0, len(self.figures), across)]
        self.spaceBefore, self.spaceAfter = 8, 6

    @staticmethod
    def _height(parts: tuple[list[str], list[str], list[str]], size: float) -> float:
        label, value, note = parts
        return (len(label) + len(note)) * 10 + len(value) * size * 1.3 + 2

    def _row_height(self, number: int) -> float:
        return max(self._height(parts, size) for parts, size, _ in self.rows[number]) + 10

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The room the figures take, in points."""
        return width, sum(self._row_height(number) for number in range(len(self.rows)))

    def draw(self) -> None:
        """Draw each figure: its label, itself, its note."""
        canvas = self.canv
        top = sum(self._row_height(number) for number in range(len(self.rows)))
        for number, row in enumerate(self.rows):
            for place, (parts, size, mark) in enumerate(row):
                x, y = place * self.column, top
                canvas.setFillColor(ACCENT)
                canvas.rect(x, y - self._height(parts, size), 2, self._height(parts, size), stroke=0, fill=1)
                for lines, font, points, colour in zip(
                    parts, (PLAIN, BOLD, PLAIN), (7.5, size, 7.5), (SOFT, INK, SOFT), strict=True
                ):
                    canvas.setFillColor(colour)
                    for line in lines:
                        y -= 10 if font == PLAIN else points * 1.3
                        canvas.setFont(font, points)
                        canvas.drawString(x + _INSET, y + points * 0.3, line)
                    if font == BOLD and mark:
                        canvas.setFont(PLAIN, 6)
                        edge = x + _INSET + width_of(lines[-1], BOLD, points)
                        canvas.drawString(edge + 2, y + points * 0.75, mark)
            top -= self._row_height(number)


class FlowInk(Flowable):
    """A picture of flows, as wide as the page and never taller than it."""

    def __init__(self, picture: Picture, pen: Pen, width: float) -> None:
        super().__init__()
        self.picture, self.pen = picture, pen
        # Three quarters of a point to a pixel: the size on screen; smaller when the page is narrower.
        self.scale = min(0.075, width / picture.width, _TALLEST_PICTURE / picture.height)
        self.spaceBefore, self.spaceAfter = 6, 6

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The room the picture takes, in points."""
        return width, self.picture.height * self.scale

    def draw(self) -> None:
        """Draw the ribbons, then the boxes over them, then the names."""
        canvas = self.canv
        for ribbon in self.picture.ribbons:
            self._ribbon(ribbon)
        canvas.setFillAlpha(1)
        for box in self.picture.boxes:
            canvas.setFillColor(HexColor(COLOURS[box.node.tone]))
            x, y = self._place(box.x, box.y + box.height)
            canvas.rect(x, y, box.width * self.scale, box.height * self.scale, stroke=0, fill=1)
        canvas.setFillColor(INK)
        for box in self.picture.boxes:
            self._label(box)

    def _place(self, x: int, y: int) -> tuple[float, float]:
        return x * self.scale, (self.picture.height - y) * self.scale

    def _ribbon(self, ribbon: Ribbon) -> None:
        canvas, middle = self.canv, (ribbon.x0 + ribbon.x1) // 2
        canvas.setFillColor(HexColor(COLOURS[ribbon.tone]))
        canvas.setFillAlpha(float(ribbon.opacity))
        path = canvas.beginPath()
        low0, low1 = ribbon.y0 + ribbon.thick, ribbon.y1 + ribbon.thick
        path.moveTo(*self._place(ribbon.x0, ribbon.y0))
        upper = (self._place(middle, ribbon.y0), self._place(middle, ribbon.y1), self._place(ribbon.x1, ribbon.y1))
        lower = (self._place(middle, low1), self._place(middle, low0), self._place(ribbon.x0, low0))
        path.curveTo(*(number for point in upper for number in point))
        path.lineTo(*self._place(ribbon.x1, low1))
        path.curveTo(*(number for point in lower for number in point))
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    def _label(self, box: Box) -> None:
        room = (box.x if box.anchor == "end" else self.picture.width - box.x) * self.scale
        for number, line in enumerate(box.lines):
            font = BOLD if number == len(box.lines) - 1 else PLAIN
            text = self.pen.drawable(line)
            size = TEXT_SIZE * self.scale * 0.9
            text = shortened(text, font, size, room)
            x, y = self._place(box.text_x, box.text_y + TEXT_SIZE + number * LEADING - 10)
            self.canv.setFont(font, size)
            draw = {"start": "drawString", "middle": "drawCentredString", "end": "drawRightString"}[box.anchor]
            getattr(self.canv, draw)(x, y, text)
