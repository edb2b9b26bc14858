"""The three rooms of letters stand side by side; each is there for whoever may enter it."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404
from django.urls import reverse

from cistor.notices.register import RIGHTS

PAGE = 50
ROOMS = [
    ("Do podpisu", "notices:to_sign", ("prepare_letter", "sign_letter")),
    ("Wychodzące", "notices:register", RIGHTS),
    ("Przychodzące", "notices:incoming", ("register_letter",)),
]


def tabs(request) -> list[dict]:
    here = request.resolver_match.view_name
    return [
        {"label": label, "url": reverse(name), "current": name == here, "count": None}
        for label, name, rights in ROOMS
        if any(request.user.may(right, on=request.today) for right in rights)
    ]


def page_of(request, rows) -> Page:
    try:
        return Paginator(rows, PAGE).page(request.GET.get("strona", 1))
    except InvalidPage as error:
        raise Http404 from error


def without_page(request) -> str:
    query = request.GET.copy()
    query.pop("strona", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
