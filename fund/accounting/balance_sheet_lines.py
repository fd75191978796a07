"""The balance sheet (*bilan*) of an association, in the order of article 421-1 of the regulation ANC 2018-06.

Plain Python. Assets are shown gross, less depreciation, net; liabilities as they stand. A balance of classes 40 to 48
and 51 is an asset while it is in debit and a liability while it is in credit, each third party by itself. The result of
the year is what classes 6 and 7 come to, so that both sides are equal on any day of the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.accounting.layouts import CREDIT, DEBIT, Heading, Item, Layout, Line, Subtotal

BEFORE_2025, SINCE_2025 = "anc-2018-06", "anc-2022-06"
ASSETS, LIABILITIES = "assets", "liabilities"
TOTAL_ASSETS, TOTAL_LIABILITIES, RESULT = "total-assets", "total-liabilities", "result"


def _asset(
    code: str,
    fr: str,
    en: str,
    block: str,
    *,
    whole: str = "",
    debit: str = "",
    less: str = "",
    level: int = 2,
) -> Line:
    return Line(code, fr, en, block, DEBIT, whole=_of(whole), debit=_of(debit), less=_of(less), level=level)


def _source(code: str, fr: str, en: str, block: str, *, whole: str = "", credit: str = "", level: int = 2) -> Line:
    return Line(code, fr, en, block, CREDIT, whole=_of(whole), credit=_of(credit), level=level)


def _of(numbers: str) -> tuple[str, ...]:
    return tuple(numbers.split())


def _assets(chart: str) -> tuple[Item, ...]:
    terms = (
        ("Instruments de trésorerie", "Cash-management instruments")
        if chart == BEFORE_2025
        else ("Instruments financiers à terme et jetons détenus", "Derivatives and tokens held")
    )
    return (
        Heading("Actif immobilisé", "Fixed assets"),
        Heading("Immobilisations incorporelles", "Intangible assets", 1),
        _asset("set-up-costs", "Frais d’établissement", "Set-up costs", "I", whole="201", less="2801 2901"),
        _asset(
            "development",
            "Frais de recherche et de développement",
            "Research and development",
            "I",
            whole="203",
            less="2803 2903",
        ),
        _asset(
            "usufruct",
            "Donations temporaires d’usufruit",
            "Temporary gifts of usufruct",
            "I",
            whole="204",
            less="2804 2904",
        ),
        _asset(
            "licences",
            "Concessions, brevets, licences, marques, procédés, logiciels, droits et valeurs similaires",
            "Concessions, patents, licences, trademarks, software and similar rights",
            "I",
            whole="20",
            less="280 290",
        ),
        _asset(
            "intangible-in-progress",
            "Immobilisations incorporelles en cours",
            "Intangible assets in progress",
            "I",
            whole="232",
            less="2932",
        ),
        _asset("intangible-advances", "Avances et acomptes", "Advances paid", "I", whole="237"),
        Heading("Immobilisations corporelles", "Tangible assets", 1),
        _asset("land", "Terrains", "Land", "I", whole="211 212", less="2811 2812 2911 2912"),
        _asset("buildings", "Constructions", "Buildings", "I", whole="213 214", less="2813 2814 2913 2914"),
        _asset(
            "equipment",
            "Installations techniques, matériel et outillage industriels",
            "Technical equipment and tools",
            "I",
            whole="215",
            less="2815 2915",
        ),
        _asset(
            "other-tangible",
            "Autres immobilisations corporelles",
            "Other tangible assets",
            "I",
            whole="21 22",
            less="281 282 291 292",
        ),
        _asset(
            "tangible-in-progress",
            "Immobilisations corporelles en cours",
            "Tangible assets in progress",
            "I",
            whole="23",
            less="293",
        ),
        _asset("tangible-advances", "Avances et acomptes", "Advances paid", "I", whole="238"),
        _asset(
            "legacies-to-sell",
            "Biens reçus par legs ou donations destinés à être cédés",
            "Property received by bequest or gift and held for sale",
            "I",
            whole="24",
            less="284 294",
            level=1,
        ),
        Heading("Immobilisations financières", "Financial assets", 1),
        _asset(
            "participations",
            "Participations et créances rattachées",
            "Holdings and related receivables",
            "I",
            whole="25 26",
            less="295 296",
        ),
        _asset(
            "securities-held",
            "Autres titres immobilisés",
            "Other securities held",
            "I",
            whole="271 272 273 27682",
            less="2971 2972 2973",
        ),
        _asset("loans", "Prêts", "Loans", "I", whole="274 27684", less="2974"),
        _asset("other-financial", "Autres", "Other financial assets", "I", whole="27", less="297"),
        Subtotal("total-1", "Total I", "Total I", ("I",)),
        Heading("Actif circulant", "Current assets"),
        _asset("stocks", "Stocks et en-cours", "Stocks", "II", whole="3", less="39", level=1),
        Heading("Créances", "Receivables", 1),
        _asset(
            "clients",
            "Créances clients, usagers et comptes rattachés",
            "Members, users and related receivables",
            "II",
            debit="41",
            less="491",
        ),
        _asset(
            "legacies-receivable",
            "Créances reçues par legs ou donations",
            "Receivables from bequests and gifts",
            "II",
            debit="461",
        ),
        _asset(
            "other-receivables",
            "Autres",
            "Other receivables",
            "II",
            debit="18 40 42 43 44 45 46 47 48 509",
            less="49",
        ),
        _asset(
            "investments",
            "Valeurs mobilières de placement",
            "Short-term investments",
            "II",
            whole="50",
            less="59",
            level=1,
        ),
        _asset("instruments", *terms, "II", debit="52", level=1),
        _asset("cash", "Disponibilités", "Cash at bank and in hand", "II", debit="51 53 54 58", level=1),
        _asset("prepaid", "Charges constatées d’avance", "Prepaid expenses", "II", whole="486", level=1),
        Subtotal("total-2", "Total II", "Total II", ("II",)),
        _asset(
            "loan-costs",
            "Frais d’émission des emprunts (III)",
            "Costs of issuing loans (III)",
            "III",
            whole="481",
            level=0,
        ),
        _asset(
            "premiums",
            "Primes de remboursement des emprunts (IV)",
            "Redemption premiums of loans (IV)",
            "IV",
            whole="169",
            level=0,
        ),
        _asset(
            "translation-assets",
            "Écarts de conversion actif (V)",
            "Translation differences, assets (V)",
            "V",
            whole="476",
            level=0,
        ),
        Subtotal(
            TOTAL_ASSETS,
            "Total général (I + II + III + IV + V)",
            "Grand total (I + II + III + IV + V)",
            ("I", "II", "III", "IV", "V"),
            always=True,
        ),
    )


def _liabilities(chart: str) -> tuple[Item, ...]:
    terms = (
        ("Instruments de trésorerie", "Cash-management instruments")
        if chart == BEFORE_2025
        else ("Instruments financiers à terme", "Derivatives")
    )
    return (
        Heading("Fonds propres", "Own funds"),
        Heading("Fonds propres sans droit de reprise", "Own funds without right of return", 1),
        _source(
            "own-statutory",
            "Fonds propres statutaires",
            "Statutory own funds",
            "net",
            whole="1021 1022 1023",
        ),
        _source(
            "own-complementary",
            "Fonds propres complémentaires",
            "Complementary own funds",
            "net",
            whole="102 10232",
        ),
        Heading("Fonds propres avec droit de reprise", "Own funds with right of return", 1),
        _source("returnable-statutory", "Fonds statutaires", "Statutory funds", "net", whole="103"),
        _source(
            "returnable-complementary",
            "Fonds propres complémentaires",
            "Complementary own funds",
            "net",
            whole="1034",
        ),
        _source("revaluation", "Écarts de réévaluation", "Revaluation differences", "net", whole="105", level=1),
        Heading("Réserves", "Reserves", 1),
        _source(
            "reserves-statutory",
            "Réserves statutaires ou contractuelles",
            "Statutory or contractual reserves",
            "net",
            whole="1063",
        ),
        _source(
            "reserves-project",
            "Réserves pour projet de l’entité",
            "Reserves for the entity’s project",
            "net",
            whole="1068",
        ),
        _source("reserves-other", "Autres", "Other reserves", "net", whole="106"),
        _source("carried-forward", "Report à nouveau", "Carried forward", "net", whole="11", level=1),
        _source(
            "result-before",
            "Résultat de l’exercice précédent, en instance d’affectation",
            "Result of the year before, not yet allocated",
            "net",
            whole="12",
            level=1,
        ),
        _source(
            RESULT,
            "Excédent ou déficit de l’exercice",
            "Surplus or deficit of the year",
            "net",
            whole="6 7",
            level=1,
        ),
        Subtotal("net-position", "Situation nette (sous-total)", "Net position (subtotal)", ("net",), always=True),
        _source("consumable", "Fonds propres consomptibles", "Consumable own funds", "beside", whole="108", level=1),
        _source(
            "investment-grants", "Subventions d’investissement", "Investment grants", "beside", whole="13", level=1
        ),
        _source("regulated", "Provisions réglementées", "Regulated provisions", "beside", whole="14", level=1),
        Subtotal("total-own", "Total I", "Total I", ("net", "beside"), always=True),
        Heading("Fonds reportés et dédiés", "Deferred and dedicated funds"),
        _source(
            "deferred-legacies",
            "Fonds reportés liés aux legs ou donations",
            "Funds deferred from bequests and gifts",
            "funds",
            whole="191",
            level=1,
        ),
        _source("dedicated-funds", "Fonds dédiés", "Dedicated funds", "funds", whole="19", level=1),
        Subtotal("total-funds", "Total II", "Total II", ("funds",)),
        Heading("Provisions", "Provisions"),
        _source(
            "provisions-risks", "Provisions pour risques", "Provisions for risks", "provisions", whole="151", level=1
        ),
        _source(
            "provisions-charges", "Provisions pour charges", "Provisions for charges", "provisions", whole="15", level=1
        ),
        Subtotal("total-provisions", "Total III", "Total III", ("provisions",)),
        Heading("Dettes", "Debts"),
        _source(
            "bonds",
            "Emprunts obligataires et assimilés (titres associatifs)",
            "Bonds and similar loans (associative securities)",
            "debts",
            whole="161 163 16881 16883",
            level=1,
        ),
        _source(
            "credit-institutions",
            "Emprunts et dettes auprès des établissements de crédit",
            "Loans and debts to credit institutions",
            "debts",
            whole="164 16884 519",
            credit="51 53 54 58",
            level=1,
        ),
        _source(
            "financial-debts",
            "Emprunts et dettes financières diverses",
            "Other loans and financial debts",
            "debts",
            whole="16 17",
            level=1,
        ),
        _source(
            "suppliers",
            "Dettes fournisseurs et comptes rattachés",
            "Suppliers and related debts",
            "debts",
            credit="40",
            level=1,
        ),
        _source(
            "legacies-debts",
            "Dettes des legs ou donations",
            "Debts of bequests and gifts",
            "debts",
            credit="466",
            level=1,
        ),
        _source(
            "tax-social",
            "Dettes fiscales et sociales",
            "Tax and social debts",
            "debts",
            credit="42 43 44",
            level=1,
        ),
        _source(
            "fixed-asset-debts",
            "Dettes sur immobilisations et comptes rattachés",
            "Debts on fixed assets",
            "debts",
            whole="269 279",
            credit="404 405 4084",
            level=1,
        ),
        _source(
            "other-debts",
            "Autres dettes",
            "Other debts",
            "debts",
            credit="18 41 441 45 46 47 48 509",
            level=1,
        ),
        _source("instruments-due", *terms, "debts", credit="52", level=1),
        _source("deferred-income", "Produits constatés d’avance", "Deferred income", "debts", whole="487", level=1),
        Subtotal("total-debts", "Total IV", "Total IV", ("debts",)),
        _source(
            "translation-liabilities",
            "Écarts de conversion passif (V)",
            "Translation differences, liabilities (V)",
            "translation",
            whole="477",
            level=0,
        ),
        Subtotal(
            TOTAL_LIABILITIES,
            "Total général (I + II + III + IV + V)",
            "Grand total (I + II + III + IV + V)",
            ("net", "beside", "funds", "provisions", "debts", "translation"),
            always=True,
        ),
    )


LAYOUTS: Final[Mapping[str, Layout]] = {
    chart: Layout(
        chart, ("1", "2", "3", "4", "5", "6", "7"), {ASSETS: _assets(chart), LIABILITIES: _liabilities(chart)}
    )
    for chart in (BEFORE_2025, SINCE_2025)
}
