"""What changes for whom between two charters, and a worked example of both side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from fund.charter.effects import effects
from fund.charter.grammar import Charter
from fund.charter.illustrations import illustration, longer_tour
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.words.difference_texts import comparison, comparison_as_json, comparison_lines
from tests.charters import SMALL, a_loss, a_rule

CREAFONDS = shipped_text("creafonds").decode()
SHARED_LOSS = a_rule(
    'base = "loss"', 'rate = "50 %"', splits=['to = "members"\nshare = "1"\nform = "loss"\nkey = "use"']
)


TOUR = a_rule(
    'base = "fee"\nexclude_first_dates = 8\nrate = "8 %"\ncap = "80 % of allocation"\nwindow_months = 48',
    splits=[
        'to = "fund"\nshare = "60 %"\nform = "cash"',
        'to = "members"\nshare = "30 %"\nform = "locked"\nkey = "equal"',
        'to = "company"\nshare = "10 %"\nform = "locked"',
    ],
)


def changed(*edits: tuple[str, str], text: str = CREAFONDS) -> tuple[Charter, Charter]:
    """A charter and the same one with texts replaced, once each."""
    new = text
    for old, other in edits:
        assert old in new
        new = new.replace(old, other, 1)
    return read_charter(text), read_charter(new)


def plain(lines: tuple[str, ...]) -> str:
    return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")


@dataclass(frozen=True)
class Told:
    """An expected effect: the party, what, and in which direction."""

    party: str
    subject: str
    direction: str


def effects_of(*edits: tuple[str, str], text: str = CREAFONDS) -> set[Told]:
    return {Told(each.party, each.subject, each.direction) for each in effects(*changed(*edits, text=text))}


EVERYBODY = ("fund", "members", "company")


# slot · before and after · what everyone of the sharing can receive
SLOTS_AND_SIGNS = [
    ('cap = "80 % of allocation"', 'cap = "60 % of allocation"', "less"),
    ('cap = "80 % of allocation"', 'cap = "9000.00"', "either"),
    ('cap = "80 % of allocation"\n', "", "more"),
    ("exclude_first_dates = 8", "exclude_first_dates = 3", "more"),
    ("exclude_first_dates = 8", "exclude_first_dates = 8\nexclude_member_dates = true", "less"),
    ("exclude_first_dates = 8", "exclude_first_dates = 8\nonly_triggered = true", "less"),
    ("exclude_first_dates = 8", "exclude_first_dates = 8\nvesting_months = 12", "less"),
    ("window_months = 48", "window_months = 60", "more"),
    ("window_months = 48\n", "", "more"),
    ('rate = "8 %"', 'rate = "6 %"', "less"),
    ('rate = "8 %"', 'rate = "8 %"\nfranchise = "100.00"', "less"),
    ('rate = "8 %"', 'rate = "8 %"\nno_return_up_to = "1000.00"', "less"),
    ('rate = "8 %"', 'rate = "8 %"\nrounding = "per-item"', "either"),
]


@pytest.mark.parametrize(
    ("old", "new", "direction"), SLOTS_AND_SIGNS, ids=[f"{a} → {b}" for a, b, _ in SLOTS_AND_SIGNS]
)
def test_a_slot_that_moves_one_way_moves_what_everyone_receives(old: str, new: str, direction: str) -> None:
    found = effects_of((old, new), text=TOUR)
    assert {told.direction for told in found if told.subject == "receives"} == {direction}
    assert {told.party for told in found if told.subject == "receives"} == set(EVERYBODY)


def test_a_share_from_30_to_25_per_cent_takes_from_the_members_what_it_gives_the_fund() -> None:
    found = effects_of(('share = "60 %"', 'share = "65 %"'), ('share = "30 %"', 'share = "25 %"'))
    assert found == {Told("fund", "receives", "more"), Told("members", "receives", "less")}


def test_a_higher_rate_and_a_lower_share_are_decided_by_their_product_and_the_cap() -> None:
    edits = (
        ('rate = "8 %"', 'rate = "10 %"'),
        ('share = "60 %"', 'share = "50 %"'),
        ('share = "10 %"', 'share = "20 %"'),
    )
    found = effects_of(*edits)
    assert Told("fund", "receives", "either") in found  # 5 % of each fee instead of 4.8 %, but of the cap 40 % not 48 %
    assert Told("company", "receives", "more") in found
    assert Told("members", "receives", "more") in found
    assert Told("company", "hands-over", "more") in found


def test_time_form_and_key_are_effects_of_their_own() -> None:
    found = effects_of(
        ("expires_months = 36", "expires_months = 24"),
        ('form = "locked"', 'form = "cash"'),
        ('key = "contribution"', 'key = "equal"'),
    )
    assert found == {
        Told("members", "time", "less"), Told("members", "key", "either"), Told("company", "form", "either"),
    }  # fmt: skip


def test_a_new_return_gives_to_those_it_names_and_asks_of_the_company() -> None:
    base = a_rule('base = "fee"', 'rate = "8 %"')
    more = base + base[base.index("\n[[returns]]") :].replace('"rule"', '"encore"')
    assert effects_of((base, more), text=base) == {
        Told("fund", "receives", "more"),
        Told("company", "hands-over", "more"),
    }
    assert effects_of((more, base), text=more) == {
        Told("fund", "receives", "less"),
        Told("company", "hands-over", "less"),
    }


def test_whoever_keeps_the_rest_keeps_less_when_more_is_due() -> None:
    text = a_rule('base = "gross"', 'rate = "8 %"', 'rest_to = "producer"')
    assert effects_of(('"8 %"', '"9 %"'), text=text) == {
        Told("fund", "receives", "more"),
        Told("producer", "keeps", "less"),
    }
    assert effects_of(('"producer"', '"company"'), text=text) == {
        Told("producer", "keeps", "less"), Told("company", "keeps", "more"),
    }  # fmt: skip


def test_a_cost_that_may_come_off_makes_less_due() -> None:
    directions = {
        new: {told.direction for told in effects_of((old, new), text=SMALL) if told.party == "fund"}
        for old, new in (
            ('limit = "25 % of gross"', 'limit = "20 % of gross"'),
            ("evidence = true", "evidence = false"),
            ('kind = "affiches"\nevidence = true', 'kind = "affiches"\nevidence = true\nlimit = "1.00"'),
            ('kind = "affiches"', 'kind = "autre"'),
        )
    }
    assert list(directions.values()) == [{"more"}, {"less"}, {"more"}, {"either"}]


def test_an_earlier_rank_that_takes_more_delays_the_later_one() -> None:
    text = shipped_text("angels-uk").decode()
    found = effects_of(('cap = "100 % of allocation"', 'cap = "90 % of allocation"'), text=text)
    investors = {told.direction for told in found if told.party == "investors"}
    assert investors == {"less", "more"}  # less before, and the sooner 60 % of what comes after
    assert Told("producer", "receives", "more") in found


def test_bearing_more_at_one_turn_leaves_less_to_the_next() -> None:
    turns = 'by = "reserve"\nlimit = "10.00"', 'by = "members"\nkey = "equal"'
    assert effects_of(('limit = "10.00"', 'limit = "20.00"'), text=a_loss(*turns)) == {
        Told("reserve", "bears", "more"), Told("members", "bears", "less"),
    }  # fmt: skip
    alone = a_loss('by = "members"\nkey = "equal"')
    assert effects_of((alone, a_loss(*turns)), text=alone) == {
        Told("reserve", "bears", "more"), Told("members", "bears", "either"),
    }  # fmt: skip
    jointly = effects_of(('key = "equal"', 'key = "use"\njoint_liability = true'), text=alone)
    assert jointly == {Told("members", "bears", "more"), Told("members", "key", "either")}
    assert effects_of(('rate = "50 %"', 'rate = "60 %"'), text=SHARED_LOSS) == {Told("members", "bears", "more")}


def test_tranches_say_whether_the_allocation_comes_earlier() -> None:
    earlier = effects_of(('share = "1/3"', 'share = "1/2"'), ('share = "2/3"', 'share = "1/2"'))
    assert earlier == {Told("company", "earlier", "more")}
    assert effects_of(('condition = "premiere"', 'condition = "report"')) == {Told("company", "earlier", "less")}


GATES = """
[[gates]]
name = "parrains"
kind = "sponsors"
least = 5
commit_to = ["production"]
source = "made-up"

