"""What `verify` may find, kind by kind, in English and French with its figures filled in."""

from __future__ import annotations

import pytest

from ledger.faults import SENTENCES, Fault, Findings

# Kind and facts; the English sentence; the French one.
FOUND = """
guards difference=ledger_never_deleted missing
  Guard ledger_never_deleted missing.
  Garde : ledger_never_deleted missing.
unreadable part=entries; error=ValueError
  The rows of the books cannot be read (entries: ValueError).
  Les lignes des comptes ne se lisent pas (entries : ValueError).
row reference=A4; position=4; why=a word is missing
  Entry A4, number 4 of the book, cannot be read: a word is missing.
  L’écriture A4, numéro 4 du livre, ne se lit pas : a word is missing.
place reference=A4
  Entry A4 says that it belongs to another book.
  L’écriture A4 se dit d’un autre livre.
gap missing=3; reference=A4; position=4
  Entry 3 of the book is missing; A4 is number 4.
  L’écriture 3 du livre manque ; A4 porte le rang 4.
numbering reference=A4; number=7; journal=BQ; fiscal_year=2026; expected=6
  Entry A4 has number 7 in journal BQ 2026, not 6.
  L’écriture A4 a le numéro 7 au journal BQ 2026, et non 6.
balance reference=A4; total=1; unit=EUR
  Entry A4 sums to 1 minor units of EUR instead of zero.
  L’écriture A4 laisse 1 plus petites unités de EUR au lieu de zéro.
leaf reference=A4
  Entry A4 is not what was posted: its contents do not give its hash.
  L’écriture A4 n’est plus celle qui a été passée : son contenu ne donne pas son empreinte.
period-date reference=A4; on=2025-12-31
  Entry A4 is dated 2025-12-31, outside its fiscal year.
  L’écriture A4 est datée du 2025-12-31, hors de son exercice.
reversal reference=A4; reverses=A1
  Entry A4 does not reverse A1 once and line by line.
  L’écriture A4 n’extourne pas A1 une seule fois et ligne à ligne.
unsealed reference=A4
  Entry A4 stands after the head of the book, without a seal.
  L’écriture A4 se trouve après la tête du livre, sans sceau.
lines reference=A4; posting=9
  The lines of entry A4 do not begin at posting 9, where those before it end.
  Les lignes de l’écriture A4 ne commencent pas à la ligne 9, où finissent les précédentes.
posting posting=17
  Posting 17 is missing, or does not belong to the entry or the day that it names.
  La ligne 17 manque, ou n’appartient pas à l’écriture ou au jour qu’elle nomme.
entry-seal reference=A4
  Entry A4 is not among those that its seal counts.
  L’écriture A4 n’est pas de celles que compte son sceau.
label reference=A4
  The words of entry A4 are missing without an erasure, or there in spite of one.
  Le libellé de l’écriture A4 manque sans effacement, ou demeure malgré lui.
seal-gap seal=5
  Seal 5 is missing.
  Le sceau 5 manque.
seal seal=5
  Seal 5 does not count the entries and postings that carry it.
  Le sceau 5 ne compte pas les écritures et les lignes qui le portent.
chain seal=5
  Seal 5 breaks the chain: it does not follow the one before it, or is not the hash of its entries.
  Le sceau 5 rompt la chaîne : il ne suit pas le précédent, ou n’est pas l’empreinte de ses écritures.
no-head book=alpha
  Book “alpha” has no head: the row that says where it ends is gone.
  Le livre « alpha » n’a pas de tête : la ligne qui dit où il finit a disparu.
head seal=5
  The head of the book is not where its last seal, number 5, ends.
  La tête du livre n’est pas là où finit son dernier sceau, le numéro 5.
unit unit=EUR; scale=0; kind=money
  Unit EUR is kept with 0 decimals as “money”; its code means another unit, so amounts changed.
  L’unité EUR est tenue avec 0 décimales comme « money » ; son code dit autre chose : les montants ont changé.
account-gap number=3
  Account number 3 of the book is missing.
  Le compte numéro 3 du livre manque.
account-closed account=411:M01; amount=500
  Account 411:M01 is closed and still holds 500 minor units.
  Le compte 411:M01 est clos et porte encore 500 plus petites unités.
account account=411:M01
  Account 411:M01 is not made of its parts, or is named by postings and does not exist.
  Le compte 411:M01 n’est pas fait de ses parties, ou des lignes le nomment sans qu’il existe.
stored-balance account=411:M01
  The balance of account 411:M01 is not the sum of its postings.
  Le solde du compte 411:M01 n’est pas la somme de ses lignes.
last-seal account=411:M01
  The balance of account 411:M01 does not name the seal that moved it last.
  Le solde du compte 411:M01 ne nomme pas le sceau qui l’a fait bouger en dernier.
limit account=411:M01
  Account 411:M01 is beyond its limits.
  Le compte 411:M01 est hors de ses limites.
period-state first=2026-02-01; state=open
  The period from 2026-02-01 is open, and its log says otherwise.
  La période du 2026-02-01 est « open », et son journal dit autre chose.
period-log first=2026-02-01; act=unlock; state=open
  The log of the period from 2026-02-01 tells what cannot happen: “unlock” when it is open.
  Le journal de la période du 2026-02-01 dit ce qui ne se peut : « unlock » quand elle est « open ».
period-gap fiscal_year=2026; on=2026-03-01
  No period of fiscal year 2026 holds 2026-03-01.
  Aucune période de l’exercice 2026 ne contient le 2026-03-01.
period-span first=2026-02-01; next=2026-02-20
  The period from 2026-02-01 does not end before the one from 2026-02-20 begins.
  La période du 2026-02-01 ne finit pas avant que commence celle du 2026-02-20.
year-span fiscal_year=2026
  Fiscal year 2026 meets the one before it, or its periods do not fill it with days that can be read.
  L’exercice 2026 rencontre le précédent, ou ses périodes ne le remplissent pas de jours lisibles.
lettering-log act=undone; lettering=AA; account=411:M01
  The log of letterings tells what cannot happen: “undone” of AA in account 411:M01.
  Le journal des lettrages dit ce qui ne se peut : « undone » de AA au compte 411:M01.
lettering lettering=AA
  Lettering AA is not what its log says, or does not settle one account.
  Le lettrage AA n’est pas ce que dit son journal, ou ne solde pas un seul compte.
roll-up account=411:M01; on=2026-01-10
  The roll-up of account 411:M01 on 2026-01-10 is not the sum of its postings; rebuild it.
  Le cumul du compte 411:M01 au 2026-01-10 n’est pas la somme de ses lignes ; recalculez-le.
roll-up-mark posting=9; last=7
  The roll-up says it covers the book up to posting 9; the book ends at 7. Rebuild it.
  Le cumul dit couvrir le livre jusqu’à la ligne 9 ; le livre finit à 7. Recalculez-le.
tree index=3; level=8
  Node 3 of level 8 in the stored tree is not the hash of its entries.
  Le nœud 3 de niveau 8 de l’arbre conservé n’est pas l’empreinte de ses écritures.
checkpoint file=may.txt; entries=12; seals=5
  The book is not the one that was published in may.txt: at 12 entries under 5 seals it differs.
  Le livre n’est pas celui qui a été publié dans may.txt : à 12 écritures sous 5 sceaux, il est autre.
cut-off file=may.txt; entries=12; seals=5
  The book was published in may.txt with 12 entries under 5 seals, and ends before them.
  Le livre a été publié dans may.txt avec 12 écritures sous 5 sceaux, et finit avant.
unit-sum unit=EUR; total=1
  All postings in EUR sum to 1 minor units instead of zero.
  L’ensemble des lignes en EUR laisse 1 plus petites unités au lieu de zéro.
"""


