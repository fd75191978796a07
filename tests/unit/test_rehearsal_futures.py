"""A rehearsal over futures: what is counted by hand where nothing is drawn, and the slow engine where all is."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

import pytest

from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.charter.rules import (
    Cash,
    DrawingRight,
    Fees,
    FixedLimit,
    Losses,
    MembersBear,
    ReserveBears,
    Rule,
    ToMembers,
    ToParty,
)
from fund.charter.shipped import shipped, shipped_names
from fund.rehearsal.blocks import run_block
from fund.rehearsal.chance import PATHS_A_BLOCK
from fund.rehearsal.engines import KNOWN, engine_of, method_of
from fund.rehearsal.frames import inequality_frame, measures_frame, reserve_frame
from fund.rehearsal.futures import Futures, Measure
from fund.rehearsal.models import Odds
from fund.rehearsal.one_by_one import OneByOne
from fund.rehearsal.rehearsing import rehearsed
from fund.rehearsal.sourced import sourced_model
from tests.charter_strategies import HEAD
from tests.rehearsal_models import ALWAYS, certain, drawn, members, one_by_one, tour

CREAFONDS = shipped("creafonds")


def figures(futures: Futures, charter: str = "draft") -> dict[tuple[str, str], int]:
    """The median of each figure; where nothing is drawn, it is the figure."""
    found = {}
    for each in futures.measures:
        spread = each.draft if charter == "draft" else each.in_force
        assert spread is not None
        assert spread.mean == spread.quantiles[50] or futures.paths > 1
        found[each.party, each.measure] = spread.quantiles[50]
    return found


def measure(futures: Futures, party: str, name: str) -> Measure:
    (found,) = (each for each in futures.measures if (each.party, each.measure) == (party, name))
    return found


def losing(*bearers: object) -> Charter:
    """A charter of contributions, and a loss that is borne in turn."""
    rule = Rule("dettes", Losses(), Fraction(1), bearers=bearers)  # type: ignore[arg-type]
    return replace(CREAFONDS, returns=(), risks=(rule,))


def test_the_worked_tour_of_26_dates_to_the_cent() -> None:
    """18 dates of 4,200 beyond the first eight, at 8 %: 6,048.00; 60 % to the fund, 30 % to members, 10 % locked."""
    found = figures(rehearsed(tour(10, 10, 6), CREAFONDS, paths=1))
    assert found["projects", "due:droit-de-suite"] == 604_800
    assert found["fund", "cash"] == 362_880
    assert found["company", "locked"] == 60_480
    assert [found[f"member:{name}", "drawing-right"] for name in "ABCD"] == [75_600, 52_920, 30_240, 22_680]
    assert [found[f"member:{name}", "given"] for name in "ABCD"] == [500_000, 350_000, 200_000, 150_000]
    assert found["member:A", "net"] == 75_600 - 500_000


def test_the_worked_tour_of_50_dates_stops_at_the_cap() -> None:
    assert figures(rehearsed(tour(25, 25), CREAFONDS, paths=1))["projects", "due:droit-de-suite"] == 960_000


def test_a_new_year_of_contributions_shares_only_what_is_new_under_the_new_key() -> None:
    """The second year's key is the same in proportion, so the parts are as of one year; contributions double."""
    found = figures(rehearsed(tour(10, 0, 0, 0, 10, 6, quarters=8), CREAFONDS, paths=1))
    assert [found[f"member:{name}", "drawing-right"] for name in "ABCD"] == [75_600, 52_920, 30_240, 22_680]
    assert found["member:A", "given"] == 1_000_000


def test_the_reserve_is_what_comes_in_less_what_goes_out_quarter_by_quarter() -> None:
    """Première in the second quarter: a third of the award before it, the balance then; 12,000 a year come in."""
    model = tour(10, 10, 6, opening_reserve=-100_000)
    model = replace(model, projects=(replace(model.projects[0], premiere_quarter=1),))
    reserve = rehearsed(model, CREAFONDS, paths=1).draft.reserve
    course = [spread.quantiles[50] for spread in reserve.by_quarter]
    returned = [2 * 20_160, 10 * 20_160, 6 * 20_160]  # 60 % of 336.00 a date
    after = -100_000 + 1_200_000 - 400_000
    paid = after - 800_000
    assert course == [-100_000, after, *(paid + sum(returned[:at]) for at in (1, 2, 3))]
    assert reserve.lowest.quantiles[50] == -100_000
    assert reserve.dry_by_quarter == (0, 1, 0, 0)
    assert (reserve.dry, reserve.first_dry) == (1, (0, 1, 0, 0))


def test_a_reserve_that_never_runs_dry_says_so() -> None:
    reserve = rehearsed(tour(1), CREAFONDS, paths=3).draft.reserve
    assert (reserve.dry, reserve.first_dry, set(reserve.dry_by_quarter)) == (0, (0, 0, 0, 0), {Fraction(0)})


