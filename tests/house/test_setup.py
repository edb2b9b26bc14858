import shutil
import subprocess

import pytest
from django.conf import settings


def test_an_environment_behind_a_link_is_not_emptied(tmp_path):
    project, theirs = tmp_path / "project", tmp_path / "theirs"
    (project / "bin").mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "bin/setup", project / "bin/setup")
    for lock in ("requirements-dev.txt", "requirements-demo.txt"):
        (project / lock).touch()
    theirs.mkdir()
    (theirs / "kept").touch()
    (project / ".venv").symlink_to(theirs)
    answer = subprocess.run([project / "bin/setup", "demo"], capture_output=True, text=True, timeout=60)
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "setup: .venv is a link, and what it leads to would be emptied: remove the link, then run this again"
    ]
    assert (theirs / "kept").exists()


@pytest.mark.parametrize("lock", ["requirements-demo.txt", "requirements-dev.txt"])
def test_whatever_the_program_needs_stands_in_every_lock_alike(lock):
    assert pins("requirements.txt") <= pins(lock)


def pins(lock) -> set[str]:
    """ "openpyxl==3.1.5" and its like."""
    lines = (settings.BASE_DIR / lock).read_text().splitlines()
    return {line.split(" ")[0] for line in lines if line[:1].isalnum()}
