"""The returns and the risks of a charter as they are read aloud, French and English: every slot is said.

An article says in this order: where it starts from, what comes off, what is left out, when it begins, how much is due,
where it stops, and who receives it or bears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.rules import Deduction, Deficits, Fees, FixedLimit, Periods, Rule
from fund.charter.words.article_texts import joined, listed, said, sources_text
from fund.charter.words.known_words import cost_words, quoted
from fund.charter.words.numbers_in_words import amount, rate, span
from fund.charter.words.sharing_texts import (
    PARTIES,
    PLURAL,
    TO,
    among,
    bearer_name,
    conditions,
    goes,
    limit_text,
    sharing_sentences,
)
from ledger.money import Unit

_TWO_PERCENT = Fraction(2, 100)
_BASES = {
    "fee": ("du prix de vente de chaque représentation", "the fee of each performance"),
    "gross": ("des recettes brutes de chaque période", "the gross receipts of each period"),
    "net": ("des recettes nettes de chaque période", "the net receipts of each period"),
    "profit": ("du bénéfice de chaque période", "the profit of each period"),
    "surplus": ("de chaque résultat positif", "each positive result"),
    "deficit": ("de chaque déficit, avant toute aide", "each deficit, before any aid"),
    "recouped": ("de ce que le fonds a lui-même récupéré", "what the fund itself has recouped"),
    "result-after-aid": (
        "de ce qui dépasse l’équilibre, aides comprises",
        "what exceeds break-even, aid included",
    ),
    "loss": ("de chaque perte", "each loss"),
}


def rule_text(rule: Rule, charter: Charter, language: Language, numbers: Mapping[str, int] | None = None) -> str:
    """The whole article; `numbers` are those of the articles, by name, so that one can refer to another."""
    unit = charter.head.currency
    told = [
        said((f"On part {_BASES[rule.base][0]}.", f"It starts from {_BASES[rule.base][1]}."), language),
        *_costs(rule.deductions, unit, language),
        *_left_out(rule, unit, language),
        *_turn(rule, charter, numbers or {}, language),
        *_franchise(rule, unit, language),
        *_due_and_shared(rule, unit, language),
        *_ending(rule, language),
    ]
    sources = {**rule.sources}
    for deduction in rule.deductions:
        sources |= {f"{slot} ({cost_words(deduction.kind, language)})": s for slot, s in deduction.sources.items()}
    for split in rule.splits:
        sources |= {f"{slot} ({said(PARTIES[split.to], language)})": s for slot, s in split.sources.items()}
    for bearer in rule.bearers:
        sources |= {f"{slot} ({said(bearer_name(bearer), language)})": s for slot, s in bearer.sources.items()}
    return " ".join((*told, *sources_text(sources, language)))


def _costs(deductions: Sequence[Deduction], unit: Unit, language: Language) -> Iterator[str]:
    """What comes off first, in one sentence."""
    rows = []
    for deduction in deductions:
        text = cost_words(deduction.kind, language)
        if deduction.limit is not None:
            limit = limit_text(deduction.limit, unit, language)
            text += said((f", dans la limite de {limit}", f", up to {limit}"), language)
        if deduction.evidence:
            text += said((", sur pièce justificative", ", on evidence"), language)
        rows.append(text)
    if rows:
        yield f"{said(('On en retire', 'Taken off first:'), language)} {listed(rows, language)}."


def _left_out(rule: Rule, unit: Unit, language: Language) -> Iterator[str]:
    """What does not count."""
    counts = rule.counts
    if isinstance(counts, Fees):
        first = counts.exclude_first_dates
        if first == 1:
            yield said(("La première date ne compte pas.", "The first date does not count."), language)
        elif first:
            yield said(
                (f"Les {first} premières dates ne comptent pas.", f"The first {first} dates do not count."), language
            )
        if counts.exclude_member_dates:
            yield said(
                ("Les dates jouées chez un membre ne comptent pas.", "Dates played at a member’s do not count."),
                language,
            )
    if isinstance(counts, Fees | Periods):
        if counts.only_triggered:
            yield said(
                (
                    "Seul compte ce que l’aide a fait naître.",
                    "Only what the aid brought about counts.",
                ),
                language,
            )
        if counts.vesting_months is not None:
            time = span(counts.vesting_months, language)
            yield said(
                (
                    f"Rien n’est dû si aucun contrat n’est signé dans un délai de {time}.",
                    f"Nothing is due unless a contract is signed within {time}.",
                ),
                language,
            )
    if rule.window_months is not None:
        time = span(rule.window_months, language)
        yield said(
            (
                f"Ne compte que ce qui a lieu dans un délai de {time} à partir de la première, dernier jour compris.",
                f"Only what takes place within {time} of the première counts, the last day included.",
            ),
            language,
        )
    if rule.no_return_up_to is not None:
        least = amount(rule.no_return_up_to, unit, language)
        yield said(
            (
                f"Une allocation de {least} ou moins ne donne rien en retour.",
                f"An allocation of {least} or less gives nothing in return.",
            ),
            language,
        )


def _turn(rule: Rule, charter: Charter, numbers: Mapping[str, int], language: Language) -> Iterator[str]:
    """After which other article this one has its turn."""
    if rule.rank == 1:
        return
    before = [other for other in charter.rules if other.base == rule.base and other.rank == rule.rank - 1]
    names = []
    for other in before:
        number = numbers.get(f"{other.section}.{other.name}")
        name = quoted(other.name, language)
        names.append(f"{name} (article {number})" if number else name)
    earlier = joined(names, language)
    yield said(
        (
            f"Cet article ne commence qu’une fois atteint le plafond de {earlier}.",
            f"This article begins only once the cap of {earlier} is reached.",
        ),
        language,
    )


def _franchise(rule: Rule, unit: Unit, language: Language) -> Iterator[str]:
    if rule.franchise is None:
        return
    free = limit_text(rule.franchise, unit, language)
    if isinstance(rule.franchise, FixedLimit):
        yield said(
            (
                f"Les premiers {free} sont francs : rien n’est dû sur eux.",
                f"The first {free} are free: nothing is due on them.",
            ),
            language,
        )
    else:
        yield said(
            (
                f"Une première part est franche : {free}. Rien n’est dû sur elle.",
                f"A first part is free: {free}. Nothing is due on it.",
            ),
            language,
        )


def _due_and_shared(rule: Rule, unit: Unit, language: Language) -> Iterator[str]:
    """How much is due, where that stops, and who has it."""
    whole, percent = rule.rate == 1, rate(rule.rate, language)
    after_free = rule.franchise is not None
    of_what = said(
        ("du reste", "of the rest")
        if after_free
        else ("de ce qui reste", "of what is left")
        if rule.deductions
        else ("de ce qui compte", "of what counts"),
        language,
    )
    every = said(("Tout le reste", "All the rest") if after_free else ("La totalité", "All of it"), language)
    if len(rule.splits) == 1:
        subject = "la" if whole else "ce" if rule.rate < _TWO_PERCENT else "les"
        if whole and after_free:
            subject = "ce"
        yield f"{every if whole else f'{percent} {of_what}'} {goes(rule.splits[0], subject, language)}."
        yield from _limits(rule, unit, language)
        yield from conditions(rule, language)
    elif whole and rule.splits:
        yield f"{every} {among(rule, language)}."
        yield from _limits(rule, unit, language)
        yield from conditions(rule, language)
    else:
        if not whole:
            are = "est dû" if rule.rate < _TWO_PERCENT else "sont dus"
            yield said((f"{percent} {of_what} {are}.", f"{percent} {of_what} is due."), language)
        yield from _limits(rule, unit, language)
        yield from sharing_sentences(rule, unit, language)


def _limits(rule: Rule, unit: Unit, language: Language) -> Iterator[str]:
    """Where the amount stops, or what it is lifted to."""
    if rule.cap is not None:
        cap = limit_text(rule.cap.limit, unit, language)
        if rule.cap.of is not None:
            whose, plural = said(PARTIES[rule.cap.of], language), rule.cap.of in PLURAL
            yield said(
                (
                    f"Cela s’arrête quand {whose} {'ont' if plural else 'a'} reçu {cap}.",
                    f"It stops when {whose} {'have' if plural else 'has'} received {cap}.",
                ),
                language,
            )
        else:
            yield said((f"En tout, cela ne dépasse jamais {cap}.", f"In all, it never exceeds {cap}."), language)
    if rule.floor_per_point is not None:
        least = amount(rule.floor_per_point, unit, language)
        yield said(
            (
                f"À chaque période, un point rapporte au moins {least} ; "
                "ce qui manque est pris sur la part des autres.",
                f"In each period a point brings at least {least}; what is missing comes out of the others’ part.",
            ),
            language,
        )
    if isinstance(rule.counts, Deficits) and rule.counts.aid_ceiling is not None:
        ceiling = rate(rule.counts.aid_ceiling, language)
        yield said(
            (
                f"Toutes les aides ensemble ne dépassent pas {ceiling} du déficit.",
                f"All aid together does not exceed {ceiling} of the deficit.",
            ),
            language,
        )


def _ending(rule: Rule, language: Language) -> Iterator[str]:
    if rule.rest_to is not None:
        party = said(PARTIES[rule.rest_to], language)
        yield said((f"Ce qui n’est pas dû reste {TO[rule.rest_to]}.", f"What is not due stays with {party}."), language)
    if rule.rounding == "per-item":
        yield said(
            ("Chaque somme est arrondie à part.", "Each sum is rounded by itself."),
            language,
        )
