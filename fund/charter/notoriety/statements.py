"""The statement of a year: what each party had, lost to decay, was credited, and has.

Every number is made with the `Pen` of a trace, so that the statement can be done again from its steps alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fund.charter.facts import MemberFacts
from fund.charter.faults import FactsMissing, Fault
from fund.charter.notoriety.facts import Contest, NotorietyFact
from fund.charter.notoriety.grammar import CreditKey, CreditToCompany, CreditToMembers, Notoriety
from fund.charter.notoriety.points import FactLine, fact_lines
from fund.charter.trace import Claim, Number, Pen, Portion, Quantity, Recorder, Step

ALGORITHM = "notoriety/1"
ARTICLE = "notoriety"
SET_ASIDE = f"{ARTICLE}.contested"
"""The article of the steps that only say what contested facts would give."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a party has between two statements: whole points, as booked, and the two fractions carried.

    `decay_carried` is the exact balance less the points: half a point at most, either way. `credit_carried`
    is what the party was exactly entitled to, in all statements, less what it was credited.
    """

    points: int = 0
    decay_carried: Fraction = Fraction(0)
    credit_carried: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One party's year, in points: opening − decayed + credited = closing.

    A party is `fund`, `company:ID` or `member:ID`. `contested` is what the facts set aside would give it,
    were they all to stand. `standing` is the next statement's opening.
    """

    party: str
    opening: int
    decayed: int
    credited: int
    contested: int
    closing: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Statement:
    """A year of notoriety, computed and not yet adopted: by party, fact by fact, with the steps that made it."""

    until: date
    lines: tuple[StatementLine, ...]
    facts: tuple[FactLine, ...]
    steps: tuple[Step, ...]
    algorithm: str = ALGORITHM

    @property
    def credited(self) -> int:
        """All the points that this statement credits."""
        return sum(line.credited for line in self.lines)


def statement(
    notoriety: Notoriety,
    *,
    until: date,
    facts: Iterable[NotorietyFact],
    contests: Iterable[Contest] = (),
    members: Mapping[str, MemberFacts],
    opening: Mapping[str, Standing] | None = None,
    credited: Collection[str] = (),
    years: int = 1,
) -> Statement:
    """The statement up to a day: balances decay, then the facts that may be credited are shared.

    Give all the facts of the fund so far, the standings of the last statement (`standings_of`), and the
    references that it and the earlier ones credited (`credited_of`, all together). `years` is how many have
    passed since that statement: 0 for a second one of the same year. Decay takes nothing of what this
    statement credits. Raises FactsMissing when a member's figure in the key is unknown or all are zero,
    FactTwice, and what `check_contest` refuses.
    """
    before = dict(opening or {})
    lines = fact_lines(notoriety, until=until, facts=facts, contests=contests, credited=credited)
    recorder = Recorder()
    decayed = {
        party: _decayed(notoriety.decay, years, party, before[party], recorder.pen(f"{ARTICLE}.decay"))
        for party in sorted(before)
    }
    counted = [line for line in lines if line.state == "credited"]
    carried = {party: standing.credit_carried for party, standing in before.items()}
    given = _shared(notoriety, counted, members, carried, recorder.pen(ARTICLE))
    set_aside = [line for line in lines if line.state == "contested"]
    contested = _shared(notoriety, set_aside, members, {}, recorder.pen(SET_ASIDE))
    parties = sorted({*before, *given, *contested}, key=_place)
    return Statement(
        until,
        tuple(
            _line(party, before.get(party, Standing()), decayed.get(party), given.get(party), contested.get(party))
            for party in parties
        ),
        lines,
        tuple(recorder.steps),
    )


def standings_of(made: Statement) -> dict[str, Standing]:
    """Each party's standing at the end of a statement: the opening of the next one."""
    return {line.party: line.standing for line in made.lines}


def credited_of(made: Statement) -> tuple[str, ...]:
    """The references of the facts that this statement credits."""
    return tuple(line.fact.reference for line in made.facts if line.state == "credited")


def member_points(standings: Mapping[str, Standing]) -> dict[str, int]:
    """Each member's points, by its id: the figures of the key `notoriety`."""
    return {
        party.partition(":")[2]: standing.points for party, standing in standings.items() if party.startswith("member:")
    }


@dataclass(frozen=True, slots=True)
class _Decayed:
    """What a balance lost, in whole points, and the exact balance less the points that are left."""

    points: int
    carried: Fraction


@dataclass(frozen=True, slots=True)
class _Given:
    """What a party is credited, in whole points, and what it is still owed (or ahead by) exactly."""

    points: int
    carried: Fraction


def _decayed(rate: Fraction, years: int, party: str, standing: Standing, pen: Pen) -> _Decayed:
    """The exact balance decays; the booked one is the nearest whole number, so it is never half a point away."""
    if rate == 0 or years == 0:
        return _Decayed(0, standing.decay_carried)
    held = pen.given("notoriety-opening", standing.points, about=party)
    left = held
    if standing.decay_carried:
        left = pen.sum("notoriety-exact", held, Quantity(standing.decay_carried))
    for _ in range(years):
        left = pen.product("notoriety-left", left, 1 - rate)
    whole = pen.nearest("notoriety-whole", left)
    lost = pen.difference("notoriety-decay", held, whole, about=party)
    return _Decayed(int(lost.value), Fraction(left.value) - whole.value)


