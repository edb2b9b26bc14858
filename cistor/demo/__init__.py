"""The data of the demonstration: two centres with a year behind them, the same for the same day."""


def logins() -> list[tuple[str, str, str, str]]:
    """Login, password, role and place of everybody who may log in; empty where there are no such accounts."""
    from cistor.accounts.models import User
    from cistor.demo import staff

    known = [username for preset in staff.OFFICE for username in staff.of_preset(preset)]
    users = User.objects.filter(username__in=known).select_related("centre", "office")
    users = sorted(users, key=lambda user: known.index(user.username))
    return [(user.username, staff.PASSWORD, user.role_names, str(user.centre or user.office)) for user in users]
