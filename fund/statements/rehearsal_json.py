"""A rehearsal as JSON, for programs: every amount is a string in major units, exact."""

from __future__ import annotations

import json
from typing import Any

from fund.charter.faults import Language
from fund.queries.rehearsal import Rehearsal
from fund.rehearsal.comparing import Comparison, Evenness, Line
from fund.rehearsal.courses import Quarter
from fund.rehearsal.evenness import thousandths
from fund.rehearsal.futures import CharterFutures, Spread
from fund.rehearsal.past import Balance, Replay
from fund.statements.rehearsal import answer
from ledger.money import EUR_INKIND, HOUR, Amount, Unit


def rehearsal_json(rehearsal: Rehearsal, language: Language) -> str:
    """One JSON object; the same rehearsal gives the same bytes."""
    return json.dumps(as_values(rehearsal, language), ensure_ascii=False, indent=1) + "\n"


def as_values(rehearsal: Rehearsal, language: Language) -> dict[str, Any]:
    """The rehearsal as plain values: `parties` with the largest loss first."""
    found, head = rehearsal.past, rehearsal.draft.charter.head
    unit = found.past.currency
    evenness = found.evenness
    return {
        "fund": rehearsal.fund.slug,
        "currency": unit.code,
        "draft": {
            "name": rehearsal.draft.name,
            "title": head.title,
            "version": head.version,
            "sha256": rehearsal.draft.charter.sha256,
        },
        "in_force": list(rehearsal.in_force),
        "first": found.past.first.isoformat(),
        "last": found.past.last.isoformat(),
        "answer": answer(rehearsal, language),
        "members": {"count": found.counted_members, "worse": found.losing_members},
        "parties": [_line(line, unit) for line in found.lines],
        "all": _line(found.totals, unit),
        "projects": [
            {
                "project": line.code,
                "title": line.title,
                "due_then": Amount(line.then, unit).major,
                "due_draft": Amount(line.draft, unit).major,
                "difference": Amount(line.change, unit).major,
            }
            for line in found.projects
        ],
        "reserve": {"then": _course(found.then, unit), "draft": _course(found.draft, unit)},
        "uncovered": {
            "then": Amount(found.then.uncovered, unit).major,
            "draft": Amount(found.draft.uncovered, unit).major,
        },
        "between_members": {"then": _evenness(evenness[0], unit), "draft": _evenness(evenness[1], unit)},
        "given_besides": _gifts(found),
        "missing": [
            {
                "kind": want.kind,
                "article": want.article,
                "fact": want.fact,
                "whom": list(want.whom),
                "leaves_out": want.leaves_out,
                "what": want.what(language),
                "mend": want.mend(language),
            }
            for want in found.wants
        ],
        "reproduces_the_books": not found.then.differences,
        "futures": _futures(rehearsal, unit),
        "futures_missing": [fault.sentence(language) for fault in rehearsal.futures_missing],
    }


def _futures(rehearsal: Rehearsal, unit: Unit) -> dict[str, Any] | None:
    """The simulated futures, or nothing when none were drawn; parts of the futures are exact fractions."""
    futures, model = rehearsal.futures, rehearsal.model
    if futures is None or model is None:
        return None

    def of(charter: CharterFutures) -> dict[str, Any]:
        reserve = charter.reserve
        return {
            "title": charter.title,
            "version": charter.version,
            "sha256": charter.sha256,
            "dry": str(reserve.dry),
            "dry_by_quarter": [str(part) for part in reserve.dry_by_quarter],
            "reserve_by_quarter": [_quantiles(spread, unit) for spread in reserve.by_quarter],
            "gini": {str(percent): str(share) for percent, share in charter.inequality.gini.items()},
            "gini_of_means": str(charter.inequality.gini_of_means),
            "gap": _quantiles(charter.inequality.gap, unit),
        }

    return {
        "paths": futures.paths,
        "seed": futures.seed,
        "generator": futures.generator,
        "quarter_ends": list(futures.quarter_ends),
        "drawn_from": [
            {"figure": name, "values": values, "source": source} for name, values, source in model.figures()
        ],
        "draft": of(futures.draft),
        "in_force": of(futures.in_force) if futures.in_force else None,
        "measures": [
            {
                "party": measure.party,
                "measure": measure.measure,
                "draft": _quantiles(measure.draft, unit),
                "in_force": _quantiles(measure.in_force, unit) if measure.in_force else None,
                "worse": None if measure.worse is None else str(measure.worse),
                "better": None if measure.better is None else str(measure.better),
            }
            for measure in futures.measures
        ],
    }


def _quantiles(spread: Spread, unit: Unit) -> dict[str, str]:
    return {str(percent): Amount(minor, unit).major for percent, minor in spread.quantiles.items()}


def _line(line: Line, unit: Unit) -> dict[str, Any]:
    values: dict[str, Any] = {
        "party": line.party,
        "name": line.name,
        "verdict": line.verdict,
        "difference": Amount(line.change, unit).major,
        "then": _balance(line.then, unit),
        "draft": _balance(line.draft, unit),
    }
    if line.count > 1:
        values |= {"count": line.count, "worse": line.worse}
    return values


def _balance(balance: Balance, unit: Unit) -> dict[str, Any]:
    return {
        "gave": Amount(balance.gave, unit).major,
        "by_form": {form: Amount(minor, unit).major for form, minor in sorted(balance.by_form.items())},
        "net": Amount(balance.net, unit).major,
    }


def _course(replay: Replay, unit: Unit) -> list[dict[str, Any]]:
    def of(quarter: Quarter) -> dict[str, Any]:
        return {
            "quarter": quarter.name,
            "opening": Amount(quarter.opening, unit).major,
            "came_in": Amount(quarter.came_in, unit).major,
            "went_out": Amount(quarter.went_out, unit).major,
            "closing": Amount(quarter.closing, unit).major,
            "lowest": Amount(quarter.lowest, unit).major,
            "dry": quarter.is_dry,
        }

    return [of(quarter) for quarter in replay.course]


def _evenness(of: Evenness, unit: Unit) -> dict[str, Any]:
    return {
        "gini": None if of.gini is None else str(of.gini),
        "gini_rounded": None if of.gini is None else thousandths(of.gini),
        "quantiles": {str(percent): Amount(minor, unit).major for percent, minor in of.quantiles.items()},
    }


def _gifts(found: Comparison) -> dict[str, str]:
    """Help in kind and hours of all members together, each in its own unit, in no sum with money."""
    members = found.past.members
    return {
        EUR_INKIND.code: Amount(sum(member.in_kind for member in members), EUR_INKIND).major,
        HOUR.code: Amount(sum(member.hours for member in members), HOUR).major,
    }
