import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from pgtrigger.migrations import AddTrigger, RemoveTrigger

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


def one_by_one():
    loader = MigrationLoader(None, replace_migrations=False)
    for key, migration in loader.replacements.items():
        loader.graph.remove_replacement_node(key, migration.replaces)
    return loader


def test_a_migration_that_stands_for_others_comes_to_the_same_models():
    assert models(MigrationLoader(None)) == models(one_by_one())


def triggers(loader):
    """What the database itself is told, in the order of the plan; the state of the models does not show it."""
    found = {}
    for key in dict.fromkeys(key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)):
        for operation in flat(loader.graph.nodes[key].operations):
            match operation:
                case CreateModel():
                    of_table = {(operation.name_lower, row.name): row for row in operation.options.get("triggers", ())}
                    found |= {key: row.install_sql for key, row in of_table.items()}
                case AddTrigger():
                    found[operation.model_name, operation.trigger.name] = operation.trigger.install_sql
                case RemoveTrigger():
                    del found[operation.model_name, operation.name]
    return found


def flat(operations):
    for operation in operations:
        yield operation
        yield from flat(getattr(operation, "operations", getattr(operation, "database_operations", ())))


def test_a_migration_that_stands_for_others_leaves_the_same_triggers():
    found = triggers(MigrationLoader(None))
    assert found
    assert found == triggers(one_by_one())
