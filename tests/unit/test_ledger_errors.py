"""Every refusal of the ledger, by its class and its stable code, in English and French with its figures filled in."""

from __future__ import annotations

import pickle

import pytest

from ledger import errors
from ledger.errors import AmountZero, EntriesRefused, LedgerError, PeriodLocked, UnitsDiffer

# Class, code and facts; the English sentence; the French one.
REFUSALS = r"""
AmountInvalid amount_invalid text=12,50; why=it is larger than the books can hold
  “12,50” is not an amount: it is larger than the books can hold.
  « 12,50 » n’est pas un montant : il dépasse ce que les comptes peuvent contenir.
UnitsDiffer units_differ left=EUR; right=HOUR
  An amount in EUR and an amount in HOUR cannot be put together.
  Un montant en EUR et un montant en HOUR ne se mêlent pas.
SplitImpossible split_impossible why=a weight is negative
  The amount cannot be shared out: a weight is negative.
  Le montant ne peut pas être réparti : un poids est négatif.
EntryMalformed entry_malformed what=Line 1; reference=A1; found=str; expected=ledger.journal.Line
  Line 1 of entry A1 is of type str; it is made of ledger.journal.Line.
  La ligne 1 de l’écriture A1 est de type str ; il faut ledger.journal.Line.
TooFewLines too_few_lines reference=A1; count=1
  Entry A1 has 1 line(s); it needs two at least.
  L’écriture A1 a 1 ligne(s) ; il en faut au moins deux.
AmountZero amount_zero reference=A1; line=2
  Line 2 of entry A1 is zero; leave it out.
  La ligne 2 de l’écriture A1 est à zéro ; retirez-la.
AmountOutOfRange amount_out_of_range reference=A1; what=Line 2
  Line 2 of entry A1 is not a whole number of minor units within ±2^62.
  La ligne 2 de l’écriture A1 n’est pas un nombre entier de plus petites unités entre ±2^62.
EntryNotBalanced entry_not_balanced reference=A1; unit=EUR; excess=0.01 EUR
  Entry A1 does not balance in EUR: debit minus credit is 0.01 EUR.
  L’écriture A1 n’est pas équilibrée en EUR : débit moins crédit donne 0.01 EUR.
CodeInvalid code_invalid what=The journal; text=B Q; limit=20
  The journal “B Q” is not a code: write 1 to 20 characters without space, colon or invisible character.
  Le journal « B Q » n’est pas un code : 1 à 20 caractères sans espace, deux-points ni caractère invisible.
TextInvalid text_invalid what=The label; text=a\tb
  The label is not one line of visible characters, or is too long or empty: “a\tb”.
  Le libellé n’est pas une ligne de caractères visibles, ou bien est vide ou trop long : « a\tb ».
DateInvalid date_invalid what=The validation date; text=2026-02-30
  The validation date is not a calendar date: 2026-02-30.
  La date de validation n’est pas une date du calendrier : 2026-02-30.
DocumentHashInvalid document_hash_invalid reference=A1
  The document of entry A1 has no SHA-256 of 64 lower-case hexadecimal digits.
  La pièce de l’écriture A1 n’a pas d’empreinte SHA-256 de 64 chiffres hexadécimaux minuscules.
ExchangeInvalid exchange_invalid reference=A1
  The exchange of entry A1 needs two different units that its lines move, and a positive rate.
  Le change de l’écriture A1 demande deux unités différentes de ses lignes et un taux positif.
BookUnknown book_unknown book=nowhere
  There is no book “nowhere”; open it first.
  Il n’y a pas de livre « nowhere » ; ouvrez-le d’abord.
ReferenceConflict reference_conflict reference=A1; differing=label, lines
  Entry A1 is already posted with other contents (label, lines); take another reference or reverse it.
  L’écriture A1 est déjà passée avec un autre contenu (libellé, lignes) ; prenez une autre référence ou extournez-la.
EntryUnknown entry_unknown reference=A404; book=alpha
  There is no entry A404 in book “alpha”.
  Il n’y a pas d’écriture A404 dans le livre « alpha ».
JournalUnknown journal_unknown book=alpha; journal=ZZ
  Book “alpha” has no journal ZZ; open it first.
  Le livre « alpha » n’a pas de journal ZZ ; ouvrez-le d’abord.
UnitUnknown unit_unknown unit=EUR; scale=3
  The books know no unit EUR with 3 decimals.
  Les comptes ne connaissent pas d’unité EUR à 3 décimales.
AccountUnknown account_unknown book=alpha; account=411:M99; unit=EUR
  Book “alpha” has no account 411:M99 in EUR.
  Le livre « alpha » n’a pas de compte 411:M99 en EUR.
AccountClosed account_closed account=471; reference=A1
  Account 471 is closed; entry A1 cannot move it.
  Le compte 471 est clos ; l’écriture A1 ne peut pas le mouvementer.
AccountNotEmpty account_not_empty account=471; balance=5.00 EUR
  Account 471 still holds 5.00 EUR; bring it to zero before closing it.
  Le compte 471 porte encore 5.00 EUR ; soldez-le avant de le clore.
NoPeriodForDate no_period_for_date book=alpha; on=2025-12-31
  No fiscal year of book “alpha” holds 2025-12-31; open one first.
  Aucun exercice du livre « alpha » ne contient le 2025-12-31 ; ouvrez-en un d’abord.
PeriodLocked period_locked first=2026-02-01; last=2026-02-28; reference=A1
  The period from 2026-02-01 to 2026-02-28 is locked; unlock it or date entry A1 in an open one.
  La période du 2026-02-01 au 2026-02-28 est verrouillée ; déverrouillez-la ou datez A1 dans une autre.
PeriodClosed period_closed first=2026-03-01; last=2026-03-31; reference=A1
  The period from 2026-03-01 to 2026-03-31 is closed for ever; date A1 in an open one.
  La période du 2026-03-01 au 2026-03-31 est close définitivement ; datez A1 dans une autre.
LimitPassed limit_passed reference=A1; account=530; balance=-1.00 EUR; bound=0.00 EUR
  Entry A1 would bring account 530 to -1.00 EUR, beyond its limit of 0.00 EUR.
  L’écriture A1 porterait le compte 530 à -1.00 EUR, au-delà de sa limite (0.00 EUR).
ReversalUnknown reversal_unknown reference=X1; reverses=A404
  Entry X1 reverses A404, which is not posted.
  L’écriture X1 extourne A404, qui n’est pas passée.
ReversalOfReversal reversal_of_reversal reference=X2; reverses=X1
  Entry X1 is a reversal itself; post the facts again instead of reversing it by X2.
  L’écriture X1 est elle-même une extourne ; repassez les faits au lieu de l’extourner par X2.
AlreadyReversed already_reversed reference=X2; reverses=A1; by=X1
  Entry A1 is already reversed by X1; X2 cannot reverse it again.
  L’écriture A1 est déjà extournée par X1 ; X2 ne peut pas l’extourner de nouveau.
ReversalNotExact reversal_not_exact reference=X1; reverses=A1
  Entry X1 does not reverse A1 line by line.
  L’écriture X1 n’extourne pas A1 ligne à ligne.
BookConflict book_conflict what=The journal; name=BQ; differing=label
  The journal “BQ” already exists with other contents (label).
  Le journal « BQ » existe déjà avec un autre contenu (libellé).
SpanInvalid span_invalid fiscal_year=2027; first=2027-01-01; last=2026-01-01; why=it ends before it begins
  The fiscal year 2027 from 2027-01-01 to 2026-01-01 cannot be opened: it ends before it begins.
  L’exercice 2027 du 2027-01-01 au 2026-01-01 ne peut pas être ouvert : il finit avant de commencer.
PeriodUnknown period_unknown book=alpha; on=2030-01-01
  Book “alpha” has no period that holds 2030-01-01.
  Le livre « alpha » n’a pas de période qui contient le 2030-01-01.
LimitsInvalid limits_invalid account=530; floor=0.00 EUR; ceiling=9.00 EUR; balance=10.00 EUR
  The limits of account 530 (0.00 EUR to 9.00 EUR) exclude each other or its balance of 10.00 EUR.
  Les limites du compte 530 (0.00 EUR à 9.00 EUR) s’excluent, ou excluent son solde de 10.00 EUR.
LetteringRefused lettering_refused lettering=AA; account=411:M01; why=its postings leave 1.00 EUR
  Lettering AA of account 411:M01 is refused: its postings leave 1.00 EUR.
  Le lettrage AA du compte 411:M01 est refusé : ses lignes laissent 1.00 EUR.
LabelErased label_erased reference=A1
  The label of entry A1 is already erased.
  Le libellé de l’écriture A1 est déjà effacé.
ReadOnly read_only table=ledger_entry
  ledger_entry is only read through Django; `ledger.posting` writes the books.
  ledger_entry ne se modifie pas par Django ; seul `ledger.posting` écrit les comptes.
GuardsMissing guards_missing missing=ledger_never_deleted
  The guards of the database are not as shipped (ledger_never_deleted); run `python manage.py migrate` before posting.
  Les gardes de la base ne sont pas conformes (ledger_never_deleted) ; lancez `python manage.py migrate` avant d’écrire.
GuardRefused guard_refused rule=ledger_posting_has_amount
  The database refuses the write: ledger_posting_has_amount.
  La base refuse l’écriture : ledger_posting_has_amount.
LedgerBusy ledger_busy
  The book is being written by somebody else; nothing was posted, try again.
  Le livre est en cours d’écriture par ailleurs ; rien n’a été passé, recommencez.
"""