def blocks() -> list[tuple[str, dict[str, str], str, str]]:
    lines = FOUND.strip().splitlines()
    found = []
    for head, english, french in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        kind, said = head.split(None, 1)
        facts = dict(fact.split("=", 1) for fact in said.split("; "))
        found.append((kind, facts, english.strip(), french.strip()))
    return found


@pytest.mark.parametrize(("kind", "facts", "english", "french"), blocks())
def test_a_fault_names_the_row_concerned_in_both_languages(
    kind: str, facts: dict[str, str], english: str, french: str
) -> None:
    fault = Fault(kind, facts)
    assert (fault.sentence(), fault.sentence("en")) == (english, english)
    assert fault.sentence("fr") == french


def test_the_table_holds_every_kind_of_fault() -> None:
    assert [kind for kind, *_ in blocks()] == list(SENTENCES)


def test_the_first_fault_of_each_kind_is_kept_in_the_order_met() -> None:
    findings = Findings()
    assert findings.faults == {}
    findings.note("leaf", reference="A4")
    findings.note("gap", missing=3, reference="A5", position=4)
    findings.note("leaf", reference="A9")
    assert list(findings.faults.values()) == [
        Fault("leaf", {"reference": "A4"}),
        Fault("gap", {"missing": 3, "reference": "A5", "position": 4}),
    ]
    assert list(findings.faults) == ["leaf", "gap"]


def test_two_verifications_share_nothing() -> None:
    first, second = Findings(), Findings()
    first.note("head", seal=1)
    assert second.faults == {}


def test_what_a_spoilt_row_holds_is_made_fit_to_be_shown() -> None:
    findings = Findings()
    findings.note("unit", unit="\x1b[2J\udcff\n" + "x" * 400, scale=2, kind="money")
    assert findings.faults["unit"].facts == {"unit": "◊[2J◊◊" + "x" * 294, "scale": 2, "kind": "money"}
