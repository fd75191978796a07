"""Simulated futures as tables: who gains and who loses in how many of them, and the reserve's spread by quarter."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from fund.queries.rehearsal import Rehearsal
from fund.rehearsal.futures import PERCENTS, Futures, Measure, Spread
from fund.statements.document import Cell, Column, Language, Row, Table
from fund.statements.rehearsal import SYMBOLS
from fund.statements.words import word_of
from ledger.money import Amount

MIDDLE: Final = 50
_OF_MEMBERS: Final = "net"
"""Of a member, one figure: received, less given, less borne."""


def worth(measure: Measure) -> int:
    """How much better off the party is under the draft on the median; below zero it loses."""
    if measure.in_force is None:
        return 0
    change = measure.draft.quantiles[MIDDLE] - measure.in_force.quantiles[MIDDLE]
    return change if measure.more_is_better else -change


def told(futures: Futures) -> tuple[Measure, ...]:
    """The measures that are shown, those who lose most on the median first; what is nothing everywhere is not."""
    shown = [
        measure
        for measure in futures.measures
        if (measure.measure == _OF_MEMBERS or not measure.party.startswith("member:")) and not _is_nothing(measure)
    ]
    return tuple(sorted(shown, key=lambda m: (worth(m), -(m.worse or 0), m.party, m.measure)))


def _is_nothing(measure: Measure) -> bool:
    spreads = (measure.draft, measure.in_force or measure.draft)
    return not any(any(spread.quantiles.values()) or spread.mean for spread in spreads)


def futures_table(rehearsal: Rehearsal, language: Language) -> Table:
    """One line a party and figure: medians, quantiles under the draft, and in which part of the futures it loses."""
    with translation.override(language):
        unit = rehearsal.past.past.currency
        names = {f"member:{member.code}": member.name for member in rehearsal.past.past.members}
        measures = told(rehearsal.futures) if rehearsal.futures else ()
        columns = (
            Column(_("Party"), "code"),
            Column(_("Name")),
            Column(_("Figure")),
            Column(_("Under the draft, on the median")),
            Column(_("Difference of the medians"), "amount", unit),
            Column(_("Worse off in"), "rate"),
            Column(_("Better off in"), "rate"),
            Column(_("Median in force"), "amount", unit),
            *(
                Column(_("Draft, %(percent)d of 100 futures below") % {"percent": percent}, "amount", unit)
                for percent in PERCENTS
            ),
        )
        return Table(
            _("Who loses and who gains in the simulated futures, the largest loss on the median first"),
            columns,
            tuple(_row(rehearsal, measure, names) for measure in measures),
            _("No future was simulated."),
            name=_("futures"),
        )


def _row(rehearsal: Rehearsal, measure: Measure, names: dict[str, str]) -> Row:
    unit = rehearsal.past.past.currency
    change = worth(measure)
    verdict = "loses" if change < 0 else "gains" if change > 0 else "same"
    words = {"loses": _("loses"), "gains": _("gains"), "same": _("the same")}
    cells: list[Cell] = [
        measure.party,
        names.get(measure.party, "") or party_word(measure.party),
        measure_word(measure.measure),
        f"{SYMBOLS[verdict]} {words[verdict]}",
        Amount(change, unit),
        measure.worse,
        measure.better,
        None if measure.in_force is None else Amount(measure.in_force.quantiles[MIDDLE], unit),
    ]
    return Row((*cells, *(Amount(measure.draft.quantiles[percent], unit) for percent in PERCENTS)))


def party_word(party: str) -> str:
    """The word for a party of the futures that has no name."""
    words = {
        "projects": _("All projects"),
        "company": _("All companies, for their next projects"),
        "reserve-course": _("The reserve"),
        "nobody": _("Nobody"),
    }
    kind, _colon, rest = party.partition(":")
    return words.get(party) or rest or word_of("recipient", kind)


def measure_word(measure: str) -> str:
    """What a figure is."""
    words = {
        "given": _("given"),
        "received": _("received"),
        "borne": _("borne"),
        "net": _("balance"),
        "uncovered": _("that nobody can bear"),
        "lowest": _("at its lowest"),
        "end": _("at the end"),
    }
    kind, _colon, article = measure.partition(":")
    if article:
        return _("due under the article “%(article)s”") % {"article": article}
    return words.get(kind) or word_of("form", kind)


def futures_reserve_table(rehearsal: Rehearsal, language: Language) -> Table:
    """The reserve at the end of each quarter: quantiles under both charters, and in which part it has run dry."""
    with translation.override(language):
        unit = rehearsal.past.past.currency
        columns = [Column(_("Quarter"), "code")]
        for word in (_("In force"), _("Draft")):
            headings = [
                _("%(what)s, %(percent)d of 100 futures below") % {"what": word, "percent": p} for p in PERCENTS
            ]
            columns += [Column(heading, "amount", unit) for heading in headings]
            columns.append(Column(_("%(what)s, below zero in") % {"what": word}, "rate"))
        return Table(
            _("The reserve at the end of each quarter, over all simulated futures"),
            tuple(columns),
            tuple(_quarters(rehearsal)) if rehearsal.futures is not None else (),
            _("No future was simulated."),
            name=_("reserve of the futures"),
        )


def _quarters(rehearsal: Rehearsal) -> list[Row]:
    futures, unit = rehearsal.futures, rehearsal.past.past.currency
    if futures is None:
        return []

    def cells(spread: Spread | None, dry: Fraction | None) -> list[Cell]:
        amounts: list[Cell] = [None if spread is None else Amount(spread.quantiles[each], unit) for each in PERCENTS]
        return [*amounts, dry]

    rows = []
    then, draft = futures.in_force, futures.draft
    for place, name in enumerate(quarter_names(futures)):
        before = cells(then.reserve.by_quarter[place], dry_in(then.reserve.dry_by_quarter, place)) if then else None
        after = cells(draft.reserve.by_quarter[place], dry_in(draft.reserve.dry_by_quarter, place))
        rows.append(Row((name, *(before or [None] * (len(PERCENTS) + 1)), *after)))
    return rows


def quarter_names(futures: Futures) -> tuple[str, ...]:
    """The opening, then the last day of each quarter."""
    return (_("opening"), *futures.quarter_ends)


def dry_in(by_quarter: tuple[Fraction, ...], place: int) -> Fraction | None:
    """The part of the futures below zero at a point; the opening is one point and no quarter."""
    return by_quarter[place - 1] if place else None


FUTURES_TABLES: Final = {"futures": futures_table, "futures-reserve": futures_reserve_table}
"""By the name under which each is asked for."""
