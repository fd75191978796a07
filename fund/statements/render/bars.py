"""Before and after, one pair of bars for each: where each bar goes, and the same as SVG, with the table of its figures.

Geometry counts whole tenths of a pixel. Every pair carries its name and both amounts in words, and a sign for what
became less and what became more: colour adds, it never says anything alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal
from zlib import crc32

from fund.statements.document import Column, Language, Row, Table
from fund.statements.render.formats import amount_text, clean
from ledger.money import Amount

Turn = Literal["less", "same", "more"]

_COLOURS: dict[Turn, str] = {"less": "#8a3b12", "same": "#4d5b66", "more": "#0b5c55"}
_SIGNS: dict[Turn, str] = {"less": "▼", "same": "=", "more": "▲"}
_BEFORE = "#9aa5ab"

_TEXT, _WIDTH, _PAIR, _BAR, _LABEL, _EDGE, _LEGEND = 130, 4600, 520, 100, 180, 60, 320
_LABEL_CHARACTERS = 34


@dataclass(frozen=True, slots=True)
class Pair:
    """One name with its amount before and after."""

    label: str
    before: Amount
    after: Amount

    @property
    def turn(self) -> Turn:
        """Whether it became less or more."""
        if self.before == self.after:
            return "same"
        return "less" if self.after < self.before else "more"


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of pairs in the order given, all of one unit; `before` and `after` say what the two bars are."""

    title: str
    description: str
    before: str
    after: str
    name: str
    pairs: tuple[Pair, ...]
    empty: str


def table_of(bars: Bars) -> Table:
    """The same figures as a table."""
    unit = bars.pairs[0].before.unit if bars.pairs else None
    return Table(
        bars.title,
        (Column(bars.name), Column(bars.before, "amount", unit), Column(bars.after, "amount", unit)),
        tuple(Row((pair.label, pair.before, pair.after)) for pair in bars.pairs),
        bars.empty,
    )


def svg(bars: Bars, language: Language) -> str:
    """The picture as an SVG element of its natural size, or nothing when there is nobody."""
    if not bars.pairs:
        return ""
    figures = [amount.minor for pair in bars.pairs for amount in (pair.before, pair.after)]
    least, most = min(0, *figures), max(0, *figures)
    height = 2 * _EDGE + _LEGEND + len(bars.pairs) * _PAIR
    mark = f"bars-{crc32(repr(bars).encode('utf-8', 'replace')):08x}"
    parts = [
        f'<svg class="flow-picture" role="img" aria-labelledby="{mark}-title {mark}-desc" '
        f'width="{_px(_WIDTH)}" height="{_px(height)}" viewBox="0 0 {_px(_WIDTH)} {_px(height)}" '
        f'font-family="system-ui, sans-serif" font-size="{_px(_TEXT)}" fill="currentColor">',
        f'<title id="{mark}-title">{escape(clean(bars.title))}</title>',
        f'<desc id="{mark}-desc">{escape(clean(bars.description))}</desc>',
        *_legend(bars),
    ]
    zero = _place(0, least, most)
    for number, pair in enumerate(bars.pairs):
        top = _EDGE + _LEGEND + number * _PAIR
        parts.append(_name(pair, top, language))
        for row, (amount, colour, kind) in enumerate(
            ((pair.before, _BEFORE, "before"), (pair.after, _COLOURS[pair.turn], pair.turn))
        ):
            end, y = _place(amount.minor, least, most), top + _LABEL + row * _BAR
            parts.append(
                f'<rect class="bars-{kind}" fill="{colour}" x="{_px(min(zero, end))}" y="{_px(y)}" '
                f'width="{_px(max(10, abs(end - zero)))}" height="{_px(_BAR - 20)}"/>'
            )
    return "\n".join([*parts, "</svg>"])


def _legend(bars: Bars) -> list[str]:
    """What the two bars are, in words, above them."""
    middle = _WIDTH // 2
    return [
        f'<rect class="bars-before" fill="{_BEFORE}" x="{_px(_EDGE)}" y="{_px(_EDGE)}" width="12" height="8"/>',
        f'<text x="{_px(_EDGE + 200)}" y="{_px(_EDGE + 90)}">{escape(clean(bars.before))}</text>',
        f'<rect class="bars-same" fill="{_COLOURS["same"]}" x="{_px(middle)}" y="{_px(_EDGE)}" width="12" height="8"/>',
        f'<text x="{_px(middle + 200)}" y="{_px(_EDGE + 90)}">{escape(clean(bars.after))}</text>',
    ]


def _name(pair: Pair, top: int, language: Language) -> str:
    label = clean(pair.label)
    short = label if len(label) <= _LABEL_CHARACTERS else f"{label[: _LABEL_CHARACTERS - 1]}…"
    amounts = f"{amount_text(pair.before, language)} → {amount_text(pair.after, language)} {_SIGNS[pair.turn]}"
    y = _px(top + _TEXT)
    return (
        f'<text x="{_px(_EDGE)}" y="{y}">{escape(short)}</text>'
        f'<text class="flow-amount" x="{_px(_WIDTH - _EDGE)}" y="{y}" text-anchor="end">{escape(amounts)}</text>'
    )


def _place(minor: int, least: int, most: int) -> int:
    room = _WIDTH - 2 * _EDGE
    return _EDGE + (minor - least) * room // max(1, most - least)


def _px(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    return ("-" if tenths < 0 else "") + (f"{whole}.{part}" if part else str(whole))
