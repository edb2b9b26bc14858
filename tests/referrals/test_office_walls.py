"""What is behind the walls: an office reaches its own cases, and nothing else of the centre or of another office."""

import pytest
from django.urls import reverse

from cistor.accounts.roles import OFFICE_ROLES
from cistor.desk.erasure import erase
from cistor.documents.models import Document, Upload
from cistor.journal.models import Reading
from referrals import actions, documents
from tests.documents.brought import make_upload
from tests.factories import make_user
from tests.permissions.table import ROWS, as_, ask
from tests.permissions.world import TODAY
from tests.referrals.making import make_application
from tests.referrals.papers import make_letterhead

OPEN_TO_ALL = [row for row in ROWS if row.right is None]
OPEN_TO_OFFICES = [row for row in ROWS if row.office]
# Its paper has the number of the first list that is approved here; the files are asked for below.
CLOSED = [row for row in ROWS if row.right is not None and not row.office and row.name != "documents:download"]


@pytest.fixture
def strangers(world):
    """The worker and the head of a second office of the same centre."""
    second = world.centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="OPS 2")
    return [make_user(None, role, office=second) for role in sorted(OFFICE_ROLES)]


@pytest.fixture
def everybody(world, strangers):
    """All staff of offices: of the world's own office, of a second one, of another centre's."""
    places = (world, world.foreign)
    return [*strangers, *(place.people[role] for place in places for role in sorted(OFFICE_ROLES))]


def test_no_page_or_deed_of_the_centre_opens_to_any_office(world, everybody):
    for user in everybody:
        client = as_(user)
        for row in CLOSED:
            url = reverse(row.name, kwargs=row.kwargs(world))
            refused = {403, 404, 405} if user.home_centre_id != world.centre.pk else {403, 405}
            assert client.get(url).status_code in refused, row.name
            assert client.post(url, row.post(world) if row.post else {}).status_code in refused, row.name


def test_another_offices_case_does_not_exist_whatever_is_done_with_it(world, strangers):
    # A month of the calendar is nobody's object.
    with_object = [row for row in OPEN_TO_OFFICES if "pk" in row.kwargs(world)]
    assert len(with_object) >= 8
    for user in strangers:
        client = as_(user)
        for row in with_object:
            url = reverse(row.name, kwargs=row.kwargs(world))
            # Where the right itself is missing (a worker's consent) the door is closed before anybody looks.
            refused = {404} if set(user.roles) & row.entitled else {403}
            assert client.get(url).status_code in refused, row.name
            assert client.post(url, row.post(world) if row.post else {}).status_code in refused | {405}, row.name


def test_a_case_not_sent_yet_or_a_draft_does_not_exist_for_its_own_office(world):
    for application in (world.application, world.draft):
        application.office = world.office
        application.save(update_fields=["office"])
        for role in OFFICE_ROLES:
            client = as_(world.people[role])
            assert client.get(reverse("referrals:office_case", args=[application.pk])).status_code == 404


def test_the_rooms_of_everybody_name_none_of_another_offices_cases(world, strangers):
    people = [world.sent_application, world.received_application, world.opined_application]
    names = [row.participant.last_name for row in people]
    pages = [row for row in OPEN_TO_ALL if not row.post_only and not row.kwargs(world)]
    pages += [row for row in OPEN_TO_OFFICES if "pk" not in row.kwargs(world)]
    for user in strangers:
        for row in pages:
            answer = ask(as_(user), row, row.kwargs(world))
            if answer.status_code == 200:
                shown = answer.content.decode()
                assert not [name for name in names if name in shown], row.name


def test_no_office_takes_a_file_by_its_own_number(world, everybody):
    """Papers and scans are handed out through the case alone."""
    _ = world.document, world.upload, world.reminder, world.scanned_application
    assert Document.objects.count() >= 2
    for user in everybody:
        client = as_(user)
        for document in Document.objects.all():
            assert client.get(reverse("documents:download", args=[document.pk])).status_code in {403, 404}
        for upload in Upload.objects.all():
            assert client.get(reverse("documents:upload", args=[upload.pk])).status_code in {403, 404}


def test_the_own_office_takes_the_scan_and_the_letter_of_its_case_and_both_are_noted(world):
    worker = world.people["welfare_worker"]
    client, scanned = as_(worker), world.scanned_application
    scan = client.get(reverse("referrals:scan_file", args=[scanned.pk, "opinion"]))
    assert scan.status_code == 200
    assert scan["X-Content-Type-Options"] == "nosniff"
    letter = client.get(reverse("referrals:reminder", args=[world.received_application.pk, world.reminder.pk]))
    assert letter.content == b"%PDF-1.7"
    read = [(row.participant_id, row.what) for row in Reading.objects.filter(by=worker).order_by("pk")]
    assert read == [
        (scanned.participant_id, "opinion_scan"),
        (world.received_application.participant_id, "office_reminder"),
    ]


def test_a_letter_is_reached_through_its_own_case_only(world):
    client = as_(world.people["welfare_worker"])
    url = reverse("referrals:reminder", args=[world.opined_application.pk, world.reminder.pk])
    assert client.get(url).status_code == 404


