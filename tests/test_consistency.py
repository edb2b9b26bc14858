"""What holds for every model, walked over all of them: the path to the centre, the history, what stays as issued."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection, models
from pghistory.models import Event

from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.crypto import EncryptedField
from cistor.triggers import Frozen
from participants.models import Participant

ROOMS = (
    "journal",
    "jobs",
    "accounts",
    "centres",
    "documents",
    "participants",
    "referrals",
    "attendance",
    "benefits",
    "notices",
    "desk",
    "cistor",
)

# Above the centres: the law is the same for everybody.
SHARED = {"centres.StatutoryRate", "centres.StatutoryWording", "centres.PublicHoliday"}
# Neither tracked nor final, each for a reason.
WITHOUT_HISTORY = {
    "journal.UsedToken",  # written once, read by nobody
    "notices.Mail",  # an outbox; that a letter went out stands in its dispatch
    "jobs.Job",  # a tool of the day; what it made is in the journal
    "documents.Sequence",  # a counter; the documents are its history
    "benefits.Problem",  # what the last run of a draft found; made anew by each run
}
# Written in drafts by the thousand and frozen with their list: then they are their own history.
FROZEN_WITH_THEIR_LIST = {
    "benefits.Recovery",
    "benefits.Settlement",
    "benefits.Line",
    "benefits.Taken",
    "benefits.RefundItem",
}


def ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not issubclass(model, Event) and not model._meta.auto_created
    ]


def tracked() -> dict[type[models.Model], type[Event]]:
    return {model.pgh_tracked_model: model for model in apps.get_models() if issubclass(model, Event)}


EVERY_MODEL = pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
EVERY_TRACKED = pytest.mark.parametrize("model, events", tracked().items(), ids=lambda model: model._meta.label)


def frozen(model) -> list[Frozen]:
    return [trigger for trigger in getattr(model._meta, "triggers", ()) if isinstance(trigger, Frozen)]


def end_of(model: type[models.Model], path: str) -> type[models.Model]:
    """The model at the end of a `__` path of foreign keys."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        assert isinstance(field, models.ForeignKey), f"{model._meta.label}.{name} is no foreign key"
        model = field.related_model
    return model


@EVERY_MODEL
def test_every_model_has_one_path_to_its_centre_or_is_shared(model):
    if model._meta.label in SHARED:
        assert model.centre_path is None
    elif model.centre_path == "pk":
        assert model is Centre
    else:
        assert end_of(model, model.centre_path) is Centre


@EVERY_MODEL
def test_every_model_about_a_participant_has_the_path(model):
    path = getattr(model, "participant_path", None)
    if path == "pk":
        assert model is Participant
    elif path:
        assert end_of(model, path) is Participant
    else:
        about = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and getattr(field.related_model, "participant_path", None)
        ]
        # One paper may be about many: a payment list names its document, the document its one participant or none.
        assert about in ([], ["document"])


@EVERY_MODEL
def test_every_model_has_a_history_or_is_final(model):
    final = any(trigger.name == "append_only" for trigger in frozen(model))
    label = model._meta.label
    exempt = label in WITHOUT_HISTORY | FROZEN_WITH_THEIR_LIST
    assert (model in tracked()) + final + exempt == 1


@pytest.mark.parametrize("label", sorted(FROZEN_WITH_THEIR_LIST))
def test_what_is_frozen_with_its_list_takes_no_rows_afterwards(label):
    (trigger,) = frozen(apps.get_model(label))
    assert str(trigger.operation) == "INSERT OR UPDATE OR DELETE"


@EVERY_TRACKED
def test_the_history_notes_inserts_updates_and_deletes_and_never_changes(model, events):
    labels = {tracker.label for tracker in events.pgh_trackers}
    assert labels == {"insert", "update", "delete"}
    assert [str(t.operation) for t in events._meta.triggers if isinstance(t, pgtrigger.Protect)] == ["UPDATE OR DELETE"]


@EVERY_TRACKED
def test_an_encrypted_column_is_encrypted_in_the_history_too(model, events):
    for field in model._meta.fields:
        if isinstance(field, EncryptedField):
            assert isinstance(events._meta.get_field(field.name), EncryptedField), field.name


@EVERY_TRACKED
def test_the_history_of_a_participants_rows_is_found_along_the_same_path(model, events):
    path = getattr(model, "participant_path", None)
    if path and path != "pk":
        assert end_of(events, path) is Participant


@EVERY_MODEL
def test_a_row_that_names_a_person_keeps_the_person(model):
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and field.related_model in {User, Participant}:
            assert field.remote_field.on_delete is models.PROTECT, field.name


def test_the_database_has_every_trigger_of_the_models(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        present = {(table.strip('"'), name) for table, name in cursor.fetchall()}
    wanted = {(model._meta.db_table, trigger.get_pgid(model)) for model, trigger in pgtrigger.registered()}
    assert wanted <= present
    assert len(wanted) > len(ours())
