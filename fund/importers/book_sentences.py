"""What is said of a folder that contradicts its charter or the fund's books; `sentences` holds the others."""

from __future__ import annotations

BOOK_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "charter_legal_form": {
        "en": (
            "The fund is “{text}”, its charter is written for “{charter}”.",
            "Choose a charter for this legal form, or correct the form.",
        ),
        "fr": (
            "Le fonds est « {text} », sa charte est écrite pour « {charter} ».",
            "Choisissez une charte de cette forme juridique, ou corrigez la forme.",
        ),
    },
    "charter_currency": {
        "en": ("The fund counts in {text}, its charter in {charter}.", "Use one currency in both."),
        "fr": ("Le fonds compte en {text}, sa charte en {charter}.", "Prenez la même monnaie dans les deux."),
    },
    "charter_not_in_force": {
        "en": (
            "The charter is in force from {first} to {last}, not all through {year}.",
            "Choose a charter that is in force on 1 January of the year.",
        ),
        "fr": (
            "La charte est en vigueur du {first} au {last}, pas toute l’année {year}.",
            "Choisissez une charte en vigueur au 1er janvier de l’année.",
        ),
    },
    "formula_lacks": {
        "en": ("The charter cannot compute this contribution: {said}", "Complete the line."),
        "fr": ("La charte ne peut pas calculer cette contribution : {dit}", "Complétez la ligne."),
    },
    "charter_not_kept": {
        "en": (
            "The books cannot keep this charter: {said}",
            "Complete the files, or choose another charter.",
        ),
        "fr": (
            "Les livres ne peuvent pas tenir cette charte : {dit}",
            "Complétez les fichiers, ou choisissez une autre charte.",
        ),
    },
    "project_taken": {
        "en": (
            "The project “{text}” was awarded in {call}, and a code is used once in a fund.",
            "Give the new project another number, in this file and in exploitation.csv.",
        ),
        "fr": (
            "Le projet « {text} » a reçu une aide dans {call}, et un code ne sert qu’une fois dans un fonds.",
            "Donnez un autre numéro au nouveau projet, dans ce fichier et dans exploitation.csv.",
        ),
    },
    "in_kind_not_euros": {
        "en": (
            "Help in kind is valued in euros, the fund counts in {text}.",
            "Leave the header alone.",
        ),
        "fr": (
            "L’apport en nature s’évalue en euros, le fonds compte en {text}.",
            "Ne gardez que l’en-tête.",
        ),
    },
    "in_kind_too_large": {
        "en": ("“{text}” is worth more than the books can hold.", "Check the quantity and the value of one."),
        "fr": (
            "« {text} » vaut plus que les livres ne peuvent contenir.",
            "Vérifiez quantité et valeur unitaire.",
        ),
    },
    "envelope_empty": {
        "en": ("The envelope is empty.", "Write in META a budget above zero."),
        "fr": ("L’enveloppe est vide.", "Écrivez dans META un budget au-dessus de zéro."),
    },
    "project_free": {
        "en": ("The project “{text}” asks for nothing.", "Write what it asks for, or remove it."),
        "fr": ("Le projet « {text} » ne demande rien.", "Écrivez ce qu’il demande, ou retirez-le."),
    },
    "year_over": {
        "en": (
            "“{text}” is new, and the statements of this year are issued.",
            "Book it in the next year, or correct the year by a reversal.",
        ),
        "fr": (
            "« {text} » est nouveau, et les relevés de cette année sont établis.",
            "Inscrivez-le l’année suivante, ou corrigez l’année par une extourne.",
        ),
    },
    "record_conflict": {
        "en": (
            "The books hold “{text}” with “{first}”, the file says “{found}”.",
            "Give new facts a new reference; correct old ones by a reversal.",
        ),
        "fr": (
            "Les livres tiennent « {text} » avec « {first} », le fichier dit « {found} ».",
            "Donnez une référence nouvelle à un fait nouveau ; corrigez l’ancien par une extourne.",
        ),
    },
    "entry_refused": {
        "en": ("The books refuse the entry “{text}”: {said}", "Mend the files; what is booked is never changed."),
        "fr": (
            "Les livres refusent l’écriture « {text} » : {dit}",
            "Corrigez les fichiers ; ce qui est passé ne change jamais.",
        ),
    },
    "fec_finding": {
        "en": ("{said}", "Mend it in the program that wrote the file, and export it again."),
        "fr": ("{dit}", "Corrigez-le dans le logiciel qui a écrit le fichier, et exportez-le à nouveau."),
    },
}
