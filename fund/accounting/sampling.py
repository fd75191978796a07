"""Drawing a sample of the entries of a year (*sondage*), so that anybody can draw the same one again.

Plain Python, exact integers, no chance but a seed: the numbers come from SHA-256 over the seed, the head of the chain
of the books, the parameters and a counter. Who knows these and holds the books draws the same entries.

Three methods. `simple`: every entry has the same chance. `stratified`: the same inside each stratum, the strata sharing
the size by largest remainder or each taking as many. `monetary-unit`: every cent has the same chance (*sondage en
unités monétaires*, systematic, one random start), so that an entry of the interval or more is certain. Whatever the
method, the entries of the amount `above` or more are taken first; `threshold` takes these alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final, Literal

from fund.accounting.sampling_errors import SamplePlanInvalid

VERSION: Final = "tresse-sample/1"
"""Stands at the start of what is hashed: another way of drawing would bear another number."""

Method = Literal["simple", "stratified", "monetary-unit", "threshold"]
Criterion = Literal["", "journal", "class", "amount", "month", "party"]
Division = Literal["proportional", "equal"]
Why = Literal["above", "certain", "drawn"]

METHODS: Final[tuple[Method, ...]] = ("simple", "stratified", "monetary-unit", "threshold")
CRITERIA: Final[tuple[Criterion, ...]] = ("journal", "class", "amount", "month", "party")
DIVISIONS: Final[tuple[Division, ...]] = ("proportional", "equal")
LARGEST_SIZE: Final = 10_000
LARGEST_AMOUNT: Final = 10**15
MOST_BOUNDS: Final = 20

_BITS: Final = 256

Below = Callable[[int], int]
"""A number from 0 to one less than the argument, each as likely."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry that may be drawn: `amount` in minor units, above or at zero; `month` is `2026-03`."""

    reference: str
    amount: int
    journal: str = ""
    month: str = ""
    account_class: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is drawn; amounts in minor units, 0 where none is asked for.

    `bounds` are the lower bounds of the amount bands but the first; `interval` is that of monetary units, taken from
    `size` where it is 0; `accounts` are the numbers by which the population was chosen, kept for whoever redraws.
    """

    method: Method
    size: int = 0
    by: Criterion = ""
    division: Division = "proportional"
    bounds: tuple[int, ...] = ()
    interval: int = 0
    above: int = 0
    accounts: tuple[str, ...] = ()

    @property
    def facts(self) -> Mapping[str, object]:
        """The parameters as they are kept and hashed: plain numbers, texts and lists."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @property
    def text(self) -> str:
        """The parameters in one line, always the same for the same plan."""
        return json.dumps(self.facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An entry of the sample: out of which stratum, and why it is there."""

    item: Item
    stratum: str
    why: Why


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the population that chance was asked about: how many entries, their amount, how many were drawn."""

    name: str
    count: int
    amount: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, in the order of the books, out of how many entries of which amount; `interval` as it was used."""

    population: int
    amount: int
    interval: int
    strata: tuple[Stratum, ...]
    drawn: tuple[Drawn, ...]


class Stream:
    """Numbers out of SHA-256: block number n is the hash of the key and of n as eight bytes, the largest first."""

    def __init__(self, seed: str, head: str, plan: Plan) -> None:
        said = json.dumps([VERSION, seed, head, plan.text], separators=(",", ":"), ensure_ascii=False)
        self._key = sha256(said.encode()).digest()
        self._next = 0

    def below(self, count: int) -> int:
        """A number from 0 to `count - 1`, each exactly as likely: blocks that would favour some are passed over."""
        fair = (1 << _BITS) // count * count
        while True:
            block = sha256(self._key + self._next.to_bytes(8, "big")).digest()
            self._next += 1
            number = int.from_bytes(block, "big")
            if number < fair:
                return number % count


def sample_of(items: Sequence[Item], plan: Plan, *, seed: str, head: str) -> Sample:
    """The sample of these entries, in the order of the books, by a plan, a seed and the head of the chain."""
    return drawn(items, plan, Stream(seed, head, plan).below)


def drawn(items: Sequence[Item], plan: Plan, below: Below) -> Sample:
    """The same with any source of numbers, so that a test can try every one of them."""
    check(plan)
    rest = [item for item in items if not plan.above or item.amount < plan.above]
    found = {item.reference: Drawn(item, "", "above") for item in items if plan.above and item.amount >= plan.above}
    interval = 0
    strata: tuple[Stratum, ...] = ()
    if plan.method == "monetary-unit":
        interval = plan.interval or max(sum(item.amount for item in rest) // plan.size, 1)
        taken = _monetary(rest, interval, below)
    elif plan.method == "threshold":
        taken = []
    else:
        parts = _strata(rest, plan)
        quotas = _quotas(parts, plan)
        taken = [
            Drawn(item, name, "drawn") for name, part in parts.items() for item in _simple(part, quotas[name], below)
        ]
        strata = tuple(
            Stratum(name, len(part), sum(item.amount for item in part), quotas[name]) for name, part in parts.items()
        )
    found |= {each.item.reference: each for each in taken}
    in_order = tuple(found[item.reference] for item in items if item.reference in found)
    return Sample(len(items), sum(item.amount for item in items), interval, strata, in_order)


def check(plan: Plan) -> None:
    """Refuse a plan by which nothing can be drawn."""
    if plan.method not in METHODS or plan.division not in DIVISIONS or plan.by not in ("", *CRITERIA):
        raise SamplePlanInvalid(
            why=f"the method is one of {', '.join(METHODS)}, the strata are made by {', '.join(CRITERIA)}",
            pourquoi=f"la méthode est l’une de {', '.join(METHODS)}, les strates se font par {', '.join(CRITERIA)}",
        )
    amounts = (plan.interval, plan.above, *plan.bounds)
    if not all(0 <= amount <= LARGEST_AMOUNT for amount in amounts) or 0 in plan.bounds:
        raise SamplePlanInvalid(
            why="an amount of the plan is below zero or beyond any books",
            pourquoi="un montant du plan est négatif ou dépasse toute comptabilité",
        )
    if list(plan.bounds) != sorted(set(plan.bounds)) or len(plan.bounds) > MOST_BOUNDS:
        raise SamplePlanInvalid(
            why=f"the bounds of the bands rise, each above the one before, {MOST_BOUNDS} at most",
            pourquoi=f"les bornes des tranches croissent, chacune au-dessus de la précédente, {MOST_BOUNDS} au plus",
        )
    _check_method(plan)


def _check_method(plan: Plan) -> None:
    needs_size = plan.method in ("simple", "stratified") or (plan.method == "monetary-unit" and not plan.interval)
    if not (1 if needs_size else 0) <= plan.size <= LARGEST_SIZE:
        raise SamplePlanInvalid(
            why=f"{plan.size} entries cannot be drawn; ask for 1 to {LARGEST_SIZE}",
            pourquoi=f"{plan.size} écritures ne se tirent pas ; demandez-en de 1 à {LARGEST_SIZE}",
        )
    if plan.method == "stratified" and not plan.by:
        raise SamplePlanInvalid(
            why=f"strata are made by {', '.join(CRITERIA)}; choose one",
            pourquoi=f"les strates se font par {', '.join(CRITERIA)} ; choisissez",
        )
    if plan.by == "amount" and not plan.bounds:
        raise SamplePlanInvalid(
            why="strata by amount need the bounds between the bands",
            pourquoi="des strates par montant demandent les bornes entre les tranches",
        )
    if plan.method == "threshold" and not plan.above:
        raise SamplePlanInvalid(
            why="the amount from which every entry is taken is missing",
            pourquoi="le montant à partir duquel toute écriture est prise manque",
        )


def _strata(items: Iterable[Item], plan: Plan) -> dict[str, list[Item]]:
    """The strata in order, each with its entries in the order of the books; one without a name when none is asked."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[stratum_of(item, plan)].append(item)
    by_amount = plan.by == "amount"
    return dict(sorted(found.items(), key=lambda pair: (int(pair[0].partition("-")[0]) if by_amount else 0, pair[0])))


def stratum_of(item: Item, plan: Plan) -> str:
    """The name of the stratum; a band of amounts is `from-to` in minor units, the last one `from-`."""
    if plan.method != "stratified":
        return ""
    if plan.by == "amount":
        lower = max((bound for bound in plan.bounds if bound <= item.amount), default=0)
        upper = min((bound for bound in plan.bounds if bound > item.amount), default=0)
        return f"{lower}-{upper - 1}" if upper else f"{lower}-"
    return {"journal": item.journal, "class": item.account_class, "month": item.month, "party": item.party}[plan.by]


def _quotas(parts: Mapping[str, Sequence[Item]], plan: Plan) -> dict[str, int]:
    """How many are drawn in each stratum: as many in each, or the size shared in proportion by largest remainder."""
    if plan.division == "equal" and plan.method == "stratified":
        return {name: min(plan.size, len(part)) for name, part in parts.items()}
    population = sum(len(part) for part in parts.values())
    size = min(plan.size, population)
    if not population:
        return dict.fromkeys(parts, 0)
    quotas = {name: size * len(part) // population for name, part in parts.items()}
    left = size - sum(quotas.values())
    by_remainder = sorted(parts, key=lambda name: -(size * len(parts[name]) % population))
    for name in by_remainder[:left]:
        quotas[name] += 1
    return quotas


def _simple(items: Sequence[Item], size: int, below: Below) -> list[Item]:
    """So many of these, each set of that size as likely: the start of a shuffle (Fisher and Yates)."""
    pool = list(items)
    for place in range(size):
        other = place + below(len(pool) - place)
        pool[place], pool[other] = pool[other], pool[place]
    return pool[:size]


def _monetary(items: Sequence[Item], interval: int, below: Below) -> list[Drawn]:
    """The entries of the interval or more, and those that hold a chosen cent: the start, and each interval after it."""
    taken = [Drawn(item, "", "certain") for item in items if item.amount >= interval]
    start = below(interval) + 1
    through = 0
    for item in items:
        if item.amount < interval:
            before, through = through, through + item.amount
            if (through - start) // interval > (before - start) // interval:
                taken.append(Drawn(item, "", "drawn"))
    return taken
