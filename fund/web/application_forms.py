"""The long form of an application: what was typed comes back as it was typed, each fault beside its input.

The inputs are made out of the one description of an application (`allocation/applying/fields.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from allocation.applying.applications import REFERENCE_LIMIT
from allocation.applying.content import Reading, fingerprint
from allocation.applying.documents import MOST
from allocation.applying.faults import Fault
from allocation.applying.fields import BY_NAME, MEMBER_HOST, TABLES, Field, Table
from allocation.applying.fit_questions import QUESTIONS, Question
from allocation.applying.typed import Row, Typed, Unreadable, as_typed, read_day

BLANK_ROWS: Final = 3
"""Empty lines under those that are filled in; each saving gives as many again."""
MORE_ROWS: Final = 8

_INCOMPLETE: Final = frozenset({"missing", "no-lines", "document-missing"})
"""What is not there yet: said when the draft is checked, not while it is written."""

_FIELDSETS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("The project"), ("title", "strand", "summary", "note", "shown")),
    (_("What you ask for"), ("minimum", "target", "to_cover")),
    (
        _("The company and its calendar"),
        ("region", "overseas", "lead_category", "adviser_met_on", "announced_on"),
    ),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One input with what was typed into it, and what is wrong with that."""

    name: str
    kind: str
    label: str
    hint: str
    value: str
    options: tuple[Option, ...]
    faults: tuple[str, ...]

    @property
    def type(self) -> str:
        """A browser's calendar would throw a half-typed day away: such a day is shown as text."""
        if self.kind != "day" or not self.value:
            return "date" if self.kind == "day" else "text"
        try:
            return "date" if read_day(self.value).isoformat() == self.value else "text"
        except Unreadable:
            return "text"


@dataclass(frozen=True, slots=True)
class Inputs:
    """A fieldset."""

    legend: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class InputTable:
    """A table of lines, with empty ones to fill in."""

    name: str
    legend: str
    hint: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Input, ...], ...]
    faults: tuple[str, ...]
    full: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form, with the fingerprint of the draft that it shows."""

    seen: str
    fieldsets: tuple[Inputs, ...]
    tables: tuple[InputTable, ...]


def typed_in(post: QueryDict) -> Typed:
    """What was sent, in the shape of a draft."""
    tables = {table.name: [_row(post, table, number) for number in range(_last(post, table) + 1)] for table in TABLES}
    return as_typed({"fields": {name: post.get(name, "") for name in BY_NAME}, "tables": tables})


def _row(post: QueryDict, table: Table, number: int) -> Row:
    return {column.name: post.get(f"{table.name}-{number}-{column.name}", "") for column in table.columns}


def _last(post: QueryDict, table: Table) -> int:
    """The number of the last line sent, whatever gaps there are; a form has at most a thousand inputs."""
    stem = f"{table.name}-"
    numbers = [name[len(stem) :].partition("-")[0] for name in post if name.startswith(stem)]
    return max((int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) < 4), default=-1)


def sheet(
    reading: Reading,
    *,
    language: str,
    envelopes: Mapping[str, str],
    hosts: Iterable[tuple[str, str]],
    checked: bool,
    more: str = "",
    seen: str = "",
) -> Sheet:
    """The form with what was typed; `checked` also says what is missing, `more` gives one table more empty lines."""
    told: dict[str, list[str]] = {}
    for fault in reading.faults:
        if checked or fault.code not in _INCOMPLETE:
            told.setdefault(fault.place, []).append(f"{fault.sentence(language)} {fault.mend(language)}")
    form = _Form(language, {"strand": tuple(envelopes.items()), "host": _hosts(hosts, language)}, told)
    typed = reading.typed
    return Sheet(
        seen=seen or fingerprint(typed),
        fieldsets=tuple(
            Inputs(
                str(legend),
                tuple(
                    form.input(BY_NAME[name], name, typed["fields"][name])
                    for name in names
                    if name != "strand" or len(envelopes) > 1
                ),
            )
            for legend, names in _FIELDSETS
        ),
        tables=tuple(form.table(table, typed["tables"][table.name], table.name == more) for table in TABLES),
    )


def _hosts(members: Iterable[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    french = language == "fr"
    others = (
        ("partner", "un partenaire" if french else "a partner"),
        ("other", "quelqu’un d’autre" if french else "somebody else"),
    )
    return (*members, *others)


@dataclass(frozen=True, slots=True)
class _Form:
    language: str
    offered: Mapping[str, tuple[tuple[str, str], ...]]
    told: Mapping[str, list[str]]

    def input(self, asked: Field, name: str, value: str) -> Input:
        return Input(
            name,
            asked.kind,
            asked.label_in(self.language),
            asked.hint_in(self.language),
            value,
            self._options(asked, value) if asked.kind == "choice" else (),
            tuple(self.told.get(name, ())),
        )

    def _options(self, asked: Field, value: str) -> tuple[Option, ...]:
        """What was chosen stays among the choices even when it is offered no longer."""
        which = 0 if self.language == "fr" else 1
        named = self.offered.get(asked.name) or tuple((code, words[which]) for code, words in asked.choices.items())
        options = [Option("", "–", not value), *(Option(code, label, code == value) for code, label in named)]
        if value and all(option.value != value for option in options):
            options.append(Option(value, value.removeprefix(MEMBER_HOST)[:80], True))
        return tuple(options)

    def table(self, table: Table, rows: list[Row], more: bool) -> InputTable:
        wanted = min(len(rows) + (MORE_ROWS if more else BLANK_ROWS), max(table.most, len(rows)))
        filled = [*rows, *({} for _row in range(wanted - len(rows)))]
        return InputTable(
            table.name,
            table.label_in(self.language),
            table.hint_in(self.language),
            tuple(column.label_in(self.language) for column in table.columns),
            tuple(
                tuple(
                    self.input(column, f"{table.name}-{number}-{column.name}", row.get(column.name, ""))
                    for column in table.columns
                )
                for number, row in enumerate(filled)
            ),
            tuple(self.told.get(table.name, ())),
            len(rows) >= table.most,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that another saving holds otherwise than what was just typed."""

    where: str
    other: str


