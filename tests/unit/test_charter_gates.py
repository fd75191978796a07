"""Who may apply: each gate of the field, at the figure that opens it and one short of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from fund.charter import gates as kinds
from fund.charter.applications import ApplicationFacts, EarlierReport, Engagement, Partner, PlannedDate, Sponsor
from fund.charter.faults import Language
from fund.charter.gates import Gate, OwnShare, Requirement, Sponsors, is_eligible, verdicts
from fund.charter.reading.gates import KINDS
from fund.charter.words.article_texts import SLOT_WORDS
from fund.charter.words.gate_texts import gates_text, requirement_text
from fund.charter.words.verdict_sentences import SENTENCES, sentence, verdict_text
from tests.commons import COMPLETE, FILED, REQUIREMENTS, a_gate, read_alone

LANGUAGES: tuple[Language, Language] = ("fr", "en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# requirement by its place · what the application lacks · what is said of it in French · in English
SHORT: list[tuple[int, dict[str, Any], str, str]] = [
    (0, {"sponsors": COMPLETE.sponsors[:4]}, "4 parrains engagés pour la production et la diffusion, sur 5 demandés.",
     "4 sponsors committed to production and touring, of the 5 asked."),
    # a fifth who commits to production alone, and one named twice
    (0, {"sponsors": (*COMPLETE.sponsors[:4], Sponsor("F", frozenset({"production"})), COMPLETE.sponsors[0])},
     "4 parrains", "4 sponsors"),
    (1, {"partners": COMPLETE.partners[1:]}, "2 partenaires sur 3 demandés.", "2 partners of the 3 asked."),
    (1, {"partners": (*COMPLETE.partners[:2], Partner("D"), Partner("A"))},
     "0 partenaire spécialisé sur 1 demandé.", "0 specialised partners of the 1 asked."),
    (2, {"lead_category": "company"}, "Structure chef de file : compagnie ; demandé : lieu, festival.",
     "Lead structure: company; asked: venue, festival."),
    (2, {"lead_category": None}, "aucune indication", "nothing given"),
    (3, {"planned": COMPLETE.planned[:5]}, "5 dates prévues en 24 mois (2 ans), sur 6 demandées.",
     "5 dates planned within 24 months (2 years), of the 6 asked."),
    (3, {"planned": (*COMPLETE.planned[1:], PlannedDate(date(2026, 12, 1)))},
     "2 dates chez des partenaires, sur 3 demandées.", "2 dates hosted by partners, of the 3 asked."),
    # the day after the two years, and the day before the filing
    (3, {"planned": (*COMPLETE.planned[:5], PlannedDate(date(2028, 3, 2)), PlannedDate(date(2026, 2, 28)))},
     "5 dates", "5 dates"),
    (3, {"planned": COMPLETE.planned[:2], "overseas": True}, "2 dates prévues en 24 mois (2 ans), sur 3 demandées.",
     "of the 3 asked."),
    (4, {"coproductions": COMPLETE.coproductions[:3]}, "3 coproductions acquises sur 4 demandées.",
     "3 co-productions held of the 4 asked."),
    (4, {"coproductions": (*COMPLETE.coproductions[:3], Engagement("a second one", "Vaud"))},
     "Coproductions dans 3 régions sur 4 demandées.", "Co-productions in 3 regions of the 4 asked."),
    (5, {"performances": COMPLETE.performances[:11]}, "11 représentations acquises sur 12 demandées.",
     "11 performances held of the 12 asked."),
    (6, {"region": "Occitanie"}, "Région : Occitanie ; admises : Bretagne.", "Region: Occitanie; admitted: Bretagne."),
    (7, {"documents": frozenset({"calendrier"})}, "1 pièce sur 2 demandées ; il manque : budget.",
     "1 document of the 2 asked; missing: budget."),
    (8, {"reports": (EarlierReport("Nocturne", date(2025, 6, 30)),)},
     "0 bilan remis sur 1 dû ; il manque : Nocturne.", "0 reports delivered of the 1 due; missing: Nocturne."),
    (8, {"reports": (EarlierReport("Nocturne", date(2025, 6, 30), date(2026, 3, 2)),)}, "Nocturne", "Nocturne"),
    (9, {"adviser_met_on": None}, "Rencontre préalable : aucune indication ; dossier déposé : 2026-03-01.",
     "Prior meeting with an adviser: nothing given; filed: 2026-03-01."),
    (9, {"adviser_met_on": date(2026, 3, 2)}, "2026-03-02", "2026-03-02"),
    (10, {"meeting_on": date(2026, 3, 31)}, "demandé : 1 mois avant la séance (date : 2026-03-31).",
     "asked: 1 month before the meeting (on: 2026-03-31)."),
    (10, {"meeting_on": None}, "(date : aucune indication)", "(on: nothing given)"),
    (11, {"first_date_on": FILED}, "première représentation : 2026-03-01.", "first performance: 2026-03-01."),
    (12, {"announced_on": FILED}, "annonce au public : 2026-03-01.", "announced to the public: 2026-03-01."),
    (13, {"applications_in_call": 2}, "2 candidatures de cette compagnie à l’appel, 1 au plus.",
     "2 applications of this company to the call, 1 at most."),
    (14, {"files_in_season": 4}, "4 dossiers cette saison, 3 au plus.", "4 files this season, 3 at most."),
    (15, {"to_cover": 71}, "271 représentations garanties cette saison, 270 au plus.",
     "271 performances covered this season, 270 at most."),
    (16, {"own_part": 2_999_999}, "29,99 % de la production portés par la structure, 30 % demandés.",
     "29.99% of the production held by the structure, 30% asked."),
    (16, {"production": 0}, "0 % de la production", "0% of the production"),
    (17, {"receipts": 9_500_000}, "couvrent 95 % des coûts, 100 % demandés.", "cover 95% of costs, 100% asked."),
    (18, {"last_aided_on": date(2021, 3, 2)}, "Dernière aide : 2021-03-02 ; demandé : 60 mois (5 ans) sans aide.",
     "Last aid: 2021-03-02; asked: 60 months (5 years) without aid."),
]  # fmt: skip


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: type(requirement).__name__)
def test_what_just_suffices_opens_the_gate(requirement: Requirement) -> None:
    (verdict,) = verdicts([a_gate(requirement)], COMPLETE)
    assert verdict.passed
    assert "Condition remplie." in verdict_text(verdict, "fr")
    assert "The condition is met." in verdict_text(verdict, "en")


@pytest.mark.parametrize(
    ("at", "lacking", "french", "english"), SHORT, ids=[f"{row[0]}-{row[3][:40]}" for row in SHORT]
)
def test_what_falls_short_closes_it_and_says_by_how_much(
    at: int, lacking: dict[str, Any], french: str, english: str
) -> None:
    gates = [a_gate(requirement, f"porte-{place}") for place, requirement in enumerate(REQUIREMENTS)]
    found = verdicts(gates, replace(COMPLETE, **lacking))
    assert [place for place, verdict in enumerate(found) if not verdict.passed] == [at]
    assert french in plain(verdict_text(found[at], "fr"))
    assert english in plain(verdict_text(found[at], "en"))
    assert "Condition non remplie." in verdict_text(found[at], "fr")
    assert not is_eligible(gates, replace(COMPLETE, **lacking))


def test_every_kind_is_tried_short_of_what_it_asks() -> None:
    assert {row[0] for row in SHORT} == set(range(len(REQUIREMENTS)))
    named = {value for value in vars(kinds).values() if hasattr(value, "checks") and value is not kinds.Verdict}
    assert {type(requirement) for requirement in REQUIREMENTS} == named


def test_a_charter_without_gates_is_open_to_everybody() -> None:
    assert is_eligible([], ApplicationFacts(FILED))
    assert verdicts([], ApplicationFacts(FILED)) == ()


def test_an_empty_application_opens_only_the_gates_that_forbid() -> None:
    opened = [type(r).__name__ for r in REQUIREMENTS if is_eligible([a_gate(r)], ApplicationFacts(FILED))]
    assert opened == [
        "ReportsDelivered", "FiledBefore", "FiledBefore", "Applications", "Applications", "CoveredPerformances",
        "NotAidedFor",
    ]  # fmt: skip


def test_a_sponsor_may_be_asked_for_one_commitment_or_none() -> None:
    facts = ApplicationFacts(FILED, sponsors=(Sponsor("A"), Sponsor("B", frozenset({"diffusion"}))))
    found = [
        sentence(verdicts([a_gate(Sponsors(1, commit))], facts)[0].checks[0], "en")
        for commit in (frozenset[Any](), frozenset({"diffusion"}), frozenset({"production"}))
    ]
    assert found == [
        "2 sponsors of the 1 asked.",
        "1 sponsor committed to touring, of the 1 asked.",
        "0 sponsors committed to production, of the 1 asked.",
    ]


def test_four_sponsors_of_the_five_asked() -> None:
    """The gate of the Groupe des 20, in the words of a refusal."""
    facts = ApplicationFacts(FILED, sponsors=tuple(Sponsor(name) for name in "ABCD"))
    (check,) = verdicts([a_gate(Sponsors(5))], facts)[0].checks
    assert (check.asked, check.found, check.passed) == (5, 4, False)
    assert (sentence(check, "fr"), sentence(check, "en")) == (
        "4 parrains sur 5 demandés.", "4 sponsors of the 5 asked.",
    )  # fmt: skip


def test_every_sentence_is_said_by_some_check() -> None:
    applications = [COMPLETE, *(replace(COMPLETE, **row[1]) for row in SHORT)]
    gates = [a_gate(requirement) for requirement in (
        *REQUIREMENTS, Sponsors(1), Sponsors(1, frozenset({"production"})), Sponsors(1, frozenset({"diffusion"})),
        kinds.Performances(2, 2), kinds.PlannedDates(2, 2, kinds.Hosted("members", 1)),
    )]  # fmt: skip
    codes = {
        f"{check.code}-missing" if check.code in ("documents", "reports") and check.named else check.code
        for application in applications
        for verdict in verdicts(gates, application)
        for check in verdict.checks
    }
    assert codes == set(SENTENCES)


# kind as written, with every slot · what it is read as · what the article says in French and in English
WRITTEN: list[tuple[str, Requirement, str, str]] = [
    ('kind = "sponsors"\nleast = 5\ncommit_to = ["production", "diffusion"]', REQUIREMENTS[0],
     "au moins 5 membres la parrainent, en s’engageant pour la production et la diffusion",
     "at least 5 members sponsor it, committed to production and touring"),
    ('kind = "sponsors"\nleast = 1', Sponsors(1), "au moins 1 membre la parraine", "at least 1 member sponsors it"),
    ('kind = "partners"\nleast = 3\nspecialised = 1', REQUIREMENTS[1],
     "au moins 3 partenaires la portent, dont au moins 1 spécialisé",
     "at least 3 partners carry it, of whom at least 1 is specialised"),
    ('kind = "lead"\ncategories = ["venue", "festival"]', REQUIREMENTS[2], "chef de file est : lieu ou festival",
     "its lead is: venue or festival"),
    ('kind = "planned-dates"\nleast = 6\nwithin_months = 24\nhosted_by = "partners"\nhosted_least = 3\n'
     "least_overseas = 3", REQUIREMENTS[3],
     "au moins 6 dates sont prévues dans les 24 mois (2 ans) qui suivent le dépôt (3 outre-mer), dont au moins 3 "
     "chez des partenaires",
     "at least 6 dates are planned within 24 months (2 years) of the filing (3 overseas), of which at least 3 are "
     "hosted by partners"),
    ('kind = "coproductions"\nleast = 4\nregions = 4', REQUIREMENTS[4],
     "a déjà au moins 4 coproductions, dans 4 régions au moins", "at least 4 co-productions, in at least 4 regions"),
    ('kind = "performances"\nleast = 12', REQUIREMENTS[5], "a déjà au moins 12 représentations",
     "already has at least 12 performances"),
    ('kind = "region"\nregions = ["Bretagne"]', REQUIREMENTS[6], "travaille ici : Bretagne", "works here: Bretagne"),
    ('kind = "documents"\ndocuments = ["budget", "calendrier"]', REQUIREMENTS[7],
     "le dossier contient : budget, calendrier", "the file holds: budget, calendrier"),
    ('kind = "reports-delivered"', REQUIREMENTS[8], "tous les bilans dus", "every report that was due"),
    ('kind = "adviser-met"', REQUIREMENTS[9], "une conseillère ou un conseiller avant le dépôt",
     "met an adviser before filing"),
    ('kind = "filed-ahead"\nmonths = 1', REQUIREMENTS[10], "1 mois au moins avant la séance",
     "at least 1 month before the meeting"),
    ('kind = "filed-before"\nwhat = "exploitation"', REQUIREMENTS[11], "avant la première représentation",
     "before the first performance"),
    ('kind = "filed-before"\nwhat = "announcement"', REQUIREMENTS[12], "avant l’annonce au public",
     "before the public announcement"),
    ('kind = "applications"\nmost = 1\nper = "call"', REQUIREMENTS[13], "pas déposé plus de 1 par appel",
     "no more than 1 of them a call"),
    ('kind = "applications"\nmost = 3\nper = "season"', REQUIREMENTS[14], "plus de 3 par saison",
     "no more than 3 of them a season"),
    ('kind = "covered-performances"\nmost = 270', REQUIREMENTS[15], "pas plus de 270 représentations par saison",
     "no more than 270 performances a season"),
    ('kind = "own-share"\nshare = "30 %"', REQUIREMENTS[16], "au moins 30 % de la production",
     "at least 30% of the production"),
    ('kind = "amortisable"', REQUIREMENTS[17], "les recettes attendues couvrent les coûts",
     "expected receipts cover the costs"),
    ('kind = "not-aided"\nmonths = 60', REQUIREMENTS[18], "pas été aidée depuis 60 mois (5 ans)",
     "not been aided for 60 months (5 years)"),
]  # fmt: skip


DATES = 'kind = "planned-dates"\nleast = 3\nwithin_months = 12\n'


def a_text(slots: str, name: str = "porte") -> str:
    return f'[[gates]]\nname = "{name}"\nsource = "https://example.org/appel"\n{slots}\n'


@pytest.mark.parametrize(
    ("slots", "read", "french", "english"), WRITTEN, ids=[row[0].partition("\n")[0] for row in WRITTEN]
)
def test_every_slot_is_read_and_said(slots: str, read: Requirement, french: str, english: str) -> None:
    (gate,), _, faults = read_alone(a_text(slots))
    assert not faults
    assert gate.requirement == read
    assert french in plain(requirement_text(gate.requirement, "fr"))
    assert english in plain(requirement_text(gate.requirement, "en"))
    assert set(gate.sources.values()) == {"https://example.org/appel"}, "a requirement without a number has its source"
    assert set(gate.sources) <= set(SLOT_WORDS)
    for language in LANGUAGES:
        assert "https://example.org/appel" in gates_text([gate], language)


def test_every_kind_is_written_here() -> None:
    assert {row[0].partition('"')[2].partition('"')[0] for row in WRITTEN} == set(KINDS)


def test_the_gates_are_read_aloud_as_one_article() -> None:
    text = a_text('kind = "sponsors"\nleast = 5', "parrains") + a_text('kind = "adviser-met"', "rencontre")
    gates, _, _ = read_alone(text)
    assert gates_text(gates, "fr").startswith(
        "Une demande est recevable si : au moins 5 membres la parrainent ; la compagnie a rencontré"
    )
    assert gates_text(gates, "en").endswith(
        "[Sources: minimum (parrains), rule (rencontre): https://example.org/appel]"
    )


# code · the gates as written · the line at fault
FAULTS: list[tuple[str, str, str]] = [
    ("missing", a_text(""), "[[gates]]"),
    ("choice", a_text('kind = "wealth"\nleast = 5'), 'kind = "wealth"'),
    ("missing", a_text('kind = "sponsors"'), "[[gates]]"),
    ("whole-range", a_text('kind = "sponsors"\nleast = 0'), "least = 0"),
    ("choice", a_text('kind = "sponsors"\nleast = 5\ncommit_to = ["love"]'), "commit_to ="),
    ("unknown", a_text('kind = "adviser-met"\nleast = 5'), "least = 5"),
    ("unknown-near", a_text('kind = "sponsors"\nleast = 5\nleest = 4'), "leest = 4"),
    ("gate-part", a_text('kind = "partners"\nleast = 3\nspecialised = 4'), "specialised = 4"),
    ("gate-part", a_text('kind = "coproductions"\nleast = 3\nregions = 4'), "regions = 4"),
    ("gate-part", a_text(DATES + 'hosted_by = "members"\nhosted_least = 4'),
     "hosted_least = 4"),
    ("gate-part", a_text(DATES + "least_overseas = 4"),
     "least_overseas = 4"),
    ("missing", a_text(DATES + 'hosted_by = "members"'), "[[gates]]"),
    ("missing", a_text(DATES + "hosted_least = 2"), "[[gates]]"),
    ("gate-list", a_text('kind = "documents"\ndocuments = []'), "documents = []"),
    ("missing", a_text('kind = "documents"'), "[[gates]]"),
    ("texts", a_text('kind = "region"\nregions = [1]'), "regions = [1]"),
    ("rate", a_text('kind = "own-share"\nshare = "130 %"'), 'share = "130 %"'),
    ("source-missing", '[[gates]]\nname = "porte"\nkind = "sponsors"\nleast = 5', "least = 5"),
    ("name", a_text('kind = "adviser-met"', "La porte"), 'name = "La porte"'),
    ("name-twice", a_text('kind = "adviser-met"') + a_text('kind = "amortisable"'), 'name = "porte"'),
    ("gate-twice", a_text('kind = "sponsors"\nleast = 5', "a") + a_text('kind = "sponsors"\nleast = 3', "b"),
     'kind = "sponsors"'),
    ("gate-twice", a_text('kind = "applications"\nmost = 1\nper = "call"', "a")
     + a_text('kind = "applications"\nmost = 2\nper = "call"', "b"), 'kind = "applications"'),
    ("type-tables", "[gates]\nname = 'porte'", "[gates]"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_is_told_at_its_line(code: str, text: str, line: str) -> None:
    _, _, faults = read_alone(text)
    lines = text.split("\n")
    assert [(fault.code, lines[fault.line - 1][: len(line)]) for fault in faults if fault.line] == [(code, line)]
    assert faults[0].sentence("fr") != faults[0].sentence("en")


def test_two_gates_of_one_kind_about_different_things_stand_together() -> None:
    text = a_text('kind = "applications"\nmost = 1\nper = "call"', "a")
    text += a_text('kind = "applications"\nmost = 3\nper = "season"', "b")
    gates, _, faults = read_alone(text)
    assert not faults
    assert [gate.name for gate in gates] == ["a", "b"]


def test_all_faults_of_all_gates_are_told_at_once() -> None:
    text = a_text('kind = "sponsors"\nleast = "5"', "a") + a_text('kind = "own-share"\nshare = 0.3', "b")
    _, _, faults = read_alone(text)
    assert [fault.code for fault in faults] == ["type-whole", "float"]


def test_the_share_is_exact() -> None:
    third = Gate("porte", OwnShare(Fraction(1, 3)), {})
    assert is_eligible([third], replace(COMPLETE, own_part=1, production=3))
    assert not is_eligible([third], replace(COMPLETE, own_part=333_333, production=1_000_000))
