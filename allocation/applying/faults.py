"""What is missing or wrong in an application: where, in a sentence, and how to mend it. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Final

from allocation.applying.fields import BY_NAME, TABLE_BY_NAME
from allocation.methods.sentences import money
from ledger.money import Amount

Figures = Mapping[str, str | int | Amount]

SHOWN: Final = 60
"""How much of a faulty text is repeated in its sentence."""

# By code: (sentence fr, mend fr, sentence en, mend en).
SENTENCES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "missing": (
        "Ceci manque.",
        "Remplissez-le : le dossier ne peut pas être déposé sans.",
        "This is missing.",
        "Fill it in: the application cannot be filed without it.",
    ),
    "too-long": (
        "Le texte a {count} caractères ; {limit} au plus.",
        "Raccourcissez-le de {over}.",
        "The text has {count} characters; {limit} at most.",
        "Shorten it by {over}.",
    ),
    "invisible": (
        "Le texte contient un caractère qui ne se voit pas ou ne s’écrit pas ({character}).",
        "Effacez-le, ou tapez le texte à nouveau.",
        "The text holds a character that cannot be seen or written ({character}).",
        "Delete it, or type the text again.",
    ),
    "not-an-amount": (
        "« {text} » n’est pas un montant.",
        "Écrivez-le en chiffres, comme 1 234,56.",
        "“{text}” is not an amount.",
        "Write it in figures, like 1234.56.",
    ),
    "too-precise": (
        "« {text} » a trop de décimales, ou un séparateur de milliers qui se lit comme une virgule.",
        "Écrivez 1 234,56, avec {scale} décimales au plus.",
        "“{text}” has too many decimals, or a thousands separator that reads as a decimal point.",
        "Write 1234.56, with {scale} decimals at most.",
    ),
    "too-large": (
        "« {text} » est plus grand que ce qui peut être tenu.",
        "Vérifiez le nombre de chiffres.",
        "“{text}” is larger than can be kept.",
        "Check the number of digits.",
    ),
    "not-positive": (
        "« {text} » n’est pas au-dessus de zéro.",
        "Écrivez un nombre positif, ou effacez la ligne.",
        "“{text}” is not above zero.",
        "Write a positive number, or delete the line.",
    ),
    "not-a-day": (
        "« {text} » n’est pas une date.",
        "Écrivez-la comme 2026-12-31 ou 31/12/2026.",
        "“{text}” is not a date.",
        "Write it like 2026-12-31 or 31/12/2026.",
    ),
    "not-a-number": (
        "« {text} » n’est pas un nombre entier.",
        "Écrivez-le en chiffres, comme 12.",
        "“{text}” is not a whole number.",
        "Write it in figures, like 12.",
    ),
    "not-a-choice": (
        "« {text} » n’est pas un des choix.",
        "Choisissez dans la liste.",
        "“{text}” is not one of the choices.",
        "Choose from the list.",
    ),
    "minimum-above-target": (
        "Le minimum ({minimum}) dépasse le montant souhaité ({target}).",
        "Baissez le minimum, ou demandez davantage.",
        "The minimum ({minimum}) is above the target amount ({target}).",
        "Lower the minimum, or ask for more.",
    ),
    "minimum-above-envelope": (
        "Le minimum ({minimum}) dépasse toute l’enveloppe ({envelope}).",
        "Choisissez un autre volet, ou baissez le minimum.",
        "The minimum ({minimum}) is above the whole envelope ({envelope}).",
        "Choose another strand, or lower the minimum.",
    ),
    "no-lines": (
        "Aucune ligne n’est remplie.",
        "Remplissez au moins une ligne.",
        "No line is filled in.",
        "Fill in one line at least.",
    ),
    "too-many-lines": (
        "Il y a plus de {limit} lignes ; les suivantes ne sont pas lues.",
        "Regroupez des lignes.",
        "There are more than {limit} lines; those after them are not read.",
        "Put lines together.",
    ),
    "unbalanced": (
        "Les charges font {charges} ; les recettes, les préachats et l’aide demandée font {receipts}.",
        "Vérifiez le budget : le comité demandera d’où vient la différence, {difference}.",
        "Costs are {charges}; receipts, pre-purchases and the aid asked make {receipts}.",
        "Check the budget: the committee will ask where the difference, {difference}, comes from.",
    ),
    "document-missing": (
        "La pièce « {document} » manque.",
        "Ajoutez-la à la page des pièces.",
        "The document “{document}” is missing.",
        "Add it on the page of documents.",
    ),
}
REMARKS: Final = frozenset({"unbalanced"})
"""What is said and does not keep anybody from filing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something missing or wrong.

    `field` is a field, a table or `documents`; in a table, `row` (from 0) and `column` say where.
    """

    field: str
    code: str
    row: int | None = None
    column: str = ""
    figures: Figures = default(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether the application cannot be filed while it stands."""
        return self.code not in REMARKS

    @property
    def place(self) -> str:
        """The name of the input on the page: `title`, `charges-0-amount`."""
        return self.field if self.row is None else f"{self.field}-{self.row}-{self.column}"

    def where(self, language: str) -> str:
        """The field in words: “Budget: costs, line 2, Amount”."""
        french = language == "fr"
        if self.field == "documents":
            return "Pièces" if french else "Documents"
        if self.field in BY_NAME:
            return BY_NAME[self.field].label_in(language)
        table = TABLE_BY_NAME[self.field]
        if self.row is None:
            return table.label_in(language)
        column = next(each.label_in(language) for each in table.columns if each.name == self.column)
        return f"{table.label_in(language)}, {'ligne' if french else 'line'} {self.row + 1}, {column}"

    def sentence(self, language: str) -> str:
        """What is missing or wrong."""
        french, _, english, _ = SENTENCES[self.code]
        return (french if language == "fr" else english).format(**self._said(language))

    def mend(self, language: str) -> str:
        """How to mend it."""
        _, french, _, english = SENTENCES[self.code]
        return (french if language == "fr" else english).format(**self._said(language))

    def _said(self, language: str) -> dict[str, str | int]:
        return {
            name: money(figure.minor, language, figure.unit) if isinstance(figure, Amount) else figure
            for name, figure in self.figures.items()
        }
