"""The letter that tells a company what was decided on its project, why, and what would have had to change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from fund.queries.notices import NoticeFacts
from fund.statements.document import Block, Column, Document, Fact, Facts, Language, Paragraph, Row, Section, Table
from fund.statements.render.formats import amount_text, date_text, labelled
from fund.statements.words import word_of


def letter(facts: NoticeFacts, language: Language, *, on: date) -> Document:
    """The letter as a document, of a day."""
    with translation.override(language):
        return Document(
            title=letter_subject(facts, language),
            number=facts.notice,
            fund=facts.fund.name,
            language=language,
            issued_on=on,
            subject=facts.company_name,
            covers=None,
            sections=tuple(_sections(facts)),
            summary=tuple(Paragraph(text) for text in _opening(facts, language)),
            notes=(
                _("The decision is kept as a record that can be made again; its fingerprint (SHA-256) is %(sha256)s.")
                % {"sha256": facts.record_sha256},
            ),
        )


def letter_subject(facts: NoticeFacts, language: Language) -> str:
    """The subject of the mail, and the title of the letter."""
    with translation.override(language):
        if facts.is_funded:
            return _("%(project)s: an award of %(amount)s") % {
                "project": facts.name,
                "amount": amount_text(facts.awarded, language),
            }
        return _("%(project)s: the committee’s answer") % {"project": facts.name}


def letter_text(facts: NoticeFacts, language: Language, *, on: date) -> str:
    """The same letter as plain text, for a mail."""
    with translation.override(language):
        parts = [facts.fund.name, f"{facts.company_name}, {date_text(on, language)}", *_opening(facts, language)]
        parts.append(labelled(_("Why"), facts.reason, language))
        if facts.tranches:
            parts.append(
                "\n".join(
                    [
                        _("How it is paid:"),
                        *(
                            f"- {amount_text(each.amount, language)}, {word_of('condition', each.condition)}"
                            for each in facts.tranches
                        ),
                    ]
                )
            )
        parts.append(_("Fingerprint of the decision’s record (SHA-256): %(sha256)s") % {"sha256": facts.record_sha256})
        return "\n\n".join(parts) + "\n"


def _opening(facts: NoticeFacts, language: Language) -> Iterator[str]:
    figures = {
        "project": facts.name,
        "call": facts.call.name,
        "date": date_text(facts.decided_on, language),
        "asked": amount_text(facts.asked, language),
        "awarded": amount_text(facts.awarded, language),
    }
    if not facts.is_funded:
        yield (
            _(
                "You asked for %(asked)s for “%(project)s” in the call “%(call)s”. On %(date)s the committee did not "
                "retain it. The reason is below, with its figures and what would have had to change."
            )
            % figures
        )
        return
    yield (
        _(
            "You asked for %(asked)s for “%(project)s” in the call “%(call)s”. On %(date)s the committee awarded it "
            "%(awarded)s."
        )
        % figures
    )
    yield _(
        "This letter is the notice of the award: the fund owes it to you from today. An agreement will say under which "
        "conditions it is paid."
    )


def _sections(facts: NoticeFacts) -> Iterator[Section]:
    yield Section(_("Why"), (Paragraph(facts.reason),))
    if facts.tranches:
        table: Block = Table(
            _("Tranches, by the charter"),
            (Column(_("When")), Column(_("Amount"), "amount", facts.awarded.unit)),
            tuple(Row((word_of("condition", each.condition), each.amount)) for each in facts.tranches),
            _("The award is paid at once."),
            total=(_("Total"), facts.awarded),
        )
        yield Section(_("How it is paid"), (table,))
    yield Section(
        _("The decision"),
        (
            Facts(
                (
                    Fact(_("Call"), facts.call.name),
                    Fact(_("Decided on"), facts.decided_on),
                    Fact(_("Asked"), facts.asked),
                    Fact(_("Awarded"), facts.awarded),
                )
            ),
        ),
    )
