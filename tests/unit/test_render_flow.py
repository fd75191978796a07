"""Pictures of flows: everything is in its place, visible, named, and the same each time."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from fund.statements.document import Flow, FlowLink, FlowNode
from fund.statements.render.flow import COLOURS, picture, svg, table_of
from ledger.money import Amount, total_of
from tests.documents import HOSTILE, a_flow

SPACE = "{http://www.w3.org/2000/svg}"


def parsed(flow: Flow) -> ElementTree.Element:
    return ElementTree.fromstring(svg(flow, "fr"))


def test_the_picture_has_a_name_a_description_and_every_amount_in_words() -> None:
    drawn = parsed(a_flow())
    assert drawn.get("role") == "img"
    title, desc = drawn.find("title"), drawn.find("desc")
    assert title is not None
    assert desc is not None
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    text = " ".join("".join(label.itertext()) for label in drawn.iter("text"))
    for amount in ("25\u202f000,00\xa0€", "37\u202f250,50\xa0€", "123,45\xa0€"):
        assert amount in text
    assert next(path.findtext("title") for path in drawn.iter("path")) == (
        "Ville de Mérignac → Fonds commun\xa0: 25\u202f000,00\xa0€"
    )


def test_the_picture_is_the_same_each_time_and_needs_no_style() -> None:
    drawn = svg(a_flow(), "fr")
    assert svg(a_flow(), "fr") == drawn
    assert "style=" not in drawn
    assert "<script" not in drawn
    assert {path.get("fill") for path in parsed(a_flow()).iter("path")} <= set(COLOURS.values())
    places = [path.get("d") or "" for path in parsed(a_flow()).iter("path")]
    assert places
    assert not any(re.search(r"\.\d\d", place) for place in places), "whole tenths of a pixel"


def test_boxes_stay_inside_and_never_overlap() -> None:
    drawn = picture(a_flow(), "fr")
    for box in drawn.boxes:
        assert 0 <= box.x <= box.x + box.width <= drawn.width
        assert 0 <= box.y <= box.y + box.height <= drawn.height
        assert box.text_y >= 0
    by_column: dict[int, list[tuple[int, int]]] = {}
    for box in drawn.boxes:
        by_column.setdefault(box.x, []).append((box.y, box.y + box.height))
    for spans in by_column.values():
        assert all(lower[0] > upper[1] for upper, lower in itertools.pairwise(spans))


def test_ribbons_fill_their_boxes_and_keep_their_proportion() -> None:
    drawn = picture(a_flow(), "fr")
    boxes = {box.node.key: box for box in drawn.boxes}
    thick = {(ribbon.link.source, ribbon.link.target): ribbon.thick for ribbon in drawn.ribbons}
    assert abs(thick["m1", "pot"] * 8 - thick["m2", "pot"] * 25) <= 25
    for ribbon in drawn.ribbons:
        source, target = boxes[ribbon.link.source], boxes[ribbon.link.target]
        assert source.y <= ribbon.y0 <= ribbon.y0 + ribbon.thick <= source.y + source.height
        assert target.y <= ribbon.y1 <= ribbon.y1 + ribbon.thick <= target.y + target.height
        assert ribbon.x0 == source.x + source.width < ribbon.x1 == target.x


def test_a_cent_beside_a_billion_is_still_seen() -> None:
    nodes = (FlowNode("a", "A", 0), FlowNode("b", "B", 0), FlowNode("c", "C", 1))
    flow = a_flow(nodes=nodes, links=(FlowLink("a", "c", Amount(1)), FlowLink("b", "c", Amount(10**14))))
    thin, wide = picture(flow, "fr").ribbons
    assert (thin.thick, thin.opacity, wide.opacity) == (20, "0.8", "0.28")


def test_the_table_says_what_the_picture_shows() -> None:
    flow = a_flow()
    table = table_of(flow, "en")
    assert [column.label for column in table.columns] == ["From", "To", "Amount"]
    amounts = [row.cells[2] for row in table.rows]
    assert total_of(a for a in amounts if isinstance(a, Amount)) == total_of(link.amount for link in flow.links)
    assert table.rows[0].cells[:2] == ("Ville de Mérignac", "Fonds commun")


def test_a_flow_without_links_is_a_sentence() -> None:
    flow = a_flow(links=())
    assert svg(flow, "fr") == ""
    assert table_of(flow, "fr").empty == "Aucun mouvement."


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_a_name(text: str) -> None:
    flow = a_flow(
        title=text,
        description=text,
        nodes=(FlowNode("a", text, 0), FlowNode("b", text, 1)),
        links=(FlowLink("a", "b", Amount(1)),),
    )
    tags = {element.tag for element in parsed(flow).iter()}
    assert tags == {"svg", "title", "desc", "path", "rect", "text", "tspan"}
    assert all(len("".join(span.itertext())) <= 24 for span in parsed(flow).iter("tspan"))


@pytest.mark.parametrize("paper", ["#ffffff"])
def test_each_colour_can_be_told_from_paper(paper: str) -> None:
    def light(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in COLOURS.values():
        assert (light(paper) + 0.05) / (light(colour) + 0.05) >= 4.5
