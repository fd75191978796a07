"""What the checker says of lines, entries and the whole year, in French and in English."""

from __future__ import annotations

from typing import Final

ENTRY_SENTENCES: Final = {
    "empty_field": (
        "{field} est vide ; ce champ est toujours rempli.",
        "{field} is empty; this field is always filled.",
    ),
    "date_form": (
        "{field} vaut « {text} » ; écrivez huit chiffres, AAAAMMJJ.",
        "{field} is “{text}”; write eight digits, YYYYMMDD.",
    ),
    "date_unreal": (
        "{field} vaut « {text} », un jour qui n’existe pas ; corrigez la date.",
        "{field} is “{text}”, a day that does not exist; correct the date.",
    ),
    "date_outside": (
        "EcritureDate {on:%d/%m/%Y} est hors de l’exercice, du {first:%d/%m/%Y} au {last:%d/%m/%Y} ; l’écriture est "
        "d’un autre exercice, ou sa date est fausse.",
        "EcritureDate {on:%Y-%m-%d} is outside the fiscal year, {first:%Y-%m-%d} to {last:%Y-%m-%d}; the entry belongs "
        "to another year, or its date is wrong.",
    ),
    "amount_form": (
        "{field} vaut « {text} » ; écrivez des chiffres, une virgule et deux décimales, comme 1234,56.",
        "{field} is “{text}”; write digits, a comma and two decimals, like 1234,56.",
    ),
    "amount_large": (
        "{field} a plus de dix-huit chiffres ; vérifiez le montant.",
        "{field} has more than eighteen digits; verify the amount.",
    ),
    "both_sides": (
        "Débit et crédit sont tous deux remplis ({debit} et {credit}) ; gardez un seul côté par ligne.",
        "Debit and credit are both filled ({debit} and {credit}); keep one side for each line.",
    ),
    "no_side": (
        "Débit et crédit sont nuls tous deux ; retirez la ligne ou donnez-lui son montant.",
        "Debit and credit are both zero; remove the line or give it its amount.",
    ),
    "side": (
        "Sens vaut « {text} » ; écrivez D ou C, ou +1 ou -1.",
        "Sens is “{text}”; write D or C, or +1 or -1.",
    ),
    "unbalanced": (
        "L’écriture {entry} du journal {journal} n’est pas équilibrée : débit {debit}, crédit {credit} ; il manque "
        "une ligne ou un montant est faux.",
        "Entry {entry} of journal {journal} does not balance: debit {debit}, credit {credit}; a line is missing or an "
        "amount is wrong.",
    ),
    "one_line": (
        "L’écriture {entry} du journal {journal} n’a qu’une ligne ; une écriture a un débit et un crédit.",
        "Entry {entry} of journal {journal} has one line; an entry has a debit and a credit.",
    ),
    "entry_dates": (
        "L’écriture {entry} du journal {journal} porte deux dates, {first} et {text} ; gardez-en une.",
        "Entry {entry} of journal {journal} has two dates, {first} and {text}; give it one EcritureDate.",
    ),
    "entry_journal_label": (
        "L’écriture {entry} du journal {journal} porte deux libellés de journal, « {first} » et « {text} » ; gardez-en "
        "un.",
        "Entry {entry} of journal {journal} has two journal labels, “{first}” and “{text}”; keep one.",
    ),
    "entry_apart": (
        "L’écriture {entry} du journal {journal} reprend après d’autres ; mettez ses lignes à la suite, ou donnez un "
        "autre numéro à la seconde.",
        "Entry {entry} of journal {journal} comes again after others; put its lines together, or number the second one "
        "otherwise.",
    ),
    "entry_validations": (
        "L’écriture {entry} du journal {journal} porte deux dates de validation, {first} et {text} ; une écriture se "
        "valide d’un coup.",
        "Entry {entry} of journal {journal} has two days of validation, {first} and {text}; an entry is validated at "
        "once.",
    ),
    "file_unbalanced": (
        "Le total des débits est {debit}, celui des crédits {credit}, écart {gap} ; cherchez l’écriture déséquilibrée "
        "ou la ligne perdue.",
        "Debits total {debit}, credits {credit}, {gap} apart; look for the entry that does not balance or the line "
        "that is lost.",
    ),
    "result_differs": (
        "Les classes 6 et 7 donnent {found}, les états financiers {wanted} ; une écriture manque, ou les comptes de "
        "gestion sont soldés.",
        "Classes 6 and 7 give {found}, the statements {wanted}; an entry is missing, or income and expenses were "
        "emptied.",
    ),
    "in_kind_differs": (
        "Les comptes 86 totalisent {used}, les comptes 87 {given} ; les deux colonnes des contributions volontaires "
        "sont égales.",
        "Accounts 86 total {used}, accounts 87 {given}; both columns of voluntary contributions are equal.",
    ),
    "no_number": (
        "EcritureNum « {entry} » du journal {journal} ne finit pas par un numéro ; numérotez à partir de 1.",
        "EcritureNum “{entry}” of journal {journal} does not end with a number; number from 1.",
    ),
    "first_number": (
        "Le journal {journal} commence au numéro {entry} ; sa première écriture porte le numéro 1.",
        "Journal {journal} begins with number {entry}; its first entry is number 1.",
    ),
    "number_gap": (
        "Le journal {journal} passe de {last} à {entry} ; retrouvez les écritures manquantes ou expliquez le trou.",
        "Journal {journal} goes from {last} to {entry}; find the missing entries or explain the gap.",
    ),
    "number_back": (
        "Le journal {journal} revient de {last} à {entry} ; un numéro ne sert qu’une fois et ne recule pas.",
        "Journal {journal} goes back from {last} to {entry}; a number serves once and never goes back.",
    ),
    "number_prefix": (
        "Le préfixe des numéros du journal {journal} passe de « {first} » à « {text} » ; gardez une seule suite.",
        "The prefix of the numbers of journal {journal} goes from “{first}” to “{text}”; keep one sequence.",
    ),
    "no_opening": (
        "Le fichier n’a pas d’à-nouveaux ; reprenez les soldes de clôture de l’exercice précédent au journal AN, ou "
        "dites que c’est le premier exercice.",
        "The file has no opening balances; carry over the closing balances of the year before in journal AN, or say "
        "that this is the first fiscal year.",
    ),
    "opening_late": (
        "L’écriture d’à-nouveaux {entry} vient après d’autres écritures ; mettez-la en tête.",
        "The opening entry {entry} comes after other entries; put it first.",
    ),
    "opening_day": (
        "L’écriture d’à-nouveaux {entry} est datée du {on:%d/%m/%Y}, l’exercice s’ouvre le {first:%d/%m/%Y} ; datez-la "
        "du premier jour, ou dites l’ouverture si l’exercice n’a pas douze mois.",
        "The opening entry {entry} is dated {on:%Y-%m-%d}, the fiscal year opens on {first:%Y-%m-%d}; date it the "
        "first day, or tell the opening where the year has not twelve months.",
    ),
    "opening_income": (
        "Les à-nouveaux reprennent le compte de gestion {account} ; seuls les comptes de bilan se reprennent, le "
        "résultat en 120 ou 129.",
        "The openings carry over account {account}, of income or expenses; only balance sheet accounts are carried "
        "over, the result on 120 or 129.",
    ),
    "opening_differs": (
        "L’à-nouveau du compte {account} est {found}, la clôture de l’exercice précédent {wanted} ; corrigez les "
        "à-nouveaux.",
        "The opening of account {account} is {found}, the closing of the year before {wanted}; correct the openings.",
    ),
    "order": (
        "L’écriture {entry} du journal {journal}, validée le {text}, vient après une écriture qui la suit ; triez par "
        "date de validation, puis journal et numéro.",
        "Entry {entry} of journal {journal}, validated {text}, comes after one that follows it; sort by day of "
        "validation, then journal and number.",
    ),
    "account_form": (
        "CompteNum « {account} » ne commence pas par trois chiffres, de 1 à 8 pour le premier ; prenez un compte du "
        "plan comptable.",
        "CompteNum “{account}” does not begin with three digits, the first 1 to 8; take an account of the chart.",
    ),
    "account_labels": (
        "Le compte {account} porte deux libellés, « {first} » et « {text} » ; gardez-en un.",
        "Account {account} has two labels, “{first}” and “{text}”; keep one.",
    ),
    "journal_labels": (
        "Le journal {journal} porte deux libellés, « {first} » et « {text} » ; gardez-en un.",
        "Journal {journal} has two labels, “{first}” and “{text}”; keep one.",
    ),
    "pair": (
        "{filled} est rempli, {empty} est vide ; remplissez les deux, ou aucun.",
        "{filled} is filled, {empty} is empty; fill both or neither.",
    ),
    "lettering_open": (
        "Le lettrage {code} du compte {account} laisse {rest} ; complétez-le, ou marquez-le partiel par un code en "
        "minuscules.",
        "The lettering {code} of account {account} leaves {rest}; complete it, or mark it partial by a code in small "
        "letters.",
    ),
    "result_closed": (
        "L’écriture {entry} du journal {journal} solde des comptes 6 ou 7 par le compte 12 ; le fichier se remet avant "
        "cette écriture : retirez-la.",
        "Entry {entry} of journal {journal} empties accounts 6 or 7 into account 12; the file is given before that "
        "entry: remove it.",
    ),
    "validated_early": (
        "ValidDate {text} précède EcritureDate {on} ; une écriture se valide après sa date : expliquez-le.",
        "ValidDate {text} comes before EcritureDate {on}; an entry is validated after its date: explain it.",
    ),
    "validated_late": (
        "ValidDate {text} vient après la fin de l’exercice suivant, le {limit:%d/%m/%Y} ; la clôture légale était "
        "passée : expliquez-le.",
        "ValidDate {text} comes after the end of the next fiscal year, {limit:%Y-%m-%d}; the legal closing was past: "
        "explain it.",
    ),
    "document_far": (
        "PieceDate {text} est à plus d’un an d’EcritureDate {on} ; vérifiez la pièce.",
        "PieceDate {text} is more than a year from EcritureDate {on}; verify the voucher.",
    ),
    "bar": (
        "{field} contient « | », séparateur d’autres programmes ; remplacez-le.",
        "{field} holds “|”, which other programs read as a separator; replace it.",
    ),
    "lettered_late": (
        "DateLet {text} vient après l’export, le {exported:%d/%m/%Y} ; vérifiez la date.",
        "DateLet {text} comes after the export, {exported:%Y-%m-%d}; verify the date.",
    ),
    "opening_journal": (
        "Les à-nouveaux sont au journal « {journal} » ; le règlement n’impose pas le code AN.",
        "The openings are in journal “{journal}”; the regulation does not impose the code AN.",
    ),
    "partial": (
        "Des lettrages sont marqués partiels par un code en minuscules ; leur reste n’est pas une faute.",
        "Some letterings are marked partial by a code in small letters; what they leave is no fault.",
    ),
    "first_year": (
        "Le fichier n’a pas d’à-nouveaux : c’est le premier exercice, selon ce qui est dit.",
        "The file has no openings: this is the first fiscal year, as told.",
    ),
}
