"""Who on the committee is tied to whom, what they declared, and who counts on an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from allocation.applying.admissions import filed_content
from allocation.instructing.interests import Ties, Voices, declarations_of, listed, undeclared, voices
from allocation.models import Application, Call, Recusal
from fund.models import Access, Fund
from fund.queries.people import Person, committee_of


def committee_ties(fund: Fund, call: Call, on: date) -> dict[str, Ties]:
    """The parties for which each member of the committee speaks, in whichever role, or did since the call opened."""
    people = committee_of(fund, on)
    rows = Access.objects.select_related("party").filter(
        Q(until=None) | Q(until__gte=call.opens),
        fund=fund,
        user__username__in=people,
        since__lte=on,
        party__isnull=False,
    )
    parties: dict[str, set[str]] = {code: set() for code in people}
    names = {code: {person.name} for code, person in people.items()}
    for row in rows.select_related("user"):
        if row.party is not None:
            parties[row.user.get_username()].add(row.party.code)
            names[row.user.get_username()].add(row.party.name)
    return {code: Ties(frozenset(parties[code]), frozenset(names[code])) for code in people}


def voices_on(application: Application, on: date) -> Voices:
    """Who sits on the committee on a day, who of them is recused from the application, and who may vote on it."""
    fund = Fund.objects.get(slug=application.call.owner)
    return voices(application, committee_of(fund, on))


@dataclass(frozen=True, slots=True)
class Listed:
    """All that anybody sees of an application before they declared their interests: number, title, company."""

    number: int
    title: str
    company: str


@dataclass(frozen=True, slots=True)
class RecusalShown:
    """A recusal: who, from which application, by declaration or by rule, for which interest."""

    number: int
    person: str
    name: str
    manner: str
    interest: str
    why: str
    on: date


@dataclass(frozen=True, slots=True)
class DeclarationShown:
    """What one member of the committee declared: when last, in which version, which applications are left."""

    person: Person
    at: datetime | None
    version: int
    missing: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether they have said for every application whether they have an interest in it."""
        return self.version > 0 and not self.missing


def listed_files(fund: Fund, call: Call) -> tuple[Listed, ...]:
    """The applications of a call by number, with what everybody on the committee may know of each."""
    names = dict(fund.parties.values_list("code", "name"))
    return tuple(
        Listed(each.number, title_of(each), names.get(each.applicant, each.applicant)) for each in listed(call)
    )


def title_of(application: Application) -> str:
    """The title of an application: of its proposal, else as it was last filed; empty where it has none."""
    if application.proposal:
        return application.proposal.name
    return filed_content(application).title


def recusals_shown(fund: Fund, call: Call, on: date) -> tuple[RecusalShown, ...]:
    """Every recusal of a call, by application and person."""
    people = committee_of(fund, on)
    rows = Recusal.objects.select_related("application").filter(application__call=call)
    return tuple(
        RecusalShown(
            row.application.number,
            row.person,
            people[row.person].name if row.person in people else row.person,
            row.manner,
            row.interest,
            row.why,
            row.on,
        )
        for row in rows.order_by("application__number", "person")
    )


def declarations_shown(fund: Fund, call: Call, on: date) -> tuple[DeclarationShown, ...]:
    """Who on the committee has declared their interests, and what is left to them."""
    return tuple(declaration_shown(call, person) for person in committee_of(fund, on).values())


def declaration_shown(call: Call, person: Person) -> DeclarationShown:
    """What one person declared."""
    held = declarations_of(call, person.code)
    last = held[-1] if held else None
    return DeclarationShown(
        person, last.at if last else None, last.number if last else 0, undeclared(call, person.code)
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may open in a call: who sits on the committee declares first, and nobody reads while recused."""

    person: str
    sits: bool
    declared: bool
    undeclared: frozenset[int]
    recused: frozenset[int]

    def may_open(self, number: int) -> bool:
        """Whether they may open the application of this number."""
        return number not in self.recused and not self.has_to_declare(number)

    def has_to_declare(self, number: int) -> bool:
        """Whether they have to say first whether they have an interest in it."""
        return self.sits and (not self.declared or number in self.undeclared)


def reader_of(fund: Fund, call: Call, person: str, on: date) -> Reader:
    """What this person may open in the call on this day."""
    recused = Recusal.objects.filter(application__call=call, person=person).values_list(
        "application__number", flat=True
    )
    return Reader(
        person=person,
        sits=person in committee_of(fund, on),
        declared=bool(declarations_of(call, person)),
        undeclared=frozenset(undeclared(call, person)),
        recused=frozenset(recused),
    )
