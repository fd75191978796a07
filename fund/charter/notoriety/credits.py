"""Who is named beside a work, under which word and in which order: made from what each partner gives.

The words are in `fund.charter.words.credit_words`; here is what is said, of whom, and what to beware of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from fund.charter.notoriety.grammar import PublicLevel, Wording

Gift = Literal[
    "lead-production", "residency", "shared-risk", "cash", "pre-purchase", "support", "rehearsals", "equipment"
]
"""What a partner gives. `shared-risk` is money that bears losses, `cash` money that does not; `support` is the
aid of a fund or of a public body; `rehearsals` a place to rehearse, `equipment` technical means."""

Article = Literal["", "le", "la", "l’", "les"]

Heading = Literal[
    "lead-production", "production", "residency-coproduction", "coproduction", "residency-cofunding", "cofunding",
    "residency", "pre-purchase", "support", "rehearsals-equipment", "rehearsals", "equipment",
]  # fmt: skip
"""In the order in which they are read."""

WarningCode = Literal[
    "no-lead", "lead-not-employer", "coproduction-reserved", "coproduction-usage", "partnership-revealed",
    "partnership-public", "one-marianne", "validation",
]  # fmt: skip

GLOSSARY = (
    "https://www.compagniesdecreation.fr/pistes-de-travail/production-et-son-environnement/"
    "glossaire-de-la-production.html"
)
STATE_MENTIONS = (
    "https://culture.gouv.fr/regions/DRAC-Bretagne/Aides-et-demarches/"
    "Comment-mentionner-l-aide-de-la-DRAC-Bretagne-sur-vos-supports-de-communication"
)
REVEALED = "https://studylibfr.com/doc/5886854/contrat-de-coproduction"
PUBLIC_PARTNERS = "https://www.yumpu.com/fr/document/view/40970792/le-contrat-de-coproduction-arcade-paca"
REQUALIFIED = (
    "https://uplex.fr/contrats/requalification-de-la-coproduction-en-societe-de-participation-"
    "questions-reponses-juridiques"
)


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who gave something to a work.

    `article` is the French article before the name (« le Fonds X »). `employs` says whether a lead producer
    employs the crew and answers for the work. A partner that is not `named` appears nowhere.
    """

    name: str
    gives: frozenset[Gift]
    level: PublicLevel = "other"
    article: Article = ""
    employs: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class CreditLine:
    """The partners under one heading, in the order in which they were given."""

    heading: Heading
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Logo:
    """One logo, or the logos of one public level; the State has one whatever the number of its services."""

    level: PublicLevel
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditWarning:
    """What to beware of before publishing: whom it is about, the day to respect, and where the rule comes from."""

    code: WarningCode
    source: str
    names: tuple[str, ...] = ()
    days: int | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Credits:
    """The credit line by headings, the logos in order, and the warnings."""

    lines: tuple[CreditLine, ...]
    logos: tuple[Logo, ...]
    warnings: tuple[CreditWarning, ...]


_ORDER: tuple[Heading, ...] = get_args(Heading)


def credits_of(
    partners: Iterable[Partner], wording: Wording, *, partnership: bool, print_on: date | None = None
) -> Credits:
    """The credits of a work, from what its partners give and the charter's wording.

    `partnership` says whether the contract is an undisclosed partnership (*société en participation*);
    `print_on` is the day of printing or release, when it is known. Within a heading the order given stands.
    """
    named = tuple(partner for partner in partners if partner.named)
    found: dict[Heading, list[Partner]] = {}
    for partner in named:
        for heading in _headings(partner, wording):
            found.setdefault(heading, []).append(partner)
    lines = tuple(CreditLine(heading, tuple(found[heading])) for heading in _ORDER if heading in found)
    logos = tuple(Logo(level, names) for level in wording.logo_order if (names := _at(named, level)))
    return Credits(lines, logos, tuple(_warnings(named, wording, partnership, print_on)))


def validate_by(print_on: date, wording: Wording) -> date:
    """The last day to submit what the State aided, so many days before it is printed or released."""
    return print_on - timedelta(days=wording.validation_days)


def _headings(partner: Partner, wording: Wording) -> Iterator[Heading]:
    """Under which headings a partner stands. A lead producer's own means are the production itself."""
    gives = partner.gives
    if "lead-production" in gives:
        yield "lead-production" if partner.employs else "production"
        return
    if _is_coproducer(partner, wording):
        yield "residency-coproduction" if "residency" in gives else "coproduction"
    elif "cash" in gives:
        yield "residency-cofunding" if "residency" in gives else "cofunding"
    elif "residency" in gives:
        yield "residency"
    if "pre-purchase" in gives:
        yield "pre-purchase"
    if "support" in gives:
        yield "support"
    if "rehearsals" in gives:
        yield "rehearsals-equipment" if "equipment" in gives else "rehearsals"
    elif "equipment" in gives:
        yield "equipment"


def _is_coproducer(partner: Partner, wording: Wording) -> bool:
    """Strictly, who shares the risk; as the trade says it, whoever brings money."""
    return "shared-risk" in partner.gives or (wording.coproduction == "usage" and "cash" in partner.gives)


def _warnings(
    named: tuple[Partner, ...], wording: Wording, partnership: bool, print_on: date | None
) -> Iterator[CreditWarning]:
    leads = [partner for partner in named if "lead-production" in partner.gives]
    if not leads:
        yield CreditWarning("no-lead", GLOSSARY)
    if idle := _names(partner for partner in leads if not partner.employs):
        yield CreditWarning("lead-not-employer", GLOSSARY, idle)
    others = [partner for partner in named if partner not in leads]
    sharing = [partner for partner in named if "shared-risk" in partner.gives]
    if paying := _names(p for p in others if "cash" in p.gives and p not in sharing):
        if wording.coproduction == "strict":
            yield CreditWarning("coproduction-reserved", GLOSSARY, paying)
        else:
            yield CreditWarning("coproduction-usage", REQUALIFIED, paying)
    if partnership:
        if revealed := _names(partner for partner in sharing if partner not in leads):
            yield CreditWarning("partnership-revealed", REVEALED, revealed)
        if public := _names(partner for partner in sharing if partner.level != "other"):
            yield CreditWarning("partnership-public", PUBLIC_PARTNERS, public)
    state = _at(named, "state")
    if len(state) > 1:
        yield CreditWarning("one-marianne", STATE_MENTIONS, state)
    if state:
        by = None if print_on is None else validate_by(print_on, wording)
        source = wording.sources.get("validation_days", STATE_MENTIONS)
        yield CreditWarning("validation", source, state, wording.validation_days, by)


def _names(partners: Iterable[Partner]) -> tuple[str, ...]:
    return tuple(partner.name for partner in partners)


def _at(partners: Iterable[Partner], level: PublicLevel) -> tuple[str, ...]:
    return _names(partner for partner in partners if partner.level == level)
