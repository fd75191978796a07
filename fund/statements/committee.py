"""The committee's result: every project with its votes, its award and the reason, and how anyone can count again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from allocation.deciding.outcome_sentences import outcome_sentence
from allocation.methods.method_words import method_told
from allocation.queries import DecisionFacts, OutcomeFacts, ProjectOutcome
from fund.queries.identities import FundIdentity
from fund.queries.issued import Issue
from fund.statements.document import (
    Column,
    Document,
    Fact,
    Facts,
    Items,
    KeyFigures,
    Language,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from fund.statements.grounds import issue_notes
from fund.statements.render.formats import amount_text, date_text, labelled


def committee_result(result: OutcomeFacts, language: Language, *, fund: FundIdentity, issued: Issue) -> Document:
    """A published outcome as a document."""
    with translation.override(language):
        call = result.call
        return Document(
            title=_("Result of the committee"),
            number=issued.number,
            fund=fund.name,
            language=language,
            issued_on=issued.on,
            subject=call.name,
            covers=Span(call.opens, call.closes),
            chain_head=issued.head,
            correction_of=issued.corrects,
            issued=(Fact(_("Published on"), result.published_on), Fact(_("Published by"), result.published_by)),
            summary=(Paragraph(_opening(result, language)), _key_figures(result)),
            sections=(
                Section(_("Projects"), (_projects(result),)),
                Section(_("Why"), (Paragraph(_why_intro()), _reasons(result, language))),
                Section(_("Method"), tuple(_method(result, language))),
                Section(_("Counting again"), tuple(_again(result))),
            ),
            notes=issue_notes(issued),
        )


def committee_lines(result: OutcomeFacts, language: Language) -> Table:
    """Every project in one line with its reason, for a CSV file."""
    with translation.override(language):
        table = _projects(result)
        names = {project.code: project.name for project in result.projects}
        rows = tuple(
            Row((*row.cells, project.lead, _reason(project, names, language)))
            for row, project in zip(table.rows, result.projects, strict=True)
        )
        return Table(table.caption, (*table.columns, Column(_("Lead")), Column(_("Reason"))), rows, table.empty)


def _opening(result: OutcomeFacts, language: Language) -> str:
    awarded = [project for project in result.projects if project.rank is not None]
    return _(
        "%(awarded)d of %(proposed)d projects are supported, for %(spent)s of the %(budget)s that the call may spend; "
        "%(left)s is left over. %(ballots)d ballots were counted on %(date)s."
    ) % {
        "awarded": len(awarded),
        "proposed": len(result.projects),
        "spent": amount_text(result.spent, language),
        "budget": amount_text(result.call.budget, language),
        "left": amount_text(result.left, language),
        "ballots": result.call.ballots_cast,
        "date": date_text(result.published_on, language),
    }


def _key_figures(result: OutcomeFacts) -> KeyFigures:
    return KeyFigures(
        (
            Fact(_("Envelope"), result.call.budget),
            Fact(_("Awarded"), result.spent),
            Fact(_("Left over"), result.left),
            Fact(_("Ballots"), result.call.ballots_cast),
        )
    )


def _projects(result: OutcomeFacts) -> Table:
    unit = result.call.budget.unit
    return Table(
        _("Projects, votes and awards"),
        (
            Column(_("Rank")),
            Column(_("Code"), "code"),
            Column(_("Project")),
            Column(_("Votes"), "number"),
            Column(_("Asked"), "amount", unit),
            Column(_("Awarded"), "amount", unit),
        ),
        tuple(
            Row(
                (
                    str(project.rank or "–"),
                    project.code,
                    project.name,
                    project.votes,
                    project.cost,
                    project.awarded,
                )
            )
            for project in result.projects
        ),
        _("No project was proposed."),
        total=("", "", _("Total"), None, None, result.spent) if result.projects else (),
    )


def _why_intro() -> str:
    return _(
        "For each project, the figures that decided; for those that are not supported, a change that would have been "
        "enough, all else being equal."
    )


def _reasons(result: OutcomeFacts, language: Language) -> Items:
    names = {project.code: project.name for project in result.projects}
    return Items(
        tuple(
            f"{project.code} · {labelled(project.name, _reason(project, names, language), language)}"
            for project in result.projects
        )
    )


def _reason(project: ProjectOutcome, names: Mapping[str, str], language: Language) -> str:
    return outcome_sentence(project, language, names=names)


def _method(result: OutcomeFacts, language: Language) -> Iterator[Paragraph | Items | Table]:
    if result.decision is not None:
        yield Paragraph(_decided(result.decision))
    yield Paragraph(" ".join(_method_words(result.method, result.parameters, language)))
    yield Paragraph(
        _(
            "Ties are settled by the number of votes, then by the smaller request, then by a public lottery: the "
            "SHA-256 of the seed followed by the project’s code, the smallest first."
        )
    )
    yield Items(tuple(_tie(tie) for tie in result.ties) or (_("No tie had to be settled."),))
    if len(result.call.envelopes) > 1:
        yield _envelopes(result)


def _decided(decision: DecisionFacts) -> str:
    """How the committee came to the outcome: the vote, and whether it adopts what was computed."""
    figures = {
        "vote": decision.vote,
        "number": decision.scenario,
        "yes": decision.votes_for,
        "no": decision.against,
        "abstained": decision.abstained,
        "reason": decision.reason,
    }
    if decision.manner == "adopted":
        return (
            _(
                "By vote %(vote)d (%(yes)d for, %(no)d against, %(abstained)d abstaining) the committee adopts "
                "scenario %(number)d as it is."
            )
            % figures
        )
    return (
        _(
            "By vote %(vote)d (%(yes)d for, %(no)d against, %(abstained)d abstaining) the committee decides otherwise "
            "than scenario %(number)d: %(reason)s"
        )
        % figures
    )


def _method_words(method: str, parameters: Mapping[str, str | int], language: Language) -> Iterator[str]:
    """The rule of a method in words, as its parameters set it; the identifier alone for a method unknown here."""
    name = method.partition("/")[0]
    if name == "equal-shares":
        yield _(
            "Equal shares (%(method)s): each voter holds the same part of the envelope. A project is bought when "
            "those who support it can pay for it together; the one that asks least of each of them goes first."
        ) % {"method": method}
        yield {
            "cost": _("A supported project counts for what it costs."),
            "score": _("A project counts for each voter by the points that they gave it."),
            "borda": _("A project counts for each voter by its rank on their ballot."),
        }.get(str(parameters.get("utility")), _("Each supported project counts the same, whatever it costs."))
        if str(parameters.get("completion")).startswith("add1"):
            yield _("Every share is then raised, step by step, as long as what is bought fits in the envelope.")
        if str(parameters.get("completion")).endswith("utilitarian"):
            yield _("What is then left goes to the best placed of the other projects that still fit.")
    elif name == "greedy":
        yield _("In order (%(method)s): the best placed project that still fits is supported first.") % {
            "method": method
        }
    else:
        yield _("Method: %(method)s.") % {"method": method}
        yield method_told(method, language)
    if name in ("equal-shares", "greedy"):
        yield {
            "cost": _("Places follow the number of votes."),
            "score": _("Places follow the points given for each unit of money asked."),
            "borda": _("Places follow the ranks given for each unit of money asked."),
        }.get(str(parameters.get("utility")), _("Places follow the number of votes for each unit of money asked."))
        yield _("A project needs at least %(votes)s votes.") % {"votes": parameters.get("min_support", 1)}


def _tie(tie: Mapping[str, Any]) -> str:
    by = {
        "support": _("by the number of votes"),
        "amount": _("by the smaller request"),
        "lottery": _("by the lottery"),
        "identifier": _("by the order of the codes"),
    }
    return _("Between %(candidates)s: %(chosen)s, %(by)s.") % {
        "candidates": ", ".join(tie["candidates"]),
        "chosen": tie["chosen"],
        "by": by.get(tie["by"], tie["by"]),
    }


def _envelopes(result: OutcomeFacts) -> Table:
    unit = result.call.budget.unit
    return Table(
        _("Envelopes"),
        (Column(_("Code"), "code"), Column(_("Envelope")), Column(_("Amount"), "amount", unit)),
        tuple(Row((each.code, each.name, each.amount)) for each in result.call.envelopes),
        _("The call has no envelope."),
        total=("", _("Total"), result.call.budget),
    )


def _again(result: OutcomeFacts) -> Iterator[Paragraph | Facts]:
    call = result.call
    yield Paragraph(
        _(
            "The seed’s SHA-256 was published when the call opened, the seed itself with the result: nobody could "
            "choose it once the ballots were known. The fingerprint of the inputs covers the method, the envelopes, "
            "the requests and every ballot."
        )
    )
    facts = [Fact(_("Commitment of the lottery (SHA-256 of its seed)"), call.seed_commitment)]
    if call.lottery_seed is not None:
        facts.append(Fact(_("Seed of the lottery"), call.lottery_seed))
    facts.append(Fact(_("Fingerprint of the inputs (SHA-256)"), result.inputs_sha256))
    yield Facts(tuple(facts))
