"""What the README tells people to run, open or read is there."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

import pytest
from django.core.management import get_commands, load_command_class

from tests.architecture.tree import PACKAGES, ROOT

PAGES = [path for path in sorted(ROOT.rglob("*.md")) if not {".venv", "var"}.intersection(path.parts)]
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def blocks(text: str) -> str:
    """The fenced blocks and the inline code of a page, one piece a line."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*fenced, *inline])


def options(parser: ArgumentParser) -> Iterator[str]:
    """The options of a command and of its sub-commands."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                yield from options(below)


@pytest.mark.parametrize("page", TEXT)
def test_make_targets_exist(page: str) -> None:
    named = set(re.findall(r"^\s*(?:\$ )?make ([a-z][a-z-]*)", blocks(TEXT[page]), re.MULTILINE))
    assert named - TARGETS == set()


@pytest.mark.parametrize("page", TEXT)
def test_commands_exist_with_their_options(page: str) -> None:
    known = get_commands()
    for name, rest in re.findall(r"manage\.py ([a-z_]+)([^\n]*)", blocks(TEXT[page])):
        assert name in known, f"{page}: manage.py {name} does not exist"
        application = known[name]
        assert isinstance(application, str)
        known_options = set(options(load_command_class(application, name).create_parser("manage.py", name)))
        named = set(re.findall(r"(?<!\S)--[a-z][a-z-]*", rest.partition("#")[0]))
        assert named - known_options == set(), f"{page}: manage.py {name} has no such option"


@pytest.mark.parametrize("page", TEXT)
def test_files_named_exist(page: str) -> None:
    folder = (ROOT / page).parent
    for link in re.findall(r"\]\(([^)#\s]+)", TEXT[page]):
        assert link.startswith(("http://", "https://", "mailto:")) or (folder / link).exists(), f"{page}: {link}"
    tops = "|".join((*PACKAGES, "tests", "templates"))
    for path in re.findall(rf"`((?:{tops})/[\w./-]+)`", TEXT[page]):
        assert (ROOT / path).exists(), f"{page} names {path}, which does not exist"


def test_the_readme_opens_with_the_two_commands() -> None:
    commands = re.findall(r"^\s*(?:\$ )?(make [a-z]+)", blocks(TEXT["README.md"]), re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]
