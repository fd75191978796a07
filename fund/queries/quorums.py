"""Who may vote at a meeting, and its quorum as it stands now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from allocation.models import Call, Meeting, Recusal
from allocation.voting.meetings import present_at, proxies_at
from fund.charter.governance import Governance, chair_votes
from fund.charter.quorums import QuorumFigures, quorum_figures
from fund.models import Fund
from fund.queries.people import Person, committee_of


def electorate_of(fund: Fund, governance: Governance, *, on: date, chair: str) -> dict[str, Person]:
    """The committee of a day, without the chair where the chair never votes."""
    people = committee_of(fund, on)
    return people if chair_votes(governance) else {code: one for code, one in people.items() if code != chair}


def meeting_quorum(
    fund: Fund, meeting: Meeting, governance: Governance, *, on: date, recused: Collection[str] = ()
) -> QuorumFigures:
    """The quorum of a meeting, as a whole or without those who are recused from one question."""
    return quorum_figures(
        governance,
        electorate=electorate_of(fund, governance, on=on, chair=meeting.chair),
        present=present_at(meeting),
        proxies=proxies_at(meeting),
        recused=recused,
        second=meeting.second_of_id is not None,
    )


def recusals_by_proposal(call: Call) -> dict[str, frozenset[str]]:
    """Who is recused from each proposal of the call, by its code; proposals of which nobody is are left out."""
    found: dict[str, set[str]] = {}
    rows = Recusal.objects.filter(application__call=call, application__proposal__isnull=False)
    for code, person in rows.values_list("application__proposal__code", "person"):
        found.setdefault(code, set()).add(person)
    return {code: frozenset(people) for code, people in found.items()}
