"""`make bench`: measure, print medians and ratios, write `bench.json`. Figures inform; nothing here fails on them.

bench.json holds {"ledger": {KEY: ratio}, "allocation": {KEY: ratio}, "charter": {KEY: ratio}}.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import allocation_pairs, charter_pairs, ledger_pairs  # noqa: E402
from tests.bench.measure import ROUNDS, Pair  # noqa: E402


def printed(part: str, pairs: Iterable[Pair]) -> dict[str, float]:
    """The ratios of a part, each printed as soon as it is known."""
    print(f"\n{part} (medians of {ROUNDS}, measured in turn)", flush=True)
    ratios = {}
    for pair in pairs:
        print(pair, flush=True)
        ratios[pair.key] = round(pair.ratio, 3)
    return ratios


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tresse-bench-") as folder:
        os.environ.update(TRESSE_VAR=folder, DJANGO_SETTINGS_MODULE="fund.settings")
        figures = {
            "ledger": printed("ledger", ledger_pairs.measure(Path(folder))),
            "allocation": printed("allocation", allocation_pairs.measure()),
            "charter": printed("charter", charter_pairs.measure()),
        }
    (ROOT / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
