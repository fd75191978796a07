"""What a rehearsal supposed, what it could not know, and where the figures of its futures come from, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.queries.rehearsal import Rehearsal
from fund.rehearsal.evenness import thousandths
from fund.rehearsal.observed import BOOKS
from fund.rehearsal.prospects import is_short
from fund.rehearsal.sourced import MADE_UP
from fund.statements.document import Language
from fund.statements.render.formats import amount_text, labelled, rate_text
from ledger.money import Amount, Unit


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
        dry = {"draft": rate_text(futures.draft.reserve.dry, language)}
        if futures.in_force is None:
            yield _("Under the draft the reserve falls below zero in %(draft)s of the futures.") % dry
        else:
            dry["in_force"] = rate_text(futures.in_force.reserve.dry, language)
            yield (
                _(
                    "Under the draft the reserve falls below zero in %(draft)s of the futures, under the charter in "
                    "force in %(in_force)s."
                )
                % dry
            )
        if is_short(rehearsal.past.past):
            yield _("The fund’s history is too short to draw from: tours and fees are made up.")
        else:
            yield _("Tours and fees are drawn from the fund’s own history.")
        for source, names in sources_of(rehearsal, language).items():
            yield f"{labelled(source_word(source), '; '.join(names), language)}."


def sources_of(rehearsal: Rehearsal, language: Language) -> dict[str, list[str]]:
    """The figures that the futures are drawn from, in words, by where they come from."""
    found: dict[str, list[str]] = {}
    for name, values, source in rehearsal.model.figures() if rehearsal.model else ():
        if (told := figure_words(name, values, rehearsal.past.past.currency, language)) is not None:
            found.setdefault(source, []).append(told)
    return found


def figure_words(name: str, values: str, unit: Unit, language: Language) -> str | None:
    """One bag in words: `fee of a date 780.00–4,200.00`; None for odds of what never happens."""
    if name in _ODDS:
        times, _slash, of = values.partition("/")
        return None if times == "0" and of == "1" else f"{_ODDS[name]} {times}/{of}"
    figure = name.partition(".")[2]
    kind, _point, number = figure.partition(".")
    if kind == "dates":
        return _("dates in quarter %(number)s of a tour: %(values)s") % {"number": number, "values": values}
    if kind in _AMOUNTS:
        ends = "–".join(amount_text(Amount(int(end), unit), language) for end in values.split("–"))
        return f"{_AMOUNTS[kind]} {ends}"
    if kind in _PARTS:
        return f"{_PARTS[kind]} {values}/1000"
    return f"{_FLAGS[kind]} {values}" if kind in _FLAGS else f"{name} {values}"


_ODDS: Final[Mapping[str, str | Promise]] = {
    "default": gettext_lazy("yearly contributions that are not paid"),
    "loss": gettext_lazy("years with a loss"),
}
_AMOUNTS: Final[Mapping[str, str | Promise]] = {
    "fee": gettext_lazy("fee of a date"),
    "cost": gettext_lazy("cost of a date"),
    "receipts": gettext_lazy("box office of a date"),
}
_PARTS: Final[Mapping[str, str | Promise]] = {
    "net": gettext_lazy("of the box office, what is net"),
    "recouped": gettext_lazy("of what is net, what the fund gets back"),
}
_FLAGS: Final[Mapping[str, str | Promise]] = {
    "member_date": gettext_lazy("dates at a member’s"),
    "triggered": gettext_lazy("dates that the award triggered"),
}


def source_word(source: str) -> str:
    """Where a figure comes from, in words; an address as it is."""
    return {BOOKS: _("From the fund’s records"), MADE_UP: _("Made up")}.get(source, source)
