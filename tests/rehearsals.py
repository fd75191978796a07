"""A past in words, and drafts of a charter that change one thing of `creafonds`."""

from __future__ import annotations

from datetime import date

from fund.charter.facts import Performance
from fund.charter.grammar import Charter
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped, shipped_text
from fund.rehearsal.records import Booked, Call, MemberRecord, Past, Payment, ProjectRecord, Receipt, StatementRecord
from ledger.money import EUR

YEAR, CLOSING = 2026, date(2026, 12, 31)


def booked(amount: int, *, fund: int, a: int, b: int, company: int, carried: int = 0) -> Booked:
    """What the books hold of a statement that is shared between the fund, A, B and the company."""
    rights = {("member:A", "drawing-right"): a, ("member:B", "drawing-right"): b}
    return Booked(amount, carried, {("fund", "cash"): fund, ("company", "locked"): company} | rights)


BOOKED = booked(12_000, fund=7_200, a=2_700, b=900, company=1_200)


def changed(*changes: tuple[str, str]) -> Charter:
    """`creafonds` with words replaced, each where it comes first; it must be there."""
    return read_charter(changed_text(*changes))


def changed_text(*changes: tuple[str, str]) -> str:
    text = shipped_text("creafonds").decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


EQUALLY = ('key = "contribution"', 'key = "equal"')
TWICE = ('rate = "10 %"', 'rate = "20 %"')
NO_CAP = ('cap = "5000.00"\n', 'cap = "100000.00"\n')


def a_member(code: str, minor: int, *, budget: int | None = None, called: int | None = None) -> MemberRecord:
    """A venue that paid on 1 February what it was called for, unless something else is said."""
    declared = {} if budget is None else {YEAR: {"annual_production_budget": budget}}
    return MemberRecord(
        code=code,
        name=f"Membre {code} (fictif)",
        category="venue",
        since=date(YEAR, 1, 1),
        place=1,
        declared=declared,
        called={YEAR: Call(date(YEAR, 1, 1), minor if called is None else called)},
        receipts=(Receipt(date(YEAR, 2, 1), minor, 2),) if minor else (),
    )


def a_statement(*fees: int, place: int = 10, last: date = CLOSING, kept: Booked = BOOKED) -> StatementRecord:
    """Eight dates of 1,000.00 that count for nothing, then these."""
    days = [date(YEAR, 7, day) for day in range(1, 9 + len(fees))]
    sold = zip(days, (*[100_000] * 8, *fees), strict=True)
    played = [Performance(day, fee=fee, reference=f"D{day.day:02}") for day, fee in sold]
    return StatementRecord("EXPL", last, last, place, tuple(played), kept)


def a_project(*statements: StatementRecord, code: str = "P1", charter: Charter | None = None) -> ProjectRecord:
    """A project with an award of 3,000.00, paid by a third at the agreement and the rest at the première."""
    return ProjectRecord(
        code=code,
        title=f"Projet {code} (fictif)",
        company=f"CIE/{code}",
        company_name=f"Compagnie {code} (fictive)",
        awarded=300_000,
        awarded_on=date(YEAR, 5, 31),
        premiere=date(YEAR, 7, 1),
        signed_on=date(YEAR, 6, 7),
        charter=charter or shipped("creafonds"),
        charter_name="creafonds v1",
        payments=(Payment(date(YEAR, 6, 7), 100_000, "agreement"), Payment(date(YEAR, 7, 1), 200_000, "premiere")),
        statements=statements,
    )


def a_past(members: tuple[MemberRecord, ...] = (), projects: tuple[ProjectRecord, ...] = ()) -> Past:
    """A venue A that paid 3,000.00 and a venue B that paid 1,000.00; one project that owes 8 % of 1,500.00."""
    members = members or (a_member("A", 300_000, budget=3_000_000), a_member("B", 100_000, budget=1_000_000))
    projects = projects or (a_project(a_statement(100_000, 50_000)),)
    return Past(EUR, date(YEAR, 1, 1), CLOSING, 0, members, projects)
