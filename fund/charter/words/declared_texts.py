"""What a charter declares beside its amounts, in words; no amount depends on it, and that is said too."""

from __future__ import annotations

from collections.abc import Iterator

from fund.charter.declared import Baskets, Declared, Phase, Projects, Resource
from fund.charter.faults import Language
from fund.charter.words.article_texts import listed, said, sources_text
from fund.charter.words.known_words import spoken
from fund.charter.words.numbers_in_words import counted

_CLOSING = ("Aucun montant n’en dépend.", "No amount depends on it.")

_KINDS = {
    "premises": ("locaux", "premises"),
    "equipment": ("matériel", "equipment"),
    "skills": ("compétences", "skills"),
}
_UNITS = {
    "hour": (("heure", "heures"), ("hour", "hours")),
    "half-day": (("demi-journée", "demi-journées"), ("half-day", "half-days")),
    "day": (("jour", "jours"), ("day", "days")),
}
_CHOOSERS = {
    "artists": ("les artistes", "the artists"),
    "subscribers": ("les abonnés", "the subscribers"),
    "artists-and-subscribers": ("un comité d’artistes et d’abonnés", "a committee of artists and subscribers"),
}
_PARTICIPATIONS = {
    "all-members": (
        "Tous les membres prennent part à chaque projet.",
        "Every member takes part in every project.",
    ),
    "members-who-join": (
        "Un projet réunit les membres qui le rejoignent : eux seuls en votent les décisions, en portent les coûts et "
        "y sont cités.",
        "A project gathers the members who join it: they alone vote on it, bear its costs and are credited.",
    ),
}
_WORKS = {
    "diagnosis": ("un diagnostic partagé", "a shared diagnosis"),
    "meetings": ("des rencontres et des groupes de travail", "meetings and working groups"),
    "proposals": ("des propositions et leur suivi", "proposals and their follow-up"),
}
_ADOPTERS = {
    "plenary": ("adopté en séance plénière", "adopted by the plenary"),
    "committee": ("adopté par le comité", "adopted by the committee"),
}

Section = tuple[str, tuple[str, str], str]
"""The section's name in the file, its title in both languages, its text in one."""


def declared_texts(declared: Declared, language: Language) -> Iterator[Section]:
    """One article a section that the charter has."""
    if declared.resources:
        title = ("Ce que les membres réservent", "What members book")
        yield "resources", title, _closed(_resources_text(declared.resources, language), language)
    if declared.baskets is not None:
        yield "baskets", ("Les paniers", "The baskets"), _closed(_baskets_text(declared.baskets, language), language)
    if declared.projects is not None:
        yield (
            "projects",
            ("Les projets", "The projects"),
            _closed(_projects_text(declared.projects, language), language),
        )
    if declared.phases:
        title = ("Les phases de la concertation", "The phases of the concertation")
        yield "phases", title, _closed(_phases_text(declared.phases, language), language)


def _closed(text: str, language: Language) -> str:
    body, bracket, sources = text.partition(" [Sources")
    return f"{body} {said(_CLOSING, language)}{bracket}{sources}"


def _resources_text(resources: tuple[Resource, ...], language: Language) -> str:
    rows = listed((_resource_text(resource, language) for resource in resources), language)
    sources = {f"{slot} ({spoken(r.name)})": source for r in resources for slot, source in r.sources.items()}
    opening = "Chaque chose se réserve à son tour : " if language == "fr" else "Each thing is booked in turn: "
    return " ".join((f"{opening}{rows}.", *sources_text(sources, language)))


def _resource_text(resource: Resource, language: Language) -> str:
    french = language == "fr"
    one, many = _UNITS[resource.unit][0 if french else 1]
    text = f"{spoken(resource.name)} ({said(_KINDS[resource.what], language)}), "
    text += f"par {one}" if french else f"by the {one}"
    if resource.longest is not None:
        most = counted(resource.longest, one, many, language)
        text += f", {most} au plus" if french else f", {most} at most"
    if resource.waiting_list:
        text += ", avec liste d’attente" if french else ", with a waiting list"
    return text


def _baskets_text(baskets: Baskets, language: Language) -> str:
    who = said(_CHOOSERS[baskets.chosen_by], language)
    if language == "fr":
        goods = counted(baskets.physical, "bien matériel", "biens matériels", language)
        other = counted(baskets.immaterial, "bien immatériel", "biens immatériels", language)
        text = f"Un panier contient {goods} et {other}. Son contenu, choisi par {who}, n’est pas connu d’avance."
    else:
        goods = counted(baskets.physical, "physical good", "physical goods", language)
        other = counted(baskets.immaterial, "immaterial good", "immaterial goods", language)
        text = f"A basket holds {goods} and {other}. Its content, chosen by {who}, is not known beforehand."
    return " ".join((text, *sources_text(baskets.sources, language)))


def _projects_text(projects: Projects, language: Language) -> str:
    return said(_PARTICIPATIONS[projects.members], language)


def _phases_text(phases: tuple[Phase, ...], language: Language) -> str:
    rows = [
        f"{at}. {said(_WORKS[phase.work], language)}"
        + (f", {said(_ADOPTERS[phase.adopted_by], language)}" if phase.adopted_by else "")
        for at, phase in enumerate(phases, start=1)
    ]
    opening = "Dans l’ordre : " if language == "fr" else "In this order: "
    return f"{opening}{listed(rows, language)}."
