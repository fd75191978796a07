"""The use of what the public gave (CER, *compte d'emploi des ressources*, ANC 2018-06 art. 432-17 to 432-19)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from fund.accounting.origin_destination import (
    ORIGINS,
    USED_IN_KIND,
    USES,
    Figure,
    OriginDestination,
    origin_destination,
)
from fund.accounting.public_generosity import PublicGenerosity, public_generosity
from fund.queries.accounts_lines import Heading, heading_of
from fund.queries.accounts_year import year_accounts, years_of
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    first_year_note,
    major,
    money,
    said,
    to_line,
    valued_notes,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.accounts.origin_destination_lines import address_of, marked_rows
from fund.statements.document import Block, Column, Document, Language, Paragraph, Row, Section, Table
from ledger.money import Amount

Reading = Callable[[PublicGenerosity], int]
"""How a line reads its figure in the statement of a year."""


@dataclass(frozen=True, slots=True)
class Cer:
    """The statement of the year and of the year before (None for the first).

    `checks` compare it with the other statement's column (art. 432-18).
    """

    heading: Heading
    now: PublicGenerosity
    before: PublicGenerosity | None
    checks: tuple[Check, ...]
    first_year: str


def read(asked: Asked) -> Cer:
    """The facts of the use of what the public gave; the years before make its opening."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    earlier = [year for year in years_of(asked.fund) if year.last < asked.year.first]
    past = [year_accounts(asked.fund, year) for year in earlier]
    before = public_generosity(past[-1], past[:-1]) if past else None
    now = public_generosity(accounts, past)
    crod = origin_destination(accounts)
    return Cer(
        heading,
        now,
        before,
        _checks(now, crod),
        (earlier or [asked.year])[0].code,
    )


def _checks(now: PublicGenerosity, crod: OriginDestination) -> tuple[Check, ...]:
    column = ("la colonne « générosité du public » du CROD", "the public’s column of the statement by origin")
    return (
        *(
            Check(
                (f"la rubrique « {texts[code]['fr']} »", f"the line “{texts[code]['en']}”"),
                found.get(code, 0),
                of_crod.get(code, Figure()).generosity,
                column,
            )
            for texts, found, of_crod in ((ORIGINS, now.resources, crod.origins), (USES, now.uses, crod.uses))
            for code in texts
            if found.get(code, 0) != of_crod.get(code, Figure()).generosity
        ),
        Check(
            ("le total des ressources", "the total of resources"),
            sum(now.resources.values()),
            crod.income.generosity,
            column,
        ),
        Check(("le total des emplois", "the total of uses"), sum(now.uses.values()), crod.expenses.generosity, column),
        Check(
            ("l’excédent ou l’insuffisance de l’exercice", "the surplus or shortfall of the year"),
            now.result,
            crod.result.generosity,
            column,
        ),
    )


def arrange(facts: Cer, language: Language) -> Document:
    """The document: uses and resources, what is carried over, dedicated funds."""
    heading, now = facts.heading, facts.now
    first: tuple[Block, ...] = ()
    if not now.uses and not now.resources and not now.opening:
        first = (
            Paragraph(
                said(
                    language,
                    "Aucune écriture de l’exercice ne porte le repère de la générosité du public. Le compte d’emploi "
                    "n’est dû qu’au-delà de 153 000 € de dons reçus par appel public.",
                    "No entry of the year carries the mark of the public’s generosity. This statement is due above "
                    "€153,000 of gifts received by public appeal alone.",
                )
            ),
        )
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            "Ce que le public a donné, ce qui en a été fait, et ce qui en reste.",
            "What the public gave, what was done with it, and what is left.",
        ),
        summary=first,
        sections=[
            Section(said(language, "Emplois", "Uses"), (_uses(facts, language),)),
            Section(said(language, "Ressources", "Resources"), (_resources(facts, language),)),
            Section(
                said(language, "Ressources reportées", "Carried over"),
                (_carried(facts, language), _dedicated(facts, language)),
            ),
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            *(() if facts.before else (first_year_note(heading.year, language),)),
            said(
                language,
                f"Les ressources reportées à l’ouverture sont ce que les exercices tenus ici depuis {facts.first_year} "
                "ont laissé ; ce qui les précède n’y est pas.",
                f"What is carried over at the opening is what the years kept here since {facts.first_year} left; "
                "what was before them is not in it.",
            ),
            *valued_notes(heading, language),
        ),
    )


def _simple(facts: Cer, caption: str, rows: list[Row], total: tuple[str, Reading], language: Language) -> Table:
    unit = facts.heading.unit
    columns = [Column(said(language, "Rubrique", "Line")), Column(facts.heading.year.code, "amount", unit)]
    if facts.before:
        columns.append(Column("N-1", "amount", unit))
    return Table(
        caption,
        tuple(columns),
        tuple(rows),
        said(language, "Néant.", "None."),
        total=(total[0], *_figures(facts, total[1])),
        name=caption[:31],
    )


def _figures(facts: Cer, of: Reading) -> tuple[Amount, ...]:
    """A figure of the year and, where the books have it, of the year before."""
    return tuple(money(facts.heading, of(each)) for each in (facts.now, facts.before) if each)


def _line(facts: Cer, label: str, of: Reading, *, strong: bool = False, address: str = "") -> Row:
    now, *before = _figures(facts, of)
    return Row((label, to_line(facts.heading, KIND.name, address, now), *before), strong=strong, anchor=address)


