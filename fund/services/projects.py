"""Projects are awarded, and sign their agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fund import entries
from fund.charter.grammar import Charter
from fund.charter.tranches import tranche_amounts
from fund.errors import TrancheConditionNotKept
from fund.models import Agreement, AwardNotice, Party, Project, Role, Tranche
from fund.queries.charters import rules_of
from fund.services.actors import Actor, book, log, refuse_conflict, refuse_foreign, take_turn
from fund.services.charters import in_force
from fund.services.notice_errors import AgreementBeforeNotice
from ledger.journal import Document, Entry
from ledger.money import Amount, unit_of

ALGORITHM = "charter-tranches/1"
"""Stored with each tranche: what this name computes never changes, another computation takes another name."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What the committee awards to one proposal, led by a company; its première, where its application plans one."""

    project: str
    title: str
    company: str
    company_name: str
    amount: Amount
    premiere_on: date | None = None


@transaction.atomic
def award_projects(
    actor: Actor, grants: Sequence[Grant], *, call: str, on: date, premiere_on: date | None
) -> tuple[Project, ...]:
    """Take up the committee's awards as projects; each is a commitment until its agreement is signed."""
    fund = take_turn(actor.fund)
    held = {row.code: row for row in fund.projects.select_related("company")}
    projects, to_book = [], []
    for grant in grants:
        premiere = grant.premiere_on or premiere_on
        if (known := held.get(grant.project)) is not None:
            refuse_conflict(
                what="project",
                reference=grant.project,
                held={
                    "award": known.awarded_minor,
                    "title": known.title,
                    "company": known.company.code,
                    "première": known.premiere_on,
                },
                given={
                    "award": grant.amount.minor,
                    "title": grant.title,
                    "company": grant.company,
                    "première": premiere,
                },
            )
            projects.append(known)
            continue
        company, _ = Party.objects.get_or_create(
            fund=fund,
            code=grant.company,
            defaults={"name": grant.company_name, "kind": Party.Kind.ORGANISATION},
        )
        Role.objects.get_or_create(party=company, kind=Role.Kind.COMPANY, since=on)
        projects.append(
            fund.projects.create(
                code=grant.project,
                title=grant.title,
                call_slug=call,
                company=company,
                awarded_minor=grant.amount.minor,
                awarded_on=on,
                premiere_on=premiere,
            )
        )
        to_book.append(
            Entry(
                journal="HB",
                on=on,
                kind="award-voted",
                reference=entries.entry_reference("award", grant.project),
                label=f"Aide votée, projet {grant.project}",
                lines=entries.award_voted(company=grant.company, project=grant.project, amount=grant.amount),
                document=Document(f"outcome:{call}", on),
            )
        )
    if to_book:
        book(actor, to_book)
        log(actor, on=on, kind="projects-awarded", reference=f"outcome:{call}", projects=len(to_book))
    return tuple(projects)


@transaction.atomic
def sign_agreement(actor: Actor, project: Project, *, reference: str, on: date) -> Agreement:
    """Sign the agreement of a project under the charter in force, and lay down its tranches.

    An award that was notified is in the books already, and its agreement adds nothing to them.
    """
    fund = take_turn(actor.fund)
    refuse_foreign(fund, project.fund)
    held = Agreement.objects.filter(project=project).first()
    if held is not None:
        refuse_conflict(
            what="agreement",
            reference=reference,
            held={"reference": held.reference, "date": held.signed_on.isoformat(), "award": held.amount_minor},
            given={"reference": reference, "date": on.isoformat(), "award": project.awarded_minor},
        )
        return held
    notice = AwardNotice.objects.filter(project=project).first()
    if notice is not None and on < notice.notified_on:
        raise AgreementBeforeNotice(project=project.code, signed=on, notified=notice.notified_on)
    version = in_force(fund, on)
    agreement = Agreement.objects.create(
        project=project, reference=reference, signed_on=on, amount_minor=project.awarded_minor, charter=version
    )
    due_on = {
        Tranche.Condition.AGREEMENT.value: on,
        Tranche.Condition.PREMIERE.value: max(on, project.premiere_on or on),
    }
    for number, (condition, minor) in enumerate(_tranches(rules_of(version), project.awarded_minor), start=1):
        agreement.tranches.create(
            number=number, condition=condition, due_on=due_on[condition], amount_minor=minor, algorithm=ALGORITHM
        )
    amount = Amount(project.awarded_minor, unit_of(fund.currency))
    if notice is None:
        _book_agreement(actor, agreement, amount)
    log(actor, on=on, kind="agreement-signed", reference=reference, project=project.code, award=amount.major)
    return agreement


def _book_agreement(actor: Actor, agreement: Agreement, amount: Amount) -> None:
    project, reference = agreement.project, agreement.reference
    lines = entries.agreement_signed(
        company=project.company.code, project=project.code, agreement=reference, amount=amount
    )
    book(
        actor,
        [
            Entry(
                journal="AI",
                on=agreement.signed_on,
                kind="agreement-signed",
                reference=entries.entry_reference("agreement", reference),
                label=f"Convention {reference}, projet {project.code}",
                lines=lines,
                document=Document(reference, agreement.signed_on),
            )
        ],
    )


def refuse_unkept(charter: Charter) -> None:
    """Refuse a charter that pays on a condition whose day these records cannot know."""
    for rule in charter.tranches:
        if rule.condition not in Tranche.Condition.values:
            raise TrancheConditionNotKept(tranche=rule.name, condition=rule.condition)


def _tranches(charter: Charter, awarded: int) -> list[tuple[str, int]]:
    """Each tranche's condition and amount; all of the award at the signature where the charter names no tranche."""
    if not charter.tranches:
        return [(Tranche.Condition.AGREEMENT.value, awarded)]
    refuse_unkept(charter)
    amounts = tranche_amounts(charter, awarded)
    return [(rule.condition, amounts[rule.name]) for rule in charter.tranches if amounts[rule.name]]
