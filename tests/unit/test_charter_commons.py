"""Charters that share more than money: things, hours, a threshold, dues by size, phases; and who may apply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fund.charter import grammar
from fund.charter.answers import as_json
from fund.charter.applications import Sponsor
from fund.charter.awarding import EqualShares
from fund.charter.contributions import asked_in_kind, called
from fund.charter.declared import NOTHING, Baskets, Declared, Phase, Projects, Resource
from fund.charter.facts import Facts, Loss, MemberFacts, Period, RecipientFacts, Result, facts_from_json
from fund.charter.faults import Language
from fund.charter.gates import is_eligible, verdicts
from fund.charter.governance import Approval, quorum_needed
from fund.charter.launching import Launch, launches
from fund.charter.outcomes import run
from fund.charter.reading.declared import read_declared
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.shipped import shipped
from fund.charter.tranches import tranche_amounts
from fund.charter.words.article_texts import SLOT_WORDS
from fund.charter.words.declared_texts import declared_texts
from fund.charter.words.explanation import articles
from fund.charter.words.verdict_sentences import verdict_text
from tests.charters import SMALL
from tests.commons import COMPLETE, FILED, table_alone

LANGUAGES: tuple[Language, Language] = ("fr", "en")
DAY = date(2026, 6, 30)


def subscribers(count: int) -> dict[str, MemberFacts]:
    return {f"A{at:02}": MemberFacts() for at in range(count)}


class TestPanierCulture:
    """Nantes: 240 a year in four payments of 60, and no basket below fifty subscribers."""

    def test_fifty_subscribers_are_called_for_four_times_60(self) -> None:
        found = called(shipped("panier-culture"), subscribers(50))
        assert {(computed.minor, computed.instalments) for computed in found.values()} == {
            (24_000, (6_000, 6_000, 6_000, 6_000))
        }
        assert sum(computed.minor for computed in found.values()) == 1_200_000

    def test_forty_nine_are_called_for_nothing(self) -> None:
        found = called(shipped("panier-culture"), subscribers(49))
        assert len(found) == 49
        assert {(computed.minor, computed.instalments) for computed in found.values()} == {(0, (0, 0, 0, 0))}

    @pytest.mark.parametrize(
        ("count", "reached", "missing"), [(49, False, 1), (50, True, 0), (51, True, 0), (0, False, 50)]
    )
    def test_the_threshold_says_how_many_are_missing(self, count: int, reached: bool, missing: int) -> None:
        (launch,) = launches(shipped("panier-culture"), [None] * count)
        assert launch == Launch("abonnement", 50, count)
        assert (launch.reached, launch.missing) == (reached, missing)

    def test_as_the_command_answers(self) -> None:
        charter = shipped("panier-culture")
        for count, amount in ((49, "0.00"), (50, "240.00")):
            facts = facts_from_json({"members": {f"A{at}": {} for at in range(count)}}, charter)
            answer = as_json(charter, run(charter, facts))
            assert set(answer["contributions"].values()) == {amount}

    def test_artists_never_have_more_than_subscribers_paid(self) -> None:
        """1,000.00 of a delivery to three artists: 333.34, 333.33, 333.33."""
        artists = dict.fromkeys(("chanteuse", "graveur", "potière"), RecipientFacts())
        outcome = run(shipped("panier-culture"), Facts({}, artists, events=(Period(DAY, gross=100_000),)))
        assert [outcome.totals[f"recipient:{name}"]["cash"] for name in artists] == [33_334, 33_333, 33_333]

    def test_the_basket_is_declared(self) -> None:
        baskets = shipped("panier-culture").declared.baskets
        assert baskets is not None
        assert (baskets.physical, baskets.immaterial) == (2, 2)
        assert baskets.chosen_by == "artists-and-subscribers"


# jobs, dues in cents
DUES = [
    ("0", 30_000), ("1", 30_000), ("5", 30_000), ("5.01", 80_000), ("6", 80_000), ("15", 80_000), ("16", 200_000),
    ("50", 200_000), ("51", 400_000), ("400", 400_000),
]  # fmt: skip


@pytest.mark.parametrize(("jobs", "dues"), DUES)
def test_the_dues_of_a_cluster_go_from_300_to_4000_by_jobs(jobs: str, dues: int) -> None:
    charter = shipped("cluster")
    facts = facts_from_json({"members": {"A": {"declared": {"jobs": jobs}}}}, charter)
    assert run(charter, facts).contributions["A"].minor == dues


def test_a_project_of_a_cluster_costs_those_who_joined_it() -> None:
    """3,000.00 between two who used 2 and 1 of the three days; whoever did not join used nothing."""
    members = {name: MemberFacts(contribution=0, use=Fraction(use)) for name, use in (("A", 2), ("B", 1), ("C", 0))}
    outcome = run(shipped("cluster"), Facts(members, events=(Loss(DAY, 300_000),)))
    assert [outcome.totals[f"member:{name}"]["loss"] for name in "ABC"] == [200_000, 100_000, 0]
    assert shipped("cluster").declared.projects == Projects("members-who-join")


def test_jobs_are_counted_and_brackets_say_their_sources() -> None:
    (dues,) = (
        article.text for article in articles(shipped("cluster"), "fr") if article.name == "contributions.cotisation"
    )
    assert "selon son nombre d’emplois : 300,00 EUR jusqu’à 5 ;" in dues.replace("\u00a0", " ")
    assert "montant (échelon 1), montant (échelon 4) : http://www.atelier-idf.org" in dues
    assert "montant (échelon 2)" in dues.partition("nombre inventé")[0]


def test_work_valued_at_the_hourly_minimum_wage() -> None:
    """120 hours at 11.88 are worth 1,425.60; ten days of a stage at 300.00 are worth 3,000.00."""
    charter = shipped("mutualisation-simple")
    given = {each.article: each for each in asked_in_kind(charter, "company")}
    assert given["savoir-faire"].value_minor == 142_560
    assert (given["heures"].quantity, given["heures"].value_minor) == (30, None), "hours have no value in money"
    assert given["parc-commun"].value_minor is None, "as much as the member offers"
    assert {each.article for each in asked_in_kind(charter, "venue")} == {"locaux", "parc-commun", "heures"}
    assert {each.article: each.value_minor for each in asked_in_kind(charter, "venue")}["locaux"] == 300_000


@pytest.mark.parametrize("name", ["mutualisation-simple", "residence-longue"])
def test_where_things_are_shared_no_money_is_called_or_split(name: str) -> None:
    charter = shipped(name)
    members = {"A": MemberFacts(category="venue"), "B": MemberFacts()}
    outcome = run(charter, Facts(members, events=(Result(DAY, -1_000_000), Period(DAY, gross=1_000_000))))
    assert (outcome.contributions, outcome.due, outcome.totals, outcome.uncovered) == ({}, (), {}, 0)


def test_a_long_residency_is_committed_before_its_effect_is_known() -> None:
    """Forty days and twelve services stand whatever the show becomes, and the money is paid at the agreement."""
    charter = shipped("residence-longue")
    assert {each.article: each.value_minor for each in asked_in_kind(charter, "venue")} == {
        "jours-de-plateau": 1_200_000,
        "accompagnement": 300_000,
    }
    assert tranche_amounts(charter, 1_000_000) == {"convention": 1_000_000}
    assert {tranche.condition for tranche in charter.tranches} == {"agreement"}
    assert not charter.rules
    documents = frozenset({"projet de résidence", "calendrier des jours et des services"})
    assert is_eligible(charter.gates, replace(COMPLETE, documents=documents))
    assert not is_eligible(charter.gates, replace(COMPLETE, documents=documents, partners=COMPLETE.partners[:1]))


def test_solima_asks_for_what_each_gives_or_nothing() -> None:
    charter = shipped("solima")
    facts = facts_from_json({"members": {"A": {}, "B": {"pledge": "35.50"}}}, charter)
    outcome = run(charter, facts)
    assert {name: computed.minor for name, computed in outcome.contributions.items()} == {"A": 0, "B": 3_550}
    assert [(phase.work, phase.adopted_by) for phase in charter.declared.phases] == [
        ("diagnosis", "plenary"), ("meetings", None), ("proposals", "plenary"),
    ]  # fmt: skip
    assert charter.governance is not None
    assert charter.governance.chair == "votes", "nobody has more than one vote"


def test_creafonds_asks_for_five_sponsors() -> None:
    charter = shipped("creafonds")
    four = replace(COMPLETE, sponsors=COMPLETE.sponsors[:4])
    assert is_eligible(charter.gates, COMPLETE)
    closed = [verdict for verdict in verdicts(charter.gates, four) if not verdict.passed]
    assert [verdict_text(verdict, "en") for verdict in closed] == [
        "4 sponsors committed to production and touring, of the 5 asked. The condition is not met."
    ]
    undecided = replace(COMPLETE, sponsors=(*four.sponsors, Sponsor("E", frozenset({"production"}))))
    assert not is_eligible(charter.gates, undecided)


def test_creafonds_needs_half_of_those_who_may_vote() -> None:
    governance = shipped("creafonds").governance
    assert governance is not None
    assert [quorum_needed(governance, electorate=size) for size in (7, 11, 12)] == [4, 6, 6]
    assert quorum_needed(governance, electorate=7, recused=2) == 3
    assert governance.ballot == Approval(EqualShares("cost", "utilitarian", 1), "lottery")
    assert (governance.notice_days, governance.proxies) == (5, 1)


# what is changed in an application that passes · whether the guarantee may be asked for
GUARANTEE: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"own_part": 2_999_999}, False),
    ({"files_in_season": 4}, False),
    ({"covered_in_season": 201}, False),
    ({"receipts": 9_999_999}, False),
    ({"last_aided_on": date(2021, 3, 2)}, False),
    ({"first_date_on": FILED}, False),
]


@pytest.mark.parametrize(("changed", "eligible"), GUARANTEE, ids=[str(row[0]) for row in GUARANTEE])
def test_who_may_ask_for_a_deficit_guarantee(changed: dict[str, Any], eligible: bool) -> None:
    """30 % held, three files and 270 performances a season, five years without aid, before the first date."""
    assert is_eligible(shipped("astp-garantie").gates, replace(COMPLETE, **changed)) == eligible


@pytest.mark.parametrize(
    ("changed", "eligible"),
    [({}, True), ({"adviser_met_on": None}, False), ({"meeting_on": date(2026, 3, 31)}, False),
     ({"announced_on": FILED}, False)],
    ids=str,
)  # fmt: skip
def test_who_may_ask_for_the_solidarity_return(changed: dict[str, Any], eligible: bool) -> None:
    assert is_eligible(shipped("retour-solidaire").gates, replace(COMPLETE, **changed)) == eligible


DECLARED = """\
[[resources]]
name = "plateau"
what = "premises"
unit = "day"
longest = 10
waiting_list = true
source = "made-up"

