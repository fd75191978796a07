"""Stored words of the committee's work in the reader's language: states, steps, stances, what became of a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allocation.models import Argument, Position

COMMITTEE_WORDS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "stance": dict(Position.Stance.choices),
    "argument": dict(Argument.Kind.choices),
    "viewpoint": {
        "for": _("For"),
        "condition": _("On condition"),
        "against": _("Against"),
        "question": _("Questions"),
    },
    "resolution": {"adopted": _("taken up"), "refused": _("set aside, with a reason")},
    "debate-state": {
        "positions": _("positions are asked for"),
        "debate": _("in debate"),
        "over": _("time is over"),
        "closed": _("debate closed"),
    },
    "step-state": {"done": _("done"), "now": _("under way"), "later": _("to come")},
    "committee-step": {
        "interests": _("interests"),
        "instruction": _("instruction"),
        "positions": _("positions"),
        "first-ballot": _("first ballot"),
        "debate": _("debate"),
        "second-ballot": _("second ballot"),
        "scenarios": _("scenarios"),
        "decision": _("decision"),
        "minutes": _("minutes"),
        "notices": _("notices"),
    },
    "committee-door": {
        "interests": _("Interests"),
        "files": _("Applications"),
        "rapporteurs": _("Rapporteurs"),
        "call-scores": _("Scores"),
        "scores": _("Scores"),
        "debates": _("Debates"),
        "votes": _("Votes of the committee"),
        "meetings": _("Meetings"),
        "scenarios": _("Scenarios"),
        "decision": _("Decision"),
        "notices": _("Notices"),
        "minutes": _("Minutes"),
    },
}
