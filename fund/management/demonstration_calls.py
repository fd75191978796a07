"""What the demonstration's committee does: a call played to its end, one in its debates, one that takes applications.

Everything goes through the services, as the pages do it. Everybody and everything here is fictitious. The first call
has its days in 2026; the others count from the day on which they are made, so that a visitor may vote and apply.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from allocation.applying.admissions import declare_complete
from allocation.applying.applications import Signature, add_document, save_draft, start_application, version_content
from allocation.applying.applications import file_application as file_as_it_is
from allocation.applying.content import fingerprint
from allocation.applying.fit import answer_questions
from allocation.applying.typed import as_typed
from allocation.calls import EnvelopeDraft
from allocation.committee_calls import CommitteeCallDraft, CriterionDraft
from allocation.debating.debate import Resolution
from allocation.instructing.instruction import Given
from allocation.instructing.interests import Answer
from allocation.models import Application, Call, Debate, FitAnswer, Meeting, Vote
from allocation.voting.meetings import MeetingDraft
from allocation.voting.votes import VoteDraft, new_receipt, voices_of
from fund.errors import NotADemonstration
from fund.management.demonstration_ideas import ARTIST, IDEAS, Idea, typed_by
from fund.models import Fund, Party
from fund.queries.notices import call_notices
from fund.queries.people import committee_of
from fund.services import debates, meetings, votes
from fund.services.actors import Actor
from fund.services.applications import admit, answer_as_member, sponsor
from fund.services.awards import Letter, Put, compute, keep_dissent, notify_awards, put_to_the_vote, record_decision
from fund.services.calls import open_call_to_companies
from fund.services.demonstration import COMMITTEE as OTHERS
from fund.services.instruction import ReportSaid, assign_rapporteurs_evenly, give_scores, write_report
from fund.services.interests import declare_interests
from fund.services.projects import sign_agreement
from fund.statements.letters import letter_subject, letter_text
from ledger.money import Amount

CHAIR, SECRETARY = "committee", "administrator"

SPONSORS = ("M02", "M03", "M04", "M05", "M06", "M07", "M11", "M12")
CRITERIA = (
    CriterionDraft("artistic", "Intérêt artistique", weight=3),
    CriterionDraft("cooperation", "Ce que la coopération permet", weight=2),
    CriterionDraft("feasible", "Faisabilité", weight=1),
)


def demonstration_calls(fund: Fund) -> tuple[Call, ...]:
    """Make the calls; made already, they stay as they are."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration()
    for number, idea in enumerate(_ideas(fund), start=1):
        name = f"Compagnie no {number} (fictive)"
        Party.objects.get_or_create(
            fund=fund, code=idea.company, defaults={"name": name, "kind": Party.Kind.ORGANISATION}
        )
    made = []
    for slug, play in (("appel-2026", _played), ("appel-ouvert", _in_debate), ("petites-formes", _awaited)):
        held = Call.objects.filter(owner=fund.slug, slug=slug).first()
        if held is None:
            with transaction.atomic():
                held = play(fund, slug)
        made.append(held)
    return tuple(made)


def _ideas(fund: Fund) -> tuple[Idea, ...]:
    """The ideas, one of them by the company for which the demonstration's artist signs in."""
    company = fund.accesses.get(role="artist", user__username="artist").party
    assert company is not None, "an artist speaks for a company"
    return tuple(replace(idea, company=company.code) if idea.company == ARTIST else idea for idea in IDEAS)


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _actor(fund: Fund, by: str) -> Actor:
    return Actor(fund, by)


def _open(fund: Fund, slug: str, name: str, opens: date, until: date, closes: date) -> Call:
    draft = CommitteeCallDraft(
        slug=slug,
        name=name,
        presentation=(
            "Le fonds soutient des créations que plusieurs membres veulent porter ensemble. "
            "Une aide ne couvre jamais tout le projet ; elle le rend possible. Tout est fictif."
        ),
        opens=opens,
        applications_until=until,
        closes=closes,
        method="equal-shares/1",
        envelopes=(
            EnvelopeDraft("creation", "Création", Amount(3_200_000)),
            EnvelopeDraft("young", "Jeune public", Amount(1_000_000)),
        ),
        criteria=CRITERIA,
    )
    return open_call_to_companies(_actor(fund, SECRETARY), draft, on=opens, lottery_seed=f"marée-{slug}")


