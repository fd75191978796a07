"""Lettering (*lettrage*): which postings of an account settle each other; it may be done and undone, logged.

A lettering is named by a code, unique in its account. Its postings sum to zero, or it is marked partial.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from ledger import guards, rows
from ledger.accounts import account_key
from ledger.commits import in_one_commit
from ledger.entries import book_row
from ledger.errors import AccountUnknown, LetteringRefused
from ledger.journal import AccountKey
from ledger.ladder import check_account, check_code, check_date, check_text
from ledger.models import NUMBER_MASK, LetteredPosting, LetteringLog, first_id
from ledger.models import Lettering as LetteringRow
from ledger.money import Amount


@dataclass(frozen=True, slots=True)
class Lettering:
    """Postings, by their numbers in the book, that settle each other."""

    account: AccountKey
    code: str
    on: date
    is_partial: bool
    postings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LetteringAct:
    """One line of the log: `act` is `done` or `undone`."""

    account: AccountKey
    code: str
    act: str
    on: date
    is_partial: bool
    postings: tuple[int, ...]
    by: str
    moment: datetime


def letter(
    book: str,
    key: AccountKey,
    *,
    code: str,
    postings: Collection[int],
    on: date,
    by: str,
    is_partial: bool = False,
) -> None:
    """Letter postings of one account; they sum to zero unless the lettering is partial."""
    check_code("The code of the lettering", code, limit=20)
    check_date("The date of the lettering", on)
    check_text("The name of who letters", by)
    numbers = sorted(set(postings))

    def act() -> None:
        guards.require()
        book_id, account_id = _account(book, key)
        base = first_id(book_id)
        _check(key, code, account_id, [base + number for number in numbers], is_partial=is_partial)
        _log(account_id, code, "done", on, is_partial, numbers, by)
        columns = ("account_id", "code", "on", "is_partial")
        rows.insert("ledger_lettering", columns, [[account_id, code, on.isoformat(), is_partial]])
        lettering_id = _lettering_id(account_id, code)
        lettered = ([base + number, lettering_id] for number in numbers)
        rows.insert("ledger_letteredposting", ("posting_id", "lettering_id"), lettered)

    in_one_commit(act)


def unletter(book: str, key: AccountKey, *, code: str, by: str) -> None:
    """Undo a lettering; its postings are open again and the log keeps both acts."""
    check_text("The name of who undoes", by)

    def act() -> None:
        guards.require()
        _, account_id = _account(book, key)
        found = LetteringRow.objects.filter(account_id=account_id, code=code).first()
        if found is None:
            raise _refused(key, code, "it does not exist")
        numbers = sorted(posting_id & NUMBER_MASK for posting_id in found.lettered.values_list("posting_id", flat=True))
        _log(account_id, code, "undone", found.on, found.is_partial, numbers, by)
        rows.changed("DELETE FROM ledger_letteredposting WHERE lettering_id = %s", [found.pk])
        rows.changed("DELETE FROM ledger_lettering WHERE id = %s", [found.pk])

    in_one_commit(act)


def _refused(key: AccountKey, code: str, why: str) -> LetteringRefused:
    return LetteringRefused(account=key.code, lettering=code, why=why)


def _account(book: str, key: AccountKey) -> tuple[int, int]:
    """Book and account, under the lock of the head: two people cannot letter the same posting."""
    check_account(key)
    book_id = rows.locked_head(book).book_id
    account = rows.accounts(book_id, [key.code]).get(key.leaf)
    if account is None:
        raise AccountUnknown(book=book, account=key.code, unit=key.unit.code)
    return book_id, account.id


def _check(key: AccountKey, code: str, account_id: int, ids: list[int], *, is_partial: bool) -> None:
    if len(ids) < 2:
        raise _refused(key, code, "it needs two postings at least")
    if _lettering_id(account_id, code):
        raise _refused(key, code, "the code is taken in this account")
    found = rows.fetched_among(
        "SELECT p.minor, l.posting_id FROM ledger_posting p LEFT JOIN ledger_letteredposting l "
        "ON l.posting_id = p.id WHERE p.account_id = %s AND p.id IN (MARKS)",
        [account_id],
        ids,
    )
    if len(found) != len(ids):
        raise _refused(key, code, "a posting is not of this account")
    if any(lettered for _, lettered in found):
        raise _refused(key, code, "a posting is already lettered")
    rest = sum(minor for minor, _ in found)
    if rest and not is_partial:
        raise _refused(key, code, f"its postings leave {Amount(rest, key.unit)}")


def _lettering_id(account_id: int, code: str) -> int:
    found = rows.fetched("SELECT id FROM ledger_lettering WHERE account_id = %s AND code = %s", [account_id, code])
    return found[0][0] if found else 0


def _log(account_id: int, code: str, act: str, on: date, is_partial: bool, numbers: Collection[int], by: str) -> None:
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    columns = ("account_id", "code", "act", "on", "is_partial", "postings", "by", "moment")
    written = " ".join(map(str, numbers))
    rows.insert(
        "ledger_letteringlog", columns, [[account_id, code, act, on.isoformat(), is_partial, written, by, moment]]
    )


def letterings(book: str, key: AccountKey) -> list[Lettering]:
    """The letterings of an account that stand, by code."""
    found = LetteredPosting.objects.filter(
        lettering__account__book=book_row(book),
        lettering__account__code=key.code,
        lettering__account__unit__code=key.unit.code,
    ).select_related("lettering")
    postings: dict[int, list[int]] = {}
    standing: dict[int, LetteringRow] = {}
    for row in found.order_by("posting_id"):
        standing[row.lettering_id] = row.lettering
        postings.setdefault(row.lettering_id, []).append(row.posting_id & NUMBER_MASK)
    answers = [Lettering(key, row.code, row.on, row.is_partial, tuple(postings[pk])) for pk, row in standing.items()]
    return sorted(answers, key=lambda lettering: lettering.code)


def lettering_log(book: str) -> list[LetteringAct]:
    """All that was ever lettered and unlettered in the book, in order."""
    found = LetteringLog.objects.filter(account__book=book_row(book)).select_related("account__unit").order_by("pk")
    return [
        LetteringAct(
            account_key(row.account),
            row.code,
            row.act,
            row.on,
            row.is_partial,
            tuple(map(int, row.postings.split())),
            row.by,
            row.moment,
        )
        for row in found
    ]
