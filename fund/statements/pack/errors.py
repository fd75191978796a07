"""The refusals of whoever makes an audit pack."""

from __future__ import annotations

from fund.errors import FundError


class PackYearUnknown(FundError):
    """The fund has no fiscal year of this name."""

    code = "pack_year_unknown"
    en = "The fund “{fund}” has no fiscal year {year}; its fiscal years are: {known}."
    fr = "Le fonds « {fund} » n’a pas d’exercice {year} ; ses exercices sont : {known}."

    def __init__(self, *, fund: str, year: int, known: str) -> None:
        super().__init__(fund=fund, year=year, known=known or "–")


class PackStatementFailed(FundError):
    """A statement of the year could not be made, so that there is no pack without it."""

    code = "pack_statement_failed"
    en = "The statement {name} could not be made, and there is no pack without it: {why}."
    fr = "L’état {name} n’a pas pu être établi, et il n’y a pas de dossier sans lui : {why}."

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(name=name, why=why.rstrip("."))


class PackNotWritable(FundError):
    """The file for the pack cannot be written."""

    code = "pack_not_writable"
    en = "The file {file} cannot be written ({why}): give another, or free it."
    fr = "Le fichier {file} ne peut pas être écrit ({why}) : donnez-en un autre, ou libérez-le."

    def __init__(self, *, file: object, why: str) -> None:
        super().__init__(file=file, why=why)
