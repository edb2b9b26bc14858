from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.cache import patch_cache_control

# The whole list of what answers without a login; a calendar that is subscribed to knows a secret instead.
PUBLIC = frozenset({"live", "ready", "accounts:login", "notices:feed"})
# What a password alone reaches while the second step is still to come.
BEFORE_SECOND_STEP = PUBLIC | {"accounts:second_step", "accounts:set_up_second_step", "accounts:logout"}
# What is reached with a password that the administrator has seen.
BEFORE_OWN_PASSWORD = BEFORE_SECOND_STEP | {"accounts:password"}
READING = frozenset({"GET", "HEAD"})

IDLE = "Po dłuższej bezczynności sesja wygasła. Zaloguj się ponownie."
LOST = "Ostatnia zmiana nie została zapisana."


class LoginRequired(LoginRequiredMiddleware):
    """Login by default. Sets the day of the request."""

    def __call__(self, request):
        request.today = timezone.localdate()
        response = super().__call__(request)
        # Nothing of a page rests on a shared computer: going back after the log-out asks the server again.
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.resolver_match.view_name in PUBLIC:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            messages.warning(request, IDLE if request.method in READING else f"{IDLE} {LOST}")
        return _redirect(request, "accounts:login")


class SecondStep:
    """Who needs a second step and has not taken it, or has a password that others know, goes nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user, page = request.user, request.resolver_match.view_name
        if not user.is_authenticated or page in BEFORE_SECOND_STEP:
            return None
        if not user.is_verified() and user.needs_second_step(on=request.today):
            return _redirect(request, "accounts:second_step")
        if user.must_change_password and page not in BEFORE_OWN_PASSWORD:
            return _send(request, resolve_url("accounts:password"))
        return None


def _redirect(request, name: str):
    """With the way back; what was posted cannot be sent again, so that leads to the page it was sent from."""
    if request.htmx:
        return _send(request, _with_way_back(name, request.htmx.current_url_abs_path or "/"))
    path = request.get_full_path() if request.method in READING else _page_before(request)
    return redirect(_with_way_back(name, path))


def _page_before(request) -> str:
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return "/"
    return f"{before.path}?{before.query}" if before.query else before.path


def _send(request, url: str):
    """A redirect would put the page into the part that htmx asked for."""
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else redirect(url)


def _with_way_back(name: str, path: str) -> str:
    return f"{resolve_url(name)}?{urlencode({'next': path})}"
