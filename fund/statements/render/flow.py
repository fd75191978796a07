"""A picture of flows: where each box and ribbon goes, and the same as SVG, with the table of its links.

Geometry counts whole tenths of a pixel, so the same flow gives the same picture everywhere, on screen and
in the PDF. Every node carries its name and its amount in words: colour adds, it never says anything alone.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from zlib import crc32

from fund.statements.document import Column, Flow, FlowLink, FlowNode, Language, Row, Table, Tone
from fund.statements.render.formats import amount_text, clean, labelled, word
from ledger.money import Amount

COLOURS: dict[Tone, str] = {
    "member": "#0b5c55",
    "pot": "#17444a",
    "project": "#8a5a0a",
    "return": "#6a4580",
    "reserve": "#4d5b66",
    "other": "#6b6b6b",
}
"""What each tone looks like where no style sheet says otherwise; each has a contrast of 4.5 on white."""

TEXT_SIZE = 130
LEADING = 160
_MARGIN = 1560
_PITCH = 1380
_BOX = 120
_GAP = 140
_EDGE = 40
_FULL_HEIGHT = 2400
_THINNEST = 20
_THIN = 40
_LABEL_CHARACTERS = 19
_LABEL_LINES = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place, in tenths of a pixel from the top left; `lines` are its name, then its amount."""

    node: FlowNode
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    text_x: int
    text_y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A link in its place: it leaves at (`x0`, `y0`), arrives at (`x1`, `y1`) and is `thick` tenths high."""

    link: FlowLink
    tone: Tone
    x0: int
    y0: int
    x1: int
    y1: int
    thick: int

    @property
    def opacity(self) -> str:
        """A wide ribbon is pale, so that names stand out; a thin one is dark enough to be seen."""
        return "0.28" if self.thick > _THIN else "0.8"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a renderer draws, in the order in which it draws it: ribbons first."""

    width: int
    height: int
    ribbons: tuple[Ribbon, ...]
    boxes: tuple[Box, ...]


def table_of(flow: Flow, language: Language) -> Table:
    """The links of the picture as a table: chart and table cannot disagree."""
    names = {node.key: node.label for node in flow.nodes}
    unit = flow.links[0].amount.unit if flow.links else None
    columns = (
        Column(word("from", language)),
        Column(word("to", language)),
        Column(word("amount", language), "amount", unit),
    )
    rows = tuple(Row((names[link.source], names[link.target], link.amount)) for link in flow.links)
    return Table(flow.title, columns, rows, flow.empty, note=flow.description)


def picture(flow: Flow, language: Language) -> Picture:
    """Place every node and link of a flow that has links; the thinnest ribbon stays visible."""
    thick = _thicknesses(flow)
    columns = sorted({node.column for node in flow.nodes})
    boxes = _boxes(flow, language, columns, thick)
    height = max(max(box.y + box.height, box.text_y + LEADING * len(box.lines)) for box in boxes.values())
    return Picture(
        width=2 * _MARGIN + _PITCH * (len(columns) - 1) + _BOX,
        height=height + _EDGE,
        ribbons=_ribbons(flow, boxes, thick),
        boxes=tuple(boxes.values()),
    )


def _through(flow: Flow, key: str) -> Amount:
    """What goes through a node: the larger of what comes in and what goes out."""
    unit = flow.links[0].amount.unit
    incoming = sum(link.amount.minor for link in flow.links if link.target == key)
    outgoing = sum(link.amount.minor for link in flow.links if link.source == key)
    return Amount(max(incoming, outgoing), unit)


