"""What pages read of applications: as the company may know its own, as a member may, as the secretary does.

What the company reads holds no state, no note and no name of the fund's people: it cannot leak what it does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from allocation.applying.admissions import filed_content
from allocation.applying.applications import documents_of, last_day, reading_of, reading_of_version, version_content
from allocation.applying.content import Content, Reading, fingerprint
from allocation.applying.faults import Fault
from allocation.applying.fields import MEMBER_HOST, OTHER_HOST, PARTNER_HOST
from allocation.applying.fit import compared_answers
from allocation.applying.fit_questions import SideBySide
from allocation.applying.sponsors import standing_sponsors
from allocation.applying.states import DRAFT, WITHDRAWN, may, status_of
from allocation.instructing.interests import has_declared, recused_people
from allocation.models import Application, ApplicationDocument, Award, Call, Outcome
from fund.models import Fund, Party
from fund.queries.eligibility import members_on
from fund.queries.notoriety_discretion import members_shown
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document: what it is in the call's words, its file, and until when it was held."""

    pk: int
    kind: str
    called: str
    name: str
    size: int
    sha256: str
    added_on: date


@dataclass(frozen=True, slots=True)
class DocumentWanted:
    """A document that the call asks for, and whether the application holds it."""

    code: str
    name: str
    required: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something that the company knows: `kind` is `opened`, `filed`, `returned`, `refused` or `withdrawn`."""

    on: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SponsorShown:
    """A member that stands for the application."""

    code: str
    name: str
    commits_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """A version that was filed, with the fingerprint of it."""

    number: int
    filed_on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application as its company reads it: the public status alone."""

    call: str
    call_name: str
    number: int
    title: str
    status: str
    last_day: date | None
    may_change: bool
    may_file: bool
    may_withdraw: bool
    may_answer: bool
    asked_until: date | None
    missing: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    content: Content
    minimum: Amount | None
    target: Amount | None
    versions: tuple[FiledVersion, ...]
    changed_since: bool
    documents: tuple[DocumentShown, ...]
    wanted: tuple[DocumentWanted, ...]
    sponsors: tuple[SponsorShown, ...]
    told: tuple[Told, ...]


_TOLD = ("opened", "filed", "returned", "refused", "withdrawn")


def application_numbered(fund: Fund, call: str, number: int) -> Application | None:
    """The application of this number in the fund's call; None when there is none."""
    if number > 2**31 - 1:
        return None
    return (
        Application.objects.select_related("call").filter(call__owner=fund.slug, call__slug=call, number=number).first()
    )


def own_application(fund: Fund, application: Application, today: date) -> OwnApplication:
    """What the company reads of its application on a day."""
    reading = reading_of(application)
    unit = unit_of(application.call.currency)
    until = last_day(application)
    state = application.state
    in_time = until is not None and today <= until
    content = shown_content(application, reading)
    status = public_status(application, today)
    decided = status in ("supported", "not-supported")
    versions = application.versions.all()
    latest = versions.last()
    return OwnApplication(
        call=application.call.slug,
        call_name=application.call.name,
        number=application.number,
        title=content.title,
        status=status,
        last_day=until,
        may_change=may("save", state) and (state == DRAFT or in_time),
        may_file=may("file", state) and in_time,
        may_withdraw=may("withdraw", state) and not decided,
        may_answer=may("answer", state) and not decided,
        asked_until=application.complete_by if status_of(state) == "to-complete" else None,
        missing=reading.missing if may("file", state) else (),
        remarks=reading.remarks if may("file", state) else (),
        content=content,
        minimum=None if content.minimum is None else Amount(content.minimum, unit),
        target=None if content.target is None else Amount(content.target, unit),
        versions=tuple(FiledVersion(each.number, each.filed_on, each.sha256) for each in versions),
        changed_since=latest is not None and may("file", state) and changed_since_filing(application),
        documents=documents_shown(application),
        wanted=documents_wanted(application),
        sponsors=sponsors_of(fund, application),
        told=tuple(
            Told(timezone.localdate(each.at), each.kind, each.told)
            for each in application.events.filter(kind__in=_TOLD).order_by("pk")
        ),
    )


def shown_content(application: Application, reading: Reading) -> Content:
    """The draft while the company may change it, else what it filed."""
    latest = application.versions.select_related("application__call").last()
    if may("save", application.state) or latest is None:
        return reading.content
    return reading_of_version(latest).content


def changed_since_filing(application: Application) -> bool:
    """Whether the draft says something else than the version that counts."""
    latest = application.versions.last()
    return latest is not None and latest.sha256 != fingerprint(version_content(application))


