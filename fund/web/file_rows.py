"""The committee's lists as tables to take away: the applications, and all their scores."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from allocation.instructing.scoring import Spread
from allocation.models import Call
from fund.queries.files import FileLine
from fund.queries.scores import CallScores
from fund.statements.document import Cell, Column, Language, Row, Table
from fund.web.words import word_of
from ledger.money import unit_of


def files_table(call: Call, lines: Iterable[FileLine]) -> Table:
    """The list of applications as a table, the same lines as on the page."""
    unit = unit_of(call.currency)
    columns = (
        Column(_("Number"), "number"),
        Column(_("Title")),
        Column(_("Company")),
        Column(_("State")),
        Column(_("Asked"), "amount", unit),
        Column(_("Rapporteurs")),
        Column(_("Opinions")),
        Column(_("Mean of the scores"), "number"),
        Column(_("Lowest"), "number"),
        Column(_("Highest"), "number"),
        Column(_("For me")),
    )
    rows = tuple(
        Row(
            (
                line.number,
                line.title,
                line.company,
                word_of("file-state", line.state) if line.state else "",
                line.asked,
                ", ".join(line.rapporteurs),
                ", ".join(f"{each.name}: {word_of('opinion', each.opinion)}" for each in line.opinions),
                *_figures(line.spread),
                word_of("file-mine", line.mine) if line.mine else "",
            )
        )
        for line in lines
    )
    return Table(call.name, columns, rows, _("No application."))


def scores_table(call: Call, scores: CallScores, language: Language) -> Table:
    """The table of all scores: raw figures, and beside them the corrected ones under the name of their correction."""
    columns = (
        Column(_("Number"), "number"),
        Column(_("Title")),
        Column(_("Readers"), "number"),
        Column(_("Mean of the scores"), "number"),
        Column(_("Lowest"), "number"),
        Column(_("Highest"), "number"),
        Column(_("Corrected: %(correction)s") % {"correction": scores.correction.names[language]}, "number"),
        Column(_("State")),
    )
    rows = tuple(
        Row(
            (
                file.number,
                file.title,
                file.spread.readers if file.spread else None,
                *_figures(file.spread),
                file.corrected,
                "" if file.state == "open" else state_words(file.state),
            )
        )
        for file in scores.files
    )
    return Table(call.name, columns, rows, _("No application."))


def _figures(spread: Spread | None) -> tuple[Cell, ...]:
    return (spread.mean, spread.lowest, spread.highest) if spread else (None, None, None)


def state_words(state: str) -> str:
    """Why scores do not show."""
    if state == "sealed":
        return _("shown once you gave yours")
    return word_of("file-mine", state)
