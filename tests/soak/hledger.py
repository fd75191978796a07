"""hledger reads the exported journal of ten thousand entries and finds our balances: `python tests/soak/hledger.py`.

It needs the program `hledger` (a package of Debian and of most systems); without it this fails and says so. The book
is made in a folder of its own, which is gone afterwards. `--entries N` makes a larger one.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STRICT = ("accounts", "commodities", "balancednoautoconversion")
"""What `hledger check` looks at beside the balance assertions, which it always does."""


def hledger(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["hledger", *arguments], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )


def theirs(file: Path) -> dict[tuple[str, str], Decimal]:
    """What hledger adds up: a figure for each account and unit that holds something."""
    run = hledger("--file", str(file), "balance", "--flat", "--no-total", "--layout=bare", "--output-format=csv")
    if run.returncode:
        sys.exit(run.stderr)
    return {(row["account"], row["commodity"]): Decimal(row["balance"]) for row in csv.DictReader(StringIO(run.stdout))}


def ours(book: str) -> dict[tuple[str, str], Decimal]:
    from ledger.balances import balances
    from ledger.plain_names import account_name, unit_name

    held = ((row.account, row.amount) for row in balances(book) if row.amount)
    return {(account_name(key), unit_name(key.unit.code)): Decimal(amount.major) for key, amount in held}


def exported(file: Path, count: int) -> str:
    """Make the book and its journal; the slug of the book."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from tests.ledger_varied import a_varied_book, add_many

    book = a_varied_book()
    add_many(book, count)
    with file.open("w", encoding="utf-8") as out:
        call_command("ledger", "export", "--format", "hledger", "--book", book, stdout=out)
    return book


def second_opinion(folder: Path, count: int) -> None:
    file, spoilt = folder / "book.hledger", folder / "spoilt.hledger"
    book = exported(file, count)
    check = hledger("--file", str(file), "check", "--strict", *STRICT)
    if check.returncode:
        sys.exit(f"hledger refuses the journal:\n{check.stderr}")
    found, held = theirs(file), ours(book)
    if found != held:
        sys.exit("\n".join(f"{key}: hledger {found.get(key)}, ours {held.get(key)}" for key in sorted({*found, *held})
                           if found.get(key) != held.get(key)))  # fmt: skip
    text = file.read_text(encoding="utf-8")
    wrong = text.replace('Assets:512  504.00 "EUR"\n', 'Assets:512  504.01 "EUR"\n', 1)
    spoilt.write_text(wrong.replace('M01  -504.00 "EUR"\n', 'M01  -504.01 "EUR"\n', 1), encoding="utf-8")
    if not hledger("--file", str(spoilt), "check").returncode:
        sys.exit("hledger accepts a journal with one cent too many: this check cannot fail, so it says nothing.")
    entries = text.count("\n    ; reference: ")
    print(f"hledger agrees on {len(found)} balances of {entries} entries, and refuses them one cent off.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    count = parser.parse_args().entries
    if shutil.which("hledger") is None:
        sys.exit(
            "hledger is not installed, so it has no opinion: install it (`apt-get install hledger`) and run again."
        )
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="tresse-hledger-") as name:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"TRESSE_VAR": name, "DJANGO_SETTINGS_MODULE": "fund.settings"}
        second_opinion(Path(name), count)


if __name__ == "__main__":
    main()
