"""The refusals of the ledger: each has a code that never changes and a sentence with its figures.

`str(refusal)` is the English sentence; `refusal.sentence("fr")` the French one. The facts of the sentence
are attributes of the refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.words import fields_in_french, in_french


class LedgerError(Exception):
    """The ledger refuses; `code` is stable and stored in logs, the sentence is for people."""

    code = "ledger_error"
    en = "The ledger refuses."
    fr = "Les comptes refusent."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.facts)

    def sentence(self, language: str = "en") -> str:
        """What is wrong and how to mend it, in French or English."""
        if language == "fr":
            facts = {name: in_french(said) for name, said in self.facts.items()}
            if "differing" in facts:
                facts["differing"] = fields_in_french(self.facts["differing"])
            return self.fr.format(**facts)
        return self.en.format(**self.facts)


def _rebuilt(kind: type[LedgerError], facts: dict[str, Any]) -> LedgerError:
    return kind(**facts)


# Amounts and units


class AmountInvalid(LedgerError):
    """A written amount is not an exact number of the unit's smallest part."""

    code = "amount_invalid"
    en = "“{text}” is not an amount: {why}."
    fr = "« {text} » n’est pas un montant : {why}."


class UnitsDiffer(LedgerError):
    """Amounts of two units are never added or compared."""

    code = "units_differ"
    en = "An amount in {left} and an amount in {right} cannot be put together."
    fr = "Un montant en {left} et un montant en {right} ne se mêlent pas."


class SplitImpossible(LedgerError):
    """There is nobody to share with, or no weight to share by."""

    code = "split_impossible"
    en = "The amount cannot be shared out: {why}."
    fr = "Le montant ne peut pas être réparti : {why}."


# An entry by itself, in the order in which it is examined


class EntryMalformed(LedgerError):
    """An entry, or a part of it, is no value of the ledger at all: a caller's mistake, said before anything is read."""

    code = "entry_malformed"
    en = "{what} of entry {reference} is of type {found}; it is made of {expected}."
    fr = "{what} de l’écriture {reference} est de type {found} ; il faut {expected}."


class TooFewLines(LedgerError):
    """An entry moves something from somewhere to somewhere else: two lines at least."""

    code = "too_few_lines"
    en = "Entry {reference} has {count} line(s); it needs two at least."
    fr = "L’écriture {reference} a {count} ligne(s) ; il en faut au moins deux."


class AmountZero(LedgerError):
    """A line of nothing says nothing."""

    code = "amount_zero"
    en = "Line {line} of entry {reference} is zero; leave it out."
    fr = "La ligne {line} de l’écriture {reference} est à zéro ; retirez-la."


class AmountOutOfRange(LedgerError):
    """Amounts, and the totals of an entry or an account, are whole numbers of minor units within ±2^62."""

    code = "amount_out_of_range"
    en = "{what} of entry {reference} is not a whole number of minor units within ±2^62."
    fr = "{what} de l’écriture {reference} n’est pas un nombre entier de plus petites unités entre ±2^62."


class EntryNotBalanced(LedgerError):
    """Debit and credit differ in a unit."""

    code = "entry_not_balanced"
    en = "Entry {reference} does not balance in {unit}: debit minus credit is {excess}."
    fr = "L’écriture {reference} n’est pas équilibrée en {unit} : débit moins crédit donne {excess}."


class CodeInvalid(LedgerError):
    """A code is a short word: no space, no colon, no invisible character."""

    code = "code_invalid"
    en = "{what} “{text}” is not a code: write 1 to {limit} characters without space, colon or invisible character."
    fr = "{what} « {text} » n’est pas un code : 1 à {limit} caractères sans espace, deux-points ni caractère invisible."


class TextInvalid(LedgerError):
    """A text of the books is one line of visible characters."""

    code = "text_invalid"
    en = "{what} is not one line of visible characters, or is too long or empty: “{text}”."
    fr = "{what} n’est pas une ligne de caractères visibles, ou bien est vide ou trop long : « {text} »."


class DateInvalid(LedgerError):
    """A date of the books is a calendar date."""

    code = "date_invalid"
    en = "{what} is not a calendar date: {text}."
    fr = "{what} n’est pas une date du calendrier : {text}."


class DocumentHashInvalid(LedgerError):
    """The fingerprint of a document is the SHA-256 of its file, 64 hexadecimal digits."""

    code = "document_hash_invalid"
    en = "The document of entry {reference} has no SHA-256 of 64 lower-case hexadecimal digits."
    fr = "La pièce de l’écriture {reference} n’a pas d’empreinte SHA-256 de 64 chiffres hexadécimaux minuscules."


