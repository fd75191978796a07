"""A PostgreSQL of the bench's own, as durable as it comes, started by `tests/postgresql.py` and gone with the bench."""

import os
import subprocess
import sys

import psycopg

from tests.bench.workers import ROOT, SideFailed


class Server:
    """A server with a database for each side; where nothing is measured it need not wait for the disk."""

    def __init__(self, *, durable: bool) -> None:
        waiting = "import os, sys; print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
        fast = [] if durable else ["--unsafe-fast"]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "postgresql.py"), *fast, sys.executable, "-c", waiting],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self._process.stdout
        self._address = self._process.stdout.readline().strip()
        if not self._address:
            raise SideFailed("PostgreSQL does not start.")

    def database(self, name: str) -> str:
        """The address of a new database."""
        with psycopg.connect(self._address.replace("postgres://", "postgresql://", 1), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._address.replace("/postgres?", f"/{name}?", 1)

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
