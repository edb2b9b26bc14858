"""What belongs in the personal file by the regulations of a day, what is there, and what a start without it needs."""

from datetime import date, timedelta

import pytest

from cistor.centres.models import FileItemKind
from cistor.journal.models import Entry
from participants import actions
from participants.models import FilePaper
from participants.personal_file import Count, checklist, matters, missing_obligatory
from tests.documents.brought import make_upload
from tests.factories import make_centre, make_participant, make_programme, make_user
from tests.participants.papers import RECEIVED, fill_file, make_paper
from tests.participants.refusals import refusal

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 11)


@pytest.fixture
def person(centre):
    return make_participant(centre)


@pytest.fixture
def worker(centre):
    return make_user(centre, "social_worker")


def states(person, on=ON) -> dict[str, str]:
    return {item.kind.code: item.state for item in checklist(person, on)}


def add(person, worker, code="medical_certificate", **over):
    given = {"received_on": RECEIVED, "valid_until": date(2027, 3, 2), **over}
    return actions.add_paper(person, code=code, **given, by=worker, on=ON)


# The checklist -------------------------------------------------------------------------------------------------------


def test_the_file_asks_for_what_the_regulations_of_the_day_name_in_their_order(person):
    items = checklist(person, ON)
    assert [item.kind.code for item in items[:3]] == ["questionnaire", "office_opinion", "medical_referral"]
    assert {item.state for item in items} == {"missing"}
    assert Count.of(items) == Count(0, 9)


def test_a_centre_without_such_a_list_asks_for_nothing(person, centre):
    FileItemKind.objects.filter(regulations__centre=centre).delete()
    assert checklist(person, ON) == missing_obligatory(person, ON) == []


def test_days_before_any_regulations_ask_for_nothing(person):
    assert checklist(person, date(2010, 1, 4)) == []


@pytest.mark.parametrize(
    "valid_until, state",
    [
        (None, "there"),
        (ON + timedelta(days=31), "there"),
        (ON + timedelta(days=30), "expiring"),
        (ON, "expiring"),
        (ON - timedelta(days=1), "expired"),
    ],
)
def test_a_paper_holds_to_its_last_day_and_warns_thirty_days_before(person, valid_until, state):
    make_paper(person, valid_until=valid_until)
    assert states(person)["medical_certificate"] == state


def test_the_paper_that_holds_longest_counts(person):
    newer = make_paper(person, valid_until=date(2027, 3, 2))
    make_paper(person, valid_until=date(2026, 3, 10))
    (item,) = (item for item in checklist(person, ON) if item.kind.code == "medical_certificate")
    assert (item.state, item.paper, len(item.papers)) == ("there", newer, 2)


def test_what_was_removed_or_came_later_is_not_there(person, worker):
    make_paper(person, "safety_card", removed_on=ON, removed_by=worker)
    make_paper(person, "questionnaire", received_on=ON + timedelta(days=1))
    assert (states(person)["safety_card"], states(person)["questionnaire"]) == ("missing", "missing")


def test_what_need_not_be_brought_is_neither_counted_nor_missed(person):
    fill_file(person)
    items = checklist(person, ON)
    assert missing_obligatory(person, ON) == []
    assert Count.of(items) == Count(9, 9)
    assert {item.badge for item in items if not item.kind.obligatory} == {("plain", "nie ma")}


def test_the_whole_list_takes_three_questions_to_the_database(person, django_assert_num_queries):
    fill_file(person)
    with django_assert_num_queries(3):
        checklist(person, ON)


# Adding and removing -------------------------------------------------------------------------------------------------


def test_a_paper_is_entered_with_its_place_and_scan_and_journalled(person, worker):
    upload = make_upload(person, by=worker)
    paper = add(person, worker, place="  segregator  3 ", note="oryginał u osoby", upload=upload)
    assert (paper.place, paper.note, paper.upload, paper.entered_by) == (
        "segregator 3",
        "oryginał u osoby",
        upload,
        worker,
    )
    entry = Entry.objects.get(verb="add_paper")
    assert (entry.participant, entry.by, entry.data["code"]) == (person, worker, "medical_certificate")
    assert "oryginał" not in str(entry.data)


