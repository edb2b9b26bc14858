"""Runs the services of docker-compose.yml by hand: their commands, environments and health checks, on loopback.

A container's names and places are replaced by those of this machine (`Stage.places`); nothing else is changed.
"""

import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "CISTOR_SECRET_KEY": "a-key-of-this-test-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
    "CISTOR_FIELD_KEYS": "b25lIGtleSBvZiB0aGlydHktdHdvIGJ5dGVzIGhlcmU=",
    "CISTOR_SEARCH_KEY": "a-search-key-of-this-test-alone-0123456789",
    "CISTOR_HOSTS": "cis.example",
    "CISTOR_DB_PASSWORD": "5f0c9a",
    "CISTOR_REDIS_PASSWORD": "77ab1e",
    "CISTOR_TLS_CERT": "./tls.crt",
    "CISTOR_TLS_KEY": "./tls.key",
}


def parse(**environment):
    """The file as the compose program understands it; a CalledProcessError when it refuses."""
    command = ["docker-compose", "--project-directory", str(ROOT), "-f", str(ROOT / "docker-compose.yml"), "config"]
    secrets = {**SECRETS, **environment}
    done = subprocess.run(
        command, env={"PATH": os.environ["PATH"], **secrets}, capture_output=True, text=True, check=True
    )
    return yaml.safe_load(done.stdout)["services"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def distribution(name):
    """A program of PostgreSQL from the distribution, which keeps them out of PATH."""
    return max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))


class Stage:
    def __init__(self, services, folder):
        self.services, self.folder = services, folder
        ports = {name: free_port() for name in ("postgres", "redis", "web", "http", "https")}
        self.ports = ports
        self.places = {
            "postgres:5432": f"127.0.0.1:{ports['postgres']}",
            "redis:6379": f"127.0.0.1:{ports['redis']}",
            "web:8000": f"127.0.0.1:{ports['web']}",
            "8000": str(ports["web"]),
            "8080": str(ports["http"]),
            "8443": str(ports["https"]),
            "/var/lib/cistor": str(folder / "cistor"),
            "/etc/cistor": str(folder / "etc"),
            "/data": str(folder / "redis"),
            "redis-server": f"redis-server --bind 127.0.0.1 --port {ports['redis']}",
            "redis-cli": f"redis-cli -p {ports['redis']}",
            "$$": "$",
        }
        for name in ("cistor/beat", "cistor/media", "etc", "redis", "static"):
            (folder / name).mkdir(parents=True)

    def here(self, text):
        for there, place in self.places.items():
            text = text.replace(there, place)
        return text

    def environment(self, name):
        path = f"{Path(sys.executable).parent}:{distribution('postgres').parent}:{os.environ['PATH']}"
        given = {key: self.here(value) for key, value in self.services[name].get("environment", {}).items()}
        return {
            "PATH": f"{path}:/usr/sbin",
            "CISTOR_MEDIA_ROOT": str(self.folder / "cistor/media"),
            "CISTOR_STATIC_ROOT": str(self.folder / "static"),
            "GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{self.ports['web']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.ports["postgres"]),
            **given,
        }

    def command(self, name):
        return [self.here(word) for word in self.services[name]["command"]]

    def healthcheck(self, name):
        """The exit status of the service's own check."""
        kind, *words = self.services[name]["healthcheck"]["test"]
        words = [self.here(word) for word in words]
        command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        return subprocess.run(
            command, env=self.environment(name), cwd=ROOT, capture_output=True, check=False, timeout=60
        ).returncode

    def run(self, name):
        """A service that ends by itself."""
        subprocess.run(self.command(name), env=self.environment(name), cwd=ROOT, check=True, capture_output=True)

    @contextmanager
    def started(self, name, *more, user=None):
        """The service's command, to the end of the block."""
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [*self.command(name), *more]
            process = subprocess.Popen(command, env=self.environment(name), cwd=ROOT, stdout=log, stderr=log, user=user)
            try:
                yield
            finally:
                process.terminate()
                process.wait(timeout=60)

    def wait_until_well(self, *names):
        deadline = time.monotonic() + 90
        for name in names:
            while self.healthcheck(name) != 0:
                assert time.monotonic() < deadline, f"{name}: {(self.folder / f'{name}.log').read_text()}"
                time.sleep(0.2)

    def call(self, tasks):
        """Queues the jobs as the schedule does, from outside the worker."""
        script = "import sys; from cistor.celery import app; [app.send_task(name) for name in sys.argv[1:]]"
        command = [sys.executable, "-c", script, *tasks]
        subprocess.run(command, env=self.environment("beat"), cwd=ROOT, check=True, capture_output=True)

    def succeeded(self, tasks):
        """Whether the worker reports all of them done, at last."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            done = re.findall(r"Task ([\w.]+)\[\S+\] succeeded", (self.folder / "worker.log").read_text())
            if set(done) >= set(tasks):
                return True
            time.sleep(0.2)
        return False

    @contextmanager
    def database(self):
        """PostgreSQL from the distribution, with the role and database that the image's first start makes."""
        data = self.folder / "postgres"
        data.mkdir()
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            os.chown(data, pwd.getpwnam(user).pw_uid, -1)
            self.folder.chmod(0o711)
        secret = self.environment("postgres")["POSTGRES_PASSWORD"]
        password = self.folder / "password"
        password.write_text(secret)
        password.chmod(0o644)
        initdb = [distribution("initdb"), "-D", data, "-U", "cistor", "-A", "scram-sha-256", f"--pwfile={password}"]
        subprocess.run(initdb, user=user, cwd="/", check=True, capture_output=True)
        address = [
            "-D",
            str(data),
            "-h",
            "127.0.0.1",
            "-p",
            str(self.ports["postgres"]),
            "-k",
            str(data),
            "-c",
            "fsync=off",
        ]
        with self.started("postgres", *address, user=user):
            self.wait_until_well("postgres")
            create = [distribution("createdb"), "-U", "cistor", "cistor"]
            subprocess.run(create, env={**self.environment("postgres"), "PGPASSWORD": secret}, check=True)
            yield

    def certificate(self):
        """A self-signed one where the proxy expects the centre's."""
        command = (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=cis.example"
        )
        target = ["-keyout", "tls.key", "-out", "tls.crt"]
        subprocess.run([*shlex.split(command), *target], cwd=self.folder / "etc", check=True, capture_output=True)

    def proxy_config(self):
        text = (ROOT / "docker/nginx.conf").read_text().replace("/tmp", str(self.folder))  # noqa: S108
        (self.folder / "etc/nginx.conf").write_text(self.here(text))


def programs_missing():
    return [name for name in ("docker-compose", "nginx", "redis-server", "openssl", "curl") if not shutil.which(name)]
