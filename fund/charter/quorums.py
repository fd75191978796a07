"""The quorum of a meeting or of one question, with every figure that it was computed from, and in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fund.charter.faults import Language
from fund.charter.governance import Governance, counted_proxies, quorum_needed, quorum_reached


@dataclass(frozen=True, slots=True)
class QuorumFigures:
    """How many may vote, how many of them are recused, there in person or by proxy, and how many have to be.

    `ruled` says whether the charter asks for a quorum at all; a `second` meeting needs none.
    """

    electorate: int
    recused: int
    present: int
    represented: int
    recused_present: int
    needed: int
    reached: bool
    ruled: bool
    second: bool
    counts_recused: bool
    counts_proxies: bool

    @property
    def there(self) -> int:
        """How many count as being there."""
        lent = self.represented if self.counts_proxies else 0
        return self.present + lent + (self.recused_present if self.counts_recused else 0)

    def sentence(self, language: Language) -> str:
        """Whether the quorum is reached, with all its figures."""
        return " ".join(_SENTENCES[part][language].format(**self._words()) for part in self._parts())

    def _parts(self) -> tuple[str, ...]:
        told = ("there", "recused") if self.recused else ("there",)
        if not self.ruled:
            return (*told, "not-ruled")
        if self.second:
            return (*told, "second")
        return (*told, "needed", "reached" if self.reached else "missing")

    def _words(self) -> dict[str, int]:
        return {
            "electorate": self.electorate,
            "recused": self.recused,
            "present": self.present,
            "represented": self.represented,
            "needed": self.needed,
            "there": self.there,
            "missing": max(self.needed - self.there, 0),
        }


_SENTENCES: Mapping[str, Mapping[Language, str]] = {
    "there": {
        "fr": "Personnes ayant voix : {electorate} ; présentes : {present} ; représentées : {represented}.",
        "en": "People with a voice: {electorate}; present: {present}; represented: {represented}.",
    },
    "recused": {
        "fr": "Personnes en déport : {recused}.",
        "en": "Recused people: {recused}.",
    },
    "needed": {
        "fr": "Quorum : {needed} ; comptent : {there}.",
        "en": "Quorum: {needed}; counted: {there}.",
    },
    "reached": {"fr": "Il est atteint.", "en": "It is reached."},
    "missing": {"fr": "Il en manque {missing}.", "en": "It lacks {missing}."},
    "not-ruled": {"fr": "La charte ne demande pas de quorum.", "en": "The charter asks for no quorum."},
    "second": {
        "fr": "Cette seconde réunion délibère sans quorum.",
        "en": "This second meeting decides without a quorum.",
    },
}


def quorum_figures(
    governance: Governance,
    *,
    electorate: Collection[str],
    present: Collection[str],
    proxies: Mapping[str, str],
    recused: Collection[str] = (),
    second: bool = False,
) -> QuorumFigures:
    """The figures for one question, {who gave it: who holds it} being the proxies given for the meeting.

    People outside of the electorate count nowhere. A recused person is neither present nor represented, and holds no
    proxy here; whether those who came are counted is the charter's word.
    """
    people = set(electorate)
    out = people & set(recused)
    there = people & set(present)
    given = {giver: holder for giver, holder in proxies.items() if {giver, holder} <= people}
    represented = counted_proxies(governance, given, recused=out, present=there)
    ruled = governance.quorum is not None
    figures = {
        "electorate": len(people),
        "recused": len(out),
        "present": len(there - out),
        "represented": len(represented),
        "recused_present": len(there & out),
    }
    return QuorumFigures(
        **figures,
        needed=quorum_needed(governance, electorate=len(people), recused=len(out)),
        reached=quorum_reached(governance, second=second, **figures),
        ruled=ruled,
        second=second and governance.second_meeting is not None,
        counts_recused=governance.quorum is None or governance.quorum.counts_recused,
        counts_proxies=governance.quorum is None or governance.quorum.counts_proxies,
    )
