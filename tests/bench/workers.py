"""A side of a comparison in a process of its own, driven by a line of JSON a call; it keeps the time of its own work.

Standard library only, because the others run it in an environment of their own.
"""

import gc
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class SideFailed(Exception):
    """A side of a comparison could not do its work."""


class Worker:
    """A side, started: `worker.call("singly", count=200)` runs its method `singly` there and gives the answer back."""

    def __init__(self, python: Path | str, script: str, environment: dict[str, str]) -> None:
        self._script = script
        self._process = subprocess.Popen(
            [str(python), str(ROOT / "tests" / "bench" / script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | environment,
            cwd=ROOT,
        )

    def ask(self, method: str, /, **arguments: object) -> None:
        """Have the side begin, and go on without waiting; `answer` is read later."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps([method, arguments]) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise SideFailed(f"{self._script} has ended.") from None

    def answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SideFailed(f"{self._script} has ended.")
        outcome, answer = json.loads(line)
        if outcome != "done":
            raise SideFailed(f"{self._script}: {answer}")
        return answer

    def call(self, method: str, /, **arguments: object) -> Any:
        """Have the side do this, and wait for what it answers."""
        self.ask(method, **arguments)
        return self.answer()

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, without garbage that others left."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def serve(side: object) -> None:
    """Answer calls from standard input until it ends. What the side prints goes to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        method, arguments = json.loads(line)
        try:
            reply = ["done", getattr(side, method)(**arguments)]
        except Exception as error:  # the bench names it, and goes on with what else it measures
            reply = ["failed", f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-4)}"]
        answers.write(json.dumps(reply) + "\n")
        answers.flush()