def public_status(application: Application, today: date) -> str:
    """The status that the company reads: the decision once the outcome of the call is published."""
    supported = None
    outcome = Outcome.objects.filter(call=application.call, published_on__lte=today).first()
    if outcome is not None and application.proposal_id is not None:
        supported = Award.objects.filter(outcome=outcome, proposal_id=application.proposal_id).exists()
    return status_of(application.state, supported=supported)


def documents_shown(application: Application) -> tuple[DocumentShown, ...]:
    """The documents that the application holds now."""
    names = dict(application.call.documents.values_list("code", "name"))
    return tuple(
        DocumentShown(each.pk, each.kind, names.get(each.kind, ""), each.name, each.size, each.sha256, each.added_on)
        for each in documents_of(application)
    )


def documents_wanted(application: Application) -> tuple[DocumentWanted, ...]:
    """What the call asks for, and whether it is there."""
    kinds = {each.kind for each in documents_of(application)}
    return tuple(
        DocumentWanted(each.code, each.name, each.required, each.code in kinds)
        for each in application.call.documents.order_by("pk")
    )


def document_held(application: Application, pk: int) -> ApplicationDocument | None:
    """A document of the application with its bytes, one that was taken out included: versions name it."""
    return application.documents.filter(pk=pk).first() if pk <= 2**63 - 1 else None


def sponsors_of(fund: Fund, application: Application) -> tuple[SponsorShown, ...]:
    """Who stands for the application, by name: a sponsor says so itself, to the company first of all."""
    names = party_names(fund)
    return tuple(
        SponsorShown(each.member, names.get(each.member, each.member), tuple(each.commits_to))
        for each in standing_sponsors(application)
    )


def party_names(fund: Fund) -> dict[str, str]:
    """How parties are called, by their codes."""
    return dict(Party.objects.filter(fund=fund).values_list("code", "name"))


def hosts_offered(fund: Fund, on: date) -> tuple[tuple[str, str], ...]:
    """The members among whom a company chooses its hosts, (value, name): those who show their name."""
    names = party_names(fund)
    shown = members_shown(fund, on) & set(members_on(fund, on))
    return tuple((f"{MEMBER_HOST}{code}", names[code]) for code in sorted(shown, key=lambda code: names[code]))


HOST_KINDS = (PARTNER_HOST, OTHER_HOST)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One application in the list of a company's own."""

    call: str
    call_name: str
    number: int
    title: str
    status: str
    last_day: date | None


def applications_of(fund: Fund, companies: frozenset[str], today: date) -> tuple[OwnLine, ...]:
    """The applications of these companies, the latest first."""
    rows = (
        Application.objects.select_related("call")
        .filter(call__owner=fund.slug, applicant__in=companies)
        .order_by("-call__closes", "call__slug", "-number")
    )
    return tuple(
        OwnLine(
            row.call.slug,
            row.call.name,
            row.number,
            shown_content(row, reading_of(row)).title,
            public_status(row, today),
            last_day(row),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Presented:
    """An application as members read it, to stand for it or not: the presentation, never the budget."""

    call: str
    call_name: str
    number: int
    company: str
    content: Content
    sponsors: tuple[SponsorShown, ...]
    may_sponsor: bool
    may_answer: bool


def presented(fund: Fund, application: Application) -> Presented:
    """What members read of an application; a draft only when its company shows it."""
    names = party_names(fund)
    return Presented(
        application.call.slug,
        application.call.name,
        application.number,
        names.get(application.applicant, application.applicant),
        _presentation(application),
        sponsors_of(fund, application),
        may("sponsor", application.state),
        may("answer", application.state),
    )


def _presentation(application: Application) -> Content:
    """What was filed, or the draft before anything is; without what is not for members: amounts, budget, team."""
    filed = filed_content(application) if application.versions.exists() else reading_of(application).content
    return Content(
        title=filed.title, summary=filed.summary, note=filed.note, dates=filed.dates, partners=filed.partners,
        needs=filed.needs,
    )  # fmt: skip


def is_shown_to_members(application: Application) -> bool:
    """Filed and not taken back, or a draft that its company chose to show."""
    if application.state == WITHDRAWN:
        return False
    return application.state != DRAFT or reading_of(application).content.shown


def may_read_presentation(application: Application, person: str, *, on_committee: bool) -> bool:
    """Whoever sits on the committee declares their interests first, and reads nothing from which they are recused."""
    if not on_committee:
        return True
    return has_declared(application.call, person) and person not in recused_people(application)


def applications_shown(call: Call) -> tuple[Application, ...]:
    """The applications of a call that members may see, by number."""
    rows = call.applications.select_related("call").exclude(state=WITHDRAWN).order_by("number")
    return tuple(row for row in rows if is_shown_to_members(row))


def compared(fund: Fund, application: Application) -> tuple[SideBySide, ...]:
    """The preliminary answers of the company and of members side by side."""
    names = party_names(fund)
    return compared_answers(application, lambda code: names.get(code, code))
