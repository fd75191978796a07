"""The chart of accounts of an association, by the version that a fiscal year follows. Plain Python.

Numbers and treatments follow the accounting regulations for associations (ANC 2018-06; for fiscal years opened from
1 January 2025, ANC 2022-06 and ANC 2023-03). Account numbers of four digits or more are this fund's sub-accounts.
Classes 86 and 87 are kept in the unit `EUR-INKIND`, hours and notoriety on accounts of class 9, so that none
of them is ever added to euros.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CHARTS = {"anc-2018-06": "ANC 2018-06", "anc-2022-06": "ANC 2022-06, ANC 2023-03"}


def chart_of(fiscal_year: int) -> str:
    """The chart that a fiscal year opened on 1 January follows."""
    return "anc-2022-06" if fiscal_year >= 2025 else "anc-2018-06"


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """One account of the chart: its number and its name in French, which is the law's, and in English."""

    number: str
    fr: str
    en: str


_ACCOUNTS = tuple(
    ChartAccount(*row)
    for row in (
        ("411", "Adhérents et usagers", "Members and users"),
        ("441", "Subventions à recevoir", "Public grants receivable"),
        ("4671", "Contributions financières à recevoir", "Financial contributions receivable"),
        ("4673", "Divers débiteurs : retours à recevoir des projets", "Sundry debtors: returns due by projects"),
        ("4682", "Aides financières à verser", "Awards payable"),
        ("512", "Banque", "Bank"),
        ("6571", "Aides financières octroyées", "Awards granted"),
        ("741", "Subventions d'exploitation", "Public operating grants"),
        ("7542", "Mécénats", "Sponsorship"),
        ("7551", "Contributions financières d'autres organismes", "Financial contributions of other bodies"),
        ("7561", "Cotisations sans contrepartie", "Membership contributions without counterpart"),
        ("7588", "Autres produits divers : retours des projets", "Other income: returns of projects"),
        ("80181", "Engagements donnés : aides votées", "Commitments given: awards voted"),
        ("80182", "Engagements donnés : droits de tirage", "Commitments given: drawing rights"),
        (
            "80183",
            "Engagements donnés : parts réservées aux compagnies",
            "Commitments given: parts locked for companies",
        ),
        ("8091", "Contrepartie des engagements donnés", "Counterpart of commitments given"),
        ("860", "Secours en nature", "Aid in kind"),
        ("861", "Mises à disposition gratuite de biens", "Goods and premises made available free of charge"),
        ("862", "Prestations", "Services"),
        ("864", "Personnel bénévole", "Voluntary work"),
        ("870", "Dons en nature", "Gifts in kind"),
        ("871", "Prestations en nature", "Services in kind"),
        ("875", "Bénévolat", "Volunteering"),
        ("911", "Heures employées", "Hours used"),
        ("912", "Heures apportées", "Hours given"),
        ("921", "Notoriété produite par les projets", "Recognition produced by projects"),
        ("922", "Notoriété reconnue", "Recognition credited"),
        ("923", "Notoriété estompée avec les années", "Recognition faded with the years"),
    )
)
_BY_NUMBER = {account.number: account for account in _ACCOUNTS}


def account_name(number: str, language: str) -> str:
    """The name of an account in `fr` or `en`; the number itself where the chart has no such account."""
    account = _BY_NUMBER.get(number)
    if account is None:
        return number
    return account.fr if language == "fr" else account.en


JOURNALS: Mapping[str, Mapping[str, str]] = {
    "AP": {"fr": "Appels et contributions", "en": "Calls and contributions"},
    "BQ": {"fr": "Banque", "en": "Bank"},
    "HB": {"fr": "Engagements hors bilan", "en": "Off-balance-sheet commitments"},
    "AI": {"fr": "Aides octroyées", "en": "Awards granted"},
    "RT": {"fr": "Retours des projets", "en": "Returns of projects"},
    "CV": {"fr": "Contributions volontaires en nature", "en": "Voluntary contributions in kind"},
    "NO": {"fr": "Notoriété", "en": "Recognition"},
}


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a member's money is booked: the receivable, the income, and the text it rests on."""

    receivable: str
    income: str
    text: str


_MEMBERSHIP = Treatment(
    "411", "7561", "ANC 2018-06 art. 142-1: due on call, where the statutes let the fund recover it"
)
TREATMENTS: Mapping[str, Treatment] = {
    "venue": _MEMBERSHIP,
    "company": _MEMBERSHIP,
    "agency": _MEMBERSHIP,
    "festival": _MEMBERSHIP,
    "sponsor": Treatment("4671", "7542", "ANC 2018-06 art. 142-6: at the signature of the sponsorship"),
    "public-funder": Treatment("441", "741", "ANC 2018-06 art. 142-8: at the notification of the grant"),
}
"""By category of member. A fund whose statutes differ asks its accountant, and changes this table."""

IN_KIND_WORDS: Mapping[str, str] = {
    "premises": "locaux",
    "equipment": "matériel",
    "goods": "biens",
    "service": "prestation",
    "work": "travail",
}
"""By kind of help: what the labels of entries call it. The books of a French association are kept in French."""

IN_KIND_ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "premises": ("861", "871"),
    "equipment": ("861", "871"),
    "goods": ("860", "870"),
    "service": ("862", "871"),
    "work": ("864", "875"),
}
"""By kind of help: the use (class 86) and the contribution (class 87); both columns are always equal (art. 211-3)."""
