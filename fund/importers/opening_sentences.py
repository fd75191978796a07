"""What is said of the balances that open a fund's books; `sentences` holds what every file shares."""

from __future__ import annotations

OPENING_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "balance_unbalanced": {
        "en": (
            "The balances do not agree: debit {debit}, credit {credit}, difference {difference}.",
            "Complete the balance: the opening entry is refused until it balances to the cent.",
        ),
        "fr": (
            "Les soldes ne s’équilibrent pas : débit {debit}, crédit {credit}, écart {difference}.",
            "Complétez la balance : l’écriture d’ouverture est refusée tant qu’elle n’est pas équilibrée au centime.",
        ),
    },
    "balance_of_results": {
        "en": (
            "The account “{text}” is one of income or expenses, which begin at zero.",
            "Put the result of the year before on 120 (surplus) or 129 (deficit), and remove the line.",
        ),
        "fr": (
            "Le compte « {text} » est un compte de charges ou de produits, qui repartent de zéro.",
            "Portez le résultat de l’exercice précédent au 120 (excédent) ou au 129 (déficit), et retirez la ligne.",
        ),
    },
    "balance_of_no_opening": {
        "en": (
            "The account “{text}” is opened in no year: contributions in kind and analytic accounts begin at zero.",
            "Remove the line.",
        ),
        "fr": (
            "Le compte « {text} » ne s’ouvre pas : contributions en nature et comptes analytiques repartent de zéro.",
            "Retirez la ligne.",
        ),
    },
    "balance_twice": {
        "en": (
            "The balance of {text} already stands on line {first}.",
            "Add the two up; open items of one account each have a text of their own in the column item.",
        ),
        "fr": (
            "Le solde de {text} figure déjà à la ligne {first}.",
            "Additionnez les deux ; les postes ouverts d’un même compte ont chacun leur texte dans la colonne item.",
        ),
    },
    "balance_nothing": {
        "en": ("Every balance is zero: there is nothing to open.", "Check that it is the right file."),
        "fr": ("Tous les soldes sont nuls : il n’y a rien à ouvrir.", "Vérifiez que c’est le bon fichier."),
    },
    "account_unknown": {
        "en": (
            "Neither the chart nor the fund knows the account “{text}”.",
            "Mend the number{near}, or name the account in the column account_name.",
        ),
        "fr": (
            "Ni le plan comptable ni le fonds ne connaissent le compte « {text} ».",
            "Corrigez le numéro{near}, ou nommez le compte dans la colonne account_name.",
        ),
    },
    "account_outside_chart": {
        "en": (
            "The account “{text}” is not in the chart of {year}, {chart}.",
            "Use the account that took its place{near}.",
        ),
        "fr": (
            "Le compte « {text} » n’est pas au plan comptable de {year}, {chart}.",
            "Employez le compte qui l’a remplacé{near}.",
        ),
    },
    "auxiliary_unlabelled": {
        "en": (
            "The auxiliary “{text}” has no name, and the register does not know it.",
            "Write its name in the column name.",
        ),
        "fr": (
            "L’auxiliaire « {text} » n’a pas de nom, et le registre ne le connaît pas.",
            "Écrivez son nom dans la colonne name.",
        ),
    },
    "name_twice": {
        "en": ("“{text}” is called “{found}” here and “{first}” above.", "Give it one name."),
        "fr": ("« {text} » s’appelle « {found} » ici et « {first} » plus haut.", "Donnez-lui un seul nom."),
    },
    "fec_currency": {
        "en": (
            "The fund keeps its books in {text}, and such a file is in euros.",
            "Give a balance in the fund’s currency.",
        ),
        "fr": (
            "Le fonds tient ses livres en {text}, et un tel fichier est en euros.",
            "Donnez une balance dans la monnaie du fonds.",
        ),
    },
}
