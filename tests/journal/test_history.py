"""Every change of a row leaves its trace, however it was written, with the user and the act."""

import pytest
from celery import shared_task
from django.db import DatabaseError, connection, transaction

from cistor.accounts import actions
from cistor.accounts.models import User, UserEvent
from cistor.journal.history import acting
from cistor.triggers import passing
from participants.models import Participant, ParticipantEvent
from tests.factories import login, make_participant, make_user

FIELDS = {"first_name": "Iga", "last_name": "Zmieniona", "email": "", "roles": ["payroll"], "superior": ""}


def last(model, obj):
    return model.objects.filter(pgh_obj_id=obj.pk).order_by("-pgh_id").select_related("pgh_context").first()


def test_a_bulk_update_leaves_one_event_a_row(centre):
    people = [make_participant(centre) for _ in range(3)]
    Participant.objects.filter(centre=centre).update(last_name="Hurtowa")
    events = ParticipantEvent.objects.filter(pgh_label="update", last_name="Hurtowa")
    assert sorted(events.values_list("pgh_obj_id", flat=True)) == sorted(person.pk for person in people)


def test_raw_sql_leaves_its_trace(centre):
    person = make_participant(centre)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participants_participant SET last_name = 'Wprost' WHERE id = %s", [person.pk])
    assert last(ParticipantEvent, person).last_name == "Wprost"


def test_a_bulk_insert_and_a_bulk_delete_leave_their_traces(centre):
    rows = [User(username=f"u{n}", first_name="U", last_name="X", roles=[], centre=centre) for n in range(3)]
    User.objects.bulk_create(rows)
    User.objects.filter(last_name="X").delete()
    labels = list(UserEvent.objects.filter(last_name="X").order_by("pgh_id").values_list("pgh_label", flat=True))
    assert labels == ["insert"] * 3 + ["delete"] * 3


def test_an_update_that_changes_nothing_leaves_none(centre):
    user = make_user(centre, "payroll")
    before = UserEvent.objects.count()
    User.objects.filter(pk=user.pk).update(first_name=user.first_name)
    assert UserEvent.objects.count() == before


def test_a_change_in_a_request_carries_the_user_and_the_act(client, admin, instructor):
    login(client, admin)
    client.post(f"/konto/osoby/{instructor.pk}/", FIELDS)
    event = last(UserEvent, instructor)
    assert event.last_name == "Zmieniona"
    assert event.pgh_context.metadata == {"user": admin.pk, "act": "accounts:user"}


def test_raw_sql_in_a_request_carries_them_too(rf, admin, instructor):
    from types import SimpleNamespace

    from cistor.journal.middleware import HistoryContext

    def view(request):
        middleware.process_view(request, view, (), {})
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET email = 'x@example.org' WHERE id = %s", [instructor.pk])

    middleware = HistoryContext(view)
    request = rf.post("/")
    request.user, request.resolver_match = admin, SimpleNamespace(view_name="accounts:user")
    middleware(request)
    assert last(UserEvent, instructor).pgh_context.metadata == {"user": admin.pk, "act": "accounts:user"}


def test_two_requests_never_share_a_context(client, admin, instructor, payroll):
    login(client, admin)
    for person in (instructor, payroll):
        client.post(f"/konto/osoby/{person.pk}/", FIELDS)
    assert last(UserEvent, instructor).pgh_context_id != last(UserEvent, payroll).pgh_context_id


def test_a_change_outside_a_request_has_no_user(instructor):
    User.objects.filter(pk=instructor.pk).update(email="x@example.org")
    assert last(UserEvent, instructor).pgh_context is None


def test_a_command_signs_with_its_act(instructor):
    with acting("demo_data"):
        User.objects.filter(pk=instructor.pk).update(email="x@example.org")
    assert last(UserEvent, instructor).pgh_context.metadata == {"act": "demo_data"}


def test_an_act_inside_a_request_does_not_take_the_user_away(admin, instructor):
    with acting("outer", by=admin), acting("inner"):
        User.objects.filter(pk=instructor.pk).update(email="x@example.org")
    assert last(UserEvent, instructor).pgh_context.metadata == {"user": admin.pk, "act": "inner"}


def test_a_job_signs_with_its_name(instructor):
    @shared_task(name="tests.rename")
    def rename(pk):
        User.objects.filter(pk=pk).update(last_name="Nocna")

    rename.apply(args=[instructor.pk], throw=True)
    assert last(UserEvent, instructor).pgh_context.metadata == {"act": "tests.rename"}


def test_the_history_of_an_account_holds_no_password(instructor, admin):
    actions.set_password(instructor, "zupełnie-inne-1", by=admin)
    names = {field.name for field in UserEvent._meta.get_fields()}
    assert "password" not in names
    assert "last_login" not in names


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_userevent SET last_name = 'Inna'",
        "DELETE FROM accounts_userevent",
    ],
)
def test_the_history_itself_never_changes(instructor, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_rotation_of_keys_leaves_no_trace_of_its_own(centre):
    person = make_participant(centre)
    before = ParticipantEvent.objects.count()
    with passing("rotation"):
        person.save()
    assert ParticipantEvent.objects.count() == before
