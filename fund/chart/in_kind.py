"""Help in kind: what it is called and the pair of accounts it moves. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping

IN_KIND_WORDS: Mapping[str, str] = {
    "premises": "locaux",
    "equipment": "matériel",
    "goods": "biens",
    "service": "prestation",
    "work": "travail",
}
"""By kind of help: what the labels of entries call it. The books of a French association are kept in French."""

IN_KIND_ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "premises": ("861", "871"),
    "equipment": ("861", "871"),
    "goods": ("860", "870"),
    "service": ("862", "871"),
    "work": ("864", "875"),
}
"""By kind of help: the use (class 86) and the contribution (class 87); both columns are always equal (art. 211-3)."""