def _apply(fund: Fund, call: Call, filed: date, admitted: date) -> list[Application]:
    """Every company files, five members stand for each project, and the secretary admits them all."""
    applications = []
    sponsors = cycle(SPONSORS)
    for idea in _ideas(fund):
        signed = Signature("artist", _moment(filed, 11))
        application = start_application(call=call, applicant=idea.company, reference=idea.title, signed=signed)
        seen = fingerprint(as_typed(application.draft))
        typed = typed_by(idea, admitted + timedelta(days=150))
        application = save_draft(application=application, typed=typed, seen=seen, signed=signed)
        page = f"%PDF-1.4\n% {idea.title}, dossier artistique (fictif)\n%%EOF\n".encode()
        add_document(application=application, kind="other", name="dossier.pdf", content=page, signed=signed)
        answer_questions(
            application=application,
            side=FitAnswer.Side.COMPANY,
            party=idea.company,
            answers={"values": ("shared", ""), "aesthetics": ("partly", "Nous cherchons le contraste.")},
            signed=signed,
        )
        file_as_it_is(application=application, signed=signed, seen=fingerprint(version_content(application)))
        application.refresh_from_db()
        later = Signature(SECRETARY, _moment(filed + timedelta(days=1), 10))
        for _ in range(5):
            member = fund.parties.get(code=next(sponsors))
            actor = _actor(fund, member.name)
            sponsor(actor, application, member, commits_to=("production", "diffusion"), signed=later)
        answer_as_member(
            _actor(fund, "M02"),
            application,
            fund.parties.get(code="M02"),
            answers={"values": ("shared", ""), "aesthetics": ("shared", "")},
            signed=later,
        )
        signed = Signature(SECRETARY, _moment(admitted, 10))
        declare_complete(application=application, signed=signed)
        admit(_actor(fund, SECRETARY), application, signed=signed)
        application.refresh_from_db()
        applications.append(application)
    return applications


def _instruct(fund: Fund, call: Call, applications: list[Application], on: date, *, silent: frozenset[str]) -> None:
    """Everybody declares their interests; two read each application, report and score, but for who is `silent`."""
    for person in committee_of(fund, on):
        recused = set(call.applications.filter(recusals__person=person).values_list("number", flat=True))
        answers = {each.number: Answer() for each in applications if each.number not in recused}
        if person == OTHERS[-1]:
            answers[1] = Answer("engaged", "J’y fais la lumière, payée.")
        declare_interests(_actor(fund, person), call, answers, at=_moment(on, 9))
    actor = _actor(fund, SECRETARY)
    tasks = assign_rapporteurs_evenly(actor, call, wanted=2, on=on, at=_moment(on, 10))
    opinions = cycle(("favourable", "favourable", "reserved"))
    for task in tasks:
        if task.person in silent:
            continue
        said = ReportSaid(next(opinions), "Lu en entier. Le projet tient ; le calendrier est serré mais crédible.")
        write_report(_actor(fund, task.person), task.application, said, on=on + timedelta(days=4))
        points = 2 + (task.application.number + len(task.person)) % 4
        given = {each.code: Given(min(5, points + shift)) for shift, each in enumerate(CRITERIA)}
        give_scores(_actor(fund, task.person), task.application, given, on=on + timedelta(days=4))


Choices = tuple[tuple[int, ...], ...]
_CHOICES: Choices = ((0, 2, 4), (0, 1, 5), (2, 3, 4), (0, 3, 5), (1, 2, 4), (0, 2, 3), (2, 4, 5))
"""Who supports which projects, person by person, in the first ballot; the second one moves."""
_MOVED: Choices = ((0, 2, 4), (0, 3, 5), (2, 3, 4), (0, 3, 5), (0, 2, 4), (0, 2, 3), (2, 4, 5))


def _ballots(
    fund: Fund, vote: Vote, choices: tuple[tuple[int, ...], ...], at: datetime, *, without: frozenset[str]
) -> None:
    """Everybody casts every voice that they hold."""
    codes = list(vote.call.proposals.order_by("code").values_list("code", flat=True))
    names = list(committee_of(fund, timezone.localdate(at)))
    for person in names:
        if person in without:
            continue
        for elector in voices_of(vote, person):
            wanted = choices[names.index(elector.person)]
            said = {"approved": [codes[place] for place in wanted if codes[place] not in elector.recused]}
            votes.cast(elector, said, by=person, receipt=new_receipt(), at=at)


