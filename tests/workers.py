"""Real workers and a real Redis for the tests that take them away in the middle."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import Connection


@contextmanager
def running(*command, **options):
    """A program in a session of its own, killed with all its children at the end."""
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True, **options)
    try:
        yield process
    finally:
        kill_all(process)


def kill_all(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


@contextmanager
def redis_on(port, folder):
    """`with redis_on(port, folder):` – a Redis that listens already; nothing of it is left when it ends."""
    command = ("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with running(*command, stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: _listens(port))
        yield process


def _listens(port):
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def worker_on(redis, log, *options, **environment):
    """A worker on the database of the test; what it says goes to the end of the file `log`."""
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = {
        **os.environ,
        "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
        "REDIS_URL": redis,
        "CISTOR_MEDIA_ROOT": str(settings.MEDIA_ROOT),
        **environment,
    }
    command = (sys.executable, "-m", "celery", "--app", "cistor", "worker", *options)
    with log.open("ab") as end, running(*command, env=environment, stdout=end, stderr=end) as process:
        yield process


def send_to(redis):
    """In place of `current_app.send_task`: what is queued goes to this Redis."""
    send = current_app.send_task

    def sent(name, arguments, **options):
        with Connection(redis) as broker:
            send(name, arguments, connection=broker, **options)

    return sent


def wait_for(question, seconds=60):
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return answer
