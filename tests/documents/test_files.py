import os
from datetime import timedelta

import pytest
from django.utils import timezone

from cistor.documents import files
from cistor.documents.tasks import sweep


def test_what_was_stored_is_read(media):
    sha256 = files.store("zażółć".encode())
    assert files.read(sha256) == "zażółć".encode()
    assert files.path(sha256) == media / sha256[:2] / sha256


def test_only_the_program_can_read_a_file(media):
    path = files.path(files.store(b"tajne"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_same_content_is_one_file(media):
    assert files.store(b"raz") == files.store(b"raz")
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_a_file_changed_on_the_disk_is_not_given_out():
    sha256 = files.store(b"tak")
    files.path(sha256).write_bytes(b"nie")
    with pytest.raises(files.Damaged):
        files.read(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_checksum_names_a_file(name):
    with pytest.raises(ValueError, match="SHA-256"):
        files.path(name)


def grow_old(path, hours):
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


def test_the_sweep_takes_what_no_row_names_after_a_day(letterhead, media):
    old, young = files.path(files.store(b"stary")), files.path(files.store(b"nowy"))
    unfinished = young.parent / "tmp123"
    unfinished.write_bytes(b"pol")
    logo = files.path(letterhead.logo_sha256)
    for path in (old, unfinished, logo):
        grow_old(path, hours=25)
    grow_old(young, hours=23)
    sweep()
    assert [path.exists() for path in (old, unfinished, young, logo)] == [False, False, True, True]


def test_content_stored_again_is_safe_from_the_sweep(db):
    path = files.path(files.store(b"znowu"))
    grow_old(path, hours=25)
    files.store(b"znowu")
    sweep()
    assert path.exists()


def test_a_file_is_discarded_at_once_unless_a_row_names_it(letterhead):
    for sha256 in (letterhead.logo_sha256, forgotten := files.store(b"zapomnij")):
        files.discard(sha256)
    assert [files.path(sha256).exists() for sha256 in (letterhead.logo_sha256, forgotten)] == [True, False]
    files.discard(forgotten)
