from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from cistor.centres import actions
from cistor.centres.models import Meaning, Regulations
from cistor.errors import Refused
from tests.factories import login

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PROGRAMME = {"trial_months": "1", "main_months": "11", "extension_months": "6", "trial_end_rule": "day_before"}
BENEFIT = {
    "trial_rate": "50 %",
    "main_rate": "1",
    "full_rate_rounding": "to_grosz",
    "trial_settlement": "separate",
    "trial_payday": "day_after",
    "part_month": "thirtieths",
}


@pytest.fixture
def draft(client, centre, director):
    login(client, director)
    return actions.start_draft(
        centre=centre,
        origin=centre.regulations.get(),
        title="Nowy",
        in_force_from=date(2027, 1, 1),
        by=director,
        on=TODAY,
    )


def settings(client, draft, slug, typed):
    return client.post(reverse("centres:edit_settings", args=[draft.pk, slug]), typed)


def rows(client, draft, slug, *typed, **other):
    fields = {f"rows-{n}-{name}": value for n, row in enumerate(typed) for name, value in row.items()}
    count = {"rows-TOTAL_FORMS": len(typed), "rows-INITIAL_FORMS": 0}
    return client.post(reverse("centres:edit_list", args=[draft.pk, slug]), {**count, **fields, **other})


@pytest.mark.parametrize(
    "text, value",
    [("50 %", Fraction(1, 2)), ("0,5", Fraction(1, 2)), ("13/20", Fraction(13, 20)), ("120%", Fraction(6, 5))],
)
def test_a_share_is_typed_as_people_write_it(client, draft, text, value):
    assert settings(client, draft, "swiadczenie", {**BENEFIT, "trial_rate": text}).status_code == 302
    draft.refresh_from_db()
    assert draft.trial_rate == value


@pytest.mark.parametrize("wrong", ["", "pół", "1/0", "-1/2", "1e9", "1e999999999", "501%", "٣", "1/20/2", "x" * 50])
def test_a_wrong_share_is_told_beside_its_field_and_nothing_typed_is_lost(client, draft, wrong):
    answer = settings(client, draft, "swiadczenie", {**BENEFIT, "trial_rate": wrong, "main_rate_source": "§77"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["trial_rate"]
    assert "§77" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.trial_rate == Fraction(1, 2)


@pytest.mark.parametrize(
    "slug, typed, field",
    [
        ("swiadczenie", {**BENEFIT, "trial_payday": ""}, "trial_payday"),
        ("swiadczenie", {**BENEFIT, "trial_settlement": "calendar_month"}, "trial_payday"),
        ("program", {**PROGRAMME, "daily_hours_min": "8", "daily_hours_max": "6"}, "daily_hours_max"),
        ("program", {**PROGRAMME, "extension_months": "99999"}, "extension_months"),
        ("wyplata", {"payday_day": "31", "payment_methods": ["account"], "minimum_paid": "0"}, "payday_day"),
        ("wyplata", {"payday_day": "5", "payment_methods": [], "minimum_paid": "0"}, "payment_methods"),
        ("wyplata", {"payday_day": "5", "payment_methods": ["account"], "minimum_paid": "-1"}, "minimum_paid"),
        ("nieobecnosci", {"free_days": "4", "leave_request_to": "welfare_head"}, "leave_request_to"),
    ],
)
def test_what_contradicts_itself_is_told_beside_its_field(client, draft, slug, typed, field):
    answer = settings(client, draft, slug, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


RECRUITMENT = {
    "head_title": "dyrektor",
    "recruitment": "scores",
    "office_steps": ["opinion", "referral"],
    "score_scale": "5",
    "motivation_weight": "1",
    "potential_weight": "2",
    "prognosis_weight": "1/2",
}
POINTS = {"recruitment": "points", "income_threshold": "1 514,50 zł", "income_points": "5"}


def test_recruitment_by_scores_is_set_with_its_scale_and_weights(client, draft):
    assert settings(client, draft, "centrum", RECRUITMENT).status_code == 302
    draft.refresh_from_db()
    assert (draft.score_scale, draft.potential_weight, draft.prognosis_weight) == (5, 2, Fraction(1, 2))
    page = client.get(reverse("centres:regulations", args=[draft.pk])).content.decode()
    assert "opinia pracownika socjalnego, skierowanie" in page
    assert "1/2" in page


def test_recruitment_by_points_is_set_with_its_threshold(client, draft):
    assert settings(client, draft, "centrum", RECRUITMENT | POINTS).status_code == 302
    draft.refresh_from_db()
    assert (draft.income_threshold, draft.income_points) == (Decimal("1514.50"), 5)
    page = client.get(reverse("centres:regulations", args=[draft.pk])).content.decode()
    assert "1\N{NO-BREAK SPACE}514,50\N{NO-BREAK SPACE}zł" in page


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"score_scale": ""}, "score_scale"),
        ({"score_scale": "1"}, "score_scale"),
        ({"score_scale": "101"}, "score_scale"),
        ({"prognosis_weight": ""}, "prognosis_weight"),
        ({"prognosis_weight": "-1"}, "prognosis_weight"),
        ({"prognosis_weight": "101"}, "prognosis_weight"),
        ({"motivation_weight": "0", "potential_weight": "0", "prognosis_weight": "0"}, "motivation_weight"),
        ({**POINTS, "income_threshold": ""}, "income_threshold"),
        ({**POINTS, "income_threshold": "-5"}, "income_threshold"),
        ({**POINTS, "income_points": ""}, "income_points"),
        ({"recruitment": "points"}, "income_threshold"),
        ({**POINTS, "jobless_months": "12"}, "jobless_points"),
        ({"jobless_points": "1"}, "jobless_months"),
        ({"offer_days": "0"}, "offer_days"),
        ({"office_steps": ["consent"]}, "office_steps"),
        ({"office_steps": ["kiedyś"]}, "office_steps"),
    ],
)
def test_a_recruitment_that_could_not_be_carried_out_is_told_beside_its_field(client, draft, wrong, field):
    answer = settings(client, draft, "centrum", {**RECRUITMENT, **wrong})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_draft_that_says_how_but_not_by_what_is_not_adopted(draft, director):
    draft.score_scale = None
    draft.save()
    assert "Rekrutacja, ocena kryterium od 1 do" in actions.what_is_missing(draft)
    with pytest.raises(Refused, match="potrzebuje skali"):
        actions.make_binding(draft, by=director, on=TODAY)


