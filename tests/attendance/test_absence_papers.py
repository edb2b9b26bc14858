"""Beside an absence stand the sick note behind its days, and the annex and the proposal to end the programme since."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions.absences import close_absence, record_reason, report_absence
from attendance.actions.notes import decide_note, record_note, withdraw_note
from cistor.accounts.models import StandIn
from participants.actions import decide_termination, propose_termination, withdraw_termination
from participants.actions.annex import draft_annex
from tests.factories import make_group, make_participant, make_programme, make_user, mark

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (9, 10, 11, 12))
NINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
FRIDAY_BEFORE = date(2026, 3, 6)
LACKING = {"termination": "Przygotuj wniosek o rozwiązanie IPZS", "annex": "Przygotuj aneks do IPZS"}


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absence(programme, social_worker):
    mark(programme, dict.fromkeys((MONDAY, TUESDAY), "unexcused"))
    return report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)


@pytest.fixture
def page(as_user, absence):
    """`page(user)` → what the user reads about the absence on Thursday."""
    url = reverse("attendance:absence", args=[absence.pk])
    return lambda user: as_user(user, THURSDAY).get(url).content.decode()


def closed(absence, by, arrangement):
    record_reason(absence, kind="left", reason="", by=by, on=WEDNESDAY)
    return close_absence(absence, arrangement=arrangement, arranged="", by=by, on=WEDNESDAY)


def proposed(programme, by, on=WEDNESDAY):
    said = {"kind": "left", "grounds": [], "facts": "Nie przychodzi.", "days": [], "reason": "Zrezygnowała."}
    return propose_termination(programme, **said, last_on=on, through_fault=False, by=by, on=on)


def drafted(programme, by, on=WEDNESDAY):
    return draft_annex(programme, changes="Krótsze dni.", reason="Dojazd.", in_force_from=on, by=by, on=on)


def sick_note(programme, by, **over):
    paper = {"number": "ZAA0000001", "start_on": TUESDAY, "end_on": TUESDAY, "issued_on": TUESDAY, **over}
    return record_note(programme, **paper, by=by, on=WEDNESDAY).note


# The sick note -------------------------------------------------------------------------------------------------------


def test_a_day_taken_by_a_sick_note_leads_to_it(page, programme, instructor, social_worker):
    note = sick_note(programme, social_worker)
    link = f'<a href="{reverse("attendance:note", args=[note.pk])}">zwolnienie lekarskie'
    assert [page(user).count(link) for user in (instructor, social_worker)] == [1, 1]


def test_a_day_made_unexcused_by_a_refused_note_leads_to_it_and_none_to_a_note_taken_back(
    page, programme, social_worker, director
):
    mark(programme, {WEDNESDAY: "sick"})
    days = {"start_on": WEDNESDAY, "end_on": WEDNESDAY}
    note = sick_note(programme, social_worker, **days, issued_on=date(2026, 3, 2), delivered_on=WEDNESDAY)
    url = reverse("attendance:note", args=[note.pk])
    decide_note(note, accepted=False, note_text="Spóźnione.", by=director, on=THURSDAY)
    assert url in page(social_worker)
    withdraw_note(note, by=director, on=THURSDAY)
    assert url not in page(social_worker)


# The annex and the proposal ------------------------------------------------------------------------------------------


def test_a_proposal_since_the_absence_began_stands_on_its_page_with_what_became_of_it(
    page, programme, social_worker, director
):
    row = proposed(programme, social_worker)
    link = f'<a href="{reverse("participants:termination", args=[row.pk])}">z 11 marca 2026</a>, '
    assert f"{link}czeka na decyzję" in page(social_worker)
    decide_termination(row, granted=False, note="Jeszcze jedna rozmowa.", by=director, on=THURSDAY)
    assert f"{link}odmowa" in page(director)


def test_a_proposal_before_the_absence_or_taken_back_does_not_stand_there(page, programme, social_worker, director):
    decide_termination(
        proposed(programme, social_worker, FRIDAY_BEFORE), granted=False, note="Nie.", by=director, on=FRIDAY_BEFORE
    )
    withdraw_termination(proposed(programme, social_worker), by=social_worker, on=WEDNESDAY)
    assert "Wniosek o rozwiązanie IPZS</dt>" not in page(social_worker)


def test_an_annex_signed_since_or_still_a_draft_stands_there(page, programme, social_worker):
    row = drafted(programme, social_worker)
    link = f'<a href="{reverse("participants:annex", args=[row.pk])}">nr 1</a>, '
    assert f"{link}projekt" in page(social_worker)
    type(row).objects.filter(pk=row.pk).update(signed_on=THURSDAY)
    assert f"{link}podpisany 12 marca 2026" in page(social_worker)


def test_an_annex_signed_before_the_absence_does_not_stand_there(page, programme, social_worker):
    row = drafted(programme, social_worker, FRIDAY_BEFORE)
    type(row).objects.filter(pk=row.pk).update(signed_on=FRIDAY_BEFORE)
    assert "Aneks do IPZS</dt>" not in page(social_worker)


def test_who_may_not_read_them_finds_neither_on_the_page(page, programme, centre, instructor, social_worker, director):
    proposed(programme, social_worker)
    drafted(programme, social_worker)
    deputy = make_user(centre, "payroll")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=THURSDAY, end_on=THURSDAY)
    for user, shown in ((instructor, False), (deputy, True)):
        text = page(user)
        assert [f"{label}</dt>" in text for label in ("Wniosek o rozwiązanie IPZS", "Aneks do IPZS")] == [shown, shown]


# What was arranged ---------------------------------------------------------------------------------------------------


def test_who_ends_the_case_reads_that_an_annex_or_a_proposal_stays_on_the_desk(as_user, absence, social_worker):
    url = reverse("attendance:close_absence", args=[absence.pk])
    text = as_user(social_worker, THURSDAY).get(url).content.decode()
    assert "Ustalony aneks albo wniosek o rozwiązanie zostaje na pulpicie, dopóki ktoś go nie przygotuje." in text


@pytest.mark.parametrize("arrangement, prepare", [("termination", proposed), ("annex", drafted)])
def test_what_was_arranged_is_offered_until_it_is_prepared_to_who_may_prepare_it(
    page, absence, programme, instructor, social_worker, director, arrangement, prepare
):
    closed(absence, instructor, arrangement)
    words = LACKING[arrangement]
    assert [words in page(user) for user in (instructor, social_worker, director)] == [False, True, True]
    assert [other in page(director) for other in LACKING.values()].count(True) == 1
    prepare(programme, social_worker)
    assert words not in page(social_worker)
