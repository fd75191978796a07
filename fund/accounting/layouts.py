"""How the accounts of a year become the lines of a statement: each account lands on one line, by its number.

Plain Python. A layout is data: headings, lines with the numbers that their accounts begin with, subtotals over blocks
of lines. The longest number wins, as in the regulation's own lists; a line may take debit balances alone and another
the credit balances of the same accounts, account by account and third party by third party, so that nothing is netted
(*non-compensation*). An account with a balance and no line is refused by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from fund.accounting.layout_errors import LineMissing
from fund.accounting.year import YearRow
from ledger.money import Amount, Unit

DEBIT: Final = 1
CREDIT: Final = -1
Sign = Literal[1, -1]
Side = Literal["whole", "debit", "credit", "less"]
Kind = Literal["heading", "line", "memo", "subtotal"]
Measure = Callable[[YearRow], int]
"""What of a row a statement shows: what it closes with, or what it moved by."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: the first figures of its accounts, and the block whose subtotal it enters.

    `whole` takes any balance, `debit` and `credit` those of one side alone, `less` is what is taken off in the column
    of depreciation. `sign` is the side that is shown above zero.
    """

    code: str
    fr: str
    en: str
    block: str
    sign: Sign
    whole: tuple[str, ...] = ()
    debit: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Memo:
    """A part of the line above it (*dont*), shown and never added."""

    code: str
    fr: str
    en: str
    sign: Sign
    accounts: tuple[str, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A title over lines, shown while one of them is."""

    fr: str
    en: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The lines of some blocks, less those of others; `always` is shown at zero too."""

    code: str
    fr: str
    en: str
    of: tuple[str, ...]
    minus: tuple[str, ...] = ()
    always: bool = False


Item = Line | Memo | Heading | Subtotal


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a statement in order, for one version of the chart; `classes` are those it has to place."""

    chart: str
    classes: tuple[str, ...]
    parts: Mapping[str, tuple[Item, ...]]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(item for items in self.parts.values() for item in items if isinstance(item, Line))


@dataclass(frozen=True, slots=True)
class Columns:
    """The three columns of a line, in minor units: gross, what is taken off, and what remains."""

    gross: int = 0
    less: int = 0

    @property
    def net(self) -> int:
        return self.gross - self.less

    def __add__(self, other: Columns) -> Columns:
        return Columns(self.gross + other.gross, self.less + other.less)

    def __sub__(self, other: Columns) -> Columns:
        return Columns(self.gross - other.gross, self.less - other.less)


@dataclass(frozen=True, slots=True)
class Figure:
    """A line as it is printed: this year's columns, and what the year before says (None: nobody knows)."""

    code: str
    kind: Kind
    level: int
    fr: str
    en: str
    now: Columns = Columns()
    before: int | None = None

    @property
    def net(self) -> int:
        return self.now.net


Placed = Mapping[str, Sequence[YearRow]]
"""By the code of a line, the rows that make it."""


def title_of(layout: Layout, code: str) -> tuple[str, str] | None:
    """The title of a line in French and English, after that of its heading where it stands in; None without it."""
    for items in layout.parts.values():
        headings: dict[int, Heading] = {}
        for item in items:
            if isinstance(item, Heading):
                headings[item.level] = item
            elif isinstance(item, Line) and item.code == code:
                over = headings.get(item.level - 1)
                if over is None:
                    return item.fr, item.en
                return f"{over.fr} – {item.fr}", f"{over.en} – {item.en}"
    return None


def closing(row: YearRow) -> int:
    """What the row closes with: the measure of a balance sheet."""
    return row.closing


def movement(row: YearRow) -> int:
    """What the year moved the row by: the measure of an income statement."""
    return row.movement


def opening(row: YearRow) -> int:
    """What the row opened with: the balance sheet of the year before, where that year is not in the books."""
    return row.opening


def line_of(layout: Layout, number: str, minor: int) -> Line | None:
    """The line of an account with this balance (debit above zero): the longest number that fits; None without."""
    return _found(_index(layout), number, minor)


def placed(layout: Layout, rows: Iterable[YearRow], measure: Measure, unit: Unit) -> Placed:
    """Every row of the layout's classes on its line; rows at zero and of other classes are left out.

    Refused with LineMissing when an account with a balance has no line: all of them are named.
    """
    index = _index(layout)
    found: dict[str, list[YearRow]] = defaultdict(list)
    lost: dict[str, int] = defaultdict(int)
    for row in rows:
        minor = measure(row)
        if not minor or not row.key.chart.startswith(layout.classes):
            continue
        line = _found(index, row.key.chart, minor)
        if line is None:
            lost[row.key.chart] += minor
        else:
            found[line.code].append(row)
    if lost:
        raise LineMissing(
            chart=layout.chart, accounts=[(number, Amount(minor, unit)) for number, minor in sorted(lost.items())]
        )
    return found


