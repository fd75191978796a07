"""The votes in the minutes: what was asked, of whom, with which quorum, and what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.charter.quorums import QuorumFigures
from fund.queries.minutes import MinutesFacts, VoteFacts
from fund.statements.document import Block, Column, Fact, Facts, Items, Language, Paragraph, Row, Section, Table
from fund.statements.minutes_words import kind_word
from fund.statements.render.formats import labelled


def votes_section(facts: MinutesFacts, language: Language) -> Section:
    """Every closed vote in its order, then the shift from the first ballot to the second."""
    sections: list[Block] = [
        Section(_("Vote %(number)d") % {"number": vote.number}, tuple(_vote(vote, language))) for vote in facts.votes
    ]
    if facts.shift:
        sections.append(Section(_("From the first ballot to the second"), (_shift(facts),)))
    return Section(_("The votes"), tuple(sections))


def _vote(vote: VoteFacts, language: Language) -> Iterator[Block]:
    yield Paragraph(vote.question)
    rounds = {1: _("first ballot, before the debate"), 2: _("second ballot, after the debate")}
    told = [
        Fact(_("Ballot"), kind_word(vote.kind), rounds.get(vote.round, "")),
        Fact(_("Manner"), _("secret ballots") if vote.secret else _("open ballots")),
        Fact(
            _("Electorate"),
            len(vote.electorate),
            ngettext("%(count)d voice cast", "%(count)d voices cast", vote.cast) % {"count": vote.cast},
        ),
    ]
    if vote.scenario:
        about = _("scenario %(number)d with differences") if vote.otherwise else _("scenario %(number)d")
        told.append(Fact(_("About"), about % {"number": vote.scenario}))
    yield Facts(tuple(told))
    if sentence := _participation(vote) or quorum_sentence(vote.quorum, language):
        yield Paragraph(labelled(_("Quorum"), sentence, language))
    if vote.held:
        yield Items(
            tuple(
                _("%(holder)s votes for %(giver)s") % {"holder": holder, "giver": giver} for giver, holder in vote.held
            )
        )
    if vote.silent:
        whys = {
            "recused": _("recused"),
            "absent": _("absent"),
            "interests-not-declared": _("did not declare their interests"),
            "holder-silent": _("whoever holds their proxy has no vote"),
        }
        yield Paragraph(
            labelled(
                _("Without a vote"), ", ".join(f"{name} ({whys.get(why, why)})" for name, why in vote.silent), language
            )
        )
    yield _count(vote) if vote.lines else Paragraph(_result(vote))
    if vote.objections:
        yield Items(tuple(_objection(each, language) for each in vote.objections))


def _participation(vote: VoteFacts) -> str:
    """The quorum of a vote at a distance, which is what took part; empty for a vote at a meeting."""
    if vote.meeting is not None or not vote.quorum.get("ruled"):
        return ""
    figures = {"cast": vote.cast, "needed": vote.quorum["needed"]}
    if vote.cast >= vote.quorum["needed"]:
        return _("at a distance: %(cast)d took part, %(needed)d were needed.") % figures
    return _("at a distance: %(cast)d took part, %(needed)d were needed. It decides nothing.") % figures


def quorum_sentence(figures: Mapping[str, Any], language: Language) -> str:
    """The quorum with all its figures; empty where a vote kept none."""
    try:
        return QuorumFigures(**figures).sentence(language)
    except TypeError:
        return ""


def _count(vote: VoteFacts) -> Table:
    by_points = any(line.points != line.supporters for line in vote.lines)
    columns = [Column(_("Project")), Column(_("Supporters"), "number"), Column(_("Who could speak of it"), "number")]
    if by_points:
        columns.append(Column(_("Points"), "number"))
    return Table(
        _("What the ballots say"),
        tuple(columns),
        tuple(
            Row((line.project, line.supporters, line.entitled, *((line.points,) if by_points else ())))
            for line in sorted(vote.lines, key=lambda line: (-line.points, line.project))
        ),
        _("No project was put to the vote."),
    )


def _result(vote: VoteFacts) -> str:
    verdict = vote.verdict
    told = _("%(yes)d for, %(no)d against, %(abstentions)d abstaining.") % {
        "yes": verdict["yes"],
        "no": verdict["no"],
        "abstentions": verdict["abstentions"],
    }
    if verdict["needed"]:
        told += " " + _("%(needed)d for were needed.") % {"needed": verdict["needed"]}
    if verdict["by"] == "casting-vote":
        told += " " + _("The votes were level: the casting vote of the chair decided.")
    elif verdict["by"] == "tie":
        told += " " + _("The votes were level, and a tie rejects.")
    if verdict["objections_standing"]:
        told += " " + ngettext(
            "%(count)d objection stands.", "%(count)d objections stand.", verdict["objections_standing"]
        ) % {"count": verdict["objections_standing"]}
    return told + " " + (_("It is adopted.") if verdict["adopted"] else _("It is not adopted."))


def _objection(each: Mapping[str, Any], language: Language) -> str:
    states = {
        "raised": _("stands"),
        "integrated": _("integrated"),
        "withdrawn": _("withdrawn"),
        "not-valid": _("declared not valid"),
    }
    said = f"{each['text']} — {states.get(each['state'], each['state'])}"
    if each["resolution"]:
        said += f" ({each['resolution']})"
    return labelled(each["person"] or _("Objection without a name"), said, language)


def _shift(facts: MinutesFacts) -> Table:
    return Table(
        _("What the debate changed"),
        (
            Column(_("Project")),
            Column(_("Supporters before"), "number"),
            Column(_("Supporters after"), "number"),
            Column(_("Change")),
        ),
        tuple(
            Row(
                (
                    facts.names.get(code, code),
                    each["before"]["supporters"],
                    each["after"]["supporters"],
                    _signed(each["after"]["supporters"] - each["before"]["supporters"]),
                )
            )
            for code, each in facts.shift.items()
        ),
        _("The two ballots cannot be compared."),
    )


def _signed(change: int) -> str:
    return f"+{change}" if change > 0 else str(change).replace("-", "−")
