"""What the closing assistant looks for, one function each, with its sentence in French and English. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, urlencode

from fund.accounting.closing import (
    SUSPENSE,
    ClosingFacts,
    Finding,
    Leaf,
    Place,
    usual_side,
)
from fund.accounting.dedicated_funds import RUBRICS
from fund.charter.words.numbers_in_words import amount as written
from fund.charter.words.numbers_in_words import day
from ledger.journal import AccountKey
from ledger.money import Unit, unit_of

Found = Iterator[Finding]


MOST_OF_A_KIND: Final = 20
"""Points of one kind that are told one by one; a fund with thousands of members reads how many more there are."""


def closing_findings(facts: ClosingFacts) -> tuple[Finding, ...]:
    """All that is found, what blocks first, each group in the order of the checks."""
    found = [finding for check in CHECKS for finding in _shortened(facts, list(check(facts)))]
    return (*(each for each in found if each.blocks), *(each for each in found if not each.blocks))


def _shortened(facts: ClosingFacts, found: list[Finding]) -> Found:
    """The first points of each kind, then how many follow."""
    told: Counter[str] = Counter()
    for finding in found:
        told[finding.code] += 1
        if told[finding.code] <= MOST_OF_A_KIND:
            yield finding
    blocks = {finding.code: finding.blocks for finding in found}
    for code, count in told.items():
        if count > MOST_OF_A_KIND:
            more = count - MOST_OF_A_KIND
            yield Finding(
                code,
                blocks[code],
                f"Et {more} autre(s) point(s) du même genre, visibles une fois ceux-ci réglés.",
                f"And {more} more of the same kind, which are told once these are settled.",
                _books(facts),
            )


def _is_over(facts: ClosingFacts) -> Found:
    year = facts.year
    if facts.today <= year.last:
        yield Finding(
            "year-running",
            True,
            f"L’exercice {year.code} court jusqu’au {day(year.last, 'fr')} : il se clôt après son dernier jour.",
            f"The fiscal year {year.code} runs until {day(year.last, 'en')}: it is closed after its last day.",
            _books(facts),
        )


def _years_around(facts: ClosingFacts) -> Found:
    code = facts.year.code
    if facts.before and not facts.is_before_closed:
        before = facts.before.code
        yield Finding(
            "before-open",
            True,
            f"L’exercice {before} n’est pas clos : les exercices se closent dans l’ordre.",
            f"The fiscal year {before} is not closed: years are closed in their order.",
            Place("closing", (before,)),
        )
    if facts.next is None:
        yield Finding(
            "next-missing",
            True,
            f"L’exercice qui suit {code} n’est pas ouvert : les à-nouveaux y seront passés.",
            f"The fiscal year after {code} is not open: the à-nouveaux are posted in it.",
            Place("year-open", (code,)),
        )
    elif facts.next_first == "locked":
        yield Finding(
            "next-locked",
            True,
            f"Le premier mois de {facts.next.code} est verrouillé : les à-nouveaux n’y entrent pas.",
            f"The first month of {facts.next.code} is locked: the à-nouveaux cannot enter it.",
            Place("year-turn", (facts.next.code,)),
        )
    elif facts.next_first == "closed":
        yield Finding(
            "next-closed",
            True,
            f"Le premier mois de {facts.next.code} est clos : les à-nouveaux n’y entrent plus.",
            f"The first month of {facts.next.code} is closed: the à-nouveaux can no longer enter it.",
            Place("closing", (facts.next.code,)),
        )
    if facts.standing_opening:
        yield Finding(
            "opening-stands",
            True,
            f"L’exercice suivant a déjà des à-nouveaux ({facts.standing_opening}) : extournez-les, "
            "la clôture passe les siens.",
            f"The next year has à-nouveaux ({facts.standing_opening}): reverse them, the closing makes its own.",
            Place("entry", (facts.standing_opening,)),
        )


def _whole(facts: ClosingFacts) -> Found:
    for drafts in facts.drafts:
        if drafts.count:
            yield Finding(
                "drafts",
                True,
                f"{drafts.count} écriture(s) au brouillard sont datées de l’exercice : validez-les ou retirez-les.",
                f"{drafts.count} draft entries are dated in the year: validate them or withdraw them.",
                drafts.place,
            )
    for english, french in facts.faults:
        yield Finding("verify", True, f"La vérification des comptes trouve : {french}",
                      f"The verification of the books finds: {english}", Place("chain"))  # fmt: skip
    for code, rest in sorted(facts.unit_rests.items()):
        if rest:
            unit = unit_of(code)
            yield Finding(
                "unit-unbalanced",
                True,
                f"Les comptes des classes 1 à 8 tenus en {code} laissent {written(rest, unit, 'fr')} au lieu de zéro.",
                f"The accounts of classes 1 to 8 kept in {code} leave {written(rest, unit, 'en')} instead of zero.",
                _books(facts),
            )
    for code, (used, given) in sorted(facts.in_kind.items()):
        if used + given:
            unit = unit_of(code)
            yield Finding(
                "in-kind-unequal",
                True,
                f"Les contributions volontaires ne sont pas égales : 86 fait {written(used, unit, 'fr')}, "
                f"87 fait {written(-given, unit, 'fr')}.",
                f"Voluntary contributions are not equal: 86 makes {written(used, unit, 'en')}, "
                f"87 makes {written(-given, unit, 'en')}.",
                _books(facts),
            )


def _suspense(facts: ClosingFacts) -> Found:
    for leaf in facts.leaves:
        rest = leaf.minor - facts.exchanged.get(leaf.account.leaf, 0)
        if leaf.account.chart.startswith(SUSPENSE) and rest:
            yield Finding(
                "suspense",
                True,
                f"Le compte d’attente ou de virement {_name(leaf, 'fr')} garde {_sum(rest, leaf, 'fr')} : soldez-le.",
                f"The suspense or transfer account {_name(leaf, 'en')} keeps {_sum(rest, leaf, 'en')}: clear it.",
                _account(facts, leaf.account),
            )


def _sides(facts: ClosingFacts) -> Found:
    for leaf in facts.leaves:
        side = usual_side(leaf.account.chart, facts.year.chart)
        if side and leaf.minor * side < 0:
            fr, en = ("créditeur", "credit") if leaf.minor < 0 else ("débiteur", "debit")
            yield Finding(
                "unusual-side",
                False,
                f"Le compte {_name(leaf, 'fr')} est {fr} de {_sum(abs(leaf.minor), leaf, 'fr')}, "
                "ce qui est inhabituel.",
                f"Account {_name(leaf, 'en')} holds {_sum(abs(leaf.minor), leaf, 'en')} in {en}, which is unusual.",
                _account(facts, leaf.account),
            )


def _money(facts: ClosingFacts) -> Found:
    for leaf in facts.leaves:
        if leaf.account.chart.startswith("51"):
            yield Finding(
                "bank",
                False,
                f"Rapprochez {_name(leaf, 'fr')} du relevé de la banque : les comptes disent "
                f"{_sum(leaf.minor, leaf, 'fr')} au {day(facts.year.last, 'fr')}.",
                f"Compare {_name(leaf, 'en')} with the bank’s statement: the books say "
                f"{_sum(leaf.minor, leaf, 'en')} on {day(facts.year.last, 'en')}.",
                _account(facts, leaf.account),
            )
    for code in sorted({leaf.account.unit.code for leaf in facts.leaves if _is_foreign(leaf, facts.currency)}):
        yield Finding(
            "currency",
            False,
            f"Des comptes de bilan sont tenus en {code} : leur valeur au cours de clôture est à vérifier.",
            f"Accounts of the balance sheet are kept in {code}: check their value at the closing rate.",
            _books(facts),
        )


def _dimensions(facts: ClosingFacts) -> Found:
    unit = unit_of(facts.currency)
    for chart, minor in facts.without_destination:
        yield Finding(
            "destination",
            False,
            f"{written(minor, unit, 'fr')} du compte {chart} n’ont pas de destination : "
            "le CROD ne sait pas où les mettre.",
            f"{written(minor, unit, 'en')} of account {chart} have no destination: the CROD cannot place them.",
            _account(facts, AccountKey(chart, unit=unit)),
        )
    for chart, minor in facts.without_funder:
        yield Finding(
            "funder",
            False,
            f"{written(minor, unit, 'fr')} du compte {chart} ne nomment pas de convention : "
            "on ne peut pas dire s’ils sont dédiés.",
            f"{written(minor, unit, 'en')} of account {chart} name no convention: "
            "nobody can tell whether they are dedicated.",
            _account(facts, AccountKey(chart, unit=unit)),
        )


def _third_parties(facts: ClosingFacts) -> Found:
    for each in facts.settling:
        leaf = Leaf(each.account, each.minor)
        yield Finding(
            "lettering",
            False,
            f"{each.items} lignes ouvertes de {_name(leaf, 'fr')} se soldent pour {_sum(each.minor, leaf, 'fr')} : "
            "lettrez-les.",
            f"{each.items} open lines of {_name(leaf, 'en')} settle each other for {_sum(each.minor, leaf, 'en')}: "
            "letter them.",
            _account(facts, each.account),
        )


def _dedicated(facts: ClosingFacts) -> Found:
    unit, place = unit_of(facts.currency), Place("dedicated-funds", (facts.year.code,))
    for plan in facts.plans:
        code = plan.convention.code
        if not plan.is_booked:
            yield Finding(
                "dedicated-unbooked",
                True,
                f"Convention {code} : les fonds dédiés à la clôture sont de {written(plan.unused, unit, 'fr')} "
                "et ne sont pas encore passés.",
                f"Convention {code}: dedicated funds at the closing are {written(plan.unused, unit, 'en')} "
                "and are not booked yet.",
                place,
            )
        if plan.convention.last > facts.year.last and not plan.convention.shares:
            yield Finding(
                "convention-shares",
                False,
                f"La convention {code} court jusqu’au {day(plan.convention.last, 'fr')} et ne dit rien de la part "
                "des exercices futurs.",
                f"The convention {code} runs until {day(plan.convention.last, 'en')} and says nothing of the share "
                "of later years.",
                Place("conventions", (), f"#{quote(code)}"),
            )
        if facts.year.first <= plan.convention.signed_on and not plan.resources and not plan.deferred:
            yield Finding(
                "convention-income",
                False,
                f"Rien n’est inscrit en produit au titre de la convention {code}, signée dans l’exercice.",
                f"No income is booked in the name of the convention {code}, which was signed in the year.",
                Place("conventions", (), f"#{quote(code)}"),
            )
    for name, rest in facts.dedicated_faults:
        rubric = RUBRICS.get(name)
        fr, en = (rubric.fr, rubric.en) if rubric else ("Transferts", "Transfers")
        yield Finding(
            "dedicated-unsound",
            True,
            f"Fonds dédiés, {fr} : ouverture + reports − utilisations ± transferts diffère de la clôture ou du "
            f"compte de résultat de {written(rest, unit, 'fr')}.",
            f"Dedicated funds, {en}: opening + reports − uses ± transfers differs from the closing or the income "
            f"statement by {written(rest, unit, 'en')}.",
            place,
        )


def _commitments(facts: ClosingFacts) -> Found:
    for leaf in facts.leaves:
        if leaf.account.chart.startswith("80181") or leaf.account.chart == "801800":
            yield Finding(
                "commitment",
                False,
                f"{_sum(-leaf.minor, leaf, 'fr')} votés pour {_name(leaf, 'fr')} ne sont pas notifiés : "
                "ils restent hors bilan.",
                f"{_sum(-leaf.minor, leaf, 'en')} voted for {_name(leaf, 'en')} were never notified: "
                "they stay off balance sheet.",
                _account(facts, leaf.account),
            )


def _records(facts: ClosingFacts) -> Found:
    if facts.unvalued:
        names = ", ".join(facts.unvalued[:5])
        yield Finding(
            "in-kind-unvalued",
            False,
            f"{len(facts.unvalued)} apport(s) en nature n’ont pas de valeur ({names}) : la note en annexe le dira.",
            f"{len(facts.unvalued)} contributions in kind have no value ({names}): the notes will say so.",
            _books(facts),
        )
    for reference in facts.dated_after_validation:
        yield Finding(
            "inventory-date",
            False,
            f"L’écriture d’inventaire {reference} est datée après sa validation.",
            f"The inventory entry {reference} is dated after its validation.",
            Place("entry", (reference,)),
        )
    for leaf in facts.results_left:
        before = facts.before.code if facts.before else ""
        yield Finding(
            "allocation",
            False,
            f"Le résultat des exercices antérieurs est encore sur {_name(leaf, 'fr')} "
            f"({_sum(abs(leaf.minor), leaf, 'fr')}) : l’assemblée générale l’affecte.",
            f"The result of earlier years is still on {_name(leaf, 'en')} "
            f"({_sum(abs(leaf.minor), leaf, 'en')}): the general assembly allocates it.",
            Place("result-allocation", (before,)) if before else _account(facts, leaf.account),
        )


CHECKS: Final[tuple[Callable[[ClosingFacts], Found], ...]] = (
    _is_over,
    _years_around,
    _whole,
    _suspense,
    _dedicated,
    _records,
    _commitments,
    _third_parties,
    _sides,
    _dimensions,
    _money,
)


def _books(facts: ClosingFacts) -> Place:
    return Place("books", (), _as_of(facts))


def _account(facts: ClosingFacts, account: AccountKey) -> Place:
    leaf = {"leaf": account.code} if account.code != account.chart else {}
    query = "&".join(filter(None, (_as_of(facts), urlencode(leaf))))
    return Place("account", (account.chart, account.unit.code), query)


def _as_of(facts: ClosingFacts) -> str:
    return f"as_of={facts.year.last.isoformat()}" if facts.year.last <= facts.today else ""


def _name(leaf: Leaf, _language: str) -> str:
    """The account as the books write it: number, third party, project."""
    return leaf.account.code.replace("::", ":").replace(":", " ")


def _sum(minor: int, leaf: Leaf, language: str) -> str:
    return written(minor, leaf.account.unit, "fr" if language == "fr" else "en")


def _is_foreign(leaf: Leaf, currency: str) -> bool:
    unit: Unit = leaf.account.unit
    return unit.kind == "money" and unit.code != currency and leaf.account.chart[0] in "12345"
