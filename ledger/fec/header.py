"""The first line: which separator, which field stands where, and what of it is not as the article writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ledger.fec.fields import HEADER, SIDED_HEADER
from ledger.fec.findings import Findings
from ledger.fec.texts import shown

# What public exporters have written for a field of the article.
_KNOWN_AS: Final = {
    "ecrturelet": "EcritureLet", "lettragepiece": "EcritureLet", "lettrage": "EcritureLet", "codedevise": "Idevise",
    "devise": "Idevise", "idevise": "Idevise", "montantdevise": "Montantdevise", "datelettrage": "DateLet",
    "datelet": "DateLet", "comptenum": "CompteNum", "compauxlib": "CompAuxLib", "compauxnum": "CompAuxNum",
    "numpiece": "PieceRef", "refpiece": "PieceRef", "datepiece": "PieceDate", "libelle": "EcritureLib",
    "datevalidation": "ValidDate", "validationdate": "ValidDate", "journal": "JournalCode",
    "numecriture": "EcritureNum",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a line: `places` gives for each of the eighteen fields its place, -1 where the file has none.

    `is_plain` when the first eighteen stand in order; `sided` for Montant and Sens.
    """

    separator: str
    width: int
    places: tuple[int, ...]
    extra: tuple[str, ...]
    sided: bool

    @property
    def is_plain(self) -> bool:
        return self.places == tuple(range(len(HEADER)))

    @property
    def names(self) -> tuple[str, ...]:
        return SIDED_HEADER if self.sided else HEADER


def layout_of(line: str, findings: Findings) -> Layout | None:
    """The layout that the first line gives; None when its fields cannot be told apart."""
    separator = _separator(line, findings)
    if separator is None:
        return None
    names = line.split(separator)
    known = [_known(name) for name in names]
    sided = "Montant" in known and "Debit" not in known
    wanted = SIDED_HEADER if sided else HEADER
    if sum(name in wanted for name in known) < 5:
        findings.add("E4", "no_header", 1)
        data = len(names) >= len(HEADER)
        return Layout(separator, len(names), tuple(range(len(HEADER))), (), sided=False) if data else None
    if sided:
        findings.add("N", "sided", 1)
    places = tuple(known.index(name) if name in known else -1 for name in wanted)
    extra = tuple(names[len(HEADER) :]) if tuple(names[: len(HEADER)]) == wanted else ()
    if extra:
        findings.add("N", "extra_fields", 1, names=", ".join(shown(name) for name in extra[:12]))
    _judge(names, known, wanted, findings)
    return Layout(separator, len(names), places, extra, sided)


def _known(name: str) -> str:
    """The field of the article that a name means, be it written otherwise; empty for any other."""
    for field in (*HEADER, "Montant", "Sens"):
        if name == field:
            return field
    plain = re.sub(r"[\s_\"'-]", "", name).lower()
    by_case = {field.lower(): field for field in (*HEADER, "Montant", "Sens")}
    return by_case.get(plain) or _KNOWN_AS.get(plain, "")


def _separator(line: str, findings: Findings) -> str | None:
    counts = {mark: line.count(mark) for mark in ("\t", "|", ";", ",")}
    if counts["\t"] and counts["|"] and min(counts["\t"], counts["|"]) > 2:
        findings.add("E3", "both_separators", 1)
    best = max(counts, key=lambda mark: (counts[mark], mark in "\t|"))
    if counts[best] < 5:
        findings.add("E3", "no_separator", 1)
        return None
    if best in ";,":
        findings.add("E3", "separator", 1, found=best)
    return best


def _judge(names: list[str], known: list[str], wanted: tuple[str, ...], findings: Findings) -> None:
    """Say of each field of the article what is not to the letter or not in its place."""
    missing = [name for name in wanted if name not in known]
    for name in missing:
        findings.add("E4", "header_missing", 1, place=wanted.index(name) + 1, wanted=name)
    seen: set[str] = set()
    order = [name for name in known if name in wanted]
    expected = [name for name in wanted if name in known]
    moved = {name for name, right in zip(dict.fromkeys(order), expected, strict=False) if name != right}
    last = max((place for place, name in enumerate(known) if name in wanted), default=0)
    for place, (name, field) in enumerate(zip(names, known, strict=True), 1):
        if field not in wanted:
            if not name.strip():
                findings.add("E4", "header_unnamed", 1, place=place)
            elif place - 1 < last:
                findings.add("E4", "header_extra", 1, found=name)
            continue
        if field in seen:
            findings.add("E4", "header_twice", 1, found=name)
            continue
        seen.add(field)
        if name != field:
            findings.add("E4", "header_name", 1, place=place, found=name, wanted=field)
        if field in moved:
            right = expected[list(dict.fromkeys(order)).index(field)]
            findings.add("E4", "header_order", 1, place=place, found=name, wanted=right)
