"""The slow twin of the rubrics of origin and destination: a chain of questions, as the regulation's table reads."""

from __future__ import annotations

from fund.accounting.year import YearRow


def slowly_origin(row: YearRow) -> str:
    """The rubric of income."""
    chart, marked = row.key.chart, row.key.public_generosity
    if chart[:4] == "7562":
        return "1.3" if marked else "2.1"
    if chart[:3] == "756":
        return "1.1"
    if chart[:4] == "7543":
        return "1.2b"
    if chart[:4] == "7542":
        return "1.2c"
    if chart[:3] == "754":
        return "1.2a"
    if chart[:2] in ("73", "74"):
        return "3"
    if chart[:3] == "789":
        return "5"
    if chart[:2] == "78":
        return "4"
    if marked:
        return "1.3"
    if chart[:4] == "7063":
        return "2.2"
    return "2.3" if chart[:3] == "755" else "2.4"


def slowly_use(row: YearRow) -> str:
    """The rubric of an expense."""
    chart = row.key.chart
    if chart[:3] == "689":
        return "6"
    if chart[:2] == "69":
        return "5"
    if chart[:2] == "68" and chart[:4] not in ("6811", "6812", "6861", "6871"):
        return "4"
    named = row.key.destination
    if named not in ("missions-sociales", "recherche-de-fonds", "fonctionnement"):
        named = "missions-sociales" if chart[:3] in ("655", "657") else "fonctionnement"
    if named == "missions-sociales":
        return "1.1b" if chart[:3] == "657" else "1.1a"
    if named == "recherche-de-fonds":
        return "2.1" if row.key.public_generosity else "2.2"
    return "3"
