"""`make mutants`: change the ledger's plain-Python modules in one place at a time; some test must then fail.

A change that no test notices is a *survivor*: a hole in the tests, printed as a diff. Ends with status 1 when fewer
than nine in ten are killed; a mutant that was stopped for taking too long is not. Inside functions mutmut makes and
judges the mutants; what stands outside of them (sentences, tables, limits), which it leaves alone,
`tests/mutants_outside.py` changes with the same operators.

    python tests/mutants.py [--jobs N] [MODULE…]

All happens in a temporary folder: an environment from `tests/mutants-requirements.lock`, a copy of the modules, and of
the tests that concern them.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ROOT / "tests" / "mutants_outside.py"
LEAST = 90  # percent of all mutants

# Each module with the tests that are to notice a change of it, the quickest first.
CONCERNED: dict[str, tuple[str, ...]] = {
    "money": ("unit/test_money.py", "property/test_money_shares.py"),
    "journal": ("unit/test_journal.py",),
    "chain": ("unit/test_chain.py",),
    "ladder": (
        "unit/test_ledger_ladder_lines.py",
        "unit/test_ledger_ladder_words.py",
        "property/test_ledger_hostile.py",
    ),
    "errors": ("unit/test_ledger_errors.py",),
    "faults": ("unit/test_ledger_faults.py",),
    "words": ("unit/test_ledger_words.py",),
    "usual": ("unit/test_ledger_usual.py",),
}

# Survivors that no test can tell from the code, by the line that they write. They count as survivors all the same.
RANGE = "the ranges of the pattern are ASCII with and without the flag"
QUICK = "the pattern is the quick way to yes; what it does not match is looked at letter by letter, and passes there"
ENGLISH = "every language but `fr` is answered in English"
FIRST = "`sentence` says the first fault anew, whatever stood there"
RAISES = "the line is there to raise UnitsDiffer, before anything is added"
EQUIVALENT = {
    'if re.fullmatch(r"[A-Z]{3}", code, ):': RANGE,
    r'_WRITTEN = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?", )': RANGE,
    '_SHA256 = re.compile(r"[0-9a-f]{64}", )': RANGE,
    '_PLAIN_CODE = re.compile(r"[A-Za-z0-9_./-]+", )': RANGE,
    '_PLAIN_CODE = re.compile(r"XX[A-Za-z0-9_./-]+XX", re.ASCII)': QUICK,
    '_PLAIN_CODE = re.compile(r"[a-za-z0-9_./-]+", re.ASCII)': QUICK,
    '_PLAIN_CODE = re.compile(r"[A-ZA-Z0-9_./-]+", re.ASCII)': QUICK,
    "if isinstance(text, str) and len(text) < limit and _PLAIN_CODE.fullmatch(text):": QUICK,
    'def sentence(self, language: str = "XXenXX") -> str:': ENGLISH,
    'def sentence(self, language: str = "EN") -> str:': ENGLISH,
    "super().__init__(self.sentence(None))": ENGLISH,
    'super().__init__(self.sentence("XXenXX"))': ENGLISH,
    'super().__init__(self.sentence("EN"))': ENGLISH,
    "super().__init__(count=len(self.faults), total=total, first=None)": FIRST,
    "super().__init__(count=len(self.faults), total=total, )": FIRST,
    "super().__init__(count=len(self.faults), total=total, first=str(None))": FIRST,
    "super().__init__(count=len(self.faults), total=total, first=str(self.faults[1]))": FIRST,
    "amount - Amount(0, account.unit)  # raises UnitsDiffer with both units named": RAISES,
    "amount + Amount(None, account.unit)  # raises UnitsDiffer with both units named": RAISES,
    "amount + Amount(1, account.unit)  # raises UnitsDiffer with both units named": RAISES,
    'return hmac.digest(seed, reference.encode(), "SHA256")[:SALT_BYTES]': "names of hashes may be written in capitals",
    r'c in "XX \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}XX" or unicodedata.category(c)[0] not in _INVISIBLE': (
        "the letter X is visible by its category too"
    ),
    'if len(found["whole"]) > 20:': "twenty digits are larger than the limit below, and refused in the same words",
    'raise AmountInvalid(text=text[:41], why="it is larger than the books can hold")': (
        "what comes to this line has 19 digits, a sign, a point and 9 decimals at most"
    ),
    "return -whole if exact <= 0 else whole": "zero is its own negative",
    "falls_due = (floor + 1) / Fraction(whole) / weight": "only the order counts, and `whole` is the same for all",
    "waiting.append((falls_due, floor + exact, name))": (
        "of two that fall due together, the larger fraction is the smaller entitlement, and so the smaller sum"
    ),
}

SETTINGS = """
[tool.mutmut]
source_paths = ["ledger"]
only_mutate = [{modules}]
pytest_add_cli_args_test_selection = [{tests}]
pytest_add_cli_args = ["--hypothesis-profile=mutants"]
use_git_change_detection = false
timeout_constant = 4.0

