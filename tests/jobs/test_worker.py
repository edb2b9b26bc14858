"""A real worker on a real Redis, killed in the middle of its work."""

import os
import signal
import subprocess
from contextlib import contextmanager, suppress
from io import BytesIO

import pytest
from celery import current_app
from django.utils import timezone
from pypdf import PdfReader

from cistor.documents import files
from cistor.documents.models import Letterhead
from cistor.jobs.actions import wake
from cistor.jobs.models import Job
from tests.house.compose import free_port
from tests.pdf.samples import LOGO_BYTES
from tests.workers import kill_all, redis_on, send_to, wait_for, worker_on

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def redis(tmp_path):
    port = free_port()
    with redis_on(port, tmp_path):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def worker(redis, media, tmp_path):
    """`with worker() as process:` – a worker with one child, on the database of the test."""
    return lambda: worker_on(redis, tmp_path / "worker.log", "--concurrency", "1")


@pytest.fixture
def queue(redis, monkeypatch):
    monkeypatch.setattr(current_app, "send_task", send_to(redis))


def over(job):
    return Job.objects.filter(pk=job.pk).exclude(finished_at=None).first()


def assert_made_once(job, attempts):
    made = wait_for(lambda: over(job))
    assert (made.failure, made.done, made.attempts) == ("", 3, attempts)
    assert len(PdfReader(BytesIO(files.read(made.result_sha256))).pages) == 3
    assert len(made.people) == 6


@pytest.fixture
def pipe(groups):
    """In place of the logo, which is read once for each group: there the worker waits for the test."""
    sha256 = files.store(LOGO_BYTES)
    Letterhead.objects.update(logo_sha256=sha256, logo_mime="image/png")
    pipe = files.path(sha256)
    pipe.unlink()
    os.mkfifo(pipe)
    return pipe


@contextmanager
def held(pipe):
    """Inside, the worker waits for its logo."""

    def grasp():
        # Nobody reads yet.
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)

    with os.fdopen(wait_for(grasp), "wb") as hand:
        yield hand


@contextmanager
def in_the_middle(job, pipe, done):
    """Inside, the worker has made so many groups and is at the next one; who comes after it finds the logo."""
    for group in range(done):
        with held(pipe) as hand:
            hand.write(LOGO_BYTES)
        wait_for(lambda group=group: Job.objects.get(pk=job.pk).done > group)
    with held(pipe):
        files.store(LOGO_BYTES)
        yield


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_job_whose_worker_process_was_killed_is_delivered_again_and_finished_once(ask, worker, queue, pipe, done):
    job = ask()
    with worker() as process:
        with in_the_middle(job, pipe, done):
            [child] = subprocess.check_output(["pgrep", "-P", str(process.pid)], text=True).split()
            os.kill(int(child), signal.SIGKILL)
        assert_made_once(job, attempts=2)


def test_a_job_whose_whole_machine_went_is_woken_and_finished_once(ask, worker, queue, pipe):
    job = ask()
    with worker() as process, in_the_middle(job, pipe, done=1):
        kill_all(process)
    # The server notices a dead client in its own time, and until then it looks at work.
    wait_for(lambda: not job.is_at_work)
    with worker():
        wake(older_than=timezone.now())
        assert_made_once(job, attempts=2)