def test_a_scan_that_was_taken_back_and_any_other_paper_of_the_person_stay_with_the_centre(world):
    client, application = as_(world.people["welfare_worker"]), world.scanned_application
    make_upload(application.participant, kind="file_paper", by=world.people["social_worker"])
    for what in ("application", "consent", "referral", "file_paper", "cokolwiek"):
        assert client.get(reverse("referrals:scan_file", args=[application.pk, what])).status_code == 404
    application.opinions.update(taken_back_on=TODAY, taken_back_by=world.people["social_worker"])
    assert client.get(reverse("referrals:scan_file", args=[application.pk, "opinion"])).status_code == 404


@pytest.fixture
def moved(world):
    """Sent to the wrong office, which was reminded and opined; all taken back and sent to a second one the same day."""
    staff, wrong = world.people["social_worker"], world.people["welfare_worker"]
    application, by = make_application(world.centre, office=world.office, office_state="sent"), {"on": TODAY}
    make_letterhead(world.centre)
    letter = actions.remind(application, about="receipt_confirmation", by=staff, **by)
    actions.confirm_receipt(application, received_on=TODAY, by=wrong, **by)
    said = {"interview_on": TODAY, "done_on": TODAY, "is_positive": True, "text": "Zna osobę.", "from_paper": False}
    actions.record_opinion(application, **said, by=wrong, **by)
    actions.take_back(application, reason="Nie nasza gmina.", by=wrong, **by)
    for _ in range(2):
        actions.take_back(application, reason="Nie ten urząd.", by=staff, **by)
    second = world.centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="OPS 2")
    application = actions.send(application, office=second, sent_on=application.applied_on, by=staff, **by)
    return application, letter, make_user(None, "welfare_worker", office=second)


def test_the_next_office_sees_nothing_of_what_the_first_one_did_and_was_told(world, moved):
    application, letter, worker = moved
    client = as_(worker)
    page = client.get(reverse("referrals:office_case", args=[application.pk])).content.decode()
    first = str(world.people["welfare_worker"])
    assert not [words for words in ("Nie nasza gmina.", first, letter.document.number, "Cofnięte") if words in page]
    url = reverse("referrals:reminder", args=[application.pk, letter.pk])
    assert client.get(url).status_code == 404
    assert documents.context("office_reminder", application, TODAY, about="receipt_confirmation")["earlier"] == []


def test_the_centre_keeps_all_of_it(world, moved):
    application, letter, _ = moved
    client = as_(world.people["social_worker"])
    page = client.get(reverse("referrals:case", args=[application.pk])).content.decode()
    assert "Nie nasza gmina." in page
    url = reverse("referrals:reminder", args=[application.pk, letter.pk])
    assert url in page
    assert client.get(url).status_code == 200


def test_the_next_office_is_reminded_on_the_very_day_the_first_one_was(world, moved):
    application, letter, worker = moved
    staff = world.people["social_worker"]
    own = actions.remind(application, about="receipt_confirmation", by=staff, on=TODAY)
    assert (letter.office, own.office) == (world.office, worker.office)
    page = as_(worker).get(reverse("referrals:office_case", args=[application.pk])).content.decode()
    assert own.document.number in page
    assert letter.document.number not in page


def test_a_letter_about_an_erased_person_is_no_link_and_no_file(world, moved):
    application, _, worker = moved
    staff = world.people["social_worker"]
    own = actions.remind(application, about="receipt_confirmation", by=staff, on=TODAY)
    actions.withdraw(application, reason="Rezygnacja.", by=staff, on=TODAY)
    erase(application.participant, by=world.people["director"], on=TODAY)
    url = reverse("referrals:reminder", args=[application.pk, own.pk])
    client = as_(worker)
    assert url not in client.get(reverse("referrals:office_case", args=[application.pk])).content.decode()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("state, status", [("received", 404), ("opined", 200), ("referred", 200), ("no_consent", 404)])
def test_a_referral_is_printed_only_where_the_office_refers(world, state, status):
    make_letterhead(world.centre)
    application = make_application(world.centre, office=world.office, office_state=state)
    for person, page, paper in (
        ("welfare_head", "referrals:office_case", "referrals:office_paper"),
        ("social_worker", "referrals:case", "referrals:paper"),
    ):
        client, url = as_(world.people[person]), reverse(paper, args=[application.pk, "referral"])
        shown = client.get(reverse(page, args=[application.pk])).content.decode()
        assert (f'href="{url}"' in shown) == (status == 200)
        assert client.get(url).status_code == status
        assert client.get(reverse(paper, args=[application.pk, "opinion"])).status_code == 200


def test_a_case_that_is_over_gets_no_referral_any_more(world):
    application = make_application(world.centre, office=world.office, office_state="opined", status="withdrawn")
    client = as_(world.people["social_worker"])
    assert client.get(reverse("referrals:paper", args=[application.pk, "referral"])).status_code == 404


def test_an_office_prints_the_three_papers_of_its_case_and_no_other(world):
    client, application = as_(world.people["welfare_head"]), world.opined_application
    for kind in ("registration", "interview", "qualified_letter", "cokolwiek"):
        assert client.get(reverse("referrals:office_paper", args=[application.pk, kind])).status_code == 404
