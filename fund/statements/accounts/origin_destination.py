"""The statement by origin and destination (CROD, ANC 2018-06 art. 432-2 to 432-16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fund.accounting.destinations import DESTINATIONS
from fund.accounting.origin_destination import (
    NATURES,
    USES,
    Figure,
    OriginDestination,
    origin_destination,
    total_of,
)
from fund.queries.accounts_lines import Heading, heading_of
from fund.queries.accounts_year import year_accounts, year_before
from fund.queries.annexes import authorities_of
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    first_year_note,
    major,
    money,
    moneys,
    name_of_account,
    said,
    some,
    to_account,
    to_line,
    valued_notes,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.accounts.origin_destination_lines import TABLES, address_of, line_rows
from fund.statements.document import Column, Document, Language, Row, Section, Table
from fund.statements.render.formats import amount_text

Line = tuple[str, Figure, Figure, bool, str]
"""A line of the statement: its words, this year, the year before, whether it is a subtotal, its name in addresses."""

_NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class Crod:
    """The statement of the year and of the year before (None for the first), with what it was checked against."""

    heading: Heading
    now: OriginDestination
    before: OriginDestination | None
    checks: tuple[Check, ...]


def read(asked: Asked) -> Crod:
    """The facts of the statement by origin and destination."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    authorities = set(authorities_of(asked.fund))
    now = origin_destination(accounts, authorities)
    earlier = year_before(asked.fund, asked.year)
    before = origin_destination(year_accounts(asked.fund, earlier), authorities) if earlier else None
    used, given = total_of(now.used).total, total_of(now.given).total
    return Crod(
        heading,
        now,
        before,
        (
            Check(
                ("le total des produits par origine", "the total of income by origin"),
                now.income.total,
                -sum(row.movement for row in accounts.of("7")),
                ("la classe 7 de la balance", "class 7 of the trial balance"),
            ),
            Check(
                ("le total des charges par destination", "the total of expenses by destination"),
                now.expenses.total,
                sum(row.movement for row in accounts.of("6")),
                ("la classe 6 de la balance", "class 6 of the trial balance"),
            ),
            Check(
                ("l’excédent ou déficit", "the surplus or deficit"),
                now.result.total,
                accounts.result,
                ("le résultat de la balance", "the result of the trial balance"),
            ),
            Check(
                ("le total du tableau de passage", "the total of the reconciliation table"),
                sum(now.matrix.values()),
                now.expenses.total,
                ("les charges par destination", "expenses by destination"),
            ),
            Check(
                ("le total des contributions volontaires par origine", "contributions in kind by origin"),
                given,
                -sum(row.movement for row in accounts.of("87")),
                ("la classe 87 de la balance", "class 87 of the trial balance"),
            ),
            Check(
                ("le total des contributions volontaires par destination", "contributions in kind by destination"),
                used,
                given,
                ("leur total par origine", "their total by origin"),
            ),
        ),
    )


def arrange(facts: Crod, language: Language) -> Document:
    """The document: part A, part B, the reconciliation of natures and destinations, the defaults used."""
    heading = facts.heading
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            "D’où vient l’argent de l’exercice et à quoi il a servi ; une colonne dit ce qui tient à la générosité "
            "du public.",
            "Where the money of the year comes from and what it was used for; one column says what is owed to the "
            "public’s generosity.",
        ),
        summary=(),
        sections=[
            Section(
                said(language, "A — Produits et charges par origine et destination", "A — Income and expenses"),
                (_table(facts, language, "income"), _table(facts, language, "expenses")),
            ),
            Section(
                said(language, "B — Contributions volontaires en nature", "B — Contributions in kind"),
                (_table(facts, language, "given"), _table(facts, language, "used")),
            ),
            Section(
                said(language, "Tableau de passage", "From natures to destinations"),
                (_matrix(facts.now, heading, language),),
            ),
            Section(
                said(language, "Affectations par défaut", "Destinations by default"), (_defaults(facts, language),)
            ),
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            *(() if facts.before else (first_year_note(heading.year, language),)),
            *_notes(facts, language),
        ),
    )


