"""The yearly statement of recognition: who is credited with how many points, for which facts, by which table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.charter.notoriety.grammar import SamePoints
from fund.charter.words.notoriety_words import KINDS, LEVELS, kind_words, level_words
from fund.queries.issued import Issue
from fund.queries.notoriety import HIDDEN_MEMBERS, Contested, FactShown, NotorietyYear, PartyLine
from fund.statements.document import (
    Cell,
    Column,
    Document,
    Fact,
    KeyFigures,
    Language,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from fund.statements.grounds import charter_note, issue_notes
from fund.statements.render.formats import amount_text, date_text
from fund.statements.words import word_of
from ledger.money import NOTORIETY, Amount


def notoriety_statement(facts: NotorietyYear, language: Language, *, head: str) -> Document:
    """The statement of a year; `head` is the end of the books' chain. Without an adoption it is a draft."""
    with translation.override(language):
        told = _Told(facts, language)
        adopted = facts.adopted
        issued = Issue(f"{facts.year}-notoriety" if adopted else "", adopted.on if adopted else facts.as_of, head)
        notes = [
            _("Points of recognition are not money: they are kept in a unit of their own and never added to euros."),
            _("A date and the town it reached are facts of the books; every other fact names its evidence."),
        ]
        if facts.charter:
            notes.append(charter_note(facts.charter, language))
        return Document(
            title=_("Yearly statement of recognition"),
            number=issued.number,
            fund=facts.fund.name,
            language=language,
            issued_on=issued.on,
            subject=told.subject(),
            covers=Span(facts.as_of.replace(year=facts.year, month=1, day=1), facts.as_of.replace(facts.year, 12, 31)),
            charter=str(facts.charter or ""),
            chain_head=issued.head,
            summary=(Paragraph(told.opening()), told.key_figures()),
            sections=tuple(told.sections()),
            notes=(*notes, *issue_notes(issued)),
        )


def notoriety_lines(facts: NotorietyYear, language: Language) -> Table:
    """Every line of the statement in one table, for a CSV file: `points` is what the line says."""
    with translation.override(language):
        columns = (
            Column(_("Date"), "date"),
            Column(_("Line")),
            Column(_("Reference"), "code"),
            Column(_("Detail")),
            Column(_("Points"), "amount"),
        )
        return Table(_("Lines of the statement"), columns, tuple(map(Row, _lines(facts, language))), "")


def party_words(line: PartyLine) -> str:
    """Who a line is about, in the language in use."""
    if line.party_key == HIDDEN_MEMBERS:
        return _("Members who are not shown")
    return line.party.name if line.party else _("The fund itself")


def fact_words(fact: FactShown, language: Language) -> str:
    """A fact in a few words: what, at which level, where."""
    what = f"{kind_words(fact.kind, language)} ({level_words(fact.level, language)})"
    if fact.kind == "performance":
        what = kind_words(fact.kind, language)
    return ", ".join(part for part in (what[0].upper() + what[1:], fact.place) if part)


def points_rows(facts: NotorietyYear, language: Language) -> list[tuple[str, str, Amount]]:
    """The charter's table: what a fact of each kind is worth, level by level."""
    rows = []
    for kind in KINDS:
        worth = facts.rules.points.get(kind) if facts.rules else None
        if worth is None:
            continue
        name = kind_words(kind, language)
        if isinstance(worth, SamePoints):
            rows.append((name, _("every level"), Amount(worth.points, NOTORIETY)))
            continue
        rows += [
            (name, level_words(level, language), Amount(points, NOTORIETY))
            for level in LEVELS
            if (points := worth.points.get(level)) is not None
        ]
    return rows


def _lines(facts: NotorietyYear, language: Language) -> Iterator[tuple[Cell, ...]]:
    for fact in facts.facts:
        detail = f"{fact.project.name}: {fact_words(fact, language)}, {word_of('notoriety-state', fact.state)}"
        yield fact.on, _("Fact"), fact.key, detail, fact.points
    day = facts.adopted.on if facts.adopted else facts.as_of
    for line in facts.parties:
        who = party_words(line)
        yield day, _("At the beginning"), line.party_key, who, line.opening
        yield day, _("Faded"), line.party_key, who, -line.decayed
        yield day, _("Credited"), line.party_key, who, line.credited
        yield day, _("At the end"), line.party_key, who, line.closing


