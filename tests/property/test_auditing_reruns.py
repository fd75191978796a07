"""Methods side by side and with one ballot left out, on made-up elections, beside doing the same by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.errors import AllocationError
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.comparing import compare
from allocation.methods.auditing.robustness import departures, leave_one_score_out, leave_one_voice_out
from allocation.methods.auditing.voices import Election, Voice
from tests.audited_elections import SEED, choices, elections, solved


@settings(max_examples=40, deadline=None)
@given(elections(kinds=("approval", "points"), most=5), choices(("greedy/1", "equal-shares/1", "water-filling/1")))
def test_leaving_something_out_is_running_without_it(election: Election, choice: Choice) -> None:
    told = {name: value for name, value in choice.parameters.items() if value not in ("score", "borda")}
    settled = Choice(choice.method, {**told, "min_support": 1})

    def funded(voices: tuple[Voice, ...]) -> dict[str, int]:
        return settled.solve(replace(election, voices=voices).problem(), SEED).amounts

    everyone = election.voices
    whole = funded(everyone)
    without = [funded(everyone[:place] + everyone[place + 1 :]) for place in range(len(everyone))]
    found = leave_one_voice_out(election, settled, SEED)
    assert found.reruns == len(everyone)
    for each in found.projects:
        gets = [amounts.get(each.project, 0) for amounts in without]
        assert each.amount_minor == whole.get(each.project, 0)
        assert each.funded == sum(amount > 0 for amount in gets)
        assert (each.least_minor, each.most_minor) == (min(gets), max(gets))
        changed = [place for place, amount in enumerate(gets) if (amount > 0) != (each.project in whole)]
        assert list(each.flips) == changed
    scores = [(place, name) for place, voice in enumerate(everyone) for name in voice.heard(election.kind)]
    assert leave_one_score_out(election, settled, SEED).reruns == len(scores)
    for each in leave_one_score_out(election, settled, SEED).projects:
        hushed = [
            (place, funded((*everyone[:place], everyone[place].without(name), *everyone[place + 1 :])))
            for place, name in scores
        ]
        changed = [place for place, amounts in hushed if (each.project in amounts) != (each.project in whole)]
        assert each.flips == tuple(dict.fromkeys(changed))


@settings(max_examples=40, deadline=None)
@given(elections(kinds=("approval",), most=5), choices(("greedy/1", "equal-shares/1")))
def test_so_many_supporters_can_withdraw_whoever_they_are(election: Election, choice: Choice) -> None:
    settled = Choice(choice.method, {"min_support": 1})
    for each in departures(election, settled, SEED):
        supporters = [at for at, voice in enumerate(election.voices) if each.project in voice.heard()]
        held = []
        for size in range(len(supporters) + 1):
            groups = []
            for group in combinations(supporters, size):
                left = tuple(
                    voice.without(each.project) if at in group else voice for at, voice in enumerate(election.voices)
                )
                result = settled.solve(replace(election, voices=left).problem(), SEED)
                groups.append((each.project in result.winners, group))
            held.append(groups)
        safe = [size for size, groups in enumerate(held) if all(funded for funded, _ in groups)]
        assert each.complete
        assert each.could_leave == next(size for size in range(len(held)) if size + 1 not in safe)
        if each.breaking:
            assert (False, each.breaking) in held[each.could_leave + 1]
        assert each.supporters == len(supporters)


@settings(max_examples=60)
@given(elections(), st.lists(choices(), min_size=1, max_size=4))
def test_a_comparison_is_each_method_run_alone(election: Election, chosen: list[Choice]) -> None:
    problem = election.problem()
    found = compare(problem, chosen, SEED, voices=election.voices)
    assert [scenario.choice for scenario in found.scenarios] == chosen
    assert [row.project for row in found.rows] == list(election.costs)
    for place, scenario in enumerate(found.scenarios):
        result = solved(problem, scenario.choice)
        if isinstance(result, AllocationError):
            assert scenario.refusal is not None
            assert str(scenario.refusal) == str(result)
            assert all(row.amounts[place] is None for row in found.rows)
            continue
        assert scenario.result == result
        column = {row.project: row.amounts[place] for row in found.rows if row.amounts[place]}
        assert column == {project: amount for project, amount in result.amounts.items() if amount}
        assert scenario.spent_minor + scenario.left_minor == election.budget
        served = [
            [result.amounts.get(project, 0) for project in voice.heard(election.kind)] for voice in election.voices
        ]
        assert scenario.unserved == sum(bool(amounts) and not any(amounts) for amounts in served)
        assert scenario.silent == sum(not amounts for amounts in served)
        assert scenario.satisfaction_minor * len(served) == sum(map(sum, served))
        assert scenario.projects_per_voter * len(served) == sum(bool(each) for amounts in served for each in amounts)
    for row in found.rows:
        told = {amount for amount in row.amounts if amount is not None}
        assert row.disputed == (len(told) > 1)
        assert row.funded == sum(bool(amount) for amount in row.amounts)
