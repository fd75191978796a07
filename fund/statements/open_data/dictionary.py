"""The dictionary of the fund's own public files: every table and field, with its type, unit and meaning.

A type is `text`, `code`, `date` (2026-12-31), `integer`, `amount` (a decimal point, exact) or `choice`. Fields whose
names people chose are `text`: in CSV a `'` stands before what a sheet would run as a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Type = Literal["text", "code", "date", "integer", "amount", "choice"]
Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `unit` is empty, or a word (`currency` is the fund's own, `EUR` for what is valued in kind)."""

    name: str
    type: Type
    fr: str
    en: str
    unit: str = ""

    def meaning(self, language: Language) -> str:
        """What the field says, in French or English."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table of public facts; `fr` and `en` say what one row is."""

    name: str
    fr: str
    en: str
    fields: tuple[Field, ...]

    def meaning(self, language: Language) -> str:
        """What one row of the table is, in French or English."""
        return self.fr if language == "fr" else self.en


_PROJECT = Field("project", "code", "Code du projet dans les livres du fonds.", "Code of the project in the books.")
_CURRENCY = Field("currency", "code", "Monnaie des montants (ISO 4217).", "Currency of the amounts (ISO 4217).")

AWARDS: Final = OpenTable(
    "awards",
    "Une ligne par aide votée : à qui, combien, par quelle convention, ce qui est versé.",
    "One row for each award: to whom, how much, under which agreement, what is paid.",
    (
        _PROJECT,
        Field("title", "text", "Titre du projet.", "Title of the project."),
        Field("call", "code", "Appel à projets (table calls).", "Call for projects (table calls)."),
        Field(
            "recipient_kind",
            "choice",
            "organisation, ou person pour une personne physique, dont rien d’autre n’est publié que recipient_id.",
            "organisation, or person for a natural person, of whom nothing but recipient_id is published.",
        ),
        Field(
            "recipient_id",
            "code",
            "Code du bénéficiaire ; d’une personne, un identifiant qui ne mène pas à elle.",
            "Code of the recipient; of a person, an identifier that does not lead to them.",
        ),
        Field("recipient_name", "text", "Nom du bénéficiaire.", "Name of the recipient."),
        Field("recipient_siret", "code", "SIRET, s’il est connu.", "SIRET, where it is known."),
        Field("recipient_rna", "code", "Numéro RNA, s’il est connu.", "RNA number, where it is known."),
        Field("awarded_on", "date", "Jour du vote de l’aide.", "Day on which the award was voted."),
        Field("awarded", "amount", "Montant de l’aide.", "Amount of the award.", "currency"),
        Field("agreement", "text", "Référence de la convention signée.", "Reference of the signed agreement."),
        Field("signed_on", "date", "Jour de la signature.", "Day of the signature."),
        Field("paid", "amount", "Versé à ce jour.", "Paid so far.", "currency"),
        Field("to_pay", "amount", "Reste à verser.", "Left to pay.", "currency"),
        _CURRENCY,
    ),
)

PROJECTS: Final = OpenTable(
    "projects",
    "Une ligne par projet aidé : ce qu’il a reçu, joué, rendu.",
    "One row for each supported project: what it received, played and returned.",
    (
        _PROJECT,
        Field("title", "text", "Titre du projet.", "Title of the project."),
        Field("premiere_on", "date", "Jour de la première, prévu ou passé.", "Day of the première, to come or past."),
        Field("played", "integer", "Dates jouées et déclarées.", "Dates played and declared.", "dates"),
        Field("awarded", "amount", "Aide votée.", "Award voted.", "currency"),
        Field("paid", "amount", "Versé à ce jour.", "Paid so far.", "currency"),
        Field("returned", "amount", "Retours dus à ce jour.", "Returns due so far.", "currency"),
        _CURRENCY,
    ),
)

PAYMENTS: Final = OpenTable(
    "payments",
    "Une ligne par tranche d’aide versée.",
    "One row for each tranche of an award that was paid.",
    (
        _PROJECT,
        Field("tranche", "integer", "Rang de la tranche.", "Rank of the tranche."),
        Field("due_on", "date", "Échéance.", "Day on which it was due."),
        Field("paid_on", "date", "Jour du paiement.", "Day of the payment."),
        Field("amount", "amount", "Montant versé.", "Amount paid.", "currency"),
        _CURRENCY,
    ),
)

