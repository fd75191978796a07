"""The journals of a fund's books. Plain Python.

A journal that is numbered for the file of the tax office holds nothing that is kept out of that file: hours alone have
a journal of their own, and so has recognition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

JOURNALS: Final[Mapping[str, Mapping[str, str]]] = {
    "AP": {"fr": "Appels et contributions", "en": "Calls and contributions"},
    "BQ": {"fr": "Banque", "en": "Bank"},
    "HB": {"fr": "Engagements hors bilan", "en": "Off-balance-sheet commitments"},
    "AI": {"fr": "Aides octroyées", "en": "Awards granted"},
    "RT": {"fr": "Retours des projets", "en": "Returns of projects"},
    "CV": {"fr": "Contributions volontaires en nature", "en": "Voluntary contributions in kind"},
    "NO": {"fr": "Notoriété", "en": "Recognition"},
    "AN": {"fr": "À-nouveaux", "en": "Opening entries"},
    "AC": {"fr": "Achats", "en": "Purchases"},
    "AV": {"fr": "Avances et prêts", "en": "Advances and loans"},
    "CP": {"fr": "Coproductions", "en": "Coproductions"},
    "HE": {"fr": "Heures", "en": "Hours"},
    "IN": {"fr": "Inventaire et fonds dédiés", "en": "Year-end and dedicated funds"},
    "OD": {"fr": "Opérations diverses", "en": "General journal"},
    "SU": {"fr": "Subventions", "en": "Public grants"},
    "CL": {"fr": "Report des comptes (technique)", "en": "Carrying over of accounts (technical)"},
}

OUTSIDE_THE_FEC: Final = frozenset({"HE", "NO", "CL"})
"""Journals whose entries are in no file for the tax office."""
