"""Where the time of our side goes: Python's functions, the statements, and the functions inside PostgreSQL.

Each is asked for in a run of its own, because a profiler slows what it looks at.
"""

import cProfile
import pstats
import re
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

FUNCTIONS, STATEMENTS = 14, 8

Work = Callable[[], object]


def profilers() -> list[Callable[[Work], str]]:
    """What there is to ask on this database."""
    from django.db import connection

    return [python_functions, statements, *([server_functions] if connection.vendor == "postgresql" else [])]


def python_functions(work: Work) -> str:
    profiler = cProfile.Profile()
    profiler.runcall(work)
    found = pstats.Stats(profiler).stats.items()  # type: ignore[attr-defined]
    longest = sorted(found, key=lambda item: -item[1][2])[:FUNCTIONS]
    total = sum(own for _, (_, _, own, _, _) in found)
    lines = [
        f"      {1000 * own:9.1f} ms {own / total:5.0%} {calls:9,} × {where(*place)}"
        for place, (_, calls, own, _, _) in longest
    ]
    return "\n".join([f"    Python, {1000 * total:,.0f} ms under the profiler, own time:", *lines])


def where(file: str, line: int, name: str) -> str:
    return name if file == "~" else f"{'/'.join(Path(file).parts[-2:])}:{line} {name}"


def statements(work: Work) -> str:
    """How long each kind of statement takes, seen from Django: the way to the server and back is in it."""
    from django.db import connection

    took: dict[str, list[float]] = defaultdict(list)

    def keep(execute: Callable[..., Any], sql: str, parameters: object, many: bool, context: object) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            took[shown(sql)].append(time.perf_counter() - started)

    started = time.perf_counter()
    with connection.execute_wrapper(keep):
        work()
    total = time.perf_counter() - started
    longest = sorted(took.items(), key=lambda item: -sum(item[1]))[:STATEMENTS]
    lines = [
        f"      {1000 * sum(times):9.1f} ms {sum(times) / total:5.0%} {len(times):9,} × {sql}" for sql, times in longest
    ]
    return "\n".join([f"    Statements, of {1000 * total:,.0f} ms:", *lines])


def shown(sql: str) -> str:
    """A statement on one line, its long lists of values cut, so that two of a kind are counted together."""
    return re.sub(r"(\([^()]*\)|%s)(, \1)+", r"\1, …", " ".join(sql.split()))[:110]


def server_functions(work: Work) -> str:
    """The time inside PostgreSQL's functions: of the guards, and of posting where it is one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET track_functions = 'all'")
        cursor.execute("SELECT pg_stat_reset()")
        work()
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT funcname, calls, total_time, self_time FROM pg_stat_user_functions "
            "WHERE calls > 0 ORDER BY self_time DESC LIMIT %s",
            [STATEMENTS],
        )
        rows = cursor.fetchall()
        cursor.execute("SET track_functions = 'none'")
    lines = [f"      {own:9.1f} ms own {total:9.1f} ms in all {calls:9,} × {name}" for name, calls, total, own in rows]
    return "\n".join(["    Functions inside the server:", *(lines or ["      none is called"])])
