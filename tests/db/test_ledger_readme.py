"""The README of the ledger does what it says: its blocks run, its stories and tables are the true ones."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from ledger import errors, guards, interruptions
from tests.db.test_ledger_ladder import LADDER
from tests.ledger_stories import read_story

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "ledger" / "README.md"
RECIPES = ROOT / "ledger" / "RECIPES.md"
TEXT, COOKED = README.read_text(encoding="utf-8"), RECIPES.read_text(encoding="utf-8")
STORIES = ROOT / "tests" / "acceptance" / "stories"
BLOCKS = [
    block for text in (TEXT, COOKED) for block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
]

BEFORE_THE_LADDER = ["guards_missing", "book_unknown"]
AFTER_THE_LADDER = ["entries_refused", "guard_refused", "ledger_busy"]
INTERRUPTED = ["storage_full", "connection_lost", "database_failed", "outcome_unknown"]


def blocks(language: str) -> list[str]:
    return [block for said, block in BLOCKS if said == language]


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_block_is_one_that_is_tested() -> None:
    assert {language for language, _ in BLOCKS} == {"text", "python"}
    assert (TEXT + COOKED).count("```") == 2 * len(BLOCKS)


@pytest.mark.django_db
def test_the_recipes_run_in_their_order() -> None:
    session = "\n".join(blocks("python"))
    assert all(">>> " in block for block in blocks("python"))
    recipes = doctest.DocTestParser().get_doctest(session, {}, RECIPES.name, str(RECIPES), 0)
    said = StringIO()
    outcome = doctest.DocTestRunner(verbose=False).run(recipes, out=said.write, clear_globs=False)
    assert outcome.failed == 0, said.getvalue()
    assert outcome.attempted > 40
    (command,) = re.findall(r"`python manage\.py (verify --book [^`]+)`", COOKED)
    answer = StringIO()
    call_command(*command.split(), stdout=answer)
    assert "pont: 8 entries under 7 seals" in answer.getvalue()
    assert "sound" in answer.getvalue()


def test_the_stories_are_those_that_are_acted_out() -> None:
    """Shown word for word below their file's name, or named with their title."""
    shown = dict(re.findall(r"^`(ledger-[\w-]+\.txt)`:\n\n```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
    assert len(shown) == len(blocks("text")) >= 3
    named = dict(re.findall(r"^- `(ledger-[\w-]+\.txt)`: (.+)\.$", section("Stories"), re.MULTILINE))
    files = {path.name: path for path in STORIES.glob("ledger-*.txt")}
    assert shown == {name: files[name].read_text(encoding="utf-8") for name in shown}
    assert named == {name: read_story(path).title for name, path in files.items() if name not in shown}


def test_the_refusals_stand_in_the_order_of_the_ladder() -> None:
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \|", section("When you are refused"), re.MULTILINE)
    listed = [code for row in rows for code in re.findall(r"[a-z_]+", row)]
    ladder = list(dict.fromkeys(refusal.code for refusal, _ in LADDER))
    assert listed == [*BEFORE_THE_LADDER, *ladder, *AFTER_THE_LADDER, *INTERRUPTED]
    named = [*vars(errors).values(), *vars(interruptions).values()]
    codes = {value.code for value in named if isinstance(value, type) and hasattr(value, "code")}
    assert set(listed) <= codes


def test_every_guard_stands_with_its_reason() -> None:
    listed = re.findall(r"ledger_\w+", "".join(re.findall(r"^\| (.+) \|.*\|$", section("The guards"), re.MULTILINE)))
    shipped = {rule.name for vendor in ("sqlite", "postgresql") for rule in guards.rules(vendor)}
    assert sorted(listed) == sorted([*shipped, "ledger_balance"])


def test_the_calls_that_are_named_are_there() -> None:
    rows = re.findall(r"^\| \w+ \| `(\w+)`: (.+) \|$", section("The life of an entry"), re.MULTILINE)
    assert [module for module, _ in rows] == ["posting", "balances", "frames", "lettering"]
    for module, names in rows:
        asked = importlib.import_module(f"ledger.{module}")
        assert [name for name in re.findall(r"`([a-z_]+)`", names) if not callable(getattr(asked, name, None))] == []


def test_every_promise_names_a_test_that_is_there() -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| `(\w+\.py)::(\w+)` \|$", TEXT, re.MULTILINE)
    assert len(rows) == section("What is promised, and where").count("\n|") - 2 > 9
    for _, file, test in rows:
        tree = ast.parse((ROOT / "tests" / "db" / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{file}::{test}"


def test_a_newcomer_reads_it_in_one_sitting() -> None:
    assert len(TEXT.splitlines()) <= 400
    assert len(COOKED.splitlines()) <= 200
