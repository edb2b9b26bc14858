"""Nonsense in every address, every parameter and every field of every room: a clear answer, never an error of ours."""

import re
from inspect import getmodule, getsource, unwrap

import pytest
from django import forms
from django.db import transaction
from django.urls import resolve, reverse

from tests.browser.pages import FILES
from tests.permissions.row import nothing
from tests.permissions.table import DOORS, ROWS, as_, ask, each, forms_of

pytestmark = pytest.mark.usefixtures("lasting_world")
NONSENSE = ["", "\0", "x" * 10_000, "-1", "9" * 30, "2026-13-45", "9999-12-31", "٣", "1e400"]
# A number or a day is a text like another, and one wrong choice as wrong as the next.
OF_TEXT, OF_CHOICE = ["", "\0", "x" * 10_000, "9" * 30, "٣"], ["", "\0", "-1"]
KINDS = {
    forms.CharField: OF_TEXT,
    forms.ChoiceField: OF_CHOICE,
    forms.TypedChoiceField: OF_CHOICE,
    forms.BooleanField: OF_CHOICE,
}


def nonsense_of(form: forms.BaseForm, name: str) -> list[str]:
    """What a field may take in a way of its own; a field that the form reads by itself may take anything so."""
    is_read_apart = hasattr(form, f"clean_{name}")
    return NONSENSE if is_read_apart else KINDS.get(type(form.fields[name]), NONSENSE)


def fields_of(*found: forms.BaseForm) -> dict[str, list[str]]:
    """The nonsense for each field of the forms."""
    return {form.add_prefix(name): nonsense_of(form, name) for form in found for name in form.fields}


def parameters_of(url: str) -> list[str]:
    """The parameters that the module of the view reads from the address."""
    module = getmodule(unwrap(resolve(url).func))
    return sorted(set(re.findall(r'GET(?:\.get\(|\[)"(\w+)"', getsource(module))))


def filters_of(page) -> dict[str, list[str]]:
    """The parameters that the forms of a page read from its address, with the nonsense for each."""
    return fields_of(*(form for form in forms_of(page) if form.is_bound))


def calm(answer) -> bool:
    """Looked at by somebody who is let in; only the way out leads back to the door."""
    assert not answer.get("Location", "").startswith(DOORS) or answer.wsgi_request.path == reverse("accounts:logout")
    return answer.status_code in {200, 302, 400, 403, 404, 405, 409, 422}


def test_the_parameters_are_found():
    assert parameters_of("/slady/1/") == ["rodzaj", "strona"]
    assert parameters_of("/konto/drugi-krok/") == ["next"]


def test_the_filters_of_a_page_are_found(world):
    client = as_(world.everybody)
    assert set(filters_of(client.get(reverse("attendance:statistics")))) == {"do", "grupa", "od"}
    assert filters_of(client.get(reverse("attendance:items"))) == {"stan": OF_CHOICE}


@each(row for row in ROWS if not row.post_only)
def test_nonsense_in_a_parameter_of_the_address_is_answered_calmly(world, row):
    url, client = reverse(row.name, kwargs=row.kwargs(world)), as_(world.everybody)
    filters = {} if row.name in FILES else filters_of(client.get(url, {"x": "1"}))
    for name, values in {**filters, **dict.fromkeys(parameters_of(url), NONSENSE)}.items():
        for value in values:
            assert calm(client.get(url, {name: value})), (name, value[:20])


@each(row for row in ROWS if row.kwargs is not nothing and not row.unscoped)
def test_a_number_of_no_row_is_not_found(world, row):
    kwargs, client = row.kwargs(world), as_(world.everybody)
    assert any(isinstance(value, int) for value in kwargs.values())
    for number in (0, 2**31, 10**30):
        wrong = {name: number if isinstance(value, int) else value for name, value in kwargs.items()}
        assert ask(client, row, wrong).status_code == 404


@each(row for row in ROWS if row.post)
def test_nonsense_in_a_field_is_answered_calmly(world, row):
    kwargs, client = row.kwargs(world), as_(world.everybody)
    url, good = reverse(row.name, kwargs=kwargs), row.post(world)
    fields = {**dict.fromkeys(good, NONSENSE), **fields_of(*forms_of(ask(client, row, kwargs)))}
    assert calm(client.post(url, {}))
    for name, values in fields.items():
        for value in [*values, ["1", "2"]]:
            with transaction.atomic():
                assert calm(client.post(url, {**good, name: value})), (name, value[:20])
                transaction.set_rollback(True)