def _coded(facts: Cer, which: str, codes: Iterable[str], language: Language) -> list[Row]:
    """The lines of these codes that have a figure in either year."""
    texts = USES if which == "uses" else ORIGINS
    rows = []
    for code in codes:
        of = partial(_of_code, which, (code,))
        if any(of(each) for each in (facts.now, facts.before) if each):
            rows.append(_line(facts, texts[code][language], of, address=address_of(which, code)))
    return rows


def _of_code(which: str, codes: Iterable[str], found: PublicGenerosity) -> int:
    figures: Mapping[str, int] = {
        "uses": found.uses,
        "resources": found.resources,
        "used": found.used_in_kind,
    }[which]
    return sum(figures.get(code, 0) for code in codes)


def _uses(facts: Cer, language: Language) -> Table:
    first = [code for code in USES if code[0] in "123"]
    rows = _coded(facts, "uses", first, language)
    total = said(language, "Total des emplois", "Total of uses")
    rows.append(_line(facts, total, partial(_of_code, "uses", first), strong=True))
    rows += _coded(facts, "uses", ("4", "5", "6"), language)
    surplus = said(
        language,
        "Excédent de la générosité du public de l’exercice",
        "Surplus of the public’s generosity of the year",
    )
    rows.append(_line(facts, surplus, lambda found: max(found.result, 0)))
    for code, words in USED_IN_KIND.items():
        of = partial(_of_code, "used", (code,))
        if any(of(each) for each in (facts.now, facts.before) if each):
            rows.append(_line(facts, words[language], of))
    return _simple(facts, said(language, "Emplois de l’exercice", "Uses of the year"), rows, ("Total", _used), language)


def _used(found: PublicGenerosity) -> int:
    return sum(found.uses.values()) + max(found.result, 0) + sum(found.used_in_kind.values())


def _resources(facts: Cer, language: Language) -> Table:
    first = [code for code in ORIGINS if code not in ("4", "5")]
    rows = _coded(facts, "resources", first, language)
    total = said(language, "Total des ressources", "Total of resources")
    rows.append(_line(facts, total, partial(_of_code, "resources", first), strong=True))
    rows += _coded(facts, "resources", ("4", "5"), language)
    deficit = said(
        language,
        "Déficit de la générosité du public de l’exercice",
        "Deficit of the public’s generosity of the year",
    )
    rows.append(_line(facts, deficit, lambda found: max(-found.result, 0)))
    if any(each.given_in_kind for each in (facts.now, facts.before) if each):
        in_kind = said(language, "Contributions volontaires en nature", "Contributions in kind")
        rows.append(_line(facts, in_kind, lambda found: found.given_in_kind))
    caption = said(language, "Ressources de l’exercice", "Resources of the year")
    return _simple(facts, caption, rows, ("Total", _found), language)


def _found(found: PublicGenerosity) -> int:
    return sum(found.resources.values()) + max(-found.result, 0) + found.given_in_kind


def _carried(facts: Cer, language: Language) -> Table:
    lines: tuple[tuple[tuple[str, str], Reading], ...] = (
        (("En début d’exercice (hors fonds dédiés)", "Opening (not dedicated)"), lambda found: found.opening),
        (("(+) Excédent ou (−) insuffisance", "(+) Surplus or (−) shortfall"), lambda found: found.result),
        (
            ("(−) Investissements et (+) désinvestissements nets", "(−) Investments, net"),
            lambda found: -found.invested,
        ),
    )
    return _simple(
        facts,
        said(language, "Ressources reportées liées à la générosité du public", "The public’s generosity carried over"),
        [_line(facts, said(language, *words), of) for words, of in lines],
        (
            said(language, "En fin d’exercice (hors fonds dédiés)", "Closing (not dedicated)"),
            lambda found: found.closing,
        ),
        language,
    )


def _dedicated(facts: Cer, language: Language) -> Table:
    lines: tuple[tuple[tuple[str, str], Reading], ...] = (
        (("En début d’exercice", "Opening"), lambda found: found.dedicated.opening),
        (("(−) Utilisation", "(−) Used"), lambda found: -found.dedicated.used),
        (("(+) Report", "(+) Added"), lambda found: found.dedicated.added),
    )
    return _simple(
        facts,
        said(language, "Fonds dédiés liés à la générosité du public", "Dedicated funds of the public’s generosity"),
        [_line(facts, said(language, *words), of) for words, of in lines],
        (said(language, "En fin d’exercice", "Closing"), lambda found: found.dedicated.closing),
        language,
    )


def figures(facts: Cer) -> Any:
    """Uses, resources, what is carried over, dedicated funds, and the checks."""
    return {
        **_figures_of(facts.heading, facts.now),
        "before": _figures_of(facts.heading, facts.before) if facts.before else None,
        "checks": check_figures(facts.checks, facts.heading),
    }


def _figures_of(heading: Heading, found: PublicGenerosity) -> dict[str, Any]:
    return {
        "uses": {code: major(heading, minor) for code, minor in found.uses.items()},
        "resources": {code: major(heading, minor) for code, minor in found.resources.items()},
        "opening": major(heading, found.opening),
        "result": major(heading, found.result),
        "invested": major(heading, found.invested),
        "closing": major(heading, found.closing),
        "dedicated": {
            "opening": major(heading, found.dedicated.opening),
            "used": major(heading, found.dedicated.used),
            "added": major(heading, found.dedicated.added),
            "closing": major(heading, found.dedicated.closing),
        },
    }


KIND = StatementKind(
    name="public-generosity",
    titles={
        "fr": "Compte d’emploi des ressources collectées auprès du public",
        "en": "Use of resources collected from the public",
    },
    group="legal",
    read=read,
    arrange=arrange,
    figures=figures,
    line=marked_rows,
)
