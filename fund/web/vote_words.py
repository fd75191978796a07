"""The words of meetings and votes: stored in English, read in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allocation.models import Attendance, Objection, Vote

VOTE_WORDS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "vote-kind": dict(Vote.Kind.choices),
    "vote-round": {
        "0": _("a question of its own"),
        "1": _("first ballot, before the debate"),
        "2": _("second ballot, after the debate"),
    },
    "vote-state": {"open": _("under way"), "over": _("over, to be closed"), "closed": _("closed")},
    "meeting-state": {
        "convened": _("convened"),
        "open": _("under way"),
        "closed": _("ended"),
        "without-quorum": _("over, for lack of quorum"),
    },
    "attendance": {**dict(Attendance.Manner.choices), "absent": _("absent"), "left": _("left")},
    "answer": {"yes": _("Yes"), "no": _("No"), "abstain": _("I abstain")},
    "consent-answer": {
        "consent": _("I consent"),
        "abstain": _("I stand aside"),
        "object": _("I object, for the reason below"),
    },
    "objection-state": dict(Objection.State.choices),
    "silence": {
        "recused": _("recused"),
        "absent": _("absent, and no proxy that counts"),
        "interests-not-declared": _("interests not declared"),
        "holder-silent": _("who holds the proxy may not vote on this"),
    },
}

GRADES: Final[Mapping[int, tuple[str | Promise, ...]]] = {
    2: (_("To reject"), _("Good")),
    3: (_("To reject"), _("Acceptable"), _("Good")),
    4: (_("To reject"), _("Acceptable"), _("Good"), _("Excellent")),
    5: (_("To reject"), _("Poor"), _("Acceptable"), _("Good"), _("Excellent")),
    6: (_("To reject"), _("Poor"), _("Acceptable"), _("Good"), _("Very good"), _("Excellent")),
    7: (_("To reject"), _("Poor"), _("Rather poor"), _("Acceptable"), _("Good"), _("Very good"), _("Excellent")),
}
"""The words of the grades by how many there are, from the lowest up."""


def grade_word(grade: int, grades: int) -> str:
    """The word of a grade; beyond seven grades, its number of the best one."""
    return str(GRADES[grades][grade]) if grades in GRADES else f"{grade} / {grades - 1}"
