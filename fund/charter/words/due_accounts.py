"""One amount told from its trace: from the fact to the cent, in the few sentences that a person would say.

Steps that change nothing (a rounding of a whole amount, a cap that is far away) are left unsaid, and whatever has no
sentence of its own here is told as its step says it, so nothing that changes an amount is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fund.charter.contributions import Computed
from fund.charter.facts import Event, Facts, Loss, Performance, Period, Recouped, in_order
from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.returns import article_of, read_by
from fund.charter.rules import Fees, Rule
from fund.charter.trace import Quantity, Step
from fund.charter.words.known_words import cost_words, figure_words, party_words
from fund.charter.words.numbers_in_words import amount, day, ordinal, rate
from fund.charter.words.step_sentences import REASONS, sentence
from ledger.money import Unit

_EVENTS: Mapping[type[Event], tuple[str, str]] = {
    Performance: ("représentation", "performance"),
    Period: ("période arrêtée", "period ending"),
    Recouped: ("somme récupérée", "sum recouped"),
    Loss: ("perte", "loss"),
}
_RESULT = ("résultat", "result")
_SILENT = frozenset(
    ("rate", "cap", "not-below-zero", "rounding", "item", "results", "above-break-even", "below-floor")
) | frozenset(("floor-within", "points-share", "lift", "lifted-so-far", "lifted", "cap-above-floor"))
"""Kinds that change nothing where they come here, or are told with the step beside them."""


@dataclass(frozen=True, slots=True)
class Teller:
    """What every sentence of an account needs: the currency, the language, and the steps that others refer to."""

    unit: Unit
    language: Language
    steps: Mapping[int, Step]

    def money(self, value: Quantity | int) -> str:
        """An amount in words."""
        return amount(value.value if isinstance(value, Quantity) else value, self.unit, self.language)

    def pick(self, french: str, english: str) -> str:
        """One of two languages."""
        return french if self.language == "fr" else english


def teller(charter: Charter, steps: Iterable[Step], language: Language) -> Teller:
    """A teller of these steps."""
    return Teller(charter.head.currency, language, {step.number: step for step in steps})


@dataclass(frozen=True, slots=True)
class DueAccounts:
    """What each event makes due under each rule, ready to be told: the steps by article and event, and their order."""

    say: Teller
    facts: Facts
    own: Mapping[tuple[str, int], list[Step]]
    places: Mapping[str, Mapping[int, int]]

    @classmethod
    def of(cls, charter: Charter, facts: Facts, steps: Sequence[Step], language: Language) -> DueAccounts:
        """Sort the steps of a trace once."""
        own: dict[tuple[str, int], list[Step]] = {}
        for step in steps:
            if step.event is not None:
                own.setdefault((step.article, step.event), []).append(step)
        places: dict[str, dict[int, int]] = {}
        for rule in charter.rules:
            if rule.base not in places:
                read = [at for at, event in in_order(facts.events) if read_by(rule, event)]
                places[rule.base] = {at: place for place, at in enumerate(read, start=1)}
        return cls(teller(charter, steps, language), facts, own, places)

    def told(self, rule: Rule, event: int) -> tuple[str, ...]:
        """What one event makes due, in sentences; nothing due is told with its reason."""
        own, place = self.own[article_of(rule), event], self.places[rule.base][event]
        sentences = [_opening(self.say, self.facts.events[event], event), *_item(self.say, own)]
        left_out = next((step for step in own if step.kind == "left-out"), None)
        if left_out is not None:
            return (*sentences, _left_out(self.say, rule, place, left_out))
        return (*sentences, *_counting(self.say, rule, place, own), *_owing(self.say, own))

    def left_out(self, rule: Rule, event: int) -> str:
        """Why an event does not count, as the trace calls the reason; empty when it does."""
        return next((step.about for step in self.own[article_of(rule), event] if step.kind == "left-out"), "")

    def told_together(self, first: int, last: int, reason: str) -> str:
        """Several events in a row that do not count for one reason."""
        why = self.say.pick(*REASONS[reason])
        return self.say.pick(
            f"Événements {first} à {last} : rien n’est dû, car à chaque fois {why}.",
            f"Events {first} to {last}: nothing is due, because each time {why}.",
        )


def _opening(say: Teller, event: Event, at: int) -> str:
    what = say.pick(*_EVENTS.get(type(event), _RESULT))
    on = say.pick("du", "of") if not isinstance(event, Period) else say.pick("au", "on")
    if say.language == "en" and isinstance(event, Performance | Loss | Recouped):
        on = "of"
    reference = f" ({event.reference})" if event.reference else ""
    return say.pick(
        f"Événement {at}, {what} {on} {day(event.date, 'fr')}{reference}.",
        f"Event {at}, {what} {on} {day(event.date, 'en')}{reference}.",
    )


def _item(say: Teller, own: Sequence[Step]) -> Iterator[str]:
    """The figure of the fact, and what comes off it."""
    for at, step in enumerate(own):
        value, before = Quantity(step.value), own[at - 1] if at else None
        match step.kind:
            case "left-out" | "counted" | "results":
                return
            case "fee":
                yield say.pick(f"Elle est vendue {say.money(value)}.", f"It was sold for {say.money(value)}.")
            case "loss":
                yield say.pick(f"Il y a {say.money(value)} à supporter.", f"There are {say.money(value)} to bear.")
            case "deficit" if step.value > 0:
                yield say.pick(f"C’est un déficit de {say.money(value)}.", f"That is a deficit of {say.money(value)}.")
            case "deficit":
                yield say.pick("Ce n’est pas un déficit : rien ne compte.", "That is no deficit: nothing counts.")
            case "deduction-declared" | "deduction-limit" | "deduction-within" | "cent-below":
                continue
            case "deduction":
                yield _deducted(say, step)
            case "not-below-zero" if before is not None and (before.kind == "deficit" or before.value == step.value):
                continue
            case _:
                yield sentence(step, say.unit, say.language)


def _deducted(say: Teller, step: Step) -> str:
    """A cost that came off: what was declared, what counts of it, and what is left."""
    cost, left = cost_words(step.about, say.language), say.money(Quantity(step.value))
    taken = step.operands[1]
    made = say.steps.get(taken.step) if taken.step is not None else None
    if made is not None and made.kind == "deduction-within" and made.value != made.operands[0].value:
        declared = say.money(made.operands[0])
        origin = _share_reason(say, made.operands[1])
        return say.pick(
            f"Moins : {cost}, {say.money(taken)} au lieu des {declared} déclarés{origin} ; il reste {left}.",
            f"Less {cost}, {say.money(taken)} instead of the {declared} declared{origin}: {left} is left.",
        )
    return say.pick(
        f"Moins : {cost}, {say.money(taken)} ; il reste {left}.", f"Less {cost}, {say.money(taken)}: {left} is left."
    )


def _share_reason(say: Teller, limit: Quantity) -> str:
    """Where the limit of a cost comes from: ` (25 % of 200,000.00)`."""
    step = say.steps.get(limit.step) if limit.step is not None else None
    if step is not None and step.kind == "cent-below" and step.operands[0].step is not None:
        step = say.steps.get(step.operands[0].step)
    if step is None or step.kind != "deduction-limit":
        return ""
    share, whole = rate(step.operands[1].value, say.language), say.money(step.operands[0])
    return say.pick(f" ({share} de {whole})", f" ({share} of {whole})")


def _left_out(say: Teller, rule: Rule, at: int, step: Step) -> str:
    if step.about == "first-dates" and isinstance(rule.counts, Fees):
        first = rule.counts.exclude_first_dates
        place = ordinal(at, say.language)
        return say.pick(
            f"C’est la {place} date, et {_first(first, 'fr')} : rien n’est dû.",
            f"It is the {place} date, and {_first(first, 'en')}: nothing is due.",
        )
    reason = say.pick(*REASONS[step.about])
    return say.pick(
        f"Cet événement ne compte pas, car {reason} : rien n’est dû.",
        f"It does not count, because {reason}: nothing is due.",
    )


def _first(count: int, language: Language) -> str:
    if language == "fr":
        return "la première ne compte pas" if count == 1 else f"les {count} premières ne comptent pas"
    return "the first does not count" if count == 1 else f"the first {count} do not count"


def _counting(say: Teller, rule: Rule, place: int, own: Sequence[Step]) -> Iterator[str]:
    """Where the event stands among the others, and what is counted with it."""
    counted = next((step for step in own if step.kind == "counted"), None)
    if isinstance(rule.counts, Fees) and rule.counts.exclude_first_dates:
        which, first = ordinal(place, say.language), _first(rule.counts.exclude_first_dates, say.language)
        yield say.pick(f"C’est la {which} date ; {first}.", f"It is the {which} date; {first}.")
    if counted is not None and counted.operands[0].value:
        before, value = counted.operands[0], say.money(Quantity(counted.value))
        yield say.pick(
            f"Avec les {say.money(before)} comptés avant, cela fait {value}.",
            f"With the {say.money(before)} counted before, that makes {value}.",
        )


def _owing(say: Teller, own: Sequence[Step]) -> Iterator[str]:
    """From what is counted to what is due."""
    kinds = [step.kind for step in own]
    after = kinds.index("counted") + 1 if "counted" in kinds else kinds.index("results")
    for step in own[after:]:
        value, first = say.money(Quantity(step.value)), step.operands[0]
        share = rate(step.operands[1].value, say.language) if step.kind == "rate" else ""
        match step.kind:
            case "rate" if first.value and step.operands[1].value != 1:
                yield say.pick(
                    f"{share} de {say.money(first)} font {value}.", f"{share} of {say.money(first)} is {value}."
                )
            case "franchise":
                yield _beyond(say, step)
            case "cap" if step.value != first.value:
                yield _cap(say, step)
            case "due":
                yield from _due(say, step, own[0])
            case "below-floor" if step.value > 0:
                yield _lifted(say, step)
            case "rounding" if step.value != first.value:
                yield say.pick(f"Arrondi : {value}.", f"Rounded: {value}.")
            case "results" if first.value:
                yield say.pick(
                    f"Avec les résultats d’avant, cela fait {value}.", f"With earlier results that makes {value}."
                )
            case "not-below-zero" if step.value != first.value and _made_by(say, first, "with-aid"):
                yield say.pick(
                    "C’est sous l’équilibre : rien n’est à rendre.", "That is below break-even: nothing is owed back."
                )
            case "above-break-even" if step.operands[1].value:
                yield sentence(step, say.unit, say.language)
            case kind if kind in _SILENT:
                continue
            case _:
                yield sentence(step, say.unit, say.language)


def _made_by(say: Teller, quantity: Quantity, kind: str) -> bool:
    step = say.steps.get(quantity.step) if quantity.step is not None else None
    return step is not None and step.kind == kind


def _beyond(say: Teller, step: Step) -> str:
    """What lies beyond a franchise, or beyond what the rank before takes."""
    start, value = say.money(step.operands[1]), say.money(Quantity(step.value))
    if any(_made_by(say, step.operands[1], kind) for kind in ("cent-above", "next-rank")):
        if step.value <= 0:
            return say.pick(
                f"Les premiers {start} reviennent au rang d’avant, et ce n’est pas plus.",
                f"The first {start} belong to the rank before, and this is no more.",
            )
        return say.pick(
            f"Les premiers {start} reviennent au rang d’avant ; au-delà il y a {value}.",
            f"The first {start} belong to the rank before; beyond there are {value}.",
        )
    if step.value <= 0:
        return say.pick(
            f"Ce n’est pas plus que les premiers {start}, sur lesquels rien n’est dû.",
            f"That is no more than the first {start}, on which nothing is due.",
        )
    return say.pick(f"Au-delà des premiers {start}, il y a {value}.", f"Beyond the first {start} there are {value}.")


def _lifted(say: Teller, step: Step) -> str:
    """What lifts the points to their minimum."""
    least, own = (say.money(operand) for operand in step.operands)
    return say.pick(
        f"Les points doivent avoir au moins {least} et n’auraient que {own} : ce qui manque est pris sur les autres.",
        f"The points must have at least {least} and would have only {own}: what is missing comes from the others.",
    )


def _cap(say: Teller, step: Step) -> str:
    most = say.money(step.operands[1])
    reason = _limit_reason(say, step.operands[1])
    return say.pick(f"Le total ne dépasse pas {most}{reason}.", f"The whole stops at {most}{reason}.")


def _limit_reason(say: Teller, limit: Quantity) -> str:
    """Where a limit comes from: ` (80 % of the 12,000.00 granted)`, ` (so that the investors have 50,000.00)`."""
    step = say.steps.get(limit.step) if limit.step is not None else None
    while step is not None and step.kind != "cap-limit":
        if step.kind == "recoupment":
            whose, whole = party_words(step.about, say.language), say.money(step.operands[0])
            return say.pick(
                f" (ce qu’il faut pour que reviennent {whole} à : {whose})", f" (so that {whose} have {whole})"
            )
        step = say.steps.get(step.operands[0].step) if step.operands[0].step is not None else None
    if step is None:
        return ""
    share, whole = rate(step.operands[1].value, say.language), say.money(step.operands[0])
    of_aid = _made_by(say, step.operands[0], "other_aid")
    return say.pick(
        f" ({share} des {whole} {'d’aides déjà versées' if of_aid else 'attribués'})",
        f" ({share} of the {whole} {'of aid already paid' if of_aid else 'granted'})",
    )


def _due(say: Teller, step: Step, item: Step) -> Iterator[str]:
    before, value = step.operands[1], say.money(Quantity(step.value))
    if not before.value and not step.value:
        yield say.pick("Rien n’est donc dû.", "So nothing is due.")
    elif not before.value:
        if item.kind != "loss" or item.value != step.value:
            yield say.pick(f"Cet événement fait donc devoir {value}.", f"So this event makes {value} due.")
    elif not step.value:
        yield say.pick(
            f"{say.money(before)} étaient déjà dus : cet événement n’ajoute rien.",
            f"{say.money(before)} were due already: this event adds nothing.",
        )
    elif step.value < 0:
        taken = say.money(Quantity(-step.value))
        yield say.pick(
            f"{say.money(before)} étaient dus jusque-là : cet événement en retire {taken}.",
            f"{say.money(before)} were due until then: this event takes {taken} off.",
        )
    else:
        yield say.pick(
            f"Moins les {say.money(before)} déjà dus, cet événement ajoute {value}.",
            f"Less the {say.money(before)} already due, this event adds {value}.",
        )


def contribution_account(charter: Charter, member: str, computed: Computed, language: Language) -> tuple[str, ...]:
    """What one member is called for, from what it declared or pledged."""
    say = teller(charter, computed.trace.steps, language)
    told: list[str] = []
    for step in computed.trace.steps:
        value, first = say.money(Quantity(step.value)), step.operands[0]
        if step.kind == "declared":
            figure = figure_words(step.about, language)
            told.append(say.pick(f"{member} a déclaré {value} ({figure}).", f"{member} declared {value} ({figure})."))
        elif step.kind == "rate":
            share = rate(step.operands[1].value, language)
            told.append(
                say.pick(f"{share} de {say.money(first)} font {value}.", f"{share} of {say.money(first)} is {value}.")
            )
        elif step.kind in ("floor", "cap"):
            bound = say.money(step.operands[1])
            if step.value != first.value:
                least = step.kind == "floor"
                told.append(
                    say.pick(
                        f"On verse au {'moins' if least else 'plus'} {bound}.",
                        f"One pays {bound} at {'least' if least else 'most'}.",
                    )
                )
        elif step.kind == "rounding" and step.value == first.value:
            continue
        else:
            told.append(sentence(step, say.unit, language))
    whole = say.money(computed.minor)
    parts = ", ".join(say.money(minor) for minor in computed.instalments)
    if len(computed.instalments) > 1:
        told.append(say.pick(f"{member} verse donc {whole}, soit {parts}.", f"So {member} pays {whole}: {parts}."))
    else:
        told.append(say.pick(f"{member} verse donc {whole}.", f"So {member} pays {whole}."))
    return tuple(told)
