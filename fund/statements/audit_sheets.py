"""The tables of the auditor's desk, to take away: a sample with its recipe, and the anomalies with their reasons."""

from __future__ import annotations

import json
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from fund.accounting.anomalies import FactValue, Finding
from fund.accounting.anomaly_words import WORDS, is_amount, reason_of
from fund.accounting.sampling import VERSION
from fund.queries.anomalies import Anomalies
from fund.queries.audit import EntryShown, SampleShown
from fund.statements.document import Cell, Column, Language, Row, Table
from fund.statements.render.formats import amount_text, short_date
from ledger.money import Amount, Unit


def sample_sheet(shown: SampleShown, language: Language, words: dict[str, str]) -> Table:
    """The entries of a sample; each line says how to draw it again: version, seed, head of the chain, parameters.

    `words` are those of the outcomes and the reasons, by their codes.
    """
    with translation.override(language):
        row = shown.line.row
        columns = (
            Column(_("Sample"), "number"),
            Column(_("Rank"), "number"),
            Column(_("Entry")),
            Column(_("Reference"), "code"),
            Column(_("Date"), "date"),
            Column(_("Label")),
            Column(_("Document")),
            Column(_("Amount"), "amount", shown.unit),
            Column(_("Stratum")),
            Column(_("Why")),
            Column(_("Outcome")),
            Column(_("Difference"), "amount", shown.unit),
            Column(_("Note")),
            Column(_("Ticked on"), "date"),
            Column(_("Fiscal year")),
            Column(_("Seed"), "code"),
            Column(_("Head of the chain"), "code"),
            Column(_("Entries under the head"), "number"),
            Column(_("Parameters"), "code"),
            Column(_("Way of drawing"), "code"),
        )
        recipe: tuple[Cell, ...] = (
            row.fiscal_year, row.seed, row.head, row.entries,
            json.dumps(shown.parameters, sort_keys=True, separators=(",", ":"), ensure_ascii=False), VERSION,
        )  # fmt: skip
        rows = tuple(Row((row.number, *_sampled(each, shown.unit, words), *recipe)) for each in shown.entries)
        return Table(_("Sample %(number)s") % {"number": row.number}, columns, rows, _("No entry was drawn."))


def _sampled(each: EntryShown, unit: Unit, words: dict[str, str]) -> tuple[Cell, ...]:
    tick = each.tick
    return (
        each.rank,
        each.number,
        each.reference,
        each.on,
        each.label,
        each.document,
        Amount(each.amount.minor, unit),
        each.stratum,
        words.get(each.why, each.why),
        words.get(tick.outcome, tick.outcome) if tick else "",
        tick.difference if tick else None,
        tick.note if tick else "",
        tick.on if tick else None,
    )


def anomalies_sheet(facts: Anomalies, language: Language) -> Table:
    """Every finding with its rule and its reason."""
    with translation.override(language):
        columns = (
            Column(_("Rule"), "code"),
            Column(_("What it looks for")),
            Column(_("About")),
            Column(_("Date"), "date"),
            Column(_("Amount"), "amount", facts.unit),
            Column(_("Reason")),
            Column(_("Reference"), "code"),
        )
        rows = tuple(
            Row(
                (
                    each.rule,
                    WORDS[each.rule][language].title,
                    each.said,
                    each.on,
                    None if each.minor is None else Amount(each.minor, facts.unit),
                    reason_text(each, language, facts.unit),
                    each.subject,
                )
            )
            for each in facts.findings
        )
        return Table(_("Anomalies of %(year)s") % {"year": facts.year.code}, columns, rows, _("No anomaly."))


def reason_text(finding: Finding, language: Language, unit: Unit) -> str:
    """Why it is one, in a sentence of the reader's language."""

    def say(name: str, value: FactValue) -> str:
        if isinstance(value, date):
            return short_date(value, language)
        if isinstance(value, int) and is_amount(name):
            return amount_text(Amount(value, unit), language)
        return str(value)

    return reason_of(finding, language, say)
