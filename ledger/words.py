"""The French of the words that stand inside the sentences of refusals: plain Python, longest matter first."""

from __future__ import annotations

import re

_FRENCH = {
    # why
    r"write digits and a decimal point, like 1234\.56": "écrivez des chiffres et un point décimal, comme 1234.56",
    r"(\S+) has (\d) decimals at most": r"\1 a au plus \2 décimales",
    r"it is larger than the books can hold": "il dépasse ce que les comptes peuvent contenir",
    r"no unit has this code": "aucune unité n’a ce code",
    r"a book is kept in a currency": "un livre se tient dans une monnaie",
    r"a weight is negative": "un poids est négatif",
    r"all weights are zero": "tous les poids sont nuls",
    r"there is nobody to share with": "il n’y a personne avec qui partager",
    r"more is held than the total gives under this key": "il est détenu plus que le total ne donne selon cette clé",
    r"it ends before it begins": "il finit avant de commencer",
    r"it is longer than two years": "il dure plus de deux ans",
    r"it overlaps the fiscal year (\S+)": r"il chevauche l’exercice \1",
    r"it does not exist": "il n’existe pas",
    r"it needs two postings at least": "il faut au moins deux lignes",
    r"the code is taken in this account": "le code est déjà pris dans ce compte",
    r"a posting is not of this account": "une ligne n’est pas de ce compte",
    r"a posting is already lettered": "une ligne est déjà lettrée",
    r"its postings leave (.+)": r"ses lignes laissent \1",
    # what
    r"The whole": "L’ensemble",
    r"The list of lines": "La liste des lignes",
    r"The document": "La pièce",
    r"The exchange": "Le change",
    r"Line (\d+)": r"La ligne \1",
    r"The debit in (\S+)": r"Le débit en \1",
    r"The total of account (\S+)": r"Le total du compte \1",
    r"The reference": "La référence",
    r"The reversed reference": "La référence extournée",
    r"The journal": "Le journal",
    r"The kind": "Le genre",
    r"The convention": "La convention",
    r"The destination": "La destination",
    r"The account": "Le compte",
    r"The unit": "L’unité",
    r"The party": "Le tiers",
    r"The project": "Le projet",
    r"The book": "Le livre",
    r"The name of the book": "Le nom du livre",
    r"The fiscal year": "L’exercice",
    r"The version of the chart": "La version du plan de comptes",
    r"The first day": "Le premier jour",
    r"The last day": "Le dernier jour",
    r"The day": "Le jour",
    r"The label of the journal": "L’intitulé du journal",
    r"The name of who (?:decides|letters|undoes|erases)": "Le nom de la personne qui agit",
    r"The reason": "Le motif",
    r"The code of the lettering": "Le code du lettrage",
    r"The date of the lettering": "La date du lettrage",
    r"The date of the fact": "La date du fait",
    r"The validation date": "La date de validation",
    r"The document's reference": "La référence de la pièce",
    r"The document's date": "La date de la pièce",
    r"The label": "Le libellé",
    r"the canonical text": "le texte canonique",
    r"the stored rows and their hash": "les lignes enregistrées et leur empreinte",
}


_FIELDS = {
    "journal": "journal",
    "on": "date du fait",
    "kind": "genre",
    "reference": "référence",
    "label": "libellé",
    "lines": "lignes",
    "document": "pièce",
    "validated_on": "date de validation",
    "exchange": "change",
    "reverses": "extourne",
    "name": "nom",
    "functional_unit": "unité de compte",
    "first": "premier jour",
    "last": "dernier jour",
    "chart": "plan de comptes",
}


def fields_in_french(said: str) -> object:
    """The names of fields that differ, with commas between them."""
    names = said.split(", ")
    return ", ".join(_FIELDS[name] for name in names) if all(name in _FIELDS for name in names) else in_french(said)


def in_french(said: object) -> object:
    """The French of these words; what the table does not know (codes, amounts, names) stays as it is."""
    if isinstance(said, str):
        for english, french in _FRENCH.items():
            if found := re.fullmatch(english, said):
                return found.expand(french)
    return said
