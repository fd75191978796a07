"""A whole charter by hand, as a treasurer does it with a ruled sheet: twin of the engine, statement after statement.

Nothing here is clever, and nothing is taken from the engine: an amount is what the running total makes due with an
event, less what it made due without it; a rank begins at the cent that fills the rank before, found by counting up.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from fund.charter.facts import Event, Facts, Loss, MemberFacts, Performance, Period, Recouped, Result
from fund.charter.grammar import Brackets, Charter, FixedFee, FreeWithFloor, Payment, RateOfDeclared
from fund.charter.rules import Deficits, Excesses, Fees, FixedLimit, Limit, Periods, Rule, ToRecipients
from tests.slow_sharing import Before, Shares, borne, nearest, shared

KINDS: dict[str, type] = {
    "fee": Performance, "gross": Period, "net": Period, "profit": Period, "surplus": Result, "deficit": Result,
    "result-after-aid": Result, "recouped": Recouped, "loss": Loss,
}  # fmt: skip


@dataclass
class Row:
    """A line of the sheet: an event, what the rule counts of it, what it adds to the due."""

    event: int
    rule: str
    base: int
    amount: int


@dataclass
class Column:
    """A rule with its rows; `lifted`, within `due`, is what lifts the points to their minimum."""

    rule: Rule
    rows: list[Row] = field(default_factory=list)
    came_in: int = 0
    due: int = 0
    lifted: Fraction = Fraction(0)


@dataclass
class Sheet:
    """A statement: what every event made due, and what everyone has received."""

    rows: list[Row]
    shares: dict[tuple[str, str, str], int]
    uncovered: int
    carried: dict[str, int]
    contributions: dict[str, tuple[int, ...]]


def sheet(charter: Charter, facts: Facts, before: Before | None = None) -> Sheet:
    """One statement over all the events so far."""
    before = before or Before()
    done = Sheet([], {}, 0, {}, called(charter, facts))
    columns = [column for base in KINDS for column in columns_of(charter, base, facts)]
    for column in columns:
        done.rows += column.rows
        given = statement_of(column, facts, before)
        done.shares |= given.parts
        done.uncovered += given.uncovered
        if given.carried:
            done.carried[column.rule.name] = given.carried
    return done


def statement_of(column: Column, facts: Facts, before: Before) -> Shares:
    """Who receives what a column made due; the rest stays with whoever keeps it."""
    rule = column.rule
    if rule.bearers:
        return borne(rule, column.due, facts, before)
    given = shared(rule, column.due, column.lifted, facts, before)
    if rule.rest_to is not None:
        given.put(f"{rule.name}/rest", {(rule.rest_to, "retained"): max(0, column.came_in - column.due)})
    return given


def columns_of(charter: Charter, base: str, facts: Facts) -> list[Column]:
    """The rules of one base, rank after rank."""
    columns: list[Column] = []
    start = 0
    for rank in sorted({rule.rank for rule in charter.rules if rule.base == base}):
        here = [column_of(rule, facts, start) for rule in charter.rules if rule.base == base and rule.rank == rank]
        columns += here
        if any(rule.base == base and rule.rank > rank for rule in charter.rules):
            start = max(filled_at(column, facts, start) for column in here)
    return columns


# What counts


def in_order(events: Iterable[Event]) -> list[tuple[int, Event]]:
    placed = list(enumerate(events))
    return sorted(placed, key=lambda each: (each[1].date.isoformat(), each[1].reference, each[0]))


def is_left_out(rule: Rule, event: Event, dates: int, facts: Facts) -> bool:
    """Whether the article excepts this event, the `dates`-th that it looks at."""
    counts, allocation = rule.counts, facts.allocation
    if rule.no_return_up_to is not None and (allocation.amount or 0) <= rule.no_return_up_to:
        return True
    if isinstance(counts, Fees) and (
        dates <= counts.exclude_first_dates or (counts.exclude_member_dates and event.member_date)  # type: ignore[union-attr]
    ):
        return True
    if isinstance(counts, Fees | Periods):
        if counts.only_triggered and not event.triggered:  # type: ignore[union-attr]
            return True
        if counts.vesting_months is not None and not (event.vested and allocation.vested):  # type: ignore[union-attr]
            return True
    if rule.window_months is None:
        return False
    opens = allocation.premiere or date.max
    return event.date < opens or event.date > same_day(opens, rule.window_months)


def same_day(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def figure_of(rule: Rule, event: Event) -> int | None:
    """What an event declares of the base, costs taken off; None when it says nothing about it."""
    if isinstance(event, Performance):
        return event.fee
    if not isinstance(event, Period):
        turned = -event.minor if rule.base == "deficit" else event.minor
        return max(0, turned) if rule.base in ("surplus", "deficit") else turned
    counted: int | None = getattr(event, rule.base)
    return None if counted is None else counted - costs_of(rule, event)


def costs_of(rule: Rule, event: Period) -> int:
    total = 0
    for allowed in rule.deductions:
        proven = [cost.minor for cost in event.deductions
                  if cost.kind == allowed.kind and (cost.evidence or not allowed.evidence)]  # fmt: skip
        taken = Fraction(sum(proven))
        if isinstance(allowed.limit, FixedLimit):
            taken = min(taken, Fraction(allowed.limit.minor))
        elif allowed.limit is not None and proven:
            taken = min(taken, allowed.limit.rate * max(0, event.gross or 0))
        total += int(taken)
    return total


# What is due


def column_of(rule: Rule, facts: Facts, start: int) -> Column:
    """Every event of a rule in order; `start` is the cent at which its rank begins."""
    column = Column(rule)
    cap, lift = cap_of(rule, facts), Fraction(0)
    dates = counted = results = by_item = 0
    for place, event in in_order(facts.events):
        figure = figure_of(rule, event) if isinstance(event, KINDS[rule.base]) else None
        if figure is None:
            continue
        dates += 1
        if is_left_out(rule, event, dates, facts):
            column.came_in += figure
            continue
        before = counted
        if isinstance(rule.counts, Excesses):
            results += figure
            counted = max(0, results + facts.allocation.other_aid)
        else:
            counted += figure
        added = exact(rule, facts, counted, start) - exact(rule, facts, before, start)
        if before >= begins(rule, facts, start):
            lift += lifted_of(
                rule, facts, added, column.due, None if cap is None else cap + nearest(lift * on_top(rule))
            )
        by_item += nearest(added)
        due = max(0, by_item) if rule.rounding == "per-item" else nearest(exact(rule, facts, counted, start))
        if cap is not None:
            due = min(due, cap + nearest(lift * on_top(rule)))
        column.rows.append(Row(place, rule.name, counted - before, due - column.due))
        column.due, column.lifted = due, lift
        column.came_in += counted - before
    return column


def on_top(rule: Rule) -> int:
    """1 where the cap measures one party: what lifts the points does not fill it."""
    return 1 if rule.cap is not None and rule.cap.of is not None else 0


def lifted_of(rule: Rule, facts: Facts, added: Fraction, due: int, cap: int | None) -> Fraction:
    """What lifts the points of one period to their minimum, out of what the others would have had of it."""
    points = sum((s.share for s in rule.splits if isinstance(s, ToRecipients) and s.key == "points"), Fraction(0))
    if rule.floor_per_point is None or points == 1 or added <= 0 or (cap is not None and due + added >= cap):
        return Fraction(0)
    minimum = rule.floor_per_point * sum(
        (each.points or Fraction(0) for each in facts.recipients.values()), Fraction(0)
    )
    short = min(minimum, added) - added * points
    # Of the whole the points take x first, and then their share of what is left: x + points × (added - x).
    return max(Fraction(0), short / (1 - points))


def limit_of(limit: Limit | None, facts: Facts) -> Fraction:
    if limit is None:
        return Fraction(0)
    if isinstance(limit, FixedLimit):
        return Fraction(limit.minor)
    return limit.rate * (facts.allocation.other_aid if limit.of == "other_aid" else facts.allocation.amount or 0)


def cap_of(rule: Rule, facts: Facts) -> int | None:
    """Whole cents that the rule may make due; where one party is measured, so many that its part stays within."""
    if rule.cap is None:
        return None
    most = limit_of(rule.cap.limit, facts)
    if rule.cap.of is not None:
        most /= sum(split.share for split in rule.splits if split.to == rule.cap.of)
    return int(most)


def begins(rule: Rule, facts: Facts, start: int) -> Fraction:
    return start + limit_of(rule.franchise, facts)


def exact(rule: Rule, facts: Facts, counted: int, start: int) -> Fraction:
    """What a running total makes due before rounding and cap."""
    above = max(Fraction(0), counted - begins(rule, facts, start))
    due = above * rule.rate
    if isinstance(rule.counts, Deficits) and rule.counts.aid_ceiling is not None:
        due = min(due, max(Fraction(0), above * rule.counts.aid_ceiling - facts.allocation.other_aid))
    return due


def filled_at(column: Column, facts: Facts, start: int) -> int:
    """The first cent at which the rule has all that it may make due; counting stops where nothing comes in any more."""
    rule, cap = column.rule, cap_of(column.rule, facts)
    assert cap is not None, "a rank with another after it has a cap"
    full = cap + column.lifted * on_top(rule)
    cent = -int(-begins(rule, facts, start) // 1)
    most = cent + sum(abs(row.base) for row in column.rows) + 1
    while exact(rule, facts, cent, start) < full and cent < most:
        cent += 1
    return cent


# What members are called for


def called(charter: Charter, facts: Facts) -> dict[str, tuple[int, ...]]:
    """The instalments of each member whose article can be computed."""
    articles = {name: article_for(charter, member) for name, member in facts.members.items()}
    calls: dict[str, tuple[int, ...]] = {}
    for name, member in facts.members.items():
        article = articles[name]
        if article is None:
            continue
        terms = article[1]
        few = (
            terms.launch_threshold is not None and sum(a == article for a in articles.values()) < terms.launch_threshold
        )
        minor = 0 if few else amount_for(terms, member)
        whole, more = divmod(minor, terms.instalments)
        calls[name] = tuple(whole + (at < more) for at in range(terms.instalments))
    return calls


def article_for(charter: Charter, member: MemberFacts) -> tuple[str, Payment] | None:
    """The article that names the member's category, else the one that names none."""
    for named in (True, False):
        for rule in charter.contributions:
            fits = member.category in rule.categories if named else not rule.categories
            if isinstance(rule.terms, Payment) and fits:
                return rule.name, rule.terms
    return None


def amount_for(terms: Payment, member: MemberFacts) -> int:
    formula = terms.formula
    if isinstance(formula, FixedFee):
        return formula.minor
    if isinstance(formula, RateOfDeclared):
        amount = nearest(formula.rate * member.declared[formula.declared])
        amount = max(amount, formula.floor_minor or 0)
        return amount if formula.cap_minor is None else min(amount, formula.cap_minor)
    if isinstance(formula, Brackets):
        reached = [row.minor for row in formula.brackets
                   if row.up_to_minor is None or member.declared[formula.declared] <= row.up_to_minor]  # fmt: skip
        return reached[0]
    return max(member.pledge or 0, formula.floor_minor if isinstance(formula, FreeWithFloor) else 0)