def _positions(fund: Fund, opened: tuple[Debate, ...], at: datetime, *, without: frozenset[str]) -> None:
    stances = cycle(
        (
            ("for", "Le projet réunit ce que le fonds cherche : plusieurs membres, et une envie qui se voit."),
            ("conditional", "Oui, si deux dates de plus se trouvent chez des membres."),
            ("against", "Je ne vois pas ce que la coopération y change."),
            ("for", "Il faut du jeune public, et celui-ci est soigné."),
        )
    )
    for debate in opened:
        recused = set(debate.application.recusals.values_list("person", flat=True))
        for person in committee_of(fund, timezone.localdate(at)):
            stance, reason = next(stances)
            if person not in without | recused:
                debates.take_position(_actor(fund, person), debate, stance=stance, reason=reason, at=at)


def _played(fund: Fund, slug: str) -> Call:
    """The first call, to its agreements: a meeting without quorum, a second one, recusals, a proxy."""
    call = _open(fund, slug, "Appel à projets 2026 (fictif)", date(2026, 2, 2), date(2026, 3, 31), date(2026, 6, 30))
    applications = _apply(fund, call, date(2026, 3, 24), date(2026, 4, 7))
    nobody: frozenset[str] = frozenset()
    _instruct(fund, call, applications, date(2026, 4, 8), silent=nobody)
    secretary = _actor(fund, SECRETARY)
    first = VoteDraft(
        "r1", 1, "approval", "Quels projets soutenez-vous, avant le débat ?", {}, _moment(date(2026, 4, 30), 18)
    )
    vote = votes.open_vote(secretary, call, first, at=_moment(date(2026, 4, 22), 9), chair=CHAIR)
    _ballots(fund, vote, _CHOICES, _moment(date(2026, 4, 29), 20), without=nobody)
    votes.close_vote(secretary, vote, at=_moment(date(2026, 4, 30), 18, 1))
    _debate(fund, call)
    meeting = _second_meeting(fund, call)
    evening = meeting.held_on
    second = VoteDraft("r2", 2, "approval", "Quels projets soutenez-vous, après le débat ?", {}, _moment(evening, 20))
    vote = votes.open_vote(secretary, call, second, at=_moment(evening, 19, 10), meeting=meeting)
    _ballots(fund, vote, _MOVED, _moment(evening, 19, 20), without=frozenset())
    votes.close_vote(secretary, vote, at=_moment(evening, 19, 30))
    _decide(fund, call, meeting, _moment(evening, 19, 40))
    return call


def _debate(fund: Fund, call: Call) -> None:
    """Positions, then the debate on each project, with a synthesis that answers its conditions."""
    secretary = _actor(fund, SECRETARY)
    opened = debates.open_debates(
        secretary,
        call,
        positions_until=_moment(date(2026, 5, 10), 20),
        closes=_moment(date(2026, 5, 20), 20),
        at=_moment(date(2026, 5, 4), 9),
    )
    _positions(fund, opened, _moment(date(2026, 5, 8), 18), without=frozenset())
    for debate, idea in zip(opened, IDEAS, strict=True):
        at = _moment(date(2026, 5, 12), 18)
        speaker = _actor(fund, OTHERS[0])
        asked = debates.add_argument(
            speaker, debate, reference="q", kind="question", text="Qui accueille les résidences ?", at=at
        )
        debates.add_argument(
            _actor(fund, CHAIR),
            debate,
            reference="a",
            kind="answer",
            answers=asked.number,
            text="Le Cuvier des Landes (fictif) et la Conserverie, dix jours chacun.",
            at=at,
        )
        if idea.against:
            debates.add_argument(
                _actor(fund, OTHERS[2]), debate, reference="c", kind="against", text=idea.against, at=at
            )
        debates.synthesise(
            secretary,
            debate,
            text="Le comité voit l’intérêt du projet et s’interroge sur le nombre de dates.",
            minority=idea.against,
            resolutions=(Resolution(asked.number, "adopted", "Deux membres s’engagent à accueillir les résidences."),),
            at=_moment(date(2026, 5, 20), 19),
        )


