"""What the checker says, in French and in English: each finding tells what is wrong and how to mend it."""

from __future__ import annotations

from typing import Final

from ledger.fec.entry_sentences import ENTRY_SENTENCES

VERDICTS: Final = {
    "accepted": (
        "Le fichier est conforme, sans anomalie. Lignes : {lines} ; écritures : {entries}.",
        "The file conforms, nothing to report. Lines: {lines}; entries: {entries}.",
    ),
    "warned": (
        "Le fichier est conforme. Avertissements à expliquer : {warnings} ; lignes : {lines} ; écritures : {entries}.",
        "The file conforms. Warnings to explain: {warnings}; lines: {lines}; entries: {entries}.",
    ),
    "refused": (
        "Fichier à refuser. Fautes : {errors} (règles {rules}) ; avertissements : {warnings} ; lignes : {lines}.",
        "The file is to be refused. Faults: {errors} (rules {rules}); warnings: {warnings}; lines: {lines}.",
    ),
}

SHORT: Final = {"E": ("Faute", "Fault"), "W": ("Avertissement", "Warning"), "N": ("Variante admise", "Allowed variant")}

RULES: Final = {
    "E1": (
        "Le nom est SIRENFECAAAAMMJJ.txt, SIREN valide, date de clôture.",
        "The name is SIRENFECYYYYMMDD.txt: a valid SIREN, the closing day.",
    ),
    "E2": (
        "Le fichier est du texte en ASCII, ISO 8859-15 ou UTF-8, sans marque d’ordre, avec une seule fin de ligne.",
        "The file is text in ASCII, ISO 8859-15 or UTF-8, without a byte order mark, with one kind of line end.",
    ),
    "E3": ("Les champs sont séparés par une tabulation ou par « | ».", "Fields are separated by a tab or by “|”."),
    "E4": (
        "La première ligne porte les dix-huit noms, dans l’ordre et à la lettre.",
        "The first line has the eighteen names, in order and to the letter.",
    ),
    "E5": ("Chaque ligne a autant de champs que l’en-tête.", "Each line has as many fields as the header."),
    "E6": ("Les champs 1 à 6, 9 à 13 et 16 sont remplis.", "Fields 1 to 6, 9 to 13 and 16 are filled."),
    "E7": (
        "Les dates sont de vrais jours en AAAAMMJJ, et l’écriture est dans l’exercice.",
        "Dates are real days as YYYYMMDD, and the entry lies within the fiscal year.",
    ),
    "E8": (
        "Les montants ont une virgule et deux décimales ; un seul du débit et du crédit n’est pas nul.",
        "Amounts have a comma and two decimals; exactly one of debit and credit is not zero.",
    ),
    "E9": (
        "Une écriture est équilibrée, d’un seul tenant, d’une date et d’un journal, sur deux lignes au moins.",
        "An entry balances, stands in one piece, has one date and one journal, and two lines at least.",
    ),
    "E10": (
        "Le fichier est équilibré, ses classes 6 et 7 donnent le résultat, 86 égale 87.",
        "The file balances, its classes 6 and 7 give the result, 86 equals 87.",
    ),
    "E11": (
        "Les écritures d’un journal se suivent sans trou, à partir de 1.",
        "The entries of a journal follow one another from 1 without a gap.",
    ),
    "E12": (
        "Les à-nouveaux viennent en tête, puis l’ordre de validation.",
        "The openings come first, then the order of validation.",
    ),
    "E13": (
        "Un compte commence par trois chiffres, 1 à 8 en tête ; un compte et un journal ont un seul libellé.",
        "An account begins with three digits, the first 1 to 8; an account and a journal have one label.",
    ),
    "E14": (
        "Les champs qui vont par deux sont remplis ensemble, et un lettrage est équilibré.",
        "Fields that go in pairs are filled together, and a lettering balances.",
    ),
    "E15": (
        "Aucune écriture ne solde les classes 6 et 7 par le compte 12.",
        "No entry empties classes 6 and 7 into account 12.",
    ),
    "W1": ("La validation ne précède pas l’écriture.", "Validation does not come before the entry."),
    "W2": (
        "La validation intervient avant la fin de l’exercice suivant.",
        "Validation comes before the end of the next fiscal year.",
    ),
    "W3": ("La pièce est de la même époque que l’écriture.", "The voucher is of the same time as the entry."),
    "W4": ("Un libellé ne contient pas « | ».", "A label does not hold “|”."),
    "W5": ("Un lettrage n’est pas daté après l’export.", "A lettering is not dated after the export."),
    "N": ("Le règlement admet cette forme ; elle est acceptée et dite.", "The regulation allows this form; accepted."),
}

