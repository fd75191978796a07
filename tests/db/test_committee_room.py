"""Where the committee is, step by step, and what waits for whom: a list that empties as things are done."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from allocation.models import (
    Application,
    Assignment,
    Call,
    Debate,
    Elector,
    InterestDeclaration,
    Recusal,
    Report,
    Score,
    Vote,
)
from fund.models import Fund, OutgoingMail, User
from fund.queries.rooms import Step, committee_call, room_of
from fund.queries.tasks import Task, committee_tasks, secretary_tasks
from fund.services.actors import Actor
from fund.services.debates import close_debate, open_debates, synthesise, take_position
from fund.web.places import address_of
from tests import evenings
from tests.committees import CONVENED, FILED_BY, PEOPLE, a_call_to_decide, a_person, at
from tests.evenings import debated_all, governed, recused

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

ROOM = "/fonds-test/calls/appel-2026/committee"


@pytest.fixture
def fund() -> Fund:
    return a_call_to_decide()[0]


@pytest.fixture
def call(fund: Fund) -> Call:
    return Call.objects.get(owner=fund.slug)


def by(fund: Fund, person: str) -> Actor:
    return Actor(fund=fund, by=person)


def debated(fund: Fund, call: Call) -> list[Debate]:
    """Positions on all four until noon, the debate until six."""
    moments = {"positions_until": at(12), "closes": at(18), "at": at(9)}
    return list(open_debates(by(fund, "secretary"), call, **moments))


def a_vote(call: Call, number: int, *, closed_at: datetime | None = None, **facts: object) -> Vote:
    held: dict[str, object] = {
        "call": call, "number": number, "reference": f"v{number}", "round": 1, "kind": "approval", "rules": {},
        "question": f"Question {number}", "subject": {"proposals": ["P1", "P2"]}, "secret": False,
        "opened_at": at(10), "opened_by": "secretary", "closes": at(20), "closed_at": closed_at,
    }  # fmt: skip
    return Vote.objects.create(**(held | facts))


def told(tasks: tuple[Task, ...]) -> list[tuple[str, str, datetime | None]]:
    return [(task.kind, task.about, task.until) for task in tasks]


def steps(fund: Fund, call: Call, moment: datetime) -> dict[str, tuple[str, int, int]]:
    return {step.name: (step.state, step.done, step.of) for step in room_of(fund, call, moment).steps}


def test_interests_come_first_and_hide_all_other_tasks(fund: Fund, call: Call) -> None:
    a_person(fund, "hortense", "committee")
    Assignment.objects.create(
        application=call.applications.get(number=1), person="hortense", manner="evenly", on=FILED_BY, by="secretary"
    )
    assert told(committee_tasks(fund, "hortense", at(8))) == [("interests", "", at(23, 59, on=call.closes))]
    debated(fund, call)
    assert told(committee_tasks(fund, "hortense", at(10))) == [("interests", "", at(12))]
    InterestDeclaration.objects.create(call=call, person="hortense", number=1, at=at(10))
    kinds = [task.kind for task in committee_tasks(fund, "hortense", at(10))]
    assert sorted(kinds) == ["position"] * 4 + ["report", "scores"]


def test_the_list_of_a_member_empties_as_things_are_done(fund: Fund, call: Call) -> None:
    first = call.applications.get(number=1)
    Assignment.objects.create(application=first, person="alix", manner="evenly", on=FILED_BY, by="secretary")
    Recusal.objects.create(
        application=call.applications.get(number=4), person="alix", manner="declared", interest="lead", on=CONVENED
    )
    debates = debated(fund, call)
    vote = a_vote(call, 1)
    Elector.objects.create(vote=vote, person="alix")
    Elector.objects.create(vote=vote, person="basile", holder="alix")
    kept = told(committee_tasks(fund, "alix", at(10)))
    title = "Projet P{} (fictif)".format
    assert kept == [
        ("report", title(1), at(12)),
        ("scores", title(1), at(12)),
        ("position", title(1), at(12)),
        ("position", title(2), at(12)),
        ("position", title(3), at(12)),
        ("vote", "Question 1", at(20)),
    ]
    assert committee_tasks(fund, "alix", at(10))[-1].count == 2, "with the paper of whoever gave a proxy"
    for debate in debates[:3]:
        take_position(by(fund, "alix"), debate, stance="for", reason="Oui", at=at(10))
    Report.objects.create(application=first, person="alix", version=1, opinion="favourable", text="Bien", on=CONVENED)
    for criterion in call.criteria.all():
        Score.objects.create(application=first, criterion=criterion, person="alix", version=1, points=3, on=CONVENED)
    assert told(committee_tasks(fund, "alix", at(10))) == [("vote", "Question 1", at(20))]
    assert committee_tasks(fund, "basile", at(13)) == (), "the moment of positions passed; a proxy votes for them"
    Elector.objects.update(has_voted=True)
    assert committee_tasks(fund, "alix", at(10)) == ()


def test_what_waits_for_the_secretary(fund: Fund, call: Call) -> None:
    end = at(23, 59, on=call.closes)
    assert told(secretary_tasks(fund, at(8))) == [("open-debates", "", end)]
    Application.objects.filter(call=call, number__gte=2).update(state="filed")
    (debate,) = debated(fund, call)
    OutgoingMail.objects.all().delete()
    assert told(secretary_tasks(fund, at(10))) == [("missing", "Projet P1 (fictif)", at(12)), ("filed", "", end)]
    assert [task.count for task in secretary_tasks(fund, at(10))] == [7, 3]
    take_position(by(fund, "alix"), debate, stance="for", reason="Oui", at=at(10))
    assert secretary_tasks(fund, at(10))[0].count == 6
    assert told(secretary_tasks(fund, at(13))) == [("filed", "", end)]
    assert ("synthesis", "Projet P1 (fictif)", end) in told(secretary_tasks(fund, at(18)))
    synthesise(by(fund, "secretary"), debate, text="Synthèse", at=at(18))
    assert ("close-debate", "Projet P1 (fictif)", end) in told(secretary_tasks(fund, at(18)))
    close_debate(by(fund, "secretary"), debate, at=at(18))
    a_vote(call, 1)
    OutgoingMail.objects.create(
        fund=fund, kind="k", reference="r", recipient="a@example.org", subject="s", body="b", written_at=at(9)
    )
    assert [task.kind for task in secretary_tasks(fund, at(20))] == ["close-vote", "filed", "mails"]
    assert [task.kind for task in secretary_tasks(fund, at(20), call)] == ["close-vote", "filed"]


def minutes_doors(fund: Fund, call: Call) -> tuple[str, ...]:
    return next(step.doors for step in room_of(fund, call, at(18)).steps if step.name == "minutes")


def test_the_steps_follow_the_work(fund: Fund, call: Call) -> None:
    nothing = room_of(fund, call, at(9, on=date(2026, 2, 1)))
    assert nothing.current is None
    assert [step.name for step in nothing.steps] == [
        "interests", "instruction", "positions", "first-ballot", "debate", "second-ballot", "scenarios", "decision",
        "minutes", "notices",
    ]  # fmt: skip
    early = steps(fund, call, at(9, on=FILED_BY))
    assert early["interests"] == ("done", 7, 7)
    assert early["instruction"] == ("now", 4, 4), "a file may still come"
    assert steps(fund, call, at(8))["positions"] == ("later", 0, 4)
    debates = debated(fund, call)
    for person in PEOPLE:
        take_position(by(fund, person), debates[0], stance="for", reason="Oui", at=at(10))
    at_eleven = steps(fund, call, at(11))
    assert (at_eleven["positions"], at_eleven["debate"]) == (("now", 1, 4), ("now", 0, 4))
    at_noon = steps(fund, call, at(12))
    assert (at_noon["positions"], at_noon["debate"]) == (("done", 4, 4), ("now", 0, 4))
    a_vote(call, 1)
    assert minutes_doors(fund, call) == (), "no minutes before a vote is closed: no link to a page that does not exist"
    a_vote(call, 2, round=2, closed_at=at(20))
    assert minutes_doors(fund, call) == ("minutes",)
    evening = steps(fund, call, at(18))
    assert evening["debate"] == ("done", 4, 4)
    assert (evening["first-ballot"], evening["second-ballot"]) == (("now", 0, 1), ("done", 1, 1))
    current = room_of(fund, call, at(18)).current
    assert isinstance(current, Step)
    assert current.name == "first-ballot"


def test_a_call_counted_from_a_file_has_no_room(fund: Fund, call: Call) -> None:
    assert committee_call(fund, "appel-2026") == call
    Call.objects.update(applications_until=None)
    assert committee_call(fund, "appel-2026") is None


def test_the_door_of_a_page_that_is_missing_is_left_out() -> None:
    assert address_of("debate", "f", "c", 3) == "/f/calls/c/files/3/debate"
    assert address_of("debate", "f") == address_of("no-such-page", "f", "c") == ""


def words(client: Client, person: str, address: str) -> str:
    client.force_login(User.objects.get(username=person))
    response = client.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_desk_and_the_room_say_what_waits_and_until_when(
    fund: Fund, call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(8))
    assert "Nothing waits for you" in words(client, "alix", "/desk")
    open_debates(
        by(fund, "secretary"), call, positions_until=at(12).replace(day=31), closes=at(18).replace(month=6), at=at(8)
    )
    for address in ("/desk", ROOM):
        page = words(client, "alix", address)
        assert page.count("Take my position: Projet P") == 4
        assert "closes in 3 days" in page
        assert "(31 May 2026, 12:00)" in page
    desk = words(client, "secretary", "/desk")
    assert "7 positions are still missing: Projet P2 (fictif)" in desk
    assert "7 mails wait to be sent" in desk
    page = words(client, "alix", ROOM)
    assert "Under way: positions" in page
    assert "Positions under way 0 of 4 · until 31 May 2026, 12:00 Debates , positions" in page
    assert "First ballot to come" in page
    for who in ("alix", "secretary"):
        assert "Applications , instruction Rapporteurs , instruction" in words(client, who, ROOM)
    assert "Alix" not in page


def test_the_room_shows_the_shift_of_what_the_reader_may_know(
    fund: Fund, call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(22))
    recused(call, "basile", "P2")
    debated_all(call)
    governed(fund, 'chair = "votes"\nballot = "approval"\nallocation_method = "equal-shares/1"')
    for number, codes in ((1, ["P1"]), (2, ["P2"])):
        assert "support it" not in words(client, "alix", ROOM)
        vote = evenings.a_vote(fund, call, round=number, reference=f"r{number}")
        evenings.say(vote, "alix", {"approved": codes})
        assert "support it" not in words(client, "alix", ROOM)
        evenings.closed(fund, vote)
    page = words(client, "alix", ROOM)
    assert "Projet P1 (fictif) 1 of 1 support it 0 of 1 support it less supported after the debate" in page
    assert "Projet P2 (fictif) 0 of 1 support it 1 of 1 support it better supported after the debate" in page
    assert "less favourable: Alix (fictif)" in page
    page = words(client, "basile", ROOM)
    assert "Projet P1 (fictif) 1 of 1" in page
    assert "Projet P2" not in page
    a_person(fund, "hortense", "committee")
    assert "support it" not in words(client, "hortense", ROOM)
