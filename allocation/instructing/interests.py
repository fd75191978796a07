"""Interests: who declared theirs, who is recused from what, and who may therefore read an application.

Allocation knows nobody: a person is a code, and the parties that somebody speaks for are given by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Min, QuerySet
from django.utils import timezone

from allocation.applying.applications import reading_of_version
from allocation.applying.named_parties import as_compared, named_parties
from allocation.instructing.interest_errors import InterestsNotDeclared, InterestsUnclear, PersonRecused, RecusalStands
from allocation.models import Application, Assignment, Call, InterestDeclaration, Recusal, Sponsorship
from allocation.prose import is_prose, prose

NO_INTEREST: Final = "none"
ENDED_BY_RECUSAL: Final = "recusal"
"""Why the task of a rapporteur ended: the word that is stored."""
WORDS_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of one application: `none`, or a kind of interest with the words that tell it."""

    interest: str = NO_INTEREST
    why: str = ""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who counts on one application: everybody on the committee, who of them is recused, and who may vote."""

    electorate: tuple[str, ...]
    recused: tuple[str, ...]

    @property
    def may_vote(self) -> tuple[str, ...]:
        """The electorate without the recused."""
        return tuple(person for person in self.electorate if person not in self.recused)


def listed(call: Call) -> list[Application]:
    """The applications of a call that anybody but their company knows of, by number."""
    return list(listed_rows(call))


def listed_rows(call: Call) -> QuerySet[Application]:
    """The same as rows to look into: a draft is its company's business alone."""
    rows = call.applications.select_related("call", "proposal").exclude(state=Application.State.DRAFT)
    return rows.order_by("number")


def declarations_of(call: Call, person: str) -> list[InterestDeclaration]:
    """What a person declared in a call, the first version first."""
    return list(InterestDeclaration.objects.filter(call=call, person=person).order_by("number"))


def undeclared(call: Call, person: str) -> tuple[int, ...]:
    """The numbers of the applications of which the person has not said yet whether they have an interest in them.

    A declaration covers what it lists; one that lists nothing says “none” of all that was filed by its day.
    """
    held = declarations_of(call, person)
    said = {entry["number"] for declaration in held for entry in declaration.applications}
    whole = [timezone.localdate(each.at) for each in held if not each.applications]
    applications = listed_rows(call).annotate(first_filed=Min("versions__filed_on"))
    missing = []
    for number, first in applications.values_list("number", "first_filed"):
        if number not in said and not any(first is None or first <= day for day in whole):
            missing.append(number)
    return tuple(missing)


def has_declared(call: Call, person: str) -> bool:
    """Whether the person declared their interests in every application of this call, or that they have none."""
    declared = InterestDeclaration.objects.filter(call=call, person=person).exists()
    return declared and not undeclared(call, person)


def recused_people(application: Application) -> frozenset[str]:
    """Who is recused from an application."""
    return frozenset(Recusal.objects.filter(application=application).values_list("person", flat=True))


def recusals_of(call: Call) -> dict[str, frozenset[int]]:
    """The numbers of the applications from which each person is recused."""
    found: dict[str, set[int]] = {}
    rows = Recusal.objects.filter(application__call=call).values_list("person", "application__number")
    for person, number in rows:
        found.setdefault(person, set()).add(number)
    return {person: frozenset(numbers) for person, numbers in found.items()}


def voices(application: Application, electorate: Iterable[str]) -> Voices:
    """Of those who sit on the committee, who is recused from the application and who may vote on it."""
    everybody = tuple(sorted(set(electorate)))
    recused = recused_people(application)
    return Voices(everybody, tuple(person for person in everybody if person in recused))


def check_may_read(application: Application, person: str) -> None:
    """Refuse whoever is recused from the application, or did not declare whether they have an interest in it."""
    if person in recused_people(application):
        raise PersonRecused(number=application.number)
    call = application.call
    declared = InterestDeclaration.objects.filter(call=call, person=person).exists()
    if not declared or application.number in undeclared(call, person):
        raise InterestsNotDeclared(slug=call.slug)


