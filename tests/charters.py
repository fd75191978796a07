"""Charters and facts for the tests: a whole small charter as text, spoilt or changed where a test says so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from fund.charter.facts import (
    AllocationFacts,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Result,
)
from fund.charter.outcomes import Outcome, run
from fund.charter.reading.reader import read_charter
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


TWO_GUARANTEES = a_rule(
    'base = "deficit"', 'rate = "50 %"', 'cap = "50.00"', 'aid_ceiling = "60 %"',
    splits=('to = "company"\nshare = "1"\nform = "cash"',),
) + (
    '\n[[risks]]\nname = "second"\nsource = "made-up"\nbase = "deficit"\nrate = "10 %"\n'
    'rank = 2\naid_ceiling = "60 %"\n'
    '\n[[risks.splits]]\nto = "company"\nshare = "1"\nform = "cash"\n'
)  # fmt: skip
"""A deficit borne to a half up to 50.00, and above it to a tenth; all aid together to 60 % of it."""

LIFTED = a_rule(
    'base = "profit"', 'rate = "100 %"', 'floor_per_point = "0.30"',
    splits=('to = "recipients"\nkey = "points"\nshare = "1/3"\nform = "cash"',
            'to = "fund"\nshare = "2/3"\nform = "cash"'),
)  # fmt: skip
"""A third for the points, 0.30 each week at the least, and the rest for the fund."""


def corrected_outcomes() -> list[Outcome]:
    """Runs in which something was given that is due no more, or a rank begins where a ceiling of aid lets it."""
    on, one = date(2026, 6, 30), {"a": RecipientFacts(Fraction(1))}
    weeks = (Period(on, profit=300), Period(on, profit=-120), Period(on, profit=30))
    pool, guarantees = read_charter(LIFTED), read_charter(TWO_GUARANTEES)
    shared = run(pool, Facts({}, one, events=weeks[:1]))
    alone = read_charter(a_loss('by = "members"\nkey = "use"'))
    members = {"A": MemberFacts(use=Fraction(1), cap=10), "B": MemberFacts(use=Fraction(1))}
    borne = run(alone, Facts(members, events=(Loss(on, 100),)))
    return [
        run(pool, Facts({}, one, events=weeks), received=shared.shares),
        run(alone, Facts(members, events=(Loss(on, 100), Loss(on, -30))), received=borne.shares),
        run(guarantees, Facts(events=(Result(on, -20_000),))),
    ]


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
