"""What a member's cash did, as a picture: from its contribution to the projects, and what came back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fund.queries.members import MemberAccount
from fund.statements.document import Flow, FlowLink, FlowNode
from ledger.money import Amount, total_of

SHOWN = 6
"""Projects that are drawn by name; the others are drawn together."""


def share_flow(account: MemberAccount) -> Flow:
    """The member's cash, the projects it supports in proportion, and what is kept for others to come."""
    unit = account.called.unit
    supported = sorted(account.supported, key=lambda each: (-each.in_proportion.minor, each.code))
    drawn = [(each.code, each.title, each.in_proportion) for each in supported]
    if len(drawn) > SHOWN:
        rest = drawn[SHOWN - 1 :]
        label = _("%(count)d other projects") % {"count": len(rest)}
        drawn = [*drawn[: SHOWN - 1], ("", label, total_of((amount for *_key, amount in rest), unit))]
    kept = max(account.received - total_of((amount for *_key, amount in drawn), unit), Amount(0, unit))
    nodes = [FlowNode("gift", account.member.name, 0, "member")]
    links = []
    for place, (_code, title, amount) in enumerate(drawn):
        if amount.minor > 0:
            nodes.append(FlowNode(f"project-{place}", title, 1, "project"))
            links.append(FlowLink("gift", f"project-{place}", amount))
    if kept:
        nodes.append(FlowNode("kept", _("Not awarded yet"), 1, "pot"))
        links.append(FlowLink("gift", "kept", kept))
    return Flow(
        title=_("What its cash did"),
        description=_("The member’s cash, shared over the awards in proportion; help in kind is not in it."),
        nodes=tuple(nodes),
        links=tuple(links),
        empty=_("No cash has been received from it yet."),
    )
