"""The refusals of whoever writes statements into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fund.errors import FundError


class FolderNotWritable(FundError):
    """The folder for the statements cannot be made."""

    code = "folder_not_writable"

    def __init__(self, *, folder: Path, why: str) -> None:
        super().__init__(f"The folder {folder} cannot be written ({why}): give another, or free it.")


class StatementsNotWritten(FundError):
    """Some statements of a year could not be written; the others are there."""

    code = "statements_not_written"

    def __init__(self, *, failed: Mapping[str, str], written: int) -> None:
        self.failed, self.written = dict(failed), written
        told = "; ".join(f"{name}: {why}" for name, why in failed.items())
        super().__init__(f"{written} files are written, {len(failed)} statements could not be: {told}.")
