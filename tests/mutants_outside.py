"""Mutants of what stands outside functions, judged one by one: `python mutants_outside.py FILE JOBS TEST…`.

Started by `tests/mutants.py`, in its environment and in its copy. A sentence, a table or a limit is read once, when
its module is imported; so each mutant gets a process of its own, in which pytest stands ready and the module is not
imported yet. Writes one line of JSON for each mutant: its fate and its diff.
"""

from __future__ import annotations

import difflib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis  # noqa: F401  (imported once here, it need not be in each of the processes)
import libcst
import pytest
from mutmut.mutation.file_mutation import create_mutations

PATIENCE = 120  # seconds: ends a mutant that loops for ever; a test that fails does so in one
NOT_JUDGED = 99  # the status of a process in which pytest did not come to an end


def mutants(path: Path, source: str) -> Iterator[str]:
    """The module with one change outside of its functions, for each change that mutmut knows."""
    module, mutations, _, _ = create_mutations(str(path), source)
    for mutation in mutations:
        if not isinstance(mutation.contained_by_top_level_function, libcst.FunctionDef):
            changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
            assert isinstance(changed, libcst.Module)
            yield changed.code


def fates(path: Path, sources: list[str], tests: list[str], jobs: int) -> Iterator[tuple[str, str]]:
    """Each source with its fate, as they come; `jobs` of them at a time."""
    running: dict[int, str] = {}
    waiting = iter(sources)
    while True:
        while len(running) < jobs and (source := next(waiting, None)) is not None:
            if (process := os.fork()) == 0:
                status = NOT_JUDGED
                try:
                    signal.alarm(PATIENCE)
                    status = judged(path, source, tests)
                finally:
                    os._exit(status)
            running[process] = source
        if not running:
            return
        process, ended = os.wait()
        yield running.pop(process), fate(os.waitstatus_to_exitcode(ended))


def fate(status: int) -> str:
    """What the status of pytest says: 1 a test failed, 2 the tests could not be imported, 3 pytest itself stopped."""
    if status in (1, 2, 3):
        return "killed"
    return {0: "survived", -signal.SIGALRM: "timeout"}.get(status, f"pytest ended with {status}")


def judged(path: Path, source: str, tests: list[str]) -> int:
    """The status of pytest with this source in the place of the module."""
    with tempfile.TemporaryDirectory(dir=Path.cwd().parent) as folder, Path(os.devnull).open("w") as nowhere:
        shutil.copytree(path.parent, Path(folder, path.parent))
        Path(folder, path).write_text(source, encoding="utf-8")
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        options = ["-x", "-q", "--assert=plain", "--hypothesis-profile=mutants", "-o", f"pythonpath={folder}"]
        return int(pytest.main([*options, *tests]))


def main(file: str, jobs: str, *tests: str) -> None:
    path = Path(file)
    source = path.read_text(encoding="utf-8")
    spoilt = f"{source}\nraise SystemError\n"
    controls = dict(fates(path, [source, spoilt], list(tests), 1))
    if controls != {source: "survived", spoilt: "killed"}:
        sys.exit(f"{path}: the tests must pass as it stands and fail once it is spoilt, and they do not.")
    for changed, end in fates(path, list(mutants(path, source)), list(tests), int(jobs)):
        diff = difflib.unified_diff(source.splitlines(), changed.splitlines(), lineterm="", n=0)
        print(json.dumps([end, "\n".join(diff)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