[[gates]]
name = "regions"
kind = "region"
regions = ["Bretagne"]

[[gates]]
name = "dates"
kind = "planned-dates"
least = 6
within_months = 24
source = "made-up"
"""

# a change of the gates · whether more is asked of whoever applies
ASKED = [
    ("least = 5", "least = 3", "less"),
    ('commit_to = ["production"]', 'commit_to = ["production", "diffusion"]', "more"),
    ('commit_to = ["production"]', 'commit_to = ["diffusion"]', "either"),
    ('regions = ["Bretagne"]', 'regions = ["Bretagne", "Corse"]', "less"),
    ("within_months = 24", "within_months = 36", "less"),
    ("within_months = 24", "within_months = 24\nleast_overseas = 3", "less"),
    ('\n[[gates]]\nname = "regions"\nkind = "region"\nregions = ["Bretagne"]\n', "", "less"),
]


@pytest.mark.parametrize(("old", "new", "direction"), ASKED, ids=[f"{old} → {new}" for old, new, _ in ASKED])
def test_gates_ask_more_or_less_of_whoever_applies(old: str, new: str, direction: str) -> None:
    assert effects_of((old, new), text=TOUR + GATES) == {Told("applicants", "applies", direction)}


def test_a_source_of_a_gate_asks_nothing_more() -> None:
    assert effects_of(('least = 6\nwithin_months = 24\nsource = "made-up"', 'least = 6\nwithin_months = 24\n'
                       'source = "https://example.org/cnm"'), text=TOUR + GATES) == set()  # fmt: skip


def test_a_gate_that_is_new_is_told_in_words() -> None:
    told = plain(comparison_lines(*changed((TOUR, TOUR + GATES), text=TOUR), "en"))
    assert "At least 5 members sponsor it, committed to production." in told
    assert "More is asked of the projects that apply, under “parrains”." in told


def test_a_larger_share_of_notoriety_is_told() -> None:
    old, new = read_charter(CREAFONDS), read_charter(CREAFONDS)
    assert new.notoriety is not None
    first, *others = new.notoriety.credits
    less = replace(new, notoriety=replace(new.notoriety, credits=(replace(first, share=first.share / 2), *others)))
    assert {(each.subject, each.direction) for each in effects(old, less)} == {("credited", "less")}
    assert {each.direction for each in effects(old, replace(new, notoriety=None))} == {"less"}


# what changes in the contribution of everyone · what it does to whoever pays
PAYMENTS = [
    (('rate = "10 %"', 'rate = "12 %"'), "more"),
    (('cap = "5000.00"', 'cap = "4000.00"'), "less"),
    (('cap = "5000.00"\n', ""), "more"),
    (('rate = "10 %"\ncap = "5000.00"', 'rate = "12 %"\ncap = "4000.00"'), "either"),
    (('rate = "10 %"\ncap = "5000.00"', 'rate = "10 %"\ncap = "5000.00"\nfloor = "1.00"'), "more"),
    (('declared = "annual_production_budget"', 'declared = "effectif"'), "either"),
]


@pytest.mark.parametrize(("edit", "direction"), PAYMENTS, ids=[edit[1] or edit[0] for edit, _ in PAYMENTS])
def test_a_formula_is_compared_at_every_figure(edit: tuple[str, str], direction: str) -> None:
    assert effects_of(edit) == {Told("category:", "pays", direction)}


def test_each_category_has_its_own_effects() -> None:
    brackets = 'name = "autres"\nformula = "brackets"'
    old, new = changed(
        (brackets, brackets.replace("\n", "\ninstalments = 3\n")),
        ('categories = ["venue"]', 'categories = ["festival"]'),
        text=SMALL,
    )
    found = {(each.party, each.subject): each.direction for each in effects(old, new)}
    # A tenth of the budget, 100.00 at least, is everywhere more than 50.00 up to 10,000.00 and 150.00 above.
    assert found["category:venue", "pays"] == "less"
    assert found["category:festival", "pays"] == "more"
    assert ("category:", "pays") not in found
    assert found["category:", "instalments"] == "more"


def test_hours_and_things_are_given_more_or_less() -> None:
    head = SMALL.partition("\n[[contributions]]")[0]
    text = f'{head}\n[[contributions]]\nname = "temps"\nsource = "made-up"\nkind = "hours"\nhours = "30"\n'
    assert effects_of(('hours = "30"', 'hours = "20"'), text=text) == {Told("category:", "gives", "less")}


# The example


def test_the_example_shows_who_loses_and_gains_side_by_side() -> None:
    old, new = changed(('share = "60 %"', 'share = "65 %"'), ('share = "30 %"', 'share = "25 %"'))
    shown = illustration(old, new)
    rows = {(row.party, row.figure): (row.old, row.new, row.gain) for row in shown.rows if row.form != "loss"}
    assert rows["fund", None] == (362_880, 393_120, 30_240)
    assert rows["member:A", None] == (75_600, 63_000, -12_600)
    assert rows["company", None] == (60_480, 60_480, 0)
    assert [rows["category:", budget * 100][0] for budget in (20_000, 35_000, 60_000, 120_000)] == [
        200_000, 350_000, 500_000, 500_000,
    ]  # fmt: skip
    told = plain(comparison_lines(old, new, "en"))
    assert "Worse off: member A (−126.00 EUR), member B (−88.20 EUR)" in told
    assert "Better off: the fund (+302.40 EUR)." in told
    assert next(line for line in told.splitlines() if line.startswith("member A")).endswith("−126.00 EUR  ▼ loses")


def test_a_longer_tour_is_shown_where_it_reaches_a_cap() -> None:
    old, new = changed(('cap = "80 % of allocation"', 'cap = "60 % of allocation"'))
    assert set(illustration(old, new).balances.values()) == {0}
    longer = longer_tour(old, new)
    assert longer is not None
    assert longer.balances["fund", None] == -144_000
    told = plain(comparison_lines(old, new, "fr"))
    assert "Sur cet exemple, rien ne change pour personne." in told
    assert "Y perdent : le fonds (−1 440,00 EUR), membre A" in told
    assert longer_tour(shipped("sep"), shipped("sep")) is None


def test_to_pay_and_to_bear_more_is_to_lose() -> None:
    old, new = changed(('rate = "10 %"', 'rate = "5 %"'))
    gains = {row.figure: row.gain for row in illustration(old, new).rows if row.form == "pays"}
    assert gains == {2_000_000: 100_000, 3_500_000: 175_000, 6_000_000: 200_000, 12_000_000: 0}
    borne = illustration(*changed(('rate = "50 %"', 'rate = "60 %"'), text=SHARED_LOSS))
    assert borne.balances["member:A", None] < 0


def test_a_promise_is_shown_when_it_becomes_a_formula() -> None:
    old, new = changed(('formula = "pledged"', 'formula = "fixed"\namount = "2000.00"\nsource = "made-up"'))
    rows = [row for row in illustration(old, new).rows if row.party == "category:public-funder"]
    assert [(row.old, row.new) for row in rows] == [
        (150_000, 200_000), (200_000, 200_000), (350_000, 200_000), (500_000, 200_000),
    ]  # fmt: skip


def test_jobs_are_counted_and_are_no_money() -> None:
    text = shipped_text("cluster").decode()
    old, new = changed(('amount = "800.00"', 'amount = "900.00"'), ('up_to = "15"', 'up_to = "20"'), text=text)
    rows = {row.figure: row.gain for row in illustration(old, new).rows if row.form == "pays"}
    assert rows == {300: 0, 1_000: -10_000, 3_000: 0, 10_000: 0}
    told = plain(comparison_lines(old, new, "en"))
    assert "bracket 2, up to: 15 → 20" in told
    assert "Worse off: the contributors, 10 (−100.00 EUR)." in told


def test_a_launch_threshold_does_not_empty_the_example() -> None:
    old, new = changed(('rate = "10 %"', 'rate = "10 %"\nlaunch_threshold = 50'))
    assert [row.new for row in illustration(old, new).rows if row.form == "pays"] == [
        200_000,
        350_000,
        500_000,
        500_000,
    ]


@pytest.mark.parametrize("name", shipped_names())
def test_any_two_shipped_charters_can_be_compared(name: str) -> None:
    for other in ("creafonds", "groupement-employeurs", name):
        old, new = shipped(other), shipped(name)
        assert illustration(old, new).refusal is None
        french, english = (comparison(old, new, language) for language in ("fr", "en"))
        assert len(french.articles) == len(english.articles)
        assert all("{" not in text for text in (*french.effects, *english.effects))
        assert all(line.verdict == "same" for line in french.parties) or other != name
        lines = comparison_lines(old, new, "fr")
        assert all(len(line) < 4_000 for line in lines)


def test_the_json_says_the_same_in_major_units() -> None:
    old, new = changed(('share = "60 %"', 'share = "65 %"'), ('share = "30 %"', 'share = "25 %"'))
    answer = comparison_as_json(old, new, "en")
    assert list(answer) == ["old", "new", "articles", "effects", "parties", "examples"]
    assert answer["old"]["sha256"] == old.sha256
    fund = next(row for row in answer["examples"][0]["rows"] if row["party"] == "fund")
    assert fund == {
        "party": "fund", "form": "cash", "declared": None, "old": "3628.80", "new": "3931.20", "gain": "302.40",
    }  # fmt: skip
    verdicts = {line["party"]: line["verdict"] for line in answer["parties"]}
    assert verdicts["the fund"] == "better"
    assert verdicts["the members"] == "worse"
    assert verdicts["the project’s company"] == "same"
