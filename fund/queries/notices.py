"""What each company of a decided call is told, and what was done since: notice, agreement, tranches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allocation.calls import call_of
from allocation.deciding.outcome_sentences import outcome_sentence
from allocation.errors import CallUnknown
from allocation.models import Decision
from allocation.queries import CallFacts, outcome_facts
from fund.charter.faults import Language
from fund.charter.tranches import tranche_amounts
from fund.models import Access, Fund, OutgoingMail, Party, Project
from fund.queries.charters import charter_in_force, rules_of
from fund.queries.identities import FundIdentity, fund_identity
from ledger.money import Amount


@dataclass(frozen=True, slots=True)
class TranchePlan:
    """A part of the award, with the condition that releases it and its evidence, as the charter has it."""

    condition: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One project: what was decided and why, what its company was told when, and its agreement."""

    fund: FundIdentity
    call: CallFacts
    code: str
    name: str
    company: str
    company_name: str
    asked: Amount
    awarded: Amount
    reason: str
    decided_on: date
    tranches: tuple[TranchePlan, ...]
    record_sha256: str
    notified_on: date | None
    notice: str
    signed_on: date | None
    agreement: str
    readers: int
    mails: int
    mails_sent: int

    @property
    def is_funded(self) -> bool:
        """Whether anything was awarded."""
        return bool(self.awarded)


@dataclass(frozen=True, slots=True)
class CallNotices:
    """The projects of a decided call, the funded ones first by rank; `notified_on` is the day of the letters."""

    call: CallFacts
    notices: tuple[NoticeFacts, ...]
    decided_on: date
    notified_on: date | None

    @property
    def funded(self) -> tuple[NoticeFacts, ...]:
        """Those that were awarded something."""
        return tuple(each for each in self.notices if each.is_funded)


def call_notices(fund: Fund, slug: str, language: Language) -> CallNotices | None:
    """What each company of the call is told; None when there is no such call or it is not decided by a committee."""
    try:
        call = call_of(fund.slug, slug)
    except CallUnknown:
        return None
    decision = Decision.objects.select_related("outcome").filter(call=call).first()
    outcome = outcome_facts(fund.slug, slug)
    if decision is None or outcome is None:
        return None
    told = fund.acts.filter(kind="awards-notified", reference=f"notices:{slug}").first()
    projects = {
        each.code: each
        for each in Project.objects.select_related("notice", "agreement").filter(fund=fund, call_slug=slug)
    }
    names = {each.code: each.name for each in outcome.projects}
    companies = dict(
        Party.objects.filter(fund=fund, code__in=[each.lead for each in outcome.projects]).values_list("code", "name")
    )
    decided_on = outcome.published_on
    version = charter_in_force(fund, decided_on)
    charter = rules_of(version) if version else None
    found = []
    for each in outcome.projects:
        project = projects.get(each.code)
        notice, agreement = getattr(project, "notice", None), getattr(project, "agreement", None)
        mails = OutgoingMail.objects.filter(fund=fund, kind="award-notice", reference=f"{slug}/{each.code}")
        readers = Access.objects.filter(fund=fund, role=Access.Role.ARTIST, party__code=each.lead, until=None)
        amounts = tranche_amounts(charter, each.awarded.minor) if charter and each.awarded else {}
        found.append(
            NoticeFacts(
                fund=fund_identity(fund),
                call=outcome.call,
                code=each.code,
                name=each.name,
                company=each.lead,
                company_name=companies.get(each.lead, each.lead),
                asked=each.cost,
                awarded=each.awarded,
                reason=outcome_sentence(each, language, names=names),
                decided_on=decided_on,
                tranches=tuple(
                    TranchePlan(rule.condition, Amount(amounts[rule.name], each.awarded.unit))
                    for rule in (charter.tranches if charter else ())
                    if amounts.get(rule.name)
                ),
                record_sha256=decision.record_sha256,
                notified_on=told.on if told else None,
                notice=notice.reference if notice else "",
                signed_on=agreement.signed_on if agreement else None,
                agreement=agreement.reference if agreement else "",
                readers=readers.count(),
                mails=mails.count(),
                mails_sent=mails.exclude(sent_at=None).count(),
            )
        )
    return CallNotices(outcome.call, tuple(found), decided_on, told.on if told else None)