ITEM = {"code": "safety_card", "name": "karta szkolenia BHP", "obligatory": "on", "source": "§2"}


def test_papers_of_the_personal_file_stand_in_the_order_of_their_numbers(client, draft):
    last, first = {**ITEM, "code": "ipzs", "name": "program"}, {**ITEM, "position": "7", "expires": "on"}
    empty = {"obligatory": "", "position": ""}
    assert rows(client, draft, "teczka", last, first, empty).status_code == 302
    kept = draft.fileitemkinds.values_list("code", "position", "expires")
    assert list(kept) == [("safety_card", 0, True), ("ipzs", 1, False)]
    page = client.get(reverse("centres:regulations", args=[draft.pk])).content.decode()
    assert "przed rozpoczęciem programu, z datą ważności" in page


@pytest.mark.parametrize(
    "wrong", [{"code": ""}, {"code": "karta BHP"}, {"name": ""}, {"source": ""}, {"position": "x"}]
)
def test_a_wrong_paper_of_the_file_is_told(client, draft, wrong):
    answer = rows(client, draft, "teczka", {**ITEM, **wrong})
    assert answer.status_code == 422
    assert list(answer.context["formset"].forms[0].errors) == list(wrong)


def test_a_wrong_code_is_told_in_words_of_the_house(client, draft):
    page = rows(client, draft, "teczka", {**ITEM, "code": "karta BHP"}).content.decode()
    assert "Kod: małe litery bez polskich znaków, cyfry i podkreślenia." in page
    assert "slug" not in page


def test_a_code_of_the_personal_file_stands_once(client, draft):
    answer = rows(client, draft, "teczka", ITEM, {**ITEM, "name": "inna"})
    assert "Ten kod ma już inny dokument." in answer.content.decode()


def test_what_an_agreement_asks_of_the_office_is_said(client, centre, director):
    login(client, director)
    page = client.get(reverse("centres:centre")).content.decode()
    assert "Porozumienia z urzędami" in page
    assert "MOPR Toruń" in page


def test_a_page_shows_what_stands_and_saves_it_unchanged(client, draft):
    for slug in ("swiadczenie", "zmniejszenia", "premia", "wyplata", "program", "nieobecnosci", "centrum"):
        form = client.get(reverse("centres:edit_settings", args=[draft.pk, slug])).context["form"]
        shown = {field.name: field.value() for field in form}
        typed = {name: "" if value is None else value for name, value in shown.items() if value is not False}
        assert settings(client, draft, slug, typed).status_code == 302, slug
    again = Regulations.objects.get(pk=draft.pk)
    for field in Regulations._meta.concrete_fields:
        assert getattr(again, field.name) == getattr(draft, field.name), field.name


LISTS_SHOWN = (
    ("oznaczenia", "daycodes"),
    ("podstawy", "grounds"),
    ("terminy", "deadline_lengths"),
    ("teczka", "fileitemkinds"),
)


def test_a_list_is_saved_unchanged_from_what_its_page_shows(client, draft):
    for slug, related in LISTS_SHOWN:
        before = [str(row) for row in getattr(draft, related).all()]
        formset = client.get(reverse("centres:edit_list", args=[draft.pk, slug])).context["formset"]
        typed = [
            {field.name: "" if field.value() is None else field.value() for field in form if field.name != "DELETE"}
            for form in formset
        ]
        assert rows(client, draft, slug, *typed, **{"rows-INITIAL_FORMS": len(before)}).status_code == 302, slug
        assert [str(row) for row in getattr(draft, related).all()] == before


