"""Who is named beside a project, and under which word: read from what each one gave, as the books and records say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from allocation.amounts import amount_of
from fund.charter.notoriety.credits import Article, Credits, Gift, Partner, credits_of
from fund.charter.notoriety.grammar import PublicLevel
from fund.models import Contribution, Fund, InKindContribution, Membership, Project
from fund.models.contributions import Publicity
from fund.queries.charters import charter_in_force
from fund.queries.identities import CharterIdentity, FundIdentity, PartyIdentity, charter_identity, fund_identity
from fund.queries.notoriety_register import notoriety_of

_PLACES = (InKindContribution.Kind.PREMISES,)
_MEANS = (InKindContribution.Kind.EQUIPMENT,)

# A French public body says in its name what it is; the longer beginning is asked first.
_LEVELS: tuple[tuple[str, PublicLevel], ...] = (
    ("union européenne", "european-union"),
    ("commission européenne", "european-union"),
    ("état", "state"),
    ("ministère", "state"),
    ("préfecture", "state"),
    ("direction régionale", "state"),
    ("drac", "state"),
    ("région", "region"),
    ("conseil régional", "region"),
    ("département", "department"),
    ("conseil départemental", "department"),
    ("communauté de communes", "intercommunality"),
    ("communauté d’agglomération", "agglomeration"),
    ("communauté d'agglomération", "agglomeration"),
    ("métropole", "agglomeration"),
    ("agglomération", "agglomeration"),
    ("ville", "commune"),
    ("commune", "commune"),
    ("mairie", "commune"),
)
_ARTICLES: tuple[tuple[str, Article], ...] = (
    ("fonds", "le"),
    ("département", "le"),
    ("conseil", "le"),
    ("ministère", "le"),
    ("région", "la"),
    ("ville", "la"),
    ("commune", "la"),
    ("mairie", "la"),
    ("métropole", "la"),
    ("communauté", "la"),
    ("direction", "la"),
    ("drac", "la"),
    ("préfecture", "la"),
    ("état", "l’"),
    ("agglomération", "l’"),
    ("union européenne", "l’"),
)


@dataclass(frozen=True, slots=True)
class ProjectCredits:
    """The credits of a project on a day; `credits` is None where the charter says nothing of them."""

    fund: FundIdentity
    project: PartyIdentity
    company: str
    as_of: date
    print_on: date | None
    charter: CharterIdentity | None
    partners: tuple[Partner, ...]
    credits: Credits | None


@dataclass(frozen=True, slots=True)
class _Gave:
    """Who is shown as the giver, whether as a public funder, and what for the order: the cash."""

    name: str
    public: bool


def project_credits(fund: Fund, code: str, as_of: date, *, print_on: date | None = None) -> ProjectCredits | None:
    """The credits of a project known on a day, by the charter of its agreement; None where there is no such project."""
    project = (
        Project.objects.select_related("company", "agreement__charter")
        .filter(fund=fund, code=code, awarded_on__lte=as_of)
        .first()
    )
    if project is None:
        return None
    agreement = getattr(project, "agreement", None)
    version = agreement.charter if agreement else charter_in_force(fund, as_of)
    rules = notoriety_of(version) if version else None
    partners = tuple(_partners(fund, project, as_of))
    partnership = fund.legal_form == Fund.LegalForm.SEP
    return ProjectCredits(
        fund=fund_identity(fund),
        project=PartyIdentity(project.code, project.title),
        company=project.company.name,
        as_of=as_of,
        print_on=print_on,
        charter=charter_identity(version) if version else None,
        partners=partners,
        credits=credits_of(partners, rules.wording, partnership=partnership, print_on=print_on) if rules else None,
    )


def _partners(fund: Fund, project: Project, as_of: date) -> Iterator[Partner]:
    """The company, then who gave by cash, the largest first, then the fund itself.

    Whoever gave under a pseudonym is named by it, whoever gave hidden is not named: the choice made for each gift.
    """
    yield Partner(project.company.name, frozenset({"lead-production"}), employs=True)
    gave: dict[_Gave, set[Gift]] = defaultdict(set)
    cash: dict[_Gave, int] = defaultdict(int)
    money: Gift = "shared-risk" if fund.legal_form == Fund.LegalForm.SEP else "cash"
    received = Contribution.objects.filter(fund=fund, received_on__lte=as_of).select_related("membership__party")
    for receipt in received:
        if who := _shown(receipt.membership, receipt.publicity, receipt.pseudonym):
            gave[who].add("support" if who.public or _is_sponsor(receipt.membership) else money)
            cash[who] += amount_of(receipt.amount).minor
    helped = InKindContribution.objects.filter(fund=fund, project_code=project.code, given_on__lte=as_of)
    for help_ in helped.select_related("membership__party"):
        if who := _shown(help_.membership, help_.publicity, help_.pseudonym):
            gave[who].add(_gift_of(help_.kind))
    lead = project.company.name
    for who in sorted(gave, key=lambda each: (-cash[each], each.name)):
        if who.name != lead:
            level = level_of(who.name) if who.public else "other"
            yield Partner(who.name, frozenset(gave[who]), level=level, article=article_of(who.name))
    yield Partner(fund.name, frozenset({"support"}), article=article_of(fund.name))


def _shown(membership: Membership, publicity: str, pseudonym: str) -> _Gave | None:
    """Under which name this gift is shown; None when its giver chose to be hidden."""
    if publicity == Publicity.HIDDEN:
        return None
    if publicity == Publicity.PSEUDONYM:
        return _Gave(pseudonym, public=False)
    return _Gave(membership.party.name, membership.category == Membership.Category.PUBLIC_FUNDER)


def _is_sponsor(membership: Membership) -> bool:
    return membership.category == Membership.Category.SPONSOR


def _gift_of(kind: str) -> Gift:
    """A place to work is a residency, means are technical support, everything else is support."""
    if kind in _PLACES:
        return "residency"
    return "equipment" if kind in _MEANS else "support"


def level_of(name: str) -> PublicLevel:
    """To which public level a funder answers, as its name says."""
    said = name.casefold().removeprefix("l’").removeprefix("l'").removeprefix("la ").removeprefix("le ")
    return next((level for beginning, level in _LEVELS if f"{said} ".startswith(f"{beginning} ")), "other")


def article_of(name: str) -> Article:
    """The French article before a name, where its first word is a common noun."""
    said = name.casefold()
    return next(
        (article for beginning, article in _ARTICLES if said.startswith(f"{beginning} ") or said == beginning), ""
    )