@pytest.mark.parametrize(
    "over, field, says",
    [
        ({"code": "horoscope"}, "code", "Regulamin nie zna"),
        ({"valid_until": None}, "valid_until", "do kiedy jest ważny"),
        ({"received_on": ON + timedelta(days=1)}, "received_on", "z przyszłości"),
        ({"valid_until": RECEIVED - timedelta(days=1)}, "valid_until", "przed dniem otrzymania"),
        ({"received_on": date(1, 1, 1)}, "received_on", "1.01.1900"),
        ({"place": "x" * 121}, "place", "120"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_beside_its_field(person, worker, over, field, says):
    named, message = refusal(add, person, worker, **over)
    assert named == field
    assert says in message
    assert not FilePaper.objects.exists()


def test_a_scan_of_somebody_else_or_of_another_paper_is_refused(centre, person, worker):
    other = make_upload(make_participant(centre), by=worker)
    taken = make_upload(person, by=worker)
    add(person, worker, upload=taken)
    for upload in (other, taken):
        assert refusal(add, person, worker, upload=upload) == ("file", "Ten plik należy do innego dokumentu.")


def test_a_removed_paper_stays_as_a_row_and_is_removed_once(person, worker):
    paper = actions.remove_paper(add(person, worker), by=worker, on=ON)
    assert (paper.removed_on, paper.removed_by) == (ON, worker)
    assert states(person)["medical_certificate"] == "missing"
    assert Entry.objects.get(verb="remove_paper").object_id == paper.pk
    assert "już 11.03.2026" in refusal(actions.remove_paper, paper, by=worker, on=ON)[1]


def test_nothing_comes_into_the_file_of_who_was_erased(person, worker):
    type(person).objects.filter(pk=person.pk).update(erased_on=ON)
    assert "Dane tej osoby usunięto" in refusal(add, person, worker)[1]


# The start of a programme --------------------------------------------------------------------------------------------


def sign(person, by, **over):
    return actions.sign_programme(person, **{"signed_on": ON, "start_on": ON, "by": by, "on": ON, **over})


def test_a_complete_file_starts_a_programme_without_a_reason(person, director):
    fill_file(person)
    sign(person, director, despite="Nikt o to nie pytał.")
    assert not {"despite", "missing"} & set(Entry.objects.get(verb="sign_programme").data)


def test_what_is_missing_stops_the_start_by_name(person, director):
    fill_file(person, but=("safety_card",))
    field, message = refusal(sign, person, director)
    assert field == "despite"
    assert "karta szkolenia BHP" in message
    assert "zaświadczenie" not in message
    assert not person.programmes.exists()


def test_of_many_missing_papers_the_first_are_named(person, director):
    message = refusal(sign, person, director)[1]
    assert "opinia pracownika socjalnego OPS, skierowanie na badania lekarskie i jeszcze 6." in message


def test_a_certificate_that_ends_before_the_first_day_stops_the_start(person, director):
    fill_file(person, but=("medical_certificate",))
    make_paper(person, valid_until=ON + timedelta(days=2))
    sign_later = {"start_on": ON + timedelta(days=3)}
    assert "zaświadczenie lekarskie" in refusal(sign, person, director, **sign_later)[1]
    assert sign(person, director, start_on=ON + timedelta(days=2)).pk


@pytest.mark.parametrize("despite", ["", "   ", "tak", "bo tak"])
def test_a_word_is_no_reason(person, director, despite):
    assert refusal(sign, person, director, despite=despite)[0] == "despite"


def test_the_directors_reason_lets_the_programme_start_and_stays_in_the_journal(person, director):
    fill_file(person, but=("safety_card", "fire_safety"))
    sign(person, director, despite=" Szkolenie jest w poniedziałek. ")
    data = Entry.objects.get(verb="sign_programme").data
    assert (data["missing"], data["despite"]) == (["safety_card", "fire_safety"], "Szkolenie jest w poniedziałek.")


# What waits ----------------------------------------------------------------------------------------------------------


def test_papers_of_people_in_a_programme_that_end_soon_wait_for_somebody(centre, person, director):
    make_programme(person, start_on=date(2026, 1, 5), by=director)
    soon = make_paper(person, valid_until=ON + timedelta(days=30))
    late = make_paper(person, "safety_card", valid_until=ON - timedelta(days=1))
    make_paper(person, "fire_safety", valid_until=ON + timedelta(days=31))
    found = [(row.paper, row.name, row.state) for row in matters(centre, ON)]
    assert found == [
        (late, "karta szkolenia BHP", "expired"),
        (soon, "zaświadczenie lekarskie", "expiring"),
    ]


@pytest.mark.parametrize("valid_until", [None, date(2027, 3, 2)])
def test_a_newer_paper_that_holds_longer_ends_the_matter(centre, person, director, valid_until):
    make_programme(person, start_on=date(2026, 1, 5), by=director)
    make_paper(person, valid_until=ON)
    make_paper(person, valid_until=valid_until)
    assert matters(centre, ON) == []


def test_of_two_papers_that_end_soon_only_the_later_waits(centre, person, director):
    make_programme(person, start_on=date(2026, 1, 5), by=director)
    make_paper(person, valid_until=ON)
    later = make_paper(person, valid_until=ON + timedelta(days=9))
    assert [row.paper for row in matters(centre, ON)] == [later]


def test_who_is_in_no_programme_and_who_is_elsewhere_waits_for_nobody_here(centre, person, director):
    stranger = make_participant(make_centre("cistor"))
    make_programme(stranger, start_on=date(2026, 1, 5))
    for somebody in (person, stranger):
        make_paper(somebody, valid_until=ON)
    assert matters(centre, ON) == []


def test_however_many_people_wait_the_database_is_asked_as_often(centre, director, django_assert_num_queries):
    for _ in range(3):
        somebody = make_participant(centre)
        make_programme(somebody, start_on=date(2026, 1, 5), by=director)
        make_paper(somebody, valid_until=ON)
    with django_assert_num_queries(3):
        assert len([str(row.paper.participant) for row in matters(centre, ON)]) == 3
