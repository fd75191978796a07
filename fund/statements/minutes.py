"""The minutes of a committee (*procès-verbal*): written for somebody who was not there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.queries.minutes import MeetingFacts, MinutesFacts, Present
from fund.statements.document import (
    Block,
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
from fund.statements.minutes_votes import votes_section
from fund.statements.minutes_words import ending, interest_word, left_words
from fund.statements.render.formats import amount_text, date_text, labelled
from ledger.money import Amount


def minutes(facts: MinutesFacts, language: Language) -> Document:
    """The minutes as a document: a draft, or final with the decision."""
    with translation.override(language):
        charter = facts.charter
        return Document(
            title=_("Minutes of the committee") if facts.is_final else _("Minutes of the committee (draft)"),
            number=f"PV-{facts.call.slug}",
            fund=facts.fund.name,
            language=language,
            issued_on=facts.drawn_on,
            subject=facts.call.name,
            covers=Span(facts.call.opens, facts.call.closes),
            charter=f"{charter['name']} v{charter['version']}" if charter.get("name") else "",
            summary=tuple(_summary(facts, language)),
            sections=tuple(_sections(facts, language)),
            notes=tuple(_notes(facts)),
        )


def minutes_lines(facts: MinutesFacts, language: Language) -> Table:
    """Every project in one line, for a CSV file: asked, computed, decided, and the reason."""
    with translation.override(language):
        table = _table(facts)
        rows = tuple(Row((*row.cells, line.reason)) for row, line in zip(table.rows, facts.projects, strict=True))
        return Table(table.caption, (*table.columns, Column(_("Reason"))), rows, table.empty)


def _summary(facts: MinutesFacts, language: Language) -> Iterator[Block]:
    outcome = facts.outcome
    if outcome is None:
        yield Paragraph(
            _("The committee has voted and not decided yet: this draft says what is known, and will be completed.")
        )
        return
    funded = [line for line in facts.projects if line.decided]
    yield Paragraph(
        ngettext(
            "On %(date)s the committee decided to support %(count)d of the %(proposed)d projects, for %(spent)s of the "
            "%(budget)s of its envelopes; %(left)s is not spent.",
            "On %(date)s the committee decided to support %(count)d of the %(proposed)d projects, for %(spent)s of the "
            "%(budget)s of its envelopes; %(left)s is not spent.",
            len(funded),
        )
        % {
            "date": date_text(outcome.published_on, language),
            "count": len(funded),
            "proposed": len(facts.projects),
            "spent": amount_text(outcome.spent, language),
            "budget": amount_text(facts.call.budget, language),
            "left": amount_text(outcome.left, language),
        }
    )
    yield KeyFigures(
        (
            Fact(_("Envelope"), facts.call.budget),
            Fact(_("Awarded"), outcome.spent),
            Fact(_("Not spent"), outcome.left),
            Fact(_("Ballots"), facts.call.ballots_cast),
        )
    )


def _sections(facts: MinutesFacts, language: Language) -> Iterator[Section]:
    for meeting in facts.meetings:
        yield Section(
            _("Meeting of %(date)s") % {"date": date_text(meeting.held_on, language)},
            tuple(_meeting(meeting)),
        )
    yield Section(_("Who had no part in a project"), tuple(_recusals(facts, language)))
    if facts.debates:
        yield Section(_("Debates"), tuple(_debates(facts, language)))
    yield votes_section(facts, language)
    if facts.scenarios:
        yield Section(_("What each method gives"), tuple(_scenarios(facts)))
    if facts.outcome is not None:
        yield Section(_("The decision"), tuple(_decision(facts, language)))
    yield Section(_("Minority opinions"), (_dissents(facts, language),))
    if facts.is_final:
        yield Section(_("Checking"), tuple(_checking(facts)))
    yield Section(_("Signatures"), (_signatures(facts, language),))


def _meeting(meeting: MeetingFacts) -> Iterator[Block]:
    told = [
        Fact(
            _("Convened on"),
            meeting.convened_on,
            ngettext("%(days)d day before, by %(by)s", "%(days)d days before, by %(by)s", meeting.notice_days)
            % {"days": meeting.notice_days, "by": meeting.convened_by},
        ),
        Fact(_("Place"), meeting.place or _("at a distance")),
        Fact(_("In the chair"), meeting.chair),
    ]
    if meeting.second_of:
        told.append(
            Fact(
                _("Second meeting"),
                _("on the agenda of meeting %(number)d, which lacked its quorum; no quorum is needed")
                % {"number": meeting.second_of},
            )
        )
    if meeting.emergency:
        told.append(Fact(_("Emergency declared"), meeting.emergency))
    yield Facts(tuple(told))
    if meeting.lacked_quorum:
        yield Paragraph(_("The quorum was not reached: nothing was decided, and a second meeting was convened."))
    yield Section(_("Agenda"), (Items(tuple(each for each in meeting.agenda.splitlines() if each.strip())),))
    yield Section(_("Present"), (Items(tuple(_present(each) for each in meeting.present) or (_("Nobody."),)),))
    yield Section(
        _("Represented"),
        (
            Items(
                tuple(
                    _("%(giver)s gave a proxy to %(holder)s") % {"giver": giver, "holder": holder}
                    for giver, holder in meeting.represented
                )
                or (_("Nobody."),)
            ),
        ),
    )
    yield Section(_("Absent"), (Items(meeting.absent or (_("Nobody."),)),))


def _present(each: Present) -> str:
    told = [each.name, each.capacity or _("member of the committee")]
    if each.remote:
        told.append(_("at a distance"))
    if each.left_at:
        told.append(left_words(each.left_at))
    return ", ".join(told)


def _recusals(facts: MinutesFacts, language: Language) -> Iterator[Block]:
    if not facts.recusals:
        yield Paragraph(_("Nobody declared an interest, and no rule found one: everybody took part in everything."))
        return
    yield Paragraph(
        _("They did not see the file, did not debate it and had no vote on it; the counts below leave them out.")
    )
    manners = {"declared": _("declared"), "rule": _("by rule")}
    yield Items(
        tuple(
            labelled(
                each.name,
                f"{each.project}, {interest_word(each.interest)}, {manners.get(each.manner, each.manner)}"
                f"{ending(each.why)}",
                language,
            )
            for each in facts.recusals
        )
    )


def _debates(facts: MinutesFacts, language: Language) -> Iterator[Section]:
    stances = {
        "for": _("for"),
        "conditional": _("for, on condition"),
        "against": _("against"),
        "undecided": _("undecided"),
    }
    for debate in facts.debates:
        blocks: list[Block] = []
        if debate.positions:
            counted = ", ".join(
                labelled(stances[stance], str(debate.positions[stance]), language)
                for stance in stances
                if stance in debate.positions
            )
            blocks.append(Paragraph(labelled(_("Positions before the debate"), counted, language)))
        blocks.append(Paragraph(debate.synthesis or _("No synthesis was written.")))
        if debate.minority:
            blocks.append(Paragraph(labelled(_("What a minority holds"), debate.minority, language)))
        yield Section(debate.project, tuple(blocks))


def _scenarios(facts: MinutesFacts) -> Iterator[Block]:
    unit = facts.call.budget.unit
    yield Paragraph(
        _("The same ballots, counted by several methods; the committee put one to the vote and says which it adopted.")
    )
    yield Table(
        _("What each method spends and leaves"),
        (
            Column(_("Scenario")),
            Column(_("Method")),
            Column(_("Projects"), "number"),
            Column(_("Spent"), "amount", unit),
            Column(_("Not spent"), "amount", unit),
            Column(_("Voters left with nothing"), "number"),
            Column(_("Adopted")),
        ),
        tuple(
            Row(
                (
                    str(each.number),
                    each.name,
                    len(each.amounts),
                    each.spent,
                    each.left,
                    each.left_with_nothing,
                    _("yes") if each.adopted else _("no"),
                )
            )
            for each in facts.scenarios
        ),
        _("No scenario was computed."),
    )
    given = {
        each.code: [scenario.amounts.get(each.code, Amount(0, unit)) for scenario in facts.scenarios]
        for each in facts.call.proposals
    }
    yield Table(
        _("What the methods give to each project"),
        (
            Column(_("Project")),
            Column(_("Methods that fund it"), "number"),
            Column(_("Of methods"), "number"),
            Column(_("Least"), "amount", unit),
            Column(_("Most"), "amount", unit),
        ),
        tuple(
            Row((facts.names[code], sum(map(bool, amounts)), len(amounts), min(amounts), max(amounts)))
            for code, amounts in given.items()
        ),
        _("No project was proposed."),
    )
    if facts.ties:
        yield Paragraph(_("Ties met by the adopted method:"))
        yield Items(
            tuple(
                _("%(candidates)s were level: %(chosen)s was taken, %(by)s.")
                % {
                    "candidates": ", ".join(facts.names.get(code, code) for code in tie["candidates"]),
                    "chosen": facts.names.get(tie["chosen"], tie["chosen"]),
                    "by": _tie_words(tie["by"]),
                }
                for tie in facts.ties
            )
        )


def _tie_words(by: str) -> str:
    return {
        "support": _("by the number of votes"),
        "amount": _("by the smaller request"),
        "lottery": _("by the lottery"),
    }.get(by, by)


def _decision(facts: MinutesFacts, language: Language) -> Iterator[Block]:
    outcome = facts.outcome
    assert outcome is not None
    assert outcome.decision is not None
    decision = outcome.decision
    adopted = next(each for each in facts.scenarios if each.adopted)
    figures = {
        "vote": decision.vote,
        "number": adopted.number,
        "name": adopted.name,
        "yes": decision.votes_for,
        "no": decision.against,
        "abstained": decision.abstained,
    }
    if decision.manner == "adopted":
        yield Paragraph(
            _(
                "By vote %(vote)d (%(yes)d for, %(no)d against, %(abstained)d abstaining) the committee adopts "
                "scenario %(number)d, %(name)s, as it is."
            )
            % figures
        )
    else:
        yield Paragraph(
            _(
                "By vote %(vote)d (%(yes)d for, %(no)d against, %(abstained)d abstaining) the committee starts from "
                "scenario %(number)d, %(name)s, and decides otherwise."
            )
            % figures
        )
        yield Paragraph(labelled(_("Reason"), decision.reason, language))
    yield _table(facts)
    yield Section(_("Why"), (Items(tuple(labelled(line.name, line.reason, language) for line in facts.projects)),))
    yield Paragraph(
        _("%(left)s of the envelopes is not spent; it stays in the fund.")
        % {"left": amount_text(outcome.left, language)}
        if outcome.left
        else _("The envelopes are spent whole.")
    )


def _table(facts: MinutesFacts) -> Table:
    unit = facts.call.budget.unit
    return Table(
        _("Every project"),
        (
            Column(_("Code"), "code"),
            Column(_("Project")),
            Column(_("Minimum"), "amount", unit),
            Column(_("Asked"), "amount", unit),
            Column(_("Computed"), "amount", unit),
            Column(_("Decided"), "amount", unit),
            Column(_("Difference")),
        ),
        tuple(
            Row(
                (
                    line.code,
                    line.name,
                    line.minimum,
                    line.asked,
                    line.computed,
                    line.decided,
                    _("yes") if line.computed != line.decided else "",
                )
            )
            for line in facts.projects
        ),
        _("No project was proposed."),
        total=("", _("Total"), None, None, None, facts.outcome.spent, "") if facts.outcome and facts.projects else (),
    )


def _dissents(facts: MinutesFacts, language: Language) -> Block:
    if not facts.dissents:
        return Paragraph(_("Nobody asked for a minority opinion to be recorded."))
    return Items(tuple(labelled(name, text, language) for name, text in facts.dissents))


def _checking(facts: MinutesFacts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Everything that led to the decision is kept as one record: the rules, the ballots without names where the "
            "vote was secret, the recusals, the method, its ties and the result. The command below makes it again from "
            "its frozen inputs, and says whether it is the same to the byte."
        )
    )
    yield Facts(
        (
            Fact(_("Fingerprint of the record (SHA-256)"), facts.record_sha256),
            Fact(_("Command"), f"python manage.py recompute_decision {facts.fund.slug}/{facts.call.slug}"),
            Fact(_("Commitment of the lottery (SHA-256 of its seed)"), facts.call.seed_commitment),
            Fact(_("Seed of the lottery"), facts.call.lottery_seed or ""),
            Fact(_("Charter (SHA-256 of its text)"), str(facts.charter.get("sha256", ""))),
            Fact(_("Recorded by"), facts.decided_by),
        )
    )


def _signatures(facts: MinutesFacts, language: Language) -> Block:
    chairs = dict.fromkeys(meeting.chair for meeting in facts.meetings)
    room, chaired, kept = "_" * 20, _("In the chair"), _("Secretary of the meeting")
    return Items(
        (*(labelled(chaired, f"{chair} {room}", language) for chair in chairs), labelled(kept, room, language))
    )


def _notes(facts: MinutesFacts) -> Iterator[str]:
    if not facts.is_final:
        yield _("Draft: nothing is decided yet, and the text may still grow.")
    if any(vote.secret for vote in facts.votes):
        yield _("Secret votes: the ballots are kept without names, and nobody can tell whose is whose.")
