"""Two charters on one set of facts, side by side: what an example of a year gives each under either.

The facts are an example, the same for every comparison: an award of 12,000, a tour of 26 dates at 4,200, four members
who paid 5,000, 3,500, 2,000 and 1,500. What neither charter counts is left out of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from fund.charter.contribution_effects import categories, is_computed, payment_for
from fund.charter.contributions import called
from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Event,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Recouped,
    Result,
)
from fund.charter.faults import CharterError
from fund.charter.grammar import Brackets, Charter, Formula, Payment, RateOfDeclared
from fund.charter.outcomes import Outcome, run
from fund.charter.rules import Bearing, Fees, MembersBear, Rule
from ledger.money import Unit

PAID = {"A": 5_000, "B": 3_500, "C": 2_000, "D": 1_500}
USED = {"A": 800, "B": 500, "C": 300, "D": 400}
BUDGETS = (20_000, 35_000, 60_000, 120_000)
PLEDGES = (1_500, 2_000, 3_500, 5_000)
JOBS = (3, 10, 30, 100)
POINTS = {"author": 6, "director": 2, "theatre": 1}
AWARD, OTHER_AID, RESERVE = 12_000, 22_000, 5_000
DATES, LONGER, FEE, EVERY = 26, 50, 4_200, 14
PREMIERE, YEAR_END = date(2026, 1, 15), date(2026, 12, 31)
GROSS, NET, PROFIT, COST = 200_000, 120_000, 60_000, 60_000
SURPLUS, DEFICIT, RECOUPED, LOSS = 10_000, 60_000, 80_000, 8_000


@dataclass(frozen=True, slots=True)
class Row:
    """One amount under both charters, in minor units; None where a charter knows no such thing.

    `party` is `fund`, `member:A`, `recipient:author`; or `category:venue`, with the `figure` that it declares, or
    promises; `counted` when that is no money, but jobs.
    """

    party: str
    form: str
    old: int | None
    new: int | None
    figure: int | None = None
    counted: bool = False

    @property
    def change(self) -> int:
        """How much more the new charter gives, or asks."""
        return (self.new or 0) - (self.old or 0)

    @property
    def gain(self) -> int:
        """How much better off the party is: to receive is good for it, to pay and to bear are not."""
        return -self.change if self.form in ("pays", "loss") else self.change


@dataclass(frozen=True, slots=True)
class Illustration:
    """The rows, what the example holds, and a charter's refusal when it cannot be applied to it.

    `counts` names the kinds of facts that matter to either charter, `dates` how long the tour is.
    """

    rows: tuple[Row, ...]
    counts: tuple[str, ...]
    unit: Unit
    dates: int = DATES
    refusal: CharterError | None = None

    @property
    def balances(self) -> dict[tuple[str, int | None], int]:
        """How much better off each party is in all; the members asked for a contribution by category and figure."""
        sums: dict[tuple[str, int | None], int] = {}
        for row in self.rows:
            sums[row.party, row.figure] = sums.get((row.party, row.figure), 0) + row.gain
        return sums


def illustration(old: Charter, new: Charter) -> Illustration:
    """Apply both charters to the example; a charter in another currency counts the same numbers of its own."""
    return _applied(old, new, DATES, with_contributions=True)


def longer_tour(old: Charter, new: Charter) -> Illustration | None:
    """The example with a tour of 50 dates, where that shows what 26 do not: a cap, the end of a window."""
    if not any(isinstance(rule.counts, Fees) for charter in (old, new) for rule in charter.rules):
        return None
    short, long = (_applied(old, new, dates, with_contributions=False) for dates in (DATES, LONGER))
    rates = [[Fraction(row.change, row.old or row.new or 1) for row in shown.rows] for shown in (short, long)]
    return None if rates[0] == rates[1] else long


def _applied(old: Charter, new: Charter, dates: int, *, with_contributions: bool) -> Illustration:
    unit = new.head.currency
    counts = tuple(dict.fromkeys(rule.base for charter in (old, new) for rule in charter.rules))
    try:
        outcomes = [run(charter, _facts(old, new, charter, dates)) for charter in (old, new)]
        rows = (*(_contributions(old, new) if with_contributions else ()), *_totals(*outcomes))
    except CharterError as refusal:
        return Illustration((), counts, unit, dates, refusal)
    return Illustration(rows, counts, unit, dates)


def _totals(old: Outcome, new: Outcome) -> Iterator[Row]:
    for party in dict.fromkeys((*new.totals, *old.totals)):
        before, after = old.totals.get(party, {}), new.totals.get(party, {})
        for form in dict.fromkeys((*after, *before)):
            yield Row(party, form, before.get(form), after.get(form))
    if old.uncovered or new.uncovered:
        yield Row("nobody", "loss", old.uncovered, new.uncovered)


def _contributions(old: Charter, new: Charter) -> Iterator[Row]:
    """What each category is called for, by what it declares or promises; a promise that stays one says nothing."""
    for category in categories(old, new):
        terms = [payment_for(charter, category) for charter in (old, new)]
        computed = [article is not None and is_computed(article[1].formula) for article in terms]
        if terms[0] == terms[1] and not any(computed):
            continue
        jobs = any(article is not None and _is_counted(article[1].formula) for article in terms)
        figures = JOBS if jobs else BUDGETS if any(computed) else PLEDGES
        amounts = [_asked(charter, category, figures) for charter in (old, new)]
        for figure, before, after in zip(figures, *amounts, strict=True):
            minor = figure * 10**new.head.currency.scale
            yield Row(f"category:{category}", "pays", before, after, minor, counted=jobs)


def _is_counted(formula: Formula) -> bool:
    return isinstance(formula, Brackets) and formula.counted


def _asked(charter: Charter, category: str, figures: Sequence[int]) -> list[int | None]:
    """What this category is asked for each figure that it declares, in minor units; None when it pays nothing."""
    if payment_for(charter, category) is None:
        return [None for _ in figures]
    charter = _launched(charter)
    scale = 10**charter.head.currency.scale
    members = {
        f"{at:03}": MemberFacts(
            declared=_declared(charter, figure * scale), category=category or None, pledge=PLEDGES[at] * scale
        )
        for at, figure in enumerate(figures)
    }
    return [computed.minor for computed in called(charter, members).values()]


def _launched(charter: Charter) -> Charter:
    """The same charter once enough members have joined: the example has only four."""
    launched = (
        replace(rule, terms=replace(rule.terms, launch_threshold=None)) if isinstance(rule.terms, Payment) else rule
        for rule in charter.contributions
    )
    return replace(charter, contributions=tuple(launched))


def _declared(charter: Charter, figure: int) -> dict[str, int]:
    formulas = [payment.formula for _, payment in charter.payments]
    return {each.declared: figure for each in formulas if isinstance(each, RateOfDeclared | Brackets)}


def _facts(old: Charter, new: Charter, charter: Charter, dates: int) -> Facts:
    """The example as this charter needs it; what one of the two counts, the other is given as well."""
    scale = 10**charter.head.currency.scale
    rules = (*old.rules, *new.rules)
    defaulted = any(_is_joint(rule) for rule in rules)
    members = {
        name: MemberFacts(
            contribution=paid * scale,
            use=Fraction(USED[name]),
            points=Fraction(1),
            notoriety=Fraction(USED[name]),
            percentage=Fraction(paid, sum(PAID.values())),
            defaulted=defaulted and name == "D",
        )
        for name, paid in PAID.items()
    }
    recipients = {name: RecipientFacts(Fraction(n), Fraction(n, sum(POINTS.values()))) for name, n in POINTS.items()}
    allocation = AllocationFacts(AWARD * scale, PREMIERE, OTHER_AID * scale)
    bases = {rule.base for rule in rules}
    events = (*_tour(scale, bases, dates), *_year_end(scale, bases, rules))
    return Facts(members, recipients, allocation, events, RESERVE * scale)


def _is_joint(rule: Rule) -> bool:
    joint = [split.form.joint for split in rule.splits if isinstance(split.form, Bearing)]
    return any((*joint, *(bearer.joint for bearer in rule.bearers if isinstance(bearer, MembersBear))))


def _tour(scale: int, bases: Collection[str], dates: int) -> Iterator[Event]:
    if "fee" in bases:
        for at in range(dates):
            yield Performance(PREMIERE + timedelta(days=EVERY * (at + 1)), FEE * scale)


def _year_end(scale: int, bases: Set[str], rules: tuple[Rule, ...]) -> Iterator[Event]:
    if bases & {"gross", "net", "profit"}:
        kinds = dict.fromkeys(line.kind for rule in rules for line in getattr(rule.counts, "deductions", ()))
        costs = tuple(DeclaredDeduction(kind, COST * scale, evidence=True) for kind in kinds)
        yield Period(YEAR_END, gross=GROSS * scale, net=NET * scale, profit=PROFIT * scale, deductions=costs)
    if bases & {"surplus", "result-after-aid"}:
        yield Result(YEAR_END, SURPLUS * scale)
    if "deficit" in bases:
        yield Result(YEAR_END, -DEFICIT * scale)
    if "recouped" in bases:
        yield Recouped(YEAR_END, RECOUPED * scale)
    if "loss" in bases:
        yield Loss(YEAR_END, LOSS * scale)
