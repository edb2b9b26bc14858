"""The right of the role, checked at the view's door; whose rows is checked where they are fetched."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def needs(*rights: str):
    """Let in who has any of these rights today; everybody else gets 403."""

    def wrap(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not any(request.user.may(right, on=request.today) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.rights = rights
        return checked

    return wrap
