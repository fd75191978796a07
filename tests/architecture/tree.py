"""The files of the project, as the architecture tests walk them."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ledger", "allocation", "fund")
MADE = {"__pycache__", "migrations"}
"""Folders whose files nobody writes by hand."""


def files(suffix: str, *folders: str) -> Iterator[Path]:
    """The files written by hand under the folders, sorted, so that two machines report alike."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if not MADE.intersection(path.relative_to(ROOT).parts):
                yield path


def contracts() -> list[dict[str, object]]:
    """The import contracts of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def module_files(modules: Iterable[str]) -> Iterator[Path]:
    """The files of modules and of everything inside those that are packages."""
    for module in modules:
        path = ROOT.joinpath(*module.split("."))
        if path.is_dir():
            yield from files(".py", str(path.relative_to(ROOT)))
        else:
            yield path.with_suffix(".py")


def plain_files() -> list[Path]:
    """The rules: the modules that the contract “rules are plain Python” names."""
    (contract,) = (c for c in contracts() if c["name"] == "rules are plain Python")
    return list(module_files(contract["source_modules"]))  # type: ignore[call-overload]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
