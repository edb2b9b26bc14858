"""The morning mail: who gets it, what it counts, and that it tells nothing about anybody."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.centres.models import PublicHoliday
from cistor.notices.models import Mail
from cistor.notices.morning import morning_mails
from cistor.notices.tasks import morning_mails as task
from tests.factories import make_participant, make_programme, make_user

# The trial ends on Wednesday the 11th; the list of admitted and the information about the insurance were due long ago.
SIGNED, ON = date(2026, 2, 12), date(2026, 3, 10)


@pytest.fixture
def somebody(centre):
    return make_programme(make_participant(centre, last_name="Niepowtarzalna"), start_on=SIGNED, main=False).participant


@pytest.fixture
def reader(centre):
    return make_user(centre, "social_worker", email="iga@cis.example")


def test_who_has_something_gets_one_mail_that_counts_by_kind_with_links(centre, somebody, reader, settings):
    settings.PUBLIC_URL = "https://cistor.example"
    assert morning_mails(centre, ON) == 1
    mail = Mail.objects.get()
    assert (mail.key, mail.to) == (f"morning:{reader.pk}:2026-03-10", "iga@cis.example")
    assert mail.subject == "Terminy na 10 marca 2026: 2 po terminie, 1 na dziś, 1 w tym tygodniu"
    assert "Po terminie\n– Informacja o ubezpieczeniu zdrowotnym: 1\n" in mail.body
    assert "Na dziś\n– Wniosek o kwalifikację uczestnika: 1\n" in mail.body
    assert "  https://cistor.example/terminy/?rodzaj=qualification_request\n" in mail.body


def test_a_mail_tells_nothing_about_anybody(centre, somebody, reader):
    morning_mails(centre, ON)
    mail = Mail.objects.get()
    for fact in (somebody.last_name, somebody.first_name, somebody.pesel, f"/{somebody.pk}/"):
        assert fact not in f"{mail.subject} {mail.body}"


def test_however_often_the_morning_comes_it_is_told_once(centre, somebody, reader):
    for _ in range(2):
        morning_mails(centre, ON)
    assert Mail.objects.count() == 1
    morning_mails(centre, date(2026, 3, 11))
    assert Mail.objects.count() == 2


def test_one_whose_mail_cannot_be_written_holds_up_nobody_and_is_told_at_the_next_try(centre, somebody, caplog):
    broken, *others = [make_user(centre, "social_worker", email=f"osoba{one}@cis.example") for one in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("""ALTER TABLE notices_mail ADD CONSTRAINT broken CHECK ("to" <> 'osoba0@cis.example')""")
        assert morning_mails(centre, ON) == 2
        assert f"user {broken.pk} was not written" in caplog.text
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE notices_mail DROP CONSTRAINT broken")
    morning_mails(centre, ON)
    assert {row.to for row in Mail.objects.all()} == {user.email for user in (broken, *others)}
    assert Mail.objects.count() == 3


def test_the_deadlines_of_a_centre_are_read_once_for_all_its_people(centre, somebody, reader):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            morning_mails(centre, ON)
        counts.append(len(queries))
        Mail.objects.all().delete()
        for one in range(3):
            make_user(centre, "social_worker", email=f"nowa{number}{one}@cis.example")
    per_person = (counts[1] - counts[0]) / 3
    assert per_person < 10 < counts[0]


@pytest.mark.parametrize("facts", [{"email": ""}, {"is_active": False}, {"roles": ["admin"]}], ids=str)
def test_no_mail_without_an_address_an_account_or_a_deadline(centre, somebody, reader, facts):
    type(reader).objects.filter(pk=reader.pk).update(**facts)
    assert morning_mails(centre, ON) == 0
    assert not Mail.objects.exists()


def test_another_centre_and_a_day_off_are_silent(centre, other_centre, somebody, reader, outsider):
    type(outsider).objects.filter(pk=outsider.pk).update(email="obcy@cis.example")
    assert morning_mails(other_centre, ON) == 0
    PublicHoliday.objects.create(on=ON, name="Jednorazowe święto", source="ustawa")
    assert morning_mails(centre, ON) == 0
    assert morning_mails(centre, date(2026, 3, 14)) == 0


def test_the_office_is_told_of_its_own_cases_only(centre, somebody):
    office = centre.offices.get(kind="welfare")
    head = make_user(None, "welfare_head", office=office, email="dyrektor@mopr.example")
    stranger = centre.offices.create(kind="welfare", name="Inny ośrodek", short_name="Inny")
    make_user(None, "welfare_head", office=stranger, email="obcy@ops.example")
    somebody.programmes.update(office=office)
    morning_mails(centre, ON)
    assert Mail.objects.get().to == head.email


def test_without_a_mail_server_no_mail_is_written(centre, somebody, reader, settings, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    task()
    assert not Mail.objects.exists()
    settings.EMAIL_HOST = "mail.example"
    task()
    assert Mail.objects.get().to == reader.email
