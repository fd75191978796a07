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
from typing import Any

ENTRIES, TOTALS = "books/entries.csv", "statements/totals.json"
FACTS = ["reference", "journal", "number", "on", "validated", "kind", "document", "document-on", "document-sha256"]
FACTS += ["exchange", "reverses", "label"]  # in the order of the text that is hashed, left out where empty
COLUMNS = ["seal", "entry", *FACTS, "salt", "words", "leaf", "account", "unit", "debit", "credit", "marks"]
GUARD = re.compile(r"(^|(?<=[;\t\r\n\"]))'")  # stands before what a sheet would take for a formula
POINT = re.compile(r"entries (\d+)\s+seals (\d+)\s+root (\w{64})\s+head (\w{64})")
CARRIED = ("AN opening", "CL carrying")  # journal and kind of what carries balances over: no movement of the year
SUMS = {"6": ("expenses", 1), "7": ("income", -1), "86": ("used", 1), "87": ("given", -1), "19": ("dedicated", -1)}


def check(holds: object, where: str, said: str) -> None:
    if not holds:
        raise AssertionError(f"{where} : {said}")


def tree(hashes: list[bytes], index: int = 0) -> tuple[str, list[str]]:
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

    def __init__(self, place: str) -> None:
        zipped = zipfile.ZipFile(place) if zipfile.is_zipfile(place) else None
        self.root: Any = zipfile.Path(zipped) if zipped else Path(place)
        found = (path.relative_to(place).as_posix() for path in Path(place).rglob("*") if path.is_file())
        self.names, self.at = [name for name in (zipped.namelist() if zipped else found) if name[-1] != "/"], place
        self.said = json.load(self.open("manifest.json"))
        self.held = defaultdict[tuple[str, str], int](int)  # by account and auxiliary, at the end of the year
        self.leaves, self.texts = list[bytes](), dict[str, tuple[int, str]]()
        self.heads, self.ends = list[str](), list[int]()  # after each seal, none first: the head, the entries

    def open(self, name: str) -> Any:
        self.at = name  # it is named when it cannot be read
        return (self.root / name).open("rb")

    def money(self, minor: int, unit: str) -> str:
        return f"{Decimal(minor).scaleb(-self.said['scales'][unit]):f}"

    def check_chain(self, wanted: str) -> None:
        """A seal hashes the one before it and the leaves of its entries; the first follows what the book is called."""
        rows = csv.reader(io.TextIOWrapper(self.open(ENTRIES), "utf-8", newline=""), strict=True)
        check(next(rows) == COLUMNS, f"{ENTRIES}:1", "autres colonnes / other columns")
        running, numbers, line = sha256("tresse-book/1\n{book} {currency}\n".format(**self.said).encode()), {}, 2
        for seal, under in groupby(rows, lambda row: row[0]):
            self.heads.append(running.hexdigest()), self.ends.append(len(self.leaves))
            running, first = sha256(running.digest()), line
            for facts, group in groupby(under, lambda row: row[1:17]):
                lines = [row[17:] for row in group]
                running.update(self.check_entry(line, dict(zip(COLUMNS[1:], facts)), lines, numbers, wanted))
                line += len(lines)
            check(seal == running.hexdigest(), f"{ENTRIES}:{first}-{line - 1}", "autre sceau / another seal")
