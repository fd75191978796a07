"""What many drawn cases give, in one number: the same on every machine and in every process.

python -m tests.charter_drawing.digests 40
"""

from __future__ import annotations

import hashlib
import json
import sys

from fund.charter.answers import as_json
from fund.charter.outcomes import run
from tests.charter_drawing.facts import case
from tests.charter_drawing.lots import SeededLots


def digest(count: int) -> str:
    """The hash of so many answers, traces and all, byte for byte."""
    hashed = hashlib.sha256()
    for seed in range(count):
        drawn = case(SeededLots(seed), whole=True)
        hashed.update(json.dumps(as_json(drawn.charter, run(drawn.charter, drawn.facts))).encode())
    return hashed.hexdigest()


if __name__ == "__main__":
    print(digest(int(sys.argv[1])))
