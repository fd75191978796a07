"""What changes for whom between two charters, as far as their texts alone decide it.

A slot that moves one way moves an amount one way: a lower cap, fewer months, a higher franchise can only make less
due. Where two of them pull apart the answer is `either`, and the worked illustration shows it for one set of facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fund.charter.contribution_effects import contribution_effects
from fund.charter.differences import ArticleChange, Change, Place, changes_between
from fund.charter.differences import differences as article_changes
from fund.charter.grammar import Charter, Tranche
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.rules import (
    Bearer,
    Cap,
    DrawingRight,
    Fees,
    FixedLimit,
    MembersBear,
    Periods,
    Rule,
    ToMembers,
    ToRecipients,
)
from fund.charter.signs import FOREVER, Effect, Sign, limit_sign, sign_of, together, told, turned


def effects(old: Charter, new: Charter) -> tuple[Effect, ...]:
    """Every effect that can be told from the two texts, contributions first, in the order of the new charter."""
    found = [*contribution_effects(old, new), *_applying(old, new), *_tranches(old.tranches, new.tranches)]
    found += _credits(old.notoriety, new.notoriety)
    before, after = ({rule.name: rule for rule in charter.rules} for charter in (old, new))
    for change in article_changes(old, new):
        if change.section in ("returns", "risks") and change.kind in ("changed", "added", "removed"):
            found += _rule(change, before.get(change.name), after.get(change.name))
        if change.section in ("returns", "risks") and change.kind == "changed":
            found += _later_ranks(before[change.name], after[change.name], new)
    return tuple(found)


def _rule(change: ArticleChange, old: Rule | None, new: Rule | None) -> Iterator[Effect]:
    article = f"{change.section}.{change.name}"
    moved = 1 if old is None else -1 if new is None else _due_sign(old, new)
    for party in _parties(old, new):
        sign: Sign = moved
        if old is not None and new is not None:
            sign = together((_without_rate(old, new), *_share_signs(party, old, new)))
        bears = any(split.to == party and split.form.word == "loss" for r in (old, new) if r for split in r.splits)
        yield from told(party, "bears" if bears else "receives", sign, article)
        if old is not None and new is not None:
            yield from _ways(party, old, new, article)
    payer = new or old
    if payer is not None and isinstance(payer.counts, Fees | Periods) and payer.rest_to is None:
        yield from told("company", "hands-over", moved, article)
    yield from _rests(old, new, moved, article)
    yield from _bearers(old, new, article)


def _parties(old: Rule | None, new: Rule | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(split.to for rule in (new, old) if rule is not None for split in rule.splits))


def _due_sign(old: Rule, new: Rule) -> Sign:
    """Whether the article can make more or less due in all."""
    return together(
        (_without_rate(old, new), sign_of(old.rate, new.rate), _cap_sign(old, new, Fraction(1), Fraction(1)))
    )


def _without_rate(old: Rule, new: Rule) -> Sign:
    """The same for every slot but the rate, the cap and the shares."""
    signs: list[Sign] = [
        sign_of(old.window_months or FOREVER, new.window_months or FOREVER),
        -sign_of(_or_none(old.no_return_up_to), _or_none(new.no_return_up_to)),
        turned(limit_sign(old.franchise, new.franchise, absent=-1)),
        sign_of(old.floor_per_point or 0, new.floor_per_point or 0),
        -sign_of(old.rank, new.rank),
        0 if old.rounding == new.rounding else None,
        _counts_sign(old, new),
    ]
    return together(signs)


def _or_none(minor: int | None) -> int:
    return -1 if minor is None else minor


def _counts_sign(old: Rule, new: Rule) -> Sign:
    before, after = old.counts, new.counts
    if before == after:
        return 0
    if old.base != new.base:
        return None
    signs: list[Sign] = []
    if isinstance(before, Fees) and isinstance(after, Fees):
        signs.append(-sign_of(before.exclude_first_dates, after.exclude_first_dates))
        signs.append(-sign_of(before.exclude_member_dates, after.exclude_member_dates))
    if isinstance(before, Fees | Periods) and isinstance(after, Fees | Periods):
        signs.append(-sign_of(before.only_triggered, after.only_triggered))
        signs.append(sign_of(before.vesting_months or FOREVER, after.vesting_months or FOREVER))
    if isinstance(before, Periods) and isinstance(after, Periods):
        signs.append(_deductions_sign(before, after))
    if old.base == "deficit":
        ceilings = [getattr(counts, "aid_ceiling", None) or Fraction(FOREVER) for counts in (before, after)]
        signs.append(sign_of(ceilings[0], ceilings[1]))
    return together(signs)


def _deductions_sign(old: Periods, new: Periods) -> Sign:
    """A cost that may come off makes less due."""
    before, after = ({line.kind: line for line in counts.deductions} for counts in (old, new))
    signs: list[Sign] = [*(-1 for kind in after if kind not in before), *(1 for kind in before if kind not in after)]
    for kind in before.keys() & after.keys():
        signs.append(turned(limit_sign(before[kind].limit, after[kind].limit, absent=1)))
        signs.append(sign_of(before[kind].evidence, after[kind].evidence))
    return together(signs)


def _cap_sign(old: Rule, new: Rule, share_before: Fraction, share_after: Fraction) -> Sign:
    """Whether the most that a party may receive has risen, its share of the due given."""
    if old.cap is None or new.cap is None:
        return (old.cap is not None) - (new.cap is not None)
    before, after = _most(old, old.cap, share_before), _most(new, new.cap, share_after)
    return None if before[0] != after[0] else sign_of(before[1], after[1])


def _most(rule: Rule, cap: Cap, share: Fraction) -> tuple[str, Fraction]:
    """The cap as seen by one share: of what, and how much of it."""
    measured = _share(rule, cap.of) if cap.of is not None else Fraction(1)
    share = share / measured if measured else share
    if isinstance(cap.limit, FixedLimit):
        return "", cap.limit.minor * share
    return cap.limit.of, cap.limit.rate * share


def _share(rule: Rule, party: str) -> Fraction:
    return sum((split.share for split in rule.splits if split.to == party), Fraction())


def _share_signs(party: str, old: Rule, new: Rule) -> Iterator[Sign]:
    """How a party's part of each euro counted, and its part of the cap, have moved."""
    before, after = _share(old, party), _share(new, party)
    yield sign_of(old.rate * before, new.rate * after)
    if before and after:
        yield _cap_sign(old, new, before, after)


