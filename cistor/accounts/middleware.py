from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

# The whole list of what answers without a login.
PUBLIC = frozenset({"live", "ready", "accounts:login"})
# What a password alone reaches while the second step is still to come.
BEFORE_SECOND_STEP = PUBLIC | {"accounts:second_step", "accounts:set_up_second_step", "accounts:logout"}


class LoginRequired(LoginRequiredMiddleware):
    """Login by default; an expired session tells htmx to load the login page whole. Sets the day of the request."""

    def __call__(self, request):
        request.today = timezone.localdate()
        return super().__call__(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.resolver_match.view_name in PUBLIC:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        response = super().handle_no_permission(request, view_func)
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": response.url})
        return response


class SecondStep:
    """Who needs a second step and has not taken it goes nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = request.user
        if (
            not user.is_authenticated
            or not user.needs_second_step
            or user.is_verified()
            or request.resolver_match.view_name in BEFORE_SECOND_STEP
        ):
            return None
        return redirect("accounts:second_step")
