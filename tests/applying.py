"""A call to companies and their applications, for tests: built through the services, never by writing rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from allocation.applying.applications import Signature, add_document, file_application, save_draft, start_application
from allocation.applying.content import fingerprint
from allocation.applying.typed import as_typed
from allocation.calls import EnvelopeDraft
from allocation.committee_calls import CommitteeCallDraft, CriterionDraft, DocumentDraft
from allocation.models import Application, Call
from fund.models import Fund, Party
from fund.services.actors import Actor
from fund.services.applications import sponsor
from fund.services.calls import open_call_to_companies
from fund.services.members import admit_member
from ledger.money import Amount
from tests.committees import CLOSES, FILED_BY, OPENS, PARIS

COMPANY = "CIE/X"
PDF = b"%PDF-1.7\n% un budget\n"
MEMBERS = ("M1", "M2", "M3", "M4", "M5")


def at(day: date, person: str = "artist") -> Signature:
    """Somebody acts at noon of a day, in Paris."""
    return Signature(person, datetime(day.year, day.month, day.day, 12, tzinfo=PARIS))


def a_call_to_companies(
    fund: Fund,
    *,
    slug: str = "appel",
    strands: Sequence[tuple[str, int]] = (("general", 1_800_000),),
    documents: Sequence[DocumentDraft] = (DocumentDraft("budget", "Budget signé"),),
    **days: date,
) -> Call:
    """A call with its criteria and a compulsory document."""
    draft = CommitteeCallDraft(
        slug=slug,
        name="Appel de printemps (fictif)",
        presentation="Pour des créations qui se jouent dans les villages.",
        opens=days.get("opens", OPENS),
        applications_until=days.get("until", FILED_BY),
        closes=days.get("closes", CLOSES),
        method="equal-shares/1",
        envelopes=[EnvelopeDraft(code, f"Volet {code}", Amount(minor)) for code, minor in strands],
        criteria=[CriterionDraft("artistic", "Intérêt artistique", 2), CriterionDraft("feasible", "Faisabilité")],
        documents=documents,
    )
    return open_call_to_companies(Actor(fund=fund, by="secretary"), draft, on=OPENS, lottery_seed="graine-2026")


def a_company(fund: Fund, code: str = COMPANY) -> Party:
    """A company that is known to the fund."""
    found, _ = Party.objects.get_or_create(
        fund=fund, code=code, defaults={"name": f"Compagnie {code} (fictive)", "kind": "organisation"}
    )
    return found


def typed(**changes: Any) -> dict[str, Any]:
    """A whole draft that balances: 12,000 of costs, 3,000 of own means, 9,000 asked."""
    fields = {
        "title": "La Traversée (fictif)",
        "summary": "Un spectacle de place.",
        "note": "Nous travaillons la marche.",
        "minimum": "6 000",
        "target": "9 000,00",
        "shown": "yes",
    }
    tables: dict[str, list[dict[str, str]]] = {
        "charges": [{"label": "Salaires", "amount": "10 000"}, {"label": "Décor", "amount": "2 000"}],
        "receipts": [{"source": "La compagnie", "kind": "own", "amount": "3000", "certainty": "acquired"}],
    }
    for name, value in changes.items():
        (tables if name in as_typed({})["tables"] else fields)[name] = value
    return {"fields": fields, "tables": tables}


def a_draft(
    call: Call, *, company: str = COMPANY, on: date = OPENS, reference: str = "R-1", **changes: Any
) -> Application:
    """A draft with everything that filing needs, its document included."""
    application = start_application(call=call, applicant=company, reference=reference, signed=at(on))
    application = saved(application, typed(**changes), on=on)
    add_document(application=application, kind="budget", name="budget.pdf", content=PDF, signed=at(on))
    return application


def saved(application: Application, draft: Mapping[str, object], *, on: date = OPENS) -> Application:
    """Save over what stands."""
    seen = fingerprint(as_typed(Application.objects.get(pk=application.pk).draft))
    return save_draft(application=application, typed=draft, seen=seen, signed=at(on))


def a_filed_application(call: Call, *, on: date = OPENS, **changes: Any) -> Application:
    """An application that was filed."""
    application = a_draft(call, on=on, **changes)
    file_application(application=application, signed=at(on))
    return Application.objects.select_related("call").get(pk=application.pk)


def sponsored(fund: Fund, application: Application, *, on: date = OPENS, count: int = 5) -> None:
    """So many members stand for it, for production and touring."""
    actor = Actor(fund=fund, by="T. (fictif)")
    for code in MEMBERS[:count]:
        member = admit_member(actor, code=code, name=f"Membre {code} (fictif)", category="venue", on=date(2026, 1, 1))
        sponsor(actor, application, member.party, commits_to=("production", "diffusion"), signed=at(on, code))