RETURNS: Final = OpenTable(
    "returns",
    "Une ligne par relevé de recettes arrêté : ce que le projet doit au fonds.",
    "One row for each settled statement of receipts: what the project owes the fund.",
    (
        _PROJECT,
        Field("first", "date", "Premier jour du relevé.", "First day of the statement."),
        Field("last", "date", "Dernier jour du relevé.", "Last day of the statement."),
        Field("settled_on", "date", "Jour de l’arrêté.", "Day on which it was settled."),
        Field("amount", "amount", "Retour dû.", "Return due.", "currency"),
        _CURRENCY,
    ),
)

CALLS: Final = OpenTable(
    "calls",
    "Une ligne par appel à projets.",
    "One row for each call for projects.",
    (
        Field("call", "code", "Nom court de l’appel.", "Short name of the call."),
        Field("name", "text", "Nom de l’appel.", "Name of the call."),
        Field("opens", "date", "Jour d’ouverture.", "Day of opening."),
        Field("applications_until", "date", "Dernier jour des candidatures.", "Last day for applications."),
        Field("closes", "date", "Jour de clôture.", "Day of closing."),
        Field("method", "code", "Méthode de répartition.", "Method of allocation."),
        Field("budget", "amount", "Enveloppes de l’appel.", "Envelopes of the call.", "currency"),
        Field("decided_on", "date", "Jour où le résultat est public.", "Day on which the outcome is public."),
        Field("awards", "integer", "Aides votées.", "Awards voted.", "awards"),
        Field("awarded", "amount", "Somme des aides.", "Sum of the awards.", "currency"),
        _CURRENCY,
    ),
)

CONTRIBUTIONS: Final = OpenTable(
    "contributions",
    "Une ligne par année et par nom choisi : ce qui a été apporté. Tout ce qui est caché tient en une ligne.",
    "One row for each year and chosen name: what was given. All that is hidden stands in one row.",
    (
        Field("year", "integer", "Année ; vide pour la ligne cachée.", "Year; empty for the hidden row."),
        Field(
            "contributor",
            "text",
            "Nom ou pseudonyme, choisi pour chaque apport ; vide pour la ligne cachée.",
            "Name or pseudonym, chosen for each contribution; empty for the hidden row.",
        ),
        Field("shown_as", "choice", "name, pseudonym ou hidden.", "name, pseudonym or hidden."),
        Field("contributions", "integer", "Nombre d’apports.", "Number of contributions.", "contributions"),
        Field("cash", "amount", "Argent reçu en banque.", "Money received at the bank.", "currency"),
        Field("in_kind", "amount", "Apports en nature, à leur valeur.", "Help in kind, at its value.", "EUR"),
        Field(
            "hours",
            "amount",
            "Heures travaillées sans paiement ; celles qui sont valorisées sont aussi dans in_kind.",
            "Hours worked without pay; those that are valued also stand in in_kind.",
            "hours",
        ),
        _CURRENCY,
    ),
)

TABLES: Final = (AWARDS, PROJECTS, PAYMENTS, RETURNS, CALLS, CONTRIBUTIONS)

DICTIONARY: Final = OpenTable(
    "dictionary",
    "Une ligne par champ de ces tables.",
    "One row for each field of these tables.",
    (
        Field("table", "code", "Table.", "Table."),
        Field("field", "code", "Champ.", "Field."),
        Field("type", "choice", "Type.", "Type."),
        Field("unit", "code", "Unité ; currency est la monnaie de la ligne.", "Unit; currency is that of the row."),
        Field("meaning_fr", "text", "Sens, en français.", "Meaning, in French."),
        Field("meaning_en", "text", "Sens, en anglais.", "Meaning, in English."),
    ),
)


def dictionary_rows() -> list[tuple[str, ...]]:
    """The dictionary as rows of its own table."""
    return [
        (table.name, field.name, field.type, field.unit, field.fr, field.en)
        for table in TABLES
        for field in table.fields
    ]
