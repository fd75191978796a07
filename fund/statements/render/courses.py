"""Amounts over time: lines, and bands between two of them, as SVG with the table of the same figures.

Geometry counts whole tenths of a pixel. Lines differ in their dashes as well as in their colour, each is named where
it ends, and zero has a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from zlib import crc32

from fund.statements.document import Column, Language, Row, Table
from fund.statements.render.formats import amount_text, clean
from ledger.money import Amount

_COLOURS = ("#4d5b66", "#0b5c55")
_DASHES = ("6 4", "")
_TEXT, _WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 130, 4600, 2400, 1050, 380, 420, 330
_LETTER = 75


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through an amount at each point in time, and the band around it where there is one."""

    label: str
    values: tuple[Amount, ...]
    low: tuple[Amount, ...] = ()
    high: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """Two curves at most over the same points (`points` names them), all of one unit."""

    title: str
    description: str
    name: str
    points: tuple[str, ...]
    curves: tuple[Curve, ...]
    low: str = ""
    high: str = ""
    empty: str = ""


def table_of(course: Course) -> Table:
    """The same figures as a table: one line a point."""
    columns = [Column(course.name, "code")]
    series: list[tuple[Amount, ...]] = []
    for curve in course.curves:
        unit = curve.values[0].unit if curve.values else None
        for label, values in ((curve.label, curve.values), (course.low, curve.low), (course.high, curve.high)):
            if values:
                heading = label if values is curve.values else f"{curve.label}, {label}"
                columns.append(Column(heading, "amount", unit))
                series.append(values)
    rows = tuple(Row((point, *(each[place] for each in series))) for place, point in enumerate(course.points))
    return Table(course.title, tuple(columns), rows, course.empty)


def svg(course: Course, language: Language) -> str:
    """The picture as an SVG element of its natural size, or nothing when there is no point."""
    if not course.points or not course.curves:
        return ""
    figures = [a.minor for curve in course.curves for each in (curve.values, curve.low, curve.high) for a in each]
    scale = _Scale(min(0, *figures), max(1, *figures), len(course.points))
    mark = f"course-{crc32(repr(course).encode('utf-8', 'replace')):08x}"
    parts = [
        f'<svg class="flow-picture" role="img" aria-labelledby="{mark}-title {mark}-desc" '
        f'width="{_px(_WIDTH)}" height="{_px(_HEIGHT)}" viewBox="0 0 {_px(_WIDTH)} {_px(_HEIGHT)}" '
        f'font-family="system-ui, sans-serif" font-size="{_px(_TEXT)}" fill="currentColor">',
        f'<title id="{mark}-title">{escape(clean(course.title))}</title>',
        f'<desc id="{mark}-desc">{escape(clean(course.description))}</desc>',
        *_axes(course, scale, language),
    ]
    for number, curve in enumerate(course.curves):
        if curve.low:
            edge = _points(scale, curve.high) + _points(scale, curve.low)[::-1]
            parts.append(
                f'<polygon class="course-{number}" fill="{_COLOURS[number]}" fill-opacity="0.15" {_at(edge)}/>'
            )
    for number, curve in enumerate(course.curves):
        dash = f' stroke-dasharray="{_DASHES[number]}"' if _DASHES[number] else ""
        line = f'class="course-line course-{number}" fill="none" stroke="{_COLOURS[number]}" stroke-width="2.5"{dash}'
        parts.append(f"<polyline {line} {_at(_points(scale, curve.values))}/>")
        parts += _legend(number, curve.label, line)
    return "\n".join([*parts, "</svg>"])


@dataclass(frozen=True, slots=True)
class _Scale:
    least: int
    most: int
    count: int

    def x(self, place: int) -> int:
        return _LEFT + place * (_WIDTH - _LEFT - _RIGHT) // max(1, self.count - 1)

    def y(self, minor: int) -> int:
        room = _HEIGHT - _TOP - _BOTTOM
        return _TOP + (self.most - minor) * room // (self.most - self.least)


def _points(scale: _Scale, values: tuple[Amount, ...]) -> list[tuple[int, int]]:
    found = [(scale.x(place), scale.y(amount.minor)) for place, amount in enumerate(values)]
    return found if len(found) > 1 else [*found, *((x + 100, y) for x, y in found)]


def _at(points: list[tuple[int, int]]) -> str:
    return f'points="{" ".join(f"{_px(x)},{_px(y)}" for x, y in points)}"'


def _axes(course: Course, scale: _Scale, language: Language) -> list[str]:
    """The lines of the least, of zero and of the most, with their amounts; some names of points below."""
    unit = course.curves[0].values[0].unit
    heights = sorted({scale.least, 0, scale.most})
    near = [(low, high) for low, high in pairwise(heights) if scale.y(low) - scale.y(high) < _TEXT]
    heights = [minor for minor in heights if minor == 0 or not any(minor in pair and 0 in pair for pair in near)]
    parts = []
    for minor in heights:
        y = scale.y(minor)
        parts.append(
            f'<path class="course-axis" stroke="currentColor" stroke-opacity="{"0.8" if minor == 0 else "0.25"}" '
            f'd="M{_px(_LEFT)} {_px(y)}H{_px(_WIDTH - _RIGHT)}"/>'
            f'<text x="{_px(_LEFT - 80)}" y="{_px(y + 45)}" text-anchor="end">'
            f"{escape(amount_text(Amount(minor, unit), language))}</text>"
        )
    room = _LETTER * (2 + max(map(len, course.points)))
    step = -(-len(course.points) * room // (_WIDTH - _LEFT - _RIGHT))
    for place in range(0, len(course.points), step):
        parts.append(
            f'<text x="{_px(scale.x(place))}" y="{_px(_HEIGHT - _BOTTOM + 240)}" text-anchor="middle">'
            f"{escape(clean(course.points[place]))}</text>"
        )
    return parts


def _legend(number: int, label: str, line: str) -> list[str]:
    y = 120 + 160 * number
    return [
        f'<path {line} d="M{_px(_LEFT)} {_px(y)}h36"/>',
        f'<text x="{_px(_LEFT + 460)}" y="{_px(y + 45)}">{escape(clean(label))}</text>',
    ]


def _px(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    return ("-" if tenths < 0 else "") + (f"{whole}.{part}" if part else str(whole))
