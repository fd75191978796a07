"""The refusals of the auditor's desk and of the bank's lines."""

from __future__ import annotations

from datetime import date

from fund.errors import FundError, ReasonedError


class AuditorAccessEndless(FundError):
    """An auditor is let in until a day."""

    code = "auditor_access_endless"
    en = "The access of {username} as auditor needs its last day: an auditor sees everything, for a time."
    fr = "L’accès de {username} comme auditeur demande son dernier jour : un auditeur voit tout, pour un temps."

    def __init__(self, *, username: str) -> None:
        super().__init__(username=username)


class AccessEndsBeforeItBegins(FundError):
    """The last day of an access comes on or after its first."""

    code = "access_ends_before_it_begins"
    en = "An access cannot end on {until}, before it begins on {on}."
    fr = "Un accès ne peut finir le {until}, avant de commencer le {on}."

    def __init__(self, *, on: date, until: date) -> None:
        super().__init__(on=on, until=until)


class SampleHasNoEntry(FundError):
    """A sample is drawn among entries, and the year has none that the plan asks for."""

    code = "sample_has_no_entry"
    en = "The year {year} has no entry with an amount on the accounts asked for: nothing can be drawn."
    fr = "L’exercice {year} n’a aucune écriture d’un montant sur les comptes demandés : rien ne peut être tiré."

    def __init__(self, *, year: str) -> None:
        super().__init__(year=year)


class TickInvalid(ReasonedError):
    """A tick lacks what makes it readable later."""

    code = "tick_invalid"
    en = "The tick is not kept: {why}."
    fr = "Le pointage n’est pas gardé : {pourquoi}."


class NoteInvalid(ReasonedError):
    """A note cannot be kept as it is."""

    code = "note_invalid"
    en = "The note is not kept: {why}."
    fr = "La note n’est pas gardée : {pourquoi}."


class NoteNotShared(FundError):
    """Only a note that is shared has answers."""

    code = "note_not_shared"
    en = "Note {number} is the auditors’ own: nobody answers it. Write a new one that is shared."
    fr = "La note {number} n’est qu’aux auditeurs : personne n’y répond. Écrivez-en une nouvelle, partagée."

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class NoteCorrected(FundError):
    """A note is corrected once; the next correction names that one."""

    code = "note_corrected"
    en = "Note {number} is corrected by note {by} already: correct that one."
    fr = "La note {number} est déjà corrigée par la note {by} : corrigez celle-là."

    def __init__(self, *, number: int, by: int) -> None:
        super().__init__(number=number, by=by)


class BankLineSettled(FundError):
    """A line of the bank is reconciled once."""

    code = "bank_line_settled"
    en = "Line {number} of the bank is already reconciled with {entries}: undo that first."
    fr = "La ligne {number} du relevé est déjà rapprochée de {entries} : défaites d’abord ce rapprochement."

    def __init__(self, *, number: int, entries: str) -> None:
        super().__init__(number=number, entries=entries)


class BankPostingTaken(FundError):
    """A posting is one line of the bank."""

    code = "bank_posting_taken"
    en = "Entry {entry} is already reconciled with line {number} of the bank."
    fr = "L’écriture {entry} est déjà rapprochée de la ligne {number} du relevé."

    def __init__(self, *, entry: str, number: int) -> None:
        super().__init__(entry=entry, number=number)


class BankPostingUnknown(FundError):
    """A line of the bank is reconciled with postings of its own account."""

    code = "bank_posting_unknown"
    en = "Posting {posting} is not on account {account}: it is no line of the bank."
    fr = "La ligne d’écriture {posting} n’est pas au compte {account} : ce n’est pas une ligne du relevé."

    def __init__(self, *, posting: int, account: str) -> None:
        super().__init__(posting=posting, account=account)


class BankAmountsDiffer(FundError):
    """A line of the bank and its postings are the same amount."""

    code = "bank_amounts_differ"
    en = "Line {number} of the bank is {line}, the entries chosen are {entries} together."
    fr = "La ligne {number} du relevé est de {line}, les écritures choisies font {entries} ensemble."

    def __init__(self, *, number: int, line: str, entries: str) -> None:
        super().__init__(number=number, line=line, entries=entries)


class BankLineOpen(FundError):
    """What was not reconciled cannot be undone."""

    code = "bank_line_open"
    en = "Line {number} of the bank is not reconciled: there is nothing to undo."
    fr = "La ligne {number} du relevé n’est pas rapprochée : il n’y a rien à défaire."

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class BankUndoingUnfounded(FundError):
    """Undoing a reconciliation says why."""

    code = "bank_undoing_unfounded"
    en = "The reconciliation of line {number} is undone for a reason: write it, on one line of {limit} characters."
    fr = (
        "Le rapprochement de la ligne {number} se défait pour une raison : écrivez-la, sur une ligne de {limit} signes."
    )

    def __init__(self, *, number: int, limit: int) -> None:
        super().__init__(number=number, limit=limit)


DESK_CONFLICTS = (BankLineSettled, BankPostingTaken, BankLineOpen, NoteCorrected)
"""Refusals for what is there already."""
