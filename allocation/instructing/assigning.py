"""Who reads what: readings spread over people as evenly as recusals allow, with nobody choosing.

Plain Python. Each application needs so many readers, nobody reads an application twice or one that is closed to them,
and some readings may be given already. Among all ways to do it, one is found in which the loads are as even as they can
be: the sum of their squares is least, and for readings like these that makes every other measure of unevenness least
too (Harvey, Ladner, Lovász, Tamir, Semi-matchings for bipartite graphs and load balancing, 2006). Readings are given
one after the other; each takes the shortest way through those given before to the person who has least, which keeps
the whole as even as it can be (successive shortest paths of a flow whose costs grow with the load). When there is no
way, the people that were reached and the applications that need them are the proof, with their figures.

Where several people are level, the smallest lot decides: SHA-256 of the call's committed seed, the application and the
person, so that anybody can check it once the seed is published.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from allocation.instructing.errors import AssignmentImpossible
from allocation.methods.ties import lot

READERS_LIMIT = 20
"""Rapporteurs of one application: more is a slip of the pen."""
FILES_LIMIT = 1000
"""Applications of one rapporteur."""

Pairs = frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Readings:
    """What is to be read: the numbers of the applications, the people, which pairs are closed, which are given."""

    applications: tuple[int, ...]
    people: tuple[str, ...]
    closed: Pairs = frozenset()
    given: Pairs = frozenset()

    def able(self, number: int) -> tuple[str, ...]:
        """The people to whom an application is open."""
        return tuple(person for person in self.people if (number, person) not in self.closed)


def assign_evenly(
    readings: Readings, *, wanted: int, seed: str, most: int | None = None
) -> tuple[tuple[int, str], ...]:
    """The readings to give so that each application has `wanted` readers, by application and person.

    `most` bounds what one person reads, with what is given already. What is given stays; where an application has
    more than `wanted`, nothing is added. Raises AssignmentImpossible.

    >>> assign_evenly(Readings((1, 2), ("ana", "bo", "cy"), closed=frozenset({(1, "cy")})), wanted=1, seed="s")
    ((1, 'bo'), (2, 'cy'))
    """
    _check(readings, wanted, most)
    room = _Room(readings, most=most, lots=lambda number, person: lot(seed, f"rapporteur:{number}:{person}"))
    turns = sorted(readings.applications, key=lambda number: lot(seed, f"rapporteur:{number}"))
    for _ in range(wanted):
        for number in turns:
            if room.count(number) < wanted:
                room.place(number, wanted)
    return tuple(sorted(room.new))


def _check(readings: Readings, wanted: int, most: int | None) -> None:
    if not 1 <= wanted <= READERS_LIMIT:
        raise AssignmentImpossible(why="wanted_out_of_range", wanted=wanted, limit=READERS_LIMIT)
    if most is not None and not 1 <= most <= FILES_LIMIT:
        raise AssignmentImpossible(why="most_out_of_range", most=most, limit=FILES_LIMIT)
    for number in readings.applications:
        able = readings.able(number)
        kept = [person for held, person in readings.given if held == number and person not in able]
        if len(able) + len(kept) < wanted:
            raise AssignmentImpossible(
                why="too_few_people",
                number=number,
                wanted=wanted,
                able=len(able),
                recused=len(readings.people) - len(able),
            )


class _Room:
    """The readings so far, and the way to the person with least."""

    def __init__(self, readings: Readings, *, most: int | None, lots: Callable[[int, str], str]) -> None:
        self.given, self.most = readings.given, most
        self.able = {
            number: sorted(readings.able(number), key=lambda person: lots(number, person))
            for number in readings.applications
        }
        self.new: set[tuple[int, str]] = set()
        self.load = {person: sum(reader == person for _, reader in readings.given) for person in readings.people}
        self.already = dict(self.load)

    def count(self, number: int) -> int:
        """How many readers an application has."""
        return sum(held == number for held, _ in self.given | self.new)

    def place(self, number: int, wanted: int) -> None:
        """Give the application one more reader, moving readings along the way where that makes the whole more even."""
        came_from, seen = self._reached(number)
        free = [person for person in came_from if self.most is None or self.load[person] < self.most]
        if not free:
            self._refuse(seen, wanted)
        least = min(self.load[person] for person in free)
        person = next(person for person in free if self.load[person] == least)
        self.load[person] += 1
        while True:
            reading, relieved = came_from[person]
            self.new.add((reading, person))
            if relieved is None:
                return
            self.new.discard((reading, relieved))
            person = relieved

    def _reached(self, number: int) -> tuple[dict[str, tuple[int, str | None]], list[int]]:
        """Whom the application reaches, nearest first: the reading they would take, and the person they would relieve.

        With them the applications on the way.
        """
        came_from: dict[str, tuple[int, str | None]] = {}
        relieved: dict[int, str | None] = {number: None}
        waiting = [number]
        for reading in waiting:
            for person in self.able[reading]:
                if person in came_from or (reading, person) in self.new or (reading, person) in self.given:
                    continue
                came_from[person] = (reading, relieved[reading])
                for other in sorted(held for held, reader in self.new if reader == person):
                    if other not in relieved:
                        relieved[other] = person
                        waiting.append(other)
        return came_from, waiting

    def _refuse(self, seen: Collection[int], wanted: int) -> None:
        """Name the applications that hang together and what the people who may read them can give at most (Hall)."""
        numbers = sorted(seen)
        open_to = {
            person: sum(person in self.able[number] and (number, person) not in self.given for number in numbers)
            for person in self.load
        }
        people = [person for person, files in open_to.items() if files]
        most = self.most or 0
        room = sum(min(max(most - self.already[person], 0), open_to[person]) for person in people)
        needed = sum(max(wanted - sum(held == number for held, _ in self.given), 0) for number in numbers)
        raise AssignmentImpossible(
            why="too_many_files",
            numbers=", ".join(map(str, numbers)),
            needed=needed,
            able=len(people),
            room=room,
            most=most,
        )
