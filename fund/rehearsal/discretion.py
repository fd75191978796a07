"""A rehearsal for those who may not see each member's money: their own line, and the others by category."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from fund.rehearsal.comparing import Comparison, Line, losers_first, together

FEWEST = 3
"""Members of one category that stand together; a smaller category joins the other members."""


def members_gathered(comparison: Comparison, own: Collection[str]) -> Comparison:
    """The same rehearsal, the same sums: the members of these codes by name, the others together by category."""
    categories = {f"member:{member.code}": member.category for member in comparison.past.members}
    mine = {f"member:{code}" for code in own}
    groups: dict[str, list[Line]] = {}
    kept: list[Line] = []
    for line in comparison.lines:
        if line.is_member and line.party not in mine:
            groups.setdefault(f"members:{categories[line.party]}", []).append(line)
        else:
            kept.append(line)
    small = [line for lines in groups.values() if len(lines) < FEWEST for line in lines]
    whole = {name: lines for name, lines in groups.items() if len(lines) >= FEWEST}
    if small and len(small) < FEWEST and whole:  # few others: they join the smallest category
        name = min(whole, key=lambda each: (len(whole[each]), each))
        small += whole.pop(name)
    kept += [together(name, lines) for name, lines in whole.items()]
    if small:
        kept.append(together("members:other", small))
    return replace(comparison, lines=tuple(sorted(kept, key=losers_first)))
