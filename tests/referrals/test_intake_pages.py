"""From the search to the number, in the browser's words."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.documents.models import Document, Upload
from cistor.journal.models import Entry, Reading
from participants.models import Participant
from referrals.models import Application
from tests.documents.brought import PDF, make_upload
from tests.factories import end, login, make_participant, make_programme, pesel
from tests.referrals.making import make_application
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)
BORN = date(1984, 5, 17)
ASKED = {"last_name": "Rzepa", "first_name": "Wera", "pesel": pesel(BORN)}
CHECK, NEW = reverse("referrals:check"), reverse("referrals:new_person")
SAID = {
    "applied_on": "2026-03-11",
    "applicant": "person",
    "applicant_name": "",
    "consent_on": "",
    "category": "long_term_unemployed",
    "further_categories": ["homeless"],
    "registered_at_pup": "tak",
    "reason": "Bez pracy od trzech lat.",
    "aim": "Powrót do pracy.",
    "stay_address": "",
    "correspondence_address": "",
    "office": "",
}


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def worker(client, social_worker):
    login(client, social_worker)
    return client


def at(name, obj) -> str:
    return reverse(f"referrals:{name}", args=[obj.pk])


# Who is it ------------------------------------------------------------------------------------------------------------


def test_who_sounds_alike_or_was_born_that_day_is_shown_with_everything_that_was_before(worker, centre):
    alike = make_participant(centre, last_name="Żepa", first_name="Wera")
    renamed = make_participant(
        centre,
        last_name="Kwiatek",
        first_name="Wera",
        birth_on=BORN,
        pesel="",
        document_kind="passport",
        document_number="AB12",
    )
    end(make_programme(alike, start_on=date(2024, 1, 8)), ended_on=date(2024, 5, 31), kind="job")
    earlier = make_application(centre, participant=renamed, status="withdrawn", on=date(2025, 2, 3))
    answer = worker.post(CHECK, ASKED)
    assert {person.pk for person in answer.context["found"]} == {alike.pk, renamed.pk}
    html = answer.content.decode()
    assert "08.01.2024–31.05.2024: podjęcie zatrudnienia" in html
    assert at("case", earlier) in html
    assert at("begin", alike) in html
    assert worker.post(CHECK, {**ASKED, "other": "1"}).url == NEW


def test_the_pesel_proves_it_and_leaves_nobody_else_to_choose(worker, centre):
    known = make_participant(centre, pesel=ASKED["pesel"], birth_on=BORN)
    make_participant(centre, last_name="Rzepa")
    answer = worker.post(CHECK, {**ASKED, "other": "1"})
    assert answer.context["found"] == [known]
    assert "To ktoś inny" not in answer.content.decode()


def test_whose_application_goes_on_is_led_to_it_and_begins_no_second(worker, centre):
    known = make_participant(centre, pesel=ASKED["pesel"], birth_on=BORN)
    first = make_application(centre, participant=known)
    html = worker.post(CHECK, ASKED).content.decode()
    assert at("case", first) in html
    assert at("begin", known) not in html


def test_the_erased_and_another_centres_people_are_not_found(worker, centre, other_centre):
    make_participant(other_centre, pesel=ASKED["pesel"], birth_on=BORN)
    gone = make_participant(centre, birth_on=date(1984, 1, 1), pesel=pesel(date(1984, 1, 1)))
    Participant.objects.filter(pk=gone.pk).update(erased_on=TODAY, name_key="", sound_key="", pesel_key="")
    assert worker.post(CHECK, ASKED).url == NEW
    assert worker.post(CHECK, {**ASKED, "pesel": "", "birth_on": "1984-01-01"}).url == NEW


def test_the_search_takes_the_same_queries_for_one_as_for_ten(worker, centre):
    def searched() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            answer = worker.post(CHECK, {**ASKED, "pesel": ""})
        return len(answer.context["found"]), len(queries)

    def known():
        person = make_participant(centre, last_name="Rzepa", first_name="Wera")
        end(make_programme(person, start_on=date(2024, 1, 8)), ended_on=date(2024, 5, 31))
        make_application(centre, participant=person)

    known()
    found, queries = searched()
    assert found == 1
    for _ in range(9):
        known()
    assert searched() == (10, queries)


# The draft ------------------------------------------------------------------------------------------------------------


def test_somebody_new_gets_card_and_draft_in_one_act(worker, social_worker):
    worker.post(CHECK, ASKED)
    form = worker.get(NEW).context["form"]
    assert (form["pesel"].value(), form["birth_on"].value()) == (ASKED["pesel"], str(BORN))
    answer = worker.post(NEW, {**ASKED, "token": "a"})
    application = Application.objects.get()
    assert answer.url == at("edit", application)
    assert (application.participant.last_name, application.begun_by) == ("Rzepa", social_worker)


def test_somebody_new_with_a_known_document_is_led_to_the_card_and_nothing_is_lost(worker, centre):
    known = make_participant(centre, pesel=ASKED["pesel"], birth_on=BORN)
    answer = worker.post(NEW, {**ASKED, "token": "a", "city": "Toruń"})
    assert answer.status_code == 422
    assert at("begin", known) in answer.content.decode()
    assert answer.context["form"]["city"].value() == "Toruń"
    assert not Application.objects.exists()


def test_a_page_sent_twice_makes_one_card_and_one_draft(worker):
    for _ in range(2):
        worker.post(NEW, {**ASKED, "token": "a"})
    assert (Participant.objects.count(), Application.objects.count()) == (1, 1)


def test_an_application_is_begun_from_the_card_and_only_once(worker, centre):
    person = make_participant(centre)
    assert at("begin", person) in worker.get(f"/uczestnicy/{person.pk}/").content.decode()
    first = worker.post(at("begin", person), {"token": "a"})
    application = person.applications.get()
    assert first.url == at("edit", application)
    assert worker.post(at("begin", person), {"token": "a"}).url == at("person", person)
    again = worker.post(at("begin", person), {"token": "b"})
    assert again.status_code == 422
    assert at("case", application) in again.content.decode()
    assert person.applications.count() == 1


@pytest.fixture
def draft(centre):
    return make_application(
        centre, status="draft", **dict.fromkeys(("applicant", "category", "reason", "aim"), ""), registered_at_pup=None
    )


def test_a_draft_is_saved_empty_and_whole(worker, draft):
    assert worker.post(at("edit", draft), {"token": "a"}).url == at("edit", draft)
    worker.post(at("edit", draft), SAID)
    draft.refresh_from_db()
    assert (draft.category, draft.further_categories, draft.registered_at_pup) == (
        "long_term_unemployed",
        ["homeless"],
        True,
    )
    assert (draft.applied_on, draft.reason) == (TODAY, SAID["reason"])


WRONG = [
    ({"applied_on": "31.02.2026"}, "applied_on"),
    ({"applied_on": "2026-03-12"}, "applied_on"),
    ({"consent_on": "jutro"}, "consent_on"),
    ({"applicant": "kot"}, "applicant"),
    ({"applicant": "pup", "category": "disabled"}, "applicant"),
    ({"category": "kot"}, "category"),
    ({"further_categories": ["long_term_unemployed"]}, "further_categories"),
    ({"registered_at_pup": "może"}, "registered_at_pup"),
    ({"reason": "ż" * 5_000}, "reason"),
    ({"aim": "C\0el"}, "aim"),
    ({"office": "999999"}, "office"),
]


@pytest.mark.parametrize("over, field", WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(worker, draft, over, field):
    answer = worker.post(at("edit", draft), {**SAID, **over})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    typed = {name: value for name, value in SAID.items() if name not in over}
    assert {name: form[name].value() for name in typed} == typed
    draft.refresh_from_db()
    assert draft.reason == ""


def test_the_categories_are_worded_as_on_the_day_just_typed(worker, draft):
    now = worker.get(at("edit", draft)).content.decode()
    then = worker.post(at("edit", draft), {**SAID, "applied_on": "2021-06-01", "office": "x"}).content.decode()
    assert ("osoby chore psychicznie" in now, "osoby chore psychicznie" in then) == (False, True)


def test_only_the_centres_welfare_offices_are_offered(worker, draft, centre):
    for kind in ("welfare", "cus", "pup"):
        centre.offices.create(kind=kind, name=f"Urząd {kind}", short_name=kind)
    offered = worker.get(at("edit", draft)).context["form"].fields["office"].queryset
    assert {office.kind for office in offered} == {"welfare", "cus"}


def test_what_is_missing_is_listed_with_a_way_to_each_field(worker, draft):
    html = worker.get(at("submit", draft)).content.decode()
    for anchor in ("div_id_applicant", "div_id_category", "id_reason", "id_aim"):
        assert f"{at('edit', draft)}#{anchor}" in html
        assert f'id="{anchor}"' in worker.get(at("edit", draft)).content.decode()
    answer = worker.post(at("submit", draft), {"token": "a"})
    assert answer.status_code == 422
    assert Application.objects.get().status == "draft"


def test_a_whole_draft_is_submitted_once_and_has_its_number(worker, draft):
    assert worker.post(at("edit", draft), {**SAID, "submit": "1"}).url == at("submit", draft)
    for _ in range(2):
        assert worker.post(at("submit", draft), {"token": "a"}).url == at("case", draft)
    draft.refresh_from_db()
    assert (draft.status, draft.number) == ("open", "W/1/2026")
    assert Entry.objects.filter(verb="application_submitted").count() == 1


# Statements, the scan, the end ----------------------------------------------------------------------------------------


@pytest.fixture
def application(centre):
    return make_application(centre)


def test_a_right_that_excludes_leads_to_the_refusal_with_its_reason(worker, application):
    declared = {"token": "a", "declared_on": "2026-03-11", "has_any": "tak", "rights": ["old_age_pension"]}
    answer = worker.post(at("exclusions", application), declared)
    assert answer.url == at("refuse", application)
    reason = worker.get(answer.url).context["form"]["reason"].value()
    assert "emerytura" in reason
    assert "11 marca 2026" in reason


def test_none_of_the_rights_is_said_and_not_left_blank(worker, application):
    url, said = at("exclusions", application), {"token": "a", "declared_on": "2026-03-11"}
    assert list(worker.post(url, said).context["form"].errors) == ["has_any"]
    assert list(worker.post(url, {**said, "has_any": "tak"}).context["form"].errors) == ["rights"]
    both = {**said, "has_any": "nie", "rights": ["old_age_pension"]}
    assert list(worker.post(url, both).context["form"].errors) == ["has_any"]
    assert worker.post(url, {**said, "has_any": "nie"}).url == url
    assert application.exclusion_statements.get().rights == []


def test_a_statement_sent_twice_is_one(worker, application):
    said = {"token": "a", "declared_on": "2026-03-11", "has_any": "nie"}
    for _ in range(2):
        worker.post(at("exclusions", application), said)
    assert application.exclusion_statements.count() == 1


def test_a_refusal_sent_twice_issues_one_letter_that_the_case_hands_out(worker, application, centre):
    make_letterhead(centre)
    for _ in range(2):
        answer = worker.post(at("refuse", application), {"token": "a", "reason": "Przysługuje emerytura."})
        assert answer.url == at("case", application)
    letter = Document.objects.get()
    assert reverse("documents:download", args=[letter.pk]) in worker.get(answer.url).content.decode()


def test_a_refusal_without_a_reason_is_told_beside_the_field(worker, application):
    answer = worker.post(at("refuse", application), {"token": "a", "reason": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_withdrawn_by_mistake_is_opened_again_from_the_case(worker, application):
    worker.post(at("withdraw", application), {"token": "a", "reason": "Prośba osoby."})
    html = worker.get(at("case", application)).content.decode()
    assert "Prośba osoby." in html
    assert at("reopen", application) in html
    worker.post(at("reopen", application), {"token": "b"})
    application.refresh_from_db()
    assert (application.status, application.close_reason) == ("open", "")


def test_a_draft_that_was_given_up_offers_no_way_back(worker, draft):
    worker.post(at("withdraw", draft), {"token": "a", "reason": ""})
    assert at("reopen", draft) not in worker.get(at("case", draft)).content.decode()


def test_a_scan_is_kept_and_a_newer_one_takes_its_place(worker, application):
    for token in ("a", "a", "b"):
        file = SimpleUploadedFile("Rzepa Wera.pdf", PDF)
        assert worker.post(at("scan", application), {"token": token, "file": file}).status_code == 302
    application.refresh_from_db()
    assert Upload.objects.count() == 2
    assert application.scan == Upload.objects.latest("pk")


def test_what_is_no_scan_is_told_beside_the_field(worker, application):
    answer = worker.post(at("scan", application), {"token": "a", "file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert not Upload.objects.exists()


# Reading --------------------------------------------------------------------------------------------------------------


def test_the_case_says_what_the_application_says(worker, application):
    html = worker.get(at("case", application)).content.decode()
    for words in ("osoby długotrwale bezrobotne", application.reason, application.number, "do wysłania"):
        assert words in html
    assert Reading.objects.filter(what="application", participant=application.participant).count() == 1


@pytest.mark.parametrize("state", Application.Office.values)
def test_the_case_opens_in_every_state_of_the_office(worker, centre, state):
    application = make_application(centre, office_state=state, recruitment_state="qualified")
    assert application.office_step[1] in worker.get(at("case", application)).content.decode()


def test_an_admitted_case_leads_to_the_programme_and_offers_no_deeds(worker, centre):
    person = make_participant(centre)
    programme = make_programme(person, start_on=TODAY)
    application = make_application(centre, participant=person, status="admitted", programme=programme)
    answer = worker.get(at("case", application))
    assert answer.context["deeds"] == []
    assert reverse("participants:programme", args=[person.pk]) in answer.content.decode()


def test_the_tab_shows_every_application_of_the_person(worker, centre, application):
    person = application.participant
    earlier = make_application(centre, participant=person, status="refused", on=date(2025, 2, 3))
    other = make_application(centre)
    html = worker.get(at("person", person)).content.decode()
    assert [at("case", row) in html for row in (application, earlier, other)] == [True, True, False]


def queries_of(worker, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert worker.get(url).status_code == 200
    return len(queries)


def test_more_statements_and_more_applications_take_no_more_queries(worker, centre, application, social_worker):
    person = application.participant
    pages = [at("exclusions", application), at("case", application), at("person", person), at("begin", person)]

    def another():
        application.exclusion_statements.create(
            declared_on=TODAY, rights=["old_age_pension"], recorded_by=social_worker
        )
        make_application(centre, participant=person, status="withdrawn")

    another()
    once = [queries_of(worker, url) for url in pages]
    for _ in range(5):
        another()
    assert [queries_of(worker, url) for url in pages] == once


def test_no_name_stands_in_an_address(worker, centre):
    person = make_participant(centre, last_name="Rzepa", first_name="Wera")
    answer = worker.post(CHECK, ASKED)
    assert "Rzepa" in answer.content.decode()
    assert not [link for link in answer.content.decode().split('href="')[1:] if "rzepa" in link.split('"')[0].lower()]
    assert person in answer.context["found"]


def test_earlier_scans_can_still_be_had(worker, application):
    upload = make_upload(application.participant, kind="application_scan", by=application.begun_by)
    assert reverse("documents:upload", args=[upload.pk]) in worker.get(at("scan", application)).content.decode()