def test_a_loss_is_borne_by_the_reserve_as_far_as_it_goes_then_by_the_members() -> None:
    """12,000 come in and go out, so the opening 1,000 are left; of a loss of 1,600 the members bear 600, by use."""
    model = tour(0, opening_reserve=100_000, loss=ALWAYS, loss_amount=certain(160_000))
    futures = rehearsed(model, losing(ReserveBears(), MembersBear("use")), paths=1)
    found = figures(futures)
    assert found["reserve", "loss"] == 100_000
    assert [found[f"member:{name}", "borne"] for name in "ABCD"] == [6_000, 12_000, 18_000, 24_000]
    assert found["reserve-course", "end"] == 0
    assert found["nobody", "uncovered"] == 0


def test_what_the_reserve_bore_last_year_does_not_count_against_it_twice() -> None:
    """12,000 a year and one award of 12,000: the reserve alone bears 1,000 each year, of 1,000 and then of 12,000."""
    model = tour(0, quarters=8, opening_reserve=100_000, loss=ALWAYS, loss_amount=certain(100_000))
    found = figures(rehearsed(model, losing(ReserveBears(), MembersBear("use")), paths=1))
    assert found["reserve", "loss"] == 200_000
    assert found["reserve-course", "end"] == 100_000 + 2_400_000 - 1_200_000 - 200_000


def test_what_nobody_can_bear_is_told() -> None:
    model = tour(0, loss=ALWAYS, loss_amount=certain(160_000), quarters=8)
    found = figures(rehearsed(model, losing(MembersBear("use", FixedLimit(10_000), joint=True)), paths=1))
    assert [found[f"member:{name}", "borne"] for name in "ABCD"] == [10_000] * 4
    assert found["nobody", "uncovered"] == 2 * 160_000 - 4 * 10_000


def test_a_member_that_defaults_bears_nothing_of_a_joint_loss_and_the_others_bear_its_part() -> None:
    model = tour(0, loss=ALWAYS, loss_amount=certain(160_000), default=Odds(1, 2, "made-up"))
    (block,) = run_block(model, (losing(MembersBear("use", joint=True)),), 1, 0, 30)
    figures = block.figures
    for path in range(30):
        able = {name: use for use, name in enumerate("ABCD", start=1) if figures[f"member:{name}", "given"][path]}
        for name, use in able.items():
            borne = int(figures[f"member:{name}", "borne"][path])
            assert abs(borne - Fraction(160_000 * use, sum(able.values()))) < 1
        borne_by_all = sum(int(figures[f"member:{name}", "borne"][path]) for name in "ABCD")
        assert borne_by_all + int(figures["nobody", "uncovered"][path]) == 160_000
        assert able or borne_by_all == 0


def test_a_guarantee_is_paid_by_the_fund() -> None:
    """Ten dates at a loss of 1,000 each in a year: a deficit of 10,000, of which 40 % are guaranteed."""
    model = tour(10)
    kind = replace(model.projects[0].exploitation, cost=certain(520_000))
    model = replace(model, projects=(replace(model.projects[0], exploitation=kind),))
    found = figures(rehearsed(model, shipped("astp-garantie"), paths=1))
    assert found["company", "cash"] == 400_000
    assert found["reserve-course", "end"] == 1_200_000 - 1_200_000 - 400_000


def test_statements_wait_while_nobody_has_paid() -> None:
    futures = rehearsed(tour(10, 10, 6, default=ALWAYS), CREAFONDS, paths=2)
    assert futures.draft.waited == 2 * 4
    assert figures(futures)["projects", "due:droit-de-suite"] == 0


@pytest.mark.parametrize("name", shipped_names())
def test_a_block_gives_what_the_engine_gives_path_by_path(name: str) -> None:
    charter = shipped(name)
    fast, slow = run_block(drawn(), (charter, one_by_one(charter)), 5, 0, 6)
    assert {key: values.tolist() for key, values in fast.figures.items()} == {
        key: values.tolist() for key, values in slow.figures.items()
    }
    assert fast.reserve.tolist() == slow.reserve.tolist()
    assert fast.waited == slow.waited


def test_a_slot_that_columns_do_not_know_is_computed_one_by_one_and_said() -> None:
    assert {slot.name for slot in fields(Rule)} == KNOWN
    later = one_by_one(CREAFONDS)
    assert isinstance(engine_of(later), OneByOne)
    assert (method_of(CREAFONDS), method_of(later)) == ("columns", "one-by-one")
    futures = rehearsed(drawn(), later, CREAFONDS, paths=3)
    assert set(futures.draft.methods.values()) == {"one-by-one"}
    assert futures.in_force is not None
    assert set(futures.in_force.methods.values()) == {"columns"}
    assert set(futures.draft.methods) == {rule.name for rule in CREAFONDS.rules}
    assert all(each.draft == each.in_force for each in futures.measures)


