"""The anomalies of a fiscal year: what is worth a look, why, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.accounting.anomalies import RULES, Finding, Thresholds
from fund.accounting.anomaly_words import WORDS
from fund.accounting.year import FiscalYear
from fund.models import Fund
from fund.queries.accounts_year import years_of
from fund.queries.anomalies import Anomalies, anomalies_of
from fund.queries.horizon import latest_day
from fund.statements.audit_sheets import anomalies_sheet, reason_text
from fund.statements.render import csv
from fund.web.access import SeatedRequest
from fund.web.desk_fields import AmountField
from fund.web.desk_files import table_file
from fund.web.pages import language_of_page, show, status_of
from ledger.money import Amount, Unit, unit_of

SHOWN = 50
"""Findings of one rule on the page; the file has them all."""

_DAYS: Final = {"min_value": 0, "max_value": 3660, "required": False}


class LimitsForm(forms.Form):
    """The year, and the limits of the rules; where one is missing, the usual one holds."""

    year = forms.ChoiceField(label=_("Fiscal year"), required=False)
    duplicate_days = forms.IntegerField(label=_("Days between equal amounts"), **_DAYS)  # type: ignore[arg-type]
    document_days = forms.IntegerField(label=_("Days between document and entry"), **_DAYS)  # type: ignore[arg-type]
    validation_days = forms.IntegerField(label=_("Days until an entry is final"), **_DAYS)  # type: ignore[arg-type]
    year_end_days = forms.IntegerField(label=_("Last days of the year"), **_DAYS)  # type: ignore[arg-type]
    below_percent = forms.IntegerField(label=_("Per cent below a threshold"), min_value=1, max_value=99, required=False)

    def __init__(self, *arguments: Any, years: tuple[FiscalYear, ...], unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)
        year.choices = [(each.code, each.code) for each in years]
        self.fields["round_to"] = AmountField(unit, label=_("Round to"), required=False)
        self.fields["thresholds"] = AmountField(unit, many=10, label=_("Thresholds"), required=False)
        self.order_fields(["year", "round_to", "thresholds", "below_percent"])

    def limits(self) -> Thresholds:
        """The limits asked for; the usual ones where the form is empty."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "year" and value not in (None, [])}
        if "thresholds" in said:
            said["thresholds"] = tuple(sorted(set(said["thresholds"])))
        return Thresholds(**said)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its reason in words and its address, where it has one."""

    finding: Finding
    reason: str
    address: str
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """A rule with the first of its findings."""

    rule: str
    title: str
    about: str
    count: int
    rows: tuple[FindingRow, ...]


def page(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The counts, and the findings of each rule."""
    form, facts = _asked(request, fund)
    context = {
        "form": form,
        "facts": facts,
        "blocks": _blocks(fund, facts) if facts else (),
        "query": request.GET.urlencode(),
        "usual": _usual(Thresholds(), unit_of(fund.currency)),
    }
    return show(request, "audit/anomalies.html", context, fund=fund, status=status_of(form))


def file(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """All findings as CSV."""
    form, facts = _asked(request, fund)
    if not form.is_valid():
        return show(request, "400.html", {}, status=400)
    if facts is None:
        raise Http404
    language = language_of_page()
    table = anomalies_sheet(facts, language)
    return table_file(f"{fund.slug}-{facts.year.code}-anomalies", csv.render(table, language))


def _asked(request: SeatedRequest, fund: Fund) -> tuple[LimitsForm, Anomalies | None]:
    years = tuple(reversed(years_of(fund)))
    form = LimitsForm(request.GET, years=years, unit=unit_of(fund.currency))
    if not years:
        form.is_valid()
        return form, None
    valid = form.is_valid()
    asked = form.cleaned_data.get("year") or ""
    known = max(request.today, latest_day(fund) or request.today)
    begun = [each for each in years if each.first <= known] or list(years)
    year = next((each for each in years if each.code == asked), begun[0])
    return form, anomalies_of(fund, year, form.limits() if valid else Thresholds(), max(known, year.first))


def _usual(limits: Thresholds, unit: Unit) -> dict[str, object]:
    """The usual limits as somebody would write them."""
    return {
        "round_to": Amount(limits.round_to, unit).major,
        "thresholds": "; ".join(Amount(each, unit).major for each in limits.thresholds),
        "below_percent": limits.below_percent,
        "duplicate_days": limits.duplicate_days,
        "document_days": limits.document_days,
        "validation_days": limits.validation_days,
        "year_end_days": limits.year_end_days,
    }


def _blocks(fund: Fund, facts: Anomalies) -> tuple[RuleBlock, ...]:
    language = language_of_page()
    blocks = []
    for rule in RULES:
        words = WORDS[rule][language]
        found = [each for each in facts.findings if each.rule == rule]
        rows = tuple(_row(fund, facts, each) for each in found[:SHOWN])
        blocks.append(RuleBlock(rule, words.title, words.about, len(found), rows))
    return tuple(blocks)


def _row(fund: Fund, facts: Anomalies, finding: Finding) -> FindingRow:
    return FindingRow(
        finding,
        reason_text(finding, language_of_page(), facts.unit),
        _address(fund, facts, finding),
        None if finding.minor is None else Amount(finding.minor, facts.unit),
    )


def _address(fund: Fund, facts: Anomalies, finding: Finding) -> str:
    """Where the finding is seen; nothing for a party, which has no page of its own unless it is a member."""
    if finding.target == "entry":
        return reverse("entry", args=[fund.slug, finding.subject])
    if finding.target == "account":
        account = reverse("account", args=[fund.slug, finding.subject, facts.unit.code])
        return f"{account}?as_of={facts.as_of:%Y-%m-%d}"
    if finding.target == "bank-line":
        return reverse("bank-line", args=[fund.slug, int(finding.subject)])
    member = fund.memberships.filter(party__code=finding.subject).exists()
    return reverse("member", args=[fund.slug, finding.subject]) if member else ""
