"""Many letters signed in the background: each by itself, none twice, a fault told and no obstacle to the rest."""

from datetime import date

import pytest
from django.urls import reverse

from cistor.documents.models import Document
from cistor.jobs.models import Job
from cistor.notices.actions import letters as acts
from cistor.notices.actions.signing import ask_for_signatures, read_signed
from cistor.notices.models import Letter
from cistor.notices.tasks import sign_many
from tests.factories import make_user
from tests.notices.making import make_letter, make_signed
from tests.referrals.papers import make_letterhead

FRIDAY = date(2026, 3, 6)
TODAY = date(2026, 3, 11)
ROOM, SIGN = reverse("notices:to_sign"), reverse("notices:sign_many")
pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def drafts(centre):
    make_letterhead(centre)
    kinds = (Letter.Kind.ADMISSION_LIST, Letter.Kind.ADMISSION_LIST, Letter.Kind.INSURANCE_TOLD)
    return [make_letter(make_signed(centre, FRIDAY), kind, on=FRIDAY) for kind in kinds]


def done(job: Job) -> Job:
    sign_many(job.pk)
    job.refresh_from_db()
    return job


def read(client) -> list[str]:
    """What the signing room puts down as seen."""
    return client.get(ROOM).context["seen"]


def numbers(drafts) -> list[str]:
    rows = Letter.objects.filter(pk__in=[row.pk for row in drafts], status="signed").order_by("pk")
    return list(rows.values_list("document__number", flat=True))


def test_the_question_names_how_many_and_which_kinds_and_nothing_is_signed_yet(as_user, drafts, director):
    page = as_user(director, TODAY).post(SIGN, {"letters": [row.pk for row in drafts]})
    text = page.content.decode()
    assert "Podpisać 3 pisma?" in text
    assert "Lista osób przyjętych: <b>2</b>" in text
    assert "Informacja o ubezpieczeniu zdrowotnym: <b>1</b>" in text
    assert not Job.objects.exists()


def test_confirmed_every_letter_gets_its_number_and_the_page_says_so(as_user, drafts, director):
    client = as_user(director, TODAY)
    answer = client.post(SIGN, {"letters": [row.pk for row in drafts], "seen": read(client), "confirmed": "1"})
    job = done(Job.objects.get())
    assert answer.url == reverse("jobs:job", args=[job.pk])
    assert (job.done, job.total, job.failure) == (3, 3, "")
    assert numbers(drafts) == ["LP/1/2026", "LP/2/2026", "IU/1/2026"]
    page = client.get(job.file_url).content.decode()
    assert "3 pisma podpisane" in page
    assert "Nie podpisano" not in page


def test_begun_again_the_job_signs_only_what_is_left(drafts, centre, director):
    job = ask_for_signatures(centre=centre, letters=drafts, by=director, on=TODAY)
    acts.sign(drafts[0], by=director, on=TODAY)
    assert read_signed(done(job)).failed == {}
    sign_many(job.pk)
    assert Document.objects.count() == len(drafts)


def test_a_letter_that_cannot_be_signed_is_told_and_stops_no_other(as_user, drafts, centre, director):
    job = ask_for_signatures(centre=centre, letters=drafts, by=director, on=TODAY)
    acts.return_letter(drafts[0], remark="Brakuje osoby.", by=director, on=TODAY)
    found = read_signed(done(job))
    assert found.signed == [drafts[1].pk, drafts[2].pk]
    assert list(found.failed) == [drafts[0].pk]
    page = as_user(director, TODAY).get(job.file_url).content.decode()
    assert "Obecny stan: do poprawy" in page


def test_what_changed_since_it_was_read_is_told_and_stops_no_other(as_user, drafts, director):
    client = as_user(director, TODAY)
    marks = read(client)
    Letter.objects.filter(pk=drafts[0].pk).update(due_on=TODAY)
    page = client.post(SIGN, {"letters": [drafts[0].pk, drafts[2].pk], "seen": marks})
    client.post(SIGN, {"letters": [drafts[0].pk, drafts[2].pk], "seen": page.context["seen"], "confirmed": "1"})
    found = read_signed(done(Job.objects.get()))
    assert found.signed == [drafts[2].pk]
    assert "zmieniło się" in found.failed[drafts[0].pk]


def test_whatever_breaks_one_letter_stops_no_other(drafts, centre, director, caplog):
    job = ask_for_signatures(centre=centre, letters=drafts, by=director, on=TODAY)
    # A list of nobody cannot be drawn.
    drafts[0].people.all().delete()
    found = read_signed(done(job))
    assert found.signed == [drafts[1].pk, drafts[2].pk]
    assert "Nie udało się" in found.failed[drafts[0].pk]
    assert f"Letter {drafts[0].pk} was not signed" in caplog.text


def test_asked_twice_it_is_one_job(drafts, centre, director):
    jobs = {ask_for_signatures(centre=centre, letters=drafts, by=director, on=TODAY).pk for _ in range(2)}
    assert len(jobs) == 1


def test_nothing_ticked_signs_nothing(as_user, drafts, director):
    page = as_user(director, TODAY).post(SIGN, {})
    assert page.status_code == 422
    assert "Zaznacz pisma" in page.content.decode()


def test_what_is_not_a_draft_any_more_is_not_offered_to_be_signed(as_user, drafts, director):
    acts.void(drafts[0], reason="Pomyłka.", by=director, on=TODAY)
    assert as_user(director, TODAY).post(SIGN, {"letters": drafts[0].pk}).status_code == 422


def test_the_result_is_seen_by_who_signed_alone(as_user, drafts, centre, director):
    job = done(ask_for_signatures(centre=centre, letters=drafts[:1], by=director, on=TODAY))
    assert as_user(make_user(centre, "director"), TODAY).get(job.file_url).status_code == 404


def test_nothing_is_ticked_beforehand(as_user, drafts, director):
    text = as_user(director, TODAY).get(ROOM).content.decode()
    assert text.count('type="checkbox" name="letters"') == len(drafts)
    assert "checked" not in text
