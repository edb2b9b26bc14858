import os
import signal
import subprocess
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest
from django.conf import settings
from django.urls import reverse

from tests.house.compose import free_port

pytestmark = pytest.mark.alone
LOGIN = reverse("accounts:login")


@pytest.fixture(scope="module")
def home(place):
    return place / "demo"


def environment(home, port):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return {**kept, "CISTOR_DEMO_HOME": str(home), "PORT": str(port)}


def start(home, port, *options, **more):
    command = [settings.BASE_DIR / "bin/demo", *options]
    return subprocess.Popen(
        command, env={**environment(home, port), **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def refusal(home, port, *options, **more):
    """What it says when it does not start."""
    process = start(home, port, *options, **more)
    _, said = process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    return said


@contextmanager
def demonstration(home, number=signal.SIGINT):
    """A running one, its process and port; ended by the signal, it ends well."""
    port = free_port()
    process = start(home, port)
    try:
        for line in process.stdout:
            if f"http://localhost:{port}" in line:
                break
        assert process.poll() is None, process.stderr.read()
        yield process, port
    finally:
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")


def status(port, path):
    try:
        return urlopen(f"http://localhost:{port}{path}", timeout=20).status
    except HTTPError as error:
        return error.code


def servers(home):
    return [
        process for process in psutil.process_iter(["cmdline"]) if str(home) in " ".join(process.info["cmdline"] or [])
    ]


def left_behind(home):
    """A server may be at its very last breath still."""
    return psutil.wait_procs(servers(home), timeout=5)[1]


def processor_seconds(process):
    return sum(psutil.Process(process.pid).cpu_times()[:4])


def test_one_command_leads_to_the_login_page_and_ctrl_c_leaves_nothing_behind(home):
    with demonstration(home) as (_, port):
        assert status(port, LOGIN) == 200
        assert servers(home)
    assert left_behind(home) == []


def test_a_second_start_is_fast_keeps_the_data_and_ends_on_termination_too(home):
    made = (home / "data/PG_VERSION").stat().st_mtime
    with demonstration(home, signal.SIGTERM) as (process, port):
        # Eight seconds of a machine that does nothing else.
        assert processor_seconds(process) < 8
        assert status(port, "/ready") == 200
        assert "is running already" in refusal(home, free_port())
        assert f"Port {port} cannot be used" in refusal(home, port)
    assert left_behind(home) == []
    assert made == (home / "data/PG_VERSION").stat().st_mtime


def test_the_port_must_be_a_number(home):
    assert "PORT=web is not the number of a port" in refusal(home, "web")


def test_the_database_of_somebody_else_is_never_thrown_away(home):
    assert "empty it yourself" in refusal(home, free_port(), "--reset", DATABASE_URL="postgres://localhost/theirs")
