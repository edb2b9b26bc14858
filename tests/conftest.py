import gc
import os
import signal
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path

import django
import hypothesis
import pytest

from tests import database

os.environ["CISTOR_ENV"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cistor.settings")

# The walks make accounts by the dozen and check no password.
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# They take a minute and more: begun first, none of them is left to one process at the end.
LONG = (
    "test_bad_input.py",
    "test_permissions.py",
    "demo/test_demo_data.py",
    "demo/test_other_days.py",
    "referrals/test_office_walls.py",
    "house/test_demo.py",
    "browser/test_every_page.py",
)

hypothesis.settings.register_profile("cistor", deadline=None)
hypothesis.settings.load_profile("cistor")


def pytest_configure(config):
    """Starts the embedded database unless DATABASE_URL names another, then Django, whose settings read the address."""
    # A terminated run ends like an interrupted one, so that it stops its servers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if "DATABASE_URL" not in os.environ:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        stack.enter_context(database.embedded())
    django.setup()
    database.quicken_flush()


def pytest_collection_modifyitems(items):
    tests = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(tests).as_posix() not in LONG)


def pytest_collection_finish():
    """Objects come and go by the million, hardly any in a circle; looking for those took a tenth of the run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """The database of the tests is a copy of one that is migrated once, not migrated anew in every process."""
    from django.db import connection

    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = database.template()


# The people of one centre, and an outsider from another. The factories import models, which wait for django.setup().


@pytest.fixture
def centre(db):
    from tests.factories import make_centre

    return make_centre("cistor")


@pytest.fixture
def other_centre(db):
    from tests.factories import make_centre

    return make_centre("rzyszczewo")


def _staff(role: str):
    @pytest.fixture(name=role)
    def member(centre):
        from tests.factories import make_user

        return make_user(centre, role)

    return member


director, payroll, instructor = _staff("director"), _staff("payroll"), _staff("instructor")
social_worker, admin = _staff("social_worker"), _staff("admin")


@pytest.fixture
def outsider(other_centre):
    """Holds every role of the staff, in another centre."""
    from tests.factories import make_user

    return make_user(other_centre, "instructor", "social_worker", "payroll", "director", "admin")


def _make_world():
    from tests.permissions.world import World

    return World("cistor", foreign=World("rzyszczewo"))


@pytest.fixture(scope="module")
def lasting_world(django_db_setup, django_db_blocker):
    """For a file whose tests all begin with `world`: made once, in a transaction that lasts to the end of the file, its
    people signed in."""
    from django.db import transaction
    from django.test import override_settings

    from tests.permissions.table import sign_in

    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
            made = _make_world()
            sign_in(made.everybody, *made.people.values())
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(request, db, settings, tmp_path, monkeypatch):
    """Two centres for the walks over all URLs, on a day in March 2026."""
    from tests.permissions.world import TODAY

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    if "lasting_world" in request.fixturenames:
        return deepcopy(request.getfixturevalue("lasting_world"))
    return _make_world()


@pytest.fixture
def prompt_worker(monkeypatch):
    """What a request has queued is done before the next one; no broker and no second process take part."""
    from celery import current_app
    from django.test import Client, TestCase

    request = Client.request

    def answered(self, **environment):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return request(self, **environment)

    def done(name, arguments, **options):
        current_app.loader.import_default_modules()
        current_app.tasks[name].apply(arguments, throw=True)

    monkeypatch.setattr(Client, "request", answered)
    monkeypatch.setattr(current_app, "send_task", done)