@dataclass(frozen=True, slots=True)
class _Told:
    """One year, told in one language."""

    facts: NotorietyYear
    language: Language

    def subject(self) -> str:
        adopted = self.facts.adopted
        if adopted is None:
            return _("Recognition of %(year)s") % {"year": self.facts.year}
        return _("Recognition of %(year)s, adopted on %(day)s by %(by)s") % {
            "year": self.facts.year,
            "day": date_text(adopted.on, self.language),
            "by": adopted.by,
        }

    def opening(self) -> str:
        """How much recognition, of how many projects, for how many parties."""
        facts = self.facts
        if facts.rules is None:
            return _("The charter of that year says nothing of recognition.")
        projects = ngettext("%(number)d project", "%(number)d projects", len(facts.projects)) % {
            "number": len(facts.projects)
        }
        credited = sum(bool(line.credited) for line in facts.parties)
        parties = ngettext("%(number)d party", "%(number)d parties", credited) % {"number": credited}
        return _("%(projects)s brought %(points)s of recognition in %(year)s, credited to %(parties)s.") % {
            "projects": projects,
            "points": amount_text(facts.produced, self.language),
            "year": facts.year,
            "parties": parties,
        }

    def key_figures(self) -> KeyFigures:
        facts = self.facts
        return KeyFigures(
            (
                Fact(_("Credited in the year"), facts.produced),
                Fact(_("Faded with the year"), facts.faded),
                Fact(_("Held at the end"), facts.held),
            )
        )

    def sections(self) -> Iterator[Section]:
        yield Section(_("Who is credited"), (self._parties(),), "credited")
        yield Section(_("Where it comes from"), (self._projects(), self._facts()), "projects")
        yield Section(_("The points table"), (self._points(),), "points")
        yield Section(_("Contests"), (self._contests(),), "contests")

    def _parties(self) -> Table:
        points = NOTORIETY
        rows = tuple(
            Row((party_words(line), line.opening, -line.decayed, line.credited, line.closing))
            for line in self.facts.parties
        )
        lines = self.facts.parties
        total = tuple(
            sum(getattr(line, name).minor for line in lines) for name in ("opening", "decayed", "credited", "closing")
        )
        return Table(
            _("Points by party"),
            (
                Column(_("Party")),
                Column(_("At the beginning"), "amount", points),
                Column(_("Faded"), "amount", points),
                Column(_("Credited"), "amount", points),
                Column(_("At the end"), "amount", points),
            ),
            rows,
            _("Nobody is credited yet."),
            total=(
                _("Together"),
                Amount(total[0], points),
                Amount(-total[1], points),
                Amount(total[2], points),
                Amount(total[3], points),
            )
            if rows
            else (),
        )

    def _projects(self) -> Table:
        return Table(
            _("Points by project"),
            (
                Column(_("Code"), "code"),
                Column(_("Project")),
                Column(_("Dates"), "number"),
                Column(_("Towns"), "number"),
                Column(_("Other facts"), "number"),
                Column(_("Points"), "amount", NOTORIETY),
            ),
            tuple(
                Row((line.project.code, line.project.name, line.dates, line.towns, line.declared, line.points))
                for line in self.facts.projects
            ),
            _("No fact is credited yet."),
            total=("", _("Together"), None, None, None, self.facts.produced) if self.facts.projects else (),
        )

    def _facts(self) -> Table:
        """The facts that somebody declared; dates are counted above, project by project."""
        rows = tuple(
            Row(
                (
                    fact.on,
                    fact.project.name,
                    fact_words(fact, self.language),
                    self._evidence(fact),
                    word_of("notoriety-state", fact.state),
                    fact.points,
                )
            )
            for fact in self.facts.facts
            if fact.kind != "performance"
        )
        return Table(
            _("Facts declared, with their evidence"),
            (
                Column(_("Date"), "date"),
                Column(_("Project")),
                Column(_("Fact")),
                Column(_("Evidence")),
                Column(_("State")),
                Column(_("Points"), "amount", NOTORIETY),
            ),
            rows,
            _("Nothing was declared beside the dates of the books."),
        )

    def _evidence(self, fact: FactShown) -> str:
        said = ", ".join(part for part in (fact.evidence.text, fact.evidence.url) if part)
        return f"{said} (SHA-256 {fact.evidence.digest[:16]}…)" if fact.evidence.digest else said

    def _points(self) -> Table:
        return Table(
            _("What a fact is worth"),
            (Column(_("Fact")), Column(_("Level")), Column(_("Points"), "amount", NOTORIETY)),
            tuple(Row(cells) for cells in points_rows(self.facts, self.language)),
            _("The charter gives no points."),
        )

    def _contests(self) -> Table:
        return Table(
            _("Facts that were contested"),
            (
                Column(_("Date"), "date"),
                Column(_("Project")),
                Column(_("Fact"), "code"),
                Column(_("Why")),
                Column(_("Decision")),
            ),
            tuple(
                Row((each.on, each.project.name, each.fact, each.why, self._decision(each)))
                for each in self.facts.contests
            ),
            _("No fact was contested."),
        )

    def _decision(self, contest: Contested) -> str:
        if not contest.outcome or contest.resolved_on is None:
            return _("open")
        return _("%(outcome)s, on %(day)s: %(why)s") % {
            "outcome": word_of("notoriety-outcome", contest.outcome),
            "day": date_text(contest.resolved_on, self.language),
            "why": contest.resolution,
        }
