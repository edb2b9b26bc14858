"""Drafts for all that the facts ask for: none is lost, none comes twice."""

from datetime import date, timedelta

import pytest
from django.db import connection

from cistor.centres.models import DeadlineLength, PublicHoliday
from cistor.journal.models import Entry
from cistor.notices import required, tasks
from cistor.notices.actions import prepare as preparing
from cistor.notices.actions.letters import return_letter
from cistor.notices.models import Letter, LetterPerson, Run
from tests.factories import end
from tests.notices.making import SIGNED, Kind, kinds, make_letter, make_passed, make_reply, make_signed, mopr, prepared

BEGUN, REQUEST_FROM = date(2026, 3, 2), date(2026, 3, 26)
LATER = date(2026, 12, 28)
BOTH = [Kind.ADMISSION_LIST, Kind.INSURANCE_TOLD]


def counted(run) -> tuple[int, int, int]:
    return run.prepared, run.joined, run.failed


def the_list() -> Letter:
    return Letter.objects.get(kind=Kind.ADMISSION_LIST)


def test_a_signing_asks_for_a_list_to_the_office_and_a_word_to_the_participant(centre):
    programme = make_signed(centre)
    assert counted(prepared(centre, SIGNED)) == (2, 0, 0)
    listed, told = Letter.objects.order_by("kind")
    assert (listed.kind, listed.office, listed.due_on) == (Kind.ADMISSION_LIST, mopr(centre), date(2027, 1, 4))
    assert (told.kind, told.office, told.participant) == (Kind.INSURANCE_TOLD, None, programme.participant)
    assert (told.starts_on, told.due_on, told.prepared_on) == (SIGNED, SIGNED, SIGNED)
    entries = Entry.objects.filter(verb="letter_prepared", participant=programme.participant)
    assert list(entries.values_list("by", flat=True)) == [None, None]


def test_run_again_and_on_days_after_and_before_it_writes_nothing(centre):
    make_signed(centre)
    prepared(centre, SIGNED)
    run = prepared(centre, SIGNED, date(2026, 12, 24), LATER, SIGNED - timedelta(days=1), SIGNED)
    assert counted(run) == (0, 0, 0)
    assert kinds(centre) == BOTH


def test_a_missed_day_loses_nothing(centre):
    make_signed(centre, SIGNED - timedelta(days=2))
    prepared(centre, SIGNED - timedelta(days=3), LATER)
    assert kinds(centre) == BOTH
    assert the_list().due_on == date(2026, 12, 30)


def test_another_centre_is_left_alone(centre, other_centre):
    make_signed(other_centre)
    assert counted(prepared(centre, SIGNED)) == (0, 0, 0)
    assert kinds(other_centre) == []


# One letter, not ten --------------------------------------------------------------------------------------------------


def test_ten_people_stand_in_one_list_whose_term_is_that_of_the_first(centre):
    for day in range(10):
        make_signed(centre, date(2026, 3, 2) + timedelta(days=day % 3))
    run = prepared(centre, date(2026, 3, 4))
    assert counted(run) == (11, 9, 0)
    assert (the_list().people.count(), the_list().participant) == (10, None)
    assert (the_list().starts_on, the_list().due_on) == (date(2026, 3, 2), date(2026, 3, 9))


@pytest.mark.parametrize("status, lists", [("draft", 1), ("returned", 1), ("signed", 2), ("void", 2)])
def test_the_list_takes_who_comes_later_until_it_is_signed(centre, status, lists):
    make_letter(make_signed(centre), status=status)
    late = make_signed(centre, LATER)
    prepared(centre, LATER)
    assert Letter.objects.filter(kind=Kind.ADMISSION_LIST).count() == lists
    assert LetterPerson.objects.filter(kind=Kind.ADMISSION_LIST, programme=late).count() == 1


def test_who_is_put_on_a_list_is_told_of_in_their_journal(centre):
    prepared_first = make_letter(make_signed(centre))
    late = make_signed(centre, LATER)
    prepared(centre, LATER)
    entry = Entry.objects.get(verb="letter_person_added")
    assert (entry.participant, entry.by, entry.data["letter"]) == (late.participant, None, prepared_first.pk)


# What facts overtake --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "overtaken, reason",
    [
        (lambda row: end(row, ended_on=date(2026, 3, 27)), "Program zakończono, zanim pismo wysłano."),
        (lambda row: make_reply(row, date(2026, 3, 27)), "Odpowiedź ośrodka już jest."),
        (lambda row: make_passed(row, on=date(2026, 3, 27)), "Okres właściwy już się zaczął."),
    ],
)
@pytest.mark.parametrize("status", ["draft", "returned"])
def test_a_question_that_became_idle_is_void_with_the_reason(centre, status, overtaken, reason):
    programme = make_signed(centre, BEGUN)
    letter = make_letter(programme, Kind.QUALIFICATION_REQUEST, status=status, on=REQUEST_FROM)
    overtaken(programme)
    run = prepared(centre, date(2026, 3, 27))
    letter.refresh_from_db()
    assert (letter.status, letter.void_reason, run.failed) == ("void", reason, 0)
    assert Entry.objects.get(verb="letter_voided").by is None


