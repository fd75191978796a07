"""Check an audit pack with this one file and Python 3.11 or later: no Tresse, no network, no database.

    python verify.py PACK                     the zip as it came, or its folder (without PACK: the folder one is in)
    python verify.py PACK --entry REFERENCE   and show an entry, with the hashes that lead from it to the root
    python verify.py PACK --head HASH         and find in the chain a head that was printed or mailed
    python verify.py PACK --anchor FILE       and compare a checkpoint that was mailed: the books go on from it

Whoever makes the whole pack anew makes its hashes anew: only a head or a checkpoint that you kept shows that.
Exit 0: all of it holds. 1: something does not, and the first bad line is named. 2: this is not a pack.
"""

import argparse
import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from hashlib import file_digest, sha256
from itertools import groupby
from pathlib import Path
from typing import Any, cast

ENTRIES = "books/entries.csv"
# The words of the text that is hashed, in its order; those with nothing to say are left out of it.
TEXT = "reference journal number on validated kind document document-on document-sha256 exchange reverses label".split()  # noqa: SIM905
COLUMNS = ["seal", "entry", *TEXT, "salt", "words", "leaf", "account", "unit", "debit", "credit", "marks", "value"]
GUARD = re.compile(r"(^|(?<=[;\t\r\n\"]))'")  # stands before what a sheet would take for a formula
POINT = re.compile(r"entries (\d+)\s+seals (\d+)\s+root (\w{64})\s+head (\w{64})")
CARRIED = ("AN opening", "CL carrying")  # journal and kind of what carries balances over: no movement of the year
HELD, OWED = ("2", "3", "169", "476", "481", "486", "49", "59"), ("269", "279", "477", "487", "519")  # always so


def check(holds: object, where: str, said: str) -> None:
    if not holds:
        raise AssertionError(f"{where} : {said}")


def tree(hashes: list[bytes], index: int) -> tuple[str, list[str]]:
    """The root of the tree of RFC 9162 over the leaves, and the hashes beside the way up to it from one of them."""
    beside = []
    while len(hashes) > 1:
        if index ^ 1 < len(hashes):
            beside.append(f"{'left ' if index & 1 else 'right'} {hashes[index ^ 1].hex()}")
        pairs = [sha256(b"\1" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2], strict=False)]
        hashes, index = pairs + hashes[2 * len(pairs) :], index // 2
    return (hashes or [sha256().digest()])[0].hex(), beside


