"""One page for the director: acts, changes and readings of one person, newest first; opening it is a reading too."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.accounts.models import User
from cistor.celery import app
from cistor.desk import traces, words
from cistor.documents.kinds import KINDS
from cistor.documents.uploads import KINDS as UPLOADS
from cistor.journal.actions import record, record_reading
from cistor.journal.history import acting
from cistor.journal.models import Reading
from participants.models import Participant
from tests.factories import login, make_group, make_participant, make_programme, mark
from tests.permissions.table import ROWS
from tests.referrals.making import make_application

STARTED = date(2026, 1, 5)
ROOT = Path(__file__).parents[2]
ROOMS = ("cistor", "participants", "referrals", "attendance", "benefits")


@pytest.fixture
def person(centre, director):
    with acting("participants:new", by=director):
        return make_participant(centre, first_name="Kalina", phone="600111222")


def shown(person, kind="") -> list[traces.Trace]:
    return traces.load(traces.of_person(person, kind))


def changes_of(trace) -> dict:
    return {change.label: (change.before, change.after) for change in trace.changes}


def test_a_change_says_who_when_in_which_act_and_what_stood_before(person, payroll):
    with acting("participants:edit", by=payroll):
        Participant.objects.filter(pk=person.pk).update(first_name="Malina")
    trace = shown(person, "zmiany")[0]
    assert (trace.who, trace.what, trace.act) == (str(payroll), "Zmieniono: dane osoby", "zmiana danych")
    assert changes_of(trace) == {"imię": ("Kalina", "Malina")}


def test_encrypted_columns_are_read_plain_before_and_after(person, payroll):
    person.phone, person.street = "600333444", person.street
    with acting("participants:edit", by=payroll):
        person.save()
    assert changes_of(shown(person, "zmiany")[0]) == {"telefon": ("600111222", "600333444")}


def test_a_list_of_codes_is_read_as_a_list(centre, person):
    make_application(centre, participant=person, further_categories=["homeless", "drugs"])
    changes = changes_of(next(trace for trace in shown(person, "zmiany") if "wniosek" in trace.what))
    assert changes["dalsze kategorie"] == ("", "homeless, drugs")


def test_choices_dates_people_and_groups_are_said_in_words(centre, person, instructor, director):
    group = make_group(centre, name="Stolarnia")
    programme = make_programme(person, start_on=STARTED, main=False, by=director)
    person.memberships.create(group=group, start_on=STARTED)
    mark(programme, {STARTED: "unexcused"}, by=instructor)
    day, membership, *_ = shown(person, "zmiany")
    assert changes_of(day)["znaczenie"] == ("", "nieobecność nieusprawiedliwiona")
    assert changes_of(day)["kto oznaczył"] == ("", str(instructor))
    assert changes_of(membership) == {"grupa": ("", "Stolarnia"), "od": ("", "05.01.2026")}


def test_a_deleted_row_shows_what_stood_in_it(person):
    person.payment_methods.all().delete()
    (trace,) = (t for t in shown(person, "zmiany") if t.what == "Usunięto: sposób wypłaty")
    assert changes_of(trace)["sposób wypłaty"] == ("rachunek bankowy", "")


def test_a_change_past_the_program_and_one_by_a_job_name_nobody(centre):
    person = make_participant(centre)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participants_participant SET first_name = 'Wprost' WHERE id = %s", [person.pk])
    with acting("nightly"):
        Participant.objects.filter(pk=person.pk).update(first_name="Nocna")
    changed = {changes_of(t)["imię"][1]: (t.who, t.act) for t in shown(person, "zmiany") if "imię" in changes_of(t)}
    assert changed["Nocna"] == (traces.BACKGROUND, "nightly")
    assert changed["Wprost"] == (traces.OUTSIDE, "")


def test_acts_and_readings_stand_among_the_changes_newest_first(person, director, payroll):
    record(person, "change_participant", by=director)
    record_reading(person, "card", by=payroll)
    record(person, "person_erased", by=None)
    lines = [(trace.kind, trace.who, trace.what) for trace in shown(person)[:3]]
    assert lines == [
        ("czynnosci", traces.BACKGROUND, "Usunięto dane osoby"),
        ("odczyty", str(payroll), "Otwarto kartę"),
        ("czynnosci", str(director), "Zmieniono dane osoby"),
    ]


def test_another_person_leaves_no_trace_here(centre, person, director):
    other = make_participant(centre, first_name="Obca")
    record(other, "change_participant", by=director)
    assert not [trace for trace in shown(person) if "Obca" in str(trace) or trace.kind == "czynnosci"]


def test_every_history_of_a_participant_is_on_the_page(person, director):
    make_programme(person, start_on=STARTED, by=director)
    sources = {source for _, source, _ in traces.of_person(person, "zmiany")}
    assert {"participants.participantevent", "participants.programmeevent", "participants.stageevent"} <= sources
    assert len(traces.histories()) >= len(sources)


# The page ----------------------------------------------------------------------------------------------------------


def test_opening_the_traces_is_a_reading(client, person, director):
    login(client, director)
    assert client.get(f"/slady/{person.pk}/").status_code == 200
    assert Reading.objects.filter(participant=person, by=director, what="traces").count() == 1


def test_the_page_shows_all_three_kinds_and_the_filter_one(client, person, director):
    record(person, "sign_programme", by=director)
    login(client, director)
    everything = client.get(f"/slady/{person.pk}/").content.decode()
    for text in ("Podpisano IPZS", "Otwarto ślady", "Dodano: dane osoby"):
        assert text in everything
    acts = client.get(f"/slady/{person.pk}/?rodzaj=czynnosci").content.decode()
    assert "Podpisano IPZS" in acts
    assert "Otwarto" not in acts
    assert "Dodano: dane osoby" not in acts


@pytest.mark.parametrize(
    "query, status", [("rodzaj=%00", 404), ("rodzaj=inny", 404), ("strona=abc", 200), ("strona=-1", 200)]
)
def test_nonsense_in_the_address_is_404_or_the_first_page(client, person, director, query, status):
    login(client, director)
    assert client.get(f"/slady/{person.pk}/?{query}").status_code == status


def test_the_number_of_queries_does_not_grow_with_the_traces(client, person, director):
    login(client, director)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/slady/{person.pk}/")
        return len(captured)

    record(person, "change_participant", by=director)
    Participant.objects.filter(pk=person.pk).update(first_name="Zmiana")
    queries()
    few = queries()
    for number in range(30):
        with acting("participants:edit", by=director):
            Participant.objects.filter(pk=person.pk).update(first_name=f"Zmiana {number}")
        record(person, "change_participant", by=director)
    assert queries() <= few


def test_own_acts_are_the_administrators_and_nobody_elses(client, admin, director, instructor):
    from cistor.accounts import actions

    actions.deactivate(instructor, by=admin)
    record(make_participant(admin.centre, last_name="Niewidoczna"), "change_participant", by=director)
    login(client, admin)
    page = client.get("/moje-czynnosci/").content.decode()
    assert "Wyłączono konto" in page
    assert str(instructor) in page
    assert "Zmieniono dane osoby" not in page


# The words ---------------------------------------------------------------------------------------------------------


def arguments_of(function: str, position: int) -> set[str]:
    """The literal at that position of every call of the function in the program."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {function, f"_{function}"}:
                    found |= {n.value for n in ast.walk(node.args[position]) if isinstance(n, ast.Constant)}
    return found


