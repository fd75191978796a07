"""Charters and facts that nobody wrote: every amount is told and confirmed, and no comparison says what is not so."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fund.charter.answers import as_json
from fund.charter.effects import effects
from fund.charter.facts import Facts
from fund.charter.grammar import Charter
from fund.charter.outcomes import run
from fund.charter.replays import replay_answer
from fund.charter.shipped import shipped
from fund.charter.words.accounts import Asked, account
from fund.charter.words.difference_texts import comparison
from tests.charter_strategies import charters, facts, losses, rates


@given(charters(), facts())
def test_every_answer_is_confirmed_from_its_trace_alone(charter: Charter, given_facts: Facts) -> None:
    answer = as_json(charter, run(charter, given_facts))
    replay = replay_answer(json.dumps(answer))
    assert replay.steps == len(answer["trace"])
    named = len(answer["contributions"]) + 2 * len(answer["due"]) + sum(map(len, answer["totals"].values())) + 1
    assert len(replay.amounts) == named


@given(losses())
def test_losses_are_told_and_confirmed(given_facts: Facts) -> None:
    charter = shipped("groupement-employeurs")
    assert replay_answer(json.dumps(as_json(charter, run(charter, given_facts)))).amounts
    assert all("{" not in paragraph for paragraph in account(charter, given_facts, Asked(), "fr"))


@given(charters(), facts())
def test_every_amount_is_told_in_both_languages(charter: Charter, given_facts: Facts) -> None:
    french, english = (list(account(charter, given_facts, Asked(), language)) for language in ("fr", "en"))
    assert len(french) == len(english)
    assert all(paragraph.strip() and "{" not in paragraph for paragraph in (*french, *english))


@given(charters(), charters())
def test_any_two_charters_are_compared(old: Charter, new: Charter) -> None:
    other = replace(new, sha256="1" * 64)
    found = comparison(old, other, "fr")
    assert found.illustration.refusal is None
    assert {line.kind for line in found.articles} <= {"kept", "changed", "renamed", "added", "removed", "moved"}
    assert all(line.verdict == "same" for line in comparison(old, old, "en").parties)


def received(charter: Charter, given_facts: Facts) -> dict[str, int]:
    """What each kind of party has of the sharings of a charter, kept rests aside."""
    sums: dict[str, int] = {}
    for share in run(charter, given_facts).shares:
        if not share.key.endswith("/rest"):
            kind = {"member": "members", "recipient": "recipients"}.get(share.party.partition(":")[0], share.party)
            sums[kind] = sums.get(kind, 0) + share.minor
    return sums


@given(charters(), facts(), st.data())
def test_no_facts_contradict_what_is_said_of_one_slot(
    charter: Charter, given_facts: Facts, data: st.DataObject
) -> None:
    """Whoever can only receive less receives no more, whatever happens; a cent of rounding apart."""
    at = data.draw(st.integers(0, len(charter.returns) - 1))
    rule = charter.returns[at]
    changes = {
        "rate": rule.rate * Fraction(data.draw(st.integers(1, 9)), 10),
        "window_months": data.draw(st.one_of(st.none(), st.integers(1, 4))),
        "franchise": data.draw(st.sampled_from([each.franchise for each in charter.returns])),
        "cap": data.draw(st.sampled_from([each.cap for each in charter.returns])),
    }
    slot = data.draw(st.sampled_from(sorted(changes)))
    changed = replace(rule, **{slot: changes[slot]})
    # Ranks of one base count the same events, or the reader refuses them.
    if slot == "window_months" and len(charter.returns) > 1:
        return
    new = replace(charter, returns=(*charter.returns[:at], changed, *charter.returns[at + 1 :]))
    said: dict[str, set[str]] = {}
    for effect in effects(charter, new):
        if effect.subject == "receives":
            said.setdefault(effect.party, set()).add(effect.direction)
    before, after = received(charter, given_facts), received(new, given_facts)
    for party in before.keys() | after.keys():
        moved = after.get(party, 0) - before.get(party, 0)
        count = {"members": len(given_facts.members), "recipients": len(given_facts.recipients)}.get(party, 1)
        slack = len(charter.returns) * (1 + count)
        directions = said.get(party, set())
        assert moved <= slack or directions & {"more", "either"}, (party, slot, moved)
        assert moved >= -slack or directions & {"less", "either"}, (party, slot, moved)


@given(rates)
def test_a_rate_is_never_told_as_a_change_of_itself(rate: Fraction) -> None:
    charter = shipped("retour-solidaire")
    (rule,) = charter.returns
    one = replace(charter, returns=(replace(rule, rate=rate),))
    assert effects(one, one) == ()
