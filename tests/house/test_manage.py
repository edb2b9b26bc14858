import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

BARE = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def manage(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, env=BARE, cwd=settings.BASE_DIR, capture_output=True, text=True)


@pytest.mark.parametrize(
    "command, cases", [("compute_benefit", "benefit-cistor.json"), ("compute_deadlines", "deadlines.json")]
)
def test_what_reads_a_file_only_runs_without_an_environment(command, cases):
    file = settings.BASE_DIR / "tests/cases" / cases
    done = manage(command, file)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == len(json.loads(file.read_text()))


def test_anything_else_wants_its_keys():
    done = manage("migrate")
    assert done.returncode != 0
    assert "CISTOR_SECRET_KEY is not set" in done.stderr