def test_every_act_that_is_written_down_has_its_words():
    assert arguments_of("record", 1) | arguments_of("record_many", 1) == set(words.VERBS)


def test_every_reading_that_is_written_down_has_its_words():
    written = arguments_of("record_reading", 1) | arguments_of("record_readings", 2)
    assert written | set(KINDS) | set(UPLOADS) == set(words.READINGS)


def test_every_history_of_a_person_has_its_words():
    labels = {model.pgh_tracked_model._meta.label_lower for model in traces.histories()}
    assert labels == set(words.ROWS)


def test_every_column_on_the_page_has_a_polish_name():
    for model in traces.histories():
        for name, label in traces.shown_columns(model.pgh_tracked_model):
            assert label != name.replace("_", " "), (model, name)


def test_every_page_that_changes_a_persons_rows_is_named():
    deeds = {row.name for row in ROWS if row.post and row.name.split(":")[0] in {"participants", "attendance"}}
    about_groups = {"participants:new_group", "participants:end_lead", "participants:group", "participants:check"}
    assert deeds - about_groups <= set(words.ACTS)
    assert {act for act in words.ACTS if ":" in act} <= {row.name for row in ROWS}


def test_every_job_and_command_that_signs_its_changes_is_named():
    app.loader.import_default_modules()
    jobs = {task.name for task in app.tasks.values() if task.__module__.split(".")[0] in ROOMS}
    assert {act for act in words.ACTS if ":" not in act} == jobs | arguments_of("acting", 0)


def test_a_deputy_of_the_director_sees_no_traces(client, person, director, social_worker):
    User.objects.get(pk=director.pk).stand_ins.create(
        deputy=social_worker, start_on=date(2020, 1, 1), end_on=date(2099, 1, 1)
    )
    login(client, social_worker)
    assert client.get(f"/slady/{person.pk}/").status_code in {302, 403}