def _second_meeting(fund: Fund, call: Call) -> Meeting:
    """A first meeting lacks its quorum; the second one needs none, and somebody lends their vote."""
    secretary = _actor(fund, SECRETARY)
    agenda = "1. Vote sur les projets admis. 2. Adoption d’un scénario. 3. Questions diverses."
    draft = MeetingDraft("m1", date(2026, 5, 28), "Au Cuvier (fictif)", agenda, CHAIR)
    lost = meetings.convene_meeting(secretary, call, draft, at=_moment(date(2026, 5, 13), 9))
    meetings.open_meeting(secretary, lost, at=_moment(date(2026, 5, 28), 19))
    for person in (CHAIR, OTHERS[0]):
        meetings.arrive(secretary, lost, person, manner="present", at=_moment(date(2026, 5, 28), 19, 5))
    lost = meetings.close_without_quorum(secretary, lost, at=_moment(date(2026, 5, 28), 19, 45))
    meeting = meetings.convene_second(
        secretary,
        lost,
        reference="m2",
        held_on=date(2026, 6, 4),
        place="Au Cuvier (fictif)",
        at=_moment(date(2026, 5, 29), 9),
    )
    meetings.open_meeting(secretary, meeting, at=_moment(date(2026, 6, 4), 19))
    for person in (CHAIR, *OTHERS[:4]):
        meetings.arrive(secretary, meeting, person, manner="present", at=_moment(date(2026, 6, 4), 19))
    meetings.arrive(secretary, meeting, OTHERS[5], manner="remote", at=_moment(date(2026, 6, 4), 19))
    meetings.give_proxy(secretary, meeting, giver=OTHERS[4], holder=OTHERS[0], at=_moment(date(2026, 6, 4), 19, 5))
    return meeting


def _decide(fund: Fund, call: Call, meeting: Meeting, at: datetime) -> None:
    """The scenarios, the vote that adopts one, the decision, the letters and the agreements."""
    secretary = _actor(fund, SECRETARY)
    scenarios = compute(secretary, call=call.slug, at=at)
    chosen = scenarios[0].number
    question = f"Adoptez-vous le scénario {chosen} ?"
    put = Put("adopt", "yes-no", question, at + timedelta(minutes=20))
    vote = put_to_the_vote(secretary, call, scenario=chosen, otherwise=None, put=put, at=at, meeting=meeting)
    for person in (CHAIR, *OTHERS):
        for elector in voices_of(vote, person):
            answer = "no" if elector.person == OTHERS[2] else "yes"
            votes.cast(elector, {"answer": answer}, by=person, receipt=new_receipt(), at=at + timedelta(minutes=5))
    votes.close_vote(secretary, vote, at=at + timedelta(minutes=10))
    keep_dissent(
        _actor(fund, OTHERS[2]),
        call=call.slug,
        text="Je regrette que la danse n’ait rien cette année.",
        at=at + timedelta(minutes=12),
    )
    record_decision(secretary, call=call.slug, vote=vote.number, at=at + timedelta(minutes=15))
    meetings.close_meeting(secretary, meeting, at=at + timedelta(minutes=20))
    told = date(2026, 6, 9)
    facts = call_notices(fund, call.slug, "fr")
    assert facts is not None, "the call was decided above"
    letters = {
        each.code: Letter(letter_subject(each, "fr"), letter_text(each, "fr", on=told)) for each in facts.notices
    }
    notify_awards(secretary, call=call.slug, letters=letters, on=told, at=_moment(told, 9))
    for project in fund.projects.filter(call_slug=call.slug).order_by("code"):
        sign_agreement(secretary, project, reference=f"CONV-{project.code}", on=date(2026, 6, 20))


def _awaited(fund: Fund, slug: str) -> Call:
    """The third call waits for applications."""
    today = timezone.localdate()
    days = [today + timedelta(days=days) for days in (-5, 40, 90)]
    return _open(fund, slug, "Petites formes (fictif)", *days)


def _in_debate(fund: Fund, slug: str) -> Call:
    """The second call waits for the one whom the sign-in page offers: reports, positions, a ballot by mail."""
    today = timezone.localdate()

    def day(days: int) -> date:
        return today + timedelta(days=days)

    call = _open(fund, slug, "Appel en cours (fictif)", day(-60), day(-20), day(45))
    applications = _apply(fund, call, day(-25), day(-12))
    waits = frozenset({CHAIR})
    _instruct(fund, call, applications, day(-11), silent=waits)
    secretary = _actor(fund, SECRETARY)
    opened = debates.open_debates(
        secretary, call, positions_until=_moment(day(6), 20), closes=_moment(day(14), 20), at=_moment(day(-3), 9)
    )
    _positions(fund, opened, _moment(day(-2), 18), without=waits)
    first = VoteDraft("r1", 1, "approval", "Quels projets soutenez-vous, avant le débat ?", {}, _moment(day(10), 18))
    vote = votes.open_vote(secretary, call, first, at=_moment(day(-2), 19), chair=CHAIR)
    _ballots(fund, vote, _CHOICES, _moment(day(-1), 20), without=waits)
    return call
