"""Audit packs made without a database, forged in every way, and their program run as an auditor runs it."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fund.accounting import verify_pack
from fund.accounting.balance_sheet import balance_sheet
from fund.accounting.income_statement import income_statement
from fund.accounting.pack_rows import entry_rows
from fund.accounting.trial_balance import trial_balance
from fund.accounting.verify_pack import COLUMNS, ENTRIES
from fund.accounting.year import FiscalYear, YearAccounts, YearKey, YearRow, carried_over
from ledger import chain
from ledger.journal import AccountKey, Document, Entry, Line
from ledger.money import EUR, EUR_INKIND, HOUR, Amount
from ledger.tree import root_of

BOOK = "alpha"
YEAR = FiscalYear("2026", date(2026, 1, 1), date(2026, 12, 31), "anc-2022-06")
Files = dict[str, bytes]
Row = list[str]


@dataclass(frozen=True)
class Checkpoint:
    """Where a book ends, as `ledger.proofs` writes it, which needs a database."""

    book: str
    entries: int
    seals: int
    root: str
    head: str

    def text(self) -> str:
        facts = f"entries {self.entries}\nseals {self.seals}\nroot {self.root}\nhead {self.head}\n"
        return f"tresse-checkpoint/1\nbook {self.book}\n{facts}"


def run(pack: Path, *options: str, program: Path = Path(verify_pack.__file__)) -> tuple[int, str]:
    """Exit status and words of the verifier: one file alone, run by a Python that knows nothing of Tresse."""
    command = [sys.executable, "-I", "-S", str(program), str(zipped(pack)), *options]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.stderr == b"", done.stderr.decode()
    return done.returncode, done.stdout.decode()


def zipped(pack: Path) -> Path:
    """The pack as it is now, zipped beside its folder; what is no folder is left as it is."""
    if not pack.is_dir():
        return pack
    place = pack.with_name(f"{pack.name}.zip")
    with zipfile.ZipFile(place, "w") as out:
        for path in sorted(pack.rglob("*")):
            if path.is_file():
                out.write(path, path.relative_to(pack).as_posix())
    return place


def verified(folder: Path, head: str = "", anchor: str = "") -> tuple[int, str]:
    """The same within this process, for many rounds."""
    pack = None
    try:
        pack = verify_pack.Pack(str(zipped(folder)))
        return 0, pack.check_all(head, anchor)
    except AssertionError as fault:
        return 1, str(fault)
    except Exception as fault:  # as the program itself does
        return 1 if pack else 2, f"{pack.at if pack else folder} : {fault!r}"
    finally:
        if pack:
            pack.zip.close()


# A pack of plain values


def an_entry(number: int) -> Entry:
    """An entry of one of three units over two years; a paper with every fourth, a label that looks like a formula."""
    unit = (EUR, EUR, EUR, EUR, EUR, EUR_INKIND, HOUR)[number % 7]
    minor = 100 + number * number % 1_000_003
    if unit == EUR_INKIND:
        lines = (Line(AccountKey("864", unit=unit), minor), Line(AccountKey("875", unit=unit), -minor))
    elif unit == HOUR:
        lines = (Line(AccountKey("911", unit=unit), minor), Line(AccountKey("912", unit=unit), -minor))
    else:
        turn = 1 if number % 3 else -1
        lines = (
            Line(AccountKey("411", party=f"M{number * 7 % 75:02}"), turn * minor),
            Line(AccountKey("7561" if turn > 0 else "6571", project=f"p{number % 5}"), -turn * minor),
            Line(AccountKey("512"), minor // 2 + 1, destination="aid" if number % 2 else ""),
            Line(AccountKey("195", convention="c1"), -(minor // 2) - 1, convention="c2" if number % 4 else ""),
        )
    return Entry(
        journal=("BQ", "OD")[number % 2],
        on=date(2025, 1, 1) + timedelta(days=number * 37 % 730),
        kind="gift",
        reference=f"E:{number}",
        label="=SUM(A1);'-1" if number % 11 == 0 else f"Don n° {number}",
        lines=lines,
        validated_on=date(2026, 12, 31),
        document=Document(f"D-{number}", date(2025, 1, 1), "0f" * 32) if number % 4 == 0 else Document(""),
    )


def sealed_rows(entries: Sequence[Entry], under: Callable[[int], int]) -> tuple[list[Row], list[Checkpoint]]:
    """The lines of the entries, with the seal that `under` gives each place; and where the book ended after each."""
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    groups: dict[int, list[tuple[Entry, dict[str, Any]]]] = defaultdict(list)
    for place, entry in enumerate(entries, 1):
        year = str(entry.on.year)
        numbers[entry.journal, year] += 1
        number, salt = numbers[entry.journal, year], sha256(entry.reference.encode()).digest()[:16]
        label = chain.label_hash(entry.label, salt)
        text = chain.canonical_text(entry, book=BOOK, fiscal_year=year, number=number, label_digest=label)
        facts = {
            "place": place,
            "number": f"{year} {number}",
            "leaf": chain.leaf_hash(text).hex(),
            "label": label.hex(),
        }
        groups[under(place)].append((entry, {**facts, "salt": salt.hex(), "words": True}))
    rows, head, leaves, points = list[Row](), chain.genesis(BOOK, "EUR"), list[bytes](), list[Checkpoint]()
    for seal, (_, group) in enumerate(sorted(groups.items()), 1):
        added = [bytes.fromhex(facts["leaf"]) for _, facts in group]
        head, leaves = chain.seal_hash(head, added), leaves + added
        for entry, facts in group:
            rows += entry_rows(entry, seal=head.hex(), **facts)
        points.append(Checkpoint(BOOK, len(leaves), seal, "", head.hex()))
    last = points[-1]
    points[-1] = Checkpoint(BOOK, last.entries, last.seals, root_of(leaves).hex(), last.head)
    return rows, points


def accounts_of(entries: Sequence[Entry]) -> YearAccounts:
    """The year of these entries, added up one line at a time."""
    totals: dict[YearKey, list[int]] = defaultdict(lambda: [0, 0, 0])
    for entry in entries:
        for line in entry.lines:
            key = YearKey(line.account.chart, line.account.party, line.account.project)
            if line.account.unit in (EUR, EUR_INKIND) and entry.on <= YEAR.last:
                side = 0 if entry.on < YEAR.first else 1 if line.minor > 0 else 2
                totals[key][side] += abs(line.minor) if side else line.minor
    rows = carried_over(YearRow(key, *total) for key, total in sorted(totals.items()))
    return YearAccounts(YEAR, YEAR.last, "EUR", rows, is_provisional=True)


def statements_of(accounts: YearAccounts) -> dict[str, Any]:
    """The figures that the verifier computes again, as the statements give them."""

    def major(minor: int) -> str:
        return Amount(minor, EUR).major

    sheet, income = balance_sheet(accounts, None), income_statement(accounts, None)
    lines = [line for each in trial_balance(accounts).classes for line in each.lines]
    return {
        "trial-balance": {
            "accounts": [
                {
                    "code": line.number,
                    "closing_debit": major(line.closing_debit),
                    "closing_credit": major(line.closing_credit),
                }
                for line in lines
            ]
        },
        "balance-sheet": {"total": major(sheet.total), "result": major(sheet.result)},
        "income-statement": {
            "income": major(income.income),
            "expenses": major(income.expenses),
            "result": major(income.result),
        },
        "dedicated-funds": {"closing": major(-sum(row.closing for row in accounts.of("19")))},
        "in-kind": {"given": major(income.in_kind.given), "used": major(income.in_kind.used)},
    }


@dataclass(frozen=True)
class Made:
    """A pack on disk, the lines of its entries, and the checkpoint of its end."""

    folder: Path
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    end: Checkpoint


def under_seals(place: int) -> int:
    """Seals of one entry, of three and of two hundred in turn."""
    turn, rest = divmod(place - 1, 204)
    return turn * 3 + (0 if rest < 1 else 1 if rest < 4 else 2)


def nobody(_entry: Entry) -> bool:
    """No entry is left out."""
    return False


def make(folder: Path, count: int, but: Callable[[Entry], bool] = nobody) -> Made:
    """A pack of so many entries in a folder, without those that `but` leaves out."""
    entries = tuple(entry for entry in map(an_entry, range(count)) if not but(entry))
    rows, points = sealed_rows(entries, under_seals)
    files = {ENTRIES: csv_of(rows), "charters/1.toml": b'name = "alpha"\n', "names.csv": b"code,name\r\nM01,Un\r\n"}
    for name, figures in statements_of(accounts_of(entries)).items():
        files[f"statements/{name}.json"] = json.dumps(figures, indent=1).encode()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    write_manifest(folder)
    return Made(folder, entries, tuple(rows), points[-1])


def checkpoint_after(made: Made, count: int) -> Checkpoint:
    """Where the book ended after so many entries, which a seal closed."""
    rows, points = sealed_rows(made.entries[:count], under_seals)
    assert rows == list(made.rows[: len(rows)]), "a seal ended there"
    return points[-1]


def csv_of(rows: Sequence[Row]) -> bytes:
    """The file of entries."""
    return b"".join(_written(tuple(row)) for row in [COLUMNS, *rows])


@cache
def _written(row: tuple[str, ...]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(row)
    return out.getvalue().encode()


def write_manifest(folder: Path, **changed: Any) -> None:
    """The list of what is in the folder now, as whoever forges the pack writes it too."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in names if name != "manifest.json"}
    said = {
        "format": "tresse-pack/1",
        "book": BOOK,
        "currency": "EUR",
        "scale": 2,
        "year": {"code": YEAR.code, "first": YEAR.first.isoformat(), "last": YEAR.last.isoformat()},
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(said | changed, indent=1), encoding="utf-8")