FILE_SENTENCES: Final = {
    "name_form": (
        "Le nom « {name} » n’est pas de la forme SIRENFECAAAAMMJJ.txt ; renommez le fichier, par exemple {example}.",
        "The name “{name}” is not of the form SIRENFECYYYYMMDD.txt; rename the file, for instance {example}.",
    ),
    "name_siren": (
        "Les neuf chiffres {siren} ne sont pas un SIREN : la clé de contrôle est fausse ; vérifiez le numéro.",
        "The nine digits {siren} are no SIREN: the check digit is wrong; verify the number.",
    ),
    "name_day": (
        "« {day} » dans le nom n’est pas un jour ; écrivez la date de clôture en AAAAMMJJ.",
        "“{day}” in the name is no day; write the closing day as YYYYMMDD.",
    ),
    "name_closing": (
        "Le nom dit une clôture au {named:%d/%m/%Y}, l’exercice se clôt le {closing:%d/%m/%Y} ; renommez le fichier.",
        "The name says a closing on {named:%Y-%m-%d}, the fiscal year closes on {closing:%Y-%m-%d}; rename the file.",
    ),
    "name_part": (
        "Le fichier est la partie {part} d’un envoi en plusieurs fichiers : elle ne dit pas tout l’exercice.",
        "The file is part {part} of several: one part alone does not tell the whole fiscal year.",
    ),
    "bom": (
        "Le fichier commence par une marque d’ordre des octets (BOM) ; enregistrez-le en UTF-8 sans BOM.",
        "The file begins with a byte order mark (BOM); save it as UTF-8 without BOM.",
    ),
    "utf16": (
        "Le fichier est en UTF-16, que le règlement n’admet pas ; enregistrez-le en ISO 8859-15 ou en UTF-8.",
        "The file is in UTF-16, which the regulation does not allow; save it as ISO 8859-15 or UTF-8.",
    ),
    "cp1252": (
        "Des octets (0x{byte:02X}) ne sont pas de l’ISO 8859-15, mais sans doute du Windows-1252 ; "
        "convertissez le fichier en ISO 8859-15 ou en UTF-8.",
        "Some bytes (0x{byte:02X}) are not ISO 8859-15 but probably Windows-1252; convert the file to "
        "ISO 8859-15 or UTF-8.",
    ),
    "mixed_encoding": (
        "Le texte mêle deux encodages : une partie se lit en UTF-8 (ligne {first}), celle-ci non ; "
        "exportez à nouveau en un seul encodage.",
        "The text mixes two encodings: part of it reads as UTF-8 (line {first}), this one does not; export "
        "again in one encoding.",
    ),
    "control": (
        "Un caractère de commande (0x{byte:02X}) n’a rien à faire dans du texte ; retirez-le de la source.",
        "A control character (0x{byte:02X}) has no place in text; remove it at the source.",
    ),
    "binary": (
        "Ce n’est pas du texte mais un fichier binaire ; exportez les écritures en texte à plat.",
        "This is no text but a binary file; export the entries as flat text.",
    ),
    "archive": (
        "C’est un classeur ou une archive, pas un texte ; exportez les écritures en texte à plat, ou ouvrez l’archive.",
        "This is a workbook or an archive, no text; export the entries as flat text, or open the archive.",
    ),
    "pdf": (
        "C’est un document PDF, pas un fichier d’écritures ; donnez le fichier des écritures lui-même.",
        "This is a PDF document, no file of entries; give the file of entries itself.",
    ),
    "mixed_ends": (
        "Les lignes finissent de plusieurs façons (CRLF : {crlf}, LF : {lf}, CR : {cr}) ; gardez-en une seule.",
        "Lines end in several ways (CRLF: {crlf}, LF: {lf}, CR: {cr}); keep one.",
    ),
    "empty_file": (
        "Le fichier est vide ; exportez l’exercice à nouveau.",
        "The file is empty; export the fiscal year again.",
    ),
    "no_line": (
        "Le fichier n’a que son en-tête, aucune écriture ; vérifiez l’exercice demandé à l’export.",
        "The file has a header and no entry; verify which fiscal year was exported.",
    ),
    "xml": (
        "Le fichier est en XML, que le règlement admet ; ce contrôle lit les fichiers à plat : exportez-le à plat.",
        "The file is XML, which the regulation allows; this check reads flat files: export it flat.",
    ),
    "separator": (
        "Les champs sont séparés par « {found} » ; seuls la tabulation et « | » sont admis : exportez à nouveau.",
        "Fields are separated by “{found}”; only a tab and “|” are allowed: export again.",
    ),
    "no_separator": (
        "La première ligne n’a ni tabulation ni « | » : les champs ne se séparent pas ; exportez en texte tabulé.",
        "The first line has neither tab nor “|”: fields cannot be told apart; export as tab-separated text.",
    ),
    "both_separators": (
        "La première ligne emploie à la fois la tabulation et « | » ; gardez un seul séparateur.",
        "The first line uses both tab and “|”; keep one separator.",
    ),
    "no_header": (
        "La première ligne ne porte pas les noms des champs mais des données ; ajoutez l’en-tête.",
        "The first line has data instead of the names of the fields; add the header.",
    ),
    "header_name": (
        "Le champ {place} s’appelle « {found} » ; écrivez « {wanted} », à la lettre.",
        "Field {place} is called “{found}”; write “{wanted}”, to the letter.",
    ),
    "header_order": (
        "Le champ {place} est « {found} », à la place de « {wanted} » ; remettez les dix-huit champs dans l’ordre.",
        "Field {place} is “{found}” where “{wanted}” belongs; put the eighteen fields in order.",
    ),
    "header_missing": (
        "Le champ {place}, « {wanted} », manque ; ajoutez-le, vide s’il n’est pas employé.",
        "Field {place}, “{wanted}”, is missing; add it, empty where it is not used.",
    ),
    "header_extra": (
        "Le champ « {found} » est au milieu des dix-huit ; mettez les champs à vous après « Idevise ».",
        "The field “{found}” stands among the eighteen; put fields of your own after “Idevise”.",
    ),
    "header_twice": (
        "Le champ « {found} » est écrit deux fois ; gardez-en un.",
        "The field “{found}” is written twice; keep one.",
    ),
    "header_unnamed": (
        "Le champ {place} n’a pas de nom ; nommez-le ou retirez-le.",
        "Field {place} has no name; name it or remove it.",
    ),
    "field_count": (
        "La ligne a {found} champs, l’en-tête {wanted} ; un séparateur manque ou est de trop dans un texte.",
        "The line has {found} fields, the header {wanted}; a separator is missing, or one too many is in a text.",
    ),
    "blank_line": ("La ligne est vide ; retirez-la.", "The line is empty; remove it."),
    "long_line": (
        "La ligne dépasse {limit} caractères et n’est pas lue ; une fin de ligne manque sans doute.",
        "The line is longer than {limit} characters and is not read; a line end is probably missing.",
    ),
    "extra_fields": (
        "Après les dix-huit champs en viennent d’autres ({names}), ce que le règlement admet.",
        "After the eighteen fields come others ({names}), which the regulation allows.",
    ),
    "sided": (
        "Les montants sont en Montant et Sens, variante que le règlement admet.",
        "Amounts are given as Montant and Sens, a variant that the regulation allows.",
    ),
    "signed": (
        "Des montants portent un signe, à gauche ou à droite, ce que le règlement admet.",
        "Some amounts carry a sign, left or right, which the regulation allows.",
    ),
}

SENTENCES: Final = {**FILE_SENTENCES, **ENTRY_SENTENCES}