class ExchangeInvalid(LedgerError):
    """An exchange names two different units of the entry and a positive rate."""

    code = "exchange_invalid"
    en = "The exchange of entry {reference} needs two different units that its lines move, and a positive rate."
    fr = "Le change de l’écriture {reference} demande deux unités différentes de ses lignes et un taux positif."


# An entry and the books


class BookUnknown(LedgerError):
    """No book has this slug."""

    code = "book_unknown"
    en = "There is no book “{book}”; open it first."
    fr = "Il n’y a pas de livre « {book} » ; ouvrez-le d’abord."


class ReferenceConflict(LedgerError):
    """The reference was posted with other contents."""

    code = "reference_conflict"
    en = "Entry {reference} is already posted with other contents ({differing}); take another reference or reverse it."
    fr = (
        "L’écriture {reference} est déjà passée avec un autre contenu ({differing}) ; "
        "prenez une autre référence ou extournez-la."
    )


class EntryUnknown(LedgerError):
    """No entry has this reference."""

    code = "entry_unknown"
    en = "There is no entry {reference} in book “{book}”."
    fr = "Il n’y a pas d’écriture {reference} dans le livre « {book} »."


class JournalUnknown(LedgerError):
    """The book has no journal of this code."""

    code = "journal_unknown"
    en = "Book “{book}” has no journal {journal}; open it first."
    fr = "Le livre « {book} » n’a pas de journal {journal} ; ouvrez-le d’abord."


class UnitUnknown(LedgerError):
    """The unit is none that the books know, or not as they know it."""

    code = "unit_unknown"
    en = "The books know no unit {unit} with {scale} decimals."
    fr = "Les comptes ne connaissent pas d’unité {unit} à {scale} décimales."


class AccountUnknown(LedgerError):
    """Nothing was ever posted to this account."""

    code = "account_unknown"
    en = "Book “{book}” has no account {account} in {unit}."
    fr = "Le livre « {book} » n’a pas de compte {account} en {unit}."


class AccountClosed(LedgerError):
    """The account takes no more postings."""

    code = "account_closed"
    en = "Account {account} is closed; entry {reference} cannot move it."
    fr = "Le compte {account} est clos ; l’écriture {reference} ne peut pas le mouvementer."


class AccountNotEmpty(LedgerError):
    """An account is closed when nothing is left on it."""

    code = "account_not_empty"
    en = "Account {account} still holds {balance}; bring it to zero before closing it."
    fr = "Le compte {account} porte encore {balance} ; soldez-le avant de le clore."


class NoPeriodForDate(LedgerError):
    """No fiscal year of the book holds the date."""

    code = "no_period_for_date"
    en = "No fiscal year of book “{book}” holds {on}; open one first."
    fr = "Aucun exercice du livre « {book} » ne contient le {on} ; ouvrez-en un d’abord."


class PeriodLocked(LedgerError):
    """The period of the date is locked for now."""

    code = "period_locked"
    en = "The period from {first} to {last} is locked; unlock it or date entry {reference} in an open one."
    fr = "La période du {first} au {last} est verrouillée ; déverrouillez-la ou datez {reference} dans une autre."


class PeriodClosed(LedgerError):
    """The period is closed for ever."""

    code = "period_closed"
    en = "The period from {first} to {last} is closed for ever; date {reference} in an open one."
    fr = "La période du {first} au {last} est close définitivement ; datez {reference} dans une autre."


class LimitPassed(LedgerError):
    """The account would leave the limits that were set for it."""

    code = "limit_passed"
    en = "Entry {reference} would bring account {account} to {balance}, beyond its limit of {bound}."
    fr = "L’écriture {reference} porterait le compte {account} à {balance}, au-delà de sa limite ({bound})."


class ReversalUnknown(LedgerError):
    """The entry to undo does not exist."""

    code = "reversal_unknown"
    en = "Entry {reference} reverses {reverses}, which is not posted."
    fr = "L’écriture {reference} extourne {reverses}, qui n’est pas passée."


class ReversalOfReversal(LedgerError):
    """A reversal is not reversed: the first facts are posted again instead."""

    code = "reversal_of_reversal"
    en = "Entry {reverses} is a reversal itself; post the facts again instead of reversing it by {reference}."
    fr = "L’écriture {reverses} est elle-même une extourne ; repassez les faits au lieu de l’extourner par {reference}."


