from fractions import Fraction

import pytest

from benefits.rules import SETTINGS, Settings, WrongSetting
from tests.rules.book import CISTOR, RZYSZCZEWO, TODAY


@pytest.mark.parametrize("regulations", [CISTOR, RZYSZCZEWO, TODAY])
def test_settings_come_back_as_they_were_written(regulations):
    assert Settings.from_mapping(regulations).as_mapping() == {"trial_end_rule": "day_before", **regulations}


def test_what_the_sources_leave_open_has_a_default():
    chosen = {name: value for name, value in CISTOR.items() if SETTINGS[name].default is SETTINGS["main_rate"].default}
    settings = Settings.from_mapping(chosen)
    assert (settings.sick_limit_scope, settings.bonus_basis, settings.trial_sick_fraction) == (
        "programme",
        "full_rate",
        None,
    )


def test_a_thirtieth_stays_a_thirtieth():
    assert Settings.from_mapping(RZYSZCZEWO).excused_fraction == Fraction(1, 30)


@pytest.mark.parametrize(
    "name, value",
    [
        ("main_rate", 1),
        ("main_rate", 0.5),
        ("main_rate", "1/0"),
        ("main_rate", "-1/2"),
        ("main_rate", "połowa"),
        ("main_rate", "1e9"),
        ("main_rate", None),
        ("sick_days_limit", "14"),
        ("sick_days_limit", -1),
        ("sick_days_limit", True),
        ("sick_limit_scope", "month"),
        ("sick_limit_scope", []),
        ("trial_payday", "day_before"),
        ("bonus_in_trial", "yes"),
        ("minimum_paid", "-1.00"),
        ("minimum_paid", "1.005"),
        ("minimum_paid", "NaN"),
        ("minimum_paid", "Infinity"),
        ("minimum_paid", "1e999999"),
        ("minimum_paid", 0.1),
        ("payday_day", 0),
        ("payday_day", 32),
    ],
)
def test_a_value_that_means_nothing_is_refused_by_name(name, value):
    with pytest.raises(WrongSetting, match=name):
        Settings.from_mapping({**CISTOR, name: value})


def test_an_unknown_and_a_missing_setting_are_named():
    with pytest.raises(WrongSetting, match="sick_fractoin"):
        Settings.from_mapping({**CISTOR, "sick_fractoin": "1/40"})
    with pytest.raises(WrongSetting, match="main_rate"):
        Settings.from_mapping({name: value for name, value in CISTOR.items() if name != "main_rate"})
