"""The bank beside the books: its lines, what is open on either side, and the reconciliation of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund import roles
from fund.importers.bank import COLUMNS
from fund.models import BankLine, BankMatch, Fund
from fund.queries.bank import bank_books, proposals_of, reconciliation
from fund.queries.books import chain_head
from fund.queries.identities import fund_identity
from fund.services.bank import confirm_match, confirm_proposals, take_in_lines, undo_match
from fund.statements.reconciliation import reconciliation_lines, reconciliation_statement, told
from fund.statements.render import csv, html, pdf, xlsx
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.bank_forms import BankFileForm, ByHandForm, PairsForm, UndoForm
from fund.web.desk_files import TYPES, table_file
from fund.web.pages import asked_day, language_of_page, show, show_as_of
from ledger.money import unit_of

SHOWN = 100
NEAR_DAYS: Final = 62
"""How far from a line the postings stand that may be chosen by hand."""


def page(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """What is open on either side, and the pairs that are proposed; bookkeepers confirm them."""
    books = bank_books(fund)
    proposed = proposals_of(books)[:SHOWN]
    posted = request.method == "POST"
    form = PairsForm(request.POST if posted else None, proposals=proposed)
    if posted and form.is_valid():
        done = act(form, confirm_proposals, actor_of(request, fund), form.chosen(), on=request.today)
        if done is not None:
            said = ngettext("%(count)d line is reconciled.", "%(count)d lines are reconciled.", done) % {"count": done}
            messages.success(request, said)
            return redirect("bank", fund.slug)
    paired = {each.line.number for each in proposed}, {each.posting.posting for each in proposed}
    lines = [each for each in books.lines if each.settled_on is None and each.number not in paired[0]]
    postings = [each for each in books.asked if each.settled_on is None and each.posting not in paired[1]]
    context: dict[str, Any] = {
        "form": form,
        "unit": books.unit,
        "count": len(books.lines),
        "settled": sum(each.settled_on is not None for each in books.lines),
        "proposals": proposed,
        "lines": lines[:SHOWN],
        "postings": postings[:SHOWN],
        "lines_left": max(len(lines) - SHOWN, 0),
        "postings_left": max(len(postings) - SHOWN, 0),
        "open_lines": len(lines) + len(proposed),
        "latest": tuple(reversed([each for each in books.lines if each.settled_on]))[:10],
        "may_keep": roles.may_keep_books(request.seats, fund.slug),
    }
    return show(request, "bank/bank.html", context, fund=fund, status=status_after(form))


def take_in(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Take in a file of the bank."""
    posted = request.method == "POST"
    unit = unit_of(fund.currency)
    form = BankFileForm(request.POST, request.FILES, unit=unit) if posted else BankFileForm(unit=unit)
    if posted and form.is_valid() and form.read is not None:
        done = act(
            form,
            take_in_lines,
            actor_of(request, fund),
            form.read.rows,
            file_sha256=form.read.sha256,
            on=request.today,
        )
        if done is not None:
            said = _("%(new)s lines of the bank are taken in, %(known)s were there already.")
            messages.success(request, said % {"new": done.new, "known": done.known})
            return redirect("bank", fund.slug)
    context = {"form": form, "columns": COLUMNS}
    return show(request, "bank/import.html", context, fund=fund, status=status_after(form))


def line(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """A line of the bank: what it is reconciled with, or the entries that it may be."""
    row = BankLine.objects.filter(fund=fund, number=number).first() if number < 2**31 else None
    if row is None:
        raise Http404
    books = bank_books(fund)
    near = [
        each
        for each in books.postings
        if each.settled_on is None and abs((each.on - row.on).days) <= timedelta(days=NEAR_DAYS).days
    ][:SHOWN]
    matches = list(row.matches.order_by("pk"))
    standing = [match for match in matches if match.undone_on is None]
    posted = request.POST if request.method == "POST" else None
    undone = standing and (posted is None or "why" in posted)
    form = UndoForm(posted) if undone else ByHandForm(posted, postings=near, unit=books.unit)
    if posted is not None and form.is_valid():
        answer = _line_acted(request, fund, row, form)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "line": row,
        "unit": books.unit,
        "standing": standing,
        "undone": [match for match in matches if match.undone_on is not None],
        "near": near,
        "may_keep": roles.may_keep_books(request.seats, fund.slug),
    }
    return show(request, "bank/line.html", context, fund=fund, status=status_after(form))


def _line_acted(request: SeatedRequest, fund: Fund, row: BankLine, form: ByHandForm | UndoForm) -> HttpResponse | None:
    """Where the page leads after an act; None when it was refused."""
    actor, on = actor_of(request, fund), request.today
    if isinstance(form, UndoForm):
        if act(form, undo_match, actor, row, why=form.cleaned_data["why"], on=on) is None:
            return None
        messages.success(request, _("The reconciliation is undone; both sides are open again."))
    else:
        chosen = form.cleaned_data["postings"]
        if act(form, confirm_match, actor, row, postings=chosen, ground=BankMatch.Ground.HAND, on=on) is None:
            return None
        messages.success(request, _("The line is reconciled."))
    return redirect("bank-line", fund.slug, row.number)


def reconciled(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The statement of reconciliation on a day."""
    form, day = asked_day(request, fund)
    facts = reconciliation(fund, day)
    document = reconciliation_statement(
        facts,
        language_of_page(),
        fund=fund_identity(fund),
        unit=unit_of(fund.currency),
        head=chain_head(fund),
        links=reverse("books", args=[fund.slug]),
    )
    # The page says the title and the first sentence itself; the renderer escapes everything of the document.
    text = mark_safe(html.fragment(replace(document, summary=document.summary[1:]), headed=False))  # noqa: S308
    context = {"facts": facts, "statement": text, "told": told(facts), "endings": TYPES}
    return show_as_of(request, "bank/reconciliation.html", context, fund=fund, form=form, day=day)


def paper(_request: SeatedRequest, fund: Fund, day: str, ending: str) -> HttpResponse:
    """The same to take away."""
    if ending not in TYPES:
        raise Http404
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    language, unit = language_of_page(), unit_of(fund.currency)
    facts = reconciliation(fund, on)
    document = reconciliation_statement(facts, language, fund=fund_identity(fund), unit=unit, head=chain_head(fund))
    if ending == "csv":
        content = csv.render(reconciliation_lines(facts, language, unit=unit), language)
    else:
        content = pdf.render(document) if ending == "pdf" else xlsx.render(document)
    return table_file(f"{fund.slug}-{day}-reconciliation", content, ending)
