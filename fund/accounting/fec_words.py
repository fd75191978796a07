"""The words of the description that goes with the file of accounting entries, in both languages. Plain Python."""

from __future__ import annotations

from typing import Final

Words = dict[str, tuple[str, str]]

FIELDS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("JournalCode", "text", "Code du journal.", "Code of the journal."),
    ("JournalLib", "text", "Libellé du journal.", "Label of the journal."),
    (
        "EcritureNum", "text",
        "Numéro de l’écriture : code du journal, puis numéro d’ordre sur six chiffres, continu dans le journal depuis "
        "le début de l’exercice, attribué à la validation et jamais changé.",
        "Number of the entry: code of the journal, then a sequence of six digits, continuous in the journal since the "
        "beginning of the fiscal year, given at validation and never changed.",
    ),
    ("EcritureDate", "date", "Date de comptabilisation de l’écriture.", "Accounting date of the entry."),
    (
        "CompteNum", "text",
        "Numéro du compte, classes 1 à 8 du plan comptable.",
        "Number of the account, classes 1 to 8 of the chart.",
    ),
    ("CompteLib", "text", "Libellé du compte, selon le plan comptable.", "Label of the account, by the chart."),
    (
        "CompAuxNum", "text",
        "Code du tiers, ou du projet quand aucun tiers n’est nommé ; vide pour les comptes de banque, de gestion et de "
        "contributions en nature.",
        "Code of the third party, or of the project where none is named; empty for bank accounts, income, expenses and "
        "contributions in kind.",
    ),
    (
        "CompAuxLib", "text",
        "Nom du tiers ou titre du projet au jour de l’export ; son code si le nom a été effacé.",
        "Name of the third party or title of the project on the day of the export; its code where the name was erased.",
    ),
    (
        "PieceRef", "text",
        "Référence de la pièce ; celle de l’écriture quand il n’y a pas de pièce.",
        "Reference of the voucher; the entry’s own where there is none.",
    ),
    (
        "PieceDate", "date",
        "Date de la pièce ; celle de l’écriture quand la pièce n’en porte pas.",
        "Date of the voucher; the entry’s where the voucher has none.",
    ),
    ("EcritureLib", "text", "Libellé de l’écriture.", "Label of the entry."),
    ("Debit", "amount", "Montant au débit, 0,00 si la ligne est au crédit.", "Debit, 0,00 if the line is a credit."),
    ("Credit", "amount", "Montant au crédit, 0,00 si la ligne est au débit.", "Credit, 0,00 if the line is a debit."),
    (
        "EcritureLet", "text",
        "Code de lettrage ; en minuscules quand les lignes de ce fichier ne se soldent qu’en partie.",
        "Code of the lettering; in small letters where the lines of this file settle each other in part only.",
    ),
    ("DateLet", "date", "Date du lettrage.", "Date of the lettering."),
    (
        "ValidDate", "date",
        "Date de validation : l’écriture est dès lors intangible, lettrage excepté.",
        "Day of validation: from then on the entry cannot be changed, its lettering excepted.",
    ),
    (
        "Montantdevise", "amount",
        "Montant dans la devise d’origine, sans signe ; vide pour une ligne tenue dans la monnaie du fonds.",
        "Amount in the original currency, without a sign; empty for a line kept in the fund’s own currency.",
    ),
    ("Idevise", "text", "Code ISO 4217 de cette devise.", "ISO 4217 code of that currency."),
    ("Projet", "text", "Code du projet soutenu, vide s’il n’y en a pas.", "Code of the supported project, or empty."),
    (
        "Convention", "text",
        "Référence de la convention ou du financeur dont c’est l’argent, vide s’il n’y en a pas.",
        "Reference of the agreement, or of the funder whose money it is, or empty.",
    ),
    (
        "Sceau", "text",
        "Empreinte SHA-256 de l’écriture dans la chaîne des livres : la même sur chacune de ses lignes.",
        "SHA-256 of the entry in the chain of the books: the same on each of its lines.",
    ),
)  # fmt: skip
"""Each field with its nature (`text`, `date`, `amount`) and its meaning in French and English."""

NATURES: Final[Words] = {
    "text": ("alphanumérique", "alphanumeric"),
    "date": ("date AAAAMMJJ", "date YYYYMMDD"),
    "amount": ("numérique, virgule décimale", "numeric, decimal comma"),
}

