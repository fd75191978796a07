"""The year's file of accounting entries (FEC) in the audit pack: only one that its own check accepts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from fund.accounting.year import FiscalYear
from fund.errors import FundError
from fund.models import Fund
from fund.queries.accounts_year import year_accounts, year_before
from fund.queries.fec import fec_books, fec_expected, fec_lines
from fund.statements.document import Language
from ledger.errors import LedgerError
from ledger.fec.checking import check
from ledger.fec.fields import EXTRA_HEADER
from ledger.fec.names import file_name, is_siren
from ledger.fec.writing import write

_IN_MEMORY: Final = 8 * 2**20
_PIECE: Final = 2**20

_ABSENT: Final[dict[str, dict[Language, str]]] = {
    "siren": {
        "fr": "Pas de FEC : le fonds n’a pas de numéro SIREN valable, que porte le nom du fichier.",
        "en": "No FEC: the fund has no valid SIREN number, which the name of the file holds.",
    },
    "before": {
        "fr": "Pas de FEC : l’exercice précédent, {code}, n’est pas clos ; les à-nouveaux manquent.",
        "en": "No FEC: the year before, {code}, is not closed; the opening entries are missing.",
    },
}


def fec_files(fund: Fund, year: FiscalYear, language: Language) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The file of the year, or one that says why there is none."""
    before = year_before(fund, year)
    if not is_siren(fund.siren):
        yield _absent(_ABSENT["siren"][language])
    elif before is not None and before.state != "closed":
        yield _absent(_ABSENT["before"][language].format(code=before.code))
    else:
        yield from _made(fund, year, language)


def _made(fund: Fund, year: FiscalYear, language: Language) -> Iterator[tuple[str, Iterator[bytes]]]:
    name = file_name(fund.siren, year.last)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as out:
        try:
            write(out, fec_lines(fec_books(fund, year)), extra=EXTRA_HEADER)  # type: ignore[arg-type]
            # On no day of its own: the same books give the same pack.
            expected = fec_expected(fund, year, year_accounts(fund, year), exported_on=date.max)
            report = check(out, name, expected)  # type: ignore[arg-type]
        except (FundError, LedgerError) as refused:
            yield _absent(refused.sentence(language))
            return
        if report.is_accepted:
            out.seek(0)
            yield f"fec/{name}", _pieces(out)
        else:
            faults = (each.sentence(language) for each in report.findings if each.is_error)
            yield _absent("\n".join([report.verdict(language), *faults]))


def _absent(why: str) -> tuple[str, Iterator[bytes]]:
    return "fec/refused.txt", iter([f"{why}\n".encode()])


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
