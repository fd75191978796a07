"""What an example holds, in French and English: who takes part, what was granted, what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from fund.charter.contributions import payment_for
from fund.charter.facts import Event, Loss, MemberFacts, Performance, Period, Recouped, Result
from fund.charter.faults import Language
from fund.charter.grammar import Brackets, Charter, FreeWithFloor, Pledged
from fund.charter.rules import Deficits, MembersBear, ToMembers, ToRecipients
from fund.charter.words.known_words import category_words, figure_words
from fund.charter.words.numbers_in_words import amount, plain
from fund.charter.worked_examples import WorkedExample
from ledger.money import Unit

_COSTS: Mapping[str, tuple[str, str]] = {
    "distribution_commission": ("commission de distribution", "distribution commission"),
    "financing_plan": ("recettes du plan de financement", "receipts of the financing plan"),
    "print": ("copies", "prints"),
    "launch": ("lancement", "launch"),
}
MANY = 6
"""Members beyond whom those that are alike are told together."""

_OF_A_PROJECT = {"fee", "gross", "net", "profit", "recouped"}


def example_sentences(example: WorkedExample, charter: Charter, language: Language) -> tuple[str, ...]:
    """The facts of an example, one sentence each, only what the charter looks at."""
    return tuple(_Teller(example, charter, language).sentences())


class _Teller:
    """One example in one language."""

    def __init__(self, example: WorkedExample, charter: Charter, language: Language) -> None:
        self.facts, self.charter, self.language = example.facts, charter, language
        self.unit: Unit = charter.head.currency

    def sentences(self) -> Iterator[str]:
        """Members first, then the project, then what happened."""
        if self.charter.contributions:
            yield from self._members()
        yield from self._keys()
        if {rule.base for rule in self.charter.rules} & _OF_A_PROJECT or self._looks_at_other_aid():
            yield self._award()
        yield from self._happened()
        for name, member in self.facts.members.items():
            if member.defaulted:
                yield self._said(
                    f"Le membre {name} ne paie pas sa part de la perte.",
                    f"Member {name} does not pay its part of the loss.",
                )

    def _said(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english

    def _money(self, minor: int) -> str:
        return amount(minor, self.unit, self.language)

    def _members(self) -> Iterator[str]:
        """A sentence for each member, or one for all of those that are alike where there are many."""
        alike: dict[str, list[str]] = {}
        for name, member in self.facts.members.items():
            alike.setdefault(self._declares(member), []).append(name)
        if len(self.facts.members) > MANY:
            for told, names in alike.items():
                yield f"{len(names)} {self._said('membres', 'members')}{told}."
            return
        for name, member in self.facts.members.items():
            yield f"{self._said('Membre', 'Member')} {name}{self._declares(member)}."

    def _declares(self, member: MemberFacts) -> str:
        """What is known of a member before anything is asked of it, to go behind its name."""
        told = ["", category_words(member.category, self.language)] if member.category else [""]
        payment = payment_for(self.charter, member.category)
        formula = payment[1].formula if payment else None
        for figure, minor in member.declared.items():
            counted = isinstance(formula, Brackets) and formula.counted
            value = plain(Fraction(minor, 100), self.language) if counted else self._money(minor)
            told.append(f"{self._said('qui déclare', 'declaring')} {value} ({figure_words(figure, self.language)})")
        if isinstance(formula, Pledged | FreeWithFloor) and member.pledge:
            told.append(f"{self._said('qui a promis', 'having pledged')} {self._money(member.pledge)}")
        return ", ".join(told)

    def _keys(self) -> Iterator[str]:
        """The figures that weigh the members, and who else shares."""
        rules = self.charter.rules
        keys = dict.fromkeys(split.key for rule in rules for split in rule.splits if isinstance(split, ToMembers))
        keys |= dict.fromkeys(each.key for rule in rules for each in rule.bearers if isinstance(each, MembersBear))
        told: dict[str, tuple[str, str, Callable[[MemberFacts], str]]] = {
            "contribution": (
                "Versé au fonds",
                "Paid to the fund",
                lambda member: self._money(member.contribution or 0),
            ),
            "use": ("Usage", "Use", lambda member: plain(member.use or 0, self.language)),
            "points": ("Points", "Points", lambda member: plain(member.points or 0, self.language)),
            "notoriety": (
                "Points de notoriété",
                "Points of notoriety",
                lambda m: plain(m.notoriety or 0, self.language),
            ),
            "percentage": ("Parts déclarées", "Declared parts", lambda member: f"{member.percentage}"),
        }
        for key in keys:
            if key in told:
                french, english, figure = told[key]
                listed = "; ".join(f"{name}, {figure(member)}" for name, member in self.facts.members.items())
                yield self._said(f"{french} : {listed.replace('; ', ' ; ')}.", f"{english}: {listed}.")
        keys_outside = {split.key for rule in rules for split in rule.splits if isinstance(split, ToRecipients)}
        if keys_outside:
            listed = ", ".join(plain(each.points or 0, self.language) for each in self.facts.recipients.values())
            points = self._said(f", avec des points : {listed}", f", with points: {listed}")
            outside = self._said("Trois bénéficiaires hors du fonds", "Three recipients outside the fund")
            yield f"{outside}{points if 'points' in keys_outside else ''}."

    def _looks_at_other_aid(self) -> bool:
        """Whether a guarantee counts what others have given already."""
        return any(isinstance(rule.counts, Deficits) and rule.counts.aid_ceiling for rule in self.charter.rules)

    def _award(self) -> str:
        money = self._money(self.facts.allocation.amount or 0)
        return self._said(
            f"Le projet a reçu {money} du fonds ; sa première est le 15 janvier 2026.",
            f"The project was granted {money} by the fund; its première is on 15 January 2026.",
        )

    def _happened(self) -> Iterator[str]:
        dates = [event for event in self.facts.events if isinstance(event, Performance)]
        if dates:
            fee = self._money(dates[0].fee or 0)
            yield self._said(
                f"Il joue {len(dates)} dates, une toutes les deux semaines, vendues {fee} chacune.",
                f"It plays {len(dates)} dates, one every two weeks, sold at {fee} each.",
            )
        for event in self.facts.events:
            if not isinstance(event, Performance):
                yield self._event(event)

    def _event(self, event: Event) -> str:
        match event:
            case Period():
                return self._period(event)
            case Result():
                return self._result(event)
            case Recouped(minor=minor):
                return self._said(f"Le fonds récupère {self._money(minor)}.", f"The fund recoups {self._money(minor)}.")
            case Loss(minor=minor):
                return self._said(
                    f"Une perte de {self._money(minor)} est à supporter.",
                    f"A loss of {self._money(minor)} has to be borne.",
                )
        raise AssertionError(f"an example holds no {type(event).__name__}")

    def _result(self, event: Result) -> str:
        year, money = event.date.year, self._money(abs(event.minor))
        if event.minor >= 0:
            return self._said(
                f"{year} se termine sur un excédent de {money}.", f"{year} ends with a surplus of {money}."
            )
        aid = self._money(self.facts.allocation.other_aid)
        french, english = f"{year} se termine sur un déficit de {money}", f"{year} ends with a deficit of {money}"
        if not self._looks_at_other_aid():
            return self._said(f"{french}.", f"{english}.")
        return self._said(
            f"{french} ; d’autres aides ont déjà donné {aid}.", f"{english}; other aid has already given {aid}."
        )

    def _period(self, event: Period) -> str:
        counted = {rule.base for rule in self.charter.rules}
        figures = (
            ("gross", "recettes brutes", "gross receipts", event.gross),
            ("net", "recettes nettes", "net receipts", event.net),
            ("profit", "bénéfice", "profit", event.profit),
        )
        told = [
            f"{self._said(french, english)} {self._money(minor or 0)}"
            for base, french, english, minor in figures
            if base in counted
        ]
        for cost in event.deductions:
            french, english = _COSTS.get(cost.kind, (cost.kind.replace("_", " "),) * 2)
            told.append(f"{self._said(french, english)} {self._money(cost.minor)}")
        return f"{self._said('Une période est déclarée : ', 'A period is declared: ')}{', '.join(told)}."
