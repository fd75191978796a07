"""What a check found: the rule, the line, the facts, and a sentence in French or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from ledger.fec.sentences import RULES, SENTENCES, SHORT, VERDICTS
from ledger.fec.texts import shown

Language = Literal["fr", "en"]

KEPT_PER_RULE: Final = 200
"""Findings kept of each rule with their facts; all are counted. A file of a million faults fits into memory too."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault (E), warning (W) or allowed variant (N); `line` is 0 where the whole file is meant.

    `last` is the last line where several are meant.
    """

    rule: str
    code: str
    line: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    last: int = 0

    @property
    def is_error(self) -> bool:
        return self.rule.startswith("E")

    def sentence(self, language: Language = "en") -> str:
        """What is wrong and how to mend it, without the place."""
        facts = {name: shown(value) if isinstance(value, str) else value for name, value in self.facts.items()}
        return SENTENCES[self.code][0 if language == "fr" else 1].format(**facts)

    def place(self, language: Language = "en") -> str:
        """Where: `line 12`, `lines 12 to 15`, or the file."""
        if not self.line:
            return "fichier" if language == "fr" else "file"
        if self.last > self.line:
            return f"lignes {self.line} à {self.last}" if language == "fr" else f"lines {self.line} to {self.last}"
        return f"ligne {self.line}" if language == "fr" else f"line {self.line}"

    def as_dict(self, language: Language = "en") -> dict[str, Any]:
        """The finding for a program."""
        found = {"rule": self.rule, "code": self.code, "line": self.line, "sentence": self.sentence(language)}
        return {**found, "last_line": self.last} if self.last > self.line else found


class Findings:
    """Findings as they come: counted all, kept up to `keep` of each rule."""

    def __init__(self, keep: int = KEPT_PER_RULE) -> None:
        self.keep = keep
        self.counts: Counter[str] = Counter()
        self.kept: list[Finding] = []

    def add(self, rule: str, code: str, line: int = 0, /, *, to: int = 0, **facts: Any) -> None:
        """Note one, of lines `line` to `to`; its sentence is made only when somebody reads it."""
        self.counts[rule] += 1
        if self.counts[rule] <= self.keep:
            self.kept.append(Finding(rule, code, line, facts, to))

    def once(self, rule: str, code: str, line: int = 0, /, **facts: Any) -> None:
        """Note one that is said once of the whole file: the first place where it shows."""
        if not any(found.code == code for found in self.kept):
            self.add(rule, code, line, **facts)


@dataclass(frozen=True, slots=True)
class Report:
    """A file as checked: what it holds, and every finding by rule, first those that refuse it.

    `counts` counts the findings of each rule, also those beyond the ones kept; amounts are whole cents.
    """

    name: str
    lines: int
    entries: int
    debit: int
    credit: int
    result: int
    encoding: str
    separator: str
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def is_accepted(self) -> bool:
        """Whether no rule E refuses the file."""
        return not self.errors

    @property
    def errors(self) -> int:
        return sum(count for rule, count in self.counts.items() if rule.startswith("E"))

    @property
    def warnings(self) -> int:
        return sum(count for rule, count in self.counts.items() if rule.startswith("W"))

    def by_rule(self) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """Rules in their order (E, W, N), each with its findings in the order of the lines."""
        for rule in sorted(self.counts, key=lambda rule: ("EWN".index(rule[0]), int(rule[1:] or 0))):
            found = [finding for finding in self.findings if finding.rule == rule]
            yield rule, tuple(sorted(found, key=lambda finding: finding.line))

    def verdict(self, language: Language = "en") -> str:
        """The verdict in a sentence."""
        which = "refused" if self.errors else "warned" if self.warnings else "accepted"
        text = VERDICTS[which][0 if language == "fr" else 1]
        rules = ", ".join(rule for rule, _ in self.by_rule() if rule.startswith("E"))
        return text.format(
            lines=self.lines, entries=self.entries, errors=self.errors, warnings=self.warnings, rules=rules
        )


def rule_title(rule: str, language: Language) -> str:
    """What a rule asks, as one sentence."""
    return RULES[rule][0 if language == "fr" else 1]


def short_title(rule: str, language: Language) -> str:
    """A rule in two or three words, for a heading."""
    return SHORT[rule[0]][0 if language == "fr" else 1]
