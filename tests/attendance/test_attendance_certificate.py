"""On which days somebody took part, on a numbered paper that never changes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from attendance.actions.certificates import issue_certificate
from attendance.models import Day
from cistor.documents.models import Document
from cistor.errors import Refused
from participants.models import Participant
from tests.factories import make_participant, make_programme, mark, mark_present

START, END, TODAY = date(2026, 1, 5), date(2026, 1, 30), date(2026, 2, 13)
ABSENT = {date(2026, 1, 12): "sick", date(2026, 1, 13): "sick", date(2026, 1, 20): "late", END: "suspended"}


@pytest.fixture
def programme(centre, director, letterhead):
    found = make_programme(make_participant(centre), start_on=START, by=director)
    mark_present(found, START, END, but=ABSENT, by=director)
    return found


def issued(programme, by, **asked):
    return issue_certificate(programme, **{"start": START, "end": END, **asked}, by=by, on=TODAY)


def test_it_says_the_days_and_their_sums(programme, director):
    document = issued(programme, director)
    [row] = document.context["rows"]
    # Nineteen days of classes without 6 January; the last of them was suspended.
    assert row == {
        "month": "styczeń 2026",
        "days": "5, 7–9, 14–16, 19–23 i 26–29 stycznia",
        "here": 16,
        "absent": 2,
        "class_days": 18,
    }
    assert document.number == "ZO/1/2026"


def test_what_an_absence_was_for_is_told_only_when_asked(programme, director):
    assert issued(programme, director).context["kinds"] == []
    assert issued(programme, director, with_kinds=True).context["kinds"] == [
        {"label": "L4 – choroba, zwolnienie lekarskie", "days": 2}
    ]


def test_only_days_of_classes_are_counted_where_a_note_takes_weekends_too(programme, director):
    saturday = date(2026, 1, 10)
    mark(programme, {saturday: "sick", saturday + timedelta(days=1): "sick"}, by=director)
    mark(programme, {date(2026, 1, 17): "present"}, by=director)
    context = issued(programme, director, with_kinds=True).context
    assert (context["sums"]["here"], context["sums"]["absent"], context["sums"]["class_days"]) == (16, 2, 18)
    assert context["kinds"] == [{"label": "L4 – choroba, zwolnienie lekarskie", "days": 2}]
    assert "17" not in context["rows"][0]["days"]


@pytest.mark.parametrize(
    "asked, words",
    [
        ({"end": date(2026, 2, 2)}, "Najpierw uzupełnij obecność: 2 lutego"),
        ({"end": date(2026, 3, 1)}, "dni, które już były"),
        ({"start": date(2026, 1, 10), "end": date(2026, 1, 11)}, "nie było zajęć"),
    ],
)
def test_nobody_certifies_what_is_not_known(programme, director, asked, words):
    with pytest.raises(Refused, match=words):
        issued(programme, director, **asked)


def test_a_provisional_day_waits_for_its_paper(programme, director):
    Day.objects.filter(programme=programme, on=date(2026, 1, 12)).update(provisional=True)
    with pytest.raises(Refused, match="12 stycznia"):
        issued(programme, director)


def test_only_who_closes_the_days_certifies_them_and_of_nobody_erased(programme, director, instructor, outsider):
    for user in (instructor, outsider):
        with pytest.raises(Refused, match="kto zamyka dni"):
            issued(programme, user)
    Participant.objects.update(erased_on=TODAY)
    with pytest.raises(Refused, match="usunięto"):
        issued(programme, director)


def test_it_is_issued_once_from_the_page_and_found_there(as_user, programme, director):
    client = as_user(director, TODAY)
    # The days since its end are not marked yet.
    page = client.get(reverse("attendance:certificate", args=[programme.pk]))
    assert page.context["form"].initial["end"] == END
    sent = {"token": "abc", "start": START.isoformat(), "end": END.isoformat()}
    for _ in range(2):
        answer = client.post(reverse("attendance:certificate", args=[programme.pk]), sent, follow=True)
    document = Document.objects.get(kind="attendance_certificate")
    assert reverse("documents:download", args=[document.pk]) in answer.content.decode()
