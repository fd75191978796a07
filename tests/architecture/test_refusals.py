"""A refusal is a class with a stable code and a sentence, and some test provokes it."""

import ast
import builtins
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from types import ModuleType

import pytest

from tests.architecture.tree import PACKAGES, files


def modules() -> list[ModuleType]:
    """Every module of the project; `fund.wsgi` starts the site when imported, and refuses nothing."""
    found = []
    for package in PACKAGES:
        root = importlib.import_module(package)
        names = [info.name for info in pkgutil.walk_packages(root.__path__, f"{package}.")]
        found += [importlib.import_module(name) for name in names if ".migrations" not in name and name != "fund.wsgi"]
    return found


def refusals() -> list[type[Exception]]:
    """Every exception class of the project that is raised itself, so without those that only gather others."""
    found = {
        value
        for module in modules()
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Exception) and value.__module__.partition(".")[0] in PACKAGES
    }
    gathering = {base for refusal in found for base in refusal.__mro__[1:]}
    return sorted(found - gathering, key=lambda refusal: f"{refusal.__module__}.{refusal.__qualname__}")


def words_of_tests() -> set[str]:
    """Every name, and every word of a text, that a test writes: refusals stand in `raises` and in tables."""
    words: set[str] = set()
    for path in files(".py", "tests/unit", "tests/property", "tests/db", "tests/acceptance", "tests/browser"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                words.add(node.id)
            elif isinstance(node, ast.Attribute):
                words.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.update(re.findall(r"\w+", node.value))
    for path in files(".txt", "tests"):
        words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return words


REFUSALS = refusals()


def name(refusal: type[Exception]) -> str:
    return f"{refusal.__module__}.{refusal.__qualname__}"


@pytest.mark.parametrize("refusal", REFUSALS, ids=name)
def test_refusal_has_a_code_of_its_own(refusal: type[Exception]) -> None:
    code = vars(refusal).get("code")
    assert isinstance(code, str), "a refusal says `code = …` itself: logs and audits keep it for years"
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", code)


def test_codes_are_never_shared() -> None:
    codes = Counter(vars(refusal).get("code") for refusal in REFUSALS)
    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("refusal", REFUSALS, ids=name)
def test_refusal_says_what_it_means(refusal: type[Exception]) -> None:
    first = (vars(refusal).get("__doc__") or "").strip().partition("\n")[0]
    assert first.endswith("."), "the docstring's first line is one sentence"
    builder = next(owner for owner in refusal.__mro__ if "__init__" in vars(owner))
    assert builder.__name__ not in vars(builtins), (
        "a refusal builds its sentence, with the figures, in its own __init__"
    )


def test_every_refusal_is_provoked_by_a_test() -> None:
    words = words_of_tests()
    unnamed = [name(refusal) for refusal in REFUSALS if not {refusal.__qualname__, vars(refusal).get("code")} & words]
    assert not unnamed, "\n".join(["no test names these classes or their codes:", *unnamed])
