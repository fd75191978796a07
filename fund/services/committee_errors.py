"""The refusals of the committee's procedure: what the charter asks for is not there."""

from __future__ import annotations

from datetime import date

from fund.errors import FundError

_NAMED = 8
"""How many things a sentence names."""


class CommitteeNotRuled(FundError):
    """The charter in force does not say how a committee decides."""

    code = "committee_not_ruled"
    en = "The charter in force on {on:%Y-%m-%d} does not say how a committee decides: adopt one with “governance”."
    fr = "La charte en vigueur au {on:%d/%m/%Y} ne dit pas comment un comité décide : adoptez « governance »."

    def __init__(self, *, on: date) -> None:
        super().__init__(on=on)


class NoticeTooShort(FundError):
    """A convocation leaves fewer days than the charter asks for."""

    code = "notice_too_short"
    en = "The meeting of {held_on:%Y-%m-%d} is convened {days} days ahead; the charter asks for {needed}."
    fr = "La réunion du {held_on:%d/%m/%Y} est convoquée {days} jours avant ; la charte en demande {needed}."

    def __init__(self, *, held_on: date, days: int, needed: int) -> None:
        super().__init__(held_on=held_on, days=days, needed=needed)


class EmergencyNotAllowed(FundError):
    """An emergency is declared, and the charter knows none."""

    code = "emergency_not_allowed"
    en = "The charter lets no emergency shorten the notice or skip the debate."
    fr = "La charte ne permet à aucune urgence d’abréger la convocation ni de passer le débat."

    def __init__(self) -> None:
        super().__init__()


class NotOnCommittee(FundError):
    """Somebody acts in the committee on a day on which they do not sit there."""

    code = "not_on_committee"
    en = "“{person}” does not sit on the committee on {on:%Y-%m-%d}."
    fr = "« {person} » ne siège pas au comité au {on:%d/%m/%Y}."

    def __init__(self, *, person: str, on: date) -> None:
        super().__init__(person=person[:60], on=on)


class SecondMeetingNotRuled(FundError):
    """The charter knows no second meeting without a quorum."""

    code = "second_meeting_not_ruled"
    en = "The charter knows no second meeting that decides without a quorum: convene an ordinary one."
    fr = "La charte ne connaît pas de seconde réunion sans quorum : convoquez une réunion ordinaire."

    def __init__(self) -> None:
        super().__init__()


class QuorumMissing(FundError):
    """A vote cannot open: too few of those who may vote on it are there."""

    code = "quorum_missing"
    en = (
        "No quorum on {subject}: {there} count, {needed} are needed ({electorate} have a voice, {recused} are recused)."
    )
    fr = (
        "Le quorum manque sur {sujet} : {there} comptent, il en faut {needed} "
        "({electorate} ont voix, {recused} sont en déport)."
    )

    def __init__(self, *, proposal: str, there: int, needed: int, electorate: int, recused: int) -> None:
        super().__init__(
            subject=proposal or "the question",
            sujet=proposal or "la question",
            there=there,
            needed=needed,
            electorate=electorate,
            recused=recused,
        )


class BallotKindDiffers(FundError):
    """A round on the projects is held by another ballot than the charter's."""

    code = "ballot_kind_differs"
    en = "The charter decides on projects by “{ruled}”; a round by “{given}” cannot be opened."
    fr = "La charte décide des projets par « {ruled} » ; un tour par « {given} » ne peut pas s’ouvrir."

    def __init__(self, *, ruled: str, given: str) -> None:
        super().__init__(ruled=ruled, given=given)


class DebateMissing(FundError):
    """A vote decides on what was not debated, and the charter asks for the debate first."""

    code = "debate_missing"
    en = "The debate comes first; not debated yet: {names}. An emergency with its reason may skip it, where ruled."
    fr = "Le débat vient d’abord ; sans débat à ce jour : {names}. Une urgence motivée peut en dispenser, si prévue."

    def __init__(self, *, names: list[str]) -> None:
        more = ", …" if len(names) > _NAMED else ""
        super().__init__(names=", ".join(names[:_NAMED]) + more)


class NobodyMayVote(FundError):
    """Everybody is recused, or absent without a proxy."""

    code = "nobody_may_vote"
    en = "Nobody may vote on this: {recused} of {electorate} are recused, {present} are there."
    fr = "Personne ne peut voter ici : {recused} sur {electorate} sont en déport, {present} sont là."

    def __init__(self, *, electorate: int, recused: int, present: int) -> None:
        super().__init__(electorate=electorate, recused=recused, present=present)


class PartsNameVoters(FundError):
    """Secret ballots and parts by contribution cannot both be: the total of a paper would name its voter."""

    code = "parts_name_voters"
    en = "The charter asks for secret ballots and parts by contribution: the total of a paper would name its voter."
    fr = "La charte veut le secret et des parts selon l’apport : le total d’un bulletin nommerait son votant."

    def __init__(self) -> None:
        super().__init__()


class ChairUnnamed(FundError):
    """The chair's vote is ruled apart, and nobody is named as chair."""

    code = "chair_unnamed"
    en = "The charter gives the chair a vote of their own rule (“{chair}”): name who chairs this vote."
    fr = "La charte règle à part le vote de la présidence (« {chair} ») : nommez qui préside ce vote."

    def __init__(self, *, chair: str) -> None:
        super().__init__(chair=chair)


class ChairActsAlone(FundError):
    """What belongs to the chair is done by somebody else."""

    code = "chair_acts_alone"
    en = "The casting vote is the chair’s: {chair} gives it, not {by}."
    fr = "La voix prépondérante est celle de la présidence : {chair} la donne, pas {by}."

    def __init__(self, *, chair: str, by: str) -> None:
        super().__init__(chair=chair[:60] or "–", by=by[:60])
