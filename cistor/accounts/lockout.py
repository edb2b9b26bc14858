"""What django-axes asks of us: the name and address failures are counted under, the page of the locked out."""

from django.conf import settings
from django.shortcuts import render

from cistor.crypto import search_key


def typed_name(request, credentials) -> str:
    """A keyed hash: what is typed into the field of the login may be a PESEL or a password."""
    typed = (credentials or request.POST).get("username") or ""
    return search_key("login", typed.strip().lower())


def address(request) -> str | None:
    """Of the client. Behind the trusted proxy it is the one the proxy wrote last; else the header may be anybody's."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TRUSTED_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")


def locked_out(request, response, credentials):
    return render(request, "locked_out.html", status=429)
