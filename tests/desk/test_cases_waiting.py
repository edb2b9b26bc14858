from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.accounts.models import User
from cistor.desk import cases, waiting
from referrals.models import Opinion
from tests.factories import login, make_centre, make_participant, make_user
from tests.referrals.making import make_application, welfare_office

MONDAY = date(2026, 3, 2)
WEDNESDAY = date(2026, 3, 11)


@pytest.fixture
def office(centre):
    return welfare_office(centre)


@pytest.fixture
def worker(office):
    return make_user(None, "welfare_worker", office=office)


@pytest.fixture
def head(office):
    return make_user(None, "welfare_head", office=office)


def case(centre, state, *, on=MONDAY, **over):
    return make_application(centre, office=welfare_office(centre), office_state=state, on=on, **over)


def told(user, question, on=WEDNESDAY) -> list[tuple[str, str, str]]:
    """Urgency, words and place, without the name of the person."""
    found = question(user, on)
    return [(matter.heading(on), f"{matter.word}: {matter.text.split(': ')[-1]}", matter.url) for matter in found]


def test_the_office_sees_what_it_has_to_do_in_order_of_urgency(centre, worker):
    sent, written = case(centre, "sent"), case(centre, "opined")
    received, soon = case(centre, "received"), case(centre, "received", on=date(2026, 2, 27))
    assert told(worker, cases.for_the_office) == [
        ("Po terminie", "6 dni po terminie: potwierdzenie wpływu", f"/skierowania/urzad/{sent.pk}/"),
        ("W tym tygodniu", "zostało 5 dni: opinia", f"/skierowania/urzad/{soon.pk}/"),
        ("W tym tygodniu", "zostało 6 dni: opinia", f"/skierowania/urzad/{received.pk}/"),
        ("Na dziś", "od 4 dni: skierowanie", f"/skierowania/urzad/{written.pk}/"),
    ]


def test_the_consent_waits_for_the_head_alone(centre, office, worker, head):
    office.agreements.update(office_steps=["opinion", "consent"])
    case(centre, "opined")
    assert told(worker, cases.for_the_office) == []
    assert [words for _, words, _ in told(head, cases.for_the_office)] == ["od 4 dni: zgoda kierownika"]


@pytest.mark.parametrize("state", ["to_send", "referred", "no_consent"])
def test_nothing_waits_for_an_office_that_was_not_asked_or_has_done_its_part(centre, worker, state):
    case(centre, state)
    assert told(worker, cases.for_the_office) == []


def test_a_closed_case_and_another_offices_case_wait_for_nobody_here(centre, worker):
    other = centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="OPS 2")
    make_application(centre, office=other, office_state="received", on=MONDAY)
    case(centre, "received", status="withdrawn")
    assert waiting.matters(worker, on=WEDNESDAY) == []


def test_the_centre_is_told_of_what_the_office_owes(centre, social_worker):
    sent, late = case(centre, "sent"), case(centre, "received", on=date(2026, 2, 20))
    case(centre, "received")
    assert told(social_worker, cases.from_the_office) == [
        ("Po terminie", "6 dni po terminie: zapytaj urząd o wpływ wniosku", f"/skierowania/{sent.pk}/"),
        ("Po terminie", "2 dni po terminie: opinia urzędu", f"/skierowania/{late.pk}/"),
    ]


def test_who_has_a_place_is_named_and_all_cases_to_send_are_counted(centre, social_worker):
    chosen = case(centre, "to_send", recruitment_state="qualified")
    for _ in range(2):
        case(centre, "to_send", participant=make_participant(centre))
    assert told(social_worker, cases.to_send) == [
        (
            "Na dziś",
            "wyślij: ma miejsce, a wniosku nie wysłano jeszcze do urzędu",
            f"/skierowania/{chosen.pk}/wyslanie/",
        ),
        (
            "Do wiadomości",
            "do wysłania: 3 wnioski czekają na wysłanie do urzędu",
            "/skierowania/?widok=tabela&etap=do-wyslania",
        ),
    ]


