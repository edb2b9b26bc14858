from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cistor import dates
from cistor.centres.models import FileItemKind
from cistor.journal.models import Entry
from participants import actions
from participants.models import Membership
from tests.factories import make_group, make_participant, make_programme, make_reply
from tests.participants.refusals import refusal

pytestmark = pytest.mark.django_db

START = date(2026, 3, 1)
TRIAL_END = date(2026, 3, 31)


@pytest.fixture
def person(centre):
    return make_participant(centre)


def sign(person, by, *, signed_on=START, start_on=START, despite="Teczka jest na papierze.", on=START):
    return actions.sign_programme(person, signed_on=signed_on, start_on=start_on, despite=despite, by=by, on=on)


def stages(programme):
    return [(stage.kind, str(stage.start_on), str(stage.end_on)) for stage in programme.stages.all()]


# Signing -------------------------------------------------------------------------------------------------------------


def test_signing_plans_the_trial_by_the_regulations_of_the_first_day(person, director):
    programme = sign(person, director)
    assert stages(programme) == [("trial", "2026-03-01", "2026-03-31")]
    assert (programme.signed_by, programme.phase_on(START)) == (director, "trial")


def test_a_trial_may_end_on_the_same_date_of_the_next_month(person, director, centre):
    centre.regulations.update(trial_end_rule="same_day")
    assert stages(sign(person, director)) == [("trial", "2026-03-01", "2026-04-01")]


def test_a_trial_lasts_as_many_months_as_the_regulations_say(person, director, centre):
    centre.regulations.update(trial_months=2)
    assert stages(sign(person, director)) == [("trial", "2026-03-01", "2026-04-30")]


def test_signing_is_journalled_with_the_days(person, director, centre):
    FileItemKind.objects.filter(regulations__centre=centre).delete()
    programme = sign(person, director)
    entry = Entry.objects.get(verb="sign_programme")
    assert (entry.by, entry.participant, entry.object_id) == (director, person, programme.pk)
    assert entry.data == {"signed_on": "2026-03-01", "start_on": "2026-03-01", "trial_end_on": "2026-03-31"}


WRONG_STARTS = [
    ({"on": date(2026, 2, 28)}, "signed_on", "z przyszłości"),
    ({"start_on": date(2026, 2, 28)}, "start_on", "w dniu podpisania IPZS albo później"),
    ({"start_on": date(2027, 3, 3)}, "start_on", "najdalej rok"),
    ({"signed_on": date(2010, 1, 4), "start_on": date(2010, 1, 4)}, "start_on", "nie ma regulaminu"),
    ({"signed_on": date(1, 1, 1), "start_on": date(1, 1, 1)}, "signed_on", "1.01.1900"),
    ({"start_on": date(9999, 12, 31)}, "start_on", "1.01.1900"),
]


@pytest.mark.parametrize("over, field, says", WRONG_STARTS)
def test_days_that_contradict_each_other_are_refused_beside_their_field(person, director, over, field, says):
    refused, message = refusal(sign, person, director, **over)
    assert refused == field
    assert says in message


def test_a_second_programme_waits_for_the_end_of_the_first(person, director):
    sign(person, director)
    assert "otwarty program" in refusal(sign, person, director)[1]


def test_a_new_programme_begins_after_the_last_day_of_the_earlier_one(person, director):
    earlier = sign(person, director)
    last = date(2026, 3, 20)
    actions.end_programme(earlier, ended_on=last, kind="declaration", reason="", by=director, on=last)
    field, message = refusal(sign, person, director, signed_on=last, start_on=last, on=last)
    assert (field, "do 20.03.2026" in message) == ("start_on", True)
    assert sign(person, director, signed_on=last, start_on=date(2026, 3, 21), on=last).pk


# The main period -----------------------------------------------------------------------------------------------------


def qualified(person, by):
    """Signed, and the office's answer is in."""
    programme = sign(person, by)
    make_reply(programme, by=by)
    return programme


def test_the_main_period_begins_the_day_after_the_trial_and_makes_a_whole_year(person, director):
    programme = qualified(person, director)
    actions.pass_to_main(programme, by=director, on=TRIAL_END)
    assert stages(programme)[1] == ("main", "2026-04-01", "2027-02-28")


def test_the_main_period_counts_from_its_own_first_day_under_either_rule(person, director, centre):
    centre.regulations.update(trial_end_rule="same_day")
    programme = qualified(person, director)
    actions.pass_to_main(programme, by=director, on=TRIAL_END, months=6)
    assert stages(programme)[1] == ("main", "2026-04-02", "2026-10-01")


def test_the_main_period_is_decided_from_the_trials_last_week_on(person, director):
    programme = qualified(person, director)
    _, message = refusal(actions.pass_to_main, programme, by=director, on=date(2026, 3, 24))
    assert "od 25.03.2026" in message
    stage = actions.pass_to_main(programme, by=director, on=date(2026, 3, 25))
    assert (stage.decided_on, stage.decided_by) == (date(2026, 3, 25), director)


