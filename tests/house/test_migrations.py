import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

OWN = [app for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR / "cistor")] + [
    app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR
]
OWN_WITH_MODELS = [app.label for app in OWN if list(app.get_models())]


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("label", OWN_WITH_MODELS)
def test_every_app_has_one_last_migration(label):
    assert len(MigrationLoader(None).graph.leaf_nodes(label)) == 1


def test_every_migration_has_a_name_that_says_what_it_does():
    names = [name for label, name in MigrationLoader(None).disk_migrations if label in OWN_WITH_MODELS]
    assert names
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z]\w+", name) or "_auto_" in name] == []


def models(loader):
    state = loader.project_state()
    deconstruct = MigrationAutodetector(state, state).deep_deconstruct
    return {key: deconstruct([model.fields, model.options]) for key, model in state.models.items()}


def test_a_migration_that_stands_for_others_comes_to_the_same_models():
    one_by_one = MigrationLoader(None, replace_migrations=False)
    for key, migration in one_by_one.replacements.items():
        one_by_one.graph.remove_replacement_node(key, migration.replaces)
    assert models(MigrationLoader(None)) == models(one_by_one)
