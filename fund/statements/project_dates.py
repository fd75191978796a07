"""The declared dates of a project: the fee of each, whether it counts, what it makes due, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from fund.charter.trace import Step
from fund.charter.words.explanation import sentence
from fund.charter.words.step_sentences import REASONS
from fund.queries.projects import DueLine, PerformanceFact, ProjectAccount
from fund.statements.document import Cell, Column, Explained, Language, Row, Table
from fund.statements.render.formats import labelled
from fund.statements.words import word_of
from ledger.money import total_of

TOLD_KINDS = ("rate", "due")
"""The steps that say in a line how a date's amount comes about."""


def dates_table(account: ProjectAccount, language: Language) -> Table:
    """On a screen: every amount opens its whole trace."""

    def due(each: PerformanceFact) -> Cell:
        return Explained(each.due, trace_sentences(each.lines, language)) if each.settled else None

    columns = (Column(_("For the return")), Column(_("Audience"), "number"))
    rows = [
        Row((*_who(each, account), _counted(each, language), each.audience, each.fee, due(each)))
        for each in account.performances
    ]
    return _table(account, columns, rows)


def dates_table_on_paper(account: ProjectAccount, language: Language) -> Table:
    """On paper: one line of explanation for each date; the first one that counts has its whole trace."""
    first = next((each for each in account.performances if each.due), None)

    def due(each: PerformanceFact) -> Cell:
        whole = Explained(each.due, trace_sentences(each.lines, language))
        return whole if each is first else (each.due if each.settled else None)

    rows = []
    for each in account.performances:
        on, what = _who(each, account)
        rows.append(Row((on, labelled(what, _in_a_line(each, language), language), each.fee, due(each))))
    return _table(account, (), rows)


def _table(account: ProjectAccount, columns: tuple[Column, ...], rows: list[Row]) -> Table:
    unit = account.awarded.unit
    due = total_of((each.due for each in account.performances), unit)
    counted = sum(is_counted(each) for each in account.performances)
    return Table(
        _("Declared dates"),
        (
            Column(_("Date"), "date"),
            Column(_("Event")),
            *columns,
            Column(_("Fee"), "amount", unit),
            Column(_("Due"), "amount", unit),
        ),
        tuple(rows),
        _("No date has been declared."),
        total=(None, _("Total of the dates that took place"), *(None for _column in columns), account.receipts, due)
        if rows
        else (),
        note=_("%(counted)d of %(all)d declared dates count for the return. Fees are net of VAT.")
        % {"counted": counted, "all": len(rows)}
        if rows
        else "",
    )


def _who(each: PerformanceFact, account: ProjectAccount) -> tuple[date, str]:
    told = [each.town or word_of("kind", each.kind), each.reference]
    if each.on == account.premiere_on:
        told.append(_("première"))
    return each.on, ", ".join(told)


def is_counted(each: PerformanceFact) -> bool:
    """Whether a rule of the charter counted the date."""
    return each.settled and not each.cancelled and any(not _left_out(line.trace) for line in each.lines)


def _counted(each: PerformanceFact, language: Language) -> str:
    """Whether the date counts, or the reason why not, as the stored trace has it."""
    if each.cancelled:
        return _("not counted: cancelled")
    if not each.settled:
        return _("not settled yet")
    if is_counted(each):
        return _("counted")
    which = 0 if language == "fr" else 1
    reasons = dict.fromkeys(REASONS[step.about][which] for line in each.lines for step in _left_out(line.trace))
    if reasons:
        return _("not counted: %(reason)s") % {"reason": ", ".join(reasons)}
    return _("not counted: the charter leaves it out")


def _left_out(trace: Iterable[Step]) -> list[Step]:
    return [step for step in trace if step.kind == "left-out"]


def trace_sentences(lines: Iterable[DueLine], language: Language) -> tuple[str, ...]:
    """The whole trace of one date, rule after rule; a later statement that changes it says by how much."""
    told: list[str] = []
    for number, line in enumerate(lines):
        if number and line.trace:
            told.append(_("A later statement counts the date anew:"))
        told += [sentence(step, line.amount.unit, language) for step in line.trace]
        if not line.trace:
            told.append(_("A later statement takes the date off again."))
    return tuple(told)


def _in_a_line(each: PerformanceFact, language: Language) -> str:
    """What decided, in one line: why the date does not count, or the steps that made its amount."""
    if not is_counted(each):
        return _counted(each, language)
    return " ".join(
        sentence(step, line.amount.unit, language)
        for line in each.lines
        for step in line.trace
        if step.kind in TOLD_KINDS or _limits(step)
    )


def _limits(step: Step) -> bool:
    """Whether a cap or a ceiling made the amount smaller."""
    return step.kind in ("cap", "ceiling") and step.value != step.operands[0].value
