"""A rehearsal as tables: who loses and who gains, what each project would have owed, the reserve's course."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fund.charter.rules import FormWord
from fund.queries.rehearsal import Rehearsal
from fund.rehearsal.comparing import Comparison, Line
from fund.rehearsal.past import Balance
from fund.statements.document import Cell, Column, Language, Row, Table
from fund.statements.render.formats import amount_text
from fund.statements.words import word_of
from ledger.money import EUR_INKIND, HOUR, Amount, Unit

SYMBOLS: Final[Mapping[str, str]] = {"loses": "▼", "other-form": "⇄", "same": "–", "gains": "▲"}
"""Beside the word, never instead of it; none begins a formula in a sheet."""

_FORMS: Final[tuple[FormWord, ...]] = ("cash", "drawing-right", "locked", "retained", "loss")


def verdict_word(line: Line) -> str:
    """What the draft means for a party, in a word."""
    return {
        "loses": _("loses"),
        "other-form": _("as much, in another form"),
        "same": _("the same"),
        "gains": _("gains"),
    }[line.verdict]


def party_name(line: Line) -> str:
    """A party's name, or the word for it."""
    if line.name:
        return line.name
    kind, _colon, rest = line.party.partition(":")
    if kind == "members":
        if rest == "other":
            return ngettext("%(count)d other member", "%(count)d other members", line.count) % {"count": line.count}
        return _("%(count)d members: %(category)s") % {"count": line.count, "category": word_of("category", rest)}
    return rest or word_of("recipient", kind)


def answer(rehearsal: Rehearsal, language: Language) -> str:
    """The first sentence: how many members lose, and who loses most."""
    with translation.override(language):
        found = rehearsal.past
        if not found.past.projects:
            return _("There is no past to rehearse yet: the fund has supported no project.")
        if found.is_void:
            return _(
                "The fund’s records cannot feed any article of this draft on returns: what follows is what would have "
                "happened had nothing come back."
            )
        return f"{_losers(found)}{_largest(found, language)}"


def _losers(found: Comparison) -> str:
    facts = {"losing": found.losing_members, "members": found.counted_members}
    if not found.losing_members:
        return _("Under this draft, none of the %(members)d members would have received less") % facts
    if found.pays_alike:
        sentence = ngettext(
            "Under this draft, %(losing)d of %(members)d members would have received less",
            "Under this draft, %(losing)d of %(members)d members would have received less",
            found.losing_members,
        )
    else:
        sentence = ngettext(
            "Under this draft, %(losing)d of %(members)d members would have come out with less",
            "Under this draft, %(losing)d of %(members)d members would have come out with less",
            found.losing_members,
        )
    return sentence % facts


def _largest(found: Comparison, language: Language) -> str:
    line = found.largest_loss
    if line is None:
        return _("; nobody would have lost anything.")
    facts = {"amount": amount_text(Amount(-line.change, found.past.currency), language), "party": party_name(line)}
    return _("; the largest loss is %(amount)s, for: %(party)s.") % facts


@dataclass(frozen=True, slots=True)
class _Series:
    """A figure of every line, then and under the draft."""

    heading: str
    then: tuple[int, ...]
    draft: tuple[int, ...]

    def columns(self, unit: Unit, *, terse: bool) -> Iterator[tuple[Column, tuple[Amount, ...]]]:
        """Both, or one where the draft changes nothing and few words are wanted."""
        facts = {"what": self.heading}
        if terse and self.then == self.draft:
            yield Column(self.heading, "amount", unit), tuple(Amount(minor, unit) for minor in self.draft)
            return
        yield Column(_("%(what)s, then") % facts, "amount", unit), tuple(Amount(minor, unit) for minor in self.then)
        yield Column(_("%(what)s, draft") % facts, "amount", unit), tuple(Amount(minor, unit) for minor in self.draft)


def parties_table(rehearsal: Rehearsal, language: Language, *, terse: bool = False) -> Table:
    """Every party, losers first, with what it gave and received in each form under both charters; the sum last.

    Help in kind and hours stand in columns of their own: what members gave of them, which no draft changes. A
    `terse` table leaves them out, and shows once what the draft leaves as it is.
    """
    with translation.override(language):
        found, unit = rehearsal.past, rehearsal.past.past.currency
        lines = (*found.lines, found.totals)
        words = [
            (line.party, party_name(line), f"{SYMBOLS[line.verdict]} {verdict_word(line)}") for line in found.lines
        ]
        words.append(("", _("All together"), ""))
        columns = [(Column(_("Difference"), "amount", unit), tuple(Amount(line.change, unit) for line in lines))]
        for series in _party_series(found, lines):
            columns += series.columns(unit, terse=terse)
        if not terse:
            columns += _gifts(found)
        cells: list[tuple[Cell, ...]] = [
            (*names, *(values[place] for _column, values in columns)) for place, names in enumerate(words)
        ]
        return Table(
            _("Who would have lost and who would have gained, the largest loss first"),
            (
                Column(_("Party"), "code"),
                Column(_("Name")),
                Column(_("Under the draft")),
                *(c for c, _values in columns),
            ),
            tuple(Row(each) for each in cells[:-1]),
            _("Nobody has given or received anything yet."),
            total=cells[-1],
            name=_("parties"),
        )


