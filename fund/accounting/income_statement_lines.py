"""The lines of the income statement (*compte de résultat*), article 422-1 of ANC 2018-06, and of what is given in kind.

Plain Python. Since 2025 (ANC 2022-06 and ANC 2023-03) there are no transfers of expenses (79): an account 79 has no
line in that layout. Classes 86 and 87 stand at the foot, in two equal columns, and never enter the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.accounting.balance_sheet_lines import BEFORE_2025, SINCE_2025
from fund.accounting.layouts import CREDIT, DEBIT, Heading, Item, Layout, Line, Memo, Subtotal

STATEMENT, CONTRIBUTIONS, USES = "income-statement", "contributions", "uses"
TOTAL_INCOME, TOTAL_EXPENSES, RESULT = "total-income", "total-expenses", "result"
TOTAL_CONTRIBUTIONS, TOTAL_USES = "total-contributions", "total-uses"


def _income(code: str, fr: str, en: str, block: str, accounts: str, level: int = 1) -> Line:
    return Line(code, fr, en, block, CREDIT, whole=tuple(accounts.split()), level=level)


def _expense(code: str, fr: str, en: str, block: str, accounts: str, level: int = 1) -> Line:
    return Line(code, fr, en, block, DEBIT, whole=tuple(accounts.split()), level=level)


def _operating_income(chart: str) -> tuple[Item, ...]:
    reversals = (
        "Reprises sur amortissements, dépréciations, provisions et transferts de charges",
        "Reversals of depreciation and provisions, transfers of expenses",
    )
    if chart == SINCE_2025:
        reversals = (
            "Reprises sur amortissements, dépréciations et provisions",
            "Reversals of depreciation and provisions",
        )
    return (
        Heading("Produits d’exploitation", "Operating income"),
        _income("memberships", "Cotisations", "Membership contributions", "I", "756"),
        Heading("Ventes de biens et services", "Sales of goods and services", 1),
        _income("goods-sold", "Ventes de biens", "Goods sold", "I", "701 702 703 707 7097", 2),
        Memo("gifts-sold", "dont ventes de dons en nature", "of which gifts in kind sold", CREDIT, ("7073",), 3),
        _income("services-sold", "Ventes de prestations de service", "Services sold", "I", "70", 2),
        Memo("sponsoring", "dont parrainages", "of which sponsoring", CREDIT, ("7063",), 3),
        Heading("Produits de tiers financeurs", "Income from funders", 1),
        _income(
            "public-grants",
            "Concours publics et subventions d’exploitation",
            "Public support and operating grants",
            "I",
            "73 74",
            2,
        ),
        _income(
            "founders",
            "Versements des fondateurs ou consommations de la dotation consomptible",
            "Payments of founders or use of the consumable endowment",
            "I",
            "753",
            2,
        ),
        Heading("Ressources liées à la générosité du public", "Resources from public generosity", 2),
        _income("gifts", "Dons manuels", "Gifts", "I", "7541 754", 3),
        _income("patronage", "Mécénats", "Corporate patronage", "I", "7542", 3),
        _income("bequests", "Legs, donations et assurances-vie", "Bequests, donations, life insurance", "I", "7543", 3),
        _income("contributions-received", "Contributions financières", "Financial contributions", "I", "755", 2),
        _income("reversals", *reversals, "I", "781 791" if chart == BEFORE_2025 else "781"),
        _income("dedicated-funds-used", "Utilisations des fonds dédiés", "Dedicated funds used", "I", "789"),
        _income("other-income", "Autres produits", "Other income", "I", "71 72 75 7555"),
        Subtotal("total-1", "Total I", "Total I", ("I",)),
    )


_OPERATING_EXPENSES: Final[tuple[Item, ...]] = (
    Heading("Charges d’exploitation", "Operating expenses"),
    _expense("goods-bought", "Achats de marchandises", "Goods bought", "II", "607 6097"),
    _expense("stock-change", "Variation de stock", "Change in stocks", "II", "6037"),
    _expense(
        "external",
        "Autres achats et charges externes",
        "Other purchases and external expenses",
        "II",
        "60 61 62",
    ),
    _expense("awards", "Aides financières", "Financial aid granted", "II", "657"),
    _expense("taxes", "Impôts, taxes et versements assimilés", "Taxes and similar payments", "II", "63"),
    _expense("wages", "Salaires et traitements", "Wages and salaries", "II", "64"),
    _expense("social-charges", "Charges sociales", "Social charges", "II", "645 646 647 648"),
    _expense(
        "depreciation",
        "Dotations aux amortissements et aux dépréciations",
        "Depreciation and write-downs",
        "II",
        "681",
    ),
    _expense("provisions", "Dotations aux provisions", "Provisions made", "II", "6815"),
    _expense("dedicated-funds-carried", "Reports en fonds dédiés", "Carried to dedicated funds", "II", "689"),
    _expense("other-expenses", "Autres charges", "Other expenses", "II", "65"),
    Subtotal("total-2", "Total II", "Total II", ("II",)),
    Subtotal(
        "operating-result",
        "1. Résultat d’exploitation (I − II)",
        "1. Operating result (I − II)",
        ("I",),
        ("II",),
        always=True,
    ),
)


def _financial(chart: str) -> tuple[Item, ...]:
    old = chart == BEFORE_2025
    reversals = (
        ("Reprises sur provisions, dépréciations et transferts de charges", "Reversals and transfers of expenses")
        if old
        else ("Reprises sur dépréciations et provisions", "Reversals of write-downs and provisions")
    )
    sold = (
        ("Produits nets sur cessions de valeurs mobilières de placement", "Net gains on investments sold")
        if old
        else (
            "Produits des cessions d’immobilisations financières et de valeurs mobilières de placement",
            "Income from financial assets and investments sold",
        )
    )
    lost = (
        ("Charges nettes sur cessions de valeurs mobilières de placement", "Net losses on investments sold")
        if old
        else (
            "Valeurs comptables des immobilisations financières cédées et charges sur cessions de valeurs mobilières",
            "Book value of financial assets sold and losses on investments",
        )
    )
    return (
        Heading("Produits financiers", "Financial income"),
        _income("from-holdings", "De participation", "From holdings", "III", "761"),
        _income(
            "from-securities",
            "D’autres valeurs mobilières et créances de l’actif immobilisé",
            "From other securities and long-term receivables",
            "III",
            "762",
        ),
        _income("interest-received", "Autres intérêts et produits assimilés", "Other interest", "III", "76"),
        _income("financial-reversals", *reversals, "III", "786 796" if old else "786"),
        _income("exchange-gains", "Différences positives de change", "Exchange gains", "III", "766"),
        _income("investments-sold", *sold, "III", "767"),
        Subtotal("total-3", "Total III", "Total III", ("III",)),
        Heading("Charges financières", "Financial expenses"),
        _expense(
            "financial-provisions",
            "Dotations aux amortissements, aux dépréciations et aux provisions",
            "Depreciation, write-downs and provisions",
            "IV",
            "686",
        ),
        _expense("interest-paid", "Intérêts et charges assimilées", "Interest and similar expenses", "IV", "66"),
        _expense("exchange-losses", "Différences négatives de change", "Exchange losses", "IV", "666"),
        _expense("investments-lost", *lost, "IV", "667"),
        Subtotal("total-4", "Total IV", "Total IV", ("IV",)),
        Subtotal(
            "financial-result",
            "2. Résultat financier (III − IV)",
            "2. Financial result (III − IV)",
            ("III",),
            ("IV",),
        ),
        Subtotal(
            "current-result",
            "3. Résultat courant avant impôts (I − II + III − IV)",
            "3. Current result before tax (I − II + III − IV)",
            ("I", "III"),
            ("II", "IV"),
            always=True,
        ),
    )


def _exceptional(chart: str) -> tuple[Item, ...]:
    if chart == BEFORE_2025:
        income: tuple[Item, ...] = (
            _income("exceptional-running", "Sur opérations de gestion", "On running operations", "V", "77"),
            _income("exceptional-capital", "Sur opérations en capital", "On capital operations", "V", "775 777 778"),
            _income(
                "exceptional-reversals",
                "Reprises sur provisions, dépréciations et transferts de charges",
                "Reversals and transfers of expenses",
                "V",
                "787 797",
            ),
        )
        expenses: tuple[Item, ...] = (
            _expense("exceptional-costs", "Sur opérations de gestion", "On running operations", "VI", "67"),
            _expense(
                "exceptional-capital-costs", "Sur opérations en capital", "On capital operations", "VI", "675 678"
            ),
        )
    else:
        income = (
            _income("exceptional-income", "Produits exceptionnels", "Exceptional income", "V", "77"),
            _income(
                "exceptional-reversals",
                "Reprises sur dépréciations et provisions",
                "Reversals of write-downs and provisions",
                "V",
                "787",
            ),
        )
        expenses = (_expense("exceptional-costs", "Charges exceptionnelles", "Exceptional expenses", "VI", "67"),)
    return (
        Heading("Produits exceptionnels", "Exceptional income"),
        *income,
        Subtotal("total-5", "Total V", "Total V", ("V",)),
        Heading("Charges exceptionnelles", "Exceptional expenses"),
        *expenses,
        _expense(
            "exceptional-provisions",
            "Dotations aux amortissements, aux dépréciations et aux provisions",
            "Depreciation, write-downs and provisions",
            "VI",
            "687",
        ),
        Subtotal("total-6", "Total VI", "Total VI", ("VI",)),
        Subtotal(
            "exceptional-result",
            "4. Résultat exceptionnel (V − VI)",
            "4. Exceptional result (V − VI)",
            ("V",),
            ("VI",),
        ),
        _expense(
            "profit-sharing",
            "Participation des salariés aux résultats (VII)",
            "Employees’ share of the result (VII)",
            "VII",
            "691",
            0,
        ),
        _expense("income-tax", "Impôts sur les bénéfices (VIII)", "Income tax (VIII)", "VIII", "69", 0),
        Subtotal(
            TOTAL_INCOME,
            "Total des produits (I + III + V)",
            "Total income (I + III + V)",
            ("I", "III", "V"),
            always=True,
        ),
        Subtotal(
            TOTAL_EXPENSES,
            "Total des charges (II + IV + VI + VII + VIII)",
            "Total expenses (II + IV + VI + VII + VIII)",
            ("II", "IV", "VI", "VII", "VIII"),
            always=True,
        ),
        Subtotal(
            RESULT,
            "Excédent ou déficit",
            "Surplus or deficit",
            ("I", "III", "V"),
            ("II", "IV", "VI", "VII", "VIII"),
            always=True,
        ),
    )


LAYOUTS: Final[Mapping[str, Layout]] = {
    chart: Layout(
        chart,
        ("6", "7"),
        {STATEMENT: (*_operating_income(chart), *_OPERATING_EXPENSES, *_financial(chart), *_exceptional(chart))},
    )
    for chart in (BEFORE_2025, SINCE_2025)
}

_CONTRIBUTIONS: Final[tuple[Item, ...]] = (
    _income("gifts-in-kind", "Dons en nature", "Gifts in kind", "87", "870"),
    _income("services-in-kind", "Prestations en nature", "Services in kind", "87", "871"),
    _income("volunteering", "Bénévolat", "Volunteering", "87", "875"),
    Subtotal(TOTAL_CONTRIBUTIONS, "Total des contributions", "Total contributions", ("87",), always=True),
)
_USES: Final[tuple[Item, ...]] = (
    _expense("aid-in-kind", "Secours en nature", "Aid in kind", "86", "860"),
    _expense(
        "goods-made-available",
        "Mises à disposition gratuite de biens",
        "Goods and premises made available free of charge",
        "86",
        "861",
    ),
    _expense("services-used", "Prestations en nature", "Services in kind", "86", "862"),
    _expense("voluntary-work", "Personnel bénévole", "Voluntary work", "86", "864"),
    Subtotal(TOTAL_USES, "Total des charges", "Total uses", ("86",), always=True),
)
IN_KIND: Final[Mapping[str, Layout]] = {
    chart: Layout(chart, ("86", "87"), {CONTRIBUTIONS: _CONTRIBUTIONS, USES: _USES})
    for chart in (BEFORE_2025, SINCE_2025)
}
