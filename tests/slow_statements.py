"""The balance sheet and the income statement the obvious way: for each line, its accounts, one prefix at a time."""

from __future__ import annotations

from collections.abc import Mapping

from fund.accounting.layouts import Layout, Line

Balances = Mapping[tuple[str, str], int]
"""By account and third party, debit above zero."""


def takes(line: Line, layout: Layout, number: str, minor: int) -> bool:
    """Whether no line names a longer beginning of the number than this one does, for a balance of this side."""

    def best(each: Line) -> int:
        sides = [*each.whole, *each.less, *(each.debit if minor > 0 else each.credit)]
        return max((len(start) for start in sides if number.startswith(start)), default=0)

    return best(line) > 0 and all(best(other) <= best(line) for other in layout.lines)


def amounts(layout: Layout, balances: Balances) -> dict[str, int]:
    """What each line comes to."""
    return {
        line.code: line.sign
        * sum(minor for (number, _), minor in balances.items() if minor and takes(line, layout, number, minor))
        for line in layout.lines
    }
