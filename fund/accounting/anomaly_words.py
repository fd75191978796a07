"""What the rules of `anomalies` are called, what they look for and why each finding is one, in French and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fund.accounting.anomalies import AMOUNTS, FactValue, Finding


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Title, what the rule looks for, and the reason of one finding with its figures in braces."""

    title: str
    about: str
    reason: str


WORDS: Final[Mapping[str, Mapping[str, RuleWords]]] = {
    "round-amount": {
        "fr": RuleWords("Montants ronds", "Écritures dont le montant est un multiple rond.", "Multiple de {round}."),
        "en": RuleWords("Round amounts", "Entries whose amount is a round multiple.", "A multiple of {round}."),
    },
    "shared-iban": {
        "fr": RuleWords(
            "Un même IBAN pour deux tiers",
            "Comptes bancaires inscrits, aujourd’hui ou autrefois, pour plusieurs tiers.",
            "L’IBAN finissant par {tail} est celui de {parties}.",
        ),
        "en": RuleWords(
            "One IBAN for two payees",
            "Bank accounts that are written down, now or before, for several parties.",
            "The IBAN that ends in {tail} is that of {parties}.",
        ),
    },
    "day-off": {
        "fr": RuleWords(
            "Écritures d’un jour chômé",
            "Faits datés d’un samedi, d’un dimanche ou d’un jour férié (code du travail, art. L3133-1).",
            "Datée d’un jour chômé : {day}.",
        ),
        "en": RuleWords(
            "Entries of a day off",
            "Facts dated on a Saturday, a Sunday or a French public holiday (Labour Code, art. L3133-1).",
            "Dated on a day off: {day}.",
        ),
    },
    "below-threshold": {
        "fr": RuleWords(
            "Juste sous un seuil",
            "Montants qui restent de peu sous un seuil de signature ou de contrôle.",
            "Un peu moins de {threshold}.",
        ),
        "en": RuleWords(
            "Just below a threshold",
            "Amounts that stay a little below a threshold of signature or control.",
            "A little less than {threshold}.",
        ),
    },
    "bank-line-unmatched": {
        "fr": RuleWords(
            "Lignes de banque sans écriture",
            "Lignes du relevé qu’aucune écriture du compte 512 ne justifie encore.",
            "Le relevé porte {minor}, la comptabilité rien.",
        ),
        "en": RuleWords(
            "Bank lines without an entry",
            "Lines of the bank that no entry of account 512 accounts for yet.",
            "The bank says {minor}, the books nothing.",
        ),
    },
    "posting-unmatched": {
        "fr": RuleWords(
            "Écritures de banque sans ligne de relevé",
            "Écritures du compte 512 qu’aucune ligne du relevé ne confirme encore.",
            "La comptabilité porte {minor}, le relevé rien.",
        ),
        "en": RuleWords(
            "Bank entries without a line of the bank",
            "Entries of account 512 that no line of the bank confirms yet.",
            "The books say {minor}, the bank nothing.",
        ),
    },
    "same-party-amount": {
        "fr": RuleWords(
            "Même tiers, même montant",
            "Le même montant, du même côté du même tiers, à peu de jours.",
            "{party}, {account} : {minor} de nouveau après {days} j ; déjà {other}.",
        ),
        "en": RuleWords(
            "Same party, same amount",
            "The same amount on the same side of the same third party, a few days apart.",
            "{party}, {account}: {minor} again after {days} d; already {other}.",
        ),
    },
    "same-document": {
        "fr": RuleWords(
            "Une pièce deux fois",
            "Des pièces dont le même journal porte deux fois la référence.",
            "La pièce {document} est déjà celle de {other}.",
        ),
        "en": RuleWords(
            "One document twice",
            "Documents whose reference stands twice in the same journal.",
            "The document {document} is already that of {other}.",
        ),
    },
    "same-file": {
        "fr": RuleWords(
            "Un fichier deux fois",
            "Des pièces au fichier identique, reconnu à son empreinte SHA-256.",
            "Le fichier {document} est déjà celui de {other}.",
        ),
        "en": RuleWords(
            "One file twice",
            "Documents with the same file, known by its SHA-256.",
            "The file {document} is already that of {other}.",
        ),
    },
    "document-gap": {
        "fr": RuleWords(
            "Pièce loin de l’écriture",
            "La date de la pièce et celle de l’écriture s’écartent.",
            "Pièce du {document_on}, à {days} j de l’écriture.",
        ),
        "en": RuleWords(
            "Document far from its entry",
            "The date of the document and that of the entry are far apart.",
            "Document of {document_on}, {days} d from the entry.",
        ),
    },
    "late-validation": {
        "fr": RuleWords(
            "Validée longtemps après",
            "Écritures devenues définitives longtemps après le fait.",
            "Définitive le {validated_on}, {days} j après.",
        ),
        "en": RuleWords(
            "Validated long after",
            "Entries that became final long after the fact.",
            "Final on {validated_on}, {days} d later.",
        ),
    },
    "reversed": {
        "fr": RuleWords("Extournes", "Écritures qui en annulent une autre.", "Annule {other}."),
        "en": RuleWords("Reversals", "Entries that undo another.", "Undoes {other}."),
    },
    "year-end-manual": {
        "fr": RuleWords(
            "Opérations diverses de fin d’exercice",
            "Écritures du journal OD dans les derniers jours de l’exercice.",
            "Journal OD, dans les {days} derniers jours.",
        ),
        "en": RuleWords(
            "Manual entries at the year’s end",
            "Entries of journal OD in the last days of the fiscal year.",
            "Journal OD, in the last {days} days.",
        ),
    },
    "unusual-side": {
        "fr": RuleWords(
            "Comptes de tiers du côté inhabituel",
            "Comptes de tiers dont le solde est du côté où le plan comptable ne l’attend pas.",
            "{account} {party} : {balance}, solde {side}.",
        ),
        "en": RuleWords(
            "Third parties on the unusual side",
            "Accounts of third parties whose balance is on the side that the chart does not expect.",
            "{account} {party}: {balance}, on the {side} side.",
        ),
    },
    "lettering-undone": {
        "fr": RuleWords(
            "Lettrages défaits",
            "Lettrages faits puis retirés.",
            "Lettrage {code} du compte {account} défait par {by}.",
        ),
        "en": RuleWords(
            "Letterings undone",
            "Letterings that were done and taken off again.",
            "Lettering {code} of account {account} undone by {by}.",
        ),
    },
}

_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "holiday": {"fr": "jour férié", "en": "public holiday"},
    "weekend": {"fr": "samedi ou dimanche", "en": "Saturday or Sunday"},
    "debit": {"fr": "débiteur", "en": "debit"},
    "credit": {"fr": "créditeur", "en": "credit"},
}


def reason_of(finding: Finding, language: str, say: Callable[[str, FactValue], str]) -> str:
    """Why it is one, in a sentence; `say` writes a day, a number or an amount (told by its name) for the reader."""
    said = {
        name: _SAID[value][language] if name in ("day", "side") and isinstance(value, str) else say(name, value)
        for name, value in finding.facts
    }
    return WORDS[finding.rule][language].reason.format_map(said)


def is_amount(name: str) -> bool:
    """Whether the fact of this name is an amount in minor units."""
    return name in AMOUNTS
