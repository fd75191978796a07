"""What a vote freezes when it opens: the electorate with its recusals and proxies, the quorum, the charter's words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from allocation.amounts import amount_of
from allocation.instructing.interests import has_declared
from allocation.methods.counting.buckets import parts_of
from allocation.models import Call, Meeting
from allocation.voting.meetings import present_at, proxies_at
from allocation.voting.papers import WHOLE_KINDS
from allocation.voting.votes import Voice
from fund.charter.governance import counted_proxies
from fund.charter.quorums import QuorumFigures, quorum_figures
from fund.models import Contribution, Fund
from fund.queries.committee_rules import CommitteeRules
from fund.queries.people import Person
from fund.queries.quorums import electorate_of, recusals_by_proposal
from fund.services.committee_errors import NobodyMayVote, QuorumMissing


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put to the vote: the kind, the proposals that it names, and those that it is about.

    `named` are answered one by one; a question that is answered as a whole is `about` all proposals of the call.
    """

    kind: str
    named: tuple[str, ...]
    about: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether one answer is asked."""
        return self.kind in WHOLE_KINDS or not self.named


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote, by whom, on what; and why the others may not."""

    voices: tuple[Voice, ...]
    recused: Mapping[str, tuple[str, ...]]
    not_voting: Mapping[str, str]
    quorum: QuorumFigures
    by_proposal: Mapping[str, QuorumFigures]

    def words(self) -> dict[str, Any]:
        """The electorate and the quorum as a vote's rules keep them."""
        return {
            "recusals": {person: list(codes) for person, codes in self.recused.items()},
            "not_voting": dict(self.not_voting),
            "quorum": asdict(self.quorum),
            "quorum_by_proposal": {code: asdict(figures) for code, figures in self.by_proposal.items()},
        }


def electorate(
    fund: Fund, call: Call, rules: CommitteeRules, asked: Asked, *, meeting: Meeting | None, chair: str, on: date
) -> Electorate:
    """The electorate of a question on a day, and its quorum question by question.

    At a meeting those vote who are there, and those who lent their vote to somebody who is; without one, everybody.
    Who did not declare their interests has no voice: nobody knows from what they are recused. On a question that is
    answered as a whole, whoever is recused from a part of it is recused from all. At a distance nobody is there yet:
    who votes will have been there, and the quorum is known at the close.
    """
    governance = rules.governance
    people = electorate_of(fund, governance, on=on, chair=chair)
    there = present_at(meeting) & set(people) if meeting else frozenset(people)
    lent_to = proxies_at(meeting) if meeting else {}
    given = {giver: holder for giver, holder in lent_to.items() if giver in people and holder in people}
    silent = recusals_by_proposal(call)
    declared = {person for person in people if has_declared(call, person)}
    recused = {
        person: tuple(code for code in asked.about if person in silent.get(code, ()))
        for person in people
        if any(person in silent.get(code, ()) for code in asked.about)
    }
    out = set(recused) if asked.is_whole else set()
    second = meeting is not None and meeting.second_of_id is not None

    def figures(without: Collection[str]) -> QuorumFigures:
        return quorum_figures(
            governance,
            electorate=people,
            present=there & declared if meeting else (),
            proxies={giver: holder for giver, holder in given.items() if giver in declared},
            recused=without,
            second=second,
        )

    lent = counted_proxies(governance, given, recused=out, present=there)
    voices = []
    not_voting = {}
    for person in people:
        why = _silence(person, there, declared, lent, out)
        codes = set(recused.get(person, ())) | set(recused.get(lent.get(person, ""), ()))
        if not why and not asked.is_whole and codes >= set(asked.named):
            why = "recused"
        if why:
            not_voting[person] = why
        else:
            named = tuple(code for code in asked.named if code in codes)
            voices.append(Voice(person, lent.get(person, ""), named))
    voting = {voice.person for voice in voices}
    kept = [voice for voice in voices if not voice.holder or voice.holder in voting]
    not_voting |= {voice.person: "holder-silent" for voice in voices if voice not in kept}
    by_proposal = (
        {} if asked.is_whole else {code: figures(silent[code] & set(people)) for code in asked.named if code in silent}
    )
    return Electorate(tuple(kept), recused, not_voting, figures(out), by_proposal)


def _silence(
    person: str,
    there: Collection[str],
    declared: Collection[str],
    lent: Mapping[str, str],
    out: Collection[str],
) -> str:
    """Why somebody has no voice in the question; empty where they have one."""
    if person in out:
        return "recused"
    if person not in declared:
        return "interests-not-declared"
    return "" if person in there or person in lent else "absent"


def check_quorum(found: Electorate) -> None:
    """Refuse a question for which too few are there, or nobody."""
    for code, figures in (("", found.quorum), *found.by_proposal.items()):
        if not figures.reached:
            raise QuorumMissing(
                proposal=code,
                there=figures.there,
                needed=figures.needed,
                electorate=figures.electorate,
                recused=figures.recused,
            )


def check_somebody(found: Electorate) -> None:
    """Refuse a question on which nobody may vote."""
    if not found.voices:
        figures = found.quorum
        raise NobodyMayVote(electorate=figures.electorate, recused=len(found.recused), present=figures.present)


def parts(fund: Fund, call: Call, voices: Collection[Voice], people: Mapping[str, Person], key: str) -> dict[str, int]:
    """What each voice may distribute of the call's envelopes, in minor units: equal parts, or by what was received."""
    pot = sum(amount_of(envelope.amount).minor for envelope in call.envelopes.all())
    weights: dict[str, Fraction | int] | None = None
    if key == "contribution":
        received = _received(fund)
        by_gift = {voice.person: received.get(people[voice.person].party, 0) for voice in voices}
        weights = dict(by_gift) if any(by_gift.values()) else None
    return parts_of(pot, [voice.person for voice in voices], weights)


def _received(fund: Fund) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in Contribution.objects.filter(membership__fund=fund).select_related("membership__party"):
        code = row.membership.party.code
        totals[code] = totals.get(code, 0) + amount_of(row.amount).minor
    return totals
