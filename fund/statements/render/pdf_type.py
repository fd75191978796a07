"""Type for the PDF: the faces, the sizes, the colours, and the only hand that writes text.

The faces are Bitstream Vera, which reportlab ships: they are embedded, their figures all have one width,
and every machine draws the same bytes. They know the letters of western Europe. A letter they lack is
drawn as its base letter or as ◊, and the document then says so.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from html import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from fund.statements.document import Explained
from fund.statements.render.formats import clean

PLAIN, BOLD = "Tresse", "Tresse-Bold"
INK, SOFT, LINE, ACCENT = HexColor("#1c2424"), HexColor("#566260"), HexColor("#d3dcda"), HexColor("#0b5c55")

# What the faces lack and something near replaces without loss: spaces, hyphens, arrows; joiners vanish.
_NEAR = str.maketrans(
    {
        "\t": " ",
        "\u2007": "\xa0",
        "\u2009": "\xa0",
        "\u200a": "\xa0",
        "\u202f": "\xa0",
        "\u2010": "-",
        "\u2011": "-",
        "→": "›",
        "←": "‹",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufe0f": "",
        "\ufeff": "",
    }
)
_LOST = "◊"


def _style(
    name: str, size: float, leading: float, *, font: str = PLAIN, colour: Color = INK, **more: float
) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, textColor=colour, **more)


STYLES = {
    "fund": _style("fund", 9, 13, font=BOLD, colour=ACCENT, spaceAfter=6),
    "title": _style("title", 21, 26, font=BOLD),
    "subject": _style("subject", 11, 16, colour=SOFT, spaceBefore=3),
    "section": _style("section", 13, 17, font=BOLD, spaceBefore=8, spaceAfter=6),
    "subsection": _style("subsection", 10.5, 15, font=BOLD, spaceBefore=14, spaceAfter=4),
    "body": _style("body", 9, 14, spaceBefore=3, spaceAfter=5),
    "item": _style("item", 9, 14, leftIndent=14, spaceAfter=2),
    "caption": _style("caption", 9, 13, font=BOLD, spaceBefore=10, spaceAfter=5),
    "explained": _style("explained", 9, 14, font=BOLD, spaceBefore=6, spaceAfter=2),
    "small": _style("small", 7.5, 11, colour=SOFT, spaceBefore=3, spaceAfter=2),
    "step": _style("step", 8, 12, colour=SOFT, leftIndent=14, spaceAfter=1),
}


@cache
def _glyphs() -> frozenset[int]:
    """Register the faces once and return the letters they know."""
    faces = [TTFont(PLAIN, "Vera.ttf"), TTFont(BOLD, "VeraBd.ttf")]
    for face in faces:
        pdfmetrics.registerFont(face)
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    known = frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))
    return known - set(range(32))


class Pen:
    """Writes the text of one document and remembers what it could not draw, and the traces still to print."""

    def __init__(self) -> None:
        self.lost = False
        self.notes: list[tuple[int, Explained]] = []
        self._numbered = 0
        self._known = _glyphs()

    def drawable(self, text: str) -> str:
        """The text in letters that the faces have; line breaks stay."""
        near = unicodedata.normalize("NFC", clean(text)).translate(_NEAR)
        if all(ord(letter) in self._known or letter == "\n" for letter in near):
            return near
        self.lost = True
        return "".join(self._letter(letter) for letter in near)

    def _letter(self, letter: str) -> str:
        if ord(letter) in self._known or letter == "\n":
            return letter
        base = unicodedata.normalize("NFKD", letter)[0]
        if base.isalnum() and ord(base) in self._known:
            return base
        return "" if unicodedata.combining(letter) else _LOST

    def p(self, text: str, style: str) -> Paragraph:
        """A paragraph of plain text: nothing in it is markup, whoever typed it."""
        return Paragraph(escape(self.drawable(text)).replace("\n", "<br/>"), STYLES[style])

    def note(self, explained: Explained) -> int:
        """Keep a trace for the notes under the block; its number goes beside the figure."""
        self._numbered += 1
        self.notes.append((self._numbered, explained))
        return self._numbered


def width_of(text: str, font: str, size: float) -> float:
    """The width of one line in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def shortened(text: str, font: str, size: float, width: float) -> str:
    """The text on one line, cut with … where it would be wider than `width`."""
    line = text.replace("\n", " ")
    if width_of(line, font, size) <= width:
        return line
    used = width_of("…", font, size)
    for count, letter in enumerate(line):
        used += width_of(letter, font, size)
        if used > width:
            return line[:count] + "…"
    return line


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a text in a column; a word wider than the column is broken where it must be."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width_of(paragraph, font, size) <= width:
            lines.append(paragraph)
            continue
        line = ""
        for piece in paragraph.split(" "):
            word = piece
            candidate = f"{line} {word}" if line else word
            if width_of(candidate, font, size) <= width:
                line = candidate
                continue
            if line:
                lines.append(line)
            *whole, line = _broken(word, font, size, width)
            lines += whole
        lines.append(line)
    return lines


def _broken(word: str, font: str, size: float, width: float) -> list[str]:
    """One word in pieces that each fit, at least one letter long."""
    pieces, piece, used = [], "", 0.0
    for letter in word:
        step = width_of(letter, font, size)
        if piece and used + step > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + step
    return [*pieces, piece]
