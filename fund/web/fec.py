"""The file of accounting entries: what a year's holds, taking it away, its log; and checking a file of any program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import cast

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from fund.models import Fund
from fund.queries.accounts_year import year_of
from fund.queries.fec_description import described, export_of, exports_of
from fund.services.fec import export_fec, look_at_fec
from fund.statements.fec_description import description_html, description_pdf
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.fec_forms import CheckForm, MakeForm
from fund.web.pages import language_of_page, show
from ledger.fec.checking import check
from ledger.fec.findings import Language, Report, rule_title, short_title
from ledger.fec.texts import Encoding
from ledger.fec.writing import Separator

SHOWN_FINDINGS = 20
"""Findings that a page shows of each rule; all are counted."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with what was found: `more` counts those that are not shown."""

    rule: str
    kind: str
    title: str
    findings: tuple[tuple[str, str], ...]
    more: int


def rule_rows(report: Report, language: Language) -> tuple[RuleRow, ...]:
    """The findings of a report by rule, each with its place and its sentence."""
    rows = []
    for rule, found in report.by_rule():
        shown = tuple((each.place(language), each.sentence(language)) for each in found[:SHOWN_FINDINGS])
        more = report.counts[rule] - len(shown)
        rows.append(RuleRow(rule, short_title(rule, language), rule_title(rule, language), shown, more))
    return tuple(rows)


def year(request: SeatedRequest, fund: Fund, year: int) -> HttpResponseBase:
    """The file of a year: whether it can be handed out, what its check says, who took it; a POST takes it away."""
    found = year_of(fund, year) if year <= 9999 else None
    if found is None:
        raise Http404
    posted = request.method == "POST"
    form = MakeForm(request.POST if posted else {"encoding": "iso-8859-15", "separator": "tab"})
    language = language_of_page()
    if posted and form.is_valid():
        out = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
        exported = act(
            form,
            export_fec,
            actor_of(request, fund),
            year,
            out,
            describe=description_pdf,
            today=request.today,
            encoding=cast(Encoding, form.cleaned_data["encoding"]),
            separator=cast(Separator, form.cleaned_data["separator"]),
            language=language,
        )
        if exported is not None:
            out.seek(0)
            return FileResponse(out, as_attachment=True, filename=exported.export.name, content_type="text/plain")
        out.close()
    # A refusal of looking is told on the same form: it says why the file cannot be made and how to mend it.
    report = None if form.errors else act(form, look_at_fec, fund, year, today=request.today)
    context = {
        "form": form,
        "year": found,
        "report": report,
        "verdict": report.verdict(language) if report else "",
        "rules": rule_rows(report, language) if report else (),
        "exports": exports_of(fund, found.code),
    }
    return show(request, "fec/year.html", context, fund=fund, status=status_after(form) if posted else 200)


def description(_request: SeatedRequest, fund: Fund, year: int, pk: int, ending: str) -> HttpResponse:
    """The description that goes with a file that was handed out."""
    export = export_of(fund, pk) if pk < 2**63 else None
    if export is None or ending not in ("pdf", "html") or year_of(fund, min(year, 9999)) is None:
        raise Http404
    facts = described(export)
    name = f"{export.name.removesuffix('.txt')}_description.{ending}"
    if ending == "pdf":
        content, kind = description_pdf(facts), "application/pdf"
    else:
        content, kind = description_html(facts).encode(), "text/html; charset=utf-8"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def check_file(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Check a file of any program; it is read and not kept."""
    posted = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if posted else CheckForm()
    language = language_of_page()
    report = None
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        report = check(file.file, PurePosixPath(file.name).name, form.expected(request.today))
    context = {
        "form": form,
        "report": report,
        "verdict": report.verdict(language) if report else "",
        "rules": rule_rows(report, language) if report else (),
    }
    return show(request, "fec/check.html", context, fund=fund, status=status_after(form))
