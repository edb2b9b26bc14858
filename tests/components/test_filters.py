from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Template

NBSP = "\N{NO-BREAK SPACE}"


def rendered(template: str, **context) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    "count,said",
    [(0, "dni"), (1, "dzień"), (2, "dni"), (5, "dni"), (21, "dni"), (22, "dni")],
)
def test_days_take_their_polish_form(count, said):
    assert rendered('{{ n|plural:"dzień,dni,dni" }}', n=count) == said


@pytest.mark.parametrize(
    "count,said",
    [(1, "osoba"), (2, "osoby"), (4, "osoby"), (5, "osób"), (11, "osób"), (12, "osób"), (14, "osób"), (21, "osób"),
     (22, "osoby"), (104, "osoby"), (112, "osób")],
)  # fmt: skip
def test_people_take_their_polish_form_and_the_teens_are_many(count, said):
    assert rendered('{{ n|plural:"osoba,osoby,osób" }}', n=count) == said


def test_amounts_have_a_comma_and_spaces_that_do_not_break():
    assert rendered("{{ a|zloty }}", a=Decimal("1783.9")) == f"1{NBSP}783,90{NBSP}zł"
    assert rendered("{{ a|amount }}", a=Decimal("-178.39")) == "−178,39"


def test_dates_and_times_are_said_the_polish_way():
    day = date(2026, 11, 21)
    assert rendered("{{ d|date_long }}", d=day) == "sobota, 21 listopada 2026"
    assert rendered("{{ d|date_short }}", d=day) == "21.11.2026"
    assert rendered("{{ d|month_name }}", d=day) == "listopad 2026"
    assert rendered("{{ t|time_short }}", t=time(7, 45)) == "7:45"


def test_midnight_is_a_time_and_zero_is_an_amount():
    assert rendered("{{ t|time_short }}", t=time(0, 0)) == "0:00"
    assert rendered("{{ a|zloty }}", a=Decimal(0)) == f"0,00{NBSP}zł"


def test_moments_are_shown_in_warsaw_on_the_day_it_is_there():
    late_evening_in_greenwich = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert rendered("{{ m|date_short }}, {{ m|time_short }}", m=late_evening_in_greenwich) == "02.07.2026, 0:30"


@pytest.mark.parametrize("name", ["zloty", "amount", "date_long", "date_short", "month_name", "time_short"])
def test_what_is_missing_shows_a_dash(name):
    assert rendered("{{ nothing|" + name + " }}", nothing=None) == "—"


def test_a_badge_says_its_state_by_icon_and_word():
    html = rendered('{% badge "late" "po terminie" %}')
    assert "po terminie" in html
    assert "#triangle-alert" in html


def test_a_badge_of_an_unknown_kind_is_an_error_of_the_page():
    with pytest.raises(KeyError):
        rendered('{% badge "pink" "po terminie" %}')


def test_an_icon_is_silent_beside_a_word_and_speaks_where_it_stands_alone():
    assert 'aria-hidden="true"' in rendered('{% icon "check" %}')
    alone = rendered('{% icon "check" label=word %}', word='"tak"')
    assert 'role="img" aria-label="&quot;tak&quot;"' in alone
    assert "aria-hidden" not in alone
