"""The refusals of whoever writes statements into a folder."""

from __future__ import annotations

from collections.abc import Mapping

from fund.errors import FundError


class FolderNotWritable(FundError):
    """The folder for the statements cannot be made."""

    code = "folder_not_writable"
    en = "The folder {folder} cannot be written ({why}): give another, or free it."
    fr = "Le dossier {folder} ne peut pas être écrit ({why}) : donnez-en un autre, ou libérez-le."


class PaperTooLong(FundError):
    """A statement has more lines than anybody reads on paper; its other files hold them all."""

    code = "paper_too_long"
    en = (
        "“{title}” has {lines} lines, more than the {most} that a PDF takes: take its CSV file or its workbook, or ask "
        "for an earlier day."
    )
    fr = (
        "« {title} » compte {lines} lignes, plus que les {most} qu’un PDF accepte : prenez le fichier CSV ou le "
        "classeur, ou demandez un jour antérieur."
    )

    def __init__(self, *, title: str, lines: int, most: int) -> None:
        super().__init__(title=title, lines=lines, most=most)


class StatementsNotWritten(FundError):
    """Some statements of a year could not be written; the others are there."""

    code = "statements_not_written"
    en = "{written} files are written; these statements could not be: {told}."
    fr = "{written} fichiers sont écrits ; ces relevés n’ont pas pu l’être : {told}."

    def __init__(self, *, failed: Mapping[str, str], written: int) -> None:
        self.failed, self.written = dict(failed), written
        super().__init__(written=written, told="; ".join(f"{name}: {why}" for name, why in failed.items()))
