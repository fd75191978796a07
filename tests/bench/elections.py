"""Elections to measure on: real ones where the folder of worked cases is present, else made up in the same sizes."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

from allocation.elections.pabulib import Election, ElectionBallot, ElectionProject, read_bytes, write_election
from ledger.money import EUR
from tests.bench.workers import ROOT

CASES = Path(os.environ.get("TRESSE_CASES", ROOT.parent / "shared" / "cases")) / "pabulib"
LARGE, LARGEST = 2_000, 20_000
"""From so many voters on, our speed is compared; from so many on, more is asked of it."""

SIZES = ((2_500, 22, 3), (7_000, 38, 5), (14_400, 58, 10), (51_000, 150, 4))
"""Voters, projects, and how many each voter supports, in the order of the real ones."""


@dataclass(frozen=True, slots=True)
class Case:
    """An election file and its size."""

    file: Path
    voters: int
    projects: int

    def __str__(self) -> str:
        return f"{self.projects} × {self.voters:,}"


def cases(folder: Path, *, scale: float = 1) -> list[Case]:
    """The elections with enough voters, the smallest first; made up in `folder` where there are no real ones."""
    files = sorted(CASES.glob("*.pb")) if scale == 1 else []
    found = [case for case in map(_measured, files) if case.voters >= LARGE]
    if not found:
        found = [_made_up(folder, max(10, int(voters * scale)), *rest) for voters, *rest in SIZES]
    return sorted(found, key=lambda case: case.voters)


def _measured(file: Path) -> Case:
    election = read_bytes(file.read_bytes())
    return Case(file, len(election.ballots), len(election.projects))


def _made_up(folder: Path, voters: int, projects: int, supported: int) -> Case:
    """The same election on every machine; some projects are supported far more than others."""
    chance = random.Random(f"{voters} {projects}")
    names = [f"P{number:03}" for number in range(projects)]
    weights = [1 + chance.random() * number for number in range(projects)]
    election = Election(
        budget=10_000_000,
        unit=EUR,
        vote_type="approval",
        projects=tuple(ElectionProject(name, chance.randrange(100_000, 2_000_000)) for name in names),
        ballots=tuple(
            ElectionBallot(f"V{voter}", tuple(dict.fromkeys(chance.choices(names, weights, k=supported))))
            for voter in range(voters)
        ),
    )
    file = folder / f"made-up-{voters}.pb"
    file.write_text(write_election(election), encoding="utf-8")
    return Case(file, voters, projects)