def test_two_kinds_of_day_never_share_their_letters(client, draft):
    typed = [{"letters": "X", "name": "dzień", "colour": "1"}] * 2 + [{}] * 6
    answer = rows(client, draft, "oznaczenia", *typed)
    assert answer.status_code == 422
    assert "inny rodzaj dnia" in str(answer.context["formset"].forms[1].errors["letters"])
    assert draft.daycodes.count() == 8


def test_letters_need_a_name_and_a_colour(client, draft):
    answer = rows(client, draft, "oznaczenia", {"letters": "X"}, *[{}] * 7)
    assert set(answer.context["formset"].forms[0].errors) == {"name", "colour"}


def test_a_letter_stands_once_and_a_deleted_row_does_not_count(client, draft):
    row = {"letter": "a", "text": "spóźnianie się", "source": "§5"}
    assert rows(client, draft, "naruszenia", row, row).status_code == 422
    assert rows(client, draft, "naruszenia", {**row, "DELETE": "on"}, row, {}).status_code == 302
    assert draft.breachs.get().text == "spóźnianie się"


def test_a_row_emptied_is_a_row_taken_out(client, draft):
    assert rows(client, draft, "naruszenia", {}, {}, **{"rows-INITIAL_FORMS": 2}).status_code == 302
    assert not draft.breachs.exists()


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"unit": "calendar_days", "length": ""}, "length"),
        ({"unit": "clock", "at": ""}, "at"),
        ({"unit": "clock", "at": "25:00"}, "at"),
        ({"code": "kiedyś"}, "code"),
    ],
)
def test_a_term_needs_its_length_or_its_hour(client, draft, wrong, field):
    row = {"code": "sick_note", "unit": "calendar_days", "length": "2", "source": "§3", **wrong}
    answer = rows(client, draft, "terminy", row)
    assert answer.status_code == 422
    assert field in answer.context["formset"].forms[0].errors


def test_a_list_without_its_frame_is_refused_calmly(client, draft):
    answer = client.post(reverse("centres:edit_list", args=[draft.pk, "podstawy"]), {"x": "1"})
    assert answer.status_code == 422
    assert draft.grounds.count() == 11


def test_a_draft_is_started_from_the_ready_one(client, centre, director):
    login(client, director)
    page = client.get(reverse("centres:start_draft"), {"ustawa": "1"})
    assert page.context["form"].initial["raise_rights"]
    typed = {"token": "1", "origin": str(centre.regulations.get().pk), "title": "Zgodny", "in_force_from": "2027-01-01"}
    for _ in range(2):
        client.post(reverse("centres:start_draft"), {**typed, "raise_rights": "on"})
    assert centre.regulations.get(is_draft=True).main_rate == Fraction(6, 5)


def test_the_page_of_a_version_shows_the_statute_check_with_words(client, centre, director):
    login(client, director)
    page = client.get(reverse("centres:centre")).content.decode()
    assert "mniej, niż daje ustawa" in page
    assert "poniżej maksimum – wybór centrum" in page
    assert "Dz.U. 2022 poz. 218" in page


def test_the_given_reason_stands_on_the_page(client, centre, director):
    actions.give_reason(centre.regulations.get(), text="Uchwała zarządu.", by=director, on=TODAY)
    login(client, director)
    assert "Uchwała zarządu." in client.get(reverse("centres:centre")).content.decode()


def test_a_draft_is_deleted_after_a_question(client, draft):
    address = reverse("centres:delete_draft", args=[draft.pk])
    assert "Usunąć projekt" in client.get(address).content.decode()
    client.post(address, {"token": "1"})
    assert not Regulations.objects.filter(pk=draft.pk).exists()


def test_an_adopted_version_has_no_pages_to_write(client, centre, draft):
    version = centre.regulations.get(is_draft=False)
    for name, more in (("edit_settings", ["premia"]), ("edit_list", ["podstawy"]), ("name_draft", [])):
        assert client.get(reverse(f"centres:{name}", args=[version.pk, *more])).status_code == 404


@pytest.mark.parametrize("name", ["trial_months", "main_months"])
def test_a_programme_has_at_least_a_month_of_each_period(client, draft, name):
    answer = settings(client, draft, "program", {**PROGRAMME, name: "0"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    assert "Podaj liczbę od 1 do" in answer.content.decode()


def test_letters_that_differ_only_by_case_are_the_same(client, draft):
    codes = [
        {"letters": code.letters, "name": code.name, "colour": code.colour, "source": "", "position": code.position}
        for code in sorted(draft.daycodes.all(), key=lambda code: Meaning.values.index(code.meaning))
    ]
    codes[1]["letters"] = codes[0]["letters"].lower()
    answer = rows(client, draft, "oznaczenia", *codes)
    assert answer.status_code == 422
    assert "To oznaczenie ma już inny rodzaj dnia." in answer.content.decode()


def test_a_version_in_force_says_that_it_stays_instead_of_asking(client, draft):
    in_force = draft.centre.regulations.adopted().get()
    answer = client.get(reverse("centres:take_back", args=[in_force.pk]), follow=True)
    assert "Zmienia ją nowa wersja." in answer.content.decode()
    assert "Cofnąć przyjęcie" not in answer.content.decode()