def blocks() -> list[tuple[str, str, dict[str, str], str, str]]:
    lines = REFUSALS.strip().splitlines()
    found = []
    for head, english, french in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        name, code, *said = head.split(None, 2)
        facts = dict(fact.split("=", 1) for fact in said[0].split("; ")) if said else {}
        found.append((name, code, facts, english.strip(), french.strip()))
    return found


@pytest.mark.parametrize(("name", "code", "facts", "english", "french"), blocks())
def test_a_refusal_says_what_is_wrong_in_both_languages(
    name: str, code: str, facts: dict[str, str], english: str, french: str
) -> None:
    refusal = getattr(errors, name)(**facts)
    assert refusal.code == code
    assert (str(refusal), refusal.sentence(), refusal.sentence("en")) == (english, english, english)
    assert refusal.sentence("fr") == french
    assert {fact: getattr(refusal, fact) for fact in facts} == facts


def test_the_table_holds_every_refusal() -> None:
    raised = {kind.__name__ for kind in LedgerError.__subclasses__() if kind.__module__ == "ledger.errors"}
    assert {name for name, *_ in blocks()} == raised - {"EntriesRefused"}


def test_a_refusal_without_a_name_is_a_refusal_all_the_same() -> None:
    refusal = LedgerError()
    assert (refusal.code, str(refusal)) == ("ledger_error", "The ledger refuses.")
    assert refusal.sentence("fr") == "Les comptes refusent."


