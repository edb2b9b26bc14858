"""From which account the centre pays, version by version."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from benefits.models import BankProfile
from benefits.reading.ordering import elixir_profile
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.benefits.orders import NRB, SINCE, make_profile
from tests.factories import login, make_user

TODAY = date(2026, 8, 3)


def test_a_version_holds_from_its_day_and_the_one_before_until_then(centre, director):
    first = make_profile(centre, by=director)
    second = make_profile(centre, by=director, since=TODAY + timedelta(days=7), on=TODAY, bank="Drugi Bank")
    in_force = BankProfile.objects.in_force
    assert in_force(centre, SINCE - timedelta(days=1)) is None
    assert in_force(centre, TODAY) == first
    assert in_force(centre, TODAY + timedelta(days=7)) == second
    assert Entry.objects.filter(verb="bank_profile_added", by=director).count() == 2


@pytest.mark.parametrize(
    "field, over",
    [
        ("nrb", {"nrb": NRB.replace("2874", "2875")}),
        ("nrb", {"nrb": "123"}),
        ("title", {"title": "Wypłata"}),
        ("sender", {"sender": []}),
        ("forbidden", {"forbidden": ":;N"}),
        ("forbidden", {"sender": ["CIS"], "width": 20, "lines": 2}),
        ("sender", {"sender": ["a" * 40, "b" * 40, "c" * 40, "d" * 40]}),
    ],
)
def test_a_profile_that_could_write_no_file_is_refused_at_its_field(centre, director, field, over):
    with pytest.raises(Refused) as refusal:
        make_profile(centre, by=director, **over)
    assert refusal.value.field == field
    assert not BankProfile.objects.exists()


def test_a_later_version_does_not_begin_in_the_past_nor_on_a_day_that_has_one(centre, director):
    make_profile(centre, by=director)
    with pytest.raises(Refused, match="najwcześniej od dziś"):
        make_profile(centre, by=director, since=TODAY - timedelta(days=1), on=TODAY)
    make_profile(centre, by=director, since=TODAY, on=TODAY)
    with pytest.raises(ValidationError, match="inny profil banku"):
        make_profile(centre, by=director, since=TODAY, on=TODAY)


def test_only_the_head_of_this_centre_sets_it(centre, payroll, other_centre):
    for by in (payroll, make_user(other_centre, "director")):
        with pytest.raises(Refused, match="kierujący centrum"):
            make_profile(centre, by=by)


@pytest.mark.parametrize("line_end, written", [("crlf", "\r\n"), ("lf", "\n")])
def test_the_file_is_written_as_the_profile_says(centre, director, line_end, written):
    row = make_profile(centre, by=director, line_end=line_end, encoding="utf-8", width=27, lines=3)
    profile = elixir_profile(row)
    assert (profile.line_end, profile.encoding, profile.width, profile.lines) == (written, "utf-8", 27, 3)
    assert (profile.nrb, profile.sender) == (NRB, tuple(row.sender))


def test_the_director_writes_a_version_and_everybody_who_sees_lists_reads_it(client, centre, director, payroll):
    login(client, director)
    form = client.get(reverse("benefits:new_bank_profile")).context["form"]
    typed = {name: form.initial.get(name, "") for name in form.fields if name != "token"}
    typed |= {
        "bank": "Bank Wymyślony",
        "nrb": f"PL {NRB}",
        "sender": "CIS Wymyślone\r\n\r\nul. Zmyślona 1",
        "token": "1",
    }
    assert client.post(reverse("benefits:new_bank_profile"), typed).url == reverse("benefits:bank_profiles")
    row = BankProfile.objects.get()
    assert (row.nrb, row.sender, row.forbidden) == (NRB, ["CIS Wymyślone", "ul. Zmyślona 1"], ':;&@$"')
    login(client, payroll)
    page = client.get(reverse("benefits:bank_profiles")).content.decode()
    assert "61 1090 1014 0000 0712 1981 2874" in page
    assert "obowiązuje" in page
    assert "Nowa wersja" not in page


def test_a_wrong_number_stands_beside_its_field(client, director):
    login(client, director)
    form = client.get(reverse("benefits:new_bank_profile")).context["form"]
    typed = {**form.initial, "bank": "Bank", "nrb": "1" * 26, "sender": "CIS", "token": "2"}
    answer = client.post(reverse("benefits:new_bank_profile"), typed)
    assert answer.status_code == 422
    assert "To nie jest numer rachunku" in str(answer.context["form"].errors["nrb"])