def _ways(party: str, old: Rule, new: Rule, article: str) -> Iterator[Effect]:
    """In which form a party receives, until when, and by which key."""
    lines = [[split for split in rule.splits if split.to == party] for rule in (old, new)]
    if not all(lines):
        return
    forms, keys, expiries = [], [], []
    for splits in lines:
        forms.append(", ".join(sorted({split.form.word for split in splits})))
        keys.append(", ".join(sorted({s.key for s in splits if isinstance(s, ToMembers | ToRecipients)})))
        expiries.append(sorted(split.form.expires_months for split in splits if isinstance(split.form, DrawingRight)))
    if forms[0] != forms[1]:
        yield from told(party, "form", None, article, *forms)
    if keys[0] != keys[1]:
        yield from told(party, "key", None, article, *keys)
    if expiries[0] and expiries[1]:
        was, now = expiries[0][0], expiries[1][0]
        yield from told(party, "time", sign_of(was, now), article, str(was), str(now))


def _later_ranks(old: Rule, new: Rule, charter: Charter) -> Iterator[Effect]:
    """Whoever comes after a rank has its turn later when that rank takes more to be full."""
    full = together(
        (
            _cap_sign(old, new, Fraction(1), Fraction(1)),
            -sign_of(old.rate, new.rate),
            limit_sign(old.franchise, new.franchise, absent=-1),
        )
    )
    for rule in charter.rules:
        if rule.base == new.base and rule.rank > new.rank:
            for party in _parties(None, rule):
                yield from told(party, "receives", turned(full), f"{rule.section}.{rule.name}")


def _rests(old: Rule | None, new: Rule | None, moved: Sign, article: str) -> Iterator[Effect]:
    """Whoever keeps what is not due keeps less when more is due."""
    before, after = old.rest_to if old else None, new.rest_to if new else None
    if before == after and before is not None:
        yield from told(before, "keeps", turned(moved), article)
    elif before != after:
        if before is not None:
            yield from told(before, "keeps", -1, article)
        if after is not None:
            yield from told(after, "keeps", 1, article)


_BEARERS = {"ReserveBears": "reserve", "MembersBear": "members", "FundBears": "fund"}


