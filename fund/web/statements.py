"""The statements of a year on pages: the years, what one year has, a statement, what a figure is made of, the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from fund.accounting.year import FiscalYear
from fund.errors import FundError
from fund.models import Fund
from fund.queries.accounts_year import year_accounts, year_of, years_of
from fund.queries.book_names import own_account_names
from fund.queries.entries_on import LinePostings, last_known_day, line_postings, names_of
from fund.statements.accounts.files import RENDERERS
from fund.statements.accounts.kinds import Asked, Group, LineRows, StatementKind
from fund.statements.accounts.legal_parts import account_title, address_year
from fund.statements.accounts.registry import BY_NAME, KINDS
from fund.statements.document import Paragraph
from fund.statements.files import file_names
from fund.statements.render import html
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show, status_of
from ledger.errors import LedgerError
from ledger.money import Amount, unit_of

TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_GROUPS: Final[Mapping[Group, str | Promise]] = {
    "legal": _("The annual accounts"),
    "books": _("The books"),
    "annex": _("The notes and their tables"),
    "fund": _("The fund and its projects"),
}


class AskedForm(forms.Form):
    """The day of the year and the view that a statement is asked in; both may be left out."""

    on = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("This is not a date. Write it like 2026-12-31.")},
    )
    view = forms.ChoiceField(
        label=_("View"),
        required=False,
        choices=[("expert", _("Official layout")), ("simple", _("In plain words"))],
        error_messages={"invalid_choice": _("There are two views: simple and expert.")},
    )

    def __init__(self, given: Mapping[str, str], year: FiscalYear) -> None:
        super().__init__(given)
        self.year = year

    def clean_on(self) -> date | None:
        """A day of the year."""
        day: date | None = self.cleaned_data["on"]
        if day and not self.year.first <= day <= self.year.last:
            raise forms.ValidationError(_("This day is not in the fiscal year: choose one of it."))
        return day


@dataclass(frozen=True, slots=True)
class YearRow:
    """A fiscal year in the list: its number in addresses, its state, its result in the fund's currency.

    Without a result, `refusal` says why it cannot be computed.
    """

    year: FiscalYear
    number: int
    result: Amount | None
    refusal: str = ""

    @property
    def deficit(self) -> Amount | None:
        return -self.result if self.result else None


def years(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The fiscal years of the books, newest first."""
    rows = [_row(fund, year) for year in reversed(years_of(fund))]
    return show(request, "statements/years.html", {"rows": rows, "latest": rows[0] if rows else None}, fund=fund)


def year(request: SeatedRequest, fund: Fund, year: int) -> HttpResponse:
    """What one year has: its statements in groups, with the files."""
    found = _year(fund, year)
    groups = [(label, [kind for kind in KINDS if kind.group == group]) for group, label in _GROUPS.items()]
    language = language_of_page()
    context = {
        "row": _row(fund, found),
        "groups": [(label, [(kind.name, kind.titles[language]) for kind in kinds]) for label, kinds in groups if kinds],
        "endings": tuple(TYPES),
    }
    return show(request, "statements/year.html", context, fund=fund)


def statement(request: SeatedRequest, fund: Fund, year: int, name: str) -> HttpResponse:
    """A statement on a day and in a view; its figures open what they are made of."""
    kind, asked, form = _asked(request, fund, year, name)
    context = {"row": _row(fund, asked.year), "name": name, "form": form, "asked": asked, "has_views": kind.views}
    language = language_of_page()
    try:
        document = kind.arrange(kind.read(replace(asked, links=reverse("books", args=[fund.slug]))), language)
    except (FundError, LedgerError) as refusal:
        context |= {"title": kind.titles[language], "refusal": refusal.sentence(language)}
        return show(request, "statements/statement.html", context, fund=fund, status=409)
    first, rest = document.summary[:1], document.summary[1:]
    if not first or not isinstance(first[0], Paragraph):
        first, rest = (), document.summary
    # The renderer escapes everything that comes from the document.
    text = mark_safe(html.fragment(replace(document, summary=rest), headed=False))  # noqa: S308
    lede = first[0].text if first and isinstance(first[0], Paragraph) else ""
    context |= {"title": document.title, "lede": lede, "text": text, "endings": tuple(TYPES)}
    return show(request, "statements/statement.html", context, fund=fund, status=status_of(form))


