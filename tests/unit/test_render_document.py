"""Documents: what they refuse to say, which links they follow, and the order of their blocks."""

from datetime import date
from fractions import Fraction

import pytest

from fund.statements.document import (
    Column,
    DocumentInvalid,
    Explained,
    FlowLink,
    FlowNode,
    Link,
    Row,
    Section,
    Table,
    blocks_of,
    figure_of,
)
from ledger.money import EUR, EUR_INKIND, HOUR, Amount
from tests.documents import a_flow, a_statement

FOLLOWED = ["/projets/1", "#ligne-3", "https://example.org/a?b=c", "mailto:a@example.org", "pages/1.html", "../x.html"]
REFUSED = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "/\\evil.example",
    "http://example.org",
    "file:///etc/passwd",
    'https://x.example/"onload=1',
    "https://x.example/ y",
    "x:y",
    "",
]


@pytest.mark.parametrize("href", FOLLOWED)
def test_a_link_leads_where_a_reader_may_go(href: str) -> None:
    assert Link("x", href).target == href


@pytest.mark.parametrize("href", REFUSED)
def test_a_link_elsewhere_is_only_its_text(href: str) -> None:
    assert Link("x", href).target == ""


def test_a_table_refuses_a_line_of_another_width() -> None:
    with pytest.raises(DocumentInvalid, match="line 2 has 1 cells for 2 columns") as refusal:
        Table("Livre", (Column("A"), Column("B")), (Row(("a", "b")), Row(("a",))), "Rien.")
    assert refusal.value.code == "document_invalid"


def test_a_table_refuses_a_total_of_another_width_and_no_columns() -> None:
    with pytest.raises(DocumentInvalid, match="line 1 has 1 cells"):
        Table("Livre", (Column("A"), Column("B")), (), "Rien.", total=("x",))
    with pytest.raises(DocumentInvalid, match="no column"):
        Table("Livre", (), (), "Rien.")


def test_a_column_with_a_unit_refuses_another_unit_even_in_a_total_with_a_trace() -> None:
    columns = (Column("Reçu", "amount", EUR),)
    with pytest.raises(DocumentInvalid, match="EUR-INKIND in the column “Reçu” of EUR"):
        Table("Livre", columns, (Row((Amount(1, EUR_INKIND),)),), "Rien.")
    with pytest.raises(DocumentInvalid, match="HOUR"):
        Table("Livre", columns, (), "Rien.", total=(Explained(Amount(1, HOUR), ("Une heure.",)),))


A, B = FlowNode("a", "A", 0), FlowNode("b", "B", 1)
FLOWS = [
    ((A, A), (), "same key"),
    ((A, B), (FlowLink("a", "z", Amount(1)),), "unknown node"),
    ((A, B), (FlowLink("b", "a", Amount(1)),), "does not go to the right"),
    ((A, B), (FlowLink("a", "b", Amount(0)),), "has the amount 0.00 EUR"),
    ((A, B), (FlowLink("a", "b", Amount(-1)),), "has the amount -0.01 EUR"),
    ((A, B), (FlowLink("a", "b", Amount(1)), FlowLink("a", "b", Amount(1, HOUR))), "has the amount 0.01 HOUR"),
]


@pytest.mark.parametrize(("nodes", "links", "why"), FLOWS)
def test_a_flow_refuses_links_that_no_picture_can_show(
    nodes: tuple[FlowNode, ...], links: tuple[FlowLink, ...], why: str
) -> None:
    with pytest.raises(DocumentInvalid, match=why):
        a_flow(nodes=nodes, links=links)


def test_the_figure_of_a_cell_is_bare() -> None:
    assert figure_of(Explained(Amount(5), ("x",))) == Amount(5)
    assert figure_of(Link(date(2026, 1, 1), "/x")) == date(2026, 1, 1)
    assert figure_of(Fraction(1, 2)) == Fraction(1, 2)
    assert figure_of(None) is None


def test_blocks_come_in_reading_order_with_nested_sections() -> None:
    titles = [block.title for block in blocks_of(a_statement()) if isinstance(block, Section)]
    assert titles == [
        "Ce que le projet a reçu",
        "Ce qui revient au fonds",
        "Faits retenus",
        "La place du projet dans le fonds",
        "Litiges",
    ]
