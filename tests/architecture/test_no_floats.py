"""Money, votes and shares are computed with integers and fractions; no float, clock or chance comes near them."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, module_files, plain_files, shown

BUILTINS = {"float", "round", "complex"}
EXACT_MATH = {"ceil", "comb", "factorial", "floor", "gcd", "isqrt", "lcm", "perm", "prod"}
CLOCKS_AND_CHANCE = {"random", "secrets", "statistics", "time", "uuid"}
NOW = {"now", "today", "utcnow"}
EXACT_DIVISIONS = {"fractions.Fraction", "pathlib.Path"}

COMPUTING = [*plain_files(), *module_files(["ledger.posting", "fund.services", "fund.rehearsal"])]


def inexact(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The lines where a float could come from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno, f"the float {node.value!r}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BUILTINS:
            yield node.lineno, f"{node.func.id}()"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math":
            if node.attr not in EXACT_MATH:
                yield node.lineno, f"math.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in {"math", "cmath"}:
            yield from ((node.lineno, f"math.{name.name}") for name in node.names if name.name not in EXACT_MATH)


def uncertain(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The lines where the same facts could give another result tomorrow."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").partition(".")[0]}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NOW:
            yield node.lineno, f".{node.func.attr}()"
            continue
        else:
            continue
        yield from ((node.lineno, f"import {name}") for name in names & CLOCKS_AND_CHANCE)


class DivisionsRevealed(ast.NodeTransformer):
    """Asks the type checker what each division gives: `a / b` becomes `reveal_type(a / b)`."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        return ast.Call(func=ast.Name("reveal_type", ast.Load()), args=[node], keywords=[])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        read = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.Assign(targets=[node.target], value=self.visit(ast.BinOp(read, ast.Div(), node.value)))


def divisions(folder: Path, names: list[str]) -> list[tuple[str, str]]:
    """What mypy says of every `/` in these files of the folder, which are rewritten: the type and the line."""
    for name in names:
        tree = DivisionsRevealed().visit(ast.parse((folder / name).read_text(encoding="utf-8")))
        (folder / name).write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
    settings = folder / "mypy.ini"
    settings.write_text("[mypy]\npython_version = 3.11\nexplicit_package_bases = True\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(settings), "--cache-dir", str(folder / "cache")]
    run = subprocess.run([*command, *names], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    # 1 says that mypy found faults: the rewriting loses the comments that silence some. Only 2 says that it broke.
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found = []
    for name, line, kind in re.findall(r'^(.+?):(\d+): note: Revealed type is "(.+)"$', run.stdout, re.MULTILINE):
        text = (folder / name).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip()
        found.append((kind, f"{name}: {text.replace('reveal_type', '')}"))
    return found


@pytest.mark.parametrize("path", COMPUTING, ids=shown)
def test_no_float_is_written(path: Path) -> None:
    assert list(inexact(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", plain_files(), ids=shown)
def test_rules_read_no_clock_and_draw_no_lot(path: Path) -> None:
    assert list(uncertain(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_every_division_in_the_rules_gives_a_fraction(tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    found = divisions(tmp_path, [shown(path) for path in plain_files()])
    assert found
    assert [division for division in found if division[0] not in EXACT_DIVISIONS] == []


def test_the_walk_sees_what_it_forbids(tmp_path: Path) -> None:
    source = (
        "import math\nfrom math import sqrt\nx = 0.5\ny = float(1)\nz = round(2)\nw = math.log(3)\nv = math.gcd(4, 6)\n"
    )
    assert [line for line, _ in sorted(inexact(ast.parse(source)))] == [2, 3, 4, 5, 6]
    chance = "import random\nfrom datetime import date\nx = date.today()\n"
    assert [line for line, _ in sorted(uncertain(ast.parse(chance)))] == [1, 3]
    halves = "from fractions import Fraction\na = 1 / 2\nb = Fraction(1) / 2\na /= 3\n"
    (tmp_path / "halves.py").write_text(halves, encoding="utf-8")
    assert [kind for kind, _ in divisions(tmp_path, ["halves.py"])] == ["float", "fractions.Fraction", "float"]
