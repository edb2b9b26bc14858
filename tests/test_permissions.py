"""Every URL × every role × another centre. A URL that is not in the table fails; so does a line without its URL."""

import pytest
from django.forms import BaseForm, ModelChoiceField
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from cistor.accounts.middleware import BEFORE_SECOND_STEP, PUBLIC
from cistor.accounts.models import User
from cistor.accounts.roles import SECOND_STEP_ROLES, Role
from tests.factories import login
from tests.permissions import accounts, attendance, benefits, centres, desk, documents, participants
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

ROWS = [row for room in (accounts, attendance, benefits, centres, desk, documents, participants) for row in room.ROWS]


def each(rows):
    return pytest.mark.parametrize("row", list(rows), ids=lambda row: row.name)


EVERY_ROW = each(ROWS)
EVERY_DEED = each(row for row in ROWS if row.post)


@pytest.fixture
def world(db, settings, tmp_path, monkeypatch) -> World:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    settings.MEDIA_ROOT = tmp_path
    return World("cistor", foreign=World("rzyszczewo"))


def names_of(patterns, namespace="") -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.add(f"{namespace}{pattern.name}")
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= names_of(pattern.url_patterns, inner)
    return names


def as_(user: User) -> Client:
    client = Client(raise_request_exception=True)
    login(client, user)
    return client


def ask(client: Client, row: Row, kwargs: dict):
    """The page, or the deed without any data where there is no page."""
    url = reverse(row.name, kwargs=kwargs)
    return client.post(url, {}) if row.post_only else client.get(url)


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
            assert ask(client, row, kwargs).status_code in {200, 302, 422}, role
        else:
            assert client.get(url).status_code in {403, 405} if row.post_only else {403}, role
            assert client.post(url, row.post(world) if row.post else {}).status_code in {403, 405}, role


@EVERY_DEED
def test_the_deed_is_done_by_who_may(world, row):
    kwargs, data = row.kwargs(world), row.post(world)
    role = next(role for role in Role if role in row.roles and role not in {Role.WELFARE_WORKER, Role.WELFARE_HEAD})
    answer = as_(world.people[role]).post(reverse(row.name, kwargs=kwargs), data)
    assert answer.status_code in {200, 302}, answer.context and [form.errors for form in forms_of(answer)]


@EVERY_ROW
def test_another_centre_sees_none_of_it(world, row):
    kwargs = row.kwargs(world)
    scoped = kwargs and not row.unscoped
    for role in Role:
        client = as_(world.foreign.people[role])
        answer = ask(client, row, kwargs)
        if scoped:
            assert answer.status_code == 404 if role in row.roles else answer.status_code in {403, 404}, role
        elif answer.status_code == 200:
            shown = answer.content.decode()
            assert not [word for word in world.markers() if word in shown], role


@each(row for row in ROWS if row.reaches_own_only(Role.INSTRUCTOR))
def test_who_reaches_own_groups_only_does_not_see_others(world, row):
    answer = ask(as_(world.stranger), row, row.kwargs(world))
    assert answer.status_code == 404


@each(row for row in ROWS if row.name not in BEFORE_SECOND_STEP)
def test_the_password_alone_opens_nothing_to_who_needs_a_second_step(world, row):
    url = reverse(row.name, kwargs=row.kwargs(world))
    for role in SECOND_STEP_ROLES:
        client = Client()
        client.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
        for answer in (client.get(url), client.post(url, {})):
            assert answer.status_code == 302
            assert answer.url.startswith("/konto/drugi-krok/")


def forms_of(answer) -> list[BaseForm]:
    contexts = [layer for context in (answer.context or []) for layer in context]
    return list({id(v): v for layer in contexts for v in layer.values() if isinstance(v, BaseForm)}.values())


def outside(model, world: World):
    """The rows of the other centre."""
    if model is User:
        return User.objects.of_centre(world.foreign.centre.pk)
    path = "pk" if model.centre_path == "pk" else model.centre_path
    return model.objects.filter(**{path: world.foreign.centre.pk})


@EVERY_ROW
def test_no_list_to_choose_from_offers_another_centres_rows(world, row):
    kwargs = row.kwargs(world)
    _ = world.foreign.programme
    for role in row.roles:
        answer = ask(as_(world.people[role]), row, kwargs)
        for form in forms_of(answer):
            for name, field in form.fields.items():
                if isinstance(field, ModelChoiceField) and getattr(field.queryset.model, "centre_path", None):
                    assert outside(field.queryset.model, world).exists(), name
                    assert not field.queryset.filter(pk__in=outside(field.queryset.model, world)).exists(), name


@EVERY_DEED
def test_a_posted_id_of_another_centre_is_refused(world, row):
    kwargs, data = row.kwargs(world), row.post(world)
    _ = world.foreign.programme
    role = next(role for role in Role if role in row.roles)
    client = as_(world.people[role])
    foreign = dict(row.foreign(world))
    for form in forms_of(ask(client, row, kwargs)):
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and getattr(field.queryset.model, "centre_path", None):
                foreign.setdefault(form.add_prefix(name), outside(field.queryset.model, world).first().pk)
    for name, value in foreign.items():
        answer = client.post(reverse(row.name, kwargs=kwargs), {**data, name: value})
        assert answer.status_code in {404, 422}, name