class AlreadyReversed(LedgerError):
    """An entry is undone once."""

    code = "already_reversed"
    en = "Entry {reverses} is already reversed by {by}; {reference} cannot reverse it again."
    fr = "L’écriture {reverses} est déjà extournée par {by} ; {reference} ne peut pas l’extourner de nouveau."


class ReversalNotExact(LedgerError):
    """A reversal turns every line of the entry, in order, and nothing else."""

    code = "reversal_not_exact"
    en = "Entry {reference} does not reverse {reverses} line by line."
    fr = "L’écriture {reference} n’extourne pas {reverses} ligne à ligne."


class EntriesRefused(LedgerError):
    """Some entries of a batch are refused, so none is posted; `faults` holds each refusal, in order."""

    code = "entries_refused"
    en = "{count} of {total} entries are refused and none is posted. First: {first}"
    fr = "{count} écritures sur {total} sont refusées et aucune n’est passée. La première : {first}"

    def __init__(self, *, faults: Sequence[LedgerError], total: int) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults), total=total, first=str(self.faults[0]))

    def __reduce__(self) -> tuple[Any, ...]:
        return _refused, (self.faults, self.facts["total"])

    def sentence(self, language: str = "en") -> str:
        self.facts["first"] = self.faults[0].sentence(language)
        return super().sentence(language)


def _refused(faults: Sequence[LedgerError], total: int) -> EntriesRefused:
    return EntriesRefused(faults=faults, total=total)


# The books themselves


class BookConflict(LedgerError):
    """The book, year or journal exists with other contents."""

    code = "book_conflict"
    en = "{what} “{name}” already exists with other contents ({differing})."
    fr = "{what} « {name} » existe déjà avec un autre contenu ({differing})."


class SpanInvalid(LedgerError):
    """A fiscal year lasts from its first day to its last, two years at most, beside the others."""

    code = "span_invalid"
    en = "The fiscal year {fiscal_year} from {first} to {last} cannot be opened: {why}."
    fr = "L’exercice {fiscal_year} du {first} au {last} ne peut pas être ouvert : {why}."


class PeriodUnknown(LedgerError):
    """No period starts on this day."""

    code = "period_unknown"
    en = "Book “{book}” has no period that holds {on}."
    fr = "Le livre « {book} » n’a pas de période qui contient le {on}."


class LimitsInvalid(LedgerError):
    """A floor lies below its ceiling, and both within the range of amounts."""

    code = "limits_invalid"
    en = "The limits of account {account} ({floor} to {ceiling}) exclude each other or its balance of {balance}."
    fr = "Les limites du compte {account} ({floor} à {ceiling}) s’excluent, ou excluent son solde de {balance}."


class LetteringRefused(LedgerError):
    """The postings cannot be lettered together, or the lettering does not exist."""

    code = "lettering_refused"
    en = "Lettering {lettering} of account {account} is refused: {why}."
    fr = "Le lettrage {lettering} du compte {account} est refusé : {why}."


class LabelErased(LedgerError):
    """The words of an entry are erased once."""

    code = "label_erased"
    en = "The label of entry {reference} is already erased."
    fr = "Le libellé de l’écriture {reference} est déjà effacé."


class ReadOnly(LedgerError):
    """Rows of the books are written by `ledger.posting` alone."""

    code = "read_only"
    en = "{table} is only read through Django; `ledger.posting` writes the books."
    fr = "{table} ne se modifie pas par Django ; seul `ledger.posting` écrit les comptes."


class GuardsMissing(LedgerError):
    """The database does not hold the ledger's own rules, so nothing is posted."""

    code = "guards_missing"
    en = "The guards of the database are not as shipped ({missing}); run `python manage.py migrate` before posting."
    fr = "Les gardes de la base ne sont pas conformes ({missing}) ; lancez `python manage.py migrate` avant d’écrire."


class GuardRefused(LedgerError):
    """A rule of the database itself refused the write."""

    code = "guard_refused"
    en = "The database refuses the write: {rule}."
    fr = "La base refuse l’écriture : {rule}."


class LedgerBusy(LedgerError):
    """Another writer of the same book came first, again and again."""

    code = "ledger_busy"
    en = "The book is being written by somebody else; nothing was posted, try again."
    fr = "Le livre est en cours d’écriture par ailleurs ; rien n’a été passé, recommencez."
