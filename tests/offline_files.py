"""The files that an auditor takes away, and the program that checks them run as an auditor runs it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / "ledger" / "verify_offline.py"


def verified(*files: Path, folder: Path, language: str = "en", balances: bool = False) -> tuple[int, str]:
    """Exit status and words of the program: a copy of it alone, run by a Python that knows nothing of Tresse."""
    copy = folder / "verify_offline.py"
    copy.write_bytes(PROGRAM.read_bytes())
    options = ["--language", language, *(["--balances"] if balances else [])]
    command = [sys.executable, "-I", "-S", "-W", "error", str(copy), *options, *(file.name for file in files)]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    said = run.stdout.decode()
    assert run.stderr == b"", run.stderr.decode()
    return run.returncode, said


def changed(text: str, pattern: str, by: str | Callable[[re.Match[str]], str]) -> str:
    """The text with the first match replaced; a pattern that matches nothing would test nothing."""
    after, times = re.subn(pattern, by, text, count=1, flags=re.MULTILINE)
    assert times == 1, f"{pattern} matches nothing"
    assert after != text
    return after


def other_digit(found: re.Match[str]) -> str:
    """The matched hash with its last digit changed."""
    return found[0][:-1] + ("0" if found[0][-1] != "0" else "1")


def rehashed(export: str) -> str:
    """An export with every leaf and every seal computed again, as a patient forger would."""
    first, *blocks = export.split("\n\n")
    book, unit = (re.search(rf"^{word} (.*)$", first, re.MULTILINE)[1] for word in ("book", "unit"))  # type: ignore[index]
    running = hashlib.sha256(hashlib.sha256(f"tresse-book/1\n{book} {unit}\n".encode()).digest())
    forged = [first]
    for block in blocks:
        facts, mark, text = block.partition("tresse-entry/1\n")
        if mark:
            text = mark + text.removesuffix("\n") + "\n"
            leaf = hashlib.sha256(b"\0" + text.encode()).digest()
            running.update(leaf)
            forged.append(re.sub("(?m)^leaf .*$", f"leaf {leaf.hex()}", facts) + text.removesuffix("\n"))
        else:
            forged.append(re.sub("(?m)^hash .*$", f"hash {running.hexdigest()}", facts).removesuffix("\n"))
            running = hashlib.sha256(running.digest())
    return "\n\n".join(forged) + "\n"