# Tamperings


@dataclass(frozen=True)
class Tampering:
    """What somebody did: in words, the lines of the file of entries of which the first is bad, or the file."""

    act: str
    lines: range
    file: str = ENTRIES


TEXTS = (
    "reference",
    "journal",
    "number",
    "on",
    "validated",
    "kind",
    "document",
    "label",
    "salt",
    "words",
    "leaf",
    "seal",
)


def tampered(dice: random.Random, made: Made) -> tuple[list[Row], Tampering]:
    """The lines with one thing done to them: changed, dropped, inserted, swapped, reordered."""
    rows = list(made.rows)
    act = dice.choice(("change a fact", "change an amount", "drop a line", "drop an entry", "insert a line",
                       "insert an entry", "swap entries", "swap lines", "reorder", "cut the end"))  # fmt: skip
    at = dice.randrange(dice.randrange(1, len(rows) - 500))  # rather early: the verifier stops there
    first, last = _entry_at(rows, at)
    near = range(first + 2, last + 2)  # lines of the file: the heading is its first
    if act == "change a fact":
        name = dice.choice(TEXTS)
        place = COLUMNS.index(name)
        rows[first:last] = [_with(row, place, _other(dice, row[place])) for row in rows[first:last]]
        # A seal is the same for its entries: where the first has another, the others stand under a seal of their own.
        return rows, Tampering(f"{name} of {rows[at][1]}", _sealed_with(made.rows, first) if name == "seal" else near)
    if act == "change an amount":
        place = COLUMNS.index(dice.choice(("account", "minor", "unit", "marks", "value")))
        rows[at] = _with(rows[at], place, _other(dice, rows[at][place]))
        return rows, Tampering(f"{COLUMNS[place]} of line {at + 2}", near)
    if act == "drop a line":
        del rows[at]
        return rows, Tampering(f"line {at + 2} dropped", near)
    if act == "drop an entry":
        del rows[first:last]
        return rows, Tampering(f"{made.rows[at][1]} dropped", range(first + 2, first + 12))
    if act == "insert a line":
        rows.insert(at, dice.choice(rows))
        return rows, Tampering(f"a line before {at + 2}", range(first + 2, last + 3))
    if act == "insert an entry":
        other = _entry_at(rows, dice.randrange(len(rows)))
        rows[first:first] = rows[slice(*other)]
        return rows, Tampering(f"an entry before {made.rows[at][1]}", range(first + 2, first + 12))
    if act in ("swap entries", "swap lines"):
        span = range(first, last) if act == "swap entries" else range(at, at + 1)
        after = _entry_at(rows, last if act == "swap entries" else dice.randrange(last, len(rows)))
        if act == "swap entries":
            rows[first : after[1]] = rows[last : after[1]] + rows[first:last]
        else:
            rows[at], rows[after[0]] = rows[after[0]], rows[at]
        return rows, Tampering(f"{act} at {span.start + 2}", range(first + 2, last + 12))
    if act == "reorder":
        few = rows[first : first + 40]
        dice.shuffle(few)
        rows[first : first + 40] = few
        return rows, Tampering(f"forty lines after {first + 2} reordered", range(first + 2, first + 52))
    del rows[-dice.randrange(1, 400) :]
    return rows, Tampering("the end cut off", range(len(rows) - 800, len(rows) + 3))


