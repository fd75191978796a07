"""The articles of a charter read aloud: everything that is written is said, in French and in English."""

from __future__ import annotations

import re

import pytest

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped, shipped_names
from fund.charter.words.article_texts import SLOT_WORDS
from fund.charter.words.explanation import articles, charter_lines
from tests.charters import SMALL, a_loss, a_rule, edited

LANGUAGES: tuple[Language, Language] = ("fr", "en")


def text_of(text: str, language: Language, name: str) -> str:
    """The text of one article, with plain spaces."""
    (found,) = (article.text for article in articles(read_charter(text), language) if article.name == name)
    return found.replace("\u00a0", " ").replace("\u202f", " ")


# slot as written · what the French and the English article say of it
SAID = [
    ("exclude_first_dates = 8", "Les 8 premières dates ne comptent pas.", "The first 8 dates do not count."),
    ("exclude_first_dates = 1", "La première date ne compte pas.", "The first date does not count."),
    ("exclude_member_dates = true", "jouées chez un membre ne comptent pas", "Dates played at a member’s do not count"),
    ("only_triggered = true", "Seul compte ce que l’aide a fait naître", "Only what the aid brought about counts"),
    ("vesting_months = 36", "aucun contrat n’est signé dans un délai de 3 ans", "a contract is signed within 3 years"),
    ("window_months = 12", "un délai de 1 an à partir de la première", "within 1 year of the première"),
    ('no_return_up_to = "1500.00"', "de 1 500,00 EUR ou moins ne donne rien", "of 1,500.00 EUR or less gives nothing"),
    ('franchise = "50000.00"', "Les premiers 50 000,00 EUR sont francs", "The first 50,000.00 EUR are free"),
    ('franchise = "50 % of allocation"', "part est franche : 50 % de l’allocation", "is free: 50% of the allocation"),
    ('franchise = "1.00"', "37,5 % du reste", "37.5% of the rest"),
    ('cap = "80 % of allocation"', "ne dépasse jamais 80 % de l’allocation", "never exceeds 80% of the allocation"),
    ('cap = "100 % of allocation"', "jamais le montant de l’allocation", "never exceeds the amount of the allocation"),
    (
        'cap = "100.00"\ncap_counts = "fund"',
        "s’arrête quand le fonds a reçu 100,00",
        "stops when the fund has received",
    ),
    ('rest_to = "producer"', "Ce qui n’est pas dû reste au producteur", "What is not due stays with the producer"),
    ('rounding = "per-item"', "Chaque somme est arrondie à part", "Each sum is rounded by itself"),
]


@pytest.mark.parametrize(("slot", "french", "english"), SAID, ids=[row[0] for row in SAID])
def test_every_slot_of_a_return_is_said(slot: str, french: str, english: str) -> None:
    text = a_rule('base = "fee"', 'rate = "37.5 %"', slot)
    assert french in text_of(text, "fr", "returns.rule")
    assert english in text_of(text, "en", "returns.rule")
    assert "37,5 %" in text_of(text, "fr", "returns.rule")
    assert "made-up number" in text_of(text, "en", "returns.rule")


# a line of sharing · what the French and the English article say of it
LINES = [
    ('to = "fund"\nform = "cash"', "La totalité revient au fonds, en argent.", "All of it goes to the fund, in cash."),
    (
        'to = "members"\nform = "drawing-right"\nkey = "contribution"\nexpires_months = 36',
        "en proportion de ce que chacun a versé, en droits de tirage à utiliser dans un délai de 3 ans",
        "in proportion to what each has paid in, as drawing rights to be used within 3 years",
    ),
    (
        'to = "members"\nform = "locked"\nkey = "equal"',
        "à parts égales, à garder pour leur prochaine création",
        "in equal parts, locked for their next creation",
    ),
    ('to = "reserve"\nform = "retained"', "à la réserve, qui conserve la somme", "to the reserve, which keeps it"),
    ('to = "recipients"\nform = "cash"\nkey = "points"', "en proportion des points", "in proportion to the points"),
    (
        'to = "members"\nform = "locked"\nkey = "use"',
        "proportion de l’usage de chacun",
        "proportion to the use of each",
    ),
    ('to = "members"\nform = "locked"\nkey = "percentage"', "selon les pourcentages convenus", "percentages agreed"),
    (
        'to = "members"\nform = "cash"\nkey = "points"\nlegal_basis = "Code civil, art. 1844-1"',
        "Texte qui le permet : « Code civil, art. 1844-1 ».",
        "The text that allows it: “Code civil, art. 1844-1”.",
    ),
]


@pytest.mark.parametrize(("line", "french", "english"), LINES, ids=[row[0] for row in LINES])
def test_every_line_of_a_sharing_is_said(line: str, french: str, english: str) -> None:
    text = a_rule('base = "profit"', 'rate = "100 %"', splits=[f'{line}\nshare = "100 %"'])
    assert french in text_of(text, "fr", "returns.rule")
    assert english in text_of(text, "en", "returns.rule")