WORDS: Final[Words] = {
    "title": ("Description du fichier des écritures comptables", "Description of the file of accounting entries"),
    "opening": (
        "Ce document accompagne le fichier {name}, conforme à l’article A.47 A-1 du livre des procédures fiscales "
        "(VII, 1°) : {lines} lignes, {entries} écritures.",
        "This document goes with the file {name}, in the form of article A.47 A-1 of the French tax procedure code "
        "(VII, 1°): {lines} lines, {entries} entries.",
    ),
    "provisional": (
        "L’exercice n’est pas clos : le fichier est provisoire et sera remplacé par celui de la clôture.",
        "The fiscal year is not closed: the file is provisional, and the one made at the closing replaces it.",
    ),
    "file": ("Le fichier", "The file"),
    "file_name": ("Nom", "Name"),
    "sha256": ("Empreinte SHA-256", "SHA-256"),
    "exported_on": ("Exporté le", "Exported on"),
    "charset": ("Jeu de caractères", "Character set"),
    "utf-8": ("UTF-8, sans marque d’ordre des octets", "UTF-8, without a byte order mark"),
    "iso-8859-15": (
        "ISO 8859-15 ; un signe qui lui manque cède la place à son voisin (' pour ’), une lettre rare perd son accent",
        "ISO 8859-15; a sign it lacks is written by its neighbour (' for ’), a rare letter without its accent",
    ),
    "structure": ("Structure", "Structure"),
    "structure_text": (
        "Fichier à plat, une ligne par mouvement, la première portant les noms des champs ; fins de ligne CR LF.",
        "Flat file, one line for each movement, the first with the names of the fields; lines end with CR LF.",
    ),
    "separator": ("Séparateur", "Separator"),
    "tab": ("tabulation", "tab"),
    "pipe": ("barre verticale |", "vertical bar |"),
    "lengths": ("Longueur des champs", "Lengths of fields"),
    "lengths_text": (
        "Variable. Tabulation, |, fins de ligne et caractères de commande sont retirés des textes.",
        "Variable. Tabs, |, line ends and control characters are taken out of texts.",
    ),
    "decimals": ("Montants", "Amounts"),
    "decimals_text": (
        "En {currency}, deux décimales, virgule décimale, sans séparateur de milliers, jamais négatifs.",
        "In {currency}, two decimals, a decimal comma, no thousands separator, never negative.",
    ),
    "fields": ("Les champs", "The fields"),
    "fields_caption": (
        "Les dix-huit champs de l’article, puis trois champs propres au logiciel",
        "The eighteen fields of the article, then three of the software’s own",
    ),
    "place": ("N°", "No."),
    "field": ("Champ", "Field"),
    "nature": ("Nature", "Nature"),
    "meaning": ("Signification", "Meaning"),
    "journals": ("Les journaux", "The journals"),
    "journal": ("Journal", "Journal"),
    "label": ("Libellé", "Label"),
    "entries": ("Écritures", "Entries"),
    "accounts": ("Les comptes", "The accounts"),
    "account": ("Compte", "Account"),
    "order": ("Numérotation et ordre", "Numbering and order"),
    "order_numbering": (
        "Chaque journal est numéroté sans trou depuis 1 dans l’exercice ; le numéro est donné à la validation.",
        "Each journal is numbered from 1 without a gap within the year; the number is given at validation.",
    ),
    "order_sort": (
        "Les à-nouveaux viennent en tête, une ligne par compte et par tiers, datés du premier jour ; puis les "
        "écritures par date de validation, journal et numéro.",
        "Openings come first, one line for each account and third party, dated the first day; then entries by day of "
        "validation, journal and number.",
    ),
    "order_validation": (
        "La date de validation est celle où l’écriture devient intangible ; l’écriture qui la corrige est une autre.",
        "From the day of validation on the entry can no longer be changed; what corrects it is another one.",
    ),
    "left_out": ("Ce qui n’y est pas", "What is left out"),
    "left_out_closing": (
        "Le solde des comptes de gestion : les comptes 6 et 7 donnent le résultat de l’exercice.",
        "The emptying of income and expenses: accounts 6 and 7 give the result of the year.",
    ),
    "left_out_carrying": (
        "Le journal technique CL, qui vide les comptes à la clôture le jour où les à-nouveaux les rouvrent : il double "
        "les à-nouveaux et ne change aucun solde.",
        "The technical journal CL, which empties the accounts at the closing on the day the openings open them again: "
        "it mirrors the openings and changes no balance.",
    ),
    "left_out_management": (
        "La classe 9, les heures et la notoriété, qui ne sont pas de l’argent (journaux HE et NO).",
        "Class 9, hours and recognition, which are no money (journals HE and NO).",
    ),
    "left_out_drafts": (
        "Les brouillards : seules les écritures validées sont dans le fichier.",
        "Drafts: the file holds validated entries alone.",
    ),
    "in_kind": (
        "Les contributions volontaires en nature (86, 87) sont évaluées en euros et comprises dans le fichier.",
        "Voluntary contributions in kind (86, 87) are valued in euros and are in the file.",
    ),
    "currencies": (
        "Les lignes en devises ({currencies}) sont converties au cours de l’écriture, sinon au dernier cours "
        "enregistré ; les à-nouveaux gardent la valeur des exercices précédents.",
        "Lines in other currencies ({currencies}) are valued at the entry’s own rate, else at the last one recorded; "
        "openings keep the value of the years before.",
    ),
    "nothing": ("Rien.", "Nothing."),
}


def word(key: str, language: str) -> str:
    """A word or a sentence of the description in a language."""
    return WORDS[key][0 if language == "fr" else 1]
