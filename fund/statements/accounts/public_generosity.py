"""The use of what the public gave (CER, *compte d'emploi des ressources*, ANC 2018-06 art. 432-17 to 432-19)."""

from __future__ import annotations

from dataclasses import dataclass
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
from fund.queries.accounts_lines import Heading, heading_of, units_left_out
from fund.queries.accounts_year import year_accounts, years_of
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    left_out_notes,
    major,
    money,
    said,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Block, Column, Document, Language, Paragraph, Row, Section, Table


@dataclass(frozen=True, slots=True)
class Cer:
    """The statement of the year, and its comparison with the other statement's column (art. 432-18)."""

    heading: Heading
    now: PublicGenerosity
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]
    first_year: str


def read(asked: Asked) -> Cer:
    """The facts of the use of what the public gave; the years before make its opening."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    earlier = [year for year in years_of(asked.fund) if year.last < asked.year.first]
    now = public_generosity(accounts, [year_accounts(asked.fund, year) for year in earlier])
    crod = origin_destination(accounts)
    return Cer(
        heading,
        now,
        _checks(now, crod),
        units_left_out(asked.fund, asked.year, heading.as_of),
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
            said(
                language,
                f"Les ressources reportées à l’ouverture sont ce que les exercices tenus ici depuis {facts.first_year} "
                "ont laissé ; ce qui les précède n’y est pas.",
                f"What is carried over at the opening is what the years kept here since {facts.first_year} left; "
                "what was before them is not in it.",
            ),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _simple(facts: Cer, caption: str, rows: list[Row], total: tuple[str, int], language: Language) -> Table:
    return Table(
        caption,
        (
            Column(said(language, "Rubrique", "Line")),
            Column(facts.heading.year.code, "amount", facts.heading.unit),
        ),
        tuple(rows),
        said(language, "Néant.", "None."),
        total=(total[0], money(facts.heading, total[1])),
        name=caption[:31],
    )


def _line(facts: Cer, label: str, minor: int, *, strong: bool = False) -> Row:
    return Row((label, money(facts.heading, minor)), strong=strong)


def _uses(facts: Cer, language: Language) -> Table:
    now = facts.now
    first = [code for code in USES if code[0] in "123"]
    rows = [_line(facts, USES[code][language], now.uses[code]) for code in first if code in now.uses]
    rows.append(
        _line(
            facts,
            said(language, "Total des emplois", "Total of uses"),
            sum(now.uses.get(code, 0) for code in first),
            strong=True,
        )
    )
    rows += [_line(facts, USES[code][language], now.uses[code]) for code in ("4", "5", "6") if code in now.uses]
    surplus = max(now.result, 0)
    rows.append(
        _line(
            facts, said(language, "Excédent de la générosité du public", "Surplus of the public’s generosity"), surplus
        )
    )
    rows += [_line(facts, USED_IN_KIND[code][language], minor) for code, minor in now.used_in_kind.items() if minor]
    total = sum(now.uses.values()) + surplus + sum(now.used_in_kind.values())
    return _simple(facts, said(language, "Emplois de l’exercice", "Uses of the year"), rows, ("Total", total), language)


def _resources(facts: Cer, language: Language) -> Table:
    now = facts.now
    first = [code for code in ORIGINS if code not in ("4", "5")]
    rows = [_line(facts, ORIGINS[code][language], now.resources[code]) for code in first if code in now.resources]
    rows.append(
        _line(
            facts,
            said(language, "Total des ressources", "Total of resources"),
            sum(now.resources.get(code, 0) for code in first),
            strong=True,
        )
    )
    rows += [_line(facts, ORIGINS[code][language], now.resources[code]) for code in ("4", "5") if code in now.resources]
    shortfall = max(-now.result, 0)
    rows.append(
        _line(
            facts,
            said(language, "Insuffisance de la générosité du public", "Shortfall of the public’s generosity"),
            shortfall,
        )
    )
    if now.given_in_kind:
        rows.append(
            _line(
                facts, said(language, "Contributions volontaires en nature", "Contributions in kind"), now.given_in_kind
            )
        )
    total = sum(now.resources.values()) + shortfall + now.given_in_kind
    caption = said(language, "Ressources de l’exercice", "Resources of the year")
    return _simple(facts, caption, rows, ("Total", total), language)


def _carried(facts: Cer, language: Language) -> Table:
    now = facts.now
    rows = [
        _line(facts, said(language, "En début d’exercice (hors fonds dédiés)", "Opening (not dedicated)"), now.opening),
        _line(facts, said(language, "(+) Excédent ou (−) insuffisance", "(+) Surplus or (−) shortfall"), now.result),
        _line(
            facts,
            said(language, "(−) Investissements et (+) désinvestissements nets", "(−) Investments, net"),
            -now.invested,
        ),
    ]
    return _simple(
        facts,
        said(language, "Ressources reportées liées à la générosité du public", "The public’s generosity carried over"),
        rows,
        (said(language, "En fin d’exercice (hors fonds dédiés)", "Closing (not dedicated)"), now.closing),
        language,
    )


def _dedicated(facts: Cer, language: Language) -> Table:
    dedicated = facts.now.dedicated
    rows = [
        _line(facts, said(language, "En début d’exercice", "Opening"), dedicated.opening),
        _line(facts, said(language, "(−) Utilisation", "(−) Used"), -dedicated.used),
        _line(facts, said(language, "(+) Report", "(+) Added"), dedicated.added),
    ]
    return _simple(
        facts,
        said(language, "Fonds dédiés liés à la générosité du public", "Dedicated funds of the public’s generosity"),
        rows,
        (said(language, "En fin d’exercice", "Closing"), dedicated.closing),
        language,
    )


def figures(facts: Cer) -> Any:
    """Uses, resources, what is carried over, dedicated funds, and the checks."""
    heading, now = facts.heading, facts.now
    return {
        "uses": {code: major(heading, minor) for code, minor in now.uses.items()},
        "resources": {code: major(heading, minor) for code, minor in now.resources.items()},
        "opening": major(heading, now.opening),
        "result": major(heading, now.result),
        "invested": major(heading, now.invested),
        "closing": major(heading, now.closing),
        "dedicated": {
            "opening": major(heading, now.dedicated.opening),
            "used": major(heading, now.dedicated.used),
            "added": major(heading, now.dedicated.added),
            "closing": major(heading, now.dedicated.closing),
        },
        "checks": check_figures(facts.checks, heading),
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
)
