"""What django-axes asks of us: under which name failures are counted, and the page of the locked out."""

from django.shortcuts import render

from cistor.crypto import search_key


def typed_name(request, credentials) -> str:
    """A keyed hash: what is typed into the field of the login may be a PESEL or a password."""
    typed = (credentials or request.POST).get("username") or ""
    return search_key("login", typed.strip().lower())


def locked_out(request, response, credentials):
    return render(request, "locked_out.html", status=429)
