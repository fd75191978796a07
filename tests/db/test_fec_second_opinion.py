"""A second opinion on files of accounting entries: django-accounting-fr's `check_fec`, in an environment of its own."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from fund.services.actors import Actor
from fund.services.fec import export_fec
from fund.statements.fec_description import description_pdf
from tests.fec_files import NAME
from tests.fec_matrix import CASES
from tests.oracles.environments import accounting_fr_environment
from tests.worked_year import import_worked_year

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]

SIDE = Path(__file__).parents[1] / "oracles" / "fec_side.py"

REFUSES_WHAT_IS_ALLOWED = {
    "with our own fields after the eighteen",
    "Montant and Sens, D and C",
    "Montant and Sens, +1 and -1",
    "a plus on the right",
}
"""Forms that the article allows and the other program does not read."""

LETS_THROUGH = {
    "a first year without openings", "an ending in capitals", "a SIREN with a wrong key", "a byte order mark",
    "Windows-1252", "two encodings in one file", "a zero byte", "two kinds of line ends", "a blank line in the middle",
    "a blank line at the end", "a header alone", "a date of another year", "a decimal point", "no decimals",
    "an amount of another currency with a point", "two journal labels in an entry", "an entry in two pieces",
    "another result than the statements'", "86 without its 87", "a journal that begins at 2", "a number that goes back",
    "a number without digits", "one sequence for the whole file", "the number's prefix changes", "no openings",
    "the openings at the end", "openings of another day", "an expense among the openings",
    "openings that are not the closings", "not in the order of validation", "two validations in an entry",
    "an account in letters", "an account of class 9", "an account of two digits", "two labels of an account",
    "two labels of a journal", "a lettering that is not settled", "income and expenses emptied into 120",
}  # fmt: skip
"""Broken files that it calls sound: ours refuses each, by the rule of the matrix."""


def verdicts(folder: Path, files: dict[str, tuple[str, bytes]]) -> dict[str, str]:
    """What the other program says of each file, by its title: accepted, refused, or that it crashed."""
    paths = {}
    for number, (title, (name, content)) in enumerate(files.items()):
        path = folder / f"{number:03d}" / name
        path.parent.mkdir()
        path.write_bytes(content)
        paths[str(path)] = title
    program = accounting_fr_environment() / "python"
    run = subprocess.run([str(program), str(SIDE), *paths], capture_output=True, text=True, check=True, timeout=300)
    return {paths[path]: verdict for path, (verdict, _) in json.loads(run.stdout).items()}


def test_our_export_is_accepted_and_the_matrix_shows_where_opinions_differ(tmp_path: Path) -> None:
    files = {case.title: (case.name, case.content) for case in CASES}
    for encoding in ("utf-8", "iso-8859-15"):
        for separator in ("tab", "pipe"):
            out = io.BytesIO()
            export_fec(
                Actor(import_worked_year(), "T."), 2026, out, describe=description_pdf, today=date(2027, 6, 30),
                encoding=encoding, separator=separator,
            )  # fmt: skip
            files[f"ours, {encoding}, {separator}"] = (NAME, out.getvalue())
    said = verdicts(tmp_path, files)
    assert {verdict for title, verdict in said.items() if title.startswith("ours")} == {"accepted"}
    refused_by_us = {case.title: "E" in case.rules for case in CASES}
    assert {title for title, ours in refused_by_us.items() if not ours and said[title] != "accepted"} == (
        REFUSES_WHAT_IS_ALLOWED
    )
    assert {title for title, ours in refused_by_us.items() if ours and said[title] == "accepted"} == LETS_THROUGH
