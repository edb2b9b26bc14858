"""Every URL × every role × another centre. A URL that is not in the table fails; so does a line without its URL."""

from io import BytesIO

import pytest
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from cistor.accounts.middleware import BEFORE_SECOND_STEP, PUBLIC
from cistor.accounts.models import User
from cistor.accounts.roles import OFFICE_ROLES, Role
from cistor.sheets import XLSX
from tests.permissions.table import DOORS, ROWS, as_, ask, each, forms_of
from tests.permissions.world import A_DAY, TODAY, World

pytestmark = pytest.mark.usefixtures("lasting_world")
# What an instructor's stand-in cannot leave for later: a talk, an absence, an incident, a sick note.
NOT_TO_BE_PUT_OFF = {f"attendance:{name}" for name in ("new_contact", "report_absence", "new_incident", "new_note")}
# Redirects to the login and to the second step are looked at apart.
OPENED = {200, 302, 422}
EVERY_ROW = each(ROWS)
EVERY_DEED = each(row for row in ROWS if row.post)


def names_of(patterns, namespace="") -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.add(f"{namespace}{pattern.name}")
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= names_of(pattern.url_patterns, inner)
    return names


def test_every_url_is_in_the_table_once():
    listed = [row.name for row in ROWS]
    assert names_of(get_resolver().url_patterns) == set(listed) | PUBLIC
    assert len(listed) == len(set(listed))


@EVERY_ROW
def test_a_stranger_gets_only_to_the_login(world, row):
    url = reverse(row.name, kwargs=row.kwargs(world))
    for answer in (Client().get(url), Client().post(url, {})):
        assert answer.status_code == 302
        assert answer.url.startswith("/konto/logowanie/")


@EVERY_ROW
def test_the_role_decides(world, row):
    kwargs = row.kwargs(world)
    url = reverse(row.name, kwargs=kwargs)
    for role in Role:
        client = as_(world.people[role])
        if role in row.roles:
            answer = ask(client, row, kwargs)
            assert answer.status_code in {200, 302, 422}, role
            assert row.name == "accounts:logout" or not answer.get("Location", "").startswith(DOORS), role
        else:
            refused = 404 if role in row.entitled else 403
            assert client.get(url).status_code == (405 if row.post_only else refused), role
            assert client.post(url, row.post(world) if row.post else {}).status_code in {refused, 405}, role


@EVERY_DEED
def test_the_deed_is_done_by_one_who_may(world, row):
    kwargs, data = row.kwargs(world), row.post(world)
    role = next(role for role in Role if role in row.roles - OFFICE_ROLES)
    answer = as_(world.people[role]).post(reverse(row.name, kwargs=kwargs), data)
    assert answer.status_code in {200, 302}, answer.context and [form.errors for form in forms_of(answer)]


@EVERY_ROW
def test_another_centre_sees_none_of_it(world, row):
    kwargs, foreign = row.kwargs(world), world.foreign
    for user in (foreign.everybody, foreign.people[Role.WELFARE_WORKER], foreign.people[Role.WELFARE_HEAD]):
        answer = ask(as_(user), row, kwargs)
        if kwargs and not row.unscoped:
            # Staff of an office already stop at the door of most rooms.
            assert answer.status_code in ({403, 404} if user.is_of_office else {404})
        elif answer.status_code == 200:
            shown = read(answer)
            assert not [word for word in world.markers() if word in shown]


def read(answer) -> str:
    """What an answer says; files are unpacked, for no name is found in compressed bytes."""
    content = answer.getvalue()
    match answer["Content-Type"].split(";")[0]:
        case "application/pdf":
            return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        case kind if kind == XLSX:
            sheets = load_workbook(BytesIO(content), read_only=True).worksheets
            return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    return content.decode()


@each(row for row in ROWS if row.reaches_own_only(Role.INSTRUCTOR))
def test_who_reaches_own_groups_only_does_not_see_others(world, row):
    answer = ask(as_(world.stranger), row, row.kwargs(world))
    assert answer.status_code == 404


@each(row for row in ROWS if row.name in NOT_TO_BE_PUT_OFF)
def test_who_stands_in_today_reaches_the_groups_of_the_absent(world, row):
    assert row.reaches_own_only(Role.INSTRUCTOR)
    assert ask(as_(world.deputy), row, row.kwargs(world)).status_code == 200


@each(row for row in ROWS if row.reaches_own_only(Role.INSTRUCTOR))
def test_an_instructor_who_stands_in_reaches_those_groups_on_these_days_alone(world, row):
    kwargs = row.kwargs(world)
    assert ask(as_(world.late_deputy), row, kwargs).status_code == 404
    answer = ask(as_(world.deputy), row, kwargs)
    assert answer.status_code in (OPENED if row.opens_to_deputy_of(Role.INSTRUCTOR) else {404})


def of_everybody(row) -> list[str]:
    """Whose stand-in opens it for the whole centre."""
    return [role for role in row.stood_in() if not row.reaches_own_only(role)]


@each(row for row in ROWS if of_everybody(row))
def test_who_stands_in_opens_on_these_days_alone_what_the_absent_may(world, row):
    assert Role.ADMIN not in row.entitled
    kwargs = row.kwargs(world)
    for role in of_everybody(row):
        assert ask(as_(world.deputy_of(role, TODAY - A_DAY)), row, kwargs).status_code == 403, role
        answer = ask(as_(world.deputy_of(role, TODAY)), row, kwargs)
        assert answer.status_code in (OPENED if row.opens_to_deputy_of(role) else {404}), role
        assert not answer.get("Location", "").startswith(DOORS), role


@each(row for row in ROWS if row.name not in BEFORE_SECOND_STEP)
def test_the_password_alone_opens_nothing_to_who_needs_a_second_step(world, row):
    url = reverse(row.name, kwargs=row.kwargs(world))
    client = Client()
    client.force_login(world.everybody, backend="cistor.accounts.backends.WithPlace")
    for answer in (client.get(url), client.post(url, {})):
        assert answer.status_code == 302
        assert answer.url.startswith("/konto/drugi-krok/")


def outside(model, world: World):
    """The rows of the other centre."""
    if model is User:
        return User.objects.of_centre(world.foreign.centre.pk)
    path = "pk" if model.centre_path == "pk" else model.centre_path
    return model.objects.filter(**{path: world.foreign.centre.pk})


@EVERY_ROW
def test_no_list_to_choose_from_offers_another_centres_rows(world, row):
    _ = world.foreign.programme
    for form in forms_of(ask(as_(world.everybody), row, row.kwargs(world))):
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and getattr(field.queryset.model, "centre_path", None):
                assert outside(field.queryset.model, world).exists(), name
                assert not field.queryset.filter(pk__in=outside(field.queryset.model, world)).exists(), name


@EVERY_DEED
def test_a_posted_id_of_another_centre_is_refused(world, row):
    kwargs, data = row.kwargs(world), row.post(world)
    _ = world.foreign.programme
    client = as_(world.everybody)
    foreign = dict(row.foreign(world))
    for form in forms_of(ask(client, row, kwargs)):
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and getattr(field.queryset.model, "centre_path", None):
                foreign.setdefault(form.add_prefix(name), outside(field.queryset.model, world).first().pk)
    for name, value in foreign.items():
        answer = client.post(reverse(row.name, kwargs=kwargs), {**data, name: value})
        assert answer.status_code in {404, 422}, name
