"""A fund of before decisions were kept: its charter gets the decision it came with, and what is kept stays as it is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.ledger_migrating import Books, own_database, own_url
from tests.small_year import FOLDER

LOOK = """
import json
from fund.models import Act, CharterDecision, ContributionCall, IssuedStatement, Tranche
from ledger import written_once
from ledger.balances import chain_head
decision = CharterDecision.objects.select_related("version").get()
print(json.dumps({
    "decision": [decision.version.number, decision.manner, decision.body, decision.reference, decision.recorded_by,
                 str(decision.held_on), str(decision.recorded_on), decision.legal_bases],
    "algorithms": sorted({*ContributionCall.objects.values_list("algorithm", flat=True),
                          *Tranche.objects.values_list("algorithm", flat=True)}),
    "head": chain_head("petit-fonds").hash,
    "acts": Act.objects.count(),
    "issued": IssuedStatement.objects.count(),
    "guards missing": written_once.missing(),
}))
"""


def look(books: Books) -> dict[str, Any]:
    asked = books.command("shell", "--no-imports", "-c", LOOK)
    assert asked.returncode == 0, asked.stderr
    found: dict[str, Any] = json.loads(asked.stdout)
    return found


def test_down_and_up_again_each_version_has_the_decision_it_came_with(tmp_path: Path) -> None:
    url = own_url(os.environ.get("DATABASE_URL"), tmp_path)
    with own_database(url), Books(url, tmp_path) as books:
        made = books.command("run_year", str(FOLDER))
        assert made.returncode == 0, made.stderr
        before = look(books)
        for arguments in (("migrate", "fund", "0001"), ("migrate",)):
            moved = books.command(*arguments)
            assert moved.returncode == 0, moved.stderr
        after = look(books)
    assert after == before
    assert before["decision"][:4] == [1, "files", "files", "fund.toml 2026"]
    assert before["decision"][4] != ""
    assert before["algorithms"] == ["charter-contributions/1", "charter-tranches/1"]
    assert before["guards missing"] == []
