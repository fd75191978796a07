"""Check an audit pack with this one file and Python 3.11 or later: no Tresse, no network, no database.

Whoever makes the whole pack anew makes its hashes anew: only a head or a checkpoint that you kept shows that.
Exit 0: all of it holds. 1: something does not, and the first bad line is named. 2: this is not a pack.
"""

import argparse
import csv
import json
import re
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from pathlib import Path

ENTRIES = "books/entries.csv"
# The words of the text that is hashed, in its order; those with nothing to say are left out of it.
TEXT = "reference journal number on validated kind document document-on document-sha256 exchange reverses label".split()  # noqa: SIM905
COLUMNS = ["seal", "entry", *TEXT, "salt", "words", "leaf", "account", "unit", "minor", "marks", "value"]
GUARD = re.compile(r"(^|(?<=[;\t\r\n\"]))'")  # stands before what a sheet would take for a formula
POINT = re.compile(r"entries (\d+)\s+seals \d+\s+root \w{64}\s+head (\w{64})")
CARRIED = ("AN opening", "CL carrying")  # journal and kind of what carries balances over: no movement of the year
HELD, OWED = ("2", "3", "169", "476", "481", "486", "49", "59"), ("269", "279", "477", "487", "519")  # always so


def check(holds: object, where: str, said: str) -> None:
    if not holds:
        raise AssertionError(f"{where} : {said}")


def tree(hashes: list[bytes], index: int) -> tuple[str, str]:
    """The root of the tree of RFC 9162 over the leaves, and the hashes beside the way up to it from one of them."""
    beside = ""
    while len(hashes) > 1:
        if index ^ 1 < len(hashes):
            beside += f"{'left ' if index & 1 else 'right'} {hashes[index ^ 1].hex()}\n"
        pairs = [sha256(b"\1" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2], strict=False)]
        hashes, index = pairs + hashes[2 * len(pairs) :], index // 2
    return (hashes or [sha256().digest()])[0].hex(), beside


