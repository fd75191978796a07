"""What a replay found, in words: how many steps were done again, and the amounts that they confirm."""

from __future__ import annotations

from collections.abc import Iterator

from fund.charter.faults import Language
from fund.charter.replays import Replay


def replay_lines(replay: Replay, language: Language) -> Iterator[str]:
    """One line for the whole, then one for each amount that is confirmed, as the answer writes it."""
    steps, amounts = replay.steps, len(replay.amounts)
    if language == "fr":
        again, confirmed = ("s" if count > 1 else "" for count in (steps, amounts))
        yield f"{steps} étape{again} refaite{again} ; {amounts} montant{confirmed} confirmé{confirmed}."
    else:
        again, confirmed = ("" if count == 1 else "s" for count in (steps, amounts))
        yield f"{steps} step{again} done again; {amounts} amount{confirmed} confirmed."
    wide = max((len(each.name) for each in replay.amounts), default=0)
    for each in replay.amounts:
        yield f"  {each.name:{wide}}  {each.amount:>16}"