def file(request: SeatedRequest, fund: Fund, year: int, name: str, ending: str) -> HttpResponse:
    """A statement to take away."""
    kind, asked, form = _asked(request, fund, year, name)
    if ending not in TYPES:
        raise Http404
    if not form.is_valid():
        return show(request, "400.html", {}, status=400)
    language = language_of_page()
    try:
        content = RENDERERS[ending](kind.arrange(kind.read(asked), language))
    except (FundError, LedgerError) as refusal:
        context = {"row": _row(fund, asked.year), "name": name, "form": form, "asked": asked}
        context |= {"title": kind.titles[language], "refusal": refusal.sentence(language)}
        return show(request, "statements/statement.html", context, fund=fund, status=409)
    title = f"{fund.slug}-{asked.year.code}-{name}-{asked.as_of:%Y-%m-%d}"
    safe = file_names([title])[title]
    return HttpResponse(
        content,
        content_type=TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{safe}.{ending}"'},
    )


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a statement with what it is made of, as its page shows it."""

    title: str
    amount: Amount
    is_movement: bool
    postings: LinePostings
    names: Mapping[str, str]
    titles: Mapping[str, str]


def line(request: SeatedRequest, fund: Fund, year: int, name: str, line: str) -> HttpResponse:
    """What a figure is made of: its accounts and auxiliaries, then its postings, each a link to its entry."""
    kind, asked, form = _asked(request, fund, year, name)
    try:
        found = kind.line(asked, line) if kind.line else None
    except (FundError, LedgerError) as refusal:
        context = {"row": _row(fund, asked.year), "name": name, "form": form, "asked": asked}
        context |= {"title": kind.titles[language_of_page()], "refusal": refusal.sentence(language_of_page())}
        return show(request, "statements/statement.html", context, fund=fund, status=409)
    if found is None:
        raise Http404
    context = {
        "row": _row(fund, asked.year),
        "name": name,
        "statement": kind.titles[language_of_page()],
        "form": form,
        "asked": asked,
        "facts": _shown(fund, asked, found),
    }
    return show(request, "statements/line.html", context, fund=fund, status=status_of(form))


def _shown(fund: Fund, asked: Asked, found: LineRows) -> ShownLine:
    postings = line_postings(fund, asked.year, asked.as_of, found.rows)
    codes = {line.account.party for line in postings.lines} | {line.account.project for line in postings.lines}
    title = found.fr if language_of_page() == "fr" else found.en
    amount = Amount(found.minor, unit_of(fund.currency))
    own, language = own_account_names(fund), language_of_page()
    titles = {row.key.chart: account_title(own, row.key.chart, language) for row in found.rows}
    return ShownLine(title, amount, found.is_movement, postings, names_of(fund, codes), titles)


def _row(fund: Fund, year: FiscalYear) -> YearRow:
    try:
        result = Amount(year_accounts(fund, year).result, unit_of(fund.currency))
    except FundError as refusal:
        return YearRow(year, address_year(year), None, refusal.sentence(language_of_page()))
    return YearRow(year, address_year(year), result)


def _year(fund: Fund, number: int) -> FiscalYear:
    found = year_of(fund, number)
    if found is None:
        raise Http404
    return found


def _asked(request: SeatedRequest, fund: Fund, number: int, name: str) -> tuple[StatementKind, Asked, AskedForm]:
    """The statement, and the day and view it is asked in: its last day that is known where none is given."""
    year = _year(fund, number)
    kind = BY_NAME.get(name)
    if kind is None:
        raise Http404
    day = last_known_day(fund, year, request.today)
    given = {"on": request.GET.get("on") or f"{day:%Y-%m-%d}", "view": request.GET.get("view") or "expert"}
    form = AskedForm(given, year)
    is_valid = form.is_valid()
    on = form.cleaned_data.get("on") or day
    view = form.cleaned_data.get("view") if is_valid else ""
    return kind, Asked(fund, year, on, "simple" if view == "simple" else "expert"), form
