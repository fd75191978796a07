"""A committee at work, built for tests: a fund under `creafonds`, a call with an envelope, admitted applications.

Rows are written directly, so that the tests of one step do not need the services of the steps before it.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from allocation.amounts import money_of
from allocation.calls import EnvelopeDraft, open_call
from allocation.models import Application, ApplicationVersion, Call, Criterion, InterestDeclaration, Proposal
from fund.models import Access, Fund, Party, User
from ledger.money import Amount
from tests.builders import a_fund

PARIS = ZoneInfo("Europe/Paris")
OPENS, FILED_BY, CLOSES = date(2026, 3, 1), date(2026, 4, 15), date(2026, 6, 30)
CONVENED, EVENING = date(2026, 5, 20), date(2026, 5, 28)
PEOPLE = ("alix", "basile", "carmen", "driss", "elsa", "farid", "garance")
"""The codes of seven committee members; the first one chairs."""

ASKED = {"P1": (600_000, 900_000), "P2": (400_000, 400_000), "P3": (300_000, 500_000), "P4": (700_000, 1_000_000)}
"""Minimum and target of each proposal, in cents; the envelope holds 18,000 euros."""
ENVELOPE = 1_800_000


def at(hour: int, minute: int = 0, *, on: date = EVENING) -> datetime:
    """A moment of the evening, in Paris."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=PARIS)


def a_person(fund: Fund, code: str, role: str, *, party: str = "") -> User:
    """Somebody with one role in the fund, reached at an address of their own."""
    user, _ = User.objects.get_or_create(
        username=code,
        defaults={"email": f"{code}@example.org", "first_name": code.capitalize(), "last_name": "(fictif)"},
    )
    speaks_for = fund.parties.get(code=party) if party else None
    last = date(9000, 12, 31) if role == "auditor" else None
    Access.objects.get_or_create(user=user, fund=fund, role=role, party=speaks_for, since=fund.founded_on, until=last)
    return user


def a_committee(slug: str = "fonds-test") -> Fund:
    """A fund with seven people on its committee and an administrator, `secretary`."""
    fund = a_fund(slug).fund
    for code in PEOPLE:
        a_person(fund, code, "committee")
    a_person(fund, "secretary", "administrator")
    return fund


def a_committee_call(fund: Fund, *, slug: str = "appel-2026", envelope: int = ENVELOPE) -> Call:
    """A call with one envelope and two criteria, to which companies apply."""
    call = open_call(
        owner=fund.slug,
        slug=slug,
        name="Appel 2026 (fictif)",
        opens=OPENS,
        closes=CLOSES,
        method="equal-shares/1",
        lottery_seed="graine-2026",
        envelopes=[EnvelopeDraft("general", "Enveloppe générale", Amount(envelope))],
    )
    call.applications_until = FILED_BY
    call.save()
    Criterion.objects.create(call=call, code="artistic", name="Intérêt artistique", weight=2)
    Criterion.objects.create(call=call, code="feasible", name="Faisabilité")
    return call


def an_application(fund: Fund, call: Call, code: str) -> Application:
    """An application of the company `CIE/code`, filed and admitted to the vote as the proposal `code`."""
    company, _ = Party.objects.get_or_create(
        fund=fund, code=f"CIE/{code}", defaults={"name": f"Compagnie {code} (fictive)", "kind": "organisation"}
    )
    minimum, target = ASKED[code]
    proposal = Proposal.objects.create(
        call=call,
        code=code,
        name=f"Projet {code} (fictif)",
        lead=company.code,
        asked=money_of(Amount(target)),
        minimum=money_of(Amount(minimum)),
        envelope=call.envelopes.get(),
    )
    application = Application.objects.create(
        call=call,
        number=call.applications.count() + 1,
        reference=f"ref-{code}",
        applicant=company.code,
        opened_by="artist",
        opened_on=FILED_BY,
        state=Application.State.ADMITTED,
        proposal=proposal,
        draft={"title": proposal.name},
    )
    ApplicationVersion.objects.create(
        application=application,
        number=1,
        content={"title": proposal.name},
        sha256=sha256(code.encode()).hexdigest(),
        filed_on=FILED_BY,
        filed_by="artist",
    )
    return application


def everybody_declares(call: Call) -> None:
    """Everybody on the committee says that they have no interest in any application."""
    for person in PEOPLE:
        InterestDeclaration.objects.create(call=call, person=person, number=1, at=at(9, on=FILED_BY))


def a_call_to_decide(slug: str = "fonds-test") -> tuple[Fund, Call]:
    """A fund and its call with four admitted applications, interests declared: ready for debate and vote."""
    fund = a_committee(slug)
    call = a_committee_call(fund)
    for code in ASKED:
        an_application(fund, call, code)
    everybody_declares(call)
    return fund, call
