"""The whole of Cistor in one process, for demonstrations: database, web server, worker and schedule."""

import argparse
import fcntl
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import django
from celery.beat import EmbeddedService, Scheduler
from celery.worker import WorkController, state
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cistor import postgres
from cistor.celery import app

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/demo")
    parser.add_argument("--reset", action="store_true", help="throw the data away and make them anew")
    reset = parser.parse_args().reset
    if reset and "DATABASE_URL" in os.environ:
        parser.error("--reset makes the embedded database anew; DATABASE_URL names another, empty it yourself")
    os.environ["CISTOR_ENV"] = "demo"
    for number in SIGNALS:
        signal.signal(number, end)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        server = stack.enter_context(listening(os.environ.get("PORT") or "8000"))
        if "DATABASE_URL" in os.environ:
            prepare()
        else:
            complete = stack.enter_context(embedded_database(reset=reset))
            prepare()
            complete.touch()
        stack.enter_context(jobs())
        server.set_app(get_wsgi_application())
        announce(server.server_port)
        server.serve_forever()


def end(*_: object) -> None:
    """The first signal ends the program; further ones must not disturb the clearing up."""
    for number in SIGNALS:
        signal.signal(number, lambda *_: None)
    raise KeyboardInterrupt


def listening(port: str) -> ThreadedWSGIServer:
    """Takes the port before anything else is started; a browser that comes early waits."""
    try:
        return ThreadedWSGIServer(("127.0.0.1", int(port)), WSGIRequestHandler)
    except (ValueError, OverflowError):
        sys.exit(f"PORT={port} is not the number of a port")
    except OSError as error:
        sys.exit(f"Port {port} cannot be used ({error.strerror}); choose another: PORT=8001 bin/demo")


@contextmanager
def embedded_database(*, reset: bool) -> Iterator[Path]:
    """Runs the checkout's own database; gives the mark to set once its data are complete.

    Without the mark, an interrupted first start left the data half-made, and they are thrown away.
    """
    home = postgres.private(postgres.home())
    complete = home / "complete"
    with alone(home):
        if reset or not complete.exists():
            complete.unlink(missing_ok=True)
            for name in ("data", "media"):
                shutil.rmtree(home / name, ignore_errors=True)
        os.environ["CISTOR_MEDIA_ROOT"] = str(postgres.private(home / "media"))
        with postgres.running(home / "data") as url:
            os.environ["DATABASE_URL"] = url
            yield complete


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Two servers must not meet in one folder."""
    descriptor = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("The demonstration of this checkout is running already")
    try:
        yield
    finally:
        os.close(descriptor)


def prepare() -> None:
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    from cistor.accounts.models import User

    if not User.objects.exists():
        print("Making the demonstration data; this happens once …", flush=True)
        call_command("demo_data", verbosity=0)


@contextmanager
def jobs() -> Iterator[None]:
    """Worker and schedule as threads; the worker finishes the task it is at."""
    worker = WorkController(
        app=app, pool="solo", hostname="demo", without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    thread = threading.Thread(target=worker.start, daemon=True)
    thread.start()
    EmbeddedService(app, thread=True, scheduler_cls=Scheduler).start()
    try:
        yield
    finally:
        state.should_stop = 0
        thread.join(timeout=10)


def announce(port: int) -> None:
    from cistor.demo import logins

    rows = [("login", "password", "role", "centre"), *logins()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"\nCistor: http://localhost:{port}   (Ctrl-C ends it)", flush=True)


if __name__ == "__main__":
    main()
