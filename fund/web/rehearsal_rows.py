"""What the page of a rehearsal shows: its lines, its pictures, the figures of the members and of the reserve."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fund.rehearsal.comparing import Comparison, Evenness, Line
from fund.rehearsal.futures import CharterFutures, Futures
from fund.statements.document import Language, Table
from fund.statements.futures import quarter_names
from fund.statements.rehearsal import FORM_HEADINGS, SYMBOLS, forms_in_use, party_name, verdict_word
from fund.statements.render import bars, courses
from ledger.money import Amount, Unit

SHOWN = 12
"""Pairs of bars that are drawn; the table has everybody."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, whose every word the renderer has escaped, and the table of the same figures."""

    title: str
    description: str
    svg: SafeString
    table: Table


@dataclass(frozen=True, slots=True)
class Both:
    """An amount then, and under the draft."""

    then: Amount
    draft: Amount

    @property
    def is_changed(self) -> bool:
        """Whether the draft changes it."""
        return self.then != self.draft


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party of the table: `symbol` and `word` say what the draft means for it."""

    name: str
    code: str
    verdict: str
    symbol: str
    word: str
    change: Amount
    figures: tuple[Both, ...]
    count: int
    worse: int


@dataclass(frozen=True, slots=True)
class PartyTable:
    """Losers first; `headings` name the figures; the sum comes last."""

    headings: tuple[str, ...]
    rows: tuple[PartyRow, ...]
    total: PartyRow
    unit: Unit


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How evenly members received: the coefficient, None where there is nothing to share, and amounts that occur."""

    gini: Fraction | None
    least: Amount
    middle: Amount
    most: Amount


def party_table(found: Comparison) -> PartyTable:
    """Every party with what it gave and received, the largest loss first."""
    forms = forms_in_use(found)
    headings = (_("Gave"), *(str(FORM_HEADINGS[form]) for form in forms), _("Together"))

    def row(line: Line) -> PartyRow:
        unit = found.past.currency
        pairs = [(line.then.gave, line.draft.gave)]
        pairs += [(line.then.by_form.get(form, 0), line.draft.by_form.get(form, 0)) for form in forms]
        pairs.append((line.then.net, line.draft.net))
        return PartyRow(
            name=party_name(line),
            code=line.party.partition(":")[2] if line.name else "",
            verdict=line.verdict,
            symbol=SYMBOLS[line.verdict],
            word=verdict_word(line),
            change=Amount(line.change, unit),
            figures=tuple(Both(Amount(then, unit), Amount(draft, unit)) for then, draft in pairs),
            count=line.count,
            worse=line.worse,
        )

    return PartyTable(headings, tuple(map(row, found.lines)), row(found.totals), found.past.currency)


def spreads(found: Comparison) -> tuple[SpreadRow, SpreadRow]:
    """The members then, and under the draft."""
    then, draft = found.evenness
    return _spread(then, found.past.currency), _spread(draft, found.past.currency)


def _spread(of: Evenness, unit: Unit) -> SpreadRow:
    least, middle, most = (Amount(of.quantiles.get(percent, 0), unit) for percent in (0, 50, 100))
    return SpreadRow(of.gini, least, middle, most)


def members_figure(found: Comparison, language: Language) -> Figure:
    """What each member received in all, then and under the draft: those who lose most, and those who gain most."""
    unit = found.past.currency
    lines = found.members
    if len(lines) > SHOWN:
        lines = lines[: SHOWN // 2] + lines[-(SHOWN // 2) :]
    drawn = bars.Bars(
        title=_("What each member received, and would have received"),
        description=_("All forms together at their nominal amount; whoever loses most stands first."),
        before=_("As it was"),
        after=_("Under the draft"),
        name=_("Name"),
        pairs=tuple(
            bars.Pair(party_name(line), Amount(_had(line, then=True), unit), Amount(_had(line, then=False), unit))
            for line in lines
        ),
        empty=_("Nobody has given or received anything yet."),
    )
    return Figure(drawn.title, drawn.description, _safe(bars.svg(drawn, language)), bars.table_of(drawn))


def _had(line: Line, *, then: bool) -> int:
    balance = line.then if then else line.draft
    return balance.received - balance.by_form.get("loss", 0)


def reserve_figure(found: Comparison, language: Language) -> Figure:
    """The reserve at the end of each quarter under both charters."""
    unit = found.past.currency
    drawn = courses.Course(
        title=_("The reserve at the end of each quarter"),
        description=_(
            "Cash of the fund that is promised to nobody: contributions and its own part of returns, less the awards "
            "it paid. A return counts on the day its statement is settled."
        ),
        name=_("Quarter"),
        points=tuple(quarter.name for quarter in found.then.course),
        curves=(
            courses.Curve(_("As it was"), tuple(Amount(quarter.closing, unit) for quarter in found.then.course)),
            courses.Curve(_("Under the draft"), tuple(Amount(quarter.closing, unit) for quarter in found.draft.course)),
        ),
        empty=_("Nothing has moved yet."),
    )
    return Figure(drawn.title, drawn.description, _safe(courses.svg(drawn, language)), courses.table_of(drawn))


def futures_figure(futures: Futures, unit: Unit, language: Language) -> Figure:
    """The reserve over all simulated futures: the median, and the band that holds ninety of a hundred."""

    def curve(label: str, of: CharterFutures) -> courses.Curve:
        def line(percent: int) -> tuple[Amount, ...]:
            return tuple(Amount(spread.quantiles[percent], unit) for spread in of.reserve.by_quarter)

        return courses.Curve(label, line(50), low=line(5), high=line(95))

    curves = [curve(_("Under the draft"), futures.draft)]
    if futures.in_force is not None:
        curves.insert(0, curve(_("Under the charter in force"), futures.in_force))
    drawn = courses.Course(
        title=_("The reserve in the simulated futures"),
        description=_("The line is the median of all futures at the end of each quarter; the band holds 90 of 100."),
        name=_("Quarter"),
        points=quarter_names(futures),
        curves=tuple(curves),
        low=_("5 of 100 futures below"),
        high=_("95 of 100 futures below"),
        empty=_("No future was simulated."),
    )
    return Figure(drawn.title, drawn.description, _safe(courses.svg(drawn, language)), courses.table_of(drawn))


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 (every word in it was escaped by the renderer)
