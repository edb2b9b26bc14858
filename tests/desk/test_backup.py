"""A backup restored into an empty place is the same installation; the commands are run as a person runs them."""

import os
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from cistor import postgres
from cistor.documents import files
from cistor.documents.models import Document
from tests.factories import make_centre, make_participant

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = settings.BASE_DIR
DIGEST = "SELECT count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {} t"


def address(name: str) -> str:
    """DATABASE_URL of another database on the server of the tests."""
    where = connection.settings_dict
    password = f":{quote(where['PASSWORD'])}" if where["PASSWORD"] else ""
    port = f":{where['PORT']}" if where["PORT"] else ""
    return f"postgres://{quote(where['USER'])}{password}@{quote(where['HOST'], safe='')}{port}/{name}"


@pytest.fixture
def environment(tmp_path, settings):
    """What the commands read; the tools are those of the server, since a dump speaks its version's language."""
    settings.MEDIA_ROOT = tmp_path / "media"
    newest = connection.pg_version // 10000 >= 18
    return {
        **os.environ,
        "DATABASE_URL": address(connection.settings_dict["NAME"]),
        "CISTOR_MEDIA_ROOT": str(tmp_path / "media"),
        "CISTOR_SECRET_KEY": settings.SECRET_KEY,
        "CISTOR_FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "CISTOR_SEARCH_KEY": settings.SEARCH_KEY,
        "CISTOR_PG_BIN": str(postgres.binaries()) if newest else "",
    }


@pytest.fixture
def empty_database():
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def contents(environment):
    """Somebody with encrypted columns and a history, and a document with its file."""
    centre = make_centre()
    make_participant(centre)
    sha256 = files.store(b"%PDF a paper")
    Document.objects.create(
        centre=centre,
        kind="payment_list",
        number="LW/1/2026",
        title="t",
        issued_on="2026-11-05",
        sha256=sha256,
        size=12,
    )


def run(command: str, *arguments, env) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "bin" / command, *map(str, arguments)], env=env, capture_output=True, text=True)


def digests(name: str) -> dict[str, tuple]:
    from psycopg import connect

    with connect(address(name)) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {table: database.execute(DIGEST.format(f'"{table}"')).fetchone() for (table,) in tables}


def test_a_restored_backup_is_the_same_to_the_last_row_and_file(environment, contents, empty_database, tmp_path):
    made = run("backup", tmp_path / "backups", tmp_path / "keys.env", env=environment)
    assert made.returncode == 0, made.stderr
    there = {**environment, "DATABASE_URL": address(empty_database), "CISTOR_MEDIA_ROOT": str(tmp_path / "elsewhere")}
    keyless = {name: value for name, value in there.items() if not name.startswith(("CISTOR_FIELD", "CISTOR_SEARCH"))}
    restored = run("restore", made.stdout.strip(), tmp_path / "keys.env", env=keyless)
    assert restored.returncode == 0, restored.stderr
    before = digests(connection.settings_dict["NAME"])
    assert before["participants_participant"][0] == 1
    assert digests(empty_database) == before
    assert files_below(tmp_path / "elsewhere") == files_below(tmp_path / "media")


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_backup_and_keys_are_for_the_owner_only_and_never_together(environment, contents, tmp_path):
    together = run("backup", tmp_path / "backups", tmp_path / "backups" / "keys.env", env=environment)
    assert together.returncode == 1
    assert "beside the data" in together.stderr
    made = run("backup", tmp_path / "backups", tmp_path / "keys.env", env=environment)
    for file in (tmp_path / "keys.env", *Path(made.stdout.strip()).iterdir()):
        assert file.stat().st_mode & 0o077 == 0


def test_older_keys_are_never_written_over(environment, contents, tmp_path):
    (tmp_path / "keys.env").write_text("CISTOR_FIELD_KEYS=older\n")
    refused = run("backup", tmp_path / "backups", tmp_path / "keys.env", env=environment)
    assert refused.returncode == 1
    assert "holds other keys" in refused.stderr
    assert (tmp_path / "keys.env").read_text() == "CISTOR_FIELD_KEYS=older\n"


def test_a_place_that_is_not_empty_is_left_alone(environment, contents, tmp_path):
    made = run("backup", tmp_path / "backups", tmp_path / "keys.env", env=environment)
    refused = run("restore", made.stdout.strip(), tmp_path / "keys.env", env=environment)
    assert refused.returncode == 1
    assert "database is not empty" in refused.stderr


def test_a_damaged_backup_is_refused(environment, contents, empty_database, tmp_path):
    made = run("backup", tmp_path / "backups", tmp_path / "keys.env", env=environment)
    with (Path(made.stdout.strip()) / "files.tar.gz").open("ab") as file:
        file.write(b"x")
    there = {**environment, "DATABASE_URL": address(empty_database), "CISTOR_MEDIA_ROOT": str(tmp_path / "elsewhere")}
    refused = run("restore", made.stdout.strip(), tmp_path / "keys.env", env=there)
    assert refused.returncode == 1
    assert "damaged" in refused.stderr


def test_the_wrong_keys_are_noticed(environment, contents, empty_database, tmp_path):
    made = run("backup", tmp_path / "backups", tmp_path / "keys.env", env=environment)
    text = (tmp_path / "keys.env").read_text()
    wrong = "V3JvbmcgLSB3cm9uZyAtIHdyb25nIC0gd3JvbmcgLSE="
    (tmp_path / "keys.env").write_text(text.replace(environment["CISTOR_FIELD_KEYS"], wrong))
    there = {**environment, "DATABASE_URL": address(empty_database), "CISTOR_MEDIA_ROOT": str(tmp_path / "elsewhere")}
    refused = run("restore", made.stdout.strip(), tmp_path / "keys.env", env=there)
    assert refused.returncode != 0
    assert "Klucze nie otwierają danych: participants_participant." in refused.stderr


def test_a_lost_file_is_noticed(environment, contents):
    files.path(Document.objects.get().sha256).unlink()
    checked = subprocess.run(
        [ROOT / ".venv/bin/python", "manage.py", "check_contents"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 1
    assert "Brak pliku dokumentu LW/1/2026" in checked.stderr
