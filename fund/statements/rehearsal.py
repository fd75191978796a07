"""A rehearsal as tables: who loses and who gains, what each project would have owed, the reserve's course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

SYMBOLS: Final[Mapping[str, str]] = {"loses": "▼", "other-form": "⇄", "same": "=", "gains": "▲"}
"""Beside the word, never instead of it."""

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
        return _("Under this draft, %(losing)d of %(members)d members would have received less") % facts
    return _("Under this draft, %(losing)d of %(members)d members would have come out with less") % facts


def _largest(found: Comparison, language: Language) -> str:
    line = found.largest_loss
    if line is None:
        return _("; nobody would have lost anything.")
    facts = {"amount": amount_text(Amount(-line.change, found.past.currency), language), "party": party_name(line)}
    return _("; the largest loss is %(amount)s, for: %(party)s.") % facts


def parties_table(rehearsal: Rehearsal, language: Language) -> Table:
    """Every party, losers first, with what it gave and received in each form under both charters; the sum last.

    Help in kind and hours stand in columns of their own: what members gave of them, which no draft changes.
    """
    with translation.override(language):
        found = rehearsal.past
        unit, forms = found.past.currency, forms_in_use(found)
        columns = [Column(_("Party"), "code"), Column(_("Name")), Column(_("Under the draft"))]
        columns.append(Column(_("Difference"), "amount", unit))
        for heading in (_("Gave"), *(str(FORM_HEADINGS[form]) for form in forms), _("Together")):
            columns += [
                Column(_("%(what)s, then") % {"what": heading}, "amount", unit),
                Column(_("%(what)s, draft") % {"what": heading}, "amount", unit),
            ]
        columns += [Column(_("Given in kind"), "amount", EUR_INKIND), Column(_("Hours given"), "amount", HOUR)]
        braid = _gifts(found)
        rows = tuple(Row(_party_cells(line, forms, unit, braid.get(line.party, (0, 0)))) for line in found.lines)
        gifts = [braid.get(line.party, (0, 0)) for line in found.lines]
        sums = sum(value for value, _hours in gifts), sum(hours for _value, hours in gifts)
        total = ("", _("All together"), "", *_party_cells(found.totals, forms, unit, sums)[3:])
        return Table(
            _("Who would have lost and who would have gained, the largest loss first"),
            tuple(columns),
            rows,
            _("Nobody has given or received anything yet."),
            total=total,
            name=_("parties"),
        )


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


def _gifts(found: Comparison) -> dict[str, tuple[int, int]]:
    """What each party gave in kind and in hours, by the line in which it stands."""
    lines = {line.party for line in found.lines}
    gifts: dict[str, tuple[int, int]] = {}
    for member in found.past.members:
        places = (f"member:{member.code}", f"members:{member.category}", "members:other")
        party = next((place for place in places if place in lines), "")
        value, hours = gifts.get(party, (0, 0))
        gifts[party] = (value + member.in_kind, hours + member.hours)
    return gifts


def _party_cells(line: Line, forms: tuple[FormWord, ...], unit: Unit, gifts: tuple[int, int]) -> tuple[Cell, ...]:
    def pair(then: int, draft: int) -> Iterator[Cell]:
        yield Amount(then, unit)
        yield Amount(draft, unit)

    cells: list[Cell] = [line.party, party_name(line), f"{SYMBOLS[line.verdict]} {verdict_word(line)}"]
    cells.append(Amount(line.change, unit))
    cells += pair(line.then.gave, line.draft.gave)
    for form in forms:
        cells += pair(_of(line.then, form), _of(line.draft, form))
    cells += pair(line.then.net, line.draft.net)
    return (*cells, Amount(gifts[0], EUR_INKIND), Amount(gifts[1], HOUR))


def _of(balance: Balance, form: FormWord) -> int:
    return balance.by_form.get(form, 0)


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


def reserve_table(rehearsal: Rehearsal, language: Language) -> Table:
    """The reserve quarter by quarter under both charters: opening, what came in, what went out, closing."""
    with translation.override(language):
        found, unit = rehearsal.past, rehearsal.past.past.currency
        columns = [Column(_("Quarter"), "code")]
        for heading in (_("Opening"), _("Came in"), _("Went out"), _("Closing")):
            columns += [
                Column(_("%(what)s, then") % {"what": heading}, "amount", unit),
                Column(_("%(what)s, draft") % {"what": heading}, "amount", unit),
            ]
        columns += [Column(_("Ran dry, then")), Column(_("Ran dry, draft"))]
        rows = []
        for then, draft in zip(found.then.course, found.draft.course, strict=True):
            pairs = (
                (then.opening, draft.opening),
                (then.came_in, draft.came_in),
                (then.went_out, draft.went_out),
                (then.closing, draft.closing),
            )
            figures = [Amount(minor, unit) for pair in pairs for minor in pair]
            rows.append(Row((then.name, *figures, _yes(then.is_dry), _yes(draft.is_dry))))
        return Table(
            _("The reserve: cash of the fund that is promised to nobody"),
            tuple(columns),
            tuple(rows),
            _("Nothing has moved yet."),
            name=_("reserve"),
        )


def _yes(dry: bool) -> str:
    return _("dry") if dry else ""


TABLES: Final = {"parties": parties_table, "projects": projects_table, "reserve": reserve_table}
"""By the name under which each is asked for."""