def test_a_fact_that_was_not_said_is_no_attribute() -> None:
    refusal = UnitsDiffer(left="EUR", right="HOUR")
    with pytest.raises(AttributeError, match=r"^nothing$"):
        _ = refusal.nothing
    assert not hasattr(refusal, "facts_of_it")


def test_a_refusal_survives_the_way_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(UnitsDiffer(left="EUR", right="HOUR")))
    assert type(sent) is UnitsDiffer
    assert sent.facts == {"left": "EUR", "right": "HOUR"}
    assert str(sent) == "An amount in EUR and an amount in HOUR cannot be put together."


FAULTS = (
    AmountZero(reference="B2", line=1),
    PeriodLocked(first="2026-02-01", last="2026-02-28", reference="B4"),
)


def test_a_batch_lists_its_refusals_and_says_the_first() -> None:
    refusal = EntriesRefused(faults=FAULTS, total=5)
    assert (refusal.code, refusal.faults, refusal.count, refusal.total) == ("entries_refused", FAULTS, 2, 5)
    english = "2 of 5 entries are refused and none is posted. First: Line 1 of entry B2 is zero; leave it out."
    assert (str(refusal), refusal.sentence(), refusal.sentence("en")) == (english, english, english)
    assert refusal.sentence("fr") == (
        "2 écritures sur 5 sont refusées et aucune n’est passée. "
        "La première : La ligne 1 de l’écriture B2 est à zéro ; retirez-la."
    )
    assert refusal.sentence("en") == english  # also after it was said in French


def test_a_refused_batch_survives_the_way_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(EntriesRefused(faults=FAULTS, total=5)))
    assert type(sent) is EntriesRefused
    assert [fault.reference for fault in sent.faults] == ["B2", "B4"]
    assert (sent.count, sent.total, str(sent)) == (2, 5, str(EntriesRefused(faults=FAULTS, total=5)))
