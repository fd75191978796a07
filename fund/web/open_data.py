"""The fund's public facts to take away: formats that others read, the fund's own tables, their dictionary."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from fund import roles
from fund.models import Fund
from fund.statements.open_data.dictionary import TABLES
from fund.statements.open_data.files import (
    GIVING,
    SCDL,
    TYPES,
    OpenFile,
    known_day,
    last_day,
    licence,
    open_files,
    pieces,
)
from fund.statements.open_data.scdl import scdl_count
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show


def page(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """What there is, under which licence, and what each field means."""
    day, language = known_day(fund, request.today), language_of_page()
    files = open_files(fund, day)
    context = {
        "day": last_day(fund),
        "licence": licence(),
        "scdl": [file for file in files if file.name == SCDL],
        "giving": [file for file in files if file.name == GIVING],
        "count": scdl_count(fund, day),
        "tables": [
            (table.name, table.meaning(language), [(field, field.meaning(language)) for field in table.fields])
            for table in TABLES
        ],
        "endings": tuple(TYPES),
        "may_identify": roles.may_keep_books(request.seats, fund.slug),
    }
    return show(request, "open_data/open_data.html", context, fund=fund)


def file(request: SeatedRequest, fund: Fund, table: str, ending: str) -> HttpResponseBase:
    """One file, in pieces; with `?raw=1` its texts are not guarded against sheets that run formulas."""
    day = known_day(fund, request.today)
    asked = OpenFile(table, ending)
    if asked not in open_files(fund, day):
        raise Http404
    guarded = request.GET.get("raw") != "1"
    disposition = f'attachment; filename="{fund.slug}-{asked.file_name}"'
    return StreamingHttpResponse(
        pieces(fund, day, asked, guarded=guarded),
        content_type=TYPES[ending],
        headers={"Content-Disposition": disposition},
    )
