"""Files that the auditor's desk and the bank hand out."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from fund.statements.files import file_names

TYPES: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(name: str, content: bytes, ending: str = "csv") -> HttpResponse:
    """A file to take away, under a name that any system takes."""
    safe = file_names([name])[name]
    return HttpResponse(
        content,
        content_type=TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{safe}.{ending}"'},
    )
