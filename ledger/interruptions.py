"""What may come between an act and its commit: refusals that say whether it is known that nothing was written.

Plain Python beside `errors.py`, which holds what is wrong with an act itself. `ledger.commits` raises these.
"""

from __future__ import annotations

from ledger.errors import LedgerError


class StorageFull(LedgerError):
    """The disk under the books has no room left; the commit was taken back whole."""

    code = "storage_full"
    en = "The disk of the books is full and nothing was posted; free some space, then send the same again."
    fr = "Le disque des comptes est plein et rien n’a été passé ; libérez de la place, puis renvoyez la même chose."


class ConnectionLost(LedgerError):
    """The database could not be reached, or broke off before the commit was asked for."""

    code = "connection_lost"
    en = "The database could not be reached or broke off before the commit; nothing was posted, send the same again."
    fr = "La base est injoignable ou a rompu avant la validation ; rien n’a été passé, renvoyez la même chose."


class OutcomeUnknown(LedgerError):
    """The connection broke while the commit was under way, so nobody knows yet whether it was written."""

    code = "outcome_unknown"
    en = (
        "The connection broke during the commit, so it is not known whether it was written; send the same again, "
        "entries under the same references: nothing is written twice."
    )
    fr = (
        "La connexion a rompu pendant la validation et l’on ne sait pas si elle a été écrite ; renvoyez la même chose, "
        "les écritures sous les mêmes références : rien n’est écrit deux fois."
    )


class DatabaseFailed(LedgerError):
    """The database gave up for a reason of its own, before the commit: a time limit, its memory, its disk."""

    code = "database_failed"
    en = "The database gave up and nothing was posted; it says: {said}."
    fr = "La base a renoncé et rien n’a été passé ; elle dit : {said}."
