"""Our equal shares with cost utility, in a process of its own: an election from a file, winners, memory."""

import resource
import sys
from pathlib import Path

from workers import ROOT, seconds, serve

sys.path.insert(0, str(ROOT))

from allocation.elections.pabulib import Election, read_bytes
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule

PARAMETERS: dict[str, str | int] = {"utility": "cost", "completion": "none", "min_support": 0}


class Shares:
    """What is timed begins with the election as it was read, merging of ballots included, and ends with the winners."""

    def __init__(self) -> None:
        self.election: Election | None = None
        self.winners: tuple[str, ...] = ()

    def read(self, *, file: str) -> None:
        self.election = read_bytes(Path(file).read_bytes())

    def equal_shares(self) -> float:
        return seconds(lambda: self._decide(PARAMETERS))

    def add_one(self) -> float:
        return seconds(lambda: self._decide({**PARAMETERS, "completion": "add1"}))

    def _decide(self, parameters: dict[str, str | int]) -> None:
        assert self.election is not None
        problem = self.election.problem()
        result = solve(problem, method="equal-shares/1", parameters=parameters, tie_rule=TieRule())
        self.winners = result.winners

    def state(self) -> list[str]:
        return list(self.winners)

    def peak(self) -> float:
        """The most memory that this process has held so far, in millions of bytes."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000


if __name__ == "__main__":
    serve(Shares())
