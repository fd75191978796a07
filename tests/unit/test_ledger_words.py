"""The French of the words that stand inside refusals: every one in the table, figures kept."""

from __future__ import annotations

import pytest

from ledger.words import fields_in_french, in_french

WORDS = """
write digits and a decimal point, like 1234.56   = écrivez des chiffres et un point décimal, comme 1234.56
EUR-INKIND has 2 decimals at most                = EUR-INKIND a au plus 2 décimales
it is larger than the books can hold             = il dépasse ce que les comptes peuvent contenir
no unit has this code                            = aucune unité n’a ce code
a book is kept in a currency                     = un livre se tient dans une monnaie
a weight is negative                             = un poids est négatif
all weights are zero                             = tous les poids sont nuls
there is nobody to share with                    = il n’y a personne avec qui partager
more is held than the total gives under this key = il est détenu plus que le total ne donne selon cette clé
it ends before it begins                         = il finit avant de commencer
it is longer than two years                      = il dure plus de deux ans
it overlaps the fiscal year 2025-2026            = il chevauche l’exercice 2025-2026
it does not exist                                = il n’existe pas
it needs two postings at least                   = il faut au moins deux lignes
the code is taken in this account                = le code est déjà pris dans ce compte
a posting is not of this account                 = une ligne n’est pas de ce compte
a posting is already lettered                    = une ligne est déjà lettrée
its postings leave -12.50 EUR                    = ses lignes laissent -12.50 EUR
Line 12                                          = La ligne 12
The debit in EUR-INKIND                          = Le débit en EUR-INKIND
The total of account 411:M03                     = Le total du compte 411:M03
The reference                                    = La référence
The reversed reference                           = La référence extournée
The journal                                      = Le journal
The kind                                         = Le genre
The convention                                   = La convention
The destination                                  = La destination
The account                                      = Le compte
The unit                                         = L’unité
The party                                        = Le tiers
The project                                      = Le projet
The book                                         = Le livre
The name of the book                             = Le nom du livre
The fiscal year                                  = L’exercice
The version of the chart                         = La version du plan de comptes
The first day                                    = Le premier jour
The last day                                     = Le dernier jour
The day                                          = Le jour
The label of the journal                         = L’intitulé du journal
The name of who decides                          = Le nom de la personne qui agit
The name of who letters                          = Le nom de la personne qui agit
The name of who undoes                           = Le nom de la personne qui agit
The name of who erases                           = Le nom de la personne qui agit
The reason                                       = Le motif
The code of the lettering                        = Le code du lettrage
The date of the lettering                        = La date du lettrage
The date of the fact                             = La date du fait
The validation date                              = La date de validation
The document's reference                         = La référence de la pièce
The document's date                              = La date de la pièce
The label                                        = Le libellé
the canonical text                               = le texte canonique
The whole                                        = L’ensemble
The list of lines                                = La liste des lignes
The document                                     = La pièce
The exchange                                     = Le change
the stored rows and their hash                   = les lignes enregistrées et leur empreinte
"""


@pytest.mark.parametrize("line", WORDS.strip().splitlines())
def test_words_of_a_refusal_have_their_french(line: str) -> None:
    english, french = (words.strip() for words in line.split(" = "))
    assert in_french(english) == french


@pytest.mark.parametrize("said", ["", "Line", "Line 2 of it", "Not the journal", "1234x56", "12.50 EUR", "M03"])
def test_what_the_table_does_not_know_stays_as_it_is(said: str) -> None:
    assert in_french(said) == said


@pytest.mark.parametrize("said", [7, None, 12.5, ("The journal",)])
def test_what_is_no_text_stays_as_it_is(said: object) -> None:
    assert in_french(said) is said


@pytest.mark.parametrize(
    ("said", "french"),
    [
        ("lines", "lignes"),
        ("on, label, document", "date du fait, libellé, pièce"),
        ("journal, kind, reference", "journal, genre, référence"),
        ("validated_on, exchange, reverses", "date de validation, change, extourne"),
        ("name, functional_unit", "nom, unité de compte"),
        ("first, last, chart", "premier jour, dernier jour, plan de comptes"),
        ("lines, something", "lines, something"),
        ("the stored rows and their hash", "les lignes enregistrées et leur empreinte"),
    ],
)
def test_fields_that_differ_have_names_in_french(said: str, french: str) -> None:
    assert fields_in_french(said) == french
