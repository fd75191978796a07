"""The credits of a project as they are printed: the line, the logos in their order, and what to beware of."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from fund.charter.words.credit_words import credit_text, logo_text, warning_text
from fund.queries.credits import ProjectCredits
from fund.statements.document import Block, Document, Items, Language, Paragraph, Section
from fund.statements.grounds import charter_note


def credits_paper(facts: ProjectCredits, language: Language) -> Document:
    """The credits of a project, to hand to whoever makes its poster; the line itself is in French, as it is printed."""
    with translation.override(language):
        notes = [
            _("Who is named follows what each one gave and chose to show; a public body’s level is read in its name.")
        ]
        if facts.charter:
            notes.append(charter_note(facts.charter, language))
        return Document(
            title=_("Credits of a project"),
            number="",
            fund=facts.fund.name,
            language=language,
            issued_on=facts.as_of,
            subject=f"{facts.project.name} ({facts.project.code}) — {facts.company}",
            covers=facts.as_of,
            charter=str(facts.charter or ""),
            sections=_sections(facts, language),
            notes=tuple(notes),
        )


def _sections(facts: ProjectCredits, language: Language) -> tuple[Section, ...]:
    if facts.credits is None:
        return (Section(_("The credit line"), (Paragraph(_("The charter says nothing of credits.")),)),)
    logos = tuple(logo_text(logo, language) for logo in facts.credits.logos)
    warnings = tuple(warning_text(warning, language) for warning in facts.credits.warnings)
    line: tuple[Block, ...] = (Paragraph(credit_text(facts.credits, "fr")),)
    if language == "en":
        line = (*line, Paragraph(credit_text(facts.credits, "en")))
    return (
        Section(_("The credit line"), line, "line"),
        Section(_("Logos, in this order"), (Items(logos, numbered=True),), "logos"),
        Section(_("Before it is printed"), (Items(warnings),), "warnings"),
    )
