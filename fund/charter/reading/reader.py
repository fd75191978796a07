"""From a TOML text to a charter, or to every fault that keeps it from being one."""

from __future__ import annotations

import hashlib
import re
import tomllib
from fractions import Fraction
from typing import Any, get_args

from fund.charter.faults import CharterInvalid, Fault
from fund.charter.grammar import (
    Bracket,
    Brackets,
    Charter,
    Condition,
    ContributionRule,
    FixedFee,
    Formula,
    FreeWithFloor,
    Head,
    Hours,
    InKind,
    InKindWhat,
    Kind,
    LegalForm,
    Payment,
    Pledged,
    RateOfDeclared,
    Tranche,
)
from fund.charter.reading import coherence
from fund.charter.reading.declared import read_declared
from fund.charter.reading.gates import read_gates
from fund.charter.reading.governance import read_governance
from fund.charter.reading.lines import line_of, lines_of
from fund.charter.reading.notoriety import read_notoriety
from fund.charter.reading.rules import read_returns, read_risks
from fund.charter.reading.slots import Faults, FloatText, Table
from ledger.errors import AmountInvalid
from ledger.money import EUR, Unit, unit_of

LARGEST_FILE = 64 * 1024
"""A charter that takes longer than that to read aloud is something else."""

MOST_DOTS = 200
"""On one line. The time that a TOML reader spends on a dotted name grows with the square of its length."""

_NO_RATE = Fraction(1)
_FORMULAS = ("fixed", "rate", "brackets", "free", "pledged")


def read_charter(text: str | bytes) -> Charter:
    """Read a charter; raises CharterInvalid with every fault, each with its line and a way to mend it."""
    charter, faults = _read(text)
    if charter is None or faults:
        raise CharterInvalid(faults)
    return charter


def faults_of(text: str | bytes) -> list[Fault]:
    """Every fault of a text, in the order of its lines; none for a charter."""
    return _read(text)[1]


def _read(text: str | bytes) -> tuple[Charter | None, list[Fault]]:
    faults = Faults()
    document, decoded = _document(text, faults)
    if document is None:
        return None, faults.found
    lines = lines_of(decoded)
    faults = Faults(lambda path: line_of(path, lines))
    charter = _charter(document, hashlib.sha256(decoded.encode()).hexdigest(), faults)
    coherence.check(charter, faults)
    return charter, sorted(faults.found, key=lambda fault: fault.line or 0)


def _document(text: str | bytes, faults: Faults) -> tuple[dict[str, Any] | None, str]:
    if len(text) > LARGEST_FILE:
        faults.note("too-large", (), most=str(LARGEST_FILE))
        return None, ""
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
        decoded.encode()
        if any(line.count(".") > MOST_DOTS for line in decoded.split("\n")):
            raise RecursionError
        return tomllib.loads(decoded, parse_float=FloatText), decoded
    except UnicodeError:
        faults.note("not-text", ())
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        why = str(error).partition(" (at ")[0]
        faults.found.append(Fault("toml", "", int(place[1]) if place else None, (("why", why[:120]),)))
    except RecursionError:
        faults.note("too-deep", ())
    except ValueError:
        # The one ValueError left is a number of thousands of digits, or a date that no calendar has.
        faults.note("number-too-long", ())
    return None, ""


def _charter(document: dict[str, Any], sha256: str, faults: Faults) -> Charter:
    top = Table(document, (), faults)
    head = _head(top)
    top.unit = head.currency
    charter = Charter(
        head=head,
        contributions=tuple(_contribution(table) for table in top.tables("contributions")),
        tranches=tuple(_tranche(table) for table in top.tables("tranches")),
        returns=read_returns(top),
        risks=read_risks(top),
        notoriety=read_notoriety(section) if (section := top.table("notoriety")) else None,
        gates=read_gates(top),
        governance=read_governance(top),
        declared=read_declared(top),
        sha256=sha256,
    )
    top.close()
    if not any(section in document for section in ("contributions", "tranches", "returns", "risks")):
        faults.note("no-article", ())
    return charter


def _head(top: Table) -> Head:
    table = top.table("charter") or Table({}, ("charter",), top.faults)
    if not top.has("charter"):
        top.note("missing", "charter")
        return Head("", "", "", None, None, EUR, "association-1901")
    head = Head(
        title=table.text("title", required=True) or "",
        version=table.text("version", required=True) or "",
        summary=table.text("summary", required=True) or "",
        effective_from=table.day("effective_from"),
        effective_until=table.day("effective_until"),
        currency=_currency(table),
        legal_form=table.choice("legal_form", get_args(LegalForm), required=True) or "association-1901",
    )
    first, last = head.effective_from, head.effective_until
    if last is not None and (first is None or last < first):
        table.note("dates-order", "effective_until")
    table.close()
    return head


def _currency(table: Table) -> Unit:
    code = table.text("currency", required=True)
    if code is None:
        return EUR
    try:
        unit = unit_of(code)
    except AmountInvalid:
        table.note("currency", "currency", found=code[:40])
        return EUR
    if unit.kind != "money":
        table.note("currency", "currency", found=code[:40])
    return unit


def _contribution(table: Table) -> ContributionRule:
    name, categories = table.name(), table.texts("categories")
    kind = table.choice("kind", get_args(Kind)) or "cash"
    terms = _in_kind(table) if kind == "in-kind" else _hours(table) if kind == "hours" else _payment(table)
    rule = ContributionRule(name, categories, terms, table.sources())
    table.close()
    return rule


def _payment(table: Table) -> Payment:
    formula = _formula(table, table.choice("formula", _FORMULAS, required=True))
    instalments = table.whole("instalments", least=1, most=36)
    return Payment(formula, instalments or 1, table.whole("launch_threshold", least=1, most=100_000))


def _in_kind(table: Table) -> InKind:
    return InKind(
        what=table.choice("what", get_args(InKindWhat), required=True) or "premises",
        unit=table.text("unit", required=True) or "",
        quantity=table.quantity("quantity"),
        unit_value_minor=table.amount("unit_value", required=True) or 0,
        method=table.text("method", required=True) or "",
    )


def _hours(table: Table) -> Hours:
    return Hours(table.quantity("hours", required=True) or Fraction(0))


def _formula(table: Table, formula: str | None) -> Formula:
    if formula == "fixed":
        return FixedFee(table.amount("amount", required=True) or 0)
    if formula == "rate":
        return RateOfDeclared(
            rate=table.rate("rate", required=True) or _NO_RATE,
            declared=table.text("declared", required=True) or "",
            floor_minor=table.amount("floor"),
            cap_minor=table.amount("cap"),
        )
    if formula == "brackets":
        declared = table.text("declared", required=True) or ""
        if not table.has("brackets"):
            table.note("missing", "brackets")
        rows = tuple(_bracket(each, table.source_for("brackets")) for each in table.tables("brackets"))
        return Brackets(declared, rows, table.flag("counted"))
    if formula == "free":
        return FreeWithFloor(table.amount("floor", required=True) or 0)
    return Pledged()


def _bracket(table: Table, source: str | None) -> Bracket:
    bracket = Bracket(table.amount("up_to"), table.amount("amount", required=True) or 0, table.sources(source))
    table.close()
    return bracket


def _tranche(table: Table) -> Tranche:
    tranche = Tranche(
        name=table.name(),
        share=table.rate("share", required=True) or _NO_RATE,
        condition=table.choice("condition", get_args(Condition), required=True) or "agreement",
        evidence=table.text("evidence", required=True) or "",
        sources=table.sources(),
    )
    table.close()
    return tranche
