"""Interests: somebody on the committee declares theirs, and the fund finds those that the files themselves show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from allocation.instructing.interests import Answer, declare, recuse_by_rule
from allocation.models import Call, InterestDeclaration, Recusal
from fund.models import Fund
from fund.queries.interests import committee_ties
from fund.queries.people import committee_of
from fund.services.actors import Actor, log, take_turn
from fund.services.committee_errors import NotOnCommittee
from fund.services.foreign_calls import check_call_of

RULE: Final = "charter"
"""Who makes a recusal by rule, in the log of acts."""


@transaction.atomic
def declare_interests(actor: Actor, call: Call, answers: Mapping[int, Answer], *, at: datetime) -> InterestDeclaration:
    """Keep the declaration of whoever acts, with an answer for every application, and the recusals that follow.

    The same answers again find the first declaration. Raises NotOnCommittee, InterestsUnclear and RecusalStands.
    """
    fund, on = take_turn(actor.fund), timezone.localdate(at)
    check_call_of(fund, call)
    if actor.by not in committee_of(fund, on):
        raise NotOnCommittee(person=actor.by, on=on)
    apply_rules(call, on=on)
    before = _last_number(call, actor.by)
    row = declare(call, actor.by, answers, at=at)
    if row.number > before:
        recused = Recusal.objects.filter(application__call=call, person=actor.by).order_by("application__number")
        log(
            actor,
            on=on,
            kind="interests-declared",
            reference=f"{call.slug}:{actor.by}:{row.number}",
            recused=list(recused.values_list("application__number", flat=True)),
        )
    return row


def _last_number(call: Call, person: str) -> int:
    row = InterestDeclaration.objects.filter(call=call, person=person).order_by("-number").first()
    return row.number if row else 0


@transaction.atomic
def apply_rules(call: Call, *, on: date) -> tuple[Recusal, ...]:
    """Recuse whoever on the committee the filed applications show to have an interest; the recusals that are new.

    To be called whenever that can change: an application is filed or admitted, a member stands for one, somebody
    declares or joins the committee, a vote opens. Called again it finds nothing new.
    """
    fund = Fund.objects.get(slug=call.owner)
    made = recuse_by_rule(call, committee_ties(fund, call, on), on=on)
    for row in made:
        log(
            Actor(fund=fund, by=RULE),
            on=on,
            kind="recused-by-rule",
            reference=f"{call.slug}:{row.application.number}:{row.person}",
            interest=row.interest,
        )
    return made


def apply_rules_everywhere(fund: Fund, *, on: date) -> tuple[Recusal, ...]:
    """The same in every call of the fund that is not closed: somebody joined the committee, or speaks for a party."""
    calls = Call.objects.filter(owner=fund.slug, applications_until__isnull=False, closes__gte=on)
    return tuple(row for call in calls for row in apply_rules(call, on=on))