def test_a_request_stays_while_the_main_period_is_provisional(centre):
    programme = make_signed(centre, BEGUN)
    letter = make_letter(programme, Kind.QUALIFICATION_REQUEST, on=REQUEST_FROM)
    make_passed(programme, reason="Odpowiedź się spóźnia.")
    prepared(centre, date(2026, 4, 2))
    letter.refresh_from_db()
    assert letter.status == "draft"


def test_a_holiday_added_later_moves_what_is_still_open(centre, director):
    make_signed(centre)
    prepared(centre, SIGNED)
    return_letter(the_list(), remark="Dopisz nazwę.", by=director, on=SIGNED)
    PublicHoliday.objects.create(on=date(2026, 12, 30), name="Dzień ustanowiony później")
    prepared(centre, LATER)
    assert (the_list().due_on, the_list().people.get().due_on) == (date(2027, 1, 5), date(2027, 1, 5))


def test_a_signed_letter_stays_as_signed_and_the_term_of_its_people_moves_until_it_is_sent(centre):
    letter = make_letter(make_signed(centre), status="signed", due_on=date(2027, 1, 4))
    PublicHoliday.objects.create(on=date(2026, 12, 30), name="Dzień ustanowiony później")
    assert prepared(centre, LATER).failed == 0
    letter.refresh_from_db()
    assert (letter.due_on, letter.people.get().due_on) == (date(2027, 1, 4), date(2027, 1, 5))


# When something goes wrong --------------------------------------------------------------------------------------------


def spoil(programme):
    """The database refuses every letter about the programme."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE FUNCTION spoilt() RETURNS trigger AS $$
            BEGIN
                IF NEW.programme_id = {programme.pk} THEN RAISE EXCEPTION 'spoilt'; END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER spoilt BEFORE INSERT ON notices_letterperson FOR EACH ROW EXECUTE FUNCTION spoilt()"""
        )


def test_one_bad_record_stops_nothing_and_is_told_without_names(centre, caplog):
    good, bad = make_signed(centre), make_signed(centre)
    spoil(bad)
    assert counted(prepared(centre, SIGNED)) == (2, 0, 2)
    assert set(LetterPerson.objects.values_list("programme", flat=True)) == {good.pk}
    assert Letter.objects.count() == 2
    assert f"programme {bad.pk}" in caplog.text
    assert bad.participant.last_name not in caplog.text


def test_what_stands_already_although_nobody_saw_it_come_is_no_failure(centre):
    make_signed(centre)
    found = required.survey(centre, SIGNED)
    assert sorted(preparing._outcomes(centre, *found, SIGNED)) == ["prepared", "prepared"]
    assert sorted(preparing._outcomes(centre, *found, SIGNED)) == ["", ""]
    assert kinds(centre) == BOTH


def test_what_somebody_signed_meanwhile_is_no_failure(centre, caplog):
    programme = make_signed(centre, BEGUN)
    letter = make_letter(programme, Kind.QUALIFICATION_REQUEST, on=REQUEST_FROM)
    make_reply(programme, date(2026, 3, 27))
    found = required.survey(centre, date(2026, 3, 27))
    Letter.objects.filter(pk=letter.pk).update(status="void")
    outcomes = list(preparing._outcomes(centre, [], found.drafts, date(2026, 3, 27)))
    assert (outcomes, caplog.text) == ([""], "")


def test_a_centre_that_fails_does_not_stop_the_next_one_and_leaves_word(centre, other_centre, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: SIGNED)
    DeadlineLength.objects.filter(centre=centre, code=Kind.ADMISSION_LIST).update(length=9999)
    for place in (centre, other_centre):
        make_signed(place)
    tasks.prepare_all()
    assert kinds(other_centre) == [Kind.INSURANCE_TOLD]
    failed, done = Run.objects.get(centre=centre), Run.objects.get(centre=other_centre)
    assert (failed.failure, failed.is_daily) == ("Przygotowanie pism przerwał błąd (ValueError).", True)
    assert (done.failure, done.is_daily, done.prepared) == ("", True, 1)


def test_an_act_is_followed_by_a_run_that_is_not_the_daily_one(centre, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: SIGNED)
    make_signed(centre)
    tasks.prepare_centre(centre.pk)
    assert (Run.objects.get().is_daily, Run.objects.get().prepared) == (False, 2)