def _thicknesses(flow: Flow) -> list[int]:
    totals: dict[int, int] = {}
    for node in flow.nodes:
        totals[node.column] = totals.get(node.column, 0) + _through(flow, node.key).minor
    fullest = max(totals.values())
    return [max(_THINNEST, link.amount.minor * _FULL_HEIGHT // fullest) for link in flow.links]


def _lines(flow: Flow, node: FlowNode, language: Language) -> tuple[str, ...]:
    name = textwrap.wrap(
        clean(node.label), _LABEL_CHARACTERS, max_lines=_LABEL_LINES, placeholder="…", break_long_words=True
    )
    return (*name, amount_text(_through(flow, node.key), language))


def _boxes(flow: Flow, language: Language, columns: list[int], thick: list[int]) -> dict[str, Box]:
    """Columns from left to right, nodes from top to bottom in the order given, each column centred.

    Names stand outside the first and last column and above the nodes between them.
    """
    heights = {
        node.key: max(
            sum(units for link, units in zip(flow.links, thick, strict=True) if link.source == node.key),
            sum(units for link, units in zip(flow.links, thick, strict=True) if link.target == node.key),
            _THINNEST,
        )
        for node in flow.nodes
    }
    lines = {node.key: _lines(flow, node, language) for node in flow.nodes}

    def slot(node: FlowNode) -> int:
        label = LEADING * len(lines[node.key])
        between = node.column not in (columns[0], columns[-1])
        return (label + heights[node.key] if between else max(label, heights[node.key])) + _GAP

    tallest = max(sum(slot(node) for node in flow.nodes if node.column == column) for column in columns)
    boxes: dict[str, Box] = {}
    for place, column in enumerate(columns):
        nodes = [node for node in flow.nodes if node.column == column]
        top = _EDGE + (tallest - sum(map(slot, nodes))) // 2
        x = _MARGIN + place * _PITCH
        for node in nodes:
            label, height, room = LEADING * len(lines[node.key]), heights[node.key], slot(node) - _GAP
            if 0 < place < len(columns) - 1:
                y, text_y, text_x, anchor = top + label, top, x + _BOX // 2, "middle"
            else:
                y, text_y = top + (room - height) // 2, top + (room - label) // 2
                text_x, anchor = (x - 80, "end") if place == 0 else (x + _BOX + 80, "start")
            boxes[node.key] = Box(node, x, y, _BOX, height, lines[node.key], text_x, text_y, anchor)
            top += slot(node)
    return boxes


def _ribbons(flow: Flow, boxes: dict[str, Box], thick: list[int]) -> tuple[Ribbon, ...]:
    """Ribbons leave and arrive in the order of the boxes they join, so that they cross as little as they can."""
    leaving: dict[int, int] = {}
    arriving: dict[int, int] = {}
    numbers = range(len(flow.links))
    used = dict.fromkeys(boxes, 0)
    for number in sorted(numbers, key=lambda n: (boxes[flow.links[n].target].y, n)):
        source = flow.links[number].source
        leaving[number] = boxes[source].y + used[source]
        used[source] += thick[number]
    used = dict.fromkeys(boxes, 0)
    for number in sorted(numbers, key=lambda n: (boxes[flow.links[n].source].y, n)):
        target = flow.links[number].target
        arriving[number] = boxes[target].y + used[target]
        used[target] += thick[number]
    ribbons = []
    for number, link in enumerate(flow.links):
        source_box, target_box = boxes[link.source], boxes[link.target]
        x0, x1 = source_box.x + _BOX, target_box.x
        ribbons.append(Ribbon(link, source_box.node.tone, x0, leaving[number], x1, arriving[number], thick[number]))
    return tuple(ribbons)


def _px(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    return ("-" if tenths < 0 else "") + (f"{whole}.{part}" if part else str(whole))


def _path(ribbon: Ribbon) -> str:
    bend, low = (ribbon.x0 + ribbon.x1) // 2, ribbon.thick
    x0, y0, x1, y1, middle = _px(ribbon.x0), _px(ribbon.y0), _px(ribbon.x1), _px(ribbon.y1), _px(bend)
    y0_low, y1_low = _px(ribbon.y0 + low), _px(ribbon.y1 + low)
    return (
        f"M{x0} {y0}C{middle} {y0} {middle} {y1} {x1} {y1}"
        f"L{x1} {y1_low}C{middle} {y1_low} {middle} {y0_low} {x0} {y0_low}Z"
    )


def _label(box: Box) -> str:
    spans = []
    for number, line in enumerate(box.lines):
        amount = ' class="flow-amount"' if number == len(box.lines) - 1 else ""
        y = _px(box.text_y + TEXT_SIZE + number * LEADING - 10)
        spans.append(f'<tspan x="{_px(box.text_x)}" y="{y}"{amount}>{escape(line)}</tspan>')
    return f'<text text-anchor="{box.anchor}">{"".join(spans)}</text>'


def svg(flow: Flow, language: Language) -> str:
    """The picture as an SVG element of its natural size, or nothing when the flow has no links."""
    if not flow.links:
        return ""
    drawn = picture(flow, language)
    mark = f"flow-{crc32(repr(flow).encode('utf-8', 'replace')):08x}"
    names = {node.key: clean(node.label) for node in flow.nodes}
    parts = [
        f'<svg class="flow-picture" role="img" aria-labelledby="{mark}-title {mark}-desc" '
        f'width="{_px(drawn.width)}" height="{_px(drawn.height)}" '
        f'viewBox="0 0 {_px(drawn.width)} {_px(drawn.height)}" '
        f'font-family="system-ui, sans-serif" font-size="{_px(TEXT_SIZE)}" fill="currentColor">',
        f'<title id="{mark}-title">{escape(clean(flow.title))}</title>',
        f'<desc id="{mark}-desc">{escape(clean(flow.description))}</desc>',
    ]
    for ribbon in drawn.ribbons:
        route = f"{names[ribbon.link.source]} → {names[ribbon.link.target]}"
        hint = labelled(route, amount_text(ribbon.link.amount, language), language)
        parts.append(
            f'<path class="flow-link flow-{ribbon.tone}" fill="{COLOURS[ribbon.tone]}" fill-opacity="{ribbon.opacity}" '
            f'd="{_path(ribbon)}"><title>{escape(hint)}</title></path>'
        )
    for box in drawn.boxes:
        parts.append(
            f'<rect class="flow-node flow-{box.node.tone}" fill="{COLOURS[box.node.tone]}" '
            f'x="{_px(box.x)}" y="{_px(box.y)}" width="{_px(box.width)}" height="{_px(box.height)}" rx="1.5"/>'
        )
    parts += [_label(box) for box in drawn.boxes]
    return "\n".join([*parts, "</svg>"])