@pytest.mark.parametrize("months", [0, -1, 12, 10_000])
def test_the_main_period_is_no_longer_than_the_regulations_allow(person, director, months):
    programme = qualified(person, director)
    field, message = refusal(actions.pass_to_main, programme, by=director, on=TRIAL_END, months=months)
    assert (field, "od 1 do 11" in message) == ("months", True)


def test_nobody_passes_twice(person, director):
    programme = qualified(person, director)
    actions.pass_to_main(programme, by=director, on=TRIAL_END)
    assert "od 01.04.2026" in refusal(actions.pass_to_main, programme, by=director, on=TRIAL_END)[1]


def test_nobody_passes_after_the_end(person, director):
    programme = qualified(person, director)
    actions.end_programme(programme, ended_on=TRIAL_END, kind="job", reason="", by=director, on=TRIAL_END)
    assert "31.03.2026" in refusal(actions.pass_to_main, programme, by=director, on=TRIAL_END)[1]


@given(
    first=st.dates(date(2015, 1, 1), date(2090, 12, 31)),
    months=st.integers(1, 18),
    rule=st.sampled_from(["day_before", "same_day"]),
)
def test_periods_of_months_end_where_the_calendar_lets_them(first, months, rule):
    last = dates.months_later(first, months, rule)
    target = (first.year * 12 + first.month - 1 + months) % 12 + 1
    assert last > first
    if last.month == target:
        assert last == dates.month_end(last) or last.day == first.day - (rule == "day_before")
    else:
        assert (first.day, rule, last) == (1, "day_before", dates.month_end(last))


# The end -------------------------------------------------------------------------------------------------------------


def end(programme, by, *, ended_on=date(2026, 3, 20), kind="declaration", reason="", on=date(2026, 3, 23)):
    return actions.end_programme(programme, ended_on=ended_on, kind=kind, reason=reason, by=by, on=on)


def test_the_last_day_still_belongs_to_the_programme(person, director):
    programme = end(sign(person, director), director)
    assert programme.phase_on(date(2026, 3, 20)) == "trial"
    assert programme.phase_on(date(2026, 3, 21)) == "ended"
    assert (programme.end_decided_on, programme.end_decided_by) == (date(2026, 3, 23), director)


def test_the_membership_of_the_group_ends_with_the_programme(person, director, centre):
    programme = sign(person, director)
    first, second = make_group(centre), make_group(centre)
    actions.join_group(person, group=first, start_on=START, by=director, on=START)
    actions.join_group(person, group=second, start_on=date(2026, 4, 1), by=director, on=START)
    end(programme, director)
    assert [(m.group, m.end_on) for m in Membership.objects.all()] == [(first, date(2026, 3, 20))]


@pytest.mark.parametrize("kind", ["breach", "left", "trial_failed", "other"])
def test_an_end_that_somebody_may_contest_needs_its_reason(person, director, kind):
    programme = sign(person, director)
    field, _ = refusal(end, programme, director, kind=kind, reason="  ")
    assert field == "reason"
    assert end(programme, director, kind=kind, reason="Trzy rozmowy bez skutku.").end_kind == kind


WRONG_ENDS = [
    ({"ended_on": date(2026, 2, 28)}, "ended_on", "między 01.03.2026 a 31.03.2026"),
    ({"ended_on": date(2026, 4, 1)}, "ended_on", "między 01.03.2026 a 31.03.2026"),
    ({"ended_on": date(9999, 12, 31)}, "ended_on", "między"),
    ({"kind": "holiday"}, "kind", "Wybierz powód"),
    ({"kind": ""}, "kind", "Wybierz powód"),
    ({"kind": "period"}, "kind", "upływa 31.03.2026"),
]


@pytest.mark.parametrize("over, field, says", WRONG_ENDS)
def test_an_impossible_end_is_refused_beside_its_field(person, director, over, field, says):
    refused, message = refusal(end, sign(person, director), director, **over)
    assert refused == field
    assert says in message


def test_a_trial_does_not_fail_in_the_main_period(centre, director):
    programme = make_programme(make_participant(centre), start_on=START)
    over = {"kind": "trial_failed", "reason": "Nieobecności.", "ended_on": date(2026, 4, 1)}
    assert refusal(end, programme, director, **over)[0] == "kind"


def test_an_end_is_final(person, director):
    programme = end(sign(person, director), director)
    assert "20.03.2026" in refusal(end, programme, director, ended_on=date(2026, 3, 25))[1]


def test_the_journal_tells_the_kind_of_the_end_and_keeps_the_reason_out(person, director):
    end(sign(person, director), director, kind="other", reason="Sprawa rodzinna.")
    assert Entry.objects.get(verb="end_programme").data == {"ended_on": "2026-03-20", "kind": "other"}
