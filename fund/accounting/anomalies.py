"""What an auditor looks at first: rules over the entries of a year, each finding with its reason.

Plain Python. A finding is no fault: it says why an entry, a party or a line of the bank is worth a look. Amounts are
whole minor units of the fund's currency; every limit is a parameter (`Thresholds`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from fund.accounting.booked import Booked
from fund.accounting.holidays import is_public_holiday, is_weekend
from fund.accounting.year import CARRYING_KIND, OPENING_KIND

Target = Literal["entry", "account", "party", "bank-line", "bank"]
FactValue = str | int | date

MANUAL_JOURNALS: Final = ("OD",)
"""*Opérations diverses*: what somebody wrote by hand, without an act of the fund behind it."""

RULES: Final = (
    "round-amount",
    "shared-iban",
    "day-off",
    "below-threshold",
    "bank-line-unmatched",
    "posting-unmatched",
    "same-party-amount",
    "same-document",
    "same-file",
    "document-gap",
    "late-validation",
    "reversed",
    "year-end-manual",
    "unusual-side",
    "lettering-undone",
)
"""In the order in which they are shown."""

AMOUNTS: Final = ("minor", "threshold", "round", "balance")
"""The facts that are amounts in minor units."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits of the rules: amounts in minor units, days, and a percentage.

    `thresholds` are 1,000.00 (a second signature in many funds), 23,000.00 (a convention is due for a public grant) and
    153,000.00 (a statutory auditor is due), until others are asked for.
    """

    round_to: int = 100_000
    thresholds: tuple[int, ...] = (100_000, 2_300_000, 15_300_000)
    below_percent: int = 5
    duplicate_days: int = 7
    document_days: int = 30
    validation_days: int = 45
    year_end_days: int = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the rule, what it is about and where it stands, and the figures of its reason."""

    rule: str
    target: Target
    subject: str
    said: str
    on: date | None = None
    minor: int | None = None
    facts: tuple[tuple[str, FactValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Payee:
    """A bank account of a party: `tail` is all that is shown of the number."""

    party: str
    iban: str

    @property
    def tail(self) -> str:
        return self.iban[-4:]


@dataclass(frozen=True, slots=True)
class Held:
    """What a third party's account holds at the end, debit positive."""

    account: str
    auxiliary: str
    minor: int


@dataclass(frozen=True, slots=True)
class Undone:
    """A lettering that somebody took off again."""

    account: str
    code: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A line of the bank, or a posting on the bank's account, without the other; `reference` is what it is known by."""

    reference: str
    said: str
    on: date
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that the rules look at: a year, and what stands beside its entries.

    `entries` hold no opening. `lines_alone` and `postings_alone` are None when no line of the bank was ever taken in:
    nothing can be said then.
    """

    last: date
    entries: Sequence[Booked]
    payees: Sequence[Payee] = ()
    held: Sequence[Held] = ()
    undone: Sequence[Undone] = ()
    lines_alone: Sequence[Alone] | None = None
    postings_alone: Sequence[Alone] | None = None


def findings(evidence: Evidence, limits: Thresholds) -> tuple[Finding, ...]:
    """All findings, by rule, then in the order of the books."""
    entries = [entry for entry in evidence.entries if entry.kind not in (OPENING_KIND, CARRYING_KIND)]
    by_rule: Mapping[str, Callable[[], Iterable[Finding]]] = {
        "round-amount": lambda: _round(entries, limits),
        "shared-iban": lambda: _shared_ibans(evidence.payees),
        "day-off": lambda: _days_off(entries),
        "below-threshold": lambda: _below(entries, limits),
        "bank-line-unmatched": lambda: _alone(evidence.lines_alone, "bank-line-unmatched", "bank-line"),
        "posting-unmatched": lambda: _alone(evidence.postings_alone, "posting-unmatched", "entry"),
        "same-party-amount": lambda: _same_amounts(entries, limits),
        "same-document": lambda: _same_papers(entries, "same-document", lambda entry: entry.document),
        "same-file": lambda: _same_papers(entries, "same-file", lambda entry: entry.document_sha256),
        "document-gap": lambda: _document_gaps(entries, limits),
        "late-validation": lambda: _late(entries, limits),
        "reversed": lambda: _reversed(entries),
        "year-end-manual": lambda: _year_end(entries, evidence.last, limits),
        "unusual-side": lambda: _unusual(evidence.held),
        "lettering-undone": lambda: _undone(evidence.undone),
    }
    return tuple(found for rule in RULES for found in by_rule[rule]())


def counts(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings each rule has, those without any included."""
    total = dict.fromkeys(RULES, 0)
    for finding in found:
        total[finding.rule] += 1
    return total


def _of(rule: str, entry: Booked, **facts: FactValue) -> Finding:
    return Finding(rule, "entry", entry.reference, entry.number, entry.on, entry.amount, tuple(facts.items()))


def _round(entries: Iterable[Booked], limits: Thresholds) -> Iterator[Finding]:
    for entry in entries:
        if limits.round_to and entry.amount and entry.amount % limits.round_to == 0:
            yield _of("round-amount", entry, round=limits.round_to)


def _shared_ibans(payees: Iterable[Payee]) -> Iterator[Finding]:
    parties: dict[str, set[str]] = defaultdict(set)
    for payee in payees:
        parties["".join(payee.iban.split()).upper()].add(payee.party)
    for iban, sharing in sorted(parties.items()):
        if len(sharing) > 1:
            names = ", ".join(sorted(sharing))
            yield Finding("shared-iban", "party", min(sharing), names, facts=(("tail", iban[-4:]), ("parties", names)))


def _days_off(entries: Iterable[Booked]) -> Iterator[Finding]:
    for entry in entries:
        if is_public_holiday(entry.on) or is_weekend(entry.on):
            yield _of("day-off", entry, day="holiday" if is_public_holiday(entry.on) else "weekend")


def _below(entries: Iterable[Booked], limits: Thresholds) -> Iterator[Finding]:
    for entry in entries:
        for threshold in limits.thresholds:
            if entry.amount < threshold and 100 * entry.amount >= (100 - limits.below_percent) * threshold:
                yield _of("below-threshold", entry, threshold=threshold)
                break


def _alone(alone: Iterable[Alone] | None, rule: str, target: Target) -> Iterator[Finding]:
    for each in alone or ():
        yield Finding(rule, target, each.reference, each.said, each.on, abs(each.minor), (("minor", abs(each.minor)),))


def _same_amounts(entries: Sequence[Booked], limits: Thresholds) -> Iterator[Finding]:
    """The same amount on the same side of the same third party, again within some days; reversals put aside."""
    undone = {entry.reverses for entry in entries if entry.reverses}
    last: dict[tuple[str, str, str, int], Booked] = {}
    for entry in sorted(entries, key=lambda each: each.on):
        if entry.reverses or entry.reference in undone:
            continue
        for line in sorted(set(entry.lines), key=lambda each: (each.account, each.auxiliary, each.minor)):
            if not line.account.startswith("4") or not line.auxiliary:
                continue
            key = (line.account, line.party, line.project, line.minor)
            before = last.get(key)
            if before and (entry.on - before.on).days <= limits.duplicate_days:
                yield _of(
                    "same-party-amount",
                    entry,
                    party=line.auxiliary,
                    account=line.account,
                    minor=abs(line.minor),
                    other=before.number,
                    days=(entry.on - before.on).days,
                )
            last[key] = entry


def _same_papers(entries: Iterable[Booked], rule: str, paper: Callable[[Booked], str]) -> Iterator[Finding]:
    """A paper that a journal holds again; a reversal rests on the paper of what it undoes."""
    first: dict[tuple[str, str], Booked] = {}
    for entry in entries:
        if paper(entry) and not entry.reverses:
            before = first.setdefault((entry.journal, paper(entry)), entry)
            if before is not entry:
                yield _of(rule, entry, document=paper(entry), other=before.number)


def _document_gaps(entries: Iterable[Booked], limits: Thresholds) -> Iterator[Finding]:
    for entry in entries:
        if entry.document_on and abs((entry.on - entry.document_on).days) > limits.document_days:
            yield _of(
                "document-gap", entry, document_on=entry.document_on, days=abs((entry.on - entry.document_on).days)
            )


def _late(entries: Iterable[Booked], limits: Thresholds) -> Iterator[Finding]:
    for entry in entries:
        if (entry.validated_on - entry.on).days > limits.validation_days:
            days = (entry.validated_on - entry.on).days
            yield _of("late-validation", entry, validated_on=entry.validated_on, days=days)


def _reversed(entries: Sequence[Booked]) -> Iterator[Finding]:
    numbers = {entry.reference: entry.number for entry in entries}
    for entry in entries:
        if entry.reverses:
            yield _of("reversed", entry, other=numbers.get(entry.reverses, entry.reverses))


def _year_end(entries: Iterable[Booked], last: date, limits: Thresholds) -> Iterator[Finding]:
    for entry in entries:
        if entry.journal in MANUAL_JOURNALS and 0 <= (last - entry.on).days < limits.year_end_days:
            yield _of("year-end-manual", entry, days=limits.year_end_days)


USUAL_SIDES: Final[Mapping[str, int]] = {
    "401": -1, "403": -1, "404": -1, "405": -1, "408": -1, "409": 1,
    "411": 1, "413": 1, "416": 1, "418": 1, "419": -1,
    "421": -1, "431": -1, "437": -1, "441": 1, "455": -1, "467": 1, "468": -1,
    "164": -1, "168": -1, "2681": 1, "2742": 1, "2748": 1, "275": 1,
}  # fmt: skip
"""On which side a third party's account stands (1 debit, -1 credit), by the beginning of its number.

467 is a debtor and 468 a creditor since 2025 (ANC 2022-06); before, both were used either way. 458 may stand on both.
"""


def usual_side(account: str) -> int:
    """1 for debit, -1 for credit, 0 where the chart expects neither; the longest beginning counts."""
    for length in range(len(account), 2, -1):
        if account[:length] in USUAL_SIDES:
            return USUAL_SIDES[account[:length]]
    return 0


def _unusual(held: Iterable[Held]) -> Iterator[Finding]:
    for each in held:
        side = usual_side(each.account)
        if side and each.minor * side < 0:
            facts = (("account", each.account), ("party", each.auxiliary), ("balance", abs(each.minor)),
                     ("side", "debit" if each.minor > 0 else "credit"))  # fmt: skip
            said = " ".join(part for part in (each.account, each.auxiliary) if part)
            yield Finding("unusual-side", "account", each.account, said, minor=abs(each.minor), facts=facts)


def _undone(undone: Iterable[Undone]) -> Iterator[Finding]:
    for each in undone:
        facts = (("code", each.code), ("account", each.account), ("by", each.by))
        yield Finding("lettering-undone", "account", each.account, f"{each.account} {each.code}", each.on, facts=facts)
