"""What each code of a fault says, in French and English: what is wrong, then how to mend it.

The codes never change: they are read by scripts. The words in braces are the fault's figures; `{near}` is
the closest name that exists, or nothing. French spaces before a colon are made unbreakable when it is said.
"""

from __future__ import annotations

from allocation.elections import faults as ballots_faults
from fund.importers.bank_sentences import BANK_SENTENCES
from fund.importers.book_sentences import BOOK_SENTENCES
from fund.importers.entry_sentences import ENTRY_SENTENCES
from fund.importers.fund_file_sentences import FUND_FILE_SENTENCES
from fund.importers.notoriety_sentences import NOTORIETY_SENTENCES
from fund.importers.opening_sentences import OPENING_SENTENCES

PERHAPS = {"en": " (perhaps “{near}”)", "fr": " (peut-être « {near} »)"}


def _of_ballots(sentence: str, semicolon: str) -> tuple[str, str]:
    """What is wrong and how to mend it, from a sentence that says both around its first semicolon."""
    what, _, mend = sentence.partition(semicolon)
    return f"{what[0].upper()}{what[1:]}.", f"{mend[0].upper()}{mend[1:]}."


_BALLOTS_SENTENCES = {
    f"ballots_{code}": {"en": _of_ballots(said["en"], "; "), "fr": _of_ballots(said["fr"], " ; ")}
    for code, said in ballots_faults.SENTENCES.items()
}

SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    **FUND_FILE_SENTENCES,
    **BOOK_SENTENCES,
    **ENTRY_SENTENCES,
    **BANK_SENTENCES,
    **NOTORIETY_SENTENCES,
    **OPENING_SENTENCES,
    # The folder and its files.
    "folder_missing": {
        "en": ("There is no such folder.", "Check the path: it names the folder that holds the year’s files."),
        "fr": (
            "Ce dossier n’existe pas.",
            "Vérifiez le chemin : c’est celui du dossier qui contient les fichiers de l’année.",
        ),
    },
    "folder_not_one": {
        "en": ("This is not a folder.", "Give the folder that holds the year’s files, not one of them."),
        "fr": ("Ce n’est pas un dossier.", "Donnez le dossier qui contient les fichiers de l’année, non l’un d’eux."),
    },
    "folder_unreadable": {
        "en": ("The folder cannot be listed.", "Check who may read it, and that its links lead somewhere."),
        "fr": (
            "Le dossier ne peut pas être lu.",
            "Vérifiez les droits de lecture, et que les liens mènent quelque part.",
        ),
    },
    "file_missing": {
        "en": ("The file is missing.", "Add it to the folder{near}; a table without rows is its header line alone."),
        "fr": (
            "Le fichier manque.",
            "Ajoutez-le au dossier{near} ; un tableau sans ligne se réduit à son en-tête.",
        ),
    },
    "file_not_regular": {
        "en": ("This is not an ordinary file.", "Put the file itself under this name."),
        "fr": ("Ce n’est pas un fichier ordinaire.", "Mettez le fichier lui-même sous ce nom."),
    },
    "file_unreadable": {
        "en": ("The file cannot be read.", "Check who may read it, and that its links lead somewhere."),
        "fr": (
            "Le fichier ne peut pas être lu.",
            "Vérifiez les droits de lecture, et que les liens mènent quelque part.",
        ),
    },
    "file_too_large": {
        "en": (
            "The file has more than {limit} bytes.",
            "Check that it is the right file; a year of a fund is far smaller.",
        ),
        "fr": (
            "Le fichier dépasse {limit} octets.",
            "Vérifiez que c’est le bon fichier ; l’année d’un fonds est bien plus petite.",
        ),
    },
    "file_empty": {
        "en": ("The file is empty.", "Write at least its first line."),
        "fr": ("Le fichier est vide.", "Écrivez au moins sa première ligne."),
    },
    # Bytes and lines.
    "byte_order_mark": {
        "en": ("The file begins with a byte-order mark.", "Save it as “UTF-8”, not as “UTF-8 with BOM”."),
        "fr": (
            "Le fichier commence par une marque d’ordre des octets (BOM).",
            "Enregistrez-le en « UTF-8 », non en « UTF-8 avec BOM ».",
        ),
    },
    "utf_16": {
        "en": ("The file is written in UTF-16.", "Save it as UTF-8."),
        "fr": ("Le fichier est écrit en UTF-16.", "Enregistrez-le en UTF-8."),
    },
    "not_utf8": {
        "en": (
            "The line is not UTF-8; it looks like Windows-1252 (Latin-1) and would read “{text}”.",
            "Open the file as Windows-1252 and save it as UTF-8.",
        ),
        "fr": (
            "La ligne n’est pas en UTF-8 ; elle semble être en Windows-1252 (Latin-1) et se lirait « {text} ».",
            "Ouvrez le fichier en Windows-1252 et enregistrez-le en UTF-8.",
        ),
    },
    "nul_byte": {
        "en": ("The line holds a NUL byte.", "Remove it: the file was damaged, or is not a text."),
        "fr": ("La ligne contient un octet nul.", "Retirez-le : le fichier est abîmé, ou n’est pas un texte."),
    },
    "cr_line_ends": {
        "en": (
            "The lines end with carriage returns alone.",
            "Save the file with Unix (LF) or Windows (CRLF) line ends.",
        ),
        "fr": (
            "Les lignes finissent par des retours chariot seuls.",
            "Enregistrez le fichier avec des fins de ligne Unix (LF) ou Windows (CRLF).",
        ),
    },
    "line_too_long": {
        "en": (
            "The line has more than {limit} characters.",
            "Shorten it; a quotation mark or a line end may be missing.",
        ),
        "fr": (
            "La ligne dépasse {limit} caractères.",
            "Raccourcissez-la ; un guillemet ou une fin de ligne manque peut-être.",
        ),
    },
    "lines_too_many": {
        "en": (
            "The file has more than {limit} lines.",
            "Check that it is the right file; the lines after that were not read.",
        ),
        "fr": (
            "Le fichier dépasse {limit} lignes.",
            "Vérifiez que c’est le bon fichier ; les lignes suivantes n’ont pas été lues.",
        ),
    },
    # Tables: the header and the number of values.
    "separator_not_comma": {
        "en": ("The values are separated by {found}.", "Separate them by commas."),
        "fr": ("Les valeurs sont séparées par {found}.", "Séparez-les par des virgules."),
    },
    "column_unknown": {
        "en": ("There is no column “{text}”.", "Rename or remove it{near}; the columns are {known}."),
        "fr": ("La colonne « {text} » n’existe pas.", "Renommez-la ou retirez-la{near} ; les colonnes sont {known}."),
    },
    "column_missing": {
        "en": ("The column “{text}” is missing.", "Add it to the header and to each line."),
        "fr": ("La colonne « {text} » manque.", "Ajoutez-la à l’en-tête et à chaque ligne."),
    },
    "column_twice": {
        "en": ("The column “{text}” is there twice.", "Keep one of the two."),
        "fr": ("La colonne « {text} » est présente deux fois.", "Gardez l’une des deux."),
    },
    "quote_open": {
        "en": (
            "A quotation mark is not closed on this line, or stands inside a value.",
            'Close it on the same line, and double those inside: "a ""word"" quoted".',
        ),
        "fr": (
            "Un guillemet n’est pas fermé sur cette ligne, ou se trouve dans une valeur.",
            'Fermez-le sur la même ligne, et doublez ceux de l’intérieur : "un ""mot"" cité".',
        ),
    },
    "values_count": {
        "en": (
            "Values on this line: {found}; columns in the header: {expected}.",
            "Write one value per column, left empty where there is none; put a value that holds a comma "
            "between quotation marks.",
        ),
        "fr": (
            "Valeurs sur cette ligne : {found} ; colonnes de l’en-tête : {expected}.",
            "Écrivez une valeur par colonne, vide s’il n’y en a pas ; mettez entre guillemets une valeur "
            "qui contient une virgule.",
        ),
    },
    "line_blank": {
        "en": ("The line is empty.", "Delete it."),
        "fr": ("La ligne est vide.", "Supprimez-la."),
    },
    "rows_none": {
        "en": ("The file has no line after its header.", "Write at least one."),
        "fr": ("Le fichier n’a aucune ligne après l’en-tête.", "Écrivez-en au moins une."),
    },
    # Values: texts and names.
    "value_missing": {
        "en": ("The value is missing.", "Fill it in."),
        "fr": ("La valeur manque.", "Renseignez-la."),
    },
    "text_too_long": {
        "en": ("The text has {count} characters.", "Shorten it to {limit} at most."),
        "fr": ("Le texte a {count} caractères.", "Ramenez-le à {limit} au plus."),
    },
    "text_control": {
        "en": ("The text “{text}” holds the invisible character {point}.", "Type it again without it."),
        "fr": ("Le texte « {text} » contient le caractère invisible {point}.", "Retapez-le sans lui."),
    },
    "text_spaces": {
        "en": ("There are spaces around “{text}”.", "Remove them."),
        "fr": ("Des espaces entourent « {text} ».", "Retirez-les."),
    },
    "identifier_form": {
        "en": (
            "“{text}” cannot be an identifier.",
            "Use letters without accents, digits, points, hyphens and underscores, {limit} at most, a "
            "letter or digit first.",
        ),
        "fr": (
            "« {text} » ne peut pas être un identifiant.",
            "Employez des lettres sans accent, chiffres, points, tirets et soulignés, {limit} au plus, une "
            "lettre ou un chiffre d’abord.",
        ),
    },
    "project_form": {
        "en": (
            "“{text}” cannot be a project’s identifier.",
            "Use letters without accents, digits, points, slashes, hyphens and underscores, {limit} at most.",
        ),
        "fr": (
            "« {text} » ne peut pas être l’identifiant d’un projet.",
            "Employez des lettres sans accent, chiffres, points, barres, tirets et soulignés, {limit} au plus.",
        ),
    },
    "word_form": {
        "en": (
            "“{text}” is not a word of this column.",
            "Use small letters without accents, digits and hyphens, like {like}.",
        ),
        "fr": (
            "« {text} » n’est pas un mot de cette colonne.",
            "Employez des minuscules sans accent, chiffres et tirets, comme {like}.",
        ),
    },
    "choice_unknown": {
        "en": ("“{text}” is not one of the words known here.", "Write one of: {known}{near}."),
        "fr": ("« {text} » n’est pas un mot connu ici.", "Écrivez l’un de ceux-ci : {known}{near}."),
    },
    "identifier_twice": {
        "en": ("“{text}” is already the identifier of line {first}.", "Give each line an identifier of its own."),
        "fr": ("« {text} » est déjà l’identifiant de la ligne {first}.", "Donnez à chaque ligne son identifiant."),
    },
    "reference_twice": {
        "en": (
            "The reference “{text}” already stands at {first}.",
            "Delete the line if it is the same fact; give it its own reference if it is another one.",
        ),
        "fr": (
            "La référence « {text} » figure déjà à {first}.",
            "Supprimez la ligne si c’est le même fait ; donnez-lui sa propre référence si c’en est un autre.",
        ),
    },
    "member_unknown": {
        "en": ("“{text}” is not a member.", "Write an id of members.csv{near}, or add the member there."),
        "fr": ("« {text} » n’est pas un membre.", "Écrivez un id de members.csv{near}, ou ajoutez-y le membre."),
    },
    "project_unknown": {
        "en": ("No project “{text}” stands on the ballots.", "Write a project_id of {ballots}{near}."),
        "fr": ("Aucun projet « {text} » ne figure sur les bulletins.", "Écrivez un project_id de {ballots}{near}."),
    },
    # Values: amounts, numbers and dates.
    "number_unreadable": {
        "en": ("“{text}” is not a number that can be read.", "Write digits and a decimal point, like {like}."),
        "fr": ("« {text} » n’est pas un nombre lisible.", "Écrivez des chiffres et un point décimal, comme {like}."),
    },
    "number_comma": {
        "en": ("“{text}” has a decimal comma.", "Write a decimal point: {like}."),
        "fr": ("« {text} » a une virgule décimale.", "Écrivez un point décimal : {like}."),
    },
    "number_grouped": {
        "en": ("The digits of “{text}” are grouped.", "Write them in one piece: {like}."),
        "fr": ("Les chiffres de « {text} » sont groupés.", "Écrivez-les d’un seul tenant : {like}."),
    },
    "number_decimals": {
        "en": ("“{text}” has {count} decimals.", "Write at most {scale}, like {like}."),
        "fr": ("« {text} » a {count} décimales.", "Écrivez-en {scale} au plus, comme {like}."),
    },
    "number_negative": {
        "en": ("“{text}” is negative.", "Write a positive number; a fact that did not happen is left out."),
        "fr": ("« {text} » est négatif.", "Écrivez un nombre positif ; un fait qui n’a pas eu lieu ne s’écrit pas."),
    },
    "number_zero": {
        "en": ("“{text}” is zero.", "Write the number, or delete the line."),
        "fr": ("« {text} » est nul.", "Écrivez le nombre, ou supprimez la ligne."),
    },
    "number_too_large": {
        "en": ("“{text}” is larger than a fund’s books expect.", "Check the digits; the limit is {limit}."),
        "fr": (
            "« {text} » dépasse ce que les livres d’un fonds attendent.",
            "Vérifiez les chiffres ; la limite est {limit}.",
        ),
    },
    "count_unreadable": {
        "en": ("“{text}” is not a whole number.", "Write digits only, like 120; {limit} at most."),
        "fr": ("« {text} » n’est pas un nombre entier.", "Écrivez des chiffres seuls, comme 120 ; {limit} au plus."),
    },
    "currency_unknown": {
        "en": ("“{text}” is not a currency.", "Write its three capital letters, like {like}."),
        "fr": ("« {text} » n’est pas une monnaie.", "Écrivez ses trois capitales, comme {like}."),
    },
    "currency_other": {
        "en": ("“{text}” is not the fund’s currency.", "Write the amount that reached the bank in {like}."),
        "fr": ("« {text} » n’est pas la monnaie du fonds.", "Écrivez le montant arrivé en banque en {like}."),
    },
    "date_unreadable": {
        "en": ("“{text}” is not a date as these files write it.", "Write year-month-day, like {like}."),
        "fr": (
            "« {text} » n’est pas une date telle que ces fichiers l’écrivent.",
            "Écrivez année-mois-jour, comme {like}.",
        ),
    },
    "date_unreal": {
        "en": ("The day {text} does not exist.", "Check the month and the day."),
        "fr": ("Le jour {text} n’existe pas.", "Vérifiez le mois et le jour."),
    },
    "date_outside_year": {
        "en": (
            "The date {text} is outside the fiscal year {year}.",
            "Move the line to the folder of its year, or mend the date.",
        ),
        "fr": (
            "La date {text} est hors de l’exercice {year}.",
            "Portez la ligne au dossier de son année, ou corrigez la date.",
        ),
    },
    "yes_no": {
        "en": ("“{text}” is neither yes nor no.", "Write yes or no."),
        "fr": ("« {text} » n’est ni yes ni no.", "Écrivez yes (oui) ou no (non)."),
    },
    # Members, ballots and awards; what allocation.elections.faults says of a ballots file is added below.
    "ballots_not_approvals": {
        "en": ("The votes are of the type {text}.", "Hold an approval vote: the type is one of {known}."),
        "fr": ("Les votes sont du type {text}.", "Votez par approbation : le type est l’un de {known}."),
    },
    "pledge_missing": {
        "en": ("The pledge is missing.", "Write what this {category} pledged for the year: the charter calls it."),
        "fr": ("L’engagement manque.", "Écrivez ce que ce {category} a promis pour l’année : la charte l’appelle."),
    },
    "pledge_unexpected": {
        "en": (
            "A member of the category {category} has a pledge.",
            "Leave it empty: the charter computes what this category owes.",
        ),
        "fr": (
            "Un membre de la catégorie {category} a un engagement.",
            "Laissez vide : la charte calcule ce que doit cette catégorie.",
        ),
    },
    "budget_missing": {
        "en": (
            "The declared budget is missing.",
            "Write the annual production budget of this {category}: its contribution is computed from it.",
        ),
        "fr": (
            "Le budget déclaré manque.",
            "Écrivez le budget annuel de production de ce {category} : sa contribution en découle.",
        ),
    },
    "not_awarded": {
        "en": ("The project “{text}” received no award.", "Remove the line, or check the project’s number."),
        "fr": ("Le projet « {text} » n’a reçu aucune aide.", "Retirez la ligne, ou vérifiez le numéro du projet."),
    },
    **_BALLOTS_SENTENCES,
}
