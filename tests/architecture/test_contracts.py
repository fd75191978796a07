"""The import contracts hold, and each would notice the import that it forbids."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, contracts

BROKEN = {
    "fund → allocation → ledger": ("ledger/money.py", "import allocation"),
    "the committee knows the books only as amounts": ("allocation/errors.py", "import ledger.posting"),
    "the ledger's tables are read and written in the ledger alone": (
        "fund/services/__init__.py",
        "import ledger.models",
    ),
    "rules are plain Python": ("fund/charter/__init__.py", "import django.utils"),
    "the rooms of the committee": ("allocation/methods/__init__.py", "import allocation.deciding"),
    "the rooms of the fund": ("fund/queries/__init__.py", "import fund.services"),
    "reading never acts": ("fund/statements/__init__.py", "import ledger.posting"),
    "a rehearsal knows rules and numbers alone": ("fund/rehearsal/__init__.py", "import django.utils"),
    "renderers know documents only": ("fund/statements/render/__init__.py", "import fund.queries"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_contract_has_an_import_that_breaks_it() -> None:
    assert {contract["name"] for contract in contracts()} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_contract_notices_a_wrong_import(name: str, copy: Path) -> None:
    file, wrong = BROKEN[name]
    with (copy / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{wrong}\n")
    run = lint(copy)
    assert run.returncode == 1
    assert f"{name} BROKEN" in " ".join(run.stdout.split())
