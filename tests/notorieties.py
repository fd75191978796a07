"""Notoriety for the tests: the section of the triple braid as text, facts, contests, members."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from typing import Any

from fund.charter.facts import MemberFacts
from fund.charter.faults import CharterInvalid, Fault
from fund.charter.notoriety.facts import Contest, NotorietyFact, Resolution
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.reading.lines import line_of, lines_of
from fund.charter.reading.notoriety import read_notoriety
from fund.charter.reading.slots import Faults, FloatText, Table

SECTION = """\
# Des faits datés et prouvés, un barème que chacun peut lire, un relevé adopté chaque année.
[notoriety]
decay = "20 %"
contestation_days = 30
ceiling = "30 %"

[notoriety.source]
decay = "made-up"
contestation_days = "made-up"
ceiling = "made-up"
points = "made-up"
credits = "made-up"

[notoriety.points]
performance = 1
town = 3
press = { local = 2, regional = 3, national = 6, international = 8 }
broadcast = { local = 2, regional = 4, national = 8, international = 10 }
prize = { regional = 8, national = 15, international = 20 }
invitation = { national = 5, international = 10 }

[[notoriety.credits]]
to = "company"
share = "50 %"

# La part de chacun suit son apport, comme le crédit d’une œuvre coproduite suit la part de licence de chacun.
[[notoriety.credits]]
to = "members"
share = "30 %"
key = "contribution"
source = { share = "made-up", key = "https://ar-ra1011.cmf-fmc.ca/index.php/appendix/bpe_calculations/" }

[[notoriety.credits]]
to = "fund"
share = "20 %"

[notoriety.wording]
coproduction = "strict"
validation_days = 10
logo_order = [
  "european-union", "state", "region", "department", "agglomeration", "intercommunality", "commune", "other",
]

[notoriety.wording.source]
coproduction = "https://www.compagniesdecreation.fr/pistes-de-travail/production-et-son-environnement/glossaire-de-la-production.html"
validation_days = "https://culture.gouv.fr/regions/DRAC-Bretagne/Aides-et-demarches/Comment-mentionner-l-aide-de-la-DRAC-Bretagne-sur-vos-supports-de-communication"
logo_order = "https://culture.gouv.fr/regions/DRAC-Bretagne/Aides-et-demarches/Comment-mentionner-l-aide-de-la-DRAC-Bretagne-sur-vos-supports-de-communication"
"""
"""Every number but those of the law is made up, and says so."""


def read_section(text: str) -> tuple[Notoriety, list[Fault]]:
    """The section of a text, and every fault of it, in the order of the lines."""
    lines = lines_of(text)
    faults = Faults(lambda path: line_of(path, lines))
    document: dict[str, Any] = tomllib.loads(text, parse_float=FloatText)
    notoriety = read_notoriety(Table(document["notoriety"], ("notoriety",), faults))
    return notoriety, sorted(faults.found, key=lambda fault: fault.line or 0)


def a_notoriety(*changes: tuple[str, str]) -> Notoriety:
    """The section with pieces of its text changed, which must have no fault."""
    notoriety, faults = read_section(changed(*changes))
    if faults:
        raise CharterInvalid(faults)
    return notoriety


def changed(*changes: tuple[str, str]) -> str:
    """The section with pieces of its text changed; each piece stands there."""
    text = SECTION
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def a_fact(reference: str, kind: Any = "performance", on: str = "2026-03-01", **more: Any) -> NotorietyFact:
    """A fact of the company C1, declared on its day."""
    day = date.fromisoformat(on)
    given = {
        "level": "local",
        "declared_on": day,
        "project": "P1",
        "company": "C1",
        "evidence": f"https://example.org/{reference}",
        **more,
    }
    return NotorietyFact(reference, kind, on=day, **given)


def a_contest(reference: str, on: str, resolution: Resolution | None = None) -> Contest:
    """A contest by the member M2."""
    return Contest(reference, date.fromisoformat(on), "M2", "La date a été annulée.", resolution)


def contributing(**contributions: int) -> dict[str, MemberFacts]:
    """Members by the cash received from them, in cents."""
    return {name: MemberFacts(contribution=minor) for name, minor in contributions.items()}


def by_party(rows: Iterable[Any], column: str) -> dict[str, int]:
    """One column of a statement, by party."""
    return {row.party: getattr(row, column) for row in rows}