def test_nobody_sends_who_has_fallen_out_of_the_recruitment(centre, social_worker):
    case(centre, "to_send", recruitment_state="declined")
    assert told(social_worker, cases.to_send) == []


def test_the_number_to_send_is_that_of_the_list_it_leads_to(client, centre, social_worker, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: WEDNESDAY)
    for state in ("waiting", "checked", "reserve", "qualified", "declined"):
        case(centre, "to_send", recruitment_state=state)
    case(centre, "to_send", status="draft")
    *_, (_, words, url) = told(social_worker, cases.to_send)
    assert words == "do wysłania: 4 wnioski czekają na wysłanie do urzędu"
    login(client, social_worker)
    assert "4 wnioski" in client.get(url).content.decode()


def test_of_many_with_a_place_the_rest_is_found_in_the_list(centre, social_worker):
    for _ in range(cases.MOST + 1):
        case(centre, "to_send", recruitment_state="qualified")
    *_, (_, _, url) = told(social_worker, cases.to_send)
    assert url == "/skierowania/?widok=tabela&etap=do-wyslania&stan=zakwalifikowani"


def test_what_the_office_wrote_on_screen_is_news_for_a_week(centre, worker, social_worker):
    application = case(centre, "opined")
    assert told(social_worker, cases.news) == []
    Opinion.objects.update(from_paper=False, recorded_on=date(2026, 3, 7), is_positive=False)
    assert told(social_worker, cases.news) == [
        ("Do wiadomości", "07.03: przyszła negatywna opinia urzędu", f"/skierowania/{application.pk}/")
    ]
    assert told(social_worker, cases.news, on=date(2026, 3, 14)) == []


@pytest.mark.parametrize("role", ["instructor", "psychologist", "payroll", "admin"])
def test_nobody_else_is_told_of_cases(centre, role):
    case(centre, "sent")
    case(centre, "to_send")
    user = make_user(centre, role)
    for question in (cases.for_the_office, cases.from_the_office, cases.to_send, cases.news):
        assert told(user, question) == []


def test_another_centre_is_told_of_nothing(centre, outsider):
    case(centre, "sent")
    case(centre, "to_send", recruitment_state="qualified")
    for question in (cases.from_the_office, cases.to_send, cases.news):
        assert told(outsider, question) == []


def test_a_long_row_of_one_kind_is_told_by_its_number(centre, social_worker):
    for _ in range(cases.MOST + 3):
        case(centre, "sent", participant=make_participant(centre))
    found = list(cases.from_the_office(social_worker, WEDNESDAY))
    assert len(found) == cases.MOST + 1
    assert found[-1].text == "i jeszcze 3 sprawy tego rodzaju"
    assert found[-1].heading(WEDNESDAY) == "Po terminie"


def test_the_desk_of_an_office_shows_its_cases_and_only_its_rooms(client, centre, worker, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: WEDNESDAY)
    late = case(centre, "sent")
    elsewhere = case(make_centre("rzyszczewo"), "sent")
    login(client, worker)
    page = client.get("/").content.decode()
    assert f"{late.participant}: potwierdzenie wpływu" in page
    assert "6 dni po terminie" in page
    assert elsewhere.participant.last_name not in page
    assert 'href="/skierowania/urzad/"' in page
    for room in ("/uczestnicy/", "/obecnosc/", "/swiadczenia/", "/centrum/", 'href="/skierowania/"'):
        assert room not in page


def test_the_desk_asks_as_often_about_many_cases(centre, worker, social_worker):
    def asked() -> list[int]:
        numbers = []
        for user in User.objects.filter(pk__in=[worker.pk, social_worker.pk]).order_by("pk"):
            with CaptureQueriesContext(connection) as queries:
                waiting.matters(user, on=WEDNESDAY)
            numbers.append(len(queries))
        return numbers

    def more(number):
        for _ in range(number):
            for state in ("sent", "received", "opined", "to_send"):
                case(centre, state, participant=make_participant(centre))

    more(1)
    # The first time also asks for what every process asks once.
    asked()
    few = asked()
    more(5)
    assert asked() == few
