"""What an application is made of: its fields and its tables of lines, with their names in both languages.

One description serves the page that asks, the reader that checks and the file that shows. Plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Final, Literal

Kind = Literal["line", "text", "amount", "day", "count", "hours", "flag", "choice"]
Words = tuple[str, str]
"""In French and in English."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked: what it holds, how long a text may be, whether filing needs it.

    A choice without `choices` is between what the call or the fund offers: strands, hosts.
    """

    name: str
    kind: Kind
    label: Words
    hint: Words = ("", "")
    limit: int = 200
    required: bool = False
    choices: Mapping[str, Words] = default(default_factory=dict)

    def label_in(self, language: str) -> str:
        """The name of the field in words."""
        return self.label[0 if language == "fr" else 1]

    def hint_in(self, language: str) -> str:
        """What helps to fill it in, or nothing."""
        return self.hint[0 if language == "fr" else 1]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of the same columns; a line that holds anything needs its required columns."""

    name: str
    label: Words
    columns: tuple[Field, ...]
    most: int
    hint: Words = ("", "")

    def label_in(self, language: str) -> str:
        """The name of the table in words."""
        return self.label[0 if language == "fr" else 1]

    def hint_in(self, language: str) -> str:
        """What helps to fill it in, or nothing."""
        return self.hint[0 if language == "fr" else 1]


_RECEIPTS: Final = {
    "own": ("apport propre", "own means"),
    "sales": ("ventes et billetterie", "sales and box office"),
    "coproduction": ("coproduction", "co-production"),
    "aid": ("aide ou subvention", "aid or subsidy"),
    "other": ("autre recette", "other receipt"),
}
_CERTAINTY: Final = {"acquired": ("acquise", "acquired"), "requested": ("demandée", "requested")}
_CATEGORIES: Final = {
    "company": ("compagnie", "company"),
    "venue": ("lieu", "venue"),
    "festival": ("festival", "festival"),
    "agency": ("agence", "agency"),
}
_REGION: Final = ("Région", "Region")
_AMOUNT: Final = ("Montant", "Amount")

FIELDS: Final[tuple[Field, ...]] = (
    Field("title", "line", ("Titre du projet", "Title of the project"), required=True),
    Field(
        "summary",
        "text",
        ("Le projet en quelques phrases", "The project in a few sentences"),
        ("Ce que les membres et le comité lisent d’abord.", "What members and the committee read first."),
        limit=1_500,
        required=True,
    ),
    Field("strand", "choice", ("Volet de l’appel", "Strand of the call"), required=True),
    Field("note", "text", ("Note artistique", "Artistic note"), limit=20_000, required=True),
    Field(
        "minimum",
        "amount",
        ("Montant minimum", "Minimum amount"),
        (
            "Le moins avec quoi le projet peut se faire ; en dessous, une aide ne servirait à rien.",
            "The least with which the project can be made; below it an award would be of no use.",
        ),
        required=True,
    ),
    Field(
        "target",
        "amount",
        ("Montant souhaité", "Target amount"),
        ("Ce que vous demandez.", "What you ask for."),
        required=True,
    ),
    Field("region", "line", ("Région où la compagnie travaille", "Region where the company works"), limit=100),
    Field("overseas", "flag", ("La compagnie est outre-mer", "The company is overseas")),
    Field(
        "lead_category",
        "choice",
        ("Structure chef de file", "Lead structure"),
        choices=_CATEGORIES,
    ),
    Field(
        "adviser_met_on",
        "day",
        ("Rencontre avec une conseillère ou un conseiller", "Meeting with an adviser"),
        ("Le jour, s’il y en a eu une.", "The day, where there was one."),
    ),
    Field(
        "announced_on",
        "day",
        ("Annonce au public", "Announcement to the public"),
        ("Le jour où les dates sont ou seront annoncées.", "The day on which the dates are or will be announced."),
    ),
    Field(
        "to_cover",
        "count",
        ("Représentations à garantir", "Performances to be covered"),
        ("Seulement pour une garantie de déficit.", "Only for a deficit guarantee."),
    ),
    Field(
        "shown",
        "flag",
        (
            "Montrer dès maintenant la présentation aux membres du fonds",
            "Show the presentation to the members of the fund at once",
        ),
        (
            "Pour qu’ils puissent parrainer le projet avant le dépôt : titre, résumé, note artistique et dates, "
            "jamais le budget.",
            "So that they can sponsor the project before it is filed: title, summary, artistic note and dates, "
            "never the budget.",
        ),
    ),
)

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "charges",
        ("Budget : charges", "Budget: costs"),
        (
            Field("label", "line", ("Charge", "Cost"), required=True),
            Field("amount", "amount", _AMOUNT, required=True),
        ),
        60,
    ),
    Table(
        "receipts",
        ("Plan de financement : recettes", "Financing plan: receipts"),
        (
            Field("source", "line", ("De qui", "From whom"), required=True),
            Field("kind", "choice", ("Nature", "Kind"), required=True, choices=_RECEIPTS),
            Field("region", "line", _REGION, limit=100),
            Field("amount", "amount", _AMOUNT, required=True),
            Field(
                "certainty",
                "choice",
                ("Acquise ou demandée", "Acquired or requested"),
                required=True,
                choices=_CERTAINTY,
            ),
        ),
        40,
        (
            "Sans l’aide demandée à ce fonds ni les préachats : ils comptent d’eux-mêmes.",
            "Without the aid asked from this fund and without pre-purchases: they count by themselves.",
        ),
    ),
    Table(
        "prepurchases",
        ("Préachats", "Pre-purchases"),
        (
            Field("buyer", "line", ("Qui achète", "Who buys"), required=True),
            Field("region", "line", _REGION, limit=100),
            Field("performances", "count", ("Représentations", "Performances"), required=True),
            Field("amount", "amount", _AMOUNT, required=True),
        ),
        30,
        ("Les représentations déjà achetées.", "Performances that are bought already."),
    ),
    Table(
        "needs",
        ("Besoins en nature", "Needs in kind"),
        (
            Field("what", "line", ("Quoi", "What"), required=True),
            Field("quantity", "line", ("Combien", "How much"), limit=100),
            Field("hours", "hours", ("Heures", "Hours")),
        ),
        30,
        (
            "Plateau, atelier, matériel, compétences : ce que des membres pourraient apporter autrement qu’en argent.",
            "Stage, workshop, equipment, skills: what members could bring otherwise than in money.",
        ),
    ),
    Table(
        "dates",
        ("Dates prévues", "Planned dates"),
        (
            Field("on", "day", ("Jour", "Day"), required=True),
            Field("place", "line", ("Lieu", "Place"), required=True),
            Field("host", "choice", ("Chez qui", "Hosted by"), required=True),
        ),
        60,
    ),
    Table(
        "partners",
        ("Partenaires", "Partners"),
        (
            Field("name", "line", ("Nom", "Name"), required=True),
            Field("role", "line", ("Ce qu’il apporte", "What they bring")),
            Field("specialised", "flag", ("Spécialisé", "Specialised")),
        ),
        20,
    ),
    Table(
        "team",
        ("Équipe", "Team"),
        (
            Field("name", "line", ("Nom", "Name"), required=True),
            Field("function", "line", ("Fonction", "Function")),
        ),
        40,
    ),
)

BY_NAME: Final[Mapping[str, Field]] = {field.name: field for field in FIELDS}
TABLE_BY_NAME: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}

PARTNER_HOST, OTHER_HOST, MEMBER_HOST = "partner", "other", "member:"
"""Whoever hosts a planned date: a partner, somebody else, or the member whose code follows."""
