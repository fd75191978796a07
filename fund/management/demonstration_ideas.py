"""The six projects of the demonstration's calls, as their companies type them. All of it is fictitious."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ARTIST = "artist"
"""Stands for the company of the demonstration's artist."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A project of the demonstration: amounts in euros, the budget beside the aid, and what others may say of it."""

    company: str
    title: str
    strand: str
    minimum: int
    target: int
    sales: int
    aid: int
    summary: str
    against: str = ""


IDEAS = (
    Idea("M08", "Les Gravières", "creation", 9_000, 15_000, 14_000, 12_000,
         "Une traversée chorale de la plage au port, pour onze interprètes et une fanfare de passage."),
    Idea("M09", "Sel de nuit", "creation", 12_000, 18_000, 16_500, 10_000,
         "Un solo de danse dans un marais salant, repris en salle avec le son enregistré sur place.",
         "Le solo existe déjà à moitié : qu’ajoute l’aide, sinon la reprise en salle ?"),
    Idea("M10", "Vents contraires", "creation", 6_000, 9_000, 8_000, 5_000,
         "Un concert de poche pour trois souffleurs et une conteuse, en langue des signes."),
    Idea("CIE-X1", "La Criée", "creation", 8_000, 14_000, 12_000, 9_500,
         "Du cirque au lever du jour, dans les halles aux poissons, avec celles et ceux qui y travaillent.",
         "Trois dates seulement sont prévues, toutes chez le même membre."),
    Idea(ARTIST, "Petite mécanique", "young", 5_000, 7_500, 6_000, 4_000,
         "Un théâtre d’objets pour les moins de six ans, monté avec deux crèches."),
    Idea("CIE-X3", "Cartes postales du large", "young", 4_000, 8_000, 7_000, 6_000,
         "Des enfants écrivent aux marins ; une troupe joue les réponses."),
)  # fmt: skip


def typed_by(idea: Idea, first: date) -> dict[str, object]:
    """The application of an idea, with three dates from a first one on."""
    total = idea.target + idea.sales + idea.aid
    return {
        "fields": {
            "title": idea.title,
            "summary": idea.summary,
            "strand": idea.strand,
            "note": f"{idea.summary} Deux résidences de dix jours, puis une série de dates chez des membres.",
            "minimum": str(idea.minimum),
            "target": str(idea.target),
            "region": "Nouvelle-Aquitaine",
        },
        "tables": {
            "charges": [
                {"label": "Salaires et charges", "amount": str(total * 7 // 10)},
                {"label": "Décor, costumes, technique", "amount": str(total - total * 7 // 10)},
            ],
            "receipts": [
                {"source": "Ventes prévues", "kind": "sales", "amount": str(idea.sales), "certainty": "requested"},
                {"source": "Autres aides", "kind": "aid", "amount": str(idea.aid), "certainty": "acquired"},
            ],
            "needs": [{"what": "Plateau de répétition", "quantity": "20 jours", "hours": "160"}],
            "dates": [
                {
                    "on": (first + timedelta(days=9 * number)).isoformat(),
                    "place": "Chez un membre (fictif)",
                    "host": host,
                }
                for number, host in enumerate(("member:M02", "member:M03", "other"))
            ],
            "team": [{"name": "Équipe fictive", "function": "Mise en scène, jeu, technique"}],
        },
    }
