"""The balance sheet (*bilan*): official layout, or a dozen lines in plain words; both of the same books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fund.accounting.balance_sheet import (
    PLAIN,
    BalanceSheet,
    balance_sheet,
    layout_of,
    plain_balance_sheet,
    rows_of_line,
)
from fund.accounting.layouts import CREDIT, title_of
from fund.statements.accounts.kinds import Asked, LineRows, StatementKind
from fund.statements.accounts.legal_parts import (
    PLAIN_PREFIX,
    Heading,
    before_column,
    day_column,
    document,
    figures_json,
    in_words,
    result_text,
    rows_of,
    said,
    two_years,
)
from fund.statements.document import Column, Document, Language, Section, Table
from fund.statements.render.formats import amount_text, date_text


@dataclass(frozen=True, slots=True)
class Facts:
    """The balance sheet with its head."""

    head: Heading
    sheet: BalanceSheet


def read(asked: Asked) -> Facts:
    """The facts on the day asked for."""
    found = two_years(asked)
    return Facts(found.head, balance_sheet(found.accounts, found.before))


def arrange(facts: Facts, language: Language) -> Document:
    """The document, in the view that was asked for."""
    head, sheet = facts.head, facts.sheet
    word, result = result_text(sheet.result, head.unit, language)
    day, total = date_text(head.as_of, language), amount_text(head.amount(sheet.total), language)
    sections = _in_words(facts, language) if head.view == "simple" else _official(facts, language)
    return document(
        head,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            f"Au {day}, le fonds a {total} ; ce qu’il doit, ce qu’il a mis de côté et ce qui lui reste font la même "
            "somme.",
            f"On {day} the fund has {total}; what it owes, what it has set aside and what remains come to the same.",
        ),
        key_figures=((said(language, "Total du bilan", "Total"), head.amount(sheet.total)), (word, result)),
        sections=sections,
        notes=_notes(facts, language),
    )


def _official(facts: Facts, language: Language) -> tuple[Section, ...]:
    head, sheet = facts.head, facts.sheet
    before = (before_column(head, language),) if sheet.has_before else ()
    empty = said(language, "Aucun solde.", "No balance.")
    assets, liabilities = said(language, "Actif", "Assets"), said(language, "Passif", "Liabilities")
    held = Table(
        said(language, "Actif du bilan", "Assets of the balance sheet"),
        (
            Column(said(language, "Poste", "Line")),
            Column(said(language, "Brut", "Gross"), "amount", head.unit),
            Column(said(language, "Amortissements et dépréciations", "Depreciation"), "amount", head.unit),
            day_column(head, language, net=True),
            *before,
        ),
        rows_of(head, KIND.name, sheet.assets, language, gross=True, before=sheet.has_before),
        empty,
        name=assets,
    )
    owed = Table(
        said(language, "Passif du bilan", "Liabilities of the balance sheet"),
        (Column(said(language, "Poste", "Line")), day_column(head, language), *before),
        rows_of(head, KIND.name, sheet.liabilities, language, gross=False, before=sheet.has_before),
        empty,
        name=liabilities,
    )
    return Section(assets, (held,), anchor="actif"), Section(liabilities, (owed,), anchor="passif")


def _in_words(facts: Facts, language: Language) -> tuple[Section, ...]:
    plain = plain_balance_sheet(facts.sheet)
    titles = {
        "have": said(language, "Ce que nous avons", "What we have"),
        "owe": said(language, "Ce que nous devons", "What we owe"),
        "set-aside": said(language, "Ce qui est mis de côté", "What is set aside"),
        "ours": said(language, "Ce qui reste au fonds", "What remains to the fund"),
    }
    groups = {group: (titles[group], plain[group]) for group in titles}
    return in_words(facts.head, groups, KIND.name, language, before=facts.sheet.has_before)


def _notes(facts: Facts, language: Language) -> tuple[str, ...]:
    notes = [
        said(
            language,
            "Les comptes de tiers ne sont pas compensés : chaque tiers débiteur figure à l’actif, chaque tiers "
            "créditeur au passif.",
            "Third parties are not netted: each that is in debit stands in the assets, each in credit in the "
            "liabilities.",
        ),
        said(
            language,
            "Les lignes vides aux deux exercices sont omises (art. 410-2 du règlement ANC 2018-06).",
            "Lines that are empty in both years are left out (art. 410-2 of the regulation ANC 2018-06).",
        ),
    ]
    if facts.head.before is None and facts.sheet.has_before:
        notes.append(
            said(
                language,
                "L’exercice précédent n’est pas dans ces livres : sa colonne reprend les à-nouveaux.",
                "The year before is not in these books: its column is what was carried over at the opening.",
            )
        )
    return tuple(notes)


def figures(facts: Facts) -> Any:
    """Both sides, their total and the result, for a program."""
    head, sheet = facts.head, facts.sheet
    return {
        "assets": figures_json(head, sheet.assets, gross=True),
        "liabilities": figures_json(head, sheet.liabilities),
        "total": head.major(sheet.total),
        "result": head.major(sheet.result),
        "simple": {group: figures_json(head, lines) for group, lines in plain_balance_sheet(sheet).items()},
    }


def line(asked: Asked, code: str) -> LineRows | None:
    """What a line of either view is made of."""
    accounts = two_years(asked).accounts
    lines = {each.code: each for each in layout_of(asked.year.chart).lines}
    plain = next((p for found in PLAIN.values() for p in found if f"{PLAIN_PREFIX}{p.code}" == code), None)
    codes = plain.codes if plain else (code,)
    found = [(lines[each], rows_of_line(accounts, each) or ()) for each in codes if each in lines]
    if not found:
        return None
    sign = CREDIT if plain and any(p is plain for p in (*PLAIN["owe"], *PLAIN["set-aside"], *PLAIN["ours"])) else None
    minor = sum((sign or each.sign) * row.closing for each, rows in found for row in rows)
    named = title_of(layout_of(asked.year.chart), code)
    titles = (plain.fr, plain.en) if plain else named or (code, code)
    return LineRows(*titles, minor, tuple(row for _, rows in found for row in rows), is_movement=False)


KIND = StatementKind(
    name="balance-sheet",
    titles={"fr": "Bilan", "en": "Balance sheet"},
    group="legal",
    read=read,
    arrange=arrange,
    figures=figures,
    views=True,
    line=line,
)
