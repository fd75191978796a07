"""Who may apply, in words: every slot of a gate that is written is said."""

from __future__ import annotations

from collections.abc import Iterable

from fund.charter import gates as kinds
from fund.charter.faults import Language
from fund.charter.gates import Gate, Requirement
from fund.charter.words.article_texts import sources_text
from fund.charter.words.known_words import category_words
from fund.charter.words.numbers_in_words import counted, months, rate


def gates_text(gates: Iterable[Gate], language: Language) -> str:
    """What an application needs to be looked at, one sentence a gate."""
    found = tuple(gates)
    opening = "Une demande est recevable si :" if language == "fr" else "An application is eligible when:"
    separator = " ; " if language == "fr" else "; "
    rows = separator.join(requirement_text(gate.requirement, language) for gate in found)
    sources = {
        f"{slot} ({gate.name.replace('-', ' ')})": source for gate in found for slot, source in gate.sources.items()
    }
    return " ".join((opening, f"{rows}.", *sources_text(sources, language)))


def requirement_text(requirement: Requirement, language: Language) -> str:
    """One requirement as a clause, without its capital and its full stop."""
    french, english = _clause(requirement)
    return french if language == "fr" else english


def _clause(requirement: Requirement) -> tuple[str, str]:
    match requirement:
        case kinds.Sponsors(least, commit_to):
            to = tuple(_COMMITMENTS[word] for word in ("production", "diffusion") if word in commit_to)
            return (
                f"{_some(least, 'membre la parraine', 'membres la parrainent', 'fr')}"
                + (f", en s’engageant pour {' et '.join(fr for fr, _ in to)}" if to else ""),
                f"{_some(least, 'member sponsors it', 'members sponsor it', 'en')}"
                + (f", committed to {' and '.join(en for _, en in to)}" if to else ""),
            )
        case kinds.Partners(least, specialised):
            return (
                f"{_some(least, 'partenaire la porte', 'partenaires la portent', 'fr')}"
                + (f", dont {_some(specialised, 'spécialisé', 'spécialisés', 'fr')}" if specialised else ""),
                f"{_some(least, 'partner carries it', 'partners carry it', 'en')}"
                + (f", of whom {_some(specialised, 'is specialised', 'are specialised', 'en')}" if specialised else ""),
            )
        case kinds.Lead(categories):
            return f"sa structure chef de file est : {_or(categories, 'fr')}", f"its lead is: {_or(categories, 'en')}"
        case kinds.PlannedDates():
            return _planned_dates(requirement)
        case kinds.Coproductions(least, regions):
            return (
                f"la compagnie a déjà {_some(least, 'coproduction', 'coproductions', 'fr')}" + _in(regions, "fr"),
                f"the company already has {_some(least, 'co-production', 'co-productions', 'en')}" + _in(regions, "en"),
            )
        case kinds.Performances(least, regions):
            return (
                f"la compagnie a déjà {_some(least, 'représentation', 'représentations', 'fr')}" + _in(regions, "fr"),
                f"the company already has {_some(least, 'performance', 'performances', 'en')}" + _in(regions, "en"),
            )
        case kinds.InRegions(regions):
            return f"la compagnie travaille ici : {_or(regions, 'fr')}", f"the company works here: {_or(regions, 'en')}"
        case kinds.Documents(documents):
            listed = ", ".join(documents)
            return f"le dossier contient : {listed}", f"the file holds: {listed}"
        case _:
            return _other_clause(requirement)


def _other_clause(requirement: Requirement) -> tuple[str, str]:
    match requirement:
        case kinds.ReportsDelivered():
            return "tous les bilans dus ont été remis", "every report that was due has been delivered"
        case kinds.AdviserMet():
            return (
                "la compagnie a rencontré une conseillère ou un conseiller avant le dépôt",
                "the company met an adviser before filing",
            )
        case kinds.FiledAhead(span):
            return (
                f"le dossier est déposé {months(span, 'fr')} au moins avant la séance",
                f"the file comes at least {months(span, 'en')} before the meeting",
            )
        case kinds.FiledBefore(what):
            return (
                f"le dossier est déposé avant {_EVENTS[what][0]}",
                f"the file comes before {_EVENTS[what][1]}",
            )
        case kinds.Applications(most, per):
            return (
                f"la compagnie n’en a pas déposé plus de {most} {_PER[per][0]}",
                f"the company has filed no more than {most} of them {_PER[per][1]}",
            )
        case kinds.CoveredPerformances(most):
            return (
                f"le fonds ne couvre pas plus de {counted(most, 'représentation', 'représentations', 'fr')} "
                "par saison, tous dossiers ensemble",
                f"the fund covers no more than {counted(most, 'performance', 'performances', 'en')} a season, "
                "all files together",
            )
        case kinds.OwnShare(share):
            return (
                f"la structure porte elle-même au moins {rate(share, 'fr')} de la production",
                f"the applicant itself holds at least {rate(share, 'en')} of the production",
            )
        case kinds.Amortisable():
            return (
                "sans aucune aide, les recettes attendues couvrent les coûts",
                "without any aid, expected receipts cover the costs",
            )
        case kinds.NotAidedFor(span):
            return (
                f"elle n’a pas été aidée depuis {months(span, 'fr')}",
                f"it has not been aided for {months(span, 'en')}",
            )
    raise TypeError(requirement)


def _planned_dates(gate: kinds.PlannedDates) -> tuple[str, str]:
    french = f"{_some(gate.least, 'date est prévue', 'dates sont prévues', 'fr')} dans les"
    french += f" {months(gate.within_months, 'fr')} qui suivent le dépôt"
    english = f"{_some(gate.least, 'date is planned', 'dates are planned', 'en')} within"
    english += f" {months(gate.within_months, 'en')} of the filing"
    if gate.least_overseas is not None:
        french += f" ({gate.least_overseas} outre-mer)"
        english += f" ({gate.least_overseas} overseas)"
    if gate.hosted is not None:
        french += f", dont au moins {gate.hosted.least} chez des {_HOSTS[gate.hosted.by][0]}"
        english += f", of which at least {gate.hosted.least} are hosted by {_HOSTS[gate.hosted.by][1]}"
    return french, english


_COMMITMENTS = {"production": ("la production", "production"), "diffusion": ("la diffusion", "touring")}
_HOSTS = {"members": ("membres", "members"), "partners": ("partenaires", "partners")}
_EVENTS = {
    "exploitation": ("la première représentation", "the first performance"),
    "announcement": ("l’annonce au public", "the public announcement"),
}
_PER = {"call": ("par appel", "a call"), "season": ("par saison", "a season")}


def _some(least: int, one: str, many: str, language: Language) -> str:
    opening = "au moins" if language == "fr" else "at least"
    return f"{opening} {counted(least, one, many, language)}"


def _in(regions: int, language: Language) -> str:
    if regions == 1:
        return ""
    return f", dans {regions} régions au moins" if language == "fr" else f", in at least {regions} regions"


def _or(names: Iterable[str], language: Language) -> str:
    return (" ou " if language == "fr" else " or ").join(category_words(name, language) for name in names)
