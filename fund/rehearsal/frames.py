"""A rehearsal as tables (pandas), for whoever wants to compute on; amounts are minor units."""

from __future__ import annotations

import pandas as pd

from fund.rehearsal.futures import CharterFutures, Futures, Measure, Spread
from ledger.money import rounded


def measures_frame(futures: Futures) -> pd.DataFrame:
    """One row a charter, party and measure: the rounded mean, the quantiles, and in how many paths it is worse.

    `worse` and `better` count paths; a missing one says that there is no charter in force to compare with.
    """
    rows = []
    for measure in futures.measures:
        rows.append(_row(futures, "draft", measure, measure.draft))
        if measure.in_force is not None:
            rows.append(_row(futures, "in-force", measure, measure.in_force))
    return pd.DataFrame(rows)


def _row(futures: Futures, charter: str, measure: Measure, spread: Spread) -> dict[str, object]:
    row: dict[str, object] = {"charter": charter, "party": measure.party, "measure": measure.measure}
    row |= _told(spread)
    if measure.worse is not None and measure.better is not None and charter == "draft":
        row["worse"], row["better"] = int(measure.worse * futures.paths), int(measure.better * futures.paths)
    else:
        row["worse"] = row["better"] = pd.NA
    return row


def reserve_frame(futures: Futures) -> pd.DataFrame:
    """One row a charter and quarter: the reserve at its end, and in how many paths it is below zero; opening first."""
    rows = []
    for name, charter in _charters(futures):
        ends = ("opening", *futures.quarter_ends)
        dry = (0, *(int(part * futures.paths) for part in charter.reserve.dry_by_quarter))
        first = (0, *charter.reserve.first_dry)
        for end, spread, below, new in zip(ends, charter.reserve.by_quarter, dry, first, strict=True):
            rows.append({"charter": name, "quarter_end": end, **_told(spread), "below_zero": below, "first_below": new})
    return pd.DataFrame(rows)


def inequality_frame(futures: Futures) -> pd.DataFrame:
    """One row a charter and percent: the Gini coefficient of what members received, as a fraction, and the gap."""
    rows = []
    for name, charter in _charters(futures):
        for percent, ratio in charter.inequality.gini.items():
            gap = charter.inequality.gap.quantiles[percent]
            rows.append({"charter": name, "percent": percent, "gini": str(ratio), "gap": gap})
    return pd.DataFrame(rows)


def _charters(futures: Futures) -> list[tuple[str, CharterFutures]]:
    found = [("draft", futures.draft)]
    return found if futures.in_force is None else [*found, ("in-force", futures.in_force)]


def _told(spread: Spread) -> dict[str, int]:
    return {"mean": rounded(spread.mean)} | {f"p{percent}": value for percent, value in spread.quantiles.items()}
