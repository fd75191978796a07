"""A call opens and a company applies: what each act does once, and what it refuses by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from allocation.applying import documents as files
from allocation.applying.admissions import (
    filed_content,
)
from allocation.applying.applications import (
    add_document,
    documents_of,
    file_application,
    reading_of,
    remove_document,
    save_draft,
    start_application,
)
from allocation.applying.content import fingerprint
from allocation.applying.errors import (
    ApplicationIncomplete,
    ApplicationsClosed,
    CallNotOpenYet,
    CallTakesNoApplications,
    CommitteeCallInvalid,
    DocumentRefused,
    DraftChanged,
)
from allocation.applying.typed import as_typed
from allocation.calls import EnvelopeDraft
from allocation.committee_calls import CommitteeCallDraft, CriterionDraft, DocumentDraft, open_committee_call
from allocation.errors import CallConflict
from allocation.methods.ties import commitment
from allocation.models import Application, Call
from fund.models import Act, Fund
from ledger.money import Amount
from tests.applying import (
    COMPANY,
    PDF,
    a_call_to_companies,
    a_company,
    a_draft,
    at,
    saved,
    typed,
)
from tests.committees import CLOSES, FILED_BY, OPENS, a_committee, a_committee_call

pytestmark = pytest.mark.django_db

LATE = FILED_BY + timedelta(days=1)


@pytest.fixture
def fund() -> Fund:
    return a_committee()


@pytest.fixture
def call(fund: Fund) -> Call:
    a_company(fund)
    return a_call_to_companies(fund)


def fresh(application: Application) -> Application:
    return Application.objects.select_related("call", "proposal").get(pk=application.pk)


# ── The call ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_call_says_what_it_asks_and_seals_its_lottery(call: Call) -> None:
    assert (call.applications_until, call.method) == (FILED_BY, "equal-shares/1")
    assert call.parameters == {"utility": "cost", "completion": "utilitarian", "min_support": 1}
    assert call.seed_commitment == commitment("graine-2026")
    assert [(each.code, each.weight) for each in call.criteria.order_by("pk")] == [("artistic", 2), ("feasible", 1)]
    assert Act.objects.get(kind="call-opened").facts["seal"] == call.seed_commitment


def test_the_same_call_again_is_the_first_and_another_is_refused(fund: Fund, call: Call) -> None:
    assert a_call_to_companies(fund) == call
    with pytest.raises(CallConflict, match="documents"):
        a_call_to_companies(fund, documents=())
    assert Act.objects.filter(kind="call-opened").count() == 1


CALL = CommitteeCallDraft(
    slug="x",
    name="X",
    presentation="Y",
    opens=OPENS,
    applications_until=FILED_BY,
    closes=CLOSES,
    method="greedy/1",
    envelopes=[EnvelopeDraft("a", "A", Amount(100))],
    criteria=[CriterionDraft("c", "C")],
)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"slug": "Été"}, "slug_invalid"),
        ({"slug": "new"}, "slug_invalid"),
        ({"slug": "a" * 61}, "slug_invalid"),
        ({"presentation": " "}, "presentation_invalid"),
        ({"presentation": "a\0b"}, "presentation_invalid"),
        ({"applications_until": CLOSES + timedelta(days=1)}, "until_outside"),
        ({"applications_until": OPENS - timedelta(days=1)}, "until_outside"),
        ({"criteria": []}, "criteria_invalid"),
        ({"criteria": [CriterionDraft("c", "C"), CriterionDraft("c", "D")]}, "criteria_invalid"),
        ({"criteria": [CriterionDraft("c", "C", weight=0)]}, "criteria_invalid"),
        ({"criteria": [CriterionDraft("c", "C", scale=101)]}, "criteria_invalid"),
        ({"documents": [DocumentDraft("other", "D")]}, "documents_invalid"),
        ({"documents": [DocumentDraft("d", "")]}, "documents_invalid"),
    ],
)
def test_a_call_that_is_not_complete_is_refused_whole(changes: dict[str, object], why: str, fund: Fund) -> None:
    with pytest.raises(CommitteeCallInvalid) as refused:
        open_committee_call(owner=fund.slug, draft=replace(CALL, **changes), lottery_seed="s")  # type: ignore[arg-type]
    assert refused.value.figures["why"] == why
    assert refused.value.sentence("fr") != refused.value.sentence("en")
    assert not Call.objects.exists()


# ── Drafts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_begins_once_and_only_while_the_call_takes_applications(fund: Fund, call: Call) -> None:
    first = start_application(call=call, applicant=COMPANY, reference="R", signed=at(OPENS))
    assert start_application(call=call, applicant=COMPANY, reference="R", signed=at(LATE)) == first
    other = start_application(call=call, applicant="CIE/Y", reference="R", signed=at(FILED_BY))
    assert (first.number, other.number, other.applicant) == (1, 2, "CIE/Y")
    with pytest.raises(ApplicationsClosed):
        start_application(call=call, applicant=COMPANY, reference="R2", signed=at(LATE))
    with pytest.raises(CallNotOpenYet):
        start_application(call=call, applicant=COMPANY, reference="R3", signed=at(OPENS - timedelta(days=1)))
    file_call = a_committee_call(fund, slug="fichier")
    file_call.applications_until = None
    file_call.save()
    with pytest.raises(CallTakesNoApplications, match="fichier"):
        start_application(call=file_call, applicant=COMPANY, reference="R", signed=at(OPENS))


def test_a_draft_keeps_holes_and_wrong_numbers_as_they_were_typed(call: Call) -> None:
    application = start_application(call=call, applicant=COMPANY, reference="R", signed=at(OPENS))
    half = typed(title="", target="neuf mille", charges=[{"label": "Décor", "amount": "12,345"}, {}])
    saved(application, half)
    reading = reading_of(fresh(application))
    assert reading.typed["fields"]["target"] == "neuf mille"
    assert reading.typed["tables"]["charges"] == [{"label": "Décor", "amount": "12,345"}]
    assert {fault.place: fault.code for fault in reading.faults if fault.code != "missing"} == {
        "target": "not-an-amount",
        "charges-0-amount": "too-precise",
        "documents": "document-missing",
    }
    assert [fault.place for fault in reading.faults if fault.code == "missing"] == ["title"]


def test_a_draft_that_was_saved_elsewhere_is_not_overwritten_unread(call: Call) -> None:
    application = a_draft(call)
    seen = fingerprint(as_typed(application.draft))
    mine, theirs = typed(title="Le mien"), typed(title="Le leur")
    save_draft(application=application, typed=theirs, seen=seen, signed=at(OPENS))
    with pytest.raises(DraftChanged):
        save_draft(application=application, typed=mine, seen=seen, signed=at(OPENS))
    assert fresh(application).draft["fields"]["title"] == "Le leur"
    # a second click of the saving that went through changes nothing and says nothing
    save_draft(application=application, typed=theirs, seen=seen, signed=at(OPENS))
    save_draft(application=application, typed=mine, seen=fingerprint(as_typed(theirs)), signed=at(OPENS))
    assert fresh(application).draft["fields"]["title"] == "Le mien"


def test_a_draft_is_written_after_the_last_day_but_never_filed(call: Call) -> None:
    application = a_draft(call)
    saved(application, typed(title="Plus tard"), on=LATE)
    with pytest.raises(ApplicationsClosed, match="2026-04-15"):
        file_application(application=application, signed=at(LATE))


# ── Documents ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_is_kept_under_its_fingerprint_once(call: Call) -> None:
    application = start_application(call=call, applicant=COMPANY, reference="R", signed=at(OPENS))
    first = add_document(
        application=application, kind="budget", name="..\\a/../bud\u202eget.pdf", content=PDF, signed=at(OPENS)
    )
    again = add_document(application=application, kind="budget", name="b.pdf", content=PDF, signed=at(OPENS))
    assert (again, first.name, first.media_type, bytes(first.content)) == (first, "budget.pdf", "application/pdf", PDF)
    gone = remove_document(application=application, document=first.pk, signed=at(OPENS))
    assert remove_document(application=application, document=first.pk, signed=at(LATE)).removed_on == gone.removed_on
    assert documents_of(application) == []


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("budget", b"", "empty"),
        ("budget", b"MZ\x90\x00\x03", "type_unknown"),
        ("budget", b"PK\x03\x04" + b"\0" * 40, "type_unknown"),
        ("budget", b"\xff\xfe\x00", "type_unknown"),
        ("passeport", PDF, "kind_unknown"),
    ],
)
def test_a_document_that_is_not_taken_is_refused_with_its_reason(
    kind: str, content: bytes, why: str, call: Call
) -> None:
    application = start_application(call=call, applicant=COMPANY, reference="R", signed=at(OPENS))
    with pytest.raises(DocumentRefused) as refused:
        add_document(application=application, kind=kind, name="x", content=content, signed=at(OPENS))
    assert refused.value.figures["why"] == why
    assert not application.documents.exists()


def test_documents_have_their_limits(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    application = start_application(call=call, applicant=COMPANY, reference="R", signed=at(OPENS))
    monkeypatch.setattr(files, "LARGEST", 2**20)
    with pytest.raises(DocumentRefused, match="more than 1 MB"):
        add_document(application=application, kind="other", name="x", content=PDF + b" " * 2**20, signed=at(OPENS))
    for number in range(files.MOST):
        add_document(application=application, kind="other", name="x", content=b"%d" % number, signed=at(OPENS))
    with pytest.raises(DocumentRefused, match="20 documents"):
        add_document(application=application, kind="other", name="x", content=b"last", signed=at(OPENS))
    with pytest.raises(DocumentRefused, match="does not hold"):
        remove_document(application=application, document=0, signed=at(OPENS))


# ── Filing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_filing_freezes_a_version_and_filing_again_makes_another(call: Call) -> None:
    application = a_draft(call)
    first = file_application(application=application, signed=at(OPENS))
    assert file_application(application=application, signed=at(LATE)) == first
    saved(application, typed(title="La Traversée, suite"), on=FILED_BY)
    assert fresh(application).state == "filed"
    assert filed_content(fresh(application)).title == "La Traversée (fictif)"
    second = file_application(application=application, signed=at(FILED_BY))
    assert (first.number, second.number) == (1, 2)
    assert filed_content(fresh(application)).title == "La Traversée, suite"
    assert second.content["documents"][0]["sha256"] == application.documents.get().sha256
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        application.versions.filter(number=1).update(filed_by="other")


def test_filing_needs_everything_and_files_only_what_was_confirmed(call: Call) -> None:
    application = a_draft(call, minimum="10 000")
    with pytest.raises(ApplicationIncomplete, match="1 things"):
        file_application(application=application, signed=at(OPENS))
    saved(application, typed())
    with pytest.raises(DraftChanged):
        file_application(application=application, signed=at(OPENS), seen="0" * 64)
    assert not application.versions.exists()


def test_an_unbalanced_budget_is_said_and_filed_all_the_same(call: Call) -> None:
    application = a_draft(call, charges=[{"label": "Salaires", "amount": "20 000"}])
    (remark,) = reading_of(fresh(application)).remarks
    assert remark.sentence("fr").startswith("Les charges font 20\u202f000\xa0€")
    assert "8\u202f000\xa0€" in remark.mend("fr")
    assert file_application(application=application, signed=at(OPENS)).number == 1