def declare(call: Call, person: str, answers: Mapping[int, Answer], *, at: datetime) -> InterestDeclaration:
    """Keep a person's declaration and make the recusals that follow from it.

    Every listed application has its answer, except those from which the person is recused already: there the recusal
    stands. The same answers as the last time find the last declaration. Raises InterestsUnclear and RecusalStands.
    """
    applications = {application.number: application for application in listed(call)}
    if not applications:
        raise InterestsUnclear(why="nothing_listed")
    held = {row.application.number: row for row in _recusals(call, person)}
    _check_answers(applications, held, answers)
    entries = [
        _entry(number, _standing(held[number]) if number in held else answers[number]) for number in applications
    ]
    earlier = declarations_of(call, person)
    if earlier and earlier[-1].applications == entries:
        return earlier[-1]
    row = InterestDeclaration.objects.create(
        call=call, person=person, number=len(earlier) + 1, applications=entries, at=at
    )
    for number, application in applications.items():
        if number not in held and answers[number].interest != NO_INTEREST:
            recuse(
                application,
                person,
                manner=Recusal.Manner.DECLARED,
                interest=answers[number].interest,
                why=prose(answers[number].why),
                on=timezone.localdate(at),
            )
    return row


def _recusals(call: Call, person: str) -> Iterable[Recusal]:
    return Recusal.objects.select_related("application").filter(application__call=call, person=person)


def _standing(row: Recusal) -> Answer:
    return Answer(row.interest, row.why)


def _entry(number: int, answer: Answer) -> dict[str, object]:
    return {"number": number, "interest": answer.interest, "why": prose(answer.why)}


def _check_answers(
    applications: Mapping[int, Application], held: Mapping[int, Recusal], answers: Mapping[int, Answer]
) -> None:
    for number in answers:
        if number not in applications:
            raise InterestsUnclear(why="number_unknown", number=number)
    for number in applications:
        answer = answers.get(number)
        if answer is None and number not in held:
            raise InterestsUnclear(why="answer_missing", number=number)
        if answer is None:
            continue
        if answer.interest not in (NO_INTEREST, *Recusal.Interest.values):
            raise InterestsUnclear(why="interest_unknown", number=number, interest=answer.interest)
        if number in held and answer.interest == NO_INTEREST:
            raise RecusalStands(number=number, on=held[number].on)
        if answer.interest == Recusal.Interest.OTHER and not answer.why.strip():
            raise InterestsUnclear(why="words_missing", number=number)
        if not is_prose(answer.why, WORDS_LIMIT, least=0):
            raise InterestsUnclear(why="words_unfit", number=number, limit=WORDS_LIMIT)


def recuse(application: Application, person: str, *, manner: str, interest: str, why: str, on: date) -> Recusal | None:
    """Recuse a person from an application and end their task as its rapporteur; None when they are already."""
    row, made = Recusal.objects.get_or_create(
        application=application,
        person=person,
        defaults={"manner": manner, "interest": interest, "why": why, "on": on},
    )
    if not made:
        return None
    Assignment.objects.filter(application=application, person=person, ended_on=None).update(
        ended_on=on, why_ended=ENDED_BY_RECUSAL
    )
    return row


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a person to others: the codes of the parties that they speak for, their names and the person's own."""

    parties: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def recuse_by_rule(call: Call, people: Mapping[str, Ties], *, on: date) -> tuple[Recusal, ...]:
    """Recuse whoever the files themselves show to have an interest; the recusals that were not there before.

    The person's party carries the application, or stands for it (even where its word was withdrawn: it still tells an
    interest), or is a partner or paid by it as the filed content says.
    """
    made = []
    for application in listed_rows(call):
        interests = _Interests.of(application)
        for person, ties in sorted(people.items()):
            interest = interests.of_person(ties)
            row = (
                recuse(application, person, manner=Recusal.Manner.RULE, interest=interest, why="", on=on)
                if interest
                else None
            )
            if row is not None:
                made.append(row)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Interests:
    """Who has which interest in one application, by code; of its content also by name."""

    leads: frozenset[str]
    sponsors: frozenset[str]
    named: frozenset[str]

    @classmethod
    def of(cls, application: Application) -> _Interests:
        leads = {application.applicant}
        if application.proposal:
            leads.add(application.proposal.lead)
        sponsors = Sponsorship.objects.filter(application=application).values_list("member", flat=True)
        versions = application.versions.select_related("application__call")
        named = {name for version in versions for name in named_parties(reading_of_version(version).content)}
        return cls(frozenset(leads), frozenset(sponsors), frozenset(named))

    def of_person(self, ties: Ties) -> str:
        if ties.parties & self.leads:
            return Recusal.Interest.LEAD
        if ties.parties & self.sponsors:
            return Recusal.Interest.SPONSOR
        known = {as_compared(name) for name in ties.parties | ties.names}
        return Recusal.Interest.ENGAGED if known & self.named else ""