def _entry_at(rows: Sequence[Row], at: int) -> tuple[int, int]:
    first = last = at
    while first and rows[first - 1][1] == rows[at][1]:
        first -= 1
    while last < len(rows) and rows[last][1] == rows[at][1]:
        last += 1
    return first, last


def _sealed_with(rows: Sequence[Row], at: int) -> range:
    """The lines of the file under the same seal as a row, and the first of them."""
    first = last = at
    while first and rows[first - 1][0] == rows[at][0]:
        first -= 1
    while last < len(rows) and rows[last][0] == rows[at][0]:
        last += 1
    return range(first + 2, last + 2)


def _with(row: Row, place: int, value: str) -> Row:
    return [*row[:place], value, *row[place + 1 :]]


def _other(dice: random.Random, value: str) -> str:
    """Another value of the same look: a figure or a letter changed, or something where there was nothing."""
    if not value:
        return "7"
    place = dice.randrange(len(value))
    old = value[place]
    new = dice.choice("0123456789" if old.isdigit() else "abcdefx")
    return value[:place] + (new if new != old else "9" if old != "9" else "8") + value[place + 1 :]


def missed(made: Made, seed: object, rounds: int) -> list[str]:
    """Tamper so many times with the lines of a pack, each time anew: what the verifier did not find or not name."""
    file, found = made.folder / ENTRIES, []
    for number in range(rounds):
        rows, done = tampered(random.Random(f"{seed}-{number}"), made)
        file.write_bytes(csv_of(rows))
        if number % 2:
            write_manifest(made.folder)  # half of the forgers think of the list of hashes
        status, said = verified(made.folder)
        named = lines_named(said)
        if status != 1 or named is None or not set(named) & set(done.lines):
            found.append(f"{number}: {done.act}, lines {done.lines}: {status} {said[:200]}")
    file.write_bytes(csv_of(made.rows))
    write_manifest(made.folder)
    return found


def lines_named(said: str) -> range | None:
    """The lines of the file of entries that a sentence names."""
    mark = f"{ENTRIES}:"
    if mark not in said:
        return None
    text = said.partition(mark)[2].split(" ")[0]
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)
