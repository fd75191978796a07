"""What `verify` may find, in words: plain Python, one sentence of each kind in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SENTENCES: Mapping[str, tuple[str, str]] = {
    "guards": ("Guard {difference}.", "Garde : {difference}."),
    "unreadable": (
        "The rows of the books cannot be read ({part}: {error}).",
        "Les lignes des comptes ne se lisent pas ({part} : {error}).",
    ),
    "row": (
        "Entry {reference}, number {position} of the book, cannot be read: {why}.",
        "L’écriture {reference}, numéro {position} du livre, ne se lit pas : {why}.",
    ),
    "place": (
        "Entry {reference} says that it belongs to another book.",
        "L’écriture {reference} se dit d’un autre livre.",
    ),
    "gap": (
        "Entry {missing} of the book is missing; {reference} is number {position}.",
        "L’écriture {missing} du livre manque ; {reference} porte le rang {position}.",
    ),
    "numbering": (
        "Entry {reference} has number {number} in journal {journal} {fiscal_year}, not {expected}.",
        "L’écriture {reference} a le numéro {number} au journal {journal} {fiscal_year}, et non {expected}.",
    ),
    "balance": (
        "Entry {reference} sums to {total} minor units of {unit} instead of zero.",
        "L’écriture {reference} laisse {total} plus petites unités de {unit} au lieu de zéro.",
    ),
    "leaf": (
        "Entry {reference} is not what was posted: its contents do not give its hash.",
        "L’écriture {reference} n’est plus celle qui a été passée : son contenu ne donne pas son empreinte.",
    ),
    "period-date": (
        "Entry {reference} is dated {on}, outside its fiscal year.",
        "L’écriture {reference} est datée du {on}, hors de son exercice.",
    ),
    "reversal": (
        "Entry {reference} does not reverse {reverses} once and line by line.",
        "L’écriture {reference} n’extourne pas {reverses} une seule fois et ligne à ligne.",
    ),
    "unsealed": (
        "Entry {reference} stands after the head of the book, without a seal.",
        "L’écriture {reference} se trouve après la tête du livre, sans sceau.",
    ),
    "lines": (
        "The lines of entry {reference} do not begin at posting {posting}, where those before it end.",
        "Les lignes de l’écriture {reference} ne commencent pas à la ligne {posting}, où finissent les précédentes.",
    ),
    "posting": (
        "Posting {posting} is missing, or does not belong to the entry or the day that it names.",
        "La ligne {posting} manque, ou n’appartient pas à l’écriture ou au jour qu’elle nomme.",
    ),
    "entry-seal": (
        "Entry {reference} is not among those that its seal counts.",
        "L’écriture {reference} n’est pas de celles que compte son sceau.",
    ),
    "label": (
        "The words of entry {reference} are missing without an erasure, or there in spite of one.",
        "Le libellé de l’écriture {reference} manque sans effacement, ou demeure malgré lui.",
    ),
    "seal-gap": ("Seal {seal} is missing.", "Le sceau {seal} manque."),
    "seal": (
        "Seal {seal} does not count the entries and postings that carry it.",
        "Le sceau {seal} ne compte pas les écritures et les lignes qui le portent.",
    ),
    "chain": (
        "Seal {seal} breaks the chain: it does not follow the one before it, or is not the hash of its entries.",
        "Le sceau {seal} rompt la chaîne : il ne suit pas le précédent, ou n’est pas l’empreinte de ses écritures.",
    ),
    "no-head": (
        "Book “{book}” has no head: the row that says where it ends is gone.",
        "Le livre « {book} » n’a pas de tête : la ligne qui dit où il finit a disparu.",
    ),
    "head": (
        "The head of the book is not where its last seal, number {seal}, ends.",
        "La tête du livre n’est pas là où finit son dernier sceau, le numéro {seal}.",
    ),
    "unit": (
        "Unit {unit} is kept with {scale} decimals as “{kind}”; its code means another unit, so amounts changed.",
        "L’unité {unit} est tenue avec {scale} décimales comme « {kind} » ; son code dit autre chose : "
        "les montants ont changé.",
    ),
    "account-gap": (
        "Account number {number} of the book is missing.",
        "Le compte numéro {number} du livre manque.",
    ),
    "account-closed": (
        "Account {account} is closed and still holds {amount} minor units.",
        "Le compte {account} est clos et porte encore {amount} plus petites unités.",
    ),
    "account": (
        "Account {account} is not made of its parts, or is named by postings and does not exist.",
        "Le compte {account} n’est pas fait de ses parties, ou des lignes le nomment sans qu’il existe.",
    ),
    "stored-balance": (
        "The balance of account {account} is not the sum of its postings.",
        "Le solde du compte {account} n’est pas la somme de ses lignes.",
    ),
    "last-seal": (
        "The balance of account {account} does not name the seal that moved it last.",
        "Le solde du compte {account} ne nomme pas le sceau qui l’a fait bouger en dernier.",
    ),
    "limit": ("Account {account} is beyond its limits.", "Le compte {account} est hors de ses limites."),
    "period-state": (
        "The period from {first} is {state}, and its log says otherwise.",
        "La période du {first} est « {state} », et son journal dit autre chose.",
    ),
    "period-log": (
        "The log of the period from {first} tells what cannot happen: “{act}” when it is {state}.",
        "Le journal de la période du {first} dit ce qui ne se peut : « {act} » quand elle est « {state} ».",
    ),
    "period-gap": (
        "No period of fiscal year {fiscal_year} holds {on}.",
        "Aucune période de l’exercice {fiscal_year} ne contient le {on}.",
    ),
    "period-span": (
        "The period from {first} does not end before the one from {next} begins.",
        "La période du {first} ne finit pas avant que commence celle du {next}.",
    ),
    "year-span": (
        "Fiscal year {fiscal_year} meets the one before it, or its periods do not fill it with days that can be read.",
        "L’exercice {fiscal_year} rencontre le précédent, ou ses périodes ne le remplissent pas de jours lisibles.",
    ),
    "lettering-log": (
        "The log of letterings tells what cannot happen: “{act}” of {lettering} in account {account}.",
        "Le journal des lettrages dit ce qui ne se peut : « {act} » de {lettering} au compte {account}.",
    ),
    "lettering": (
        "Lettering {lettering} is not what its log says, or does not settle one account.",
        "Le lettrage {lettering} n’est pas ce que dit son journal, ou ne solde pas un seul compte.",
    ),
    "roll-up": (
        "The roll-up of account {account} on {on} is not the sum of its postings; rebuild it.",
        "Le cumul du compte {account} au {on} n’est pas la somme de ses lignes ; recalculez-le.",
    ),
    "roll-up-mark": (
        "The roll-up says it covers the book up to posting {posting}; the book ends at {last}. Rebuild it.",
        "Le cumul dit couvrir le livre jusqu’à la ligne {posting} ; le livre finit à {last}. Recalculez-le.",
    ),
    "tree": (
        "Node {index} of level {level} in the stored tree is not the hash of its entries.",
        "Le nœud {index} de niveau {level} de l’arbre conservé n’est pas l’empreinte de ses écritures.",
    ),
    "checkpoint": (
        "The book is not the one that was published in {file}: at {entries} entries under {seals} seals it differs.",
        "Le livre n’est pas celui qui a été publié dans {file} : à {entries} écritures sous {seals} sceaux, "
        "il est autre.",
    ),
    "cut-off": (
        "The book was published in {file} with {entries} entries under {seals} seals, and ends before them.",
        "Le livre a été publié dans {file} avec {entries} écritures sous {seals} sceaux, et finit avant.",
    ),
    "unit-sum": (
        "All postings in {unit} sum to {total} minor units instead of zero.",
        "L’ensemble des lignes en {unit} laisse {total} plus petites unités au lieu de zéro.",
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that `verify` found: its kind is stable, its sentence names the first row concerned."""

    kind: str
    facts: Mapping[str, object]

    def sentence(self, language: str = "en") -> str:
        """What was found, in French or English."""
        english, french = SENTENCES[self.kind]
        return (french if language == "fr" else english).format(**self.facts)


@dataclass
class Findings:
    """The first fault of each kind, in the order in which they were met."""

    faults: dict[str, Fault] = field(default_factory=dict)

    def note(self, kind: str, /, **facts: object) -> None:
        """Keep the fault when it is the first of its kind; what a spoilt row holds is made fit to be shown."""
        if kind not in self.faults:
            shown = {name: _shown(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
            self.faults[kind] = Fault(kind, shown)


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "◊" for sign in text[:300])
