"""How the fund has chosen to book what it receives and shares; what holds where it has chosen nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fund.chart import DEFAULTS, OPTIONS, SUBJECTS, TREATMENTS, BookingOption
from fund.models import Fund, Treatment


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice as it was made: for a category, a convention or the whole subject, and the fund's own text."""

    subject: str
    category: str
    convention: str
    option: BookingOption
    basis: str
    decided_on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds on a day: `chosen` is None where the fund chose nothing and the usual treatment holds."""

    subject: str
    category: str
    convention: str
    option: BookingOption
    chosen: Chosen | None


class TreatmentsOf:
    """The choices of a fund read once, for an act that books many things."""

    def __init__(self, rows: Iterable[Chosen]) -> None:
        self.rows = tuple(rows)

    @classmethod
    def read(cls, fund: Fund) -> TreatmentsOf:
        """Every choice that the fund ever made, oldest first."""
        rows = Treatment.objects.filter(fund=fund).order_by("decided_on", "pk")
        return cls(_chosen(row) for row in rows if row.option in OPTIONS)

    def of(self, subject: str, *, on: date, category: str = "", convention: str = "") -> InForce:
        """What holds on a day: the convention's choice, else the category's, else the subject's, else the usual one."""
        for wanted in ((("", convention) if convention else None), ((category, "") if category else None), ("", "")):
            found = [
                row
                for row in self.rows
                if wanted is not None
                and row.subject == subject
                and (row.category, row.convention) == wanted
                and row.decided_on <= on
            ]
            if found:
                return InForce(subject, category, convention, found[-1].option, found[-1])
        usual = TREATMENTS.get(category) if subject == "member-money" else None
        return InForce(subject, category, convention, usual or DEFAULTS[subject], None)  # type: ignore[index]

    def has_chosen(self, subject: str) -> bool:
        """Whether the fund ever chose something for a subject."""
        return any(row.subject == subject for row in self.rows)


def treatment_of(fund: Fund, subject: str, *, on: date, category: str = "", convention: str = "") -> BookingOption:
    """The treatment that holds on a day for a category of members or a convention."""
    return TreatmentsOf.read(fund).of(subject, on=on, category=category, convention=convention).option


@dataclass(frozen=True, slots=True)
class TreatmentsPage:
    """What holds on a day, for each category of members and each other subject; and every choice, newest first."""

    on: date
    members: tuple[InForce, ...]
    others: tuple[InForce, ...]
    conventions: tuple[Chosen, ...]
    history: tuple[Chosen, ...]


def treatments_page(fund: Fund, on: date) -> TreatmentsPage:
    """The treatments of a fund as of a day."""
    read = TreatmentsOf.read(fund)
    return TreatmentsPage(
        on=on,
        members=tuple(read.of("member-money", on=on, category=category) for category in TREATMENTS),
        others=tuple(read.of(subject, on=on) for subject in SUBJECTS if subject != "member-money"),
        conventions=tuple(row for row in read.rows if row.convention and row.decided_on <= on),
        history=tuple(reversed(read.rows)),
    )


def _chosen(row: Treatment) -> Chosen:
    return Chosen(
        subject=row.subject,
        category=row.category,
        convention=row.convention,
        option=OPTIONS[row.option],
        basis=row.basis,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
    )
