"""Stored words in the reader's language: what the database keeps as `drawing-right`, a page says in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from allocation.methods.method_words import method_told
from allocation.models import Application, Assignment, Recusal, Report
from fund.models import Access, CharterDecision, Fund
from fund.statements.words import WORDS
from fund.web.committee_words import COMMITTEE_WORDS
from fund.web.vote_words import VOTE_WORDS

Words = Mapping[str, str | Promise]

_EQUAL_SHARES: Final = _(
    "Every ballot holds an equal share of the money. The supporters of a project pay for it together out of their own "
    "shares; among the projects that they can pay, the one that asks least of each supporter for its size comes first. "
    "So a majority cannot decide on everything alone."
)
_GREEDY: Final = _("The projects with the most votes come first, as long as what is left can pay them.")

_TABLES: Final[Mapping[str, Words]] = {
    **WORDS,
    **COMMITTEE_WORDS,
    **VOTE_WORDS,
    "role": dict(Access.Role.choices),
    "role-opens": {
        "committee": _("What was voted, why, and the ballots to count again"),
        "artist": _("What I am owed, what I owe, and why to the cent"),
        "member": _("What we gave, and what came back"),
        "treasurer": _("Who has paid, what is to be paid, and the books"),
        "auditor": _("From any figure to its entry and its paper"),
        "administrator": _("All accounts of the fund"),
    },
    "legal-form": dict(Fund.LegalForm.choices),
    "file-state": dict(Application.State.choices),
    "file-mine": {
        "recused": _("recused"),
        "to-declare": _("interests to be declared"),
        "to-report": _("report to be written"),
        "to-score": _("to be scored"),
        "done": _("nothing left to do"),
    },
    "opinion": dict(Report.Opinion.choices),
    "interest": dict(Recusal.Interest.choices),
    "recusal": dict(Recusal.Manner.choices),
    "task": dict(Assignment.Manner.choices),
    "task-end": {"recusal": _("recused from it")},
    "body": dict(CharterDecision.Body.choices),
    "manner": dict(CharterDecision.Manner.choices),
    "fate": {
        "open": _("waiting"),
        "replaced": _("replaced"),
        "adopted": _("adopted"),
    },
    "article-change": {
        "kept": _("unchanged"),
        "changed": _("changed"),
        "added": _("new"),
        "removed": _("removed"),
    },
    "last-act": {
        "version": _("the version before it takes effect"),
        "call": _("the last call for contributions"),
        "award": _("the last award"),
        "agreement": _("the last agreement"),
        "return": _("the last settled return"),
        "statement": _("the day of the last issued statement"),
        "recognition": _("the last adopted year of recognition"),
        "period": _("the end of the last month that is locked or closed"),
    },
    "publicity": {
        "name": _("shown under its name"),
        "pseudonym": _("shown under a pseudonym"),
        "hidden": _("hidden from the public"),
    },
    "method-told": {
        "equal-shares": _EQUAL_SHARES,
        "equal-shares/1": _EQUAL_SHARES,
        "greedy": _GREEDY,
        "greedy/1": _GREEDY,
    },
    "tie": {
        "support": _("its votes"),
        "amount": _("the smaller amount asked"),
        "lottery": _("the sealed lottery"),
        "identifier": _("the order of the identifiers"),
    },
    "application-state": dict(Application.State.choices),
    "application-event": {
        "opened": _("begun"),
        "filed": _("filed"),
        "returned": _("returned to be completed"),
        "completed": _("declared complete"),
        "admitted": _("admitted to the vote"),
        "refused": _("declared not eligible"),
        "withdrawn": _("withdrawn"),
    },
    "application-told": {
        "opened": _("begun"),
        "filed": _("filed"),
        "returned": _("to be completed"),
        "refused": _("not selected"),
        "withdrawn": _("withdrawn"),
    },
    "commitment": {"production": _("production"), "diffusion": _("touring")},
    "unit": {
        "EUR": _("Euros"),
        "EUR-INKIND": _("In kind, valued"),
        "HOUR": _("Hours"),
        "NOTORIETY": _("Recognition"),
    },
    "book": {
        "trial-balance": _("Trial balance"),
        "journal": _("Journal"),
        "general-ledger": _("General ledger"),
    },
    "entry": {
        "contribution-called": _("Contribution called"),
        "contribution-received": _("Contribution received"),
        "in-kind-received": _("Help in kind received"),
        "award-voted": _("Award voted"),
        "award-notified": _("Award notified"),
        "agreement-signed": _("Agreement signed"),
        "tranche-paid": _("Tranche paid"),
        "return-due": _("Return due"),
        "return-shared": _("Return shared"),
        "drawing-right-used": _("Drawing right used"),
        "drawing-right-transferred": _("Drawing right transferred"),
        "drawing-right-expired": _("Drawing right expired"),
        "notoriety-credited": _("Recognition credited"),
        "notoriety-decayed": _("Recognition faded"),
        "reversal": _("Reversal"),
        "imported": _("Imported entry"),
        "opening": _("Opening entry"),
    },
    "paper": {
        "call": _("Call for contribution"),
        "receipt": _("Receipt of the bank"),
        "in-kind": _("Record of help in kind"),
        "award": _("Award of the committee"),
        "notice": _("Notice of an award"),
        "agreement": _("Agreement"),
        "payment": _("Payment of a tranche"),
        "return": _("Return of a project"),
        "drawing-right": _("Movement of a drawing right"),
        "notoriety": _("Yearly statement of recognition"),
    },
}


def word_of(table: str, stored: str) -> str:
    """The word in the reader's language; the stored word itself where the table has none."""
    if table == "method-told" and stored not in _TABLES[table]:
        return method_told(stored, (get_language() or "")[:2]) or stored
    return str(_TABLES[table].get(stored, stored))
