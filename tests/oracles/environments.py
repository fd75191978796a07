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
FEC_REQUIREMENTS = Path(__file__).with_name("fec.lock")
PATIENCE = 900
"""Seconds that the installation may take; a package index can be slow, and a program can be built from source."""


class EnvironmentNotMade(AssertionError):
    """The environment cannot be made here, so the second opinion is missing: that fails, it is never skipped."""


def beancount_environment() -> Path:
    """The folder with the programs of an environment with the pinned beancount; made where it is missing."""
    return _environment("beancount", REQUIREMENTS)


def accounting_fr_environment() -> Path:
    """The same for the pinned django-accounting-fr, whose `check_fec` judges files of accounting entries."""
    return _environment("accounting-fr", FEC_REQUIREMENTS)


def _environment(name: str, requirements: Path) -> Path:
    """Who comes first makes it and the others wait; its stamp is written last: nobody takes a half for a whole."""
    state = hashlib.sha256(requirements.read_bytes() + sys.version.encode() + sys.prefix.encode()).hexdigest()[:12]
    root = Path(os.environ.get("TRESSE_VAR", ROOT / "var")).resolve() / "oracles"
    place = root / f"{name}-{state}"
    root.mkdir(parents=True, exist_ok=True)
    with (root / f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "ready").exists():
            _make(place, requirements)
            (place / "ready").touch()
    return place / "bin"


def _make(folder: Path, requirements: Path) -> None:
    """An environment with what the requirements name, hashes checked; pip's own settings say from where."""
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    run = subprocess.run(
        [*pip, "--require-hashes", "--requirement", str(requirements)],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if run.returncode:
        raise EnvironmentNotMade(
            f"{requirements.name} cannot be installed for a second opinion:\n{run.stdout}{run.stderr}"
        )
