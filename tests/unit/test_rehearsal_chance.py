"""The draws of a rehearsal: a published generator, the same numbers on every machine and in any order."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from fund.rehearsal.chance import GENERATOR, Chance
from fund.rehearsal.models import NEVER, Bag, Odds

ODDS = Odds(1, 4, "made-up")
BAG = Bag((3, 3, 9), "made-up")

WORD = 2**64
MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
WEYL = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)


def philox(counter: int, key: int) -> list[int]:
    """Philox4x64-10 as the paper has it: ten rounds on four words of a counter, under two words of a key."""
    words = [counter >> (64 * place) & (WORD - 1) for place in range(4)]
    keys = [key & (WORD - 1), key >> 64]
    for _ in range(10):
        high0, low0 = divmod(MULTIPLIERS[0] * words[0], WORD)
        high1, low1 = divmod(MULTIPLIERS[1] * words[2], WORD)
        words = [high1 ^ words[1] ^ keys[0], low1, high0 ^ words[3] ^ keys[1], low0]
        keys = [(k + w) % WORD for k, w in zip(keys, WEYL, strict=True)]
    return words


def test_the_twin_is_philox_of_the_paper() -> None:
    """Known answers of Random123, the authors' own library."""
    assert philox(0, 0) == [0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B]
    ones = 2**256 - 1
    assert philox(ones, 2**128 - 1) == [
        0x87B092C3013FE90B, 0x438C3C67BE8D0224, 0x9CC7D7C69CD777B6, 0xA09CAEBF594F0BA0,
    ]  # fmt: skip


def test_a_stream_is_philox_of_seed_block_and_purpose() -> None:
    key = int.from_bytes(sha256(f"{GENERATOR}\n7\n2\nP01\n3\nfee".encode()).digest()[:16], "little")
    twin = [word for counter in (1, 2, 3) for word in philox(counter, key)]
    assert Chance(7, 2, 6).raw("P01\n3\nfee", 2).ravel().tolist() == twin


def test_purposes_blocks_and_seeds_have_streams_of_their_own() -> None:
    draws = [
        Chance(seed, block, 4).raw(purpose).tolist()[0] for seed in (1, 2) for block in (0, 1) for purpose in ("a", "b")
    ]
    assert len({tuple(each) for each in draws}) == len(draws)


def test_fewer_paths_are_the_first_of_more() -> None:
    assert Chance(1, 0, 3).drawn(BAG, "a")[0].tolist() == Chance(1, 0, 9).drawn(BAG, "a")[0].tolist()[:3]


def test_numbers_are_drawn_as_often_as_they_lie_in_the_bag() -> None:
    counted = Counter(Chance(1, 0, 30_000).drawn(BAG, "a")[0].tolist())
    assert set(counted) == {3, 9}
    assert abs(counted[9] - 10_000) < 400  # five standard deviations are 408


def test_what_happens_one_time_in_four_does() -> None:
    assert abs(int(Chance(1, 0, 40_000).happens(ODDS, "a")[0].sum()) - 10_000) < 400


def test_what_is_certain_is_not_drawn() -> None:
    chance = Chance(1, 0, 3)
    assert chance.drawn(Bag((7,), "made-up"), "a", 2)[1].tolist() == [7, 7, 7]
    assert chance.happens(NEVER, "a")[0].tolist() == [False] * 3
    assert chance.happens(Odds(1, 1, "made-up"), "a")[0].tolist() == [True] * 3


def test_a_bag_is_never_empty_and_odds_are_a_ratio() -> None:
    with pytest.raises(ValueError, match="at least one number"):
        Bag((), "made-up")
    for times, of in ((2, 1), (-1, 3), (0, 0)):
        with pytest.raises(ValueError, match="Odds"):
            Odds(times, of, "made-up")
    assert ODDS.ratio * 4 == 1
