"""Where the money goes, as a picture: the flow of an overview, drawn and tabled from the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.queries.public import FundOverview, SupportedProject
from fund.statements.document import Flow, FlowLink, FlowNode, Language, Table
from fund.statements.render import flow as flows
from fund.web.words import word_of
from ledger.money import Amount, total_of

SHOWN = 6
"""Nodes of a column that are drawn by name; the others are drawn together."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A flow as SVG, whose every word the renderer has escaped, and as the table of its links."""

    flow: Flow
    svg: SafeString
    table: Table


def money_flow(overview: FundOverview) -> Flow:
    """Contributors → the fund → projects, what is promised and what is free; then what projects bring back."""
    nodes: dict[str, FlowNode] = {}
    links: list[FlowLink] = []

    def add(source: FlowNode, target: FlowNode, amount: Amount) -> None:
        if amount.minor > 0:
            for node in (source, target):
                nodes.setdefault(node.key, node)
            links.append(FlowLink(source.key, target.key, amount))

    pot = FlowNode("pot", _("The fund"), 1, "pot")
    for key, label, amount in _sources(overview):
        add(FlowNode(key, label, 0, "member"), pot, amount)
    for key, label, paid in _supported(overview.projects):
        add(pot, FlowNode(key, label, 2, "project"), paid)
    committed = min(overview.committed, max(overview.bank, Amount(0, overview.bank.unit)))
    add(pot, FlowNode("committed", _("Promised to projects"), 2, "reserve"), committed)
    add(pot, FlowNode("free", _("Free for new projects"), 2, "other"), overview.uncommitted)
    return Flow(
        title=_("From the members to the projects"),
        description=_(
            "Cash received, what it paid, and what is still at the bank. Help in kind and hours are not in it."
        ),
        nodes=tuple(nodes.values()),
        links=tuple(links),
        empty=_("No money has moved yet."),
    )


def returns_flow(overview: FundOverview) -> Flow:
    """Projects → what they bring back → who receives it, in which form."""
    nodes: dict[str, FlowNode] = {}
    links: list[FlowLink] = []
    back = FlowNode("returns", _("What came back"), 1, "return")
    projects = [(f"p{place}", each.title, each.returned) for place, each in enumerate(overview.projects)]
    for key, label, amount in _gathered(projects, "other-projects"):
        if amount.minor > 0:
            nodes[key] = FlowNode(key, label, 0, "project")
            links.append(FlowLink(key, back.key, amount))
    for share in overview.shared:
        if share.amount.minor > 0:
            key = f"{share.recipient}-{share.form}"
            label = f"{word_of('recipient', share.recipient)}, {word_of('form', share.form)}"
            nodes[key] = FlowNode(key, label, 2, "member" if share.recipient == "members" else "reserve")
            links.append(FlowLink(back.key, key, share.amount))
    if links:
        nodes[back.key] = back
    return Flow(
        title=_("From the projects back to those who took part"),
        description=_("What the projects owe of their receipts, and how the charter shares it."),
        nodes=tuple(nodes.values()),
        links=tuple(links),
        empty=_("No project has brought anything back yet."),
    )


def drawn(flow: Flow, language: Language) -> Picture:
    """The picture and its table, which cannot disagree: both are made of the same links."""
    return Picture(flow, mark_safe(flows.svg(flow, language)), flows.table_of(flow, language))  # noqa: S308


def _sources(overview: FundOverview) -> list[tuple[str, str, Amount]]:
    named: list[tuple[str, str, Amount]] = [
        (f"c{place}", each.name, each.gave.cash) for place, each in enumerate(overview.contributors)
    ]
    found = _gathered(named, "others")
    if overview.hidden.cash:
        found.append(("hidden", _("Contributors who are not shown"), overview.hidden.cash))
    return found


def _supported(projects: Sequence[SupportedProject]) -> list[tuple[str, str, Amount]]:
    return _gathered([(f"p{place}", each.title, each.paid) for place, each in enumerate(projects)], "other-projects")


def _gathered(nodes: list[tuple[str, str, Amount]], key: str) -> list[tuple[str, str, Amount]]:
    """The largest by name, the others as one node."""
    nodes = sorted((node for node in nodes if node[2]), key=lambda node: -node[2].minor)
    if len(nodes) <= SHOWN:
        return nodes
    rest = nodes[SHOWN - 1 :]
    label = ngettext("%(count)d other", "%(count)d others", len(rest)) % {"count": len(rest)}
    return [*nodes[: SHOWN - 1], (key, label, total_of((node[2] for node in rest), rest[0][2].unit))]