def _party_series(found: Comparison, lines: tuple[Line, ...]) -> Iterator[_Series]:
    def of(heading: str, figure: Callable[[Balance], int]) -> _Series:
        return _Series(heading, tuple(figure(e.then) for e in lines), tuple(figure(e.draft) for e in lines))

    yield of(_("Gave"), lambda balance: balance.gave)
    for form in forms_in_use(found):
        yield of(str(FORM_HEADINGS[form]), partial(_of, form))
    yield of(_("Together"), lambda balance: balance.net)


def _of(form: FormWord, balance: Balance) -> int:
    return balance.by_form.get(form, 0)


FORM_HEADINGS: Final[Mapping[FormWord, str | Promise]] = {
    "cash": gettext_lazy("Cash"),
    "drawing-right": gettext_lazy("Drawing rights"),
    "locked": gettext_lazy("Locked"),
    "retained": gettext_lazy("Kept"),
    "loss": gettext_lazy("Loss borne"),
}


def forms_in_use(found: Comparison) -> tuple[FormWord, ...]:
    """The forms in which anybody received anything under one of the charters."""
    used = {
        form
        for line in found.lines
        for balance in (line.then, line.draft)
        for form, minor in balance.by_form.items()
        if minor
    }
    return tuple(form for form in _FORMS if form in used)


def _gifts(found: Comparison) -> Iterator[tuple[Column, tuple[Amount, ...]]]:
    """What each line gave in kind and in hours, and all together."""
    places = {line.party: place for place, line in enumerate(found.lines)}
    sums = [[0, 0] for _line in (*found.lines, found.totals)]
    for member in found.past.members:
        lines = (f"member:{member.code}", f"members:{member.category}", "members:other")
        for place in (next((places[party] for party in lines if party in places), -1), -1):
            sums[place][0] += member.in_kind
            sums[place][1] += member.hours
    yield Column(_("Given in kind"), "amount", EUR_INKIND), tuple(Amount(value, EUR_INKIND) for value, _hours in sums)
    yield Column(_("Hours given"), "amount", HOUR), tuple(Amount(hours, HOUR) for _value, hours in sums)


_DUES: Final = ("then", "draft", "change")


def projects_table(rehearsal: Rehearsal, language: Language) -> Table:
    """What each project owed of its receipts, and would have owed; the largest increase first."""
    with translation.override(language):
        found, unit = rehearsal.past, rehearsal.past.past.currency
        lines = [
            (line.code, line.title, Amount(line.then, unit), Amount(line.draft, unit), Amount(line.change, unit))
            for line in found.projects
        ]
        sums = [Amount(sum(getattr(line, name) for line in found.projects), unit) for name in _DUES]
        return Table(
            _("What each project owed of its receipts, and would have owed"),
            (
                Column(_("Project"), "code"),
                Column(_("Title")),
                Column(_("Due then"), "amount", unit),
                Column(_("Due under the draft"), "amount", unit),
                Column(_("Difference"), "amount", unit),
            ),
            tuple(Row(cells) for cells in lines),
            _("No project has been supported yet."),
            total=("", _("All together"), *sums) if lines else (),
            name=_("projects"),
        )


def reserve_table(rehearsal: Rehearsal, language: Language, *, terse: bool = False) -> Table:
    """The reserve quarter by quarter under both charters: opening, what came in, what went out, closing."""
    with translation.override(language):
        found, unit = rehearsal.past, rehearsal.past.past.currency
        then, draft = found.then.course, found.draft.course
        columns: list[tuple[Column, tuple[Amount, ...]]] = []
        for heading, name in (
            (_("Opening"), "opening"),
            (_("Came in"), "came_in"),
            (_("Went out"), "went_out"),
            (_("Closing"), "closing"),
        ):
            figures = [tuple(getattr(quarter, name) for quarter in course) for course in (then, draft)]
            columns += _Series(heading, *figures).columns(unit, terse=terse)
        dry = (Column(_("Ran dry, then")), Column(_("Ran dry, draft")))
        rows = [
            Row(
                (
                    quarter.name,
                    *(values[place] for _column, values in columns),
                    _yes(quarter.is_dry),
                    _yes(other.is_dry),
                )
            )
            for place, (quarter, other) in enumerate(zip(then, draft, strict=True))
        ]
        return Table(
            _("The reserve: cash of the fund that is promised to nobody"),
            (Column(_("Quarter"), "code"), *(column for column, _values in columns), *dry),
            tuple(rows),
            _("Nothing has moved yet."),
            name=_("reserve"),
        )


def _yes(dry: bool) -> str:
    return _("dry") if dry else ""


TABLES: Final[Mapping[str, Callable[[Rehearsal, Language], Table]]] = {
    "parties": parties_table,
    "projects": projects_table,
    "reserve": reserve_table,
}
"""By the name under which each is asked for."""
