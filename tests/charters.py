"""Charters and facts for the tests: a whole small charter as text, spoilt or changed where a test says so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fund.charter.facts import AllocationFacts, Facts, MemberFacts, Performance
from fund.charter.outcomes import Outcome
from ledger.money import Amount, Unit

CASES = Path(os.environ.get("TRESSE_CASES", Path(__file__).resolve().parents[2] / "shared" / "cases"))
"""Worked cases beside the project, read when they are there."""

SMALL = """\
[charter]
title = "Fonds des essais"
version = "1"
summary = "Chacun verse, une part revient."
effective_from = 2026-01-01
effective_until = 2028-12-31
currency = "EUR"
legal_form = "association-1901"

[[contributions]]
name = "lieux"
categories = ["venue"]
formula = "rate"
declared = "budget"
rate = "10 %"
floor = "100.00"
cap = "5000.00"
source = "made-up"

[[contributions]]
name = "autres"
formula = "brackets"
declared = "budget"
source = "made-up"

[[contributions.brackets]]
up_to = "10000.00"
amount = "50.00"

[[contributions.brackets]]
amount = "150.00"

[[tranches]]
name = "debut"
share = "1/3"
condition = "agreement"
evidence = "La convention"
source = "made-up"

[[tranches]]
name = "solde"
share = "2/3"
condition = "premiere"
evidence = "La date"
source = "made-up"

[[returns]]
name = "suite"
base = "fee"
exclude_first_dates = 1
rate = "8 %"
cap = "80 % of allocation"
window_months = 48
rank = 1
source.exclude_first_dates = "made-up"
source.rate = "made-up"
source.cap = "https://example.org/texte"
source.window_months = "made-up"
source.splits = "made-up"

[[returns.splits]]
to = "fund"
share = "60 %"
form = "cash"

[[returns.splits]]
to = "members"
share = "30 %"
form = "drawing-right"
key = "contribution"
expires_months = 36

[[returns.splits]]
to = "company"
share = "10 %"
form = "locked"

[[returns]]
name = "recettes"
base = "gross"
rate = "0.1"
rest_to = "company"
source = "made-up"

[[returns.deductions]]
kind = "commission"
limit = "25 % of gross"

[[returns.deductions]]
kind = "affiches"
evidence = true

[[returns.splits]]
to = "fund"
share = "1"
form = "cash"

[[risks]]
name = "dettes"
base = "loss"
rate = "100 %"
joint_liability = true
source = "made-up"

[[risks.splits]]
to = "members"
share = "100 %"
form = "loss"
key = "use"
"""


def edited(*edits: tuple[str, str]) -> str:
    """The small charter with texts replaced, once each; a new text needs an old one."""
    text = SMALL
    for old, new in edits:
        assert old in text, f"the small charter does not hold {old!r}"
        text = text.replace(old, new, 1)
    return text


def a_rule(
    *slots: str, splits: Iterable[str] = ('to = "fund"\nshare = "100 %"\nform = "cash"',), form: str = "sep"
) -> str:
    """A charter of one return, `rule`, with these slots and lines of sharing."""
    head = SMALL.partition("\n[[contributions]]")[0].replace('"association-1901"', f'"{form}"')
    section = (
        "risks" if any("loss" in slot or "deficit" in slot or "after-aid" in slot for slot in slots) else "returns"
    )
    rule = "\n".join((f"\n[[{section}]]", 'name = "rule"', 'source = "made-up"', *slots))
    return "\n".join((head, rule, *(f"\n[[{section}.splits]]\n{split}" for split in splits), ""))


def a_loss(*bearers: str, splits: bool = False) -> str:
    """A charter of one loss, borne in turn."""
    head, _, rule = a_rule('base = "loss"', 'rate = "100 %"').partition("\n[[risks]]")
    rule, _, shared = rule.partition("\n[[risks.splits]]")
    turns = "".join(f"\n[[risks.bearers]]\n{bearer}\n" for bearer in bearers)
    return f"{head}\n[[risks]]{rule}{turns}" + (f"\n[[risks.splits]]{shared}" if splits else "")


def some_dates(
    count: int, fee: int = 420_000, *, first: date = date(2026, 2, 10), every: int = 30
) -> tuple[Performance, ...]:
    """Dates sold at one fee, `every` days apart."""
    return tuple(Performance(first + timedelta(days=every * at), fee) for at in range(count))


def four_members() -> dict[str, MemberFacts]:
    """Four members who paid 5,000, 3,500, 2,000 and 1,500."""
    paid = {"A": 500_000, "B": 350_000, "C": 200_000, "D": 150_000}
    return {name: MemberFacts(contribution=minor) for name, minor in paid.items()}


def a_tour(events: tuple[Performance, ...]) -> Facts:
    """An allocation of 12,000 and its dates."""
    return Facts(four_members(), {}, AllocationFacts(1_200_000, date(2026, 1, 15)), events)


def majors(outcome: Outcome, currency: Unit) -> dict[str, dict[str, str]]:
    """The totals in major units."""
    return {
        party: {form: Amount(minor, currency).major for form, minor in forms.items()}
        for party, forms in outcome.totals.items()
    }


def worked_cases(*parts: str) -> list[Path]:
    """The files of worked cases, in order; none when they are not there."""
    return sorted(CASES.joinpath(*parts).glob("*.json"))


def read_json(path: Path) -> Any:
    """A worked case."""
    return json.loads(path.read_text(encoding="utf-8"))