def _notes(facts: Crod, language: Language) -> tuple[str, ...]:
    origin = total_of(facts.now.origins, "1")
    notes = [
        said(
            language,
            "La colonne « dont générosité du public » reprend les écritures qui portent ce repère, et elles seules.",
            "The column “of the public” holds the entries that carry this mark, and no others.",
        )
    ]
    if origin.total != origin.generosity:
        whole = amount_text(money(facts.heading, origin.total), language)
        marked = amount_text(money(facts.heading, origin.generosity), language)
        notes.append(
            said(
                language,
                f"Sur {whole} de produits d’origine 1, {marked} portent le repère : les cotisations "
                "d’organismes membres n’y sont rattachées que si le fonds en décide ainsi.",
                f"Of {whole} of income of origin 1, {marked} carry the mark: contributions of member "
                "organisations carry it only when the fund decides so.",
            )
        )
    notes.append(
        said(
            language,
            "Missions sociales réalisées en France. Une ligne sans destination prend celle de son compte : 655, 657 et "
            "86 vont aux missions sociales, les autres charges au fonctionnement. Provisions et dépréciations, impôt "
            "et reports en fonds dédiés ont leur propre rubrique.",
            "The missions are carried out in France. A line without a destination takes that of its account: 655, 657 "
            "and 86 go to the missions, other expenses to running. Provisions and depreciation, tax and dedicated "
            "funds have rubrics of their own.",
        )
    )
    return (*notes, *valued_notes(facts.heading, language))


def _lines(which: str, now: Mapping[str, Figure], before: Mapping[str, Figure], language: Language) -> list[Line]:
    """The lines of a table: each part with its subtotal and its lines, then the lines that are parts themselves."""
    texts, parts = TABLES[which]
    lines: list[Line] = []
    for start, fr, en in parts:
        codes = [code for code in texts if code.startswith(f"{start}.")]
        subtotal = (total_of(now, f"{start}."), total_of(before, f"{start}."))
        lines.append((said(language, fr, en), *subtotal, True, f"{which}-{start}"))
        lines += [_line(f"{code[:3]} {texts[code][language]}", which, code, now, before) for code in codes]
    for code in texts:
        if not parts:
            lines.append(_line(texts[code][language], which, code, now, before))
        elif "." not in code:
            lines.append(_line(f"{code} - {texts[code][language]}", which, code, now, before, strong=True))
    return [line for line in lines if line[1] != _NOTHING or line[2] != _NOTHING]


def _line(
    label: str, which: str, code: str, now: Mapping[str, Figure], before: Mapping[str, Figure], *, strong: bool = False
) -> Line:
    return label, now.get(code, _NOTHING), before.get(code, _NOTHING), strong, address_of(which, code)


def _table(facts: Crod, language: Language, which: str) -> Table:
    now, before = facts.now, facts.before or OriginDestination({}, {}, {}, {}, {}, ())
    caption, of_now, of_before = {
        "income": (said(language, "Produits par origine", "Income by origin"), now.origins, before.origins),
        "expenses": (said(language, "Charges par destination", "Expenses by destination"), now.uses, before.uses),
        "given": (
            said(language, "Produits par origine, en nature", "Contributions in kind by origin"),
            now.given,
            before.given,
        ),
        "used": (
            said(language, "Charges par destination, en nature", "Contributions in kind by destination"),
            now.used,
            before.used,
        ),
    }[which]
    rows = [
        Row((label, *_four(facts, n, b, address)), strong=strong, anchor=address)
        for label, n, b, strong, address in _lines(which, of_now, of_before, language)
    ]
    total = _four(facts, total_of(of_now), total_of(of_before))
    if which != "expenses":
        return _made(facts, caption, rows, ("Total", *total), language)
    rows.append(Row((said(language, "Total des charges", "Total of expenses"), *total), strong=True))
    result = (said(language, "Excédent ou déficit", "Surplus or deficit"), *_four(facts, now.result, before.result))
    return _made(facts, caption, rows, result, language)


