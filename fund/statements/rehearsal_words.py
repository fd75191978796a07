"""What a rehearsal supposed, what it could not know, and where the figures of its futures come from, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from fund.queries.rehearsal import Rehearsal
from fund.rehearsal.evenness import thousandths
from fund.rehearsal.observed import BOOKS
from fund.rehearsal.prospects import is_short
from fund.rehearsal.sourced import MADE_UP
from fund.statements.document import Language
from fund.statements.render.formats import rate_text


def notes(rehearsal: Rehearsal, language: Language) -> tuple[str, ...]:
    """Sentences that go under the tables, one a line."""
    with translation.override(language):
        return tuple(_notes(rehearsal, language))


def _notes(rehearsal: Rehearsal, language: Language) -> Iterator[str]:
    found = rehearsal.past
    if rehearsal.in_force:
        yield _("Beside: %(charters)s, under which the projects were supported.") % {
            "charters": ", ".join(rehearsal.in_force)
        }
    then, draft = found.dry
    yield _("The reserve ran dry in %(then)d of %(quarters)d quarters; under the draft in %(draft)d.") % {
        "then": then,
        "draft": draft,
        "quarters": len(found.then.course),
    }
    coefficients = [
        "–" if each.gini is None else thousandths(each.gini).replace(".", "," if language == "fr" else ".")
        for each in found.evenness
    ]
    yield _("Gini coefficient of what members received: %(then)s; under the draft: %(draft)s.") % {
        "then": coefficients[0],
        "draft": coefficients[1],
    }
    if found.then.differences:
        yield _("The replay of the charters in force differs from the books: tell whoever keeps them.")
    for want in found.wants:
        yield f"{want.what(language)} {want.mend(language)}"
    yield from futures_notes(rehearsal, language)


def futures_notes(rehearsal: Rehearsal, language: Language) -> Iterator[str]:
    """How the futures were drawn, from which figures, and how often the reserve runs dry in them."""
    with translation.override(language):
        for fault in rehearsal.futures_missing:
            yield _("The futures cannot be drawn: %(what)s") % {"what": fault.sentence(language)}
        futures = rehearsal.futures
        if futures is None or rehearsal.model is None:
            return
        yield _("%(paths)d futures of %(quarters)d quarters, the same for both charters; seed %(seed)d.") % {
            "paths": futures.paths,
            "quarters": rehearsal.model.quarters,
            "seed": futures.seed,
        }
        for charter in (futures.in_force, futures.draft):
            if charter is not None:
                yield _("%(charter)s: the reserve falls below zero in %(part)s of the futures.") % {
                    "charter": f"{charter.title} ({charter.version})",
                    "part": rate_text(charter.reserve.dry, language),
                }
        if is_short(rehearsal.past.past):
            yield _("The fund’s history is too short to draw from: tours and fees are made up.")
        else:
            yield _("Tours and fees are drawn from the fund’s own history.")
        for source, names in sorted(sources_of(rehearsal).items()):
            yield f"{source_word(source)}: {names}."


def sources_of(rehearsal: Rehearsal) -> dict[str, str]:
    """The figures that the futures are drawn from, by where they come from."""
    found: dict[str, list[str]] = {}
    for name, values, source in rehearsal.model.figures() if rehearsal.model else ():
        found.setdefault(source, []).append(f"{name} {values}")
    return {source: ", ".join(names) for source, names in found.items()}


def source_word(source: str) -> str:
    """Where a figure comes from, in words; an address as it is."""
    return {BOOKS: _("From the fund’s records"), MADE_UP: _("Made up")}.get(source, source)
