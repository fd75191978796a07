"""What is said of a year's entries and of the names beside them; `sentences` holds what every file shares."""

from __future__ import annotations

ENTRY_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    # names.json
    "json_unreadable": {
        "en": ("The file is not JSON at this place.", "Close each quotation mark, bracket and brace, and put commas."),
        "fr": (
            "Le fichier n’est pas du JSON à cet endroit.",
            "Fermez guillemets, crochets et accolades, et mettez les virgules.",
        ),
    },
    "json_not_object": {
        "en": ("This is not a list of codes with their names.", 'Write {{"code": "name"}}.'),
        "fr": ("Ce n’est pas une liste de codes avec leurs noms.", 'Écrivez {{"code": "nom"}}.'),
    },
    "json_not_text": {
        "en": ("This is not a text.", "Write the name between quotation marks."),
        "fr": ("Ce n’est pas un texte.", "Écrivez le nom entre guillemets."),
    },
    "json_key_twice": {
        "en": ("The key “{text}” is there twice.", "Keep one of the two."),
        "fr": ("La clé « {text} » est présente deux fois.", "Gardez l’une des deux."),
    },
    "siren_other": {
        "en": ("The fund’s SIREN is {first}, not {found}.", "Check that these are the files of this fund."),
        "fr": ("Le SIREN du fonds est {first}, non {found}.", "Vérifiez que ces fichiers sont bien ceux de ce fonds."),
    },
    "name_other": {
        "en": (
            "The books call “{text}” “{first}”, the file says “{found}”.",
            "One number has one name: write that of the books.",
        ),
        "fr": (
            "Les livres nomment « {text} » « {first} », le fichier dit « {found} ».",
            "Un numéro a un seul libellé : écrivez celui des livres.",
        ),
    },
    # Values
    "code_form": {
        "en": (
            "“{text}” cannot be a code.",
            "Use letters without accents, digits, points, slashes, hyphens and underscores, {limit} at most.",
        ),
        "fr": (
            "« {text} » ne peut pas être un code.",
            "Employez des lettres sans accent, chiffres, points, barres, tirets et soulignés, {limit} au plus.",
        ),
    },
    "account_form": {
        "en": (
            "“{text}” is not an account number.",
            "Begin with three digits, the first from 1 to 9, then digits or letters; {limit} signs at most.",
        ),
        "fr": (
            "« {text} » n’est pas un numéro de compte.",
            "Commencez par trois chiffres, le premier de 1 à 9, puis chiffres ou lettres ; {limit} signes au plus.",
        ),
    },
    "sha256_form": {
        "en": ("“{text}” is not the SHA-256 of a file.", "Write its 64 small hexadecimal digits."),
        "fr": ("« {text} » n’est pas le SHA-256 d’un fichier.", "Écrivez ses 64 chiffres hexadécimaux minuscules."),
    },
    "unit_unknown_here": {
        "en": ("“{text}” is not a unit of these accounts.", "Write {like}, or leave it empty."),
        "fr": ("« {text} » n’est pas une unité de ces comptes.", "Écrivez {like}, ou laissez vide."),
    },
    "account_unnamed": {
        "en": ("The account “{text}” has no name.", "Name it under accounts in names.json{near}, or mend the number."),
        "fr": (
            "Le compte « {text} » n’a pas de libellé.",
            "Nommez-le sous accounts dans names.json{near}, ou corrigez le numéro.",
        ),
    },
    "journal_unnamed": {
        "en": ("The journal “{text}” has no name.", "Name it under journals in names.json{near}, or mend the code."),
        "fr": (
            "Le journal « {text} » n’a pas de libellé.",
            "Nommez-le sous journals dans names.json{near}, ou corrigez le code.",
        ),
    },
    "auxiliary_unnamed": {
        "en": (
            "The auxiliary “{text}” has no name.",
            "Name it under auxiliaries in names.json{near}, or mend the code.",
        ),
        "fr": (
            "L’auxiliaire « {text} » n’a pas de libellé.",
            "Nommez-le sous auxiliaries dans names.json{near}, ou corrigez le code.",
        ),
    },
    # Lines and entries
    "sides_both": {
        "en": ("The line stands on both sides.", "Keep the debit or the credit; write the other on a line of its own."),
        "fr": ("La ligne est des deux côtés.", "Gardez le débit ou le crédit ; portez l’autre sur sa propre ligne."),
    },
    "sides_none": {
        "en": ("The line has neither debit nor credit.", "Write one of them, or delete the line."),
        "fr": ("La ligne n’a ni débit ni crédit.", "Écrivez l’un des deux, ou supprimez la ligne."),
    },
    "entry_twice": {
        "en": (
            "The entry “{text}” already ended before line {first}.",
            "Put its lines together, or give the other entry its own number.",
        ),
        "fr": (
            "L’écriture « {text} » s’était déjà terminée avant la ligne {first}.",
            "Regroupez ses lignes, ou donnez son propre numéro à l’autre écriture.",
        ),
    },
    "entry_differs": {
        "en": (
            "The entry “{number}” says “{first}” on its first line and “{found}” here.",
            "An entry has one value in this column: repeat it, or make two entries.",
        ),
        "fr": (
            "L’écriture « {number} » dit « {first} » sur sa première ligne et « {found} » ici.",
            "Une écriture n’a qu’une valeur dans cette colonne : répétez-la, ou faites deux écritures.",
        ),
    },
    "entry_unbalanced": {
        "en": (
            "The entry “{text}” does not balance in {unit}: debit {debit}, credit {credit}, difference {difference}.",
            "Mend an amount, or add the missing line.",
        ),
        "fr": (
            "L’écriture « {text} » n’est pas équilibrée en {unit} : débit {debit}, crédit {credit}, "
            "écart {difference}.",
            "Corrigez un montant, ou ajoutez la ligne qui manque.",
        ),
    },
    "validated_before": {
        "en": (
            "The entry is validated on {found}, before its own date {first}.",
            "Validate it on its date at the earliest.",
        ),
        "fr": (
            "L’écriture est validée le {found}, avant sa propre date {first}.",
            "Validez-la au plus tôt à sa date.",
        ),
    },
    "opening_not_first_day": {
        "en": (
            "An entry of the journal AN is dated {text}.",
            "À-nouveaux are dated the first day of the year; use another journal for what comes later.",
        ),
        "fr": (
            "Une écriture du journal AN est datée du {text}.",
            "Les à-nouveaux portent la date du premier jour de l’exercice ; le reste va dans un autre journal.",
        ),
    },
    "opening_of_results": {
        "en": (
            "The à-nouveaux open the account “{text}”, of class 6 or 7.",
            "Income and expenses begin at zero: put the result of the year before on 120 or 129.",
        ),
        "fr": (
            "Les à-nouveaux ouvrent le compte « {text} », de classe 6 ou 7.",
            "Produits et charges repartent de zéro : portez le résultat de l’exercice précédent au 120 ou au 129.",
        ),
    },
    # Lettering
    "lettering_alone": {
        "en": (
            "The lettering “{text}” of {account} has this line alone.",
            "A lettering joins two lines at least of one account and auxiliary: complete it, or remove the code.",
        ),
        "fr": (
            "Le lettrage « {text} » de {account} n’a que cette ligne.",
            "Un lettrage joint au moins deux lignes d’un compte et d’un auxiliaire : complétez-le, ou retirez le code.",
        ),
    },
    "lettering_undated": {
        "en": ("The lettering “{text}” has no date.", "Write the day it was made in lettering_date."),
        "fr": ("Le lettrage « {text} » n’a pas de date.", "Écrivez dans lettering_date le jour où il a été fait."),
    },
    "lettering_without_code": {
        "en": ("There is a lettering date without a code.", "Write the code in lettering, or remove the date."),
        "fr": (
            "Il y a une date de lettrage sans code.",
            "Écrivez le code dans lettering, ou retirez la date.",
        ),
    },
    "lettering_dates": {
        "en": (
            "The lettering “{text}” is dated {found} here and {first} on line {line_of_first}.",
            "A lettering has one date.",
        ),
        "fr": (
            "Le lettrage « {text} » est daté du {found} ici et du {first} à la ligne {line_of_first}.",
            "Un lettrage a une seule date.",
        ),
    },
    "lettering_partial": {
        "en": (
            "The lettering “{text}” of {account} leaves {left}: it is kept as a partial one.",
            "Mend it where it should settle.",
        ),
        "fr": (
            "Le lettrage « {text} » de {account} laisse {left} : il est gardé comme partiel.",
            "Corrigez-le s’il devait solder.",
        ),
    },
    "lettering_other": {
        "en": (
            "The books hold a lettering “{text}” of {account} with other lines or another date.",
            "Undo it in the books first, or give this one another code.",
        ),
        "fr": (
            "Les livres tiennent un lettrage « {text} » de {account} avec d’autres lignes ou une autre date.",
            "Défaites-le d’abord dans les livres, ou donnez à celui-ci un autre code.",
        ),
    },
    # Against the books
    "opening_again": {
        "en": (
            "The year {year} has openings already, from the entries before it: these à-nouveaux would count twice.",
            "Remove them, or found another fund from these files.",
        ),
        "fr": (
            "L’exercice {year} a déjà ses à-nouveaux, par les écritures qui le précèdent : ceux-ci compteraient "
            "deux fois.",
            "Retirez-les, ou fondez un autre fonds avec ces fichiers.",
        ),
    },
    "before_opening": {
        "en": (
            "The entry is dated {text}, before the opening entry of {first} that sums up the past.",
            "Leave it out: the opening entry holds it already.",
        ),
        "fr": (
            "L’écriture est datée du {text}, avant l’écriture d’ouverture du {first} qui résume le passé.",
            "Laissez-la de côté : l’écriture d’ouverture la contient déjà.",
        ),
    },
}
