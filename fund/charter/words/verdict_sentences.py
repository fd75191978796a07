"""What a gate found, in one sentence with its figures: “4 sponsors of the 5 asked.”"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import floor

from fund.charter.faults import Language
from fund.charter.gates import Check, Figure, Verdict
from fund.charter.words.known_words import category_words
from fund.charter.words.numbers_in_words import months, rate

SENTENCES: Mapping[str, tuple[str, str]] = {
    # {s} is the plural of what was found, {z} that of what was asked
    "sponsors": ("{found} parrain{s} sur {asked} demandé{z}.", "{found} sponsor{s} of the {asked} asked."),
    "sponsors-production": (
        "{found} parrain{s} engagé{s} pour la production, sur {asked} demandé{z}.",
        "{found} sponsor{s} committed to production, of the {asked} asked.",
    ),
    "sponsors-diffusion": (
        "{found} parrain{s} engagé{s} pour la diffusion, sur {asked} demandé{z}.",
        "{found} sponsor{s} committed to touring, of the {asked} asked.",
    ),
    "sponsors-diffusion-production": (
        "{found} parrain{s} engagé{s} pour la production et la diffusion, sur {asked} demandé{z}.",
        "{found} sponsor{s} committed to production and touring, of the {asked} asked.",
    ),
    "partners": ("{found} partenaire{s} sur {asked} demandé{z}.", "{found} partner{s} of the {asked} asked."),
    "partners-specialised": (
        "{found} partenaire{s} spécialisé{s} sur {asked} demandé{z}.",
        "{found} specialised partner{s} of the {asked} asked.",
    ),
    "lead": (
        "Structure chef de file : {found} ; demandé : {named}.",
        "Lead structure: {found}; asked: {named}.",
    ),
    "dates": (
        "{found} date{s} prévue{s} en {months}, sur {asked} demandée{z}.",
        "{found} date{s} planned within {months}, of the {asked} asked.",
    ),
    "dates-members": (
        "{found} date{s} chez des membres, sur {asked} demandée{z}.",
        "{found} date{s} hosted by members, of the {asked} asked.",
    ),
    "dates-partners": (
        "{found} date{s} chez des partenaires, sur {asked} demandée{z}.",
        "{found} date{s} hosted by partners, of the {asked} asked.",
    ),
    "coproductions": (
        "{found} coproduction{s} acquise{s} sur {asked} demandée{z}.",
        "{found} co-production{s} held of the {asked} asked.",
    ),
    "coproductions-regions": (
        "Coproductions dans {found} région{s} sur {asked} demandée{z}.",
        "Co-productions in {found} region{s} of the {asked} asked.",
    ),
    "performances": (
        "{found} représentation{s} acquise{s} sur {asked} demandée{z}.",
        "{found} performance{s} held of the {asked} asked.",
    ),
    "performances-regions": (
        "Représentations dans {found} région{s} sur {asked} demandée{z}.",
        "Performances in {found} region{s} of the {asked} asked.",
    ),
    "region": ("Région : {found} ; admises : {named}.", "Region: {found}; admitted: {named}."),
    "documents": (
        "{found} pièce{s} sur {asked} demandée{z}.",
        "{found} document{s} of the {asked} asked.",
    ),
    "documents-missing": (
        "{found} pièce{s} sur {asked} demandée{z} ; il manque : {named}.",
        "{found} document{s} of the {asked} asked; missing: {named}.",
    ),
    "reports": ("{found} bilan{s} remis sur {asked} dû{z}.", "{found} report{s} delivered of the {asked} due."),
    "reports-missing": (
        "{found} bilan{s} remis sur {asked} dû{z} ; il manque : {named}.",
        "{found} report{s} delivered of the {asked} due; missing: {named}.",
    ),
    "adviser": (
        "Rencontre préalable : {found} ; dossier déposé : {asked}.",
        "Prior meeting with an adviser: {found}; filed: {asked}.",
    ),
    "filed-ahead": (
        "Dossier déposé : {found} ; demandé : {months} avant la séance (date : {named}).",
        "Filed: {found}; asked: {months} before the meeting (on: {named}).",
    ),
    "filed-before-exploitation": (
        "Dossier déposé : {found} ; première représentation : {asked}.",
        "Filed: {found}; first performance: {asked}.",
    ),
    "filed-before-announcement": (
        "Dossier déposé : {found} ; annonce au public : {asked}.",
        "Filed: {found}; announced to the public: {asked}.",
    ),
    "applications-call": (
        "{found} candidature{s} de cette compagnie à l’appel, {asked} au plus.",
        "{found} application{s} of this company to the call, {asked} at most.",
    ),
    "applications-season": (
        "{found} dossier{s} cette saison, {asked} au plus.",
        "{found} file{s} this season, {asked} at most.",
    ),
    "covered": (
        "{found} représentation{s} garantie{s} cette saison, {asked} au plus.",
        "{found} performance{s} covered this season, {asked} at most.",
    ),
    "own-share": (
        "{found} de la production portés par la structure, {asked} demandés.",
        "{found} of the production held by the structure, {asked} asked.",
    ),
    "amortisable": (
        "Sans aide, les recettes attendues couvrent {found} des coûts, {asked} demandés.",
        "Without aid, expected receipts cover {found} of costs, {asked} asked.",
    ),
    "not-aided": (
        "Dernière aide : {found} ; demandé : {months} sans aide.",
        "Last aid: {found}; asked: {months} without aid.",
    ),
}
"""By the code of a check, in French and in English."""

_NOTHING = ("aucune indication", "nothing given")
_TEN_THOUSAND = 10_000


def sentence(check: Check, language: Language) -> str:
    """One check with its figures."""
    code = check.code
    if code in ("documents", "reports") and check.named:
        code = f"{code}-missing"
    french, english = SENTENCES[code]
    spans = {"dates": check.named[:1], "filed-ahead": (str(check.asked),), "not-aided": (str(check.asked),)}
    span = "".join(spans.get(check.code, ()))
    return (french if language == "fr" else english).format(
        found=_figure(check.found, language),
        asked=_figure(check.asked, language),
        s=_plural(check.found, language),
        z=_plural(check.asked, language),
        months=months(int(span), language) if span else "",
        named=", ".join(category_words(name, language) for name in check.named) or _figure("", language),
    )


def verdict_text(verdict: Verdict, language: Language) -> str:
    """Every check of a gate, and whether it is open."""
    closing = {
        "fr": ("Condition remplie.", "Condition non remplie."),
        "en": ("The condition is met.", "The condition is not met."),
    }[language]
    rows = [sentence(check, language) for check in verdict.checks]
    return " ".join((*rows, closing[0] if verdict.passed else closing[1]))


def _figure(figure: Figure, language: Language) -> str:
    if isinstance(figure, Fraction):
        # Rounded down, so that what falls short never reads as enough.
        return rate(Fraction(floor(figure * _TEN_THOUSAND), _TEN_THOUSAND), language)
    if isinstance(figure, date):
        return figure.isoformat()
    if figure == "":
        return _NOTHING[0] if language == "fr" else _NOTHING[1]
    return category_words(figure, language) if isinstance(figure, str) else str(figure)


def _plural(figure: Figure, language: Language) -> str:
    if not isinstance(figure, int):
        return ""
    return "s" if (figure > 1 if language == "fr" else figure != 1) else ""