def _shared(
    notoriety: Notoriety,
    counted: Iterable[FactLine],
    members: Mapping[str, MemberFacts],
    carried: Mapping[str, Fraction],
    pen: Pen,
) -> dict[str, _Given]:
    """The points of the counted facts, whole, among all parties at once: nobody is a point from the exact part.

    What rounding left a party short of, or ahead by, in earlier statements is added to its part, so that
    over the years nobody gains by their name. Nobody is ever ahead by a whole point, nor behind by one while
    each statement entitles everyone to a point at least; nobody gives a point back.
    """
    made = _company_points(counted, pen)
    if not made:
        return {}
    exact = {
        party: pen.given("notoriety-carried", owed, about=party) for party, owed in sorted(carried.items()) if owed
    }
    total = _total(made, pen)
    for party, part in _parts(notoriety, made, total, members, pen):
        exact[party] = pen.sum("notoriety-entitled", exact[party], part, about=party) if party in exact else part
    # Whoever is ahead by more than this statement gives them waits.
    nothing = Quantity(0)
    weights = {
        party: pen.greatest("not-below-zero", due, nothing) if due.value < 0 else due for party, due in exact.items()
    }
    portions = [
        Portion(party, "retained", (Claim(0, Fraction(1), "notoriety", weight.value),), 0)
        for party, weight in weights.items()
    ]
    parts = {portion.party: portion.part for portion in pen.share_out(total, portions)}
    return {party: _Given(parts[party], Fraction(entitled.value) - parts[party]) for party, entitled in exact.items()}


def _company_points(counted: Iterable[FactLine], pen: Pen) -> dict[str, Quantity]:
    """What the facts of each company are worth together; a company is credited for its own only."""
    made: dict[str, Quantity] = {}
    for line in sorted(counted, key=lambda each: (each.fact.company, each.fact.on, each.fact.reference)):
        company = line.fact.company
        points = pen.given("notoriety-fact", line.points, about=line.fact.reference)
        made[company] = (
            pen.sum("notoriety-company", made[company], points, about=company) if company in made else points
        )
    return made


def _total(made: Mapping[str, Quantity], pen: Pen) -> Quantity:
    first, *others = made
    total = made[first]
    for company in others:
        total = pen.sum("notoriety-total", total, made[company], about=company)
    return total


def _parts(
    notoriety: Notoriety, made: Mapping[str, Quantity], total: Quantity, members: Mapping[str, MemberFacts], pen: Pen
) -> Iterator[tuple[str, Quantity]]:
    """Each party's exact part under each line of the charter's shares."""
    for credit in notoriety.credits:
        if isinstance(credit, CreditToCompany):
            for company, points in made.items():
                yield (
                    f"company:{company}",
                    pen.product("notoriety-part", points, credit.share, about=f"company:{company}"),
                )
        elif isinstance(credit, CreditToMembers):
            all_members = pen.product("notoriety-part", total, credit.share, about="members")
            for name, rate in _rates(credit, members).items():
                yield f"member:{name}", pen.product("notoriety-part", all_members, rate, about=f"member:{name}")
        else:
            yield "fund", pen.product("notoriety-part", total, credit.share, about="fund")


def _rates(credit: CreditToMembers, members: Mapping[str, MemberFacts]) -> dict[str, Fraction]:
    """Each member's part of the whole key; raises FactsMissing."""
    about = (("article", ARTICLE),)
    figures = {name: _figure(credit.key, members[name]) for name in sorted(members)}
    lacking = [name for name, figure in figures.items() if figure is None]
    if lacking:
        raise FactsMissing([Fault("fact-missing", f"members.{name}.{credit.key}", about=about) for name in lacking])
    known = {name: Fraction(figure) for name, figure in figures.items() if figure is not None}
    whole = sum(known.values(), Fraction())
    if not members:
        raise FactsMissing([Fault("fact-missing", "members", about=about)])
    if whole == 0:
        raise FactsMissing([Fault("key-empty", "members", about=(*about, ("key", credit.key)))])
    if credit.key == "percentage" and whole != 1:
        raise FactsMissing([Fault("percentages-sum", "members", about=(*about, ("total", f"{whole * 100} %")))])
    return {name: figure / whole for name, figure in known.items()}


def _figure(key: CreditKey, member: MemberFacts) -> Number | None:
    return 1 if key == "equal" else getattr(member, key)


def _line(
    party: str, before: Standing, decayed: _Decayed | None, given: _Given | None, contested: _Given | None
) -> StatementLine:
    lost = decayed or _Decayed(0, Fraction(0))
    won = given or _Given(0, before.credit_carried)
    closing = before.points - lost.points + won.points
    return StatementLine(
        party=party,
        opening=before.points,
        decayed=lost.points,
        credited=won.points,
        contested=contested.points if contested else 0,
        closing=closing,
        standing=Standing(closing, lost.carried, won.carried),
    )


def _place(party: str) -> tuple[int, str]:
    """The fund, then companies, then members."""
    return ("fund", "company", "member").index(party.partition(":")[0]), party