[[resources]]
name = "atelier"
what = "skills"
unit = "hour"

[baskets]
physical = 2
immaterial = 1
chosen_by = "artists"
source = "made-up"

[projects]
members = "members-who-join"

[[phases]]
name = "un"
work = "diagnosis"
adopted_by = "committee"

[[phases]]
name = "deux"
work = "proposals"
"""


def test_what_is_declared_is_read() -> None:
    top, faults = table_alone(DECLARED)
    assert read_declared(top) == Declared(
        resources=(
            Resource("plateau", "premises", "day", 10, True, {"longest": "made-up"}),
            Resource("atelier", "skills", "hour", None, False, {}),
        ),
        baskets=Baskets(2, 1, "artists", {"physical": "made-up", "immaterial": "made-up"}),
        projects=Projects("members-who-join"),
        phases=(Phase("un", "diagnosis", "committee"), Phase("deux", "proposals", None)),
    )
    assert faults.found == []


def test_what_is_declared_is_said_in_both_languages() -> None:
    declared = read_declared(table_alone(DECLARED)[0])
    french = {name: (titles[0], text) for name, titles, text in declared_texts(declared, "fr")}
    english = {name: (titles[1], text) for name, titles, text in declared_texts(declared, "en")}
    assert french["resources"] == (
        "Ce que les membres réservent",
        "Chaque chose se réserve à son tour : plateau (locaux), par jour, 10 jours au plus, avec liste d’attente ; "
        "atelier (compétences), par heure. Aucun montant n’en dépend. [Sources : durée (plateau) : nombre inventé]",
    )
    assert english["resources"][1].startswith(
        "Each thing is booked in turn: plateau (premises), by the day, 10 days at most, with a waiting list; "
        "atelier (skills), by the hour. No amount depends on it."
    )
    assert french["baskets"][1].startswith(
        "Un panier contient 2 biens matériels et 1 bien immatériel. Son contenu, choisi par les artistes, n’est pas "
        "connu d’avance. Aucun montant n’en dépend."
    )
    assert "2 physical goods and 1 immaterial good. Its content, chosen by the artists, is not" in english["baskets"][1]
    assert "eux seuls en votent les décisions" in french["projects"][1]
    assert "they alone vote on it, bear its costs and are credited" in english["projects"][1]
    assert french["phases"][1] == (
        "Dans l’ordre : 1. un diagnostic partagé, adopté par le comité ; 2. des propositions et leur suivi. "
        "Aucun montant n’en dépend."
    )
    assert "1. a shared diagnosis, adopted by the committee; 2. proposals and their follow-up." in english["phases"][1]
    assert declared.baskets is not None
    assert {slot for each in (*declared.resources, declared.baskets) for slot in each.sources} <= set(SLOT_WORDS)


@pytest.mark.parametrize(
    ("members", "english"), [("all-members", "Every member takes part"), ("members-who-join", "who join")]
)
def test_who_takes_part_in_a_project_is_said(members: Any, english: str) -> None:
    ((_, _, text),) = declared_texts(Declared(projects=Projects(members)), "en")
    assert english in text


def test_most_charters_declare_nothing() -> None:
    assert read_charter(SMALL).declared == NOTHING
    assert [*declared_texts(NOTHING, "fr")] == []


# code · what is written instead · the line at fault
FAULTS = [
    ("choice", ('unit = "hour"', 'unit = "week"'), 'unit = "week"'),
    ("missing", ('what = "skills"\n', ""), "[[resources]]"),
    ("source-missing", ('longest = 10\nwaiting_list = true\nsource = "made-up"', "longest = 10"), "longest = 10"),
    ("name-twice", ('name = "atelier"', 'name = "plateau"'), 'name = "plateau"'),
    ("name-twice", ('name = "deux"', 'name = "un"'), 'name = "un"'),
    ("basket-empty", ("physical = 2\nimmaterial = 1", "physical = 0\nimmaterial = 0"), "[baskets]"),
    ("whole-range", ("physical = 2", "physical = -1"), "physical = -1"),
    ("choice", ('members = "members-who-join"', 'members = "nobody"'), 'members = "nobody"'),
    ("choice", ('adopted_by = "committee"', 'adopted_by = "king"'), 'adopted_by = "king"'),
    ("unknown", ('work = "proposals"', 'work = "proposals"\ncolour = "red"'), 'colour = "red"'),
]


@pytest.mark.parametrize(("code", "edit", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_of_what_is_declared_is_told_at_its_line(code: str, edit: tuple[str, str], line: str) -> None:
    assert edit[0] in DECLARED
    text = SMALL + DECLARED.replace(edit[0], edit[1], 1)
    lines = text.split("\n")
    assert [(fault.code, lines[(fault.line or 0) - 1]) for fault in faults_of(text)] == [(code, line)]


def test_the_gates_and_the_governance_of_the_readme_can_be_read() -> None:
    text = (Path(grammar.__file__).parent / "README.md").read_text(encoding="utf-8")
    example = text.partition("## Who may apply")[2].partition("```toml\n")[2].partition("```")[0]
    charter = read_charter(f"{SMALL}\n{example}")
    assert [type(gate.requirement).__name__ for gate in charter.gates] == ["Sponsors", "PlannedDates"]
    assert charter.governance is not None
    assert {article.name for article in articles(charter, "fr")} >= {"gates", "governance"}
