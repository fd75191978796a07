"""From the committee's decision to the companies: it is recorded, its awards are taken up, then notified in writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from allocation.applying.admissions import filed_content
from allocation.calls import call_of
from allocation.deciding.decisions import Otherwise, decide, dissent, subject_of
from allocation.deciding.scenarios import compute_scenarios
from allocation.models import Application, Call, Decision, Dissent, Meeting, Proposal, Scenario, Vote
from allocation.voting.votes import VoteDraft
from fund import entries
from fund.models import Access, AwardNotice, Fund, Party, Project
from fund.queries.identities import charter_identity
from fund.services.actors import Actor, book, log, refuse_conflict, take_turn
from fund.services.charters import in_force
from fund.services.mail import write_mail
from fund.services.notice_errors import CallNotDecided, NoticeAfterAgreement, NoticeBeforeAward, NoticeMissing
from fund.services.projects import Grant, award_projects
from fund.services.votes import open_vote
from ledger.journal import Document, Entry
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class Letter:
    """What a company is told: the subject of the mail and the text."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Put:
    """How a scenario is put to the vote: by yes or no or by consent, in which words, until when."""

    reference: str
    kind: str
    question: str
    closes: datetime


@transaction.atomic
def record_decision(
    actor: Actor, *, call: str, vote: int, at: datetime, opinions: Mapping[str, str] | None = None
) -> Decision:
    """Record the decision that a vote adopted, and take up its awards as projects: commitments off balance sheet.

    The same decision again finds the first.
    """
    fund = take_turn(actor.fund)
    found = call_of(fund.slug, call)
    held = Decision.objects.filter(call=found).first()
    on = timezone.localdate(held.decided_at if held else at)
    decision = decide(
        call=found, vote=vote, charter=_charter(fund, found, vote, on), by=actor.by, at=at, opinions=opinions
    )
    if held is None:
        award_projects(actor, list(_grants(fund, decision)), call=call, on=on, premiere_on=None)
        log(
            actor,
            on=on,
            kind="call-decided",
            reference=f"decision:{call}",
            manner=decision.manner,
            scenario=decision.scenario.number,
            vote=decision.vote.number,
            record=decision.record_sha256,
        )
    return decision


def _charter(fund: Fund, call: Call, vote: int, on: date) -> Mapping[str, Any]:
    """The version that governed the vote, as it froze it; else the one in force on the day."""
    governed = call.votes.filter(number=vote).values_list("rules", flat=True).first() or {}
    if "charter" in governed:
        return dict(governed["charter"])
    version = charter_identity(in_force(fund, on))
    return {"version": version.number, "name": version.name, "sha256": version.sha256}


@transaction.atomic
def compute(actor: Actor, *, call: str, at: datetime) -> list[Scenario]:
    """Compute the scenarios of a call on its closed vote; what is kept already stays as it is."""
    fund = take_turn(actor.fund)
    found = call_of(fund.slug, call)
    before = found.scenarios.count()
    kept = compute_scenarios(call=found, by=actor.by, at=at)
    if found.scenarios.count() > before:
        on = timezone.localdate(at)
        log(actor, on=on, kind="scenarios-computed", reference=f"scenarios:{call}", scenarios=len(kept))
    return kept


@transaction.atomic
def keep_dissent(actor: Actor, *, call: str, text: str, at: datetime) -> Dissent:
    """Keep the minority opinion of whoever acts, to stand in the minutes."""
    fund = take_turn(actor.fund)
    found = call_of(fund.slug, call)
    known = found.dissents.filter(person=actor.by).exists()
    kept = dissent(call=found, person=actor.by, text=text, at=at)
    if not known:
        log(actor, on=timezone.localdate(at), kind="dissent-kept", reference=f"dissent:{call}")
    return kept


@transaction.atomic
def put_to_the_vote(
    actor: Actor,
    call: Call,
    *,
    scenario: int,
    otherwise: Otherwise | None,
    put: Put,
    at: datetime,
    meeting: Meeting | None = None,
    chair: str = "",
) -> Vote:
    """Open the vote that adopts a scenario, as it is or with the differences that are decided with it."""
    subject = subject_of(call=call, scenario=scenario, otherwise=otherwise)
    draft = VoteDraft(
        reference=put.reference, round=0, kind=put.kind, question=put.question, subject=subject, closes=put.closes
    )
    return open_vote(actor, call, draft, at=at, meeting=meeting, chair=chair)


