from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from benefits.models import PaymentList, Settlement
from cistor.crypto import search_key
from cistor.desk import keys
from cistor.journal.actions import record
from cistor.journal.models import Entry
from participants.models import Participant, PaymentMethod
from tests.factories import make_participant, make_programme

pytestmark = pytest.mark.django_db


def tokens() -> dict[str, list[str]]:
    """Everything encrypted in the database, by table and column, as it lies there."""
    stored = {}
    with connection.cursor() as cursor:
        for model in keys.encrypted_models():
            for column in keys.encrypted_columns(model):
                cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE "{column}" > \'\'')
                stored[f"{model._meta.db_table}.{column}"] = [row[0] for row in cursor.fetchall()]
    return stored


@pytest.fixture
def person(centre, director, payroll):
    person = make_participant(centre, last_name="Wymyślna", phone="600700800")
    Participant.objects.filter(pk=person.pk).update(city="Łomża")  # a bulk change leaves a trace in the history
    record(person, "card_changed", by=director, phone="600700800")
    programme = make_programme(person, start_on=date(2026, 3, 1))
    listed = PaymentList.objects.create(
        centre=centre, kind="trial", payday=date(2026, 4, 1), prepared_by=payroll, prepared_on=date(2026, 3, 31)
    )
    Settlement.objects.create(
        payment_list=listed,
        programme=programme,
        span="trial",
        start_on=date(2026, 3, 1),
        end_on=date(2026, 3, 31),
        inputs={"marks": {}},
        person={"name": "Wymyślna Kalina"},
        account=person.payment_methods.get().nrb,
    )
    return person


def test_after_the_rotation_the_old_key_reads_nothing_and_the_new_one_all(person, settings):
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    nrb = person.payment_methods.get().nrb
    settings.FIELD_KEYS = [new, old]
    keys.rotate()
    settings.FIELD_KEYS = [new]
    stored = tokens()
    assert len(stored["participants_participantevent.pesel"]) == 2
    for token in (token for column in stored.values() for token in column):
        assert Fernet(new).decrypt(token.encode())
    assert Participant.objects.get(pk=person.pk).phone == "600700800"
    assert PaymentMethod.objects.get(participant=person).nrb == nrb
    assert Settlement.objects.get().person == {"name": "Wymyślna Kalina"}


def test_a_second_rotation_rewrites_nothing(person, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert sum(keys.rotate().values()) > 0
    before = tokens()
    # The entry of the first rotation is itself written with the new key.
    assert keys.rotate() == {}
    assert all(set(column) <= set(tokens()[name]) for name, column in before.items())


def test_a_new_search_key_finds_again_after_the_rotation(person, settings):
    settings.SEARCH_KEY = "another-search-key-for-this-test-only-0123456789"
    assert not Participant.objects.with_pesel(person.pesel).exists()
    keys.rotate()
    assert Participant.objects.with_pesel(person.pesel).get() == person
    assert Participant.objects.get(pk=person.pk).pesel_key == search_key("pesel", person.pesel)


def test_the_rotation_is_journalled_and_leaves_no_history_of_its_own(person, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    events = Participant.pgh_event_model.objects.count()
    keys.rotate()
    assert Participant.pgh_event_model.objects.count() == events
    assert Entry.objects.get(verb="keys_rotated").data["participants_participant"] == 1
