"""The audit pack of a year, and the checkpoints of the books that were mailed: to look at and to take away."""

from __future__ import annotations

import tempfile
from hashlib import sha256

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from fund.errors import FundError
from fund.models import Fund
from fund.queries.accounts_year import year_of
from fund.queries.anchors import anchor_of, anchor_text, anchors_of
from fund.queries.books import chain_head
from fund.statements.accounts.legal_parts import address_year
from fund.statements.accounts.registry import KINDS
from fund.statements.files import file_names
from fund.statements.pack.pack import is_packed, verifier, write_pack
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show, status_of, text_file
from ledger.errors import LedgerError

_IN_MEMORY = 8 * 2**20


class BeforeForm(forms.Form):
    """The anchor before which a page of them begins."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**60)


class NamesForm(forms.Form):
    """Whether the pack holds names: it does unless `names` is `no`."""

    names = forms.ChoiceField(required=False, choices=[("yes", "yes"), ("no", "no")])


def page(request: SeatedRequest, fund: Fund, year: int) -> HttpResponse:
    """What the pack of a year holds, how to check it, and the program that does."""
    found = year_of(fund, year)
    if found is None:
        raise Http404
    return _page(request, fund, year)


def _page(request: SeatedRequest, fund: Fund, year: int, refusal: str = "", status: int = 200) -> HttpResponse:
    found, language, program = year_of(fund, year), language_of_page(), verifier()
    assert found is not None, "the views have found it"
    context = {
        "year": found,
        "number": address_year(found),
        "head": chain_head(fund),
        "statements": [kind.titles[language] for kind in KINDS if is_packed(kind, names=True)],
        "file": _name(fund, found.code),
        "program": program.decode(),
        "program_hash": sha256(program).hexdigest(),
        "refusal": refusal,
    }
    return show(request, "books/pack.html", context, fund=fund, status=status)


def file(request: SeatedRequest, fund: Fund, year: int) -> HttpResponseBase:
    """The pack itself, made when it is asked for, on disk rather than in memory."""
    found, form = year_of(fund, year), NamesForm(request.GET)
    if found is None:
        raise Http404
    if not form.is_valid():
        return show(request, "400.html", {}, status=400)
    # It is closed by the answer that sends it.
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        write_pack(fund, found, out, language_of_page(), names=form.cleaned_data["names"] != "no")
    except (FundError, LedgerError) as refusal:
        out.close()
        return _page(request, fund, year, refusal.sentence(language_of_page()), status=409)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=_name(fund, found.code), content_type="application/zip")


def _name(fund: Fund, code: str) -> str:
    title = f"{fund.slug}-{code}-audit"
    return f"{file_names([title])[title]}.zip"


def program(_request: SeatedRequest, fund: Fund) -> HttpResponse:  # noqa: ARG001
    """The verifier, as it is in every pack."""
    return text_file(verifier().decode(), "verify.py")


def anchors(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Every checkpoint that was mailed, and whether the books still begin with it."""
    form = BeforeForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    return show(request, "books/anchors.html", {"facts": anchors_of(fund, before)}, fund=fund, status=status_of(form))


def anchor_file(_request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """One of them as it was mailed."""
    anchor = anchor_of(fund, number)
    if anchor is None:
        raise Http404
    return text_file(anchor_text(anchor), f"{fund.slug}-{anchor.on:%Y-%m-%d}-{anchor.entries}.txt")
