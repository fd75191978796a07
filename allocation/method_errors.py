"""What the methods refuse beside a faulty problem: ballots that cannot tell what a method asks of them."""

from __future__ import annotations

from collections.abc import Mapping

from allocation.errors import AllocationError

_KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {"approval": "approvals", "points": "points", "ranks": "rankings"},
    "fr": {"approval": "des approbations", "points": "des points", "ranks": "des classements"},
}


class BallotsUnsuited(AllocationError):
    """A method or a utility needs ballots that say more than these do, or something else."""

    code = "ballots_unsuited"
    sentences = {
        "en": "“{asked}” needs {needed}; these ballots say {given}. Choose another method or another utility.",
        "fr": "« {asked} » demande {needed} ; ces bulletins portent {given}. "
        "Choisissez une autre méthode ou une autre utilité.",
    }

    def __init__(self, *, asked: str, needed: str, given: str) -> None:
        self.needed, self.given = needed, given
        super().__init__(asked=asked[:60], needed=needed, given=given)

    def sentence(self, language: str) -> str:
        words = "fr" if language == "fr" else "en"
        kinds = _KINDS[words]
        join = " ou " if words == "fr" else " or "
        needed = join.join(kinds[kind] for kind in self.needed.split(" | "))
        return self.sentences[words].format(asked=self.figures["asked"], needed=needed, given=kinds[self.given])


class StepTooSmall(AllocationError):
    """Add1 raises the purses by so little that it would not end in reasonable time."""

    code = "step_too_small"
    sentences = {
        "en": "With a step of {step} the purses were raised {runs} times and money is still left; take a larger step.",
        "fr": "Avec un pas de {step}, les parts ont été relevées {runs} fois et il reste de l'argent ; "
        "prenez un pas plus grand.",
    }

    def __init__(self, *, step: str, runs: int) -> None:
        super().__init__(step=step[:60], runs=runs)
