"""Progress of a long command: one line that renews itself on a terminal, plain lines elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO

WIDTH = 24


class Progress:
    """Tell how far a command is; nothing remains on the line when it is over."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.terminal = stream.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.terminal:
            self.stream.write("\r\x1b[2K")
            self.stream.flush()

    def step(self, done: int, total: int, name: str) -> None:
        """Say which step begins, after how many of how many."""
        if self.terminal:
            full = WIDTH * done // max(total, 1)
            self.stream.write(f"\r\x1b[2K{'█' * full}{'░' * (WIDTH - full)} {done}/{total} {name}"[:110])
        elif name:
            self.stream.write(f"{done + 1}/{total} {name}\n")
        self.stream.flush()
