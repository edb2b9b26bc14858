"""Each component with only what it must have: anything else it asks for is an undefined variable, and that fails."""

import re

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

FACTS = [("Osób", 0), ("Numer pisma", None), ("Uwagi", "")]


class Signing(forms.Form):
    first_day = forms.DateField(label="Pierwszy dzień")
    way = forms.ChoiceField(label="Sposób wypłaty", choices=[("a", "rachunek")], widget=forms.RadioSelect)
    note = forms.CharField(label="Uwagi", required=False)

    def clean(self):
        raise forms.ValidationError("Tej osoby nie ma w centrum.")


def component(name: str, path: str = "/", **context) -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return render_to_string(f"components/{name}.html", context, request)


@pytest.mark.parametrize(
    "name,context",
    [
        ("page_head", {"title": "Program"}),
        ("empty", {"title": "Nie ma jeszcze listy wypłat"}),
        ("tabs", {"tabs": [{"label": "Program", "url": "/p", "current": False}]}),
        ("description_list", {"facts": FACTS}),
        ("form", {"form": Signing(), "submit": "Podpisz"}),
        ("confirm", {"facts": FACTS, "question": "Podpisać?", "submit": "Podpisz IPZS"}),
        ("confirm", {"facts": FACTS, "question": "Podpisać?", "submit": "Podpisz IPZS", "form": Signing()}),
        ("messages", {"messages": []}),
    ],
)
def test_a_component_needs_nothing_but_what_its_head_names(name, context):
    assert component(name, **context) is not None


def test_a_fact_that_is_zero_is_shown_and_one_that_is_missing_is_a_dash():
    html = component("description_list", facts=FACTS)
    assert re.findall(r"<dd>(.*?)</dd>", html) == ["0", "—", "—"]


def test_every_error_is_said_on_top_with_a_link_and_once_more_beside_its_field():
    html = component("form", form=Signing({}), submit="Podpisz")
    summary, fields = html.split("</div>", 1)
    assert "Tej osoby nie ma w centrum." in summary
    assert '<a href="#id_first_day">Pierwszy dzień: To pole jest wymagane.</a>' in summary
    assert '<a href="#div_id_way">Sposób wypłaty: To pole jest wymagane.</a>' in summary
    assert 'id="div_id_way"' in fields
    assert fields.count("To pole jest wymagane.") == 2


def test_a_form_without_errors_has_no_summary():
    assert "data-error-summary" not in component("form", form=Signing(), submit="Podpisz")


def test_the_confirming_button_names_the_thing():
    html = component(
        "confirm", facts=FACTS, question="Zatwierdzić?", submit="Zatwierdź listę 3/2026", irreversible=True
    )
    assert ">Zatwierdź listę 3/2026</button>" in html
    assert "Tego nie da się cofnąć." in html


def test_paging_keeps_the_other_parameters_of_the_address():
    html = component("pagination", "/lista?grupa=3&strona=2", page=Paginator(range(120), 50).page(2))
    assert 'href="?grupa=3&amp;strona=3"' in html
    assert "pozycje 51–100 z 120" in html


def test_one_page_needs_no_paging():
    assert "<nav" not in component("pagination", page=Paginator(range(3), 50).page(1))


def test_success_floats_and_failure_stays_in_the_page():
    class Said:
        def __init__(self, level, text):
            self.level_tag, self.text = level, text

        def __str__(self):
            return self.text

    html = component("messages", messages=[Said("error", "Nie wysłano."), Said("success", "Zapisano.")])
    toasts, page = html.split("</div>", 1)
    assert "Zapisano." in toasts
    assert "Nie wysłano." not in toasts
    assert 'role="alert"' in page
    assert "Nie wysłano." in page


def test_the_bar_of_a_phone_has_four_entries_at_most():
    entries = [{"label": str(n), "url": f"/{n}", "icon": "desk", "current": n == 5} for n in range(1, 6)]
    for shown in (entries, entries[:4]):
        bar = re.sub(r"<details.*?</details>", "", component("bottom_bar", navigation=shown), flags=re.DOTALL)
        assert bar.count("<li>") == 4
    assert component("bottom_bar", navigation=entries).count("<a ") == 5
    assert "<details" not in component("bottom_bar", navigation=entries[:4])


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "500", "locked_out"])
def test_an_error_page_needs_no_context_and_shows_the_way_out(name):
    html = render_to_string(f"{name}.html")
    assert '<a class="btn btn-primary" href="/">' in html
    assert html.startswith("<!doctype html>")
    assert "<nav" not in html


def test_no_page_carries_inline_script_or_style():
    html = render_to_string("404.html")
    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=", html)
