"""A charter that counts recognition: `creafonds` with a points table of its own, for tests with round figures."""

from __future__ import annotations

from fund.charter.shipped import shipped_text

SECTION = """
[notoriety]
decay = "1/3"
contestation_days = 30
ceiling = "30 %"
source = "made-up"

[notoriety.points]
performance = 2
town = 3
prize = 40
invitation = 8

[notoriety.points.press]
local = 2
regional = 4
national = 10

[[notoriety.credits]]
to = "company"
share = "50 %"

[[notoriety.credits]]
to = "members"
share = "40 %"
key = "contribution"

[[notoriety.credits]]
to = "fund"
share = "10 %"

[notoriety.wording]
coproduction = "strict"
validation_days = 10
logo_order = [
  "european-union", "state", "region", "department", "agglomeration", "intercommunality", "commune", "other",
]
"""


def without_recognition(text: str) -> str:
    """The same charter without its tables on recognition."""
    kept, skipped = [], False
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            skipped = line.lstrip("[").startswith("notoriety")
        if not skipped:
            kept.append(line)
    return "".join(kept)


SILENT = without_recognition(shipped_text("creafonds").decode())
CHARTER = SILENT + SECTION
