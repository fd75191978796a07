"""One party's total told from the trace: which rule gave what, by which key, and how the last cent was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fund.charter.apportionment import Round
from fund.charter.contributions import Computed
from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome
from fund.charter.rules import FormWord
from fund.charter.trace import Claim, Number, Portion, Quantity, Step, rounds_of, weights_of
from fund.charter.words.due_accounts import Teller, contribution_account, teller
from fund.charter.words.illustration_texts import form_word
from fund.charter.words.known_words import party_words, quoted
from fund.charter.words.numbers_in_words import amount, plain, rate

_NOT_SHARED = ("kept", "borne", "member-limit")
"""Steps by which one party has an amount without sharing it; `about` is the party."""

_KEYS: Mapping[str, tuple[str, str]] = {
    "contribution": ("{figure} sur {whole} versés", "{figure} out of {whole} paid in"),
    "use": ("un usage de {figure} sur {whole}", "a use of {figure} out of {whole}"),
    "points": ("{figure} points sur {whole}", "{figure} points out of {whole}"),
    "notoriety": ("une notoriété de {figure} sur {whole}", "a notoriety of {figure} out of {whole}"),
    "percentage": ("{figure}, le pourcentage convenu", "{figure}, the percentage agreed"),
}


def parties_of(outcome: Outcome) -> tuple[str, ...]:
    """Every party that an account can be asked for."""
    return tuple(dict.fromkeys((*(f"member:{name}" for name in outcome.contributions), *outcome.totals)))


@dataclass(frozen=True, slots=True)
class _Sharing:
    """One sharing with what its account needs, computed once for all its parties."""

    step: Step
    weights: Mapping[str, Fraction]
    turns: tuple[Round, ...]
    wholes: tuple[Fraction, ...]
    figures: Mapping[int, Number]
    counts: Mapping[int, int]
    portions: Mapping[str, tuple[Portion, ...]]
    waiting: Mapping[str, tuple[Fraction, int]]
    left: int

    @classmethod
    def of(cls, step: Step) -> _Sharing:
        """The weights, the turns of the ceilings, and who waits for the last units in which order."""
        weights, turns = weights_of(step.portions), rounds_of(step.value, step.portions)
        figures: dict[int, Number] = {}
        counts: dict[int, int] = {}
        portions: dict[str, tuple[Portion, ...]] = {}
        for portion in step.portions:
            portions[portion.party] = (*portions.get(portion.party, ()), portion)
            for claim in portion.claims:
                figures[claim.line] = figures.get(claim.line, 0) + claim.figure
                counts[claim.line] = counts.get(claim.line, 0) + (claim.figure != 0)
        waiting, left = _waiting(turns[-1], step.portions) if turns else ({}, 0)
        wholes = tuple(sum(turn.weights.values(), Fraction()) for turn in turns)
        return cls(step, weights, turns, wholes, figures, counts, portions, waiting, left)


def _waiting(turn: Round, portions: Sequence[Portion]) -> tuple[dict[str, tuple[Fraction, int]], int]:
    """Who waits for a last unit: the total at which it falls due, and the place in that order; how many are left."""
    whole, total = sum(turn.weights.values()), abs(turn.left)
    held = {portion.name: abs(portion.held) for portion in portions}
    order: list[tuple[Fraction, Fraction, str]] = []
    left = total
    for name, weight in turn.weights.items():
        exact = Fraction(total) * weight / whole
        floor = exact.numerator // exact.denominator
        left -= max(floor, held[name])
        if exact != floor and held[name] <= floor:
            order.append(((floor + 1) * Fraction(whole) / weight, floor - exact, name))
    return {name: (due_at, place) for place, (due_at, _, name) in enumerate(sorted(order), start=1)}, left


@dataclass(frozen=True, slots=True)
class PartyAccounts:
    """The accounts of every party of an outcome; each sharing is looked at once."""

    charter: Charter
    contributions: Mapping[str, Computed]
    totals: Mapping[str, Mapping[FormWord, int]]
    say: Teller
    alone: tuple[Step, ...]
    sharings: tuple[_Sharing, ...]

    @classmethod
    def of(cls, charter: Charter, outcome: Outcome, language: Language) -> PartyAccounts:
        """Sort the steps of a trace once."""
        steps = outcome.trace.steps
        return cls(
            charter,
            outcome.contributions,
            outcome.totals,
            teller(charter, steps, language),
            tuple(step for step in steps if step.kind in _NOT_SHARED),
            tuple(_Sharing.of(step) for step in steps if step.operation == "share-out"),
        )

    def told(self, party: str) -> tuple[str, ...]:
        """What one party pays, receives and bears, rule by rule, and how each amount was made."""
        say, sentences = self.say, list[str]()
        member = party.removeprefix("member:")
        if party.startswith("member:") and member in self.contributions:
            sentences += contribution_account(self.charter, member, self.contributions[member], say.language)
        for sharing in self.sharings:
            if sharing.step.value:
                for portion in sharing.portions.get(party, ()):
                    sentences += _portion(say, sharing, portion)
        sentences += [_not_shared(say, step) for step in self.alone if step.about == party]
        if totals := self.totals.get(party):
            rows = ", ".join(f"{say.money(minor)} ({form_word(form, say.language)})" for form, minor in totals.items())
            sentences.append(say.pick(f"En tout : {rows}.", f"In all: {rows}."))
        return tuple(sentences)


def _article(say: Teller, step: Step) -> str:
    return quoted(step.article.partition(".")[2], say.language)


def _not_shared(say: Teller, step: Step) -> str:
    value, article = say.money(Quantity(step.value)), _article(say, step)
    if step.kind == "kept":
        return say.pick(
            f"Par {article}, ce qui est entré et n’est pas dû lui reste : {value}.",
            f"Under {article}, what came in and is not due stays with it: {value}.",
        )
    if step.kind == "borne":
        return say.pick(
            f"Par {article}, quand vient son tour, {value} sont à sa charge.",
            f"Under {article}, when its turn comes, it bears {value}.",
        )
    return say.pick(
        f"Sa limite arrête cette part à {value} ; ce qui dépasse n’est à la charge de personne.",
        f"Its limit stops that part at {value}; what goes beyond is borne by nobody.",
    )


def _portion(say: Teller, sharing: _Sharing, portion: Portion) -> Iterator[str]:
    """What one party has of one sharing."""
    step, part = sharing.step, say.money(portion.part)
    whole, article = say.money(Quantity(step.value)), _article(say, step)
    form, weight = form_word(portion.form, say.language), sharing.weights[portion.name]
    verb = say.pick("à supporter", "to bear") if portion.form == "loss" else say.pick("à partager", "to share")
    yield say.pick(f"Par {article}, il y a {whole} {verb}.", f"Under {article} there are {whole} {verb}.")
    if not weight:
        yield _absent(say, portion)
        return
    if len(sharing.weights) > 1:
        claims = say.pick(" ; ", "; ").join(_claim(say, claim, sharing) for claim in portion.claims)
        yield say.pick(f"Sa part : {claims}.", f"Its share: {claims}.")
    for turn, all_weights in zip(sharing.turns, sharing.wholes, strict=True):
        if portion.name in turn.full:
            exact = say.money(Quantity(turn.left * weight / all_weights))
            yield say.pick(
                f"Cela ferait {exact}, mais son plafond est de {part} ({form}) : le reste passe aux autres.",
                f"That would be {exact}, but its ceiling is {part} ({form}): the rest goes to the others.",
            )
            return
    yield from _ceilings_of_others(say, sharing)
    exact_part = sharing.turns[-1].left * weight / sharing.wholes[-1]
    if exact_part == portion.part:
        yield say.pick(f"Cela fait exactement {part} ({form}).", f"That makes exactly {part} ({form}).")
    else:
        yield say.pick(
            f"Cela ferait au plus juste {say.money(Quantity(exact_part))}.",
            f"To be exact, that would be {say.money(Quantity(exact_part))}.",
        )
        yield _last_unit(say, sharing, portion)


def _absent(say: Teller, portion: Portion) -> str:
    if portion.form == "loss":
        return say.pick(
            "Sa part est portée par les autres : il est défaillant, ou n’a rien dans la clé.",
            "Its part is borne by the others: it has defaulted, or has nothing in the key.",
        )
    return say.pick("Il n’a rien dans la clé : rien ne lui revient.", "It has nothing in the key: nothing comes to it.")


def _claim(say: Teller, claim: Claim, sharing: _Sharing) -> str:
    """`5,000.00 out of 12,000.00 paid in, of 30% of the whole`."""
    share = rate(claim.share, say.language)
    of_whole = say.pick(f", sur {share} du tout", f", of {share} of the whole") if claim.share != 1 else ""
    if not claim.key:
        return share
    if claim.key == "equal":
        count = sharing.counts[claim.line]
        return say.pick(f"une part sur {count}, toutes égales", f"one part of {count}, all equal") + of_whole
    figure, whole = (_figure(say, claim.key, value) for value in (claim.figure, sharing.figures[claim.line]))
    how = say.pick(*_KEYS.get(claim.key, ("{figure} sur {whole}", "{figure} out of {whole}")))
    return how.format(figure=figure, whole=whole) + of_whole


def _figure(say: Teller, key: str, value: Number) -> str:
    if key == "contribution":
        return amount(value, say.unit, say.language)
    return rate(value, say.language) if key == "percentage" else plain(value, say.language)


def _ceilings_of_others(say: Teller, sharing: _Sharing) -> Iterator[str]:
    """Who stopped at a ceiling, so that the others have more to share."""
    parts = {portion.name: portion for portion in sharing.step.portions}
    full = [parts[name] for turn in sharing.turns for name in turn.full]
    if full:
        names = ", ".join(f"{party_words(each.party, say.language)} ({say.money(each.part)})" for each in full)
        left = say.money(sharing.turns[-1].left)
        yield say.pick(
            f"Là s’arrêtent à leur plafond : {names}. Il reste {left} pour les autres.",
            f"These stop at their ceiling: {names}. {left} is left for the others.",
        )


def _last_unit(say: Teller, sharing: _Sharing, portion: Portion) -> str:
    """Why a party has the whole unit below or above its exact entitlement."""
    part, form = say.money(portion.part), form_word(portion.form, say.language)
    if portion.name not in sharing.waiting:
        return say.pick(
            f"Il a déjà {part} ({form}), et rien ne se reprend.",
            f"It has {part} ({form}) already, and nothing is taken back.",
        )
    due_at, place = sharing.waiting[portion.name]
    one, count, left = say.money(1), len(sharing.waiting), say.money(sharing.left)
    served = place <= sharing.left
    return say.pick(
        f"Chacun a d’abord ses unités entières ; il reste {left} à donner, {one} à la fois, entre {count} parties, "
        f"dans l’ordre où la prochaine unité leur échoit. La sienne échoit quand le total atteint "
        f"{say.money(Quantity(due_at))} : elle vient en place {place} et "
        f"{'la reçoit' if served else 'ne la reçoit pas encore'}, ce qui fait {part} ({form}).",
        f"First everyone has its whole units; {left} is left to give, {one} at a time, among {count} parties, in the "
        f"order in which their next unit falls due. Its own falls due when the total reaches "
        f"{say.money(Quantity(due_at))}: it comes in place {place} and "
        f"{'has it' if served else 'does not have it yet'}, which makes {part} ({form}).",
    )