[tool.pytest.ini_options]
addopts = "--strict-markers --import-mode=importlib -p no:cacheprovider"
pythonpath = ["."]
filterwarnings = ["error"]
"""

# Fewer examples, the same on every machine; a failure is enough, nobody reads the smallest one. And a mark is left
# when pytest does not come to run what it is asked to, which mutmut would count as a mutant killed.
CONFTEST = """
from hypothesis import Phase, settings

settings.register_profile(
    "mutants", settings.get_profile("ci"), max_examples=20, phases=(Phase.explicit, Phase.generate)
)


def pytest_sessionfinish(session, exitstatus):
    if exitstatus in (2, 4, 5):  # interrupted, asked for tests that are not there, nothing to run
        (session.config.rootpath / "not-run").touch()
"""


@dataclass(frozen=True)
class Mutant:
    """One change of a module, and what became of it: `killed`, `timeout`, `survived` or `no tests`."""

    module: str
    where: str
    status: str
    diff: str = ""


def main() -> int:
    asked = argparse.ArgumentParser(description="Mutation testing of the ledger's plain-Python modules.")
    asked.add_argument(
        "modules", nargs="*", metavar="MODULE", help=f"of {', '.join(CONCERNED)}; all when none is named"
    )
    asked.add_argument("--jobs", type=int, default=2)
    options = asked.parse_args()
    modules = options.modules or list(CONCERNED)
    if unknown := [module for module in modules if module not in CONCERNED]:
        asked.error(f"no such module in the list: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory(prefix="tresse-mutants-") as name:
        folder = Path(name)
        binaries = environment(folder / "environment")
        copy = copied(folder / "copy", modules)
        mutants = [
            *inside_functions(binaries, copy, jobs=options.jobs),
            *outside_functions(binaries, copy, modules, jobs=options.jobs),
        ]
    if untouched := set(modules) - {mutant.module for mutant in mutants}:
        sys.exit(f"No mutants were made of {', '.join(sorted(untouched))}.")
    return report(mutants)


def environment(folder: Path) -> Path:
    """An environment of exactly what the requirements list, hashes checked; answers the folder of its programs."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    binaries = folder / "bin"
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    requirements = ROOT / "tests" / "mutants-requirements.lock"
    subprocess.run([binaries / "python", *install, "--requirement", requirements], check=True)
    return binaries


