import http.client
import re
import ssl
import subprocess

import pytest
from django.conf import settings
from django.urls import reverse

from tests.house import compose
from tests.workers import wait_for

LOGIN = reverse("accounts:login")
SERVICES = {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}


@pytest.fixture(scope="module")
def services():
    return compose.parse()


def test_the_file_names_every_part_of_the_installation(services):
    assert set(services) == SERVICES


@pytest.mark.parametrize("name", compose.SECRETS)
def test_nothing_starts_while_a_secret_is_missing(name):
    with pytest.raises(subprocess.CalledProcessError) as refusal:
        compose.parse(**{name: ""})
    assert name in refusal.value.stderr


def test_nothing_runs_as_root(services):
    dockerfile = (compose.ROOT / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE)[-1] == "10001"
    users = {name: service.get("user") for name, service in services.items() if "build" not in service}
    assert users == {"proxy": "nginx", "postgres": "postgres", "redis": "redis"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_confined(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_the_proxy_is_reached_from_outside(services):
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]


def test_every_service_that_stays_says_whether_it_is_well(services):
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate"}
    assert services["migrate"]["restart"] == "no"


def test_the_program_waits_for_the_migrations_and_these_for_the_database(services):
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def collect_static(stage):
    """The Dockerfile's own line, with which the image gets its static files."""
    line = re.search(
        r"^RUN (CISTOR_SECRET_KEY.*collectstatic.*)$", (compose.ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    environment = {key: stage.environment("web")[key] for key in ("PATH", "CISTOR_STATIC_ROOT")}
    subprocess.run(["sh", "-c", line[1]], env=environment, cwd=compose.ROOT, check=True, capture_output=True)


def ask(stage, path, **headers):
    certificate = ssl.create_default_context(cafile=stage.folder / "etc/tls.crt")
    certificate.check_hostname = False
    connection = http.client.HTTPSConnection("127.0.0.1", stage.ports["https"], timeout=20, context=certificate)
    try:
        connection.request("GET", path, headers={"Host": "cis.example", **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def installation(services, place):
    """The whole of it on loopback; every service has passed its own health check."""
    stage = compose.Stage(services, place)
    collect_static(stage)
    stage.certificate()
    stage.proxy_config()
    with stage.database(), stage.started("redis"):
        stage.wait_until_well("redis")
        stage.run("migrate")
        with stage.started("worker"), stage.started("beat"), stage.started("web"), stage.started("proxy"):
            stage.wait_until_well("web", "proxy", "beat", "worker")
            yield stage


@pytest.mark.alone
def test_the_login_page_and_its_stylesheet_come_through_the_proxy(installation):
    status, headers, page = ask(installation, LOGIN)
    assert status == 200
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    assert ask(installation, stylesheet)[0] == 200


@pytest.mark.alone
def test_a_name_that_is_not_ours_is_refused(installation):
    assert ask(installation, LOGIN, Host="another.example")[0] == 400


@pytest.mark.alone
def test_the_log_names_the_path_without_its_query(installation):
    log, line = installation.folder / "web.log", f"GET {LOGIN} 200"
    before = log.read_text().count(line)
    ask(installation, f"{LOGIN}?next=/uczestnicy/")
    # It is written after the answer.
    wait_for(lambda: log.read_text().count(line) > before)
    assert "uczestnicy" not in log.read_text()


@pytest.mark.alone
def test_every_scheduled_job_travels_through_redis_and_succeeds(installation):
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    installation.call(names)
    assert installation.succeeded(names)


@pytest.mark.alone
def test_a_service_that_is_gone_is_not_well(services, tmp_path):
    stage = compose.Stage(services, tmp_path)
    assert [
        name for name in ("beat", "postgres", "proxy", "redis", "web", "worker") if stage.healthcheck(name) == 0
    ] == []
