"""Credit lines and their warnings in words, French first: they are printed beside French works."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from fund.charter.faults import Language
from fund.charter.notoriety.credits import CreditLine, Credits, CreditWarning, Heading, Logo, Partner, WarningCode
from fund.charter.words.notoriety_words import public_level_words

_HEADINGS: dict[Heading, tuple[str, str]] = {
    "lead-production": ("Production déléguée", "Lead production"),
    "production": ("Production", "Production"),
    "residency-coproduction": ("Résidence et coproduction", "Residency and co-production"),
    "coproduction": ("Coproduction", "Co-production"),
    "residency-cofunding": ("Résidence et cofinancement", "Residency and co-funding"),
    "cofunding": ("Cofinancement", "Co-funding"),
    "residency": ("Résidence", "Residency"),
    "pre-purchase": ("Préachat", "Pre-purchase"),
}
"""Those that are followed by a list of names; the others make a sentence."""

_WARNINGS: dict[WarningCode, tuple[str, str]] = {
    "no-lead": (
        "Aucun producteur délégué n’est nommé : qui porte la responsabilité et emploie le plateau ?",
        "No lead producer is named: who bears responsibility and employs the stage crew?",
    ),
    "lead-not-employer": (
        "« Production déléguée » est réservé à l’employeur responsable ; {names} n’emploie pas le plateau : "
        "on écrit « Production ».",
        "“Production déléguée” is only for the responsible employer; {names} does not employ the crew: "
        "“Production” is written.",
    ),
    "coproduction-reserved": (
        "{names} apporte de l’argent sans partager le risque : on écrit « cofinancement », pas « coproduction ».",
        "{names} brings money without sharing the risk: “cofinancement” is written, not “coproduction”.",
    ),
    "coproduction-usage": (
        "« Coproduction » est dit selon l’usage de {names}, qui ne partage pas le risque : un juge peut y lire une "
        "société en participation, donc un partage des pertes.",
        "“Coproduction” is said, as is usual, of {names}, who does not share the risk: a court may read in it an "
        "undisclosed partnership, and so a sharing of losses.",
    ),
    "partnership-revealed": (
        "Nommer {names} révèle la société en participation : ses associés peuvent alors répondre solidairement des "
        "dettes envers les tiers. Prenez conseil avant de publier.",
        "Naming {names} reveals the undisclosed partnership: its partners may then be jointly liable to third "
        "parties. Ask for advice before publishing.",
    ),
    "partnership-public": (
        "{names} : une personne publique ne peut souvent pas être associée d’une société en participation. "
        "Vérifiez le contrat.",
        "{names}: a public body can often not be a partner of an undisclosed partnership. Check the contract.",
    ),
    "one-marianne": (
        "Une seule Marianne : {names} relèvent de l’État et ont un logo en commun.",
        "One Marianne only: {names} belong to the State and have one logo together.",
    ),
    "validation": (
        "Aide de l’État ({names}) : soumettez tout support au moins {days} jours avant impression ou parution{by}.",
        "Aid of the State ({names}): submit any material at least {days} days before print or release{by}.",
    ),
}


def credit_text(credits: Credits, language: Language) -> str:
    """The credit line as it is printed: headings in order, between middle dots."""
    rehearsed_also = any("residency" in partner.gives for line in credits.lines for partner in line.partners)
    lines = " · ".join(line_text(line, language, also=rehearsed_also) for line in credits.lines)
    return f"{lines}." if lines else ""


def line_text(line: CreditLine, language: Language, *, also: bool = False) -> str:
    """One heading with its names; `also` says that the work was rehearsed in residency elsewhere."""
    names, french = [partner.name for partner in line.partners], language == "fr"
    if line.heading in _HEADINGS:
        heading = _HEADINGS[line.heading][0 if french else 1]
        separator = " / " if line.heading == "lead-production" else " ; " if french else "; "
        return f"{heading}{' :' if french else ':'} {separator.join(names)}"
    if line.heading == "support":
        return f"Avec le soutien {_of(line.partners)}" if french else f"With the support of {_and(names, language)}"
    if line.heading == "equipment":
        whose = f"Avec le soutien technique {_of(line.partners)}"
        return whose if french else f"With the technical support of {_and(names, language)}"
    return _rehearsed(line, language, also)


def _rehearsed(line: CreditLine, language: Language, also: bool) -> str:
    many = len(line.partners) > 1
    if language == "fr":
        text = f"Spectacle répété{' également' if also else ''} {_and([_at(p) for p in line.partners], language)}"
        help_ = f" avec {'leur' if many else 'son'} soutien technique"
    else:
        text = f"{'Also rehearsed' if also else 'Rehearsed'} at {_and([p.name for p in line.partners], language)}"
        help_ = f" with {'their' if many else 'its'} technical support"
    return text + (help_ if line.heading == "rehearsals-equipment" else "")


def logo_text(logo: Logo, language: Language) -> str:
    """One place in the row of logos: its public level and the names that stand there."""
    level = public_level_words(logo.level, language)
    return f"{level[0].upper()}{level[1:]}{' :' if language == 'fr' else ':'} {', '.join(logo.names)}"


def warning_text(warning: CreditWarning, language: Language) -> str:
    """What to beware of, why, and where the rule comes from."""
    by = ""
    if warning.by is not None:
        before = "soit le {} au plus tard" if language == "fr" else "so by {}"
        by = f", {before.format(warning.by.isoformat())}"
    sentence = _WARNINGS[warning.code][0 if language == "fr" else 1].format(
        names=_and(warning.names, language), days=warning.days, by=by
    )
    return f"{sentence} [Source{' :' if language == 'fr' else ':'} {warning.source}]"


def _and(names: Sequence[str], language: Language) -> str:
    word = " et " if language == "fr" else " and "
    return word.join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def _of(partners: Sequence[Partner]) -> str:
    return _and([_with("de", partner) for partner in partners], "fr")


def _at(partner: Partner) -> str:
    return _with("à", partner)


def _with(preposition: str, partner: Partner) -> str:
    """« du Fonds X », « de la Y », « aux Z », « d’Avignon »."""
    contracted = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
    if (preposition, partner.article) in contracted:
        return f"{contracted[preposition, partner.article]} {partner.name}"
    if partner.article == "l’":
        return f"{preposition} l’{partner.name}"
    if partner.article == "la":
        return f"{preposition} la {partner.name}"
    first = unicodedata.normalize("NFKD", partner.name)[:1].casefold()
    return f"d’{partner.name}" if preposition == "de" and first in "aeiouy" else f"{preposition} {partner.name}"
