import psycopg
import pytest

from cistor import postgres


def test_the_embedded_server_makes_the_database_and_ends_with_its_block(place):
    with postgres.running(place / "data", durable=False) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
        assert connection.info.dbname == "cistor"
    with pytest.raises(psycopg.OperationalError, match="No such file"):
        psycopg.connect(url)


def test_the_data_outlives_the_server(place):
    with postgres.running(place / "data") as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    with postgres.running(place / "data") as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_folder_of_somebody_else_is_refused(place, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        postgres.private(place)
