"""pabutools: equal shares with cost utility, exact as it is by default, from its own instance and profile."""

import sys

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import method_of_equal_shares
from workers import seconds, serve

sys.setrecursionlimit(10_000)  # it calls itself once per winner


class Pabutools:
    """What is timed begins with the election as it has parsed it, and ends with the winners in their order."""

    def __init__(self) -> None:
        self.instance, self.profile, self.winners = None, None, []

    def read(self, *, file: str) -> None:
        self.instance, self.profile = parse_pabulib(file)

    def equal_shares(self) -> float:
        found = []
        took = seconds(lambda: found.extend(method_of_equal_shares(self.instance, self.profile, sat_class=Cost_Sat)))
        self.winners = [project.name for project in found]
        return took

    def state(self) -> list[str]:
        return self.winners


if __name__ == "__main__":
    serve(Pabutools())
