"""What the site takes of a file that is sent to it: at most addresses charters alone are sent, and those are short."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from allocation.applying.documents import LARGEST as LARGEST_DOCUMENT
from fund.charter.reading.reader import LARGEST_FILE
from fund.web.fec_forms import LARGEST_FEC

PAPERS: Final = dict.fromkeys(("record-event", "book-draft-new", "book-draft"), 20 * 1024 * 1024)
"""Where the file of an entry is shown for its fingerprint."""

LONGER_FILES: Final = {
    "application-documents": LARGEST_DOCUMENT,
    "notoriety-declare": 20 * 1024 * 1024,
    "opening": 16 * 1024 * 1024,
    "fec-check": LARGEST_FEC,
    "bank-import": 4 * 1024 * 1024,
    **PAPERS,
}
"""Bytes of the largest file at the addresses where more than a charter is sent, by their names."""


class ShortFiles(FileUploadHandler):
    """Keeps the beginning of a file, one byte more than it may have at this address, and lets the rest go by.

    Nothing is written on a disk, and a file of any size is answered with the same sentence.
    """

    def new_file(self, *arguments: Any, **facts: Any) -> None:
        super().new_file(*arguments, **facts)
        self.kept = BytesIO()
        found = self.request.resolver_match if self.request else None
        self.most = LONGER_FILES.get(str(found.url_name) if found else "", LARGEST_FILE)

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        self.kept.write(raw_data[: max(0, self.most + 1 - self.kept.tell())])

    def file_complete(self, _file_size: int) -> InMemoryUploadedFile:
        size = self.kept.tell()
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type or "", size, self.charset
        )