def copied(copy: Path, modules: Iterable[str]) -> Path:
    """The plain modules and the tests concerned, with settings of their own: no Django, no database."""
    for folder in ("ledger", "tests/unit", "tests/property"):
        (copy / folder).mkdir(parents=True)
    (copy / "ledger" / "__init__.py").touch()
    for module in CONCERNED:
        shutil.copy(ROOT / "ledger" / f"{module}.py", copy / "ledger")
    for test in {test for tests in CONCERNED.values() for test in tests}:
        shutil.copy(ROOT / "tests" / test, copy / "tests" / test)
    (copy / "tests" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    tests = dict.fromkeys(f"tests/{test}" for module in modules for test in CONCERNED[module])
    settings = SETTINGS.format(
        modules=", ".join(f'"ledger/{module}.py"' for module in modules), tests=", ".join(map(json.dumps, tests))
    )
    (copy / "pyproject.toml").write_text(settings, encoding="utf-8")
    return copy


def inside_functions(binaries: Path, copy: Path, *, jobs: int) -> list[Mutant]:
    """What mutmut finds, which switches between the variants of a function while the tests run."""
    within = copy.with_name("functions")
    shutil.copytree(copy, within)
    for path in (within / "ledger").glob("*.py"):
        path.write_text(with_plain_properties(path.read_text(encoding="utf-8")), encoding="utf-8")
    print("Inside functions", flush=True)
    mutmut = binaries / "mutmut"
    said(mutmut, "run", "--max-children", str(jobs), folder=within)
    if (within / "mutants" / "not-run").exists():
        sys.exit("Some mutants met no test, for pytest did not find the tests by the names that it gives them itself.")
    mutants = []
    for line in said(mutmut, "results", "--all", "true", folder=within).splitlines():
        name, _, status = line.strip().rpartition(": ")
        diff = "" if status == "killed" else said(mutmut, "show", name, folder=within)
        mutants.append(Mutant(name.split(".")[1], "inside functions", status, diff.partition("\n")[2]))
    return mutants


def with_plain_properties(source: str) -> str:
    """The same module with `name = property(name)`: mutmut leaves decorated functions alone."""
    lines = source.splitlines()
    properties = [
        method
        for kind in ast.parse(source).body
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, ast.FunctionDef) and [ast.unparse(by) for by in method.decorator_list] == ["property"]
    ]
    for method in reversed(properties):
        lines.insert(method.end_lineno or 0, f"{' ' * method.col_offset}{method.name} = property({method.name})")
        del lines[method.decorator_list[0].lineno - 1]
    return "\n".join([*lines, ""])


def outside_functions(binaries: Path, copy: Path, modules: Iterable[str], *, jobs: int) -> list[Mutant]:
    """What becomes of the sentences, tables and limits of each module, by the tests that concern it alone."""
    mutants = []
    for module in modules:
        print(f"Outside functions: {module}", flush=True)
        tests = [str(copy / "tests" / test) for test in CONCERNED[module]]
        written = said(binaries / "python", OUTSIDE, f"ledger/{module}.py", str(jobs), *tests, folder=copy)
        for line in written.splitlines():
            mutants.append(Mutant(module, "outside functions", *json.loads(line)))
    return mutants


def said(program: Path, *arguments: str | Path, folder: Path) -> str:
    """What a program writes; when it fails, all of it is shown and this ends."""
    quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ""}
    ended = subprocess.run([program, *arguments], cwd=folder, env=quiet, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{ended.stdout}\n{ended.stderr}\n{program.name} {arguments[0]} ended with {ended.returncode}.")
    return ended.stdout


def report(mutants: list[Mutant]) -> int:
    """Print the survivors as diffs, then the figures of each module and of all; 1 when too many survive."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant in sorted(mutants, key=lambda mutant: mutant.module):
        survived = mutant.status not in ("killed", "timeout")
        for row in (f"{mutant.module}, {mutant.where}", "all"):
            counted[row].update(["survived" if survived else mutant.status, "mutants"])
        if survived:
            print(f"\n{mutant.module}, {mutant.where}: {mutant.status}\n{explained(mutant.diff)}")
    print(f"\n{'':28}{'mutants':>9}{'killed':>9}{'survived':>9}{'timeouts':>9}{'killed %':>9}")
    for row, counts in sorted(counted.items(), key=lambda item: (item[0] == "all", item[0])):
        figures = "".join(f"{counts[what]:9}" for what in ("mutants", "killed", "survived", "timeout"))
        print(f"{row:28}{figures}{percent(counts):>9}")
    if 100 * counted["all"]["killed"] < LEAST * counted["all"]["mutants"]:
        print(f"\nFewer than {LEAST} % of the mutants are killed: strengthen the tests by the survivors above.")
        return 1
    return 0


def explained(diff: str) -> str:
    """The lines of a survivor, and the reason when no test can tell it from the code."""
    lines = [line for line in diff.splitlines() if line[:3] not in ("---", "+++")]
    written = [line[1:].strip() for line in lines if line[:1] == "+"]
    reasons = [f"No test can tell: {EQUIVALENT[line]}." for line in written if line in EQUIVALENT]
    return "\n".join(f"    {line}" for line in [*lines, *reasons])


def percent(counts: Counter[str]) -> str:
    """Killed of all, in percent with one decimal, cut and never rounded up."""
    tenths = 1000 * counts["killed"] // counts["mutants"]
    return f"{tenths // 10}.{tenths % 10}"


if __name__ == "__main__":
    sys.exit(main())
