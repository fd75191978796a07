"""The closing balances of another program's file of entries (FEC), as the balances that open the next year.

Plain Python. Income and expenses are folded into 120 or 129. What is not lettered of a third party is opened item by
item, so that it can be lettered in the new books; an account that was never lettered is opened in one balance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from fund.importers.faults import Fault, fault_at
from fund.importers.names_file import account_misread, code_misread
from fund.importers.opening_draft import NOT_OPENED, BalanceRow, OpeningTerms
from ledger.fec.fields import FecLine
from ledger.fec.findings import Finding
from ledger.fec.reading import read_lines

RESULTS = ("6", "7")
THIRD_PARTIES = "4"
ITEM_LIMIT = 100


@dataclass(slots=True)
class _Kept:
    """An account and auxiliary through the year: its open lines, and what each lettering leaves."""

    total: int = 0
    line: int = 0
    letterings: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lettered_at: dict[str, FecLine] = field(default_factory=dict)
    open: list[FecLine] = field(default_factory=list)


def read_fec(name: str, raw: bytes, terms: OpeningTerms, faults: list[Fault]) -> list[BalanceRow]:
    """The balances that the file leaves; what is wrong with its lines is noted."""
    if terms.unit.code != "EUR":
        faults.append(fault_at(name, 0, "fec_currency", text=terms.unit.code))
        return []
    kept: dict[tuple[str, str], _Kept] = defaultdict(_Kept)
    account_names: dict[str, str] = {}
    party_names: dict[str, str] = {}
    result = 0
    for each in read_lines(BytesIO(raw)):
        if isinstance(each, Finding):
            if each.is_error:
                said = {"said": each.sentence("en"), "dit": each.sentence("fr")}
                faults.append(fault_at(name, each.line, "fec_finding", "", 0, **said))
            continue
        if each.account.startswith(RESULTS):
            result += each.minor
        elif not each.account.startswith(NOT_OPENED):
            _add(kept[each.account, each.auxiliary], each)
            account_names.setdefault(each.account, each.account_label)
            if each.auxiliary:
                party_names.setdefault(each.auxiliary, each.auxiliary_label)
    rows = list(_rows(kept, account_names, party_names))
    if result:
        rows.append(_result(result, kept))
    faults.extend(_code_faults(name, rows))
    return rows


def _add(account: _Kept, line: FecLine) -> None:
    account.total += line.minor
    account.line = account.line or line.number
    if line.lettering:
        account.letterings[line.lettering] += line.minor
        account.lettered_at.setdefault(line.lettering, line)
    else:
        account.open.append(line)


def _rows(
    kept: dict[tuple[str, str], _Kept], account_names: dict[str, str], party_names: dict[str, str]
) -> Iterator[BalanceRow]:
    for (account, auxiliary), held in sorted(kept.items()):
        common = {
            "account": account,
            "auxiliary": auxiliary,
            "name": party_names.get(auxiliary, ""),
            "account_name": account_names.get(account, ""),
        }
        if not (account.startswith(THIRD_PARTIES) and held.letterings):
            if held.total:
                yield BalanceRow(line=held.line, minor=held.total, **common)
            continue
        items = [(line, line.minor) for line in held.open]
        items += [(held.lettered_at[code], left) for code, left in held.letterings.items() if left]
        for line, minor in sorted(items, key=lambda item: item[0].number):
            if minor:
                item = f"{line.on.isoformat()} {line.document or line.entry} {line.number}"[:ITEM_LIMIT]
                yield BalanceRow(line=line.number, minor=minor, item=item, **common)


def _result(result: int, kept: Iterable[tuple[str, str]]) -> BalanceRow:
    """Income less expenses on 120 or 129, in the length that the file gives its accounts."""
    width = min((len(account) for account, _ in kept if account.isdigit()), default=3)
    return BalanceRow(line=0, account=("129" if result > 0 else "120").ljust(width, "0"), minor=result, item="result")


def _code_faults(name: str, rows: Iterable[BalanceRow]) -> Iterator[Fault]:
    """Accounts and auxiliaries that the books could not write, once each."""
    told: set[str] = set()
    for row in rows:
        misread_account = account_misread(row.account)
        for column, text, misread in (
            ("CompteNum", row.account, misread_account),
            ("CompAuxNum", row.auxiliary, code_misread(row.auxiliary) if row.auxiliary else None),
        ):
            if misread is not None and f"{column} {text}" not in told:
                told.add(f"{column} {text}")
                yield fault_at(name, row.line, misread.code, column, 0, **misread.facts)
