"""A command whose answer may be cut short by its reader, as in `… | head`: it ends quietly, as `cat` would."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, Final

from django.core.management.base import BaseCommand

CLOSED_PIPE: Final = 141
"""What a shell says of a program that SIGPIPE (13) ended: 128 + 13."""


class PipedCommand(BaseCommand):
    """A command that says nothing more when nobody reads its output any longer; its status is then 141."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run it, and write out what the buffer holds while a closed pipe can still be told from a fault."""
        try:
            answer = super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:
            if (options.get("stdout") or sys.stdout) is sys.stdout:
                _give_up_output()
            sys.exit(CLOSED_PIPE)
        return answer


def _give_up_output() -> None:
    """What is left in the buffer goes nowhere, so that the interpreter does not stumble over it when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
