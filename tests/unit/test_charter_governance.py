"""How a committee decides: quorums, convocations, proxies and majorities of real procedures, and how they read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from allocation.methods.registry import METHODS
from fund.charter.faults import Language
from fund.charter.governance import (
    HALF,
    Answer,
    Approval,
    Ballot,
    Buckets,
    Chair,
    Consent,
    EqualShares,
    Governance,
    Greedy,
    MajorityJudgment,
    Quorum,
    SecondMeeting,
    Tally,
    YesNo,
    chair_votes,
    convened_in_time,
    counted_proxies,
    majority_reached,
    may_open_vote,
    quorum_needed,
    quorum_reached,
)
from fund.charter.reading.governance import ALLOCATION_METHODS, BALLOTS
from fund.charter.words.article_texts import SLOT_WORDS
from fund.charter.words.commons_sentences import COMMONS
from fund.charter.words.governance_texts import governance_text
from tests.commons import read_alone

LANGUAGES: tuple[Language, Language] = ("fr", "en")
DECREE = "https://juriblio.fr/decrets/decret-no-2006-672-du-8-juin-2006/134857833/chapitre-iii"

WHOLE = f"""\
[governance]
notice_days = 5
emergency = true
quorum = "1/2"
quorum_counts_recused = false
quorum_counts_proxies = true
second_meeting_days = 5
proxies = 1
chair = "casting-vote"
ballot = "yes-no"
majority = "1/2"
majority_of = "present"
tie_break = "casting-vote"
secret_ballots = true
secret_debates = true
debate_first = true
source = "{DECREE}"
"""
"""The general rules of administrative commissions, decree 2006-672, with the stricter rule on the recused."""


def ruled(quorum: Quorum | None = None, *, ballot: Ballot | None = None, chair: Chair = "votes") -> Governance:
    return Governance(ballot or YesNo(), chair, {}, quorum=quorum)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("electorate", "recused", "counted", "needed"),
    [
        (7, 0, True, 4), (11, 0, True, 6), (12, 0, True, 6),
        # two of seven are recused: half of seven, or half of the five others
        (7, 2, True, 4), (7, 2, False, 3),
        (0, 0, True, 0), (3, 3, False, 0), (3, 4, False, 0),
    ],
)  # fmt: skip
def test_at_least_half(electorate: int, recused: int, counted: bool, needed: int) -> None:
    governance = ruled(Quorum(HALF, counts_recused=counted))
    assert quorum_needed(governance, electorate=electorate, recused=recused) == needed


def test_without_a_quorum_nobody_has_to_come() -> None:
    assert quorum_needed(ruled(), electorate=12) == 0
    assert quorum_reached(ruled(), electorate=12, present=0)


def test_proxies_and_recused_count_where_the_charter_counts_them() -> None:
    """Of eleven, four are there, one gave a proxy, and one of the two recused came: six are needed, or five of nine."""
    found = {
        (proxies, recused): quorum_reached(
            ruled(Quorum(HALF, counts_recused=recused, counts_proxies=proxies)),
            electorate=11, present=4, represented=1, recused=2, recused_present=1,
        )
        for proxies in (True, False)
        for recused in (True, False)
    }  # fmt: skip
    assert found == {(True, True): True, (True, False): True, (False, True): False, (False, False): False}


def test_a_second_meeting_needs_no_quorum_where_there_is_one() -> None:
    once = ruled(Quorum(HALF))
    twice = Governance(YesNo(), "votes", {}, notice_days=5, quorum=Quorum(HALF), second_meeting=SecondMeeting(3))
    assert not quorum_reached(once, electorate=11, present=1, second=True)
    assert quorum_reached(twice, electorate=11, present=1, second=True)
    assert not quorum_reached(twice, electorate=11, present=1)


@pytest.mark.parametrize(
    ("convened", "second", "emergency", "in_time"),
    [
        (date(2026, 3, 5), False, False, True),
        (date(2026, 3, 6), False, False, False),
        (date(2026, 3, 10), False, True, True),
        (date(2026, 3, 11), False, True, False),
        (date(2026, 3, 7), True, False, True),
        (date(2026, 3, 8), True, False, False),
    ],
    ids=["five days", "four days", "emergency, the day itself", "after it took place", "three days", "two days"],
)
def test_a_convocation_leaves_its_days(convened: date, second: bool, emergency: bool, in_time: bool) -> None:
    """Five days for a meeting on 10 March, three for the second one."""
    governance = Governance(
        YesNo(), "votes", {}, notice_days=5, quorum=Quorum(HALF), second_meeting=SecondMeeting(3), emergency=True
    )
    assert in_time == convened_in_time(
        governance, convened_on=convened, meeting_on=date(2026, 3, 10), second=second, emergency=emergency
    )


def test_an_emergency_that_the_charter_does_not_know_shortens_nothing() -> None:
    governance = Governance(YesNo(), "votes", {}, notice_days=5, debate_first=True)
    day = date(2026, 3, 10)
    assert not convened_in_time(governance, convened_on=day, meeting_on=day, emergency=True)
    assert not may_open_vote(governance, debated=False, emergency=True)


def test_no_vote_without_a_debate_unless_an_emergency_is_declared() -> None:
    governance = Governance(YesNo(), "votes", {}, debate_first=True, emergency=True)
    assert may_open_vote(governance, debated=True)
    assert not may_open_vote(governance, debated=False)
    assert may_open_vote(governance, debated=False, emergency=True)
    assert may_open_vote(ruled(), debated=False)


def test_the_chair_of_a_regional_commission_never_votes() -> None:
    assert [chair_votes(ruled(chair=chair)) for chair in ("votes", "casting-vote", "never-votes")] == [
        True, True, False,
    ]  # fmt: skip


def test_proxies_that_count() -> None:
    """One a person; the second one given to Anne, that of a person present, and those of the recused do not count."""
    governance = Governance(YesNo(), "votes", {}, proxies=1)
    proxies = {"Bruno": "Anne", "Carla": "Anne", "Denis": "Elsa", "Anne": "Elsa", "Fanny": "Gilles", "Hugo": "Hugo"}
    counted = counted_proxies(governance, proxies, recused=["Denis", "Gilles"], present=["Anne", "Elsa", "Gilles"])
    assert counted == {"Bruno": "Anne"}
    assert counted_proxies(ruled(), proxies, present=["Anne", "Elsa"]) == {}
    assert counted_proxies(governance, {"Bruno": "Anne"}, present=[]) == {}


# majority, of, yes, no, abstentions, what the chair answers, adopted, because
MAJORITIES: list[tuple[str, str, int, int, int, Answer | None, bool, str]] = [
    ("1/2", "cast", 3, 2, 4, None, True, "more than half of five cast"),
    ("1/2", "present", 3, 2, 4, None, False, "three of nine present"),
    ("1/2", "cast", 3, 3, 0, None, False, "a tie is rejected"),
    ("1/2", "cast", 3, 3, 0, "yes", False, "without a casting vote the chair settles nothing"),
    ("2/3", "cast", 4, 2, 0, None, True, "two thirds exactly"),
    ("2/3", "cast", 5, 3, 0, None, False, "five of eight is less"),
    ("1/1", "cast", 5, 0, 3, None, True, "nobody against"),
    ("1/1", "present", 5, 0, 3, None, False, "three held back"),
    ("1/2", "cast", 0, 0, 5, None, False, "nobody for it"),
    ("2/3", "present", 0, 0, 0, None, False, "nobody at all"),
]


@pytest.mark.parametrize("row", MAJORITIES, ids=[row[-1] for row in MAJORITIES])
def test_majority(row: tuple[str, str, int, int, int, Answer | None, bool, str]) -> None:
    majority, of, yes, no, abstentions, casting, adopted, _ = row
    ballot = YesNo(Fraction(majority), of)  # type: ignore[arg-type]
    assert majority_reached(ballot, Tally(yes, no, abstentions), casting=casting) == adopted


@pytest.mark.parametrize(("casting", "adopted"), [("yes", True), ("no", False), (None, False)])
def test_a_casting_vote_settles_a_tie_and_nothing_else(casting: Answer | None, adopted: bool) -> None:
    ballot = YesNo(HALF, "cast", "casting-vote")
    assert majority_reached(ballot, Tally(3, 3), casting=casting) == adopted
    assert majority_reached(ballot, Tally(4, 3), casting=casting)
    assert not majority_reached(ballot, Tally(3, 4), casting=casting)
    assert not majority_reached(ballot, Tally(0, 0, 7), casting=casting)


def a_ballot(*slots: str) -> str:
    return "\n".join(("[governance]", 'chair = "votes"', 'source = "made-up"', *slots, ""))


# the ballot as written · what it is read as · what the article says in French and in English
WRITTEN: list[tuple[tuple[str, ...], Ballot, str, str]] = [
    (('ballot = "yes-no"', 'majority = "1/2"'), YesNo(HALF, "cast", "rejected"),
     "Il faut plus de la moitié des voix exprimées. À égalité, la proposition est rejetée.",
     "It takes more than half of the votes cast. In a tie, the proposal is rejected."),
    (('ballot = "yes-no"', 'majority = "2/3"', 'majority_of = "present"', 'tie_break = "rejected"'),
     YesNo(Fraction(2, 3), "present", "rejected"), "Il faut au moins 2/3 des présents et représentés.",
     "It takes at least 2/3 of those present or represented."),
    (('ballot = "majority-judgment"', "grades = 6"), MajorityJudgment(6, "remove-median"),
     "une mention parmi 6 ; la meilleure mention médiane l’emporte. À égalité, on retire à chacun",
     "one of 6 grades; the best median grade wins. In a tie, one median grade is taken"),
    (('ballot = "majority-judgment"', "grades = 5", 'tie_break = "nearest-grade"'),
     MajorityJudgment(5, "nearest-grade"), "la plus proche de la mention supérieure", "nearest to the next grade"),
    (('ballot = "consent"',), Consent(None), "aucune objection valable ne subsiste. Les bulletins",
     "no valid objection stands. Ballots"),
    (('ballot = "consent"', 'fallback = "yes-no"', 'majority = "3/4"'), Consent(YesNo(Fraction(3, 4))),
     "Si le consentement échoue, on vote par oui ou par non. Il faut au moins 75 %",
     "When consent fails, the vote is yes or no. It takes at least 75%"),
    (('ballot = "buckets"',), Buckets("equal"), "une part égale du pot commun", "an equal part of the common pot"),
    (('ballot = "buckets"', 'pot_key = "contribution"'), Buckets("contribution"), "selon ce qu’il y a versé",
     "by what they paid in"),
    (('ballot = "approval"', 'allocation_method = "equal-shares/1"'), Approval(EqualShares()),
     "(méthode equal-shares/1). Ce qui reste va aux projets les plus soutenus. Un soutien pèse ce que coûte le projet. "
     "Un projet a besoin d’au moins 1 soutien. À égalité : plus de soutiens",
     "(method equal-shares/1). What is left goes to the most supported projects. A supporter weighs what the project "
     "costs. A project needs at least 1 supporter. In a tie: more supporters"),
    (('ballot = "approval"', 'allocation_method = "equal-shares/1"', 'completion = "none"', "min_support = 3",
      'utility = "cardinal"', 'tie_break = "lexicographic"'),
     Approval(EqualShares("cardinal", "none", 3), "lexicographic"),
     "Ce qui reste n’est pas attribué. Un soutien pèse autant pour tous les projets. Un projet a besoin d’au moins 3 "
     "soutiens. À égalité, l’ordre alphabétique des codes.",
     "What is left is not awarded. A supporter weighs the same for every project. A project needs at least 3 "
     "supporters. In a tie, the alphabetical order of the codes."),
    (('ballot = "approval"', 'allocation_method = "greedy/1"', "min_support = 0"), Approval(Greedy("cost", 0)),
     "tant que l’enveloppe y suffit (méthode greedy/1). Un soutien pèse ce que coûte le projet. À égalité",
     "as long as the money lasts (method greedy/1). A supporter weighs what the project costs. In a tie"),
]  # fmt: skip


@pytest.mark.parametrize(("slots", "read", "french", "english"), WRITTEN, ids=[str(row[1]) for row in WRITTEN])
def test_every_ballot_is_read_and_said(slots: tuple[str, ...], read: Ballot, french: str, english: str) -> None:
    _, governance, faults = read_alone(a_ballot(*slots))
    assert not faults
    assert governance is not None
    assert governance.ballot == read
    assert french in plain(governance_text(governance, "fr"))
    assert english in plain(governance_text(governance, "en"))


def test_every_ballot_is_written_here() -> None:
    assert {row[0][0].partition('"')[2].strip('"') for row in WRITTEN} == set(BALLOTS)


def test_the_allocation_methods_are_those_that_run() -> None:
    assert set(ALLOCATION_METHODS) <= set(METHODS)
    for method in (Greedy(), EqualShares()):
        values = {slot: getattr(method, slot) for slot in METHODS[method.id].completed({})}
        assert values == METHODS[method.id].completed({}), "the same defaults"


def test_the_whole_governance_is_read() -> None:
    _, governance, faults = read_alone(WHOLE)
    assert not faults
    assert governance == Governance(
        ballot=YesNo(HALF, "present", "casting-vote"),
        chair="casting-vote",
        notice_days=5,
        quorum=Quorum(HALF, counts_recused=False, counts_proxies=True),
        second_meeting=SecondMeeting(5),
        proxies=1,
        secret_ballots=True,
        secret_debates=True,
        debate_first=True,
        emergency=True,
        sources=dict.fromkeys(("majority", "notice_days", "quorum", "second_meeting_days", "proxies"), DECREE),
    )
    assert set(governance.sources) <= set(SLOT_WORDS)


def test_a_charter_may_leave_its_governance_unsaid() -> None:
    assert read_alone("") == ((), None, [])


# what is written instead · what the article says in French and in English
SAID = [
    ("", "La convocation part 5 jours au moins avant la séance.", "leaves at least 5 days before the meeting."),
    ("", "Aucun vote ne s’ouvre sans débat.", "No vote opens without a debate."),
    ("", "Une urgence déclarée dispense de ce délai et de débat.", "dispenses with notice and debate."),
    ("debate_first = true", "Une urgence déclarée dispense de ce délai.", "dispenses with notice."),
    ("", "au moins la moitié des votants, personnes représentées comprises ; les personnes en déport ne comptent pas.",
     "at least half of the voters, those represented included; the recused do not count."),
    ("quorum_counts_recused = false", "les personnes en déport comptent.", "the recused count."),
    ("", "une seconde séance, convoquée 5 jours avant sur le même ordre du jour, délibère sans quorum.",
     "a second meeting, convened 5 days before on the same agenda, deliberates without one."),
    ("", "Une personne porte au plus 1 procuration.", "A person holds at most 1 proxy."),
    ("proxies = 1", "Personne ne vote par procuration.", "Nobody votes by proxy."),
    ("", "Une personne en déport ne vote pas, ni elle-même ni par procuration.", "A recused person does not vote"),
    ("", "sa voix l’emporte en cas de partage.", "has the casting vote in a tie."),
    ("", "À égalité, la présidence tranche.", "In a tie, the chair decides."),
    ("", "Les bulletins sont secrets. Les débats sont secrets.", "Ballots are secret. Debates are secret."),
    ("secret_ballots = true", "Les bulletins sont publics dans le fonds.", "Ballots are open within the fund."),
    ("secret_debates = true", "Les débats ne sont pas secrets.", "Debates are not secret."),
    ("", f"[Sources : majorité, convocation, quorum, seconde convocation, procurations : {DECREE}]",
     f"[Sources: majority, notice, quorum, second notice, proxies: {DECREE}]"),
]  # fmt: skip


@pytest.mark.parametrize(("dropped", "french", "english"), SAID, ids=[row[2][:40] for row in SAID])
def test_every_slot_is_said(dropped: str, french: str, english: str) -> None:
    _, governance, faults = read_alone(WHOLE.replace(f"{dropped}\n", "", 1) if dropped else WHOLE)
    assert not faults
    assert governance is not None
    assert french in plain(governance_text(governance, "fr"))
    assert english in plain(governance_text(governance, "en"))


@pytest.mark.parametrize(("chair", "english"), [("votes", "votes like the others"), ("never-votes", "never votes")])
def test_every_chair_is_said(chair: str, english: str) -> None:
    _, governance, _ = read_alone(a_ballot('ballot = "consent"').replace('"votes"', f'"{chair}"'))
    assert governance is not None
    assert english in governance_text(governance, "en")


def test_no_quorum_is_said_too() -> None:
    _, governance, _ = read_alone(a_ballot('ballot = "consent"', "quorum = '1/1'").replace("quorum", "#quorum"))
    assert governance is not None
    assert "Aucun quorum n’est demandé." in governance_text(governance, "fr")
    _, in_person, _ = read_alone(a_ballot('ballot = "consent"', "quorum = '60 %'", "quorum_counts_proxies = false"))
    assert in_person is not None
    assert "au moins 60 % des votants, présents en personne" in plain(governance_text(in_person, "fr"))


YES_NO = ('ballot = "yes-no"', 'majority = "1/2"')

# code · the governance as written · the line at fault
FAULTS: list[tuple[str, str, str]] = [
    ("missing", "[governance]\nchair = 'votes'\n", "[governance]"),
    ("missing", "[governance]\nballot = 'consent'\n", "[governance]"),
    ("choice", a_ballot('ballot = "dice"', "grades = 6"), 'ballot = "dice"'),
    ("missing", a_ballot('ballot = "yes-no"'), "[governance]"),
    ("majority-low", a_ballot('ballot = "yes-no"', 'majority = "40 %"'), 'majority = "40 %"'),
    ("choice", a_ballot(*YES_NO, 'tie_break = "remove-median"'), 'tie_break = "remove-median"'),
    ("choice", a_ballot('ballot = "majority-judgment"', "grades = 6", 'tie_break = "lottery"'), "tie_break ="),
    ("choice", a_ballot('ballot = "approval"', 'allocation_method = "borda/1"'), 'allocation_method = "borda/1"'),
    ("choice", a_ballot('ballot = "approval"', 'allocation_method = "greedy/1"', 'tie_break = "rejected"'),
     "tie_break ="),
    ("whole-range", a_ballot('ballot = "majority-judgment"', "grades = 1"), "grades = 1"),
    ("ballot-slot", a_ballot(*YES_NO, "grades = 6"), "grades = 6"),
    ("ballot-slot", a_ballot('ballot = "buckets"', 'tie_break = "lottery"'), "tie_break ="),
    ("ballot-slot", a_ballot('ballot = "consent"', 'majority = "1/2"'), 'majority = "1/2"'),
    ("ballot-slot", a_ballot('ballot = "approval"', 'allocation_method = "greedy/1"', 'completion = "none"'),
     'completion = "none"'),
    ("quorum-absent", a_ballot(*YES_NO, "quorum_counts_recused = false"), "quorum_counts_recused = false"),
    ("quorum-absent", a_ballot(*YES_NO, "quorum_counts_proxies = true"), "quorum_counts_proxies = true"),
    ("quorum-absent", a_ballot(*YES_NO, "second_meeting_days = 5"), "second_meeting_days = 5"),
    ("tie-without-casting", a_ballot(*YES_NO, 'tie_break = "casting-vote"'), "tie_break ="),
    ("tie-without-casting", WHOLE.replace('chair = "casting-vote"', 'chair = "never-votes"'), "tie_break ="),
    ("casting-without-tie", WHOLE.replace('tie_break = "casting-vote"', 'tie_break = "rejected"'), "chair ="),
    ("casting-without-tie", a_ballot('ballot = "consent"').replace('"votes"', '"casting-vote"'), "chair ="),
    ("casting-majority", WHOLE.replace('majority = "1/2"', 'majority = "2/3"'), "tie_break ="),
    ("emergency-nothing", a_ballot(*YES_NO, "emergency = true"), "emergency = true"),
    ("rate", a_ballot(*YES_NO, 'quorum = "0 %"'), 'quorum = "0 %"'),
    ("source-missing", a_ballot(*YES_NO).replace('source = "made-up"\n', ""), 'majority = "1/2"'),
    ("unknown-near", a_ballot(*YES_NO, "proxie = 1"), "proxie = 1"),
    ("type-table", "governance = 1\n", "governance = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_is_told_at_its_line(code: str, text: str, line: str) -> None:
    _, _, faults = read_alone(text)
    lines = text.split("\n")
    assert [(fault.code, lines[fault.line - 1][: len(line)]) for fault in faults if fault.line] == [(code, line)]
    assert faults[0].sentence("fr") != faults[0].sentence("en")


def test_all_faults_are_told_at_once() -> None:
    _, _, faults = read_alone(a_ballot('ballot = "yes-no"', "majority = 0.5", "quorum = 1", 'proxies = "one"'))
    assert sorted(fault.code for fault in faults) == ["float", "type-exact", "type-whole"]


def test_every_fault_of_gates_and_governance_is_tried() -> None:
    tried = {code for code, *_ in FAULTS} | {"gate-part", "gate-list", "gate-twice", "basket-empty"}
    assert {code for code, *_ in COMMONS} <= tried
