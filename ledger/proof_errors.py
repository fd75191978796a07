"""Why something of a book cannot be proved: refusals of `ledger.proofs`."""

from __future__ import annotations

from ledger.errors import LedgerError


class CheckpointBeyondBook(LedgerError):
    """A checkpoint counts entries that the book has."""

    code = "checkpoint_beyond_book"
    en = "Book “{book}” has no end at {entries} entries: it holds {held}; give a number from 0 to {held}."
    fr = (
        "Le livre « {book} » ne peut pas être vu à {entries} écritures : il en contient {held} ; "
        "donnez un nombre de 0 à {held}."
    )


class EntryAfterCheckpoint(LedgerError):
    """An entry is proved against a checkpoint that was made after it."""

    code = "entry_after_checkpoint"
    en = (
        "Entry {reference} is number {position} of the book, after a checkpoint of {entries} entries; take a later one."
    )
    fr = (
        "L’écriture {reference} porte le rang {position}, après un point de contrôle de {entries} écritures ; "
        "prenez-en un plus récent."
    )


class EntryMissing(LedgerError):
    """Nothing is proved of a book from which somebody took an entry."""

    code = "entry_missing"
    en = "Entry {position} of book “{book}” is missing, so nothing can be proved; run `python manage.py verify`."
    fr = (
        "L’écriture {position} du livre « {book} » manque, donc rien ne peut être prouvé ; "
        "lancez `python manage.py verify`."
    )
