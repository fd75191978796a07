"""Recognition as everybody may see it: a member's points follow its cash, so they stand under its name only where the
member chose to show its name for all it gave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from fund.models import Contribution, Fund, InKindContribution
from fund.models.contributions import Publicity
from fund.queries.notoriety import HIDDEN_MEMBERS, NotorietyYear, PartyLine
from ledger.money import NOTORIETY, total_of


def members_shown(fund: Fund, until: date) -> frozenset[str]:
    """The members who show their name for everything they gave up to a day."""
    members = set(fund.memberships.filter(term_from__lte=until).values_list("party__code", flat=True))
    cash = Contribution.objects.filter(fund=fund, received_on__lte=until)
    helped = InKindContribution.objects.filter(fund=fund, given_on__lte=until)
    for gifts in (cash, helped):
        members -= set(gifts.exclude(publicity=Publicity.NAME).values_list("membership__party__code", flat=True))
    return frozenset(members)


def discreet(facts: NotorietyYear, shown: Collection[str]) -> NotorietyYear:
    """The same year with one line for the members who are not among `shown`, and without its trace."""
    kept: list[PartyLine] = []
    hidden: list[PartyLine] = []
    for line in facts.parties:
        kind, _, code = line.party_key.partition(":")
        (hidden if kind == "member" and code not in shown else kept).append(line)
    if hidden:
        kept.append(_together(hidden))
    return replace(facts, parties=tuple(kept), trace=())


def _together(lines: list[PartyLine]) -> PartyLine:
    return PartyLine(
        HIDDEN_MEMBERS,
        None,
        *(
            total_of((getattr(line, name) for line in lines), NOTORIETY)
            for name in ("opening", "decayed", "credited", "contested", "closing")
        ),
    )
