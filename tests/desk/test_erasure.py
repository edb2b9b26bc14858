from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField
from django.urls import reverse

from attendance.models import LeaveRequest
from benefits.models import Payment, PaymentList, Settlement
from cistor.crypto import EncryptedField
from cistor.desk.erasure import erase, personal_models
from cistor.documents import files
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.journal.actions import record
from cistor.journal.models import Entry
from participants.models import Participant
from tests.factories import end, login, make_participant, make_programme

pytestmark = pytest.mark.django_db
SECRETS = ("Znikająca", "znikajaca", "Bogna")


@pytest.fixture
def person(centre, director):
    person = make_participant(centre, first_name="Bogna", last_name="Znikająca")
    Participant.objects.filter(pk=person.pk).update(city="Łomża")
    record(person, "change_participant", by=director, name="Znikająca")
    programme = make_programme(person, start_on=date(2026, 3, 1))
    end(programme, ended_on=date(2026, 3, 31))
    listed = PaymentList.objects.create(
        centre=centre, kind="trial", payday=date(2026, 4, 1), prepared_by=director, prepared_on=date(2026, 3, 31)
    )
    settlement = Settlement.objects.create(
        payment_list=listed,
        programme=programme,
        span="trial",
        start_on=date(2026, 3, 1),
        end_on=date(2026, 3, 31),
        benefit=Decimal("861.00"),
        tax=Decimal("103.00"),
        net=Decimal("758.00"),
        inputs={},
        person={"name": "Znikająca Bogna"},
        account=person.payment_methods.get().nrb,
    )
    approve(listed)
    Payment.objects.create(settlement=settlement, kind="paid", on=date(2026, 4, 1), amount=Decimal("758.00"))
    return person


