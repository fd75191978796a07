"""The chart of accounts of an association, by the version that a fiscal year follows. Plain Python.

Numbers and names are those of the accounting regulations for associations (ANC 2018-06; for fiscal years opened from
1 January 2025, ANC 2022-06 and ANC 2023-03), typed from their text. Account numbers of five digits are this fund's
sub-accounts. Classes 86 and 87 are kept in the unit `EUR-INKIND`, hours and notoriety on accounts of class 9, so that
none of them is ever added to euros.
"""

from fund.chart.accounts import (
    ACCOUNTS,
    CHARTS,
    INSTEAD,
    ChartAccount,
    account_name,
    account_of,
    accounts_of,
    chart_of,
    instead_of,
    is_in_chart,
)
from fund.chart.in_kind import IN_KIND_ACCOUNTS, IN_KIND_WORDS
from fund.chart.journals import JOURNALS, OUTSIDE_THE_FEC
from fund.chart.treatments import DEFAULTS, OPTIONS, SUBJECTS, TREATMENTS, BookingOption, Subject, options_of

__all__ = [
    "ACCOUNTS",
    "CHARTS",
    "DEFAULTS",
    "INSTEAD",
    "IN_KIND_ACCOUNTS",
    "IN_KIND_WORDS",
    "JOURNALS",
    "OPTIONS",
    "OUTSIDE_THE_FEC",
    "SUBJECTS",
    "TREATMENTS",
    "BookingOption",
    "ChartAccount",
    "Subject",
    "account_name",
    "account_of",
    "accounts_of",
    "chart_of",
    "instead_of",
    "is_in_chart",
    "options_of",
]
