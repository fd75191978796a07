"""Environments of their own for programs that give a second opinion: made once, run as programs, never imported."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
PATIENCE = 900
"""Seconds that the installation may take; a package index can be slow, and a program can be built from source."""


class EnvironmentNotMade(AssertionError):
    """The environment cannot be made here, so the second opinion is missing: that fails, it is never skipped."""


def beancount_environment() -> Path:
    """The folder with the programs of an environment with the pinned beancount; made where it is missing.

    Who comes first makes it and the others wait; its stamp is written last, so that nobody takes a half for a whole.
    """
    state = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode() + sys.prefix.encode()).hexdigest()[:12]
    root = Path(os.environ.get("TRESSE_VAR", ROOT / "var")).resolve() / "oracles"
    place = root / f"beancount-{state}"
    root.mkdir(parents=True, exist_ok=True)
    with (root / f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "ready").exists():
            _make(place)
            (place / "ready").touch()
    return place / "bin"


def _make(folder: Path) -> None:
    """An environment with what the requirements name, hashes checked; pip's own settings say from where."""
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    run = subprocess.run(
        [*pip, "--require-hashes", "--requirement", str(REQUIREMENTS)],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if run.returncode:
        raise EnvironmentNotMade(f"beancount cannot be installed for a second opinion:\n{run.stdout}{run.stderr}")
