from datetime import date

import pytest

# This file is read before Django is ready, so what knows models is imported where it is used.


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def jobs_are_done_at_once(prompt_worker):
    """Whoever has asked for a list to be counted reads it on the next page."""


@pytest.fixture
def letterhead(centre):
    return _letterhead(centre)


@pytest.fixture
def other_letterhead(other_centre):
    return _letterhead(other_centre)


def _letterhead(centre):
    from cistor.documents.models import Letterhead

    return Letterhead.objects.create(
        centre=centre,
        in_force_from=date(2014, 1, 1),
        name="Centrum Integracji Społecznej „Wymyślone”",
        address="ul. Zmyślona 1, 87-100 Toruń",
        place="Toruń",
    )


@pytest.fixture
def programme(centre):
    """Somebody whose July has one unexcused day."""
    from tests.benefits.people import SIXTH, make_settled_in

    return make_settled_in(centre, but={SIXTH: "unexcused"})


@pytest.fixture
def july(centre, programme, letterhead, payroll):
    from benefits.actions import run_month
    from tests.benefits.people import COUNTED, JULY

    return run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)


@pytest.fixture
def approved(july, payroll, director):
    from tests.benefits.people import COUNTED, check_and_approve

    return check_and_approve(july, by=director, on=COUNTED)


@pytest.fixture
def pay(centre, letterhead, payroll, director):
    from tests.benefits.months import pay_month

    def paid(month, **over):
        return pay_month(centre, month, by=payroll, director=director, **over)

    return paid


@pytest.fixture
def count(centre, letterhead, payroll):
    from tests.benefits.months import count_month

    def counted(month, **over):
        return count_month(centre, month, by=payroll, **over)

    return counted


@pytest.fixture
def owing(centre):
    """Somebody's programme, in its main period."""
    from tests.benefits.debts import STARTED
    from tests.factories import make_participant, make_programme

    return make_programme(make_participant(centre), start_on=STARTED)


@pytest.fixture
def enter(owing, payroll):
    from decimal import Decimal

    from benefits.actions.deductions import enter_deduction
    from tests.benefits.debts import ENTERED, kind_of

    def entered(code="damage", amount="200.00", *, programme=owing, kind=None, **over):
        terms = {"what": "rozbita szlifierka", "amount": Decimal(amount), "by": payroll, "on": ENTERED, **over}
        return enter_deduction(programme, kind=kind or kind_of(programme, code), **terms)

    return entered


@pytest.fixture
def agreed(enter, payroll):
    """Entered and signed."""
    from benefits.actions.deductions import record_consent
    from tests.benefits.debts import LATER, SIGNED

    def consented(*args, signed=SIGNED, **over):
        return record_consent(enter(*args, **over), consented_on=signed, by=payroll, on=LATER)

    return consented