def _bearers(old: Rule | None, new: Rule | None, article: str) -> Iterator[Effect]:
    """Who bears a loss in turn: whoever bears more at their turn leaves less to those who come after."""
    before, after = (list(rule.bearers) if rule else [] for rule in (old, new))
    if before == after:
        return
    if old is None or new is None:
        for bearer in before or after:
            yield from told(_BEARERS[type(bearer).__name__], "bears", 1 if old is None else -1, article)
        return
    orders = [[type(bearer).__name__ for bearer in bearers] for bearers in (before, after)]
    rate = _due_sign(old, new)
    if orders[0] != orders[1]:
        for name in dict.fromkeys(orders[1] + orders[0]):
            gone = -1 if name not in orders[1] else 1 if name not in orders[0] else None
            yield from told(_BEARERS[name], "bears", gone if rate == 0 else None, article)
        return
    earlier: Sign = 0
    for was, now in zip(before, after, strict=True):
        own = _bearer_sign(was, now)
        yield from told(_BEARERS[type(now).__name__], "bears", together((rate, own, turned(earlier))), article)
        earlier = together((earlier, own))
        if isinstance(was, MembersBear) and isinstance(now, MembersBear) and was.key != now.key:
            yield from told("members", "key", None, article, was.key, now.key)


def _bearer_sign(old: Bearer, new: Bearer) -> Sign:
    sign = limit_sign(old.limit, new.limit, absent=1)
    if isinstance(old, MembersBear) and isinstance(new, MembersBear):
        return together((sign, sign_of(old.joint, new.joint)))
    return sign


def _tranches(old: Sequence[Tranche], new: Sequence[Tranche]) -> Iterator[Effect]:
    """Whether the company has its allocation earlier: the share that it has by each moment, moment after moment."""
    if not old or not new:
        return
    moments = ("agreement", "spending", "premiere", "report")
    by_then = [
        [sum((t.share for t in tranches if t.condition in moments[: at + 1]), Fraction()) for at in range(len(moments))]
        for tranches in (old, new)
    ]
    yield from told("company", "earlier", together(map(sign_of, *by_then)), "tranches")


_HARDER_WHEN_MORE = frozenset({"least", "least_overseas", "specialised", "months", "regions", "documents", "commit_to"})
_EASIER_WHEN_MORE = frozenset({"most", "within_months", "categories"})


def _applying(old: Charter, new: Charter) -> Iterator[Effect]:
    """Whether more is asked of whoever applies, gate by gate."""
    for change in changes_between(old.gates, new.gates, (Place("gates"),)):
        gate = change.path[0].which
        if gate and not any(place.slot == "sources" for place in change.path):
            yield from told("applicants", "applies", _gate_sign(change), f"gates.{gate}")


def _gate_sign(change: Change) -> Sign:
    """More gates, more partners, more documents ask for more; more time and more places ask for less."""
    slot = change.path[-1].slot
    if len(change.path) == 1 or slot == "hosted":
        return (change.old is None) - (change.new is None) if None in (change.old, change.new) else None
    if slot == "least_overseas" and None in (change.old, change.new):
        return (change.new is None) - (change.old is None)  # it stands in for a larger number
    places = slot == "regions" and isinstance(change.new, tuple)
    if slot in _EASIER_WHEN_MORE or places:
        return turned(_more(change.old, change.new))
    return _more(change.old, change.new) if slot in _HARDER_WHEN_MORE else None


def _more(old: object, new: object) -> Sign:
    """Whether a number has risen, or a list has gained and lost nothing."""
    if isinstance(old, int | Fraction) and isinstance(new, int | Fraction):
        return sign_of(old, new)
    if isinstance(old, tuple | frozenset) and isinstance(new, tuple | frozenset):
        before, after = frozenset(old), frozenset(new)
        return 1 if before < after else -1 if after < before else None
    return None


_CREDITED = {"CreditToCompany": "company", "CreditToFund": "fund", "CreditToMembers": "members"}


def _credits(old: Notoriety | None, new: Notoriety | None) -> Iterator[Effect]:
    """Who has a larger share of the points of a fact."""
    shares = [
        {_CREDITED[type(credit).__name__]: credit.share for credit in (each.credits if each else ())}
        for each in (old, new)
    ]
    for party in dict.fromkeys((*shares[1], *shares[0])):
        sign = sign_of(shares[0].get(party, Fraction()), shares[1].get(party, Fraction()))
        yield from told(party, "credited", sign, "notoriety")
