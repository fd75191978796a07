"""Meetings as pages show them: who is there, who lent their vote, and whether that makes a quorum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allocation.models import Call, Meeting
from allocation.voting.meetings import proxies_at
from fund.charter.quorums import QuorumFigures
from fund.models import Fund
from fund.queries.committee_rules import committee_rules
from fund.queries.people import committee_of
from fund.queries.quorums import meeting_quorum
from fund.queries.votes import LARGEST_NUMBER, VoteLine, vote_line


@dataclass(frozen=True, slots=True)
class SeatShown:
    """One person of the committee at a meeting; `state` is the manner of being there, `left` or `absent`."""

    code: str
    name: str
    state: str
    lends_to: str
    holds: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether they are at the meeting now."""
        return self.state in ("present", "remote")


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting as it stands; `quorum` is None where no charter says how the committee decides.

    `proxies_each` is how many votes of others one person may hold.
    """

    row: Meeting
    state: str
    chair: str
    seats: tuple[SeatShown, ...]
    quorum: QuorumFigures | None
    proxies_each: int
    has_second_rule: bool
    votes: tuple[VoteLine, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is under way."""
        return self.state == "open"

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self.state in ("closed", "without-quorum")


def state_of(meeting: Meeting) -> str:
    """`convened`, `open`, `closed` or `without-quorum`."""
    if meeting.closed_at is not None:
        return "without-quorum" if meeting.lacked_quorum else "closed"
    return "open" if meeting.opened_at is not None else "convened"


def meeting_in(fund: Fund, slug: str, number: int) -> Meeting | None:
    """The meeting of this number in a call of the fund."""
    if number > LARGEST_NUMBER:
        return None
    rows = Meeting.objects.select_related("call", "second_of", "second")
    return rows.filter(call__owner=fund.slug, call__slug=slug, number=number).first()


def meetings_of(call: Call) -> tuple[tuple[Meeting, str], ...]:
    """Every meeting of a call with its state, the last first."""
    return tuple((meeting, state_of(meeting)) for meeting in call.meetings.order_by("-number"))


def meeting_facts(fund: Fund, meeting: Meeting, *, on: date, at: datetime) -> MeetingFacts:
    """A meeting on a day, by the charter of that day, or of its own once it began."""
    day = meeting.held_on if meeting.opened_at else on
    people = committee_of(fund, day)
    names = {code: person.name for code, person in people.items()}
    lent = proxies_at(meeting)
    states = {row.person: "left" if row.left_at else row.manner for row in meeting.attendances.all()}
    rules = committee_rules(fund, day)
    seats = tuple(
        SeatShown(
            code=code,
            name=name,
            state=states.get(code, "absent"),
            lends_to=names.get(lent.get(code, ""), ""),
            holds=tuple(names.get(giver, giver) for giver, holder in lent.items() if holder == code),
        )
        for code, name in names.items()
    )
    return MeetingFacts(
        row=meeting,
        state=state_of(meeting),
        chair=names.get(meeting.chair, meeting.chair),
        seats=seats,
        quorum=meeting_quorum(fund, meeting, rules.governance, on=day) if rules else None,
        proxies_each=rules.governance.proxies if rules else 0,
        has_second_rule=bool(rules and rules.governance.second_meeting),
        votes=tuple(vote_line(vote, at) for vote in meeting.votes.select_related("call").order_by("-number")),
    )
