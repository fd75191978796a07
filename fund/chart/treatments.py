"""How the law lets a fund book what it receives and shares: options, each with the text it rests on. Plain Python.

The treatments differ with the statutes and the agreements of a fund. Each option says its text, and warns where the
texts leave a question that the fund asks its accountant or auditor. Sharing a surplus among the members is no option:
an association shares no profit (law of 1 July 1901, art. 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Subject = Literal["member-money", "coproduction-share", "coproduction-income", "return-shared"]
Moment = Literal["call", "signature", "notification", "receipt", "payment", "statement"]

SUBJECTS: Final[Mapping[Subject, Mapping[str, str]]] = {
    "member-money": {"fr": "L'argent d'un membre", "en": "A member's money"},
    "coproduction-share": {"fr": "La part de coproduction versée", "en": "The coproduction share paid"},
    "coproduction-income": {"fr": "La part de recettes reçue", "en": "The share of receipts received"},
    "return-shared": {"fr": "Le retour que la charte partage", "en": "The return that the charter shares"},
}
"""What a fund chooses a treatment for."""

ASK: Final = {
    "fr": "Les textes laissent la question ouverte : demandez à votre expert-comptable ou au commissaire aux comptes.",
    "en": "The texts leave the question open: ask your accountant or auditor.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingOption:
    """One treatment: the accounts it moves, when, and the text it rests on, in French and English.

    `receivable` is what is owed between the right and the bank (empty: nothing is booked before the money comes),
    `income` the account that is credited, which may be own funds or a debt; for what is paid, `income` is the account
    that is debited, and it is empty where nothing is booked. `dedicated` is the account of the dedicated funds (194,
    195, 196) for what is unused, or empty.
    """

    code: str
    subject: Subject
    title: Mapping[str, str]
    receivable: str
    income: str
    moment: Moment
    basis: Mapping[str, str]
    dedicated: str = ""
    warning: Mapping[str, str] | None = None

    @property
    def text(self) -> str:
        """The text it rests on, in English."""
        return self.basis["en"]

    @property
    def is_income(self) -> bool:
        """Whether it makes income, and not own funds or a debt."""
        return self.income.startswith("7")


_CALL: Final = {
    "fr": "ANC 2018-06 art. 142-1 : dès l'appel, quand les statuts permettent d'en poursuivre le recouvrement",
    "en": "ANC 2018-06 art. 142-1: due on call, where the statutes let the fund recover it",
}
_RECEIPT: Final = {
    "fr": "ANC 2018-06 art. 142-1 : à l'encaissement effectif",
    "en": "ANC 2018-06 art. 142-1: when the money is received",
}
_VAT: Final = {
    "fr": "La contrepartie peut être soumise à la TVA : demandez à votre expert-comptable.",
    "en": "The counterpart may be subject to VAT: ask your accountant.",
}
_RECOVERY: Final = {
    "fr": "Une reprise à terme fixe n'est pas un droit de reprise (art. 131-2) : une somme remboursable à une date est "
    "une dette, en 168 ou 455. Des fiches professionnelles lisent le texte autrement : demandez au commissaire aux "
    "comptes.",
    "en": "A recovery at a fixed term is no right of recovery (art. 131-2): money repayable at a date is a debt, on "
    "168 or 455. Some professional notes read the text otherwise: ask the auditor.",
}
_DEBT: Final = {
    "fr": "ANC 2018-06 art. 131-2 a contrario : remboursable à une date ou à la sortie, c'est une dette",
    "en": "ANC 2018-06 art. 131-2 a contrario: repayable at a date or on leaving, it is a debt",
}


def _money(
    code: str,
    fr: str,
    en: str,
    accounts: tuple[str, str],
    moment: Moment,
    basis: Mapping[str, str],
    *,
    dedicated: str = "",
    warning: Mapping[str, str] | None = None,
) -> BookingOption:
    return BookingOption(
        code=code,
        subject="member-money",
        title={"fr": fr, "en": en},
        receivable=accounts[0],
        income=accounts[1],
        moment=moment,
        basis=basis,
        dedicated=dedicated,
        warning=warning,
    )


_MEMBER_MONEY = (
    _money(
        "membership-on-call",
        "Cotisation sans contrepartie, à l'appel (7561)",
        "Membership without counterpart, on call (7561)",
        ("411", "7561"),
        "call",
        _CALL,
    ),
    _money(
        "membership-on-receipt",
        "Cotisation sans contrepartie, à l'encaissement (7561)",
        "Membership without counterpart, on receipt (7561)",
        ("", "7561"),
        "receipt",
        _RECEIPT,
    ),
    _money(
        "services-on-call",
        "Cotisation avec contrepartie, à l'appel (7562)",
        "Membership with counterpart, on call (7562)",
        ("411", "7562"),
        "call",
        _CALL,
        warning=_VAT,
    ),
    _money(
        "services-on-receipt",
        "Cotisation avec contrepartie, à l'encaissement (7562)",
        "Membership with counterpart, on receipt (7562)",
        ("", "7562"),
        "receipt",
        _RECEIPT,
        warning=_VAT,
    ),
    _money(
        "financial-contribution",
        "Contribution financière d'un organisme privé non lucratif, à la convention (7551)",
        "Financial contribution of a private non-profit body, at the agreement (7551)",
        ("4671", "7551"),
        "signature",
        {
            "fr": "ANC 2018-06 art. 142-4 : à la signature de la convention",
            "en": "ANC 2018-06 art. 142-4: at the signature of the agreement",
        },
        dedicated="195",
    ),
    _money(
        "public-grant",
        "Subvention publique, à la notification (741)",
        "Public grant, at its notification (741)",
        ("441", "741"),
        "notification",
        {
            "fr": "ANC 2018-06 art. 142-8 : à la notification ; la part des années suivantes en 487",
            "en": "ANC 2018-06 art. 142-8: at the notification of the grant",
        },
        dedicated="194",
    ),
    _money(
        "patronage",
        "Mécénat sans contrepartie, à la convention (7542)",
        "Corporate patronage without return, at the agreement (7542)",
        ("4671", "7542"),
        "signature",
        {
            "fr": "ANC 2018-06 art. 142-6 : à la signature de la convention de mécénat",
            "en": "ANC 2018-06 art. 142-6: at the signature of the sponsorship",
        },
        dedicated="196",
    ),
    _money(
        "gift",
        "Don manuel d'une personne, à l'encaissement (75411)",
        "Gift of a person, on receipt (75411)",
        ("", "75411"),
        "receipt",
        {
            "fr": "ANC 2018-06 art. 142-6 : à l'encaissement ; au-delà de 153 000 € de dons sur appel public, CER",
            "en": "ANC 2018-06 art. 142-6: when received; above 153,000 € of gifts by public appeal, a CER is due",
        },
        dedicated="196",
    ),
    _money(
        "own-funds",
        "Apport aux fonds propres, sans droit de reprise (1024)",
        "Addition to own funds, without right of recovery (1024)",
        ("4671", "1024"),
        "signature",
        {
            "fr": "ANC 2018-06 art. 212-1 : la convention stipule qu'il renforce les fonds propres",
            "en": "ANC 2018-06 art. 212-1: the agreement stipulates that it strengthens own funds",
        },
    ),
    _money(
        "own-funds-recoverable",
        "Apport aux fonds propres, avec droit de reprise (1034)",
        "Addition to own funds, with right of recovery (1034)",
        ("4671", "1034"),
        "signature",
        {
            "fr": "ANC 2018-06 art. 131-2 et 212-1 : reprise sans terme fixe, à la cessation d'activité ou à la "
            "dissolution",
            "en": "ANC 2018-06 art. 131-2 and 212-1: recovery without a fixed term, when the activity ends or on "
            "dissolution",
        },
        warning=_RECOVERY,
    ),
    _money(
        "loan",
        "Somme remboursable à une date : autre emprunt (168)",
        "Money repayable at a date: other borrowing (168)",
        ("", "168"),
        "receipt",
        _DEBT,
        warning=_RECOVERY,
    ),
    _money(
        "current-account",
        "Somme remboursable d'un partenaire : compte courant (455)",
        "Repayable money of a partner: current account (455)",
        ("", "455"),
        "receipt",
        _DEBT,
        warning=_RECOVERY,
    ),
)

_COPRODUCTION = (
    BookingOption(
        code="undisclosed-partnership",
        subject="coproduction-share",
        title={
            "fr": "Créance rattachée à une société en participation (2681)",
            "en": "Receivable on an undisclosed partnership (2681)",
        },
        receivable="",
        income="2681",
        moment="payment",
        basis={
            "fr": "PCG, compte 268 : contrat avec copropriété et partage des pertes, le fonds n'est pas gérant",
            "en": "PCG, account 268: a contract with shared ownership and losses, the fund does not manage",
        },
    ),
    BookingOption(
        code="joint-operations",
        subject="coproduction-share",
        title={"fr": "Mise de fonds en compte courant (458)", "en": "Funds put in a current account (458)"},
        receivable="",
        income="458",
        moment="payment",
        basis={
            "fr": "PCG, compte 458 : mises de fonds des opérations faites en commun",
            "en": "PCG, account 458: funds put into joint operations",
        },
        warning=ASK,
    ),
    BookingOption(
        code="award",
        subject="coproduction-share",
        title={"fr": "Aide financière octroyée (6571)", "en": "Award granted (6571)"},
        receivable="4682",
        income="6571",
        moment="notification",
        basis={
            "fr": "ANC 2018-06 art. 141-1 : sans copropriété ni retour, la part est une aide",
            "en": "ANC 2018-06 art. 141-1: without shared ownership or return, the share is an award",
        },
    ),
    BookingOption(
        code="income-first",
        subject="coproduction-income",
        title={"fr": "Produit dès le premier euro (75881)", "en": "Income from the first euro (75881)"},
        receivable="458",
        income="75881",
        moment="statement",
        basis={
            "fr": "PCG 7555 (755 est pris par les contributions financières) : quote-part de bénéfice du relevé validé",
            "en": "PCG 7555 (755 takes financial contributions): share of profit of the validated statement",
        },
    ),
    BookingOption(
        code="stake-first",
        subject="coproduction-income",
        title={
            "fr": "Récupération de la mise d'abord (2681), puis produit (75881)",
            "en": "The stake is recovered first (2681), then income (75881)",
        },
        receivable="458",
        income="2681",
        moment="statement",
        basis={
            "fr": "L'ordre de remontée des recettes du contrat de coproduction",
            "en": "The order in which the coproduction contract shares receipts",
        },
        warning=ASK,
    ),
)

_SHARED = (
    BookingOption(
        code="commitments",
        subject="return-shared",
        title={
            "fr": "Droits de tirage et parts réservées, en engagements (8018)",
            "en": "Drawing rights and locked parts, as commitments (8018)",
        },
        receivable="8091",
        income="8018",
        moment="statement",
        basis={
            "fr": "Loi du 1er juillet 1901 art. 1 : le retour entier est le produit du fonds, le partage un engagement",
            "en": "Law of 1 July 1901 art. 1: the whole return is the fund's income, its sharing a commitment",
        },
        warning=ASK,
    ),
    BookingOption(
        code="register-only",
        subject="return-shared",
        title={
            "fr": "Tenus au registre du fonds, hors des écritures",
            "en": "Kept in the fund's register, without entries",
        },
        receivable="",
        income="",
        moment="statement",
        basis={
            "fr": "PCG 2025 : la classe 80 n'est plus dans la liste des comptes ; les engagements vont en annexe",
            "en": "PCG 2025: class 80 is no longer in the list of accounts; commitments are told in the notes",
        },
        warning=ASK,
    ),
)

OPTIONS: Final[Mapping[str, BookingOption]] = {
    option.code: option for option in (*_MEMBER_MONEY, *_COPRODUCTION, *_SHARED)
}
"""Every option, by its code."""


def options_of(subject: str) -> tuple[BookingOption, ...]:
    """The options of one subject, the usual one first."""
    return tuple(option for option in OPTIONS.values() if option.subject == subject)


TREATMENTS: Final[Mapping[str, BookingOption]] = {
    **dict.fromkeys(("venue", "company", "agency", "festival"), OPTIONS["membership-on-call"]),
    "sponsor": OPTIONS["patronage"],
    "public-funder": OPTIONS["public-grant"],
}
"""By category of member, what holds until the fund chooses otherwise."""

DEFAULTS: Final[Mapping[Subject, BookingOption]] = {
    "member-money": OPTIONS["membership-on-call"],
    "coproduction-share": OPTIONS["undisclosed-partnership"],
    "coproduction-income": OPTIONS["income-first"],
    "return-shared": OPTIONS["commitments"],
}
"""By subject, what holds for a convention until the fund chooses otherwise."""
