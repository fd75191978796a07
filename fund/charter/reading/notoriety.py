"""The `[notoriety]` section: from a table of the file to its types, with every fault on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import cast, get_args

from fund.charter.notoriety.grammar import (
    Coproduction,
    Credit,
    CreditKey,
    CreditToCompany,
    CreditToFund,
    CreditToMembers,
    FactKind,
    Level,
    Notoriety,
    PointsByLevel,
    PointsSources,
    PublicLevel,
    SamePoints,
    Wording,
    Worth,
)
from fund.charter.notoriety.steering import steered
from fund.charter.reading.lines import Path
from fund.charter.reading.slots import Faults, Table, percent
from fund.charter.rules import Rule, Sources

MOST_POINTS = 1_000_000
_WHOLE = Fraction(1)


def read_notoriety(table: Table) -> Notoriety:
    """Read the section; every fault is noted in the table's faults, and stand-ins fill its place."""
    points, points_sources = _points(table)
    credit_tables = table.tables("credits")
    credits_source = table.source_for("credits")
    notoriety = Notoriety(
        points=points,
        credits=tuple(_credit(each, credits_source) for each in credit_tables),
        decay=table.rate("decay") or Fraction(0),
        contestation_days=table.whole("contestation_days", least=1, most=366, required=True) or 1,
        ceiling=table.rate("ceiling") or Fraction(0),
        wording=_wording(table),
        sources=table.sources(),
        points_sources=points_sources,
    )
    if not table.has("credits"):
        table.note("missing", "credits")
    elif table.faults.spare((*table.path, "credits")):
        _together(notoriety.credits, (*table.path, "credits"), table.faults)
    table.close()
    return notoriety


def check_steering(placed: Iterable[tuple[Path, Rule]], notoriety: Notoriety | None, faults: Faults) -> None:
    """Note every rule whose money is shared by notoriety without the section, or beyond its ceiling."""
    for path, rule in placed:
        share = steered(rule).share
        if share == 0:
            continue
        if notoriety is None:
            faults.note("notoriety-unsaid", path)
        elif share > notoriety.ceiling:
            faults.note("notoriety-ceiling", path, share=percent(share), most=percent(notoriety.ceiling))


def _points(table: Table) -> tuple[Mapping[FactKind, Worth], PointsSources]:
    """The table of points, kind by kind, and where its numbers come from."""
    inside = table.table("points")
    if inside is None:
        if not table.has("points"):
            table.note("missing", "points")
        return {}, {}
    inherited = table.source_for("points")
    points: dict[FactKind, Worth] = {}
    sources: dict[tuple[FactKind, Level | None], str] = {}
    for kind in get_args(FactKind):
        if isinstance(inside.data.get(kind), dict):
            points[kind], by_level = _by_level(inside, kind, inside.source_for(kind) or inherited)
            sources |= {(kind, level): by_level[level] for level in get_args(Level) if level in by_level}
        elif (worth := inside.whole(kind, least=1, most=MOST_POINTS)) is not None:
            points[kind] = SamePoints(worth)
    if not any(inside.has(kind) for kind in get_args(FactKind)):
        inside.note("points-none")
    of_kinds = inside.sources(inherited)
    sources |= {(kind, None): of_kinds[kind] for kind in points if kind in of_kinds}
    inside.close()
    return points, sources


def _by_level(inside: Table, kind: FactKind, inherited: str | None) -> tuple[Worth, Sources]:
    levels = cast(Table, inside.table(kind))
    read = {level: levels.whole(level, least=1, most=MOST_POINTS) for level in get_args(Level)}
    if not any(levels.has(level) for level in get_args(Level)):
        levels.note("points-none")
    sources = levels.sources(inherited)
    levels.close()
    return PointsByLevel({level: worth for level, worth in read.items() if worth is not None}), sources


def _credit(table: Table, source: str | None) -> Credit:
    to = table.choice("to", ("company", "members", "fund"), required=True)
    share = table.rate("share", required=True) or _WHOLE
    key: CreditKey | None = table.choice("key", get_args(CreditKey))
    if to == "members" and not table.has("key"):
        table.note("key-missing", to="members")
    if to in ("company", "fund") and table.has("key"):
        table.note("key-alone", "key", to=to)
    sources = table.sources(source)
    table.close()
    if to == "members":
        return CreditToMembers(share, key or "equal", sources)
    return CreditToCompany(share, sources) if to == "company" else CreditToFund(share, sources)


def _together(credits: tuple[Credit, ...], path: Path, faults: Faults) -> None:
    """The shares are the whole, and nobody stands there twice under one key."""
    seen: set[tuple[type, str]] = set()
    for at, credit in enumerate(credits):
        whose = (type(credit), credit.key if isinstance(credit, CreditToMembers) else "")
        if whose in seen:
            faults.note("credit-twice", (*path, at))
        seen.add(whose)
    total = sum((credit.share for credit in credits), Fraction())
    if total != 1:
        faults.note("shares-sum", path, total=percent(total), left=percent(1 - total))


def _wording(table: Table) -> Wording:
    inside = table.table("wording")
    if inside is None:
        if not table.has("wording"):
            table.note("missing", "wording")
        return Wording("strict", 1, (), {})
    wording = Wording(
        coproduction=inside.choice("coproduction", get_args(Coproduction), required=True) or "strict",
        validation_days=inside.whole("validation_days", least=1, most=366, required=True) or 1,
        logo_order=_logo_order(inside),
        sources=inside.sources(table.source_for("wording")),
    )
    inside.close()
    return wording


def _logo_order(table: Table) -> tuple[PublicLevel, ...]:
    """Every public level once, in the order of this list."""
    named, known = table.texts("logo_order"), get_args(PublicLevel)
    if not table.has("logo_order"):
        table.note("missing", "logo_order")
    elif table.faults.spare((*table.path, "logo_order")) and sorted(named) != sorted(known):
        wrong = dict.fromkeys(name for name in named if name not in known or named.count(name) > 1)
        table.note(
            "logo-order",
            "logo_order",
            absent=", ".join(name for name in known if name not in named) or "–",
            wrong=", ".join(name[:40] for name in wrong) or "–",
        )
    return cast(tuple[PublicLevel, ...], named)
