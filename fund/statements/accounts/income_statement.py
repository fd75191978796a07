"""The income statement (*compte de résultat*) with contributions in kind at its foot: official, or in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fund.accounting.income_statement import (
    PLAIN,
    IncomeStatement,
    income_statement,
    line_named,
    line_title,
    plain_income_statement,
    rows_of_line,
)
from fund.accounting.layouts import CREDIT, DEBIT
from fund.statements.accounts.in_kind import foot, foot_figures
from fund.statements.accounts.kinds import Asked, LineRows, StatementKind
from fund.statements.accounts.legal_parts import (
    PLAIN_PREFIX,
    Heading,
    document,
    figures_json,
    in_words,
    no_year_before,
    result_text,
    rows_of,
    said,
    span_column,
    two_years,
)
from fund.statements.document import Column, Document, Language, Section, Table
from fund.statements.render.formats import amount_text, date_text


@dataclass(frozen=True, slots=True)
class Facts:
    """The income statement with its head."""

    head: Heading
    statement: IncomeStatement


def read(asked: Asked) -> Facts:
    """The facts from the first day of the year to the day asked for."""
    found = two_years(asked)
    return Facts(found.head, income_statement(found.accounts, found.before))


def arrange(facts: Facts, language: Language) -> Document:
    """The document, in the view that was asked for."""
    head, statement = facts.head, facts.statement
    word, result = result_text(statement.result, head.unit, language)
    income, expenses = (amount_text(head.amount(minor), language) for minor in (statement.income, statement.expenses))
    last = date_text(head.as_of, language)
    sections = _in_words(facts, language) if head.view == "simple" else _official(facts, language)
    return document(
        head,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            f"Du début de l’exercice au {last}, {income} de produits et {expenses} de charges : "
            f"{word.lower()}, {amount_text(result, language)}.",
            f"From the first day of the year to {last}, income of {income} and expenses of {expenses}: "
            f"{word.lower()}, {amount_text(result, language)}.",
        ),
        key_figures=(
            (said(language, "Total des produits", "Total income"), head.amount(statement.income)),
            (said(language, "Total des charges", "Total expenses"), head.amount(statement.expenses)),
            (word, result),
        ),
        sections=(*sections, foot(head, statement.in_kind, language)),
        notes=() if statement.has_before else (no_year_before(head, language),),
    )


def _official(facts: Facts, language: Language) -> tuple[Section, ...]:
    head, statement = facts.head, facts.statement
    columns: tuple[Column, ...] = (
        Column(said(language, "Poste", "Line")),
        span_column(head, head.year, head.as_of, language),
    )
    if statement.has_before and head.before:
        columns = (*columns, span_column(head, head.before, head.before.last, language))
    table = Table(
        KIND.titles[language],
        columns,
        rows_of(head, KIND.name, statement.lines, language, gross=False, before=statement.has_before),
        said(language, "Aucun mouvement.", "No movement."),
        name=KIND.titles[language],
    )
    return (Section(said(language, "Produits et charges", "Income and expenses"), (table,)),)


def _in_words(facts: Facts, language: Language) -> tuple[Section, ...]:
    plain = plain_income_statement(facts.statement)
    titles = {
        "in": said(language, "Ce qui est entré", "What came in"),
        "out": said(language, "Ce qui est sorti", "What went out"),
    }
    groups = {group: (titles[group], plain[group]) for group in titles}
    return in_words(facts.head, groups, KIND.name, language, before=facts.statement.has_before)


def figures(facts: Facts) -> Any:
    """The lines, the totals, the result and the foot, for a program."""
    head, statement = facts.head, facts.statement
    return {
        "lines": figures_json(head, statement.lines),
        "income": head.major(statement.income),
        "expenses": head.major(statement.expenses),
        "result": head.major(statement.result),
        "in_kind": foot_figures(head, statement.in_kind),
        "simple": {group: figures_json(head, lines) for group, lines in plain_income_statement(statement).items()},
    }


def line(asked: Asked, code: str) -> LineRows | None:
    """What a line of either view, or of the foot, is made of."""
    accounts = two_years(asked).accounts
    plain = next((p for found in PLAIN.values() for p in found if f"{PLAIN_PREFIX}{p.code}" == code), None)
    codes = plain.codes if plain else (code,)
    named = [(each, line_named(asked.year.chart, each)) for each in codes]
    found = [(known, rows_of_line(accounts, each) or ()) for each, known in named if known]
    if not found:
        return None
    sign = (CREDIT if plain in PLAIN["in"] else DEBIT) if plain else found[0][0].sign
    titles = (plain.fr, plain.en) if plain else line_title(asked.year.chart, code) or (code, code)
    rows = tuple(row for _, kept in found for row in kept)
    return LineRows(*titles, sum(sign * row.movement for row in rows), rows, is_movement=True)


KIND = StatementKind(
    name="income-statement",
    titles={"fr": "Compte de résultat", "en": "Income statement"},
    group="legal",
    read=read,
    arrange=arrange,
    figures=figures,
    views=True,
    line=line,
)