_Index = dict[str, dict[Side, Line]]


def _index(layout: Layout) -> _Index:
    """By the beginning of a number, the lines that take its debit balances, its credit balances, or both."""
    index: _Index = defaultdict(dict)
    for line in layout.lines:
        sides: tuple[tuple[Side, tuple[str, ...]], ...] = (
            ("whole", line.whole),
            ("debit", line.debit),
            ("credit", line.credit),
            ("less", line.less),
        )
        for side, numbers in sides:
            for number in numbers:
                index[number][side] = line
    return index


def _found(index: _Index, number: str, minor: int) -> Line | None:
    asked: Side = "debit" if minor > 0 else "credit"
    for length in range(len(number), 0, -1):
        sides = index.get(number[:length])
        if sides is not None and (line := sides.get("whole") or sides.get("less") or sides.get(asked)) is not None:
            return line
    return None


def columns(line: Line, rows: Iterable[YearRow], measure: Measure) -> Columns:
    """The columns of one line from its rows."""
    gross = less = 0
    for row in rows:
        if _is_less(line, row.key.chart):
            less -= line.sign * measure(row)
        else:
            gross += line.sign * measure(row)
    return Columns(gross, less)


def _is_less(line: Line, number: str) -> bool:
    """Whether the longest of the line's own numbers that fits is one of depreciation."""
    kept = max((len(each) for each in (*line.whole, *line.debit, *line.credit) if number.startswith(each)), default=0)
    return max((len(each) for each in line.less if number.startswith(each)), default=0) > kept


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a statement is made of: rows, and what of them is shown."""

    rows: tuple[YearRow, ...]
    measure: Measure


def figures(layout: Layout, part: str, now: Column, before: Column | None, unit: Unit) -> tuple[Figure, ...]:
    """The printed lines of one part of a layout: lines that are empty in both years are left out (art. 410-2)."""
    columns_now = _by_line(layout, now, unit)
    columns_before = _by_line(layout, before, unit) if before else None
    shown: list[Figure] = []
    for item in layout.parts[part]:
        if isinstance(item, Heading):
            shown.append(Figure("", "heading", item.level, item.fr, item.en))
            continue
        here = _columns_of(layout, item, now, columns_now)
        there = _columns_of(layout, item, before, columns_before).net if before and columns_before is not None else None
        if here == Columns() and not there and not _is_kept(layout, item, columns_now, columns_before):
            continue
        kind: Kind = "line" if isinstance(item, Line) else "memo" if isinstance(item, Memo) else "subtotal"
        level = 0 if isinstance(item, Subtotal) else item.level
        shown.append(Figure(item.code, kind, level, item.fr, item.en, here, there))
    return tuple(_without_empty_headings(shown))


def _by_line(layout: Layout, column: Column, unit: Unit) -> dict[str, Columns]:
    on = placed(layout, column.rows, column.measure, unit)
    return {line.code: columns(line, on.get(line.code, ()), column.measure) for line in layout.lines}


def _columns_of(
    layout: Layout, item: Line | Memo | Subtotal, column: Column | None, found: Mapping[str, Columns] | None
) -> Columns:
    if column is None or found is None:
        return Columns()
    if isinstance(item, Line):
        return found[item.code]
    if isinstance(item, Memo):
        return Columns(
            item.sign * sum(column.measure(row) for row in column.rows if row.key.chart.startswith(item.accounts))
        )
    total = Columns()
    for line in layout.lines:
        if line.block in item.of:
            total += found[line.code]
        elif line.block in item.minus:
            total -= found[line.code]
    return total


def _is_kept(
    layout: Layout, item: Line | Memo | Subtotal, now: Mapping[str, Columns], before: Mapping[str, Columns] | None
) -> bool:
    """A subtotal at zero is kept where it must be, or where some of its lines are shown."""
    if not isinstance(item, Subtotal):
        return False
    lines = [line.code for line in layout.lines if line.block in (*item.of, *item.minus)]
    return item.always or any(
        found[code] != Columns() for found in (now, before or {}) for code in lines if code in found
    )


def _without_empty_headings(shown: Sequence[Figure]) -> Iterable[Figure]:
    """A heading stays while a line of a lower rank follows it before the next heading of its own."""
    for place, figure in enumerate(shown):
        if figure.kind == "heading":
            rest = (each for each in shown[place + 1 :] if each.kind != "heading" or each.level <= figure.level)
            after = next(rest, None)
            if after is None or after.kind in ("heading", "subtotal") or after.level <= figure.level:
                continue
        yield figure
