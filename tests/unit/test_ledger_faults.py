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
posting posting=17
  Posting 17 does not belong to the entry that it names.
  La ligne 17 n’appartient pas à l’écriture qu’elle nomme.
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
head seal=5
  The head of the book is not where its last seal, number 5, ends.
  La tête du livre n’est pas là où finit son dernier sceau, le numéro 5.
account account=411:M01
  Account 411:M01 is not made of its parts, or is named by postings and does not exist.
  Le compte 411:M01 n’est pas fait de ses parties, ou des lignes le nomment sans qu’il existe.
stored-balance account=411:M01
  The balance of account 411:M01 is not the sum of its postings.
  Le solde du compte 411:M01 n’est pas la somme de ses lignes.
limit account=411:M01
  Account 411:M01 is beyond its limits.
  Le compte 411:M01 est hors de ses limites.
period-state first=2026-02-01; state=open
  The period from 2026-02-01 is open, and its log says otherwise.
  La période du 2026-02-01 est « open », et son journal dit autre chose.
period-span first=2026-02-01
  The period from 2026-02-01 meets another one or leaves its fiscal year.
  La période du 2026-02-01 en rencontre une autre ou sort de son exercice.
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
