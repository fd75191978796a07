"""Every address of the site: who may open it, and one real example of each in the fund of the small year."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from allocation.models import ApplicationDocument, Call, Elector, Meeting, Vote
from allocation.voting.links import make_link
from fund.models import Anchor, FecExport, Fund, ReturnLine
from fund.roles import ROLES
from fund.services.anchors import anchor_books
from tests.committees import at
from tests.small_year import CALL, CLOSING

EVERYBODY = {"nobody", *ROLES}
KEEPERS = {"treasurer", "auditor", "administrator"}
BOOKKEEPERS = {"treasurer", "administrator"}
COMMITTEE_ROOM = {"committee", "auditor", "administrator"}
READERS_OF_DRAFTS = {"committee", "member"} | KEEPERS

# Who may open each address in their own fund; in another fund they are nobody.
EXPECTED = {
    "home": EVERYBODY,
    "sign-in": EVERYBODY,
    "fund": EVERYBODY,
    "rules": EVERYBODY,
    "charter-version": EVERYBODY,
    "charter-file": EVERYBODY,
    "drafts": READERS_OF_DRAFTS,
    "draft-new": {"administrator"},
    "draft": READERS_OF_DRAFTS,
    "draft-file": READERS_OF_DRAFTS,
    "draft-adopt": {"administrator"},
    "draft-rehearsal": READERS_OF_DRAFTS,
    "draft-rehearsal-file": READERS_OF_DRAFTS,
    "rehearsal": READERS_OF_DRAFTS,
    "rehearsal-file": READERS_OF_DRAFTS,
    "charters": EVERYBODY,
    "shipped-charter": EVERYBODY,
    "shipped-charter-file": EVERYBODY,
    "call": EVERYBODY,
    "project": EVERYBODY,
    "ballots": {"committee", "treasurer", "auditor", "administrator"},
    "project-trace": {"committee", "artist"} | KEEPERS,
    "member": {"member"} | KEEPERS,
    "call-statement": EVERYBODY,
    "project-statement": {"committee", "artist"} | KEEPERS,
    "member-statement": {"member"} | KEEPERS,
    "book": KEEPERS,
    "books": KEEPERS,
    "account": KEEPERS,
    "entry": KEEPERS,
    "document": KEEPERS,
    "chain": KEEPERS,
    "opening": {"treasurer", "administrator"},
    "open-data": EVERYBODY,
    "open-data-file": EVERYBODY,
    "open-data-numbers": {"treasurer", "administrator"},
    "record": BOOKKEEPERS,
    "record-event": BOOKKEEPERS,
    "third-parties": BOOKKEEPERS,
    "treatments": KEEPERS,
    "treatment-choose": BOOKKEEPERS,
    "book-drafts": BOOKKEEPERS,
    "book-draft-new": BOOKKEEPERS,
    "book-draft": BOOKKEEPERS,
    "lettering": BOOKKEEPERS,
    "fec": KEEPERS,
    "fec-description": KEEPERS,
    "fec-check": KEEPERS,
    "pack": KEEPERS,
    "pack-file": KEEPERS,
    "pack-program": KEEPERS,
    "anchors": KEEPERS,
    "anchor-file": KEEPERS,
    "statement-years": KEEPERS,
    "statement-year": KEEPERS,
    "statement": KEEPERS,
    "statement-file": KEEPERS,
    "statement-line": KEEPERS,
    "notoriety": EVERYBODY,
    "notoriety-project": EVERYBODY,
    "notoriety-statement": EVERYBODY,
    "notoriety-declare": {"artist", "member", "administrator"},
    "notoriety-contest": {"artist", "member"},
    "notoriety-decide": {"administrator"},
    "notoriety-adopt": {"administrator"},
    "credits": EVERYBODY,
    "credits-paper": EVERYBODY,
    "mails": {"administrator"},
    "committee": COMMITTEE_ROOM,
    "debates": COMMITTEE_ROOM,
    "debate": COMMITTEE_ROOM,
    "interests": COMMITTEE_ROOM,
    "files": COMMITTEE_ROOM,
    "files-csv": COMMITTEE_ROOM,
    "file": COMMITTEE_ROOM,
    "file-document": COMMITTEE_ROOM,
    "file-report": COMMITTEE_ROOM,
    "file-scores": COMMITTEE_ROOM,
    "rapporteurs": COMMITTEE_ROOM,
    "scores": COMMITTEE_ROOM,
    "scores-csv": COMMITTEE_ROOM,
    "meetings": COMMITTEE_ROOM,
    "meeting": COMMITTEE_ROOM,
    "votes": COMMITTEE_ROOM,
    "vote": COMMITTEE_ROOM,
    "vote-papers": COMMITTEE_ROOM,
    "ballot": {"committee"},
    "vote-link": EVERYBODY,
    "demonstration-sign-in": set(),
    "calls": EVERYBODY,
    "call-new": {"administrator"},
    "applications": {"artist"},
    "application-start": {"artist"},
    "application": {"artist"},
    "application-edit": {"artist"},
    "application-documents": {"artist"},
    "application-document": {"artist"},
    "application-file": {"artist"},
    "application-withdraw": {"artist"},
    "application-fit": {"artist"},
    "application-sponsor": {"member"},
    "application-member-fit": {"member"},
    "application-admission": {"administrator"},
    "admission-document": {"administrator"},
    # closing of a year
    "years": KEEPERS,
    "closing": KEEPERS,
    "year-turn": {"treasurer", "administrator"},
    "year-open": {"treasurer", "administrator"},
    "year-close": {"treasurer", "administrator"},
    "year-inventory": {"treasurer", "administrator"},
    "result-allocation": {"treasurer", "administrator"},
    "dedicated-funds": KEEPERS,
    "dedicated-funds-book": {"treasurer", "administrator"},
    "conventions": KEEPERS,
    "convention-record": {"treasurer", "administrator"},
    # facts for the notes to the accounts
    "annex": KEEPERS,
    "annex-authority": {"treasurer", "administrator"},
    "annex-instalment": {"treasurer", "administrator"},
}

OF_DECISIONS = {
    "scenarios": COMMITTEE_ROOM,
    "scenario-put": {"administrator"},
    "decision": COMMITTEE_ROOM,
    "decision-record": COMMITTEE_ROOM,
    "decision-confirm": {"administrator"},
    "dissent": {"committee"},
    "minutes": {"member", "treasurer"} | COMMITTEE_ROOM,
    "minutes-paper": {"member", "treasurer"} | COMMITTEE_ROOM,
    "notices": {"administrator"},
    "award-letter": {"artist"} | COMMITTEE_ROOM,
}
"""The same for the pages of a call that was decided, which `test_web_access_decided.py` tries."""


def an_evening_that_is_over(call: Call) -> None:
    """A meeting and a vote, both closed, so that the auditor reads them too; and a vote whose link is still good."""
    Meeting.objects.create(
        call=call, number=1, reference="m", convened_on=date(2026, 5, 1), held_on=date(2026, 5, 28), agenda="Vote",
        chair="C", convened_by="T", opened_at=at(19), closed_at=at(22),
    )  # fmt: skip
    for number in (1, 2):
        vote = Vote.objects.create(
            call=call, number=number, reference=f"v{number}", kind="yes-no", question="Adopter ?", subject={},
            rules={}, secret=True, opened_at=at(20), opened_by="T", closes=at(21),
        )  # fmt: skip
        Elector.objects.create(vote=vote, person="somebody")
    Vote.objects.filter(call=call, number=1).update(closed_at=at(21), closed_by="T")


def a_file_handed_out(fund: Fund) -> int:
    """A line in the log of files of accounting entries."""
    facts = {"first": "2026-01-01", "last": "2026-12-31", "state": "open", "on": "2026-12-31", "entries": 1}
    export = FecExport.objects.create(
        fund=fund, year="2026", name="123456782FEC20261231.txt", encoding="utf-8", separator="tab", lines=2,
        language="fr", sha256="0" * 64, description_sha256="0" * 64, by="T",
        facts={**facts, "journals": [], "accounts": [], "currencies": []},
    )  # fmt: skip
    return export.pk


def an_anchor(fund: Fund) -> Anchor:
    """A checkpoint of the books that was mailed."""
    return anchor_books(fund, on=CLOSING, at=at(9), also=["auditor@example.org"]).anchor


def addresses(fund: Fund) -> dict[str, str]:
    """One real address for each name, all in this fund."""
    line = ReturnLine.objects.filter(of_return__project__fund=fund).order_by("pk")[0]
    slug = fund.slug
    return {
        "home": reverse("home"),
        "sign-in": reverse("sign-in"),
        "demonstration-sign-in": reverse("demonstration-sign-in"),
        "fund": reverse("fund", args=[slug]),
        "rules": reverse("rules", args=[slug]),
        "charter-version": reverse("charter-version", args=[slug, 1]),
        "charter-file": reverse("charter-file", args=[slug, 1]),
        "drafts": reverse("drafts", args=[slug]),
        "draft-new": reverse("draft-new", args=[slug]),
        "draft": reverse("draft", args=[slug, 1]),
        "draft-file": reverse("draft-file", args=[slug, 1]),
        "draft-adopt": reverse("draft-adopt", args=[slug, 1]),
        "draft-rehearsal": reverse("draft-rehearsal", args=[slug, 1]),
        "draft-rehearsal-file": reverse("draft-rehearsal-file", args=[slug, 1, "parties", "csv"]),
        "rehearsal": reverse("rehearsal", args=[slug, "creafonds"]),
        "rehearsal-file": reverse("rehearsal-file", args=[slug, "creafonds", "all", "json"]),
        "charters": reverse("charters"),
        "shipped-charter": reverse("shipped-charter", args=["creafonds"]),
        "shipped-charter-file": reverse("shipped-charter-file", args=["creafonds"]),
        "call": reverse("call", args=[slug, CALL]),
        "ballots": reverse("ballots", args=[slug, CALL]),
        "project": reverse("project", args=[slug, "A"]),
        "project-trace": reverse("project-trace", args=[slug, "A", line.pk]),
        "member": reverse("member", args=[slug, "THE"]),
        "call-statement": reverse("call-statement", args=[slug, CALL, "csv"]),
        "project-statement": reverse("project-statement", args=[slug, "A", "csv"]),
        "member-statement": reverse("member-statement", args=[slug, "THE", "csv"]),
        "book": reverse("book", args=[slug, "trial-balance", 2026, "csv"]),
        "books": reverse("books", args=[slug]),
        "account": reverse("account", args=[slug, "512", "EUR"]),
        "entry": reverse("entry", args=[slug, "call:2026:THE"]),
        "document": reverse("document", args=[slug, "call:2026:THE"]),
        "chain": reverse("chain", args=[slug]),
        "opening": reverse("opening", args=[slug]),
        "open-data": reverse("open-data", args=[slug]),
        "open-data-file": reverse("open-data-file", args=[slug, "awards", "csv"]),
        "open-data-numbers": reverse("open-data-numbers", args=[slug]),
        "record": reverse("record", args=[slug]),
        "record-event": reverse("record-event", args=[slug, "invoice-received"]),
        "third-parties": reverse("third-parties", args=[slug]),
        "treatments": reverse("treatments", args=[slug]),
        "treatment-choose": reverse("treatment-choose", args=[slug, "member-money"]),
        "book-drafts": reverse("book-drafts", args=[slug]),
        "book-draft-new": reverse("book-draft-new", args=[slug]),
        "book-draft": reverse("book-draft", args=[slug, "DRAFT-1"]),
        "lettering": reverse("lettering", args=[slug, "411", "EUR"]),
        "fec": reverse("fec", args=[slug, 2026]),
        "fec-description": reverse("fec-description", args=[slug, 2026, a_file_handed_out(fund), "pdf"]),
        "fec-check": reverse("fec-check", args=[slug]),
        "annex": reverse("annex", args=[slug]),
        "annex-authority": reverse("annex-authority", args=[slug]),
        "annex-instalment": reverse("annex-instalment", args=[slug]),
        "pack": reverse("pack", args=[slug, 2026]),
        "pack-file": reverse("pack-file", args=[slug, 2026]),
        "pack-program": reverse("pack-program", args=[slug]),
        "anchors": reverse("anchors", args=[slug]),
        "anchor-file": reverse("anchor-file", args=[slug, an_anchor(fund).pk]),
        "statement-years": reverse("statement-years", args=[slug]),
        "statement-year": reverse("statement-year", args=[slug, 2026]),
        "statement": reverse("statement", args=[slug, 2026, "balance-sheet"]),
        "statement-file": reverse("statement-file", args=[slug, 2026, "balance-sheet", "csv"]),
        "statement-line": reverse("statement-line", args=[slug, 2026, "balance-sheet", "cash"]),
        "notoriety": reverse("notoriety", args=[slug]),
        "notoriety-project": reverse("notoriety-project", args=[slug, "A"]),
        "notoriety-statement": reverse("notoriety-statement", args=[slug, 2026, "csv"]),
        "notoriety-declare": reverse("notoriety-declare", args=[slug, "A"]),
        "notoriety-contest": reverse("notoriety-contest", args=[slug]) + "?fact=fact:PRESS-1",
        "notoriety-decide": reverse("notoriety-decide", args=[slug, "CONT-1"]),
        "notoriety-adopt": reverse("notoriety-adopt", args=[slug, 2026]),
        "credits": reverse("credits", args=[slug, "A"]),
        "credits-paper": reverse("credits-paper", args=[slug, "A", "pdf"]),
        "mails": reverse("mails", args=[slug]),
        "committee": reverse("committee", args=[slug, "appel-2026"]),
        "debates": reverse("debates", args=[slug, "appel-2026"]),
        "debate": reverse("debate", args=[slug, "appel-2026", 1]),
        "meetings": reverse("meetings", args=[slug, "appel-2026"]),
        "votes": reverse("votes", args=[slug, "appel-2026"]),
        **{name: reverse(name, args=[slug, "appel-2026", 1]) for name in ("meeting", "vote", "vote-papers", "ballot")},
        "vote-link": reverse("vote-link", args=[make_link(Elector.objects.get(vote__number=2), at=at(20))]),
        **{
            name: reverse(name, args=[slug, "appel-2026"])
            for name in ("interests", "files", "files-csv", "rapporteurs", "scores", "scores-csv")
        },
        **{name: reverse(name, args=[slug, "appel-2026", 1]) for name in ("file", "file-report", "file-scores")},
        "file-document": reverse(
            "file-document", args=[slug, "appel-2026", 1, ApplicationDocument.objects.get(name="note.txt").pk]
        ),
        **addresses_of_applications(fund),
        **addresses_of_closing(fund),
    }


def addresses_of_closing(fund: Fund) -> dict[str, str]:
    """Those of the fiscal year 2026."""
    of_a_year = ("closing", "year-turn", "year-open", "year-close", "year-inventory", "result-allocation",
                 "dedicated-funds", "dedicated-funds-book")  # fmt: skip
    return {
        **{name: reverse(name, args=[fund.slug]) for name in ("years", "conventions", "convention-record")},
        **{name: reverse(name, args=[fund.slug, "2026"]) for name in of_a_year},
    }


def addresses_of_applications(fund: Fund) -> dict[str, str]:
    """Those of a call to companies, and of the one application in it."""
    one = [fund.slug, "appel", 1]
    document = ApplicationDocument.objects.get(application__call__owner=fund.slug, application__call__slug="appel").pk
    own = ("application", "application-edit", "application-documents", "application-file", "application-withdraw",
           "application-fit", "application-sponsor", "application-member-fit", "application-admission")  # fmt: skip
    return {
        "calls": reverse("calls", args=[fund.slug]),
        "call-new": reverse("call-new", args=[fund.slug]),
        "applications": reverse("applications", args=[fund.slug]),
        "application-start": reverse("application-start", args=one[:2]),
        "application-document": reverse("application-document", args=[*one, document]),
        "admission-document": reverse("admission-document", args=[*one, document]),
        **{name: reverse(name, args=one) for name in own},
    }
