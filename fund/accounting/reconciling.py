"""Which line of the bank is which posting of account 512: proposals, and the statement of reconciliation.

Plain Python (*état de rapprochement*). Amounts are whole minor units; what comes in is positive on both sides: a credit
of the bank is a debit of account 512. A person confirms each proposal.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

WINDOW_DAYS: Final = 10
"""How far apart a line and its posting may stand when only their amount agrees."""

Ground = Literal["reference", "amount"]
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_SHORTEST_REFERENCE: Final = 4
"""A shorter one stands in many labels by chance."""


@dataclass(frozen=True, slots=True)
class BankSide:
    """A line of the bank: `number` in the fund, what it says, and the day on which its posting came, if one did."""

    number: int
    on: date
    minor: int
    reference: str = ""
    counterparty: str = ""
    label: str = ""
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class BookSide:
    """A posting of account 512: `posting` is its number in the book, `document` the reference of its paper."""

    posting: int
    reference: str
    number: str
    on: date
    minor: int
    document: str = ""
    label: str = ""
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that seems to be one payment; `rivals` counts the other pairs of the same amount within the window."""

    line: BankSide
    posting: BookSide
    ground: Ground
    days: int
    rivals: int = 0


def proposals(
    lines: Sequence[BankSide], postings: Sequence[BookSide], *, window: int = WINDOW_DAYS
) -> tuple[Proposal, ...]:
    """The pairs, each side used once: the same reference and amount first, then the same amount, nearest days first."""
    by_amount: dict[int, list[BookSide]] = defaultdict(list)
    for posting in postings:
        by_amount[posting.minor].append(posting)
    pairs = [(line, posting) for line in lines for posting in by_amount[line.minor]]
    named = [(line, posting) for line, posting in pairs if names(line, posting)]
    near = [(line, posting) for line, posting in pairs if _days(line, posting) <= window]
    found: list[Proposal] = []
    lines_used: set[int] = set()
    postings_used: set[int] = set()
    grounds: tuple[tuple[Ground, list[tuple[BankSide, BookSide]]], ...] = (("reference", named), ("amount", near))
    for ground, candidates in grounds:
        open_pairs = [
            pair for pair in candidates if pair[0].number not in lines_used and pair[1].posting not in postings_used
        ]
        of_line = Counter(line.number for line, _ in open_pairs)
        of_posting = Counter(posting.posting for _, posting in open_pairs)
        for line, posting in sorted(open_pairs, key=_nearest_first):
            if line.number not in lines_used and posting.posting not in postings_used:
                rivals = of_line[line.number] + of_posting[posting.posting] - 2
                found.append(Proposal(line, posting, ground, _days(line, posting), rivals))
                lines_used.add(line.number)
                postings_used.add(posting.posting)
    return tuple(sorted(found, key=lambda proposal: (proposal.line.on, proposal.line.number)))


def names(line: BankSide, posting: BookSide) -> bool:
    """Whether the line quotes the reference of the paper or of the entry, as a whole word."""
    said = {word.casefold() for text in (line.reference, line.label) for word in _words(text)}
    known = {posting.document.strip().casefold(), posting.reference.strip().casefold()}
    return any(len(each) >= _SHORTEST_REFERENCE and each in said for each in known)


def _words(text: str) -> Iterator[str]:
    yield text.strip()
    yield from (found.group().rstrip("._/-") for found in _WORD.finditer(text))


def _days(line: BankSide, posting: BookSide) -> int:
    return abs((line.on - posting.on).days)


def _nearest_first(pair: tuple[BankSide, BookSide]) -> tuple[int, date, int, int]:
    line, posting = pair
    return (_days(line, posting), line.on, line.number, posting.posting)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The books beside the bank on a day: both balances, and what explains their difference, both ways.

    `bank` is None when nothing of the bank is known by then. `is_stated`: the bank itself wrote that balance; otherwise
    it is the sum of the lines. `lines` are at the bank and not in the books by that day, `postings` the other way.
    """

    as_of: date
    books: int
    bank: int | None
    is_stated: bool
    lines: tuple[BankSide, ...]
    postings: tuple[BookSide, ...]

    @property
    def expected(self) -> int:
        """What the bank should hold: the books, and what only the bank knows, without what it does not know yet."""
        return self.books + sum(line.minor for line in self.lines) - sum(posting.minor for posting in self.postings)

    @property
    def unexplained(self) -> int:
        """What the two lists do not explain; zero when the account is reconciled."""
        return 0 if self.bank is None else self.bank - self.expected

    @property
    def is_reconciled(self) -> bool:
        return self.bank is not None and not self.unexplained


def lines_open(lines: Iterable[BankSide], as_of: date) -> tuple[BankSide, ...]:
    """The lines of the bank by that day whose posting came later, or never."""
    return tuple(line for line in lines if line.on <= as_of and not _settled(line.settled_on, as_of))


def postings_open(postings: Iterable[BookSide], as_of: date) -> tuple[BookSide, ...]:
    """The postings by that day whose line of the bank came later, or never."""
    return tuple(each for each in postings if each.on <= as_of and not _settled(each.settled_on, as_of))


def _settled(settled_on: date | None, as_of: date) -> bool:
    return settled_on is not None and settled_on <= as_of