def _four(facts: Crod, now: Figure, before: Figure, address: str = "") -> tuple[Any, ...]:
    heading = facts.heading
    cells = (to_line(heading, KIND.name, address, money(heading, now.total)), money(heading, now.generosity))
    return (*cells, *moneys(heading, before.total, before.generosity)) if facts.before else cells


def _made(facts: Crod, caption: str, rows: list[Row], total: tuple[Any, ...], language: Language) -> Table:
    unit = facts.heading.unit
    year = facts.heading.year
    marked = said(language, "dont générosité du public", "of the public")
    columns = [
        Column(said(language, "Rubrique", "Line")),
        Column(f"{year.code} Total", "amount", unit),
        Column(f"{year.code} {marked}", "amount", unit),
    ]
    if facts.before:
        columns += [Column("N-1 Total", "amount", unit), Column(f"N-1 {marked}", "amount", unit)]
    return Table(
        caption, tuple(columns), tuple(rows), said(language, "Néant.", "None."), total=total, name=caption[:31]
    )


def _matrix(now: OriginDestination, heading: Heading, language: Language) -> Table:
    """Charges by nature, across by destination (art. 432-16)."""
    uses = [code for code in USES if any(use == code for _nature, use in now.matrix)]
    natures = [code for code in NATURES if any(nature == code for nature, _use in now.matrix)]
    rows = tuple(
        Row(
            (
                NATURES[nature][language],
                *(some(heading, now.matrix.get((nature, use), 0)) for use in uses),
                money(heading, sum(now.matrix.get((nature, use), 0) for use in uses)),
            )
        )
        for nature in natures
    )
    totals = [sum(now.matrix.get((nature, use), 0) for nature in natures) for use in uses]
    return Table(
        said(language, "Charges par nature et par destination", "Expenses by nature and destination"),
        (
            Column(said(language, "Nature de charge", "Nature")),
            *(Column(USES[use][language], "amount", heading.unit) for use in uses),
            Column("Total", "amount", heading.unit),
        ),
        rows,
        said(language, "Aucune charge.", "No expense."),
        total=("Total", *moneys(heading, *totals, sum(totals))),
        name=said(language, "passage", "reconciliation"),
    )


def _defaults(facts: Crod, language: Language) -> Table:
    """What the default of an account decided, since no line said it."""
    heading = facts.heading
    return Table(
        said(language, "Lignes sans destination", "Lines without a destination"),
        (
            Column(said(language, "Compte", "Account"), "code"),
            Column(said(language, "Intitulé", "Name")),
            Column(said(language, "Destination retenue", "Destination taken")),
            Column(said(language, "Montant", "Amount"), "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    to_account(heading, each.chart, each.chart),
                    name_of_account(heading, each.chart, language),
                    DESTINATIONS[each.destination][language],
                    money(heading, each.minor),
                )
            )
            for each in facts.now.defaulted
        ),
        said(language, "Chaque ligne porte sa destination.", "Every line names its destination."),
        name=said(language, "par défaut", "by default"),
    )


def figures(facts: Crod) -> Any:
    """Both parts by code, the matrix, the defaults, and the checks."""
    heading, now = facts.heading, facts.now

    def of(found: Mapping[str, Figure]) -> dict[str, Any]:
        return {
            code: {"total": major(heading, each.total), "generosity": major(heading, each.generosity)}
            for code, each in found.items()
        }

    return {
        "income": of(now.origins),
        "expenses": of(now.uses),
        "result": major(heading, now.result.total),
        "in_kind_given": of(now.given),
        "in_kind_used": of(now.used),
        "matrix": [
            {"nature": nature, "use": use, "amount": major(heading, minor)}
            for (nature, use), minor in sorted(now.matrix.items())
        ],
        "defaults": [
            {"account": each.chart, "destination": each.destination, "amount": major(heading, each.minor)}
            for each in now.defaulted
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="origin-destination",
    titles={
        "fr": "Compte de résultat par origine et destination",
        "en": "Income and expenses by origin and destination",
    },
    group="legal",
    read=read,
    arrange=arrange,
    figures=figures,
    line=line_rows,
)
