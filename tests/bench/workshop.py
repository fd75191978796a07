"""What a run of the bench shares: its scale, its folder, its server, its sides; each made when first asked for."""

import sys
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType

from tests.bench import others
from tests.bench.server import Server
from tests.bench.workers import Worker

OTHERS = ("hordak_side.py", "django_ledger_side.py", "beancount_side.py")
PABUTOOLS, SHARES = "pabutools_side.py", "shares_side.py"


class Workshop:
    """`scale` makes every count smaller, and `durable=False` the server forgetful: for a try, not for figures."""

    def __init__(self, folder: Path, *, scale: float = 1.0, durable: bool = True) -> None:
        self.folder, self.scale, self.durable = folder, scale, durable
        self._closing = ExitStack()
        self._ours: dict[str, Worker] = {}

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.close()

    def scaled(self, count: int) -> int:
        return max(10, int(count * self.scale))

    @cached_property
    def server(self) -> Server:
        server = Server(durable=self.durable)
        self._closing.callback(server.close)
        return server

    @cached_property
    def others(self) -> Path:
        return others.python()

    def ours(self, engine: str, database: str = "ours") -> Worker:
        """Our side on a database of this name, the same process whenever it is asked for."""
        name = f"{database}-{engine}"
        if name not in self._ours:
            address = self.server.database(name) if engine == "postgresql" else None
            self._ours[name] = self.writer(name, address)
            self._ours[name].call("prepare")
        return self._ours[name]

    def writer(self, name: str, address: str | None) -> Worker:
        """Our side in another process, on a database that was prepared; without an address on a file of its own."""
        environment = {"TRESSE_VAR": str(self.folder / name)}
        if address is not None:
            environment["DATABASE_URL"] = address
        return self._started(sys.executable, "ours.py", environment)

    def other(self, script: str, *, engine: str = "") -> Worker:
        """Whom we are compared with, on a file or a database of its own."""
        name = script.removesuffix(".py")
        environment = {"BENCH_FILE": str(self.folder / name)}
        if engine == "postgresql":
            environment["DATABASE_URL"] = self.server.database(name).replace("postgres://", "postgresql://", 1)
        return self._started(self._python(script), script, environment)

    def _python(self, script: str) -> Path | str:
        if script == PABUTOOLS:
            return others.python(others.PABUTOOLS_LOCK, "--no-deps")
        return self.others if script in OTHERS else sys.executable

    def _started(self, python: Path | str, script: str, environment: dict[str, str]) -> Worker:
        worker = Worker(python, script, environment)
        self._closing.callback(worker.close)
        return worker