def test_what_several_receive_is_said_after_what_is_due_and_where_it_stops() -> None:
    told = text_of(SMALL, "fr", "returns.suite")
    assert told.index("8 % de ce qui compte sont dus.") < told.index("En tout, cela ne dépasse jamais 80 %")
    assert told.index("En tout") < told.index("Ce qui est dû se partage ainsi : 60 % pour le fonds, en argent ; 30 %")


def test_every_slot_of_a_risk_is_said() -> None:
    text = a_rule('base = "deficit"', 'rate = "40 %"', 'aid_ceiling = "70 %"')
    assert "ne dépassent pas 70 % du déficit" in text_of(text, "fr", "risks.rule")
    assert "La totalité est supportée par les membres, en proportion de l’usage" in text_of(SMALL, "fr", "risks.dettes")
    assert "membre défaillant" in text_of(SMALL, "fr", "risks.dettes")
    assert "a member that defaults" in text_of(SMALL, "en", "risks.dettes")


def test_turns_of_bearing_are_said_in_their_order() -> None:
    text = a_loss(
        'by = "reserve"',
        'by = "fund"\nlimit = "10.00"',
        'by = "members"\nkey = "equal"\njoint_liability = true\nlimit = "10 % of contribution"',
    )
    french, english = (text_of(text, language, "risks.rule") for language in LANGUAGES)
    assert (
        "supporté d’abord par la réserve ; puis par le fonds, dans la limite de 10,00 EUR ; "
        "puis par les membres, à parts égales, chacun dans la limite de 10 % de ce qu’il a versé." in french
    )
    assert "est supportée par les autres membres, de la même façon et dans la même limite." in french
    assert "borne first by the reserve; then by the fund, up to 10.00 EUR; then by the members" in english
    assert "What nobody can bear is reported." in english
    alone = text_of(a_loss('by = "reserve"'), "fr", "risks.rule")
    assert "Ce qui est perdu est supporté par la réserve." in alone


def test_a_minimum_per_point_is_said() -> None:
    text = a_rule(
        'base = "profit"', 'rate = "100 %"', 'floor_per_point = "200.00"',
        splits=[
            'to = "fund"\nshare = "1/2"\nform = "cash"',
            'to = "recipients"\nshare = "1/2"\nform = "cash"\nkey = "points"',
        ],
    )  # fmt: skip
    assert "un point rapporte au moins 200,00 EUR" in text_of(text, "fr", "returns.rule")
    assert "a point brings at least 200.00 EUR" in text_of(text, "en", "returns.rule")


def test_contributions_tranches_and_deductions_are_said() -> None:
    assert text_of(SMALL, "fr", "contributions.lieux").startswith(
        "Chaque lieu verse 10 % de son budget, au moins 100,00 EUR et au plus 5 000,00 EUR."
    )
    assert text_of(SMALL, "en", "contributions.lieux").startswith("Each venue pays 10% of its budget, at least")
    assert text_of(SMALL, "en", "contributions.autres").startswith(
        "Each member that no other article names pays by its budget: 50.00 EUR up to 10,000.00 EUR; 150.00 EUR above."
    )
    assert text_of(SMALL, "fr", "tranches").startswith(
        "L’allocation est versée en 2 fois. « debut » : un tiers, à la signature de la convention. "
        "Pièce à fournir : La convention. « solde » : deux tiers, à la première."
    )
    assert "« commission », dans la limite de 25 % des recettes brutes" in text_of(SMALL, "fr", "returns.recettes")
    assert "Taken off first: “commission”, up to 25% of gross receipts; “affiches”, on evidence." in text_of(
        SMALL, "en", "returns.recettes"
    )
    assert "plafond : https://example.org/texte" in text_of(SMALL, "fr", "returns.suite")


def test_several_categories_are_named_one_by_one() -> None:
    text = edited(('categories = ["venue"]', 'categories = ["venue", "company", "jeune"]'))
    assert text_of(text, "fr", "contributions.lieux").startswith("Chaque lieu, chaque compagnie et chaque jeune verse")


def test_a_term_is_said_with_its_dates_in_words() -> None:
    dates = "effective_from = 2026-01-01\neffective_until = 2028-12-31\n"
    undated, open_ended = SMALL.replace(dates, ""), SMALL.replace("effective_until = 2028-12-31\n", "")
    assert "C’est la version 1, qui s’applique dès son adoption." in text_of(undated, "fr", "charter")
    assert "applies from 1 January 2026." in text_of(open_ended, "en", "charter")
    assert "du 1er janvier 2026 au 31 décembre 2028." in text_of(SMALL, "fr", "charter")
    assert "Le fonds est une association loi 1901. Les montants sont en EUR." in text_of(SMALL, "fr", "charter")


def test_the_opening_says_what_is_braided_and_by_which_articles() -> None:
    assert (
        "Cette charte met en commun des ressources (articles 2 et 3), des risques (article 7) "
        "et des recettes (articles 5 et 6)." in text_of(SMALL, "fr", "charter")
    )
    risks_alone = text_of(a_loss('by = "reserve"'), "en", "charter")
    assert "This charter pools risks (article 2)." in risks_alone