def differences(mine: Typed, theirs: Typed, language: str) -> tuple[Difference, ...]:
    """What the draft holds where something else was typed, in words."""
    found = [
        Difference(BY_NAME[name].label_in(language), theirs["fields"][name])
        for name, text in mine["fields"].items()
        if theirs["fields"][name] != text
    ]
    for table in TABLES:
        if mine["tables"][table.name] != theirs["tables"][table.name]:
            lines = [" · ".join(filter(None, row.values())) for row in theirs["tables"][table.name]]
            found.append(Difference(table.label_in(language), "\n".join(lines)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FaultSaid:
    """A fault in words, with the input to which it leads."""

    place: str
    where: str
    sentence: str
    mend: str


def faults_said(faults: Iterable[Fault], language: str) -> tuple[FaultSaid, ...]:
    """What is missing or wrong, in words."""
    return tuple(
        FaultSaid(fault.place, fault.where(language), fault.sentence(language), fault.mend(language))
        for fault in faults
    )


class StartForm(forms.Form):
    """For which company an application begins; a second click finds the first."""

    reference = forms.CharField(max_length=REFERENCE_LIMIT, widget=forms.HiddenInput, initial=lambda: uuid4().hex[:16])
    company = forms.ChoiceField(label=_("For which company"))

    def __init__(self, *arguments: Any, companies: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["company"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(companies.items())


class DraftForm(forms.Form):
    """What goes with a saving; what was typed is read apart, so that nothing of it can be refused here."""

    seen = forms.CharField(required=False, max_length=64)
    step = forms.CharField(required=False, max_length=40)


class DocumentForm(forms.Form):
    """A file under what the call asks for."""

    kind = forms.ChoiceField(label=_("Which document"))
    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,
        max_length=10_000,
        help_text=_("PDF, image, office file or plain text, 10 MB at most."),
    )

    def __init__(self, *arguments: Any, kinds: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(kinds.items())
        self.most = MOST

    def sent(self) -> tuple[str, bytes]:
        """The name of the file and its bytes; one byte more than is taken when it is longer."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return file.name or "", file.read()


class RemovalForm(forms.Form):
    """Which document is taken out."""

    document = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class ConfirmForm(forms.Form):
    """A confirmation; it carries the fingerprint of what was confirmed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class QuestionsForm(forms.Form):
    """The preliminary questions, each with a reason in words; none is compulsory."""

    def __init__(self, *arguments: Any, language: str, held: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.questions = QUESTIONS
        self.language = language
        for question in QUESTIONS:
            choice, why = held.get(question.code, ("", ""))
            self.fields[question.code] = forms.ChoiceField(
                label=question.text_in(language),
                required=False,
                choices=[("", "–"), *((code, question.choice_in(code, language)) for code in question.choices)],
                initial=choice,
            )
            self.fields[f"{question.code}-why"] = forms.CharField(
                label=_("In your own words"),
                required=False,
                initial=why,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The questions under their headings, each with the reason that goes with it."""
        found: dict[str, list[tuple[forms.BoundField, forms.BoundField]]] = {}
        for question in self.questions:
            pair = (self[question.code], self[f"{question.code}-why"])
            found.setdefault(question.heading_in(self.language), []).append(pair)
        return list(found.items())

    def answers(self) -> dict[str, tuple[str, str]]:
        """What was answered, {question: (choice, why)}."""
        said = self.cleaned_data
        return {each.code: (said[each.code], said[f"{each.code}-why"]) for each in self._answered()}

    def _answered(self) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if self.cleaned_data[each.code])

    def clean(self) -> dict[str, Any]:
        """A reason without an answer would be lost, so it asks for one."""
        cleaned = super().clean() or {}
        for question in self.questions:
            if cleaned.get(f"{question.code}-why", "").strip() and not cleaned.get(question.code):
                self.add_error(question.code, _("Choose an answer to go with your words."))
        return cleaned
