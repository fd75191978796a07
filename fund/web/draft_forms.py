"""The forms of a change of the rules: a draft that is proposed, a decision that adopts one."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.charter.legal_form import LegalQuestion
from fund.charter.reading.reader import LARGEST_FILE
from fund.models import CharterDecision, CharterDraft
from fund.services.decisions import LONGEST_BASIS, LONGEST_REFERENCE, MOST_PEOPLE, Consent, Decision, Vote
from fund.web.pages import language_of_page


class DraftForm(forms.Form):
    """A text, pasted or as a file; the file counts when both are given."""

    title = forms.CharField(
        label=_("Title of the proposal"),
        required=False,
        max_length=CharterDraft._meta.get_field("title").max_length,
        help_text=_("Without one, it has the title of the charter."),
    )
    file = forms.FileField(label=_("The file"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if not self.errors and not (file and file.size) and not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste a text."), code="empty")
        return cleaned

    def content(self) -> str | bytes:
        """The text with plain line ends and no mark before it; bytes that are no text are left as they are.

        A browser ends the lines of what is pasted in its own way, and some editors put a mark before a text: neither
        is part of the charter, whose fingerprint has to be that of the file.
        """
        file = self.cleaned_data.get("file")
        if not file or not file.size:
            return _plain(self.cleaned_data["text"])
        sent: bytes = file.read()
        if len(sent) > LARGEST_FILE:
            return sent  # its end was let go by: nobody may take the beginning for the whole
        try:
            return _plain(sent.removeprefix(codecs.BOM_UTF8).decode())
        except UnicodeDecodeError:
            return sent


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 2026-12-31.")},
        **options,
    )


def _number(label: Any, *, least: int = 0, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=MOST_PEOPLE, required=required)


class AdoptForm(forms.Form):
    """The decision of the members, as its minutes tell it, with a legal basis for each question of the legal form."""

    effective_from = _day(_("The rules apply from"))
    held_on = _day(_("Day of the decision"))
    body = forms.ChoiceField(
        label=_("Decided by"),
        choices=[choice for choice in CharterDecision.Body.choices if choice[0] != CharterDecision.Body.FILES],
    )
    present = _number(_("Present or represented"), least=1)
    quorum = _number(_("Quorum needed"), least=1)
    manner = forms.ChoiceField(
        label=_("How"),
        choices=[choice for choice in CharterDecision.Manner.choices if choice[0] != CharterDecision.Manner.FILES],
    )
    votes_for = _number(_("Votes for"), required=False)
    votes_against = _number(_("Votes against"), required=False)
    votes_abstained = _number(_("Abstentions"), required=False)
    reference = forms.CharField(
        label=_("Minutes"),
        max_length=LONGEST_REFERENCE,
        help_text=_("Where the minutes are found: a number, a date, a place in the archive. No names."),
    )
    retroactive = forms.BooleanField(
        label=_("The minutes say that the rules apply from a day before the decision"), required=False
    )

    def __init__(self, data: Any = None, *, questions: Sequence[LegalQuestion], **options: Any) -> None:
        super().__init__(data, **options)
        self.questions = tuple(questions)
        for place, question in enumerate(self.questions):
            self.fields[f"basis-{place}"] = forms.CharField(
                label=_("Legal basis"),
                max_length=LONGEST_BASIS,
                initial=question.named[:LONGEST_BASIS],
                help_text=question.asked(language_of_page()),
            )

    @property
    def bases(self) -> list[forms.BoundField]:
        """The fields of the questions of the legal form."""
        return [self[f"basis-{place}"] for place in range(len(self.questions))]

    def clean(self) -> dict[str, Any]:
        """Votes are counted, consent is not."""
        cleaned = super().clean() or {}
        names = ("votes_for", "votes_against", "votes_abstained")
        for name in names:
            counted = cleaned.get(name) is not None
            if name in self.errors:
                continue
            if cleaned.get("manner") == CharterDecision.Manner.VOTE and not counted:
                self.add_error(name, _("Write how many, 0 where there was none."))
            if cleaned.get("manner") == CharterDecision.Manner.CONSENT and counted:
                self.add_error(name, _("By consent nobody counts: leave this empty, or choose a vote."))
        return cleaned

    def shown(self) -> dict[str, Any]:
        """The decision as the page of a version will show it."""
        said = self.cleaned_data
        answers = [
            {"question": question.asked(language_of_page()), "basis": said[f"basis-{place}"]}
            for place, question in enumerate(self.questions)
        ]
        return said | {"answers": answers}

    def decision(self) -> Decision:
        """What the services record."""
        said = self.cleaned_data
        how = (
            Vote(said["votes_for"], said["votes_against"], said["votes_abstained"])
            if said["manner"] == CharterDecision.Manner.VOTE
            else Consent()
        )
        return Decision(
            held_on=said["held_on"],
            body=said["body"],
            how=how,
            present=said["present"],
            quorum=said["quorum"],
            reference=said["reference"],
            retroactive=said["retroactive"],
            legal_bases={question.key: said[f"basis-{place}"] for place, question in enumerate(self.questions)},
        )
