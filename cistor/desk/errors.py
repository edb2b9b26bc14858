"""Own pages for what goes wrong: what happened, why, what can be done instead."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def csrf_failure(request, reason=""):
    page = render(request, "403_csrf.html", status=403)
    # A script tells it from a missing right by this.
    page["X-Csrf-Failure"] = "1"
    return page


class NotAllowed:
    """A page of its own for an address that only takes forms, opened from a bookmark or after a new login."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page