FORMULAS = [
    ('formula = "fixed"\namount = "120.00"', "Chaque membre verse 120,00 EUR.", "Each member pays 120.00 EUR."),
    ('formula = "free"\nfloor = "50.00"', "la somme de son choix, au moins 50,00", "pays what it chooses, at least 50"),
    ('formula = "free"\nfloor = "0.00"', "la somme de son choix, ou rien.", "pays what it chooses, or nothing."),
    ('formula = "pledged"\ninstalments = 4', "Le paiement se fait en 4 fois", "It is paid in 4 parts"),
    (
        'formula = "pledged"\nlaunch_threshold = 50',
        "Rien n’est demandé tant que 50 membres n’ont pas adhéré",
        "Nothing is asked until 50 members have joined",
    ),
    (
        'kind = "in-kind"\nwhat = "premises"\nunit = "jour de salle"\nquantity = "10"\nunit_value = "150.00"\n'
        'method = "tarif public"',
        "Chaque membre apporte des locaux : 10 jours de salle. Une unité (jour de salle) vaut 150,00 EUR, "
        "d’après cette méthode : tarif public.",
        "Each member gives premises: 10 jours de salle. One unit (jour de salle) is worth 150.00 EUR, "
        "by this method: tarif public.",
    ),
    (
        'kind = "in-kind"\nwhat = "equipment"\nunit = "jour"\nunit_value = "150.00"\nmethod = "tarif"',
        "apporte du matériel, autant que possible",
        "gives equipment, as much as it can",
    ),
    ('kind = "hours"\nhours = "30"', "Chaque membre donne 30 heures de son temps", "gives 30 hours of its time"),
    ('kind = "hours"\nhours = "1"', "Chaque membre donne 1 heure de son temps", "gives 1 hour of its time"),
]


@pytest.mark.parametrize(("slots", "french", "english"), FORMULAS, ids=[row[0] for row in FORMULAS])
def test_every_way_to_contribute_is_said(slots: str, french: str, english: str) -> None:
    head = SMALL.partition("\n[[contributions]]")[0]
    text = f'{head}\n[[contributions]]\nname = "one"\nsource = "made-up"\n{slots}\n'
    assert french in text_of(text, "fr", "contributions.one")
    assert english in text_of(text, "en", "contributions.one")


def test_a_later_rank_names_the_article_before_it() -> None:
    french, english = (articles(shipped("angels-uk"), language)[-1].text for language in LANGUAGES)
    assert "qu’une fois atteint le plafond de « avant récupération » (article 2)." in french
    assert "only once the cap of “avant récupération” (article 2) is reached." in english


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_charter_reads_in_both_languages(name: str) -> None:
    charter = shipped(name)
    french, english = (articles(charter, language) for language in LANGUAGES)
    assert [article.number for article in french] == list(range(1, len(french) + 1))
    assert [article.name for article in french] == [article.name for article in english]
    assert all(f.text != e.text for f, e in zip(french, english, strict=True))
    sources = {source for rule in charter.rules for source in rule.sources.values()}
    assert all(source in " ".join(a.text for a in french) for source in sources - {"made-up"})
    assert "made-up" not in sources or any("nombre inventé" in article.text for article in french)


# What a sentence read aloud never has: a doubled space or stop, a stray brace, a French elision that was missed.
UNSPOKEN = re.compile(r"  |\.\.|[{}]| ,| \.|\b[Dd]e (le|les)\b|\b[àÀ] (le|les)\b|None")


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_charter_is_made_of_whole_sentences(name: str) -> None:
    for language in LANGUAGES:
        for article in articles(shipped(name), language):
            told = article.text.partition("[Sources")[0].strip().replace("\u00a0", " ")
            assert told[0].isupper() or told[0] in "0123456789«“", told
            assert told.endswith("."), told
            assert not UNSPOKEN.search(told), told


def test_the_lines_number_the_articles_and_keep_the_sources_for_the_end() -> None:
    lines = list(charter_lines(shipped("creafonds"), "fr"))
    titles = [line for line in lines if line.startswith("Article") and "http" not in line and "inventé" not in line]
    assert titles[0] == "Article 1er. Créa’Fonds, la triple tresse"
    assert "Article 5. Comment on décide" in titles
    end = lines.index("D’où viennent les nombres")
    assert not any("http" in line for line in lines[:end])
    assert all(line.startswith("Article ") and line.endswith(".") for line in lines[end + 1 :])


def sourced_slots(charter: Charter) -> set[str]:
    """Every slot that has a source somewhere."""
    parts = [*charter.contributions, *charter.tranches, *charter.rules]
    parts += [line for rule in charter.rules for line in (*rule.splits, *rule.deductions, *rule.bearers)]
    return {slot for part in parts for slot in part.sources}


@pytest.mark.parametrize("charter", [read_charter(SMALL), *map(shipped, shipped_names())], ids=lambda c: c.head.title)
def test_every_number_that_may_have_a_source_has_a_word(charter: Charter) -> None:
    assert sourced_slots(charter) - {"splits", "brackets", "bearers", "deductions"} <= set(SLOT_WORDS)
