"""What is said of a file of the bank's lines; `sentences` holds the others."""

from __future__ import annotations

BANK_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "bank_account_form": {
        "en": ("“{text}” is not an account of the bank.", "Write 512, or a sub-account such as 5121, in digits."),
        "fr": ("« {text} » n’est pas un compte de banque.", "Écrivez 512, ou un sous-compte comme 5121, en chiffres."),
    },
    "bank_order": {
        "en": ("The day {text} comes after {found}.", "Put the lines of an account in order, the oldest first."),
        "fr": ("Le jour {text} vient après {found}.", "Rangez les lignes d’un compte, la plus ancienne d’abord."),
    },
    "bank_balance_breaks": {
        "en": (
            "The balance {text} is not the one before with this line’s amount.",
            "It would be {like}: look for a missing line, or correct the amount.",
        ),
        "fr": (
            "Le solde {text} n’est pas le précédent augmenté du montant de la ligne.",
            "Ce serait {like} : cherchez une ligne manquante, ou corrigez le montant.",
        ),
    },
}
