"""The pages from which the papers of the referrals are printed."""

from datetime import date

import pytest
from django.urls import reverse

from cistor.desk.erasure import erase
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.journal.models import Reading
from referrals import actions, documents
from tests.factories import login, make_user
from tests.referrals.making import make_application
from tests.referrals.papers import make_letterhead
from tests.referrals.ready import TODAY, make_qualified


@pytest.fixture
def page(client, social_worker):
    return login(client, social_worker)


@pytest.fixture
def application(centre):
    return make_application(centre)


@pytest.fixture
def letterhead(centre):
    return make_letterhead(centre)


def test_a_paper_is_a_file_without_a_name_and_its_reading_is_written_down(client, page, application, letterhead):
    answer = client.get(reverse("referrals:paper", args=[application.pk, "income"]))
    assert answer.content.startswith(b"%PDF")
    number = application.number.replace("/", "-")
    assert answer["Content-Disposition"] == f'attachment; filename="oswiadczenie-o-dochodzie-{number}.pdf"'
    assert Reading.objects.get(what="income").participant_id == application.participant_id
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["refusal_letter", "ranking", "payment_list", "nothing"])
def test_letters_with_a_number_are_issued_by_the_acts_alone(client, page, application, letterhead, kind):
    assert client.get(reverse("referrals:paper", args=[application.pk, kind])).status_code == 404


def test_whoever_is_told_gets_what_to_bring_on_a_working_copy(client, page, centre, letterhead, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    candidacy = make_qualified(centre).candidacies.get()
    text = client.get(reverse("referrals:tell", args=[candidacy.pk])).content.decode()
    link = reverse("referrals:paper", args=[candidacy.application_id, "qualified_letter"])
    assert f'href="{link}"' in text
    assert client.get(link).content.startswith(b"%PDF")
    assert Reading.objects.filter(what="qualified_letter").count() == 1
    assert not Document.objects.exists()


def test_who_stands_in_for_the_director_is_shown_no_letter_to_print(client, centre, director, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    candidacy = make_qualified(centre).candidacies.get()
    deputy = make_user(centre, "payroll")
    director.stand_ins.create(deputy=deputy, start_on=TODAY, end_on=TODAY)
    login(client, deputy)
    text = client.get(reverse("referrals:tell", args=[candidacy.pk])).content.decode()
    assert reverse("referrals:paper", args=[candidacy.application_id, "qualified_letter"]) not in text


@pytest.mark.parametrize("state", ["waiting", "reserve", "declined"])
def test_nobody_else_gets_the_letter_of_the_qualified(client, page, centre, letterhead, state):
    application = make_application(centre, recruitment_state=state)
    assert client.get(reverse("referrals:paper", args=[application.pk, "qualified_letter"])).status_code == 404


def test_without_a_letterhead_the_case_says_so(client, page, application):
    answer = client.get(reverse("referrals:paper", args=[application.pk, "income"]), follow=True)
    assert "Centrum nie ma papieru firmowego" in answer.content.decode()
    assert not Reading.objects.filter(what="income").exists()


def test_an_empty_form_is_about_nobody(client, page, letterhead):
    answer = client.get(reverse("referrals:empty_form", args=["image_consent"]))
    assert answer["Content-Disposition"] == 'attachment; filename="zgoda-na-wykorzystanie-wizerunku.pdf"'
    assert not Reading.objects.exists()
    assert client.get(reverse("referrals:empty_form", args=["payment_list"])).status_code == 404


def test_the_list_of_forms_says_which_the_regulations_ask_for(client, page):
    text = client.get(reverse("referrals:forms")).content.decode()
    assert text.count("/formularze/") >= len(documents.PAPERS)
    asked = {
        form.kind
        for _, forms in client.get(reverse("referrals:forms")).context["groups"]
        for form in forms
        if form.item
    }
    assert asked == {"opinion", "interview", "medical_referral", "monitoring_statement", "safety_card"}


def test_a_case_lists_what_can_be_printed_and_what_was_issued(client, page, application, letterhead, director):
    letter = issue(
        kind="qualified_letter",
        centre=application.centre,
        participant=application.participant,
        context=documents.context("qualified_letter", application, date(2026, 3, 11)),
        by=director,
        on=date(2026, 3, 11),
    )
    text = client.get(reverse("referrals:case", args=[application.pk])).content.decode()
    assert reverse("referrals:paper", args=[application.pk, "interview"]) in text
    assert reverse("documents:download", args=[letter.pk]) in text
    assert f"{letter.title} {letter.number}" in text


def refused(application, director):
    return actions.refuse(application, reason="Prawo do renty.", by=director, on=date(2026, 3, 11))


def issued(client, application) -> list[str]:
    page = client.get(reverse("referrals:case", args=[application.pk]))
    return [row.number for row in page.context["papers"]["issued"]]


def test_a_case_shows_its_own_letters_whatever_came_before_or_after(client, page, application, letterhead, director):
    first = refused(application, director)
    later = make_application(application.centre, participant=application.participant, on=date(2026, 3, 11))
    second = refused(later, director)
    assert issued(client, application) == [first.number]
    assert issued(client, later) == [second.number]


def test_refused_again_the_same_day_the_letter_is_the_last_one(client, page, application, letterhead, director):
    first = refused(application, director)
    actions.reopen(application, by=director, on=date(2026, 3, 11))
    second = refused(application, director)
    assert issued(client, application) == [second.number, first.number]
    shown = client.get(reverse("referrals:case", args=[application.pk])).context["letter"]
    assert shown == second


def test_of_an_erased_person_the_letters_of_the_days_of_the_case_are_left(
    client, page, application, letterhead, director
):
    letter = refused(application, director)
    later = make_application(
        application.centre, participant=application.participant, status="withdrawn", on=date(2026, 4, 1)
    )
    erase(application.participant, by=director, on=date(2032, 1, 5))
    assert issued(client, application) == [letter.number]
    assert issued(client, later) == []
    shown = client.get(reverse("referrals:case", args=[application.pk])).content.decode()
    assert reverse("documents:download", args=[letter.pk]) not in shown
