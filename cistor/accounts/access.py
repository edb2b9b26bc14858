"""The right of the role, checked at the view's door; whose rows is checked where they are fetched."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def needs(*rights: str, office: bool = False):
    """Let in who has any of these rights today; everybody else gets 403.

    Staff of an office enter only the rooms opened to them by `office=True`: their rights reach cases, not lists.
    """

    def wrap(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            user = request.user
            if user.is_of_office and not office:
                raise PermissionDenied
            if not any(user.may(right, on=request.today) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.rights = rights
        return checked

    return wrap
