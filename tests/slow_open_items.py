"""The slow twin of open items: cent by cent, one settlement at a time, written from the rule and not from the code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fund.accounting.lines import BookLine


def slowly_open(lines: Sequence[BookLine], day: date) -> dict[int, int]:
    """What remains of each line on the day, by posting; those of nothing are left out. Without closings."""
    known = [line for line in lines if not line.on > day]
    left = {line.posting: line.minor for line in known}
    names = {(line.account, line.lettering) for line in known if line.lettering and line.lettered_on}
    for name in names:
        group = [
            line for line in known
            if (line.account, line.lettering) == name and line.lettered_on is not None and not line.lettered_on > day
        ]  # fmt: skip
        oldest_first = sorted(group, key=lambda line: (line.document_on or line.on, line.posting))
        while True:
            debits = [line for line in oldest_first if left[line.posting] > 0]
            credits_ = [line for line in oldest_first if left[line.posting] < 0]
            if not debits or not credits_:
                break
            left[debits[0].posting] -= 1
            left[credits_[0].posting] += 1
    return {posting: minor for posting, minor in left.items() if minor}
