"""When trials, main periods and extensions end: at the ends of months, at the limits, around new regulations."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cistor import dates
from cistor.centres.models import Regulations
from participants import actions
from participants.extensions import most_now, whole_months
from participants.models import Stage
from tests.factories import make_participant, make_programme, make_reply, make_user
from tests.participants.refusals import refusal
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

D = date.fromisoformat


def signed(centre, by, start_on):
    """On trial from the day, already qualified by the office."""
    day = {"signed_on": start_on, "start_on": start_on, "on": start_on}
    programme = actions.sign_programme(make_participant(centre), despite="Teczka jest na papierze.", **day, by=by)
    make_reply(programme, by=by)
    return programme


def passed(programme, by, months=None):
    on = programme.stages.get(kind="trial").end_on
    return actions.pass_to_main(programme, months=months, by=by, on=on)


def spans(programme):
    return [(str(stage.start_on), str(stage.end_on)) for stage in programme.stages.all()]


# The ends of months --------------------------------------------------------------------------------------------------

# First day, rule → last day of the trial, last day of a main period of 11 months.
TRIALS = [
    ("2026-01-28", "day_before", "2026-02-27", "2027-01-27"),
    ("2026-01-29", "day_before", "2026-02-28", "2027-01-31"),
    ("2026-01-30", "day_before", "2026-02-28", "2027-01-31"),
    ("2026-01-31", "day_before", "2026-02-28", "2027-01-31"),
    ("2026-01-31", "same_day", "2026-02-28", "2027-01-31"),
    ("2026-01-28", "same_day", "2026-02-28", "2027-01-31"),
    ("2027-12-31", "day_before", "2028-01-30", "2028-12-30"),
    ("2027-12-31", "same_day", "2028-01-31", "2028-12-31"),
    ("2028-01-29", "day_before", "2028-02-28", "2029-01-28"),
    ("2028-01-30", "day_before", "2028-02-29", "2029-01-31"),
    ("2028-01-31", "day_before", "2028-02-29", "2029-01-31"),
    ("2028-01-29", "same_day", "2028-02-29", "2029-01-31"),
    ("2028-02-29", "day_before", "2028-03-28", "2029-02-28"),
    ("2028-02-29", "same_day", "2028-03-29", "2029-02-28"),
    ("2026-03-31", "day_before", "2026-04-30", "2027-03-31"),
    ("2026-03-31", "same_day", "2026-04-30", "2027-03-31"),
    ("2026-04-30", "day_before", "2026-05-29", "2027-04-29"),
    ("2026-04-30", "same_day", "2026-05-30", "2027-04-30"),
]


@pytest.mark.parametrize("start_on, rule, trial_end, main_end", TRIALS)
def test_trial_and_main_period_at_the_ends_of_months(centre, director, start_on, rule, trial_end, main_end):
    centre.regulations.update(trial_end_rule=rule)
    programme = signed(centre, director, D(start_on))
    main = passed(programme, director)
    assert spans(programme)[0] == (start_on, trial_end)
    assert (main.start_on, str(main.end_on)) == (D(trial_end) + timedelta(days=1), main_end)


# The limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "months, last", [(1, "2026-04-30"), (6, "2026-09-30"), (10, "2027-01-31"), (11, "2027-02-28"), (12, "")]
)
def test_a_main_period_of_eleven_months_at_most(centre, director, months, last):
    programme = signed(centre, director, D("2026-03-01"))
    if last:
        assert str(passed(programme, director, months).end_on) == last
    else:
        assert refusal(passed, programme, director, months) == (
            "months",
            "Regulamin pozwala na okres właściwy od 1 do 11 miesięcy.",
        )


# Limit of the regulations; months asked for one after another → the end of the last; "" where it is refused.
EXTENSIONS = [
    (6, [6], "2027-08-31"),
    (6, [1, 5], "2027-08-31"),
    (6, [2, 2, 2], "2027-08-31"),
    (6, [7], ""),
    (6, [3, 4], ""),
    (12, [12], "2028-02-29"),
    (12, [6, 6], "2028-02-29"),
    (12, [13], ""),
    (12, [6, 7], ""),
    (0, [1], ""),
]


@pytest.mark.parametrize("limit, asked, last", EXTENSIONS)
def test_extensions_up_to_the_limit_of_all_together(
    centre, director, social_worker, tmp_path, settings, limit, asked, last
):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(centre)
    centre.regulations.update(extension_months=limit)
    programme = make_programme(make_participant(centre), start_on=D("2026-03-01"))
    *before, final = asked
    for months in before:
        stage = Stage.objects.filter(programme=programme).latest("start_on")
        first = stage.end_on + timedelta(days=1)
        end_on = dates.months_later(first, months, "day_before")
        decided = {"decided_on": stage.end_on, "decided_by": director}
        programme.stages.create(kind="extension", start_on=first, end_on=end_on, **decided)
    on = Stage.objects.filter(programme=programme).latest("start_on").end_on
    ask = {"origin": "participant", "months": final, "reason": "Egzamin.", "by": social_worker, "on": on}
    if last:
        extension = actions.ask_extension(programme, **ask)
        granted = actions.decide_extension(extension, granted=True, note="", by=director, on=on)
        assert str(granted.stage.end_on) == last
    else:
        assert refusal(actions.ask_extension, programme, **ask)[0] == "months"


@pytest.mark.parametrize("first", ["2026-01-31", "2026-02-28", "2028-02-29", "2026-03-01", "2026-10-30"])
@pytest.mark.parametrize("months", [1, 2, 6, 12])
def test_months_planned_are_read_back_from_the_days(first, months):
    end_on = dates.months_later(D(first), months, "day_before")
    assert whole_months(Stage(start_on=D(first), end_on=end_on)) == months


# New regulations -----------------------------------------------------------------------------------------------------


def adopt(centre, in_force_from, **over):
    version = Regulations.objects.filter(centre=centre).first()
    version.pk, version.in_force_from, version.sealed_on = None, in_force_from, None
    for name, value in over.items():
        setattr(version, name, value)
    version._state.adding = True
    version.save()


@pytest.mark.parametrize(
    "since, trial_end, main_months",
    [
        ("2026-02-28", "2026-04-30", 8),
        ("2026-03-01", "2026-04-30", 8),
        ("2026-03-02", "2026-03-31", 8),
        ("2026-04-01", "2026-03-31", 8),
        ("2026-04-02", "2026-03-31", 11),
    ],
)
def test_the_day_on_which_a_stage_begins_chooses_the_regulations(centre, director, since, trial_end, main_months):
    """Two months of trial and eight of the main period from a day on, instead of one and eleven."""
    adopt(centre, D(since), trial_months=2, main_months=8)
    programme = signed(centre, director, D("2026-03-01"))
    assert spans(programme) == [("2026-03-01", trial_end)]
    assert "od 1 do" in refusal(passed, programme, director, main_months + 1)[1]
    main = passed(programme, director)
    assert main.end_on == dates.months_later(main.start_on, main_months, "day_before")


@pytest.mark.parametrize("since, most", [("2027-02-28", 12), ("2027-03-01", 12), ("2027-03-02", 6)])
def test_the_first_day_of_the_extension_chooses_its_limit(centre, since, most):
    programme = make_programme(make_participant(centre), start_on=D("2026-03-01"))
    adopt(centre, D(since), extension_months=12)
    assert str(programme.planned_end_on) == "2027-02-28"
    assert most_now(programme) == most


# Whatever is planned -------------------------------------------------------------------------------------------------


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start_on=st.dates(D("2015-01-01"), D("2040-12-31")),
    months=st.integers(1, 11),
    rule=st.sampled_from(["day_before", "same_day"]),
)
def test_stages_follow_each_other_without_a_gap_and_the_main_period_has_whole_months(centre, start_on, months, rule):
    by = centre.staff.first() or make_user(centre, "director")
    centre.regulations.update(trial_end_rule=rule)
    programme = signed(centre, by, start_on)
    passed(programme, by, months)
    trial, main = programme.stages.all()
    assert (trial.start_on, trial.end_on < main.start_on) == (start_on, True)
    assert main.start_on - trial.end_on == timedelta(days=1)
    assert main.end_on == dates.months_later(main.start_on, months, "day_before")
    assert whole_months(main) == months
