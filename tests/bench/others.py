"""What we compare with, in environments of their own: made from a file that pins them, kept until that file changes."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.workers import ROOT, SideFailed

LOCK = ROOT / "tests" / "bench" / "requirements.lock"
PABUTOOLS_LOCK = ROOT / "tests" / "bench" / "pabutools.lock"
"""pabutools with what it needs to parse and to share; not the solver that it also names, which is not free."""


def python(lock: Path = LOCK, *options: str) -> Path:
    """The interpreter of the environment of this file, which is made first where there is none."""
    version = ".".join(map(str, sys.version_info[:2]))
    digest = hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()[:12]
    folder = ROOT / "var" / "bench" / digest
    interpreter, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        print(f"  an environment for the others, in {folder.relative_to(ROOT)}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        run(sys.executable, "-m", "venv", str(folder))
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        run(str(interpreter), *install, *options, "--requirement", str(lock))
        ready.touch()
    return interpreter


def run(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-5:])
        raise SideFailed(f"the environment for the others cannot be made: {last}")
