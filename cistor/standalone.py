"""The whole of Cistor in one process, for demonstrations: database, web server, worker and schedule."""

import argparse
import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from cistor import postgres

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/demo")
    parser.add_argument("--reset", action="store_true", help="throw the data away and make them anew")
    reset = parser.parse_args().reset
    if reset and "DATABASE_URL" in os.environ:
        parser.error("--reset makes the embedded database anew; DATABASE_URL names another, empty it yourself")
    for number in SIGNALS:
        signal.signal(number, end)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        server = stack.enter_context(listening(os.environ.get("PORT") or "8000"))
        if "DATABASE_URL" not in os.environ:
            stack.enter_context(embedded_database(reset=reset))
        prepare()
        stack.enter_context(jobs())
        server.set_app(get_wsgi_application())
        announce(server.server_port)
        server.serve_forever()


def end(*_: object) -> None:
    """The first signal ends the program; further ones must not disturb the clearing up."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def listening(port: str) -> ThreadedWSGIServer:
    """Takes the port before anything else is started; browsers that come early wait."""
    try:
        return ThreadedWSGIServer(("127.0.0.1", int(port)), WSGIRequestHandler)
    except (ValueError, OverflowError):
        sys.exit(f"PORT={port} is not a port number")
    except OSError as error:
        sys.exit(f"Port {port} cannot be used ({error.strerror}); choose another: PORT=8001 bin/demo")


@contextmanager
def embedded_database(*, reset: bool) -> Iterator[None]:
    """The database and files of this checkout; those that an interrupted first start left half-made are thrown away."""
    home = postgres.private(postgres.home())
    with alone(home):
        if reset or not (home / "complete").exists():
            for name in ("complete", "data", "media"):
                remove(home / name)
        os.environ.setdefault("CISTOR_MEDIA_ROOT", str(postgres.private(home / "media")))
        with postgres.running(home / "data") as url:
            os.environ["DATABASE_URL"] = url
            yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    descriptor = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        sys.exit("The demonstration of this checkout is running already")
    finally:
        os.close(descriptor)
