"""The project speaks of no machine and asks nothing of other hosts: no local path, no registry, no CDN."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, files, shown

SUFFIXES = (
    ".py",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".toml",
    ".md",
    ".txt",
    ".csv",
    ".po",
    ".svg",
    ".json",
    ".yaml",
    ".sh",
)
HERE = Path(__file__)

MACHINE = re.compile(r"(?<![\w.<])/(?:work|farm|root|home|Users|opt|mnt)/|[A-Z]:\\\\")
REGISTRY = re.compile(r"://[^/\s\"']+/(?:simple|packages)/|--(?:extra-)?index-url|--find-links")
LOADED = re.compile(
    r"""<(?:script|link|img|iframe|source|use|object|embed)\b[^>]*?(?:src|href|data)\s*=\s*["']?\s*(?:https?:)?//|@import|"""
    r"""url\(\s*["']?\s*(?:https?:|//|data:)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)


def texts() -> Iterator[Path]:
    for suffix in SUFFIXES:
        yield from files(suffix, *PACKAGES, "templates", "tests", "docs")
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name not in {".git", "LICENSE"})
    yield ROOT / ".ci" / "run"


def lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{shown(path)}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if pattern.search(line)]


def test_no_machine_and_no_registry_is_named() -> None:
    found = [
        line for path in texts() if path != HERE for line in lines_with(MACHINE, path) + lines_with(REGISTRY, path)
    ]
    assert found == []


@pytest.mark.parametrize(
    "path", [*files(".html", "templates", "fund"), *files(".css", "fund"), *files(".js", "fund")], ids=shown
)
def test_page_loads_nothing_from_elsewhere_and_nothing_inline(path: Path) -> None:
    assert lines_with(LOADED, path) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('<script src="https://example.org/x.js">', True),
        ('<link rel="stylesheet" href="//example.org/x.css">', True),
        ('<p style="color: red">', True),
        ('<button onclick="send()">', True),
        ("@import 'x.css';", True),
        ("background: url(data:image/png;base64,AAAA)", True),
        ('<a href="https://example.org/">', False),
        ('<link rel="stylesheet" href="{% static "tresse.css" %}">', False),
    ],
)
def test_the_search_sees_what_it_forbids(line: str, wrong: bool) -> None:
    assert bool(LOADED.search(line)) is wrong