class Pack:
    def __init__(self, place: str, wanted: str = "") -> None:
        self.zip, self.at = zipfile.ZipFile(place), "manifest.json"  # what is read now: named when it cannot be
        self.said, self.wanted, self.shown = json.loads(self.zip.read(self.at)), wanted, (0, "")
        self.leaves, self.carried, self.numbers = list[bytes](), set[str](), defaultdict[str, int](int)
        self.held = defaultdict[tuple[str, str], int](int)  # by account and third party, at the end of the year

    def check_chain(self) -> None:
        """A seal hashes the one before it and then the leaves of its entries; before the first stands the book's."""
        seal = sha256("tresse-book/1\n{book} {currency}\n".format(**self.said).encode())
        self.at, self.seals, line = ENTRIES, {seal.hexdigest(): 0}, 2
        rows = csv.reader((row.decode() for row in self.zip.open(ENTRIES)), strict=True)
        check(next(rows) == COLUMNS, f"{ENTRIES}:1", "autres colonnes / other columns")
        for said, entries in groupby(rows, lambda row: row[0]):
            seal, first = sha256(seal.digest()), line
            for facts, group in groupby(entries, lambda row: row[1:17]):
                lines, told = [row[17:] for row in group], dict(zip(COLUMNS[1:], facts, strict=False))
                self.at = f"{ENTRIES}:{line} ({told['entry']}, {told['reference']})"
                self.check_entry({name: GUARD.sub("", cell) for name, cell in told.items()}, lines)
                seal.update(self.leaves[-1])
                line += len(lines)
            check(said == seal.hexdigest(), f"{ENTRIES}:{first}-{line}", "un autre sceau suit / another seal follows")
            self.seals[said] = len(self.leaves)

    def check_entry(self, told: dict[str, str], lines: list[list[str]]) -> None:
        """It stands in its place, bears the next number, gives its hash, and each of its units sums to zero."""
        text = f"tresse-entry/1\nbook {self.said['book']}\n" + "".join(f"{n} {told[n]}\n" for n in TEXT if told[n])
        if f"{told['journal']} {told['kind']}" in CARRIED or told["reverses"] in self.carried:
            self.carried.add(told["reference"])
        year, money, left = self.said["year"], (self.said["currency"], "EUR-INKIND"), defaultdict[str, int](int)
        is_old = told["reference"] in self.carried or told["on"] < year["first"]
        for account, unit, minor, marks, value in lines:
            text += f"{account} {unit} {minor} {marks}".rstrip() + "\n"
            left[unit], left["value"] = left[unit] + int(minor), left["value"] + int(value or 0)
            chart, party, project = f"{account}::".split(":")[:3]
            is_result = chart.startswith("12") or (is_old and chart.startswith(("6", "7", "86", "87")))
            if told["on"] <= year["last"] and chart[0] != "9" and (value or unit in money):
                self.held["12" if is_result else chart, party or project] += int(value or minor)
        self.shown = (len(self.leaves), text) if told["reference"] == self.wanted else self.shown
        self.leaves.append(sha256(b"\0" + text.encode()).digest())
        words = bytes.fromhex(told["salt"]) + told["words"].encode()
        series, _, number = f"{told['journal']} {told['number']}".rpartition(" ")
        due = self.numbers[series] = self.numbers[series] + 1
        check(told["entry"] == str(len(self.leaves)), self.at, "une autre devait venir ici / another is due here")
        check(told["leaf"] == self.leaves[-1].hex(), self.at, "ne donne pas son empreinte / does not give its hash")
        check(not words or sha256(words).hexdigest() == told["label"], self.at, "autre libellé / other words")
        check(not any(left.values()), self.at, "ne s’équilibre pas / does not balance")
        check(number == str(due), self.at, f"le n° {due} du journal devait venir ici / is due here")

    def check_statements(self) -> None:
        """What the statements say is what the entries give; nobody's debt is set off by what another is owed."""
        due, told = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
        for (chart, _), minor in self.held.items():
            is_held = chart.startswith(HELD) or (minor > 0 and chart.startswith(("18", "4", "5")))
            for name in {"held" if is_held and not chart.startswith(OWED) else "", chart[0], chart[:2], f"{chart} "}:
                due[name] += Decimal(minor).scaleb(-self.said["scale"])
        self.at = "statements/trial-balance.json"
        for row in json.loads(self.zip.read(self.at))["accounts"]:
            name = "12 " if row["code"].startswith("12") else f"{row['code']} "
            told[name] += Decimal(row["closing_debit"]) - Decimal(row["closing_credit"])
        for name, figure in {
            "balance-sheet total": due["held"], "balance-sheet result": -due["6"] - due["7"], "in-kind used": due["86"],
            "income-statement income": -due["7"], "income-statement expenses": due["6"], "in-kind given": -due["87"],
            "income-statement result": -due["6"] - due["7"], "dedicated-funds closing": -due["19"],
        }.items():  # fmt: skip
            self.at, key = f"statements/{name}".replace(" ", ".json ").split()
            told[name], due[name] = Decimal(json.loads(self.zip.read(self.at))[key]), figure
        for name in sorted({*told, *(name for name in due if name.endswith(" "))}):
            check(told[name] == due[name], f"statements ({name})", f"les écritures / the entries: {due[name]}")

    def check_all(self, head: str = "", anchor: str = "") -> str:
        """The entries first, so that a bad line is named and not only its file; then all files; then what was kept."""
        files, names = self.said["files"], sorted(self.zip.namelist())
        for stray in sorted({"manifest.json", *files} ^ set(names)) or names[len(files) + 1 :]:
            check(False, stray, "en moins ou en trop / missing or added")
        self.check_chain()
        self.check_statements()
        for self.at, digest in files.items():
            check(sha256(self.zip.read(self.at)).hexdigest() == digest, self.at, "modifié / changed")
        check(head in ("", *self.seals), head, "n’est pas dans la chaîne / is not in the chain")
        check(self.shown[1] or not self.wanted, self.wanted, "n’est pas dans la chaîne / is not in the chain")
        kept = POINT.search(Path(anchor).read_text(encoding="utf-8", errors="replace") if anchor else "")
        check(not anchor or (kept and self.seals.get(kept[2]) == int(kept[1])), anchor, "autres livres / other books")
        root, beside = tree(self.leaves, self.shown[0])
        shown = f"{self.shown[1]}\n{beside}\n" if self.wanted else ""
        ends = f"head {[*self.seals][-1]}\nroot {root}\npack {sha256(self.zip.read('manifest.json')).hexdigest()}"
        return f"{shown}Tout est juste / all holds: {len(self.leaves)} entries, {len(self.seals) - 1} seals\n{ends}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", help="the zip as it came")
    parser.add_argument("--entry", default="", help="show the entry of this reference, and its path to the root")
    parser.add_argument("--head", default="", help="find in the chain this head, which was printed or mailed")
    parser.add_argument("--anchor", default="", help="the books go on from the checkpoint in this file")
    asked, pack = parser.parse_args(), None
    try:
        pack = Pack(asked.pack, asked.entry)
        said, status = pack.check_all(asked.head, asked.anchor), 0
    except AssertionError as fault:
        said, status = str(fault), 1
    except Exception as fault:  # whatever a spoilt file does to its reader
        said, status = f"{pack.at if pack else asked.pack} : illisible / unreadable ({fault})", 1 if pack else 2
    sys.stdout.write("".join(sign if sign.isprintable() or sign == "\n" else "◊" for sign in said) + "\n")
    sys.exit(status)