class Pack:
    """A pack, read alike from its zip and its folder, and what its entries add up to."""

    def __init__(self, place: str, wanted: str) -> None:
        zipped = zipfile.ZipFile(place) if zipfile.is_zipfile(place) else None
        self.root: Any = zipfile.Path(zipped) if zipped else Path(place)
        found = (path.relative_to(place).as_posix() for path in Path(place).rglob("*") if path.is_file())
        self.names = sorted(name for name in (zipped.namelist() if zipped else found) if name[-1] != "/")
        self.at, self.wanted, self.shown, self.place = place, wanted, "", 1
        self.file, self.carried = cast(Any, io.BytesIO()), set[str]()
        self.said = json.load(self.open("manifest.json"))
        self.held = defaultdict[tuple[str, str], int](int)  # by account and auxiliary, at the end of the year
        self.leaves, self.seals = list[bytes](), list[tuple[str, int]]()  # of each seal: its hash, the entries by then

    def open(self, name: str) -> Any:
        self.file.close()
        self.at, self.file = name, self.root.joinpath(name).open("rb")  # it is named when it cannot be read
        return self.file

    def sides(self, minor: int, unit: str) -> list[str]:
        return [f"{Decimal(max(side, 0)).scaleb(-self.said['scales'][unit]):f}" for side in (minor, -minor)]

    def check_chain(self) -> None:
        """A seal hashes the one before it and then the leaves of its entries; before the first stands the book's."""
        self.file = io.TextIOWrapper(self.open(ENTRIES), "utf-8", newline="")
        rows = csv.reader(self.file, strict=True)
        check(next(rows) == COLUMNS, f"{ENTRIES}:1", "autres colonnes / other columns")
        sealed, line = sha256("tresse-book/1\n{book} {currency}\n".format(**self.said).encode()), 2
        self.seals, numbers = [(sealed.hexdigest(), 0)], defaultdict[tuple[str, str], int](int)
        for seal, under in groupby(rows, lambda row: row[0]):
            sealed, first = sha256(sealed.digest()), line
            for facts, group in groupby(under, lambda row: row[1:17]):
                told = dict(zip(COLUMNS[1:17], (GUARD.sub("", cell) for cell in facts), strict=True))
                legs, self.at = [row[17:] for row in group], f"{ENTRIES}:{line} ({told['entry']}, {told['reference']})"
                line += len(legs)
                self.check_entry(told, legs)
                sealed.update(self.leaves[-1])
                journal, (year, _, number) = told["journal"], told["number"].rpartition(" ")
                due = numbers[journal, year] = numbers[journal, year] + 1
                check(number == str(due), self.at, f"le n° {due} de {journal} devait venir ici / is due here")
            check(seal == sealed.hexdigest(), f"{ENTRIES}:{first}-{line}", "un autre sceau suit / another seal follows")
            self.seals.append((seal, len(self.leaves)))

    def check_entry(self, told: dict[str, str], legs: list[list[str]]) -> None:
        """The text of an entry gives its hash, its words are those that were posted, each unit sums to zero."""
        text = f"tresse-entry/1\nbook {self.said['book']}\n" + "".join(f"{n} {told[n]}\n" for n in TEXT if told[n])
        left, year, place = defaultdict[str, int](int), self.said["year"], len(self.leaves) + 1
        is_carried = f"{told['journal']} {told['kind']}" in CARRIED or told["reverses"] in self.carried
        self.carried |= {told["reference"]} if is_carried else set()
        for account, unit, debit, credit, marks, value in legs:
            minor = int(debit.replace(".", "")) - int(credit.replace(".", ""))
            check([debit, credit] == self.sides(minor, unit), self.at, "montant mal écrit / badly written amount")
            text += f"{account} {unit} {minor} {marks}".rstrip() + "\n"
            worth = int(value.replace(".", "")) if value else minor * (unit in (self.said["currency"], "EUR-INKIND"))
            left[unit], left["value"] = left[unit] + minor, left["value"] + worth * bool(value)
            chart, party, project = f"{account}::".split(":")[:3]
            if told["on"] <= year["last"] and chart[0] != "9":
                is_old = (is_carried or told["on"] < year["first"]) and chart.startswith(("6", "7", "86", "87"))
                self.held["12" if is_old or chart[:2] == "12" else chart, party or project] += worth
        self.leaves.append(sha256(b"\0" + text.encode()).digest())
        words = sha256(bytes.fromhex(told["salt"]) + told["words"].encode()).hexdigest()
        check(told["entry"] == str(place), self.at, f"l’écriture {place} devait venir ici / entry {place} is due here")
        check(told["leaf"] == self.leaves[-1].hex(), self.at, "ne donne pas son empreinte / does not give its hash")
        check(words == told["label"] or not told["salt"] + told["words"], self.at, "autre libellé / other words")
        check(not any(left.values()), self.at, "ne s’équilibre pas / does not balance")
        if told["reference"] == self.wanted:
            self.shown, self.place = text, place

    def check_statements(self) -> None:
        """What the statements say is what the entries give; nobody's debt is set off by what another is owed."""
        due, told = defaultdict[str, int](int), defaultdict[str, Decimal](Decimal)
        for (chart, _), minor in self.held.items():
            is_held = chart.startswith(HELD) or (chart.startswith(("18", "4", "5")) and minor > 0)
            for name in {"assets" if is_held and not chart.startswith(OWED) else "", chart[0], chart[:2], f"{chart} "}:
                due[name] += minor
        for row in json.load(self.open("statements/trial-balance.json"))["accounts"]:
            name = "12 " if row["code"][:2] == "12" else f"{row['code']} "
            told[name] += Decimal(row["closing_debit"]) - Decimal(row["closing_credit"])
        for name, minor in {
            "balance-sheet total": due["assets"], "balance-sheet result": -due["6"] - due["7"],
            "income-statement income": -due["7"], "income-statement expenses": due["6"],
            "income-statement result": -due["6"] - due["7"], "in-kind given": -due["87"], "in-kind used": due["86"],
        }.items():  # fmt: skip
            file, key = name.split()
            told[name], due[name] = Decimal(json.load(self.open(f"statements/{file}.json"))[key]), minor
        dedicated = json.load(self.open("statements/dedicated-funds.json"))["total"]["closing"]
        told["dedicated-funds"], due["dedicated-funds"] = Decimal(dedicated), -due["19"]
        for name in sorted({*told, *(name for name in due if name.endswith(" "))}):
            figure = Decimal(due[name]).scaleb(-self.said["scales"][self.said["currency"]])
            check(told[name] == figure, f"statements ({name})", f"les écritures / the entries: {figure}")

    def check_all(self, head: str, anchor: str) -> str:
        """The entries first, so that a bad line is named and not only its file; then all files; then what was kept."""
        files = self.said["files"]
        stray = sorted({"manifest.json", *files} ^ set(self.names)) or self.names[len(files) + 1 :]
        check(not stray, "".join(stray[:1]), "en moins ou en trop / missing or added")
        self.check_chain()
        self.check_statements()
        for name in sorted(files):
            check(file_digest(self.open(name), "sha256").hexdigest() == files[name], name, "modifié / changed")
        listed = sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()
        check(listed == self.said["list"], "manifest.json", "modifié / changed")
        check(head in ("", *dict(self.seals)), head, "n’est pas dans la chaîne / is not in the chain")
        if anchor:
            kept = POINT.search(Path(anchor).read_text(encoding="utf-8", errors="replace"))
            entries, seals = (int(kept[1]), int(kept[2])) if kept else (0, 0)
            ours = [*self.seals[seals : seals + 1], tree(self.leaves[:entries], 0)[0]]
            check(kept and ours == [(kept[4], entries), kept[3]], anchor, "d’autres livres / of other books")
        check(self.shown or not self.wanted, self.wanted, "n’est pas dans la chaîne / is not in the chain")
        root, beside = tree(self.leaves, self.place - 1)
        shown = "\n".join([self.shown, *beside, "", ""]) if self.shown else ""
        counts = f"{len(self.leaves)} entries, {len(self.seals) - 1} seals, {len(files)} files"
        return f"{shown}Tout est juste / all holds: {counts}\nhead {self.seals[-1][0]}\nroot {root}\npack {listed}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", nargs="?", default=".")
    for option in ("--entry", "--head", "--anchor"):
        parser.add_argument(option, default="")
    asked, pack = parser.parse_args(), None
    try:
        pack = Pack(asked.pack, asked.entry)
        said, status = pack.check_all(asked.head, asked.anchor), 0
    except AssertionError as fault:
        said, status = str(fault), 1
    except Exception as fault:  # whatever a spoilt file does to its reader
        said, status = f"{pack.at if pack else asked.pack} : illisible / unreadable ({fault!r})", 1 if pack else 2
    sys.stdout.write("".join(sign if sign.isprintable() or sign == "\n" else "◊" for sign in said) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