def test_the_same_seed_gives_the_same_whatever_the_processes() -> None:
    told: list[tuple[int, int]] = []
    paths = PATHS_A_BLOCK + 10
    one = rehearsed(drawn(2), CREAFONDS, paths=paths, seed=3, progress=lambda done, of: told.append((done, of)))
    two = rehearsed(drawn(2), CREAFONDS, paths=paths, seed=3, processes=2)
    assert repr(one) == repr(two)
    assert told == [(PATHS_A_BLOCK, paths), (paths, paths)]
    assert repr(one) != repr(rehearsed(drawn(2), CREAFONDS, paths=paths, seed=4))


def test_a_seed_means_the_same_on_every_machine() -> None:
    """Figures kept from a first run: another version of the libraries, or another machine, must draw the same."""
    lines = (ToParty("fund", Fraction(1, 2), Cash()), ToMembers("contribution", Fraction(1, 2), DrawingRight(36)))
    charter = Charter(HEAD, returns=(Rule("suite", Fees(2, exclude_member_dates=True), Fraction(1, 10), lines),))
    futures = rehearsed(sourced_model(members=3, projects=4, years=2), charter, paths=50, seed=2026)
    assert measure(futures, "fund", "cash").draft.quantiles == {
        5: 254_100,
        25: 336_000,
        50: 390_600,
        75: 483_000,
        95: 617_400,
    }
    assert measure(futures, "member:M02", "net").draft.mean == Fraction(-1020321, 2)


def test_a_charter_beside_itself_leaves_nobody_better_or_worse_off() -> None:
    futures = rehearsed(drawn(), CREAFONDS, CREAFONDS, paths=40)
    assert {(each.worse, each.better) for each in futures.measures} == {(0, 0)}


def test_a_lower_rate_makes_the_fund_worse_off_and_the_projects_better_off_in_every_path() -> None:
    (rule,) = CREAFONDS.returns
    lower = replace(CREAFONDS, returns=(replace(rule, rate=Fraction(4, 100)),))
    futures = rehearsed(tour(10, 10, 6), lower, CREAFONDS, paths=4)
    fund, due = measure(futures, "fund", "cash"), measure(futures, "projects", "due:droit-de-suite")
    assert (fund.worse, fund.better, fund.more_is_better) == (1, 0, True)
    assert (due.worse, due.better, due.more_is_better) == (0, 1, False)
    assert fund.in_force is not None
    assert (fund.draft.mean, fund.in_force.mean) == (181_440, 362_880)


def test_members_who_receive_alike_are_equal_and_contributions_make_the_gap() -> None:
    inequality = rehearsed(tour(10, 10, 6), CREAFONDS, paths=2).draft.inequality
    received = [22_680, 30_240, 52_920, 75_600]
    expected = Fraction(-3 * received[0] - received[1] + received[2] + 3 * received[3], 4 * sum(received))
    assert inequality.gini_of_means == expected
    assert set(inequality.gini.values()) == {expected}
    assert inequality.gap.quantiles[50] == (75_600 - 500_000) * -1 - (150_000 - 22_680)


def test_a_model_that_lacks_a_fact_is_refused_by_its_name() -> None:
    model = tour(3)
    lacking = replace(model, members=(replace(members()[0], facts=replace(members()[0].facts, use=None)),))
    with pytest.raises(FactsMissing, match=r"members\.A\.use"):
        rehearsed(lacking, shipped("groupement-employeurs"), paths=1)
    with pytest.raises(FactsMissing, match="recipients"):
        rehearsed(replace(model, recipients={}), shipped("royalty-pool"), paths=1)
    undeclared = replace(members()[0].facts, declared={}, contribution=None)
    with pytest.raises(FactsMissing, match="annual_production_budget"):
        rehearsed(replace(model, members=(replace(members()[0], facts=undeclared),)), CREAFONDS, paths=1)
    with pytest.raises(ValueError, match="at least one path"):
        rehearsed(model, CREAFONDS, paths=0)


def test_tables_tell_each_figure_once_under_each_charter() -> None:
    futures = rehearsed(drawn(), CREAFONDS, shipped("sep"), paths=20)
    table = measures_frame(futures)
    assert len(table) == 2 * len(futures.measures)
    row = table[(table.party == "fund") & (table.measure == "cash") & (table.charter == "draft")].iloc[0]
    cash = measure(futures, "fund", "cash")
    assert cash.better is not None
    assert (row.p50, row.better) == (cash.draft.quantiles[50], int(cash.better * 20))
    reserve = reserve_frame(futures)
    assert list(reserve.columns[:2]) == ["charter", "quarter_end"]
    assert len(reserve) == 2 * (1 + len(futures.quarter_ends))
    assert set(inequality_frame(futures).charter) == {"draft", "in-force"}
    assert not [column for column in (*table.dtypes, *reserve.dtypes) if column.kind == "f"]


def test_default_odds_are_those_of_the_model() -> None:
    """A member that never pays gives nothing; one that always does gives every year."""
    never = figures(rehearsed(tour(1, quarters=8, default=Odds(0, 1, "made-up")), CREAFONDS, paths=1))
    always = figures(rehearsed(tour(1, quarters=8, default=ALWAYS), CREAFONDS, paths=1))
    assert (never["member:A", "given"], always["member:A", "given"]) == (1_000_000, 0)