def _grants(fund: Fund, decision: Decision) -> Iterable[Grant]:
    unit = unit_of(decision.call.currency)
    names = dict(Party.objects.filter(fund=fund).values_list("code", "name"))
    for award in decision.outcome.awards.select_related("proposal"):
        lead = award.proposal.lead
        yield Grant(
            award.proposal.code,
            award.proposal.name,
            lead,
            names.get(lead, lead),
            Amount(award.amount_minor, unit),
            premiere_on=_premiere(award.proposal),
        )


def _premiere(proposal: Proposal) -> date | None:
    """The first date that the application plans, on which the tranche of the première falls due."""
    application = Application.objects.filter(proposal=proposal).first()
    planned = filed_content(application).dates if application else ()
    return min((each.on for each in planned), default=None)


@transaction.atomic
def notify_awards(
    actor: Actor, *, call: str, letters: Mapping[str, Letter], on: date, at: datetime
) -> tuple[AwardNotice, ...]:
    """Tell every company in writing what was decided on its project and why; awards become expenses and debts.

    `letters` holds one for each project of the call, by code; the mails to the people of the company are written in
    the same transaction, at this moment. Notifying again on the same day finds the first notices.
    """
    fund = take_turn(actor.fund)
    found = call_of(fund.slug, call)
    decision = Decision.objects.filter(call=found).first()
    if decision is None:
        raise CallNotDecided(call=call)
    decided = timezone.localdate(decision.decided_at)
    if on < decided:
        raise NoticeBeforeAward(call=call, decided=decided, notified=on)
    proposals = list(found.proposals.order_by("code"))
    missing = [each.code for each in proposals if each.code not in letters or not letters[each.code].text.strip()]
    if missing:
        raise NoticeMissing(project=missing[0])
    projects = {each.code: each for each in Project.objects.select_related("company").filter(fund=fund, call_slug=call)}
    told = is_notified(fund, found)
    notices: list[AwardNotice] = []
    to_book: list[Entry] = []
    for proposal in proposals:
        letter = letters[proposal.code]
        if project := projects.get(proposal.code):
            notice, entry = _notice(actor, project, letter, on=on)
            notices.append(notice)
            to_book += entry
        if not told:
            _mail(fund, call, proposal.code, proposal.lead, letter, at)
    if to_book:
        book(actor, to_book)
    if not told:
        log(actor, on=on, kind="awards-notified", reference=f"notices:{call}", awards=len(notices))
    return tuple(notices)


def is_notified(fund: Fund, call: Call) -> bool:
    """Whether the companies of a call were told."""
    return fund.acts.filter(kind="awards-notified", reference=f"notices:{call.slug}").exists()


def _notice(actor: Actor, project: Project, letter: Letter, *, on: date) -> tuple[AwardNotice, list[Entry]]:
    held = AwardNotice.objects.filter(project=project).first()
    if held is not None:
        refuse_conflict(
            what="notice",
            reference=held.reference,
            held={"date": held.notified_on.isoformat()},
            given={"date": on.isoformat()},
        )
        return held, []
    agreement = getattr(project, "agreement", None)
    if agreement is not None:
        raise NoticeAfterAgreement(project=project.code, signed=agreement.signed_on)
    notice = AwardNotice.objects.create(
        project=project,
        reference=f"NOTIF-{project.call_slug}-{project.code}"[:100],
        notified_on=on,
        notified_by=actor.by,
        text=letter.text,
    )
    amount = Amount(project.awarded_minor, unit_of(project.fund.currency))
    entry = Entry(
        journal="AI",
        on=on,
        kind="award-notified",
        reference=entries.entry_reference("notice", notice.reference),
        label=f"Aide notifiée, projet {project.code}",
        lines=entries.award_notified(company=project.company.code, project=project.code, amount=amount),
        document=Document(notice.reference, on),
    )
    return notice, [entry]


def _mail(fund: Fund, call: str, project: str, company: str, letter: Letter, at: datetime) -> None:
    """Put the letter in the outbox, once for each person of the company who has an address."""
    people = Access.objects.filter(fund=fund, role=Access.Role.ARTIST, party__code=company, until=None)
    for person in sorted(set(people.values_list("user__username", flat=True))):
        write_mail(
            fund,
            kind="award-notice",
            reference=f"{call}/{project}",
            subject=letter.subject,
            body=letter.text,
            person=person,
            at=at,
        )
