"""Corrections of closed days: who asks, who decides, what becomes of the day."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from attendance.actions import ask_correction, close, decide_correction, mark, withdraw_correction
from attendance.cells import Cell
from attendance.models import Correction, Day
from cistor.accounts.models import StandIn, User
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import end, make_participant, make_programme, make_user
from tests.factories import mark as put

JULY, JULY_END, AUGUST, LATER = date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3), date(2026, 8, 4)
FRIDAY, SATURDAY, MONDAY = date(2026, 7, 10), date(2026, 7, 11), date(2026, 7, 13)


@pytest.fixture
def programme(centre, social_worker):
    """July is closed: unexcused on a Friday, nothing on the Monday after."""
    programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    put(programme, {FRIDAY: "unexcused"}, by=make_user(centre, "instructor"))
    close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    return programme


@pytest.fixture
def ask(programme, social_worker):
    def asked(meaning="sick", *, day=FRIDAY, reason="Zwolnienie przyszło pocztą.", by=social_worker, on=AUGUST):
        return ask_correction(programme, on_day=day, meaning=meaning, reason=reason, by=by, on=on)

    return asked


def refused(match):
    return pytest.raises(Refused, match=match)


def stands(programme, day=FRIDAY):
    return Day.objects.filter(programme=programme, on=day).values_list("meaning", "code", "provisional").first()


# Asking ---------------------------------------------------------------------------------------------------------------


def test_a_question_keeps_what_stood_and_changes_nothing(ask, programme, social_worker):
    correction = ask()
    assert (correction.seen, correction.meaning, correction.asked_by) == ("unexcused", "sick", social_worker)
    assert correction.is_open
    assert stands(programme) == ("unexcused", "NN", False)


@pytest.mark.parametrize("role, may", [("payroll", True), ("director", True), ("instructor", False), ("admin", False)])
def test_the_role_decides_who_asks(ask, centre, role, may):
    user = make_user(centre, role)
    if may:
        assert ask(by=user).asked_by == user
    else:
        with refused("O korektę prosi"):
            ask(by=user)


def test_nobody_asks_about_a_person_of_another_centre(ask, outsider):
    with refused("O korektę prosi"):
        ask(by=outsider)


def test_an_open_day_needs_no_correction(ask):
    with refused("otwarty"):
        ask("present", day=AUGUST)


def test_an_open_day_that_a_fact_has_taken_names_the_fact_that_is_put_right(ask, programme):
    put(programme, {AUGUST: "free_day"})
    programme.days.filter(on=AUGUST).update(source="leave")
    with refused("mówi o nim przyznany dzień wolny"):
        ask("present", day=AUGUST)
    programme.days.filter(on=AUGUST).update(source="sobriety")
    with refused("mówi o nim inny zapis"):
        ask("present", day=AUGUST, by=make_user(programme.participant.centre, "payroll"))


@pytest.mark.parametrize(
    "day, meaning, why",
    [
        (date(2026, 8, 5), "sick", "jeszcze nie było"),
        (date(2026, 5, 1), "sick", "poza programem"),
        (SATURDAY, "present", "nie ma takiego oznaczenia"),
    ],
)
def test_what_no_mark_may_say_no_correction_says_either(ask, day, meaning, why):
    with refused(why):
        ask(meaning, day=day)


def test_a_question_has_a_reason(ask):
    with refused("dlaczego") as refusal:
        ask(reason="  ")
    assert refusal.value.field == "reason"


def test_what_stands_there_already_is_not_asked_for(ask):
    with refused("już tam stoi"):
        ask("unexcused")
    with refused("już tam stoi"):
        ask(None, day=MONDAY)


def test_a_day_has_one_open_question_and_another_one_after_it(ask, social_worker):
    first = ask()
    with refused("już ktoś poprosił"):
        ask("excused")
    withdraw_correction(first, by=social_worker, on=AUGUST)
    assert ask("excused").is_open


def test_only_the_asker_withdraws_and_only_what_is_open(ask, social_worker, director):
    correction = ask()
    with refused("wycofuje ten, kto poprosił"):
        withdraw_correction(correction, by=director, on=AUGUST)
    assert withdraw_correction(correction, by=social_worker, on=AUGUST).withdrawn_on == AUGUST
    with refused("już wycofana"):
        withdraw_correction(correction, by=social_worker, on=AUGUST)
    with refused("już wycofana"):
        decide_correction(correction, granted=True, note="", by=director, on=AUGUST)


# Deciding -------------------------------------------------------------------------------------------------------------


def test_a_granted_correction_changes_the_day_in_the_name_of_the_asker(ask, programme, social_worker, director):
    correction = decide_correction(ask(), granted=True, note="", by=director, on=LATER)
    assert (correction.granted, correction.decided_by, correction.decided_on) == (True, director, LATER)
    assert stands(programme) == ("sick", "L4", False)
    assert programme.days.get().marked_by == social_worker


def test_a_day_without_a_mark_gets_one_and_a_mark_may_go(ask, programme, director):
    decide_correction(ask("present", day=MONDAY), granted=True, note="", by=director, on=LATER)
    assert stands(programme, MONDAY) == ("present", "O", False)
    decide_correction(ask(None), granted=True, note="", by=director, on=LATER)
    assert stands(programme) is None


def test_a_provisional_mark_of_a_closed_day_is_confirmed_by_a_correction(centre, director, social_worker):
    programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    put(programme, {FRIDAY: "sick"}, provisional=True)
    close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    asked = ask_correction(programme, on_day=FRIDAY, meaning="sick", reason="Jest druk.", by=social_worker, on=AUGUST)
    decide_correction(asked, granted=True, note="", by=director, on=AUGUST)
    assert stands(programme) == ("sick", "L4", False)


def test_a_refusal_says_why_and_leaves_the_day(ask, programme, director):
    correction = ask()
    with refused("wymaga uzasadnienia") as refusal:
        decide_correction(correction, granted=False, note=" ", by=director, on=LATER)
    assert refusal.value.field == "note"
    decide_correction(correction, granted=False, note="Druk jest na inny dzień.", by=director, on=LATER)
    correction.refresh_from_db()
    assert (correction.granted, correction.note) == (False, "Druk jest na inny dzień.")
    assert stands(programme) == ("unexcused", "NN", False)


@pytest.mark.parametrize("role", ["social_worker", "payroll", "instructor", "admin"])
def test_only_the_director_decides(ask, centre, role):
    with refused("kierujący centrum"):
        decide_correction(ask(), granted=True, note="", by=make_user(centre, role), on=AUGUST)


def test_the_director_of_another_centre_decides_nothing(ask, outsider):
    with refused("kierujący centrum"):
        decide_correction(ask(), granted=True, note="", by=outsider, on=AUGUST)


def test_the_stand_in_decides_on_their_days(ask, centre, director):
    deputy, correction = make_user(centre, "instructor"), ask()
    StandIn.objects.create(absent=director, deputy=deputy, start_on=LATER, end_on=LATER)
    with refused("kierujący centrum"):
        decide_correction(correction, granted=True, note="", by=deputy, on=AUGUST)
    deputy = User.objects.get(pk=deputy.pk)
    assert decide_correction(correction, granted=True, note="", by=deputy, on=LATER).decided_by == deputy


def test_nobody_decides_on_the_own_question_unless_the_centre_is_led_by_one_person(ask, centre, director):
    correction = ask(by=director)
    with refused("ktoś inny"):
        decide_correction(correction, granted=True, note="", by=director, on=AUGUST)
    centre.single_handed = True
    centre.save()
    assert decide_correction(correction, granted=True, note="", by=director, on=AUGUST).granted


def test_nothing_is_decided_or_taken_back_of_an_erased_person(ask, programme, social_worker, director):
    correction = ask()
    type(programme.participant).objects.filter(pk=programme.participant_id).update(erased_on=AUGUST)
    with refused("usunięto"):
        decide_correction(correction, granted=True, note="", by=director, on=AUGUST)
    with refused("usunięto"):
        withdraw_correction(correction, by=social_worker, on=AUGUST)


def test_a_decision_is_made_once(ask, director):
    correction = ask()
    decide_correction(correction, granted=False, note="Nie.", by=director, on=AUGUST)
    with refused("rozstrzygnięto już 3 sierpnia 2026"):
        decide_correction(correction, granted=True, note="", by=director, on=LATER)


def test_a_day_that_changed_meanwhile_is_not_overwritten(ask, programme, director):
    correction = ask()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cistor.passing', 'correction', true)")
        Day.objects.filter(programme=programme).update(meaning="excused", code="NU")
        cursor.execute("SELECT set_config('cistor.passing', '', true)")
    with refused("W międzyczasie"):
        decide_correction(correction, granted=True, note="", by=director, on=AUGUST)
    assert stands(programme) == ("excused", "NU", False)
    correction.refresh_from_db()
    assert correction.is_open


def test_a_day_that_fell_out_of_the_programme_meanwhile_is_not_written(ask, programme, director):
    correction = ask("present", day=MONDAY)
    end(programme, ended_on=FRIDAY)
    with refused("poza programem"):
        decide_correction(correction, granted=True, note="", by=director, on=AUGUST)


# The only way in, and what is left of it ------------------------------------------------------------------------------


def test_the_door_is_shut_again_after_the_correction(ask, programme, director):
    decide_correction(ask(), granted=True, note="", by=director, on=AUGUST)
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        Day.objects.filter(programme=programme, on=FRIDAY).update(meaning="present")


def test_a_corrected_day_is_still_closed_to_marks(ask, centre, programme, social_worker, director):
    decide_correction(ask(), granted=True, note="", by=director, on=AUGUST)
    cells = [Cell(programme.pk, "sick", "present")]
    with refused("zmienia go tylko korekta"):
        mark(centre=centre, on_day=FRIDAY, cells=cells, by=social_worker, on=AUGUST)


def test_the_journal_tells_what_was_asked_and_decided(ask, programme, social_worker, director):
    decide_correction(ask(), granted=True, note="", by=director, on=AUGUST)
    entries = Entry.objects.filter(object_kind="attendance.correction").order_by("pk")
    assert [(row.verb, row.by) for row in entries] == [
        ("correction_asked", social_worker),
        ("correction_granted", director),
    ]
    assert {row.participant for row in entries} == {programme.participant}


@pytest.mark.parametrize(
    "change", ["granted = false", "meaning = 'late'", "note = ''", "decided_on = '2026-08-05'", "reason = ''"]
)
def test_the_database_keeps_a_decision(ask, director, change):
    decide_correction(ask(), granted=True, note="", by=director, on=AUGUST)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE attendance_correction SET {change}")
    assert Correction.objects.get().granted


@pytest.mark.parametrize("half", [{"granted": True}, {"decided_on": AUGUST}, {"granted": False, "decided_on": AUGUST}])
def test_the_database_takes_no_half_decision(ask, half):
    with pytest.raises(DatabaseError, match="correction_decision_complete"), transaction.atomic():
        Correction.objects.filter(pk=ask().pk).update(**half)


def test_reasons_rest_encrypted(ask):
    ask(reason="Pobyt w szpitalu")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reason FROM attendance_correction UNION ALL SELECT reason FROM attendance_correctionevent"
        )
        stored = [row[0] for row in cursor.fetchall()]
    assert len(stored) == 2
    assert not [text for text in stored if "szpital" in text]