def approve(listed):
    """As the act leaves it, without the document: only the freezing matters here."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE benefits_paymentlist DROP CONSTRAINT payment_list_approval_complete")
        cursor.execute("UPDATE benefits_paymentlist SET status = 'approved' WHERE id = %s", [listed.pk])


def everything() -> str:
    """Every row of every table as text, encrypted columns read."""
    rows = []
    for model in (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy):
        rows += [str(list(row.values())) for row in model._base_manager.values()]
    return "\n".join(rows)


def test_nothing_of_the_person_is_left_but_amounts_and_days_are(person, director):
    account = person.payment_methods.get().nrb
    assert all(secret in everything() for secret in (*SECRETS, person.pesel, account))
    erase(person, by=director, on=date(2032, 1, 5))
    left = everything()
    assert not [secret for secret in (*SECRETS, person.pesel, account, person.phone, person.street) if secret in left]
    settlement = Settlement.objects.get()
    assert (settlement.benefit, settlement.net, settlement.payments.get().amount) == (
        Decimal("861.00"),
        Decimal("758.00"),
        Decimal("758.00"),
    )
    assert Participant.objects.get().birth_on == date(1980, 1, 1)
    assert Entry.objects.filter(verb="person_erased", by=director).count() == 1


def test_another_person_is_left_alone(centre, person, director):
    other = make_participant(centre, last_name="Zostająca")
    erase(person, by=director, on=date(2032, 1, 5))
    other.refresh_from_db()
    assert (other.last_name, other.city) == ("Zostająca", "Toruń")


def test_a_finished_file_that_names_the_person_goes(
    client, settings, tmp_path, centre, person, director, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    day, data = date(2026, 3, 31), {"month": "2026-03-01", "filled": True, "groups": []}
    job = jobs.start("attendance_sheets", "Listy", centre=centre, by=director, on=day, data=data, total=1)
    jobs.carry_out(job.pk, lambda job: jobs.Result(files.store("Znikająca".encode()), "listy.pdf", [person.pk]))
    login(client, director)
    url = reverse("attendance:sheets_file", args=[job.pk])
    assert client.get(url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, by=director, on=date(2032, 1, 5))
    assert client.get(url).status_code == 404
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_who_is_still_in_a_programme_is_not_erased(centre, director):
    somebody = make_participant(centre)
    make_programme(somebody, start_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="trwa"):
        erase(somebody, by=director, on=date(2026, 11, 5))


def test_who_is_still_owed_days_is_not_erased(centre, director):
    somebody = make_participant(centre)
    end(make_programme(somebody, start_on=date(2026, 3, 1), main=False), ended_on=date(2026, 3, 13))
    with pytest.raises(Refused, match="na żadnej liście"):
        erase(somebody, by=director, on=date(2026, 3, 20))
    assert Participant.objects.get(pk=somebody.pk).erased_on is None


def test_nobody_is_erased_while_free_days_wait_for_a_decision(person, director):
    asked = {"asked_by": director, "asked_on": date(2026, 3, 2), "filed_on": date(2026, 3, 2)}
    row = LeaveRequest.objects.create(programme=person.programmes.get(), **asked)
    with pytest.raises(Refused, match="czeka wniosek o dni wolne tej osoby"):
        erase(person, by=director, on=date(2032, 1, 5))
    row.withdrawn_on = date(2026, 4, 1)
    row.save()
    erase(person, by=director, on=date(2032, 1, 5))


def test_nobody_is_erased_twice(person, director):
    erase(person, by=director, on=date(2032, 1, 5))
    with pytest.raises(Refused, match="5 stycznia 2032"):
        erase(person, by=director, on=date(2032, 1, 6))


def test_every_encrypted_column_that_leads_to_a_person_is_erased():
    """A new sensitive column must say what becomes of it."""
    kept = {"inputs", "computed"}  # of a settlement: marks, settings and lines, nothing that names anybody
    for model in apps.get_models():
        source = getattr(model, "pgh_tracked_model", model)
        if getattr(source, "participant_path", None):
            encrypted = {f.name for f in model._meta.concrete_fields if isinstance(f, EncryptedField)} - kept
            assert encrypted <= set(getattr(source, "without_person", {})), model


EVENTS = {model.pgh_event_model for model in apps.get_models() if hasattr(model, "pgh_event_model")}
# Words that say nothing of the person: what a thing is filed under, whose the paper is, where the law says so.
HARMLESS = {
    "attendance": {"by_hand", "code", "device", "source", "place", "role"},
    "benefits": {"because", "checksum", "city", "code", "computed", "inputs", "postal_code", "reference", "source"}
    | {"span", "text", "title_code"},
    "documents": {"kind", "mime", "number", "sha256", "title"},
    "journal": {"object_kind", "verb", "what"},
    "notices": {"due_source", "error", "key", "kind", "number", "subject", "to"},
    "participants": {"code", "due_source"},
    "referrals": {"author", "category", "due_source", "number", "receipt_due_source"},
}


def test_every_column_of_free_words_about_a_person_is_erased_or_known_to_be_harmless():
    for model in apps.get_models():
        if getattr(model, "participant_path", None) and model not in EVENTS:
            fields = [f for f in model._meta.concrete_fields if type(f) in (CharField, TextField) and not f.choices]
            left = {f.name for f in fields} - set(getattr(model, "without_person", {}))
            assert left <= HARMLESS[model._meta.app_label], (model, left)


def test_histories_are_erased_with_their_rows():
    erased = set(personal_models())
    assert Participant in erased
    assert Participant.pgh_event_model in erased


def test_the_director_erases_on_screen_by_naming_the_person(client, person, director, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2032, 1, 5))
    login(client, director)
    url = reverse("desk:erase", args=[person.pk])
    assert client.post(url, {"last_name": "Kowal"}).status_code == 422
    assert Participant.objects.get().last_name == "Znikająca"
    assert client.post(url, {"last_name": "znikająca"}).status_code == 302
    assert Participant.objects.get().last_name == "Dane"
    assert "Znikająca" not in client.get(reverse("desk:traces", args=[person.pk])).content.decode()


def test_a_refusal_is_said_on_the_page(client, centre, director, monkeypatch):
    today = date(2026, 3, 11)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today)
    somebody = make_participant(centre, last_name="Trwająca")
    make_programme(somebody, start_on=today)
    login(client, director)
    response = client.post(reverse("desk:erase", args=[somebody.pk]), {"last_name": "Trwająca"})
    assert response.status_code == 422
    assert "Program tej osoby trwa" in response.content.decode()
