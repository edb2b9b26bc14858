"""Acts on accounts: the only writer of users, their passwords, second steps and stand-ins."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django_otp.models import Device

from cistor.accounts import second_step
from cistor.accounts.models import StandIn, User
from cistor.accounts.roles import Role
from cistor.errors import Refused
from cistor.journal.actions import record

CHANGEABLE = frozenset({"first_name", "last_name", "email", "roles", "superior"})


@transaction.atomic
def create_user(
    *,
    username: str,
    first_name: str,
    last_name: str,
    roles: list[str],
    password: str | None,
    centre: Any = None,
    office: Any = None,
    email: str = "",
    superior: User | None = None,
    must_change_password: bool = False,
    by: User | None,
    on: date,
) -> User:
    """An account of exactly one centre or office. `by` is empty for the first one, made on the command line."""
    user = User(
        username=username.strip().lower(),
        first_name=first_name,
        last_name=last_name,
        roles=in_order(roles),
        email=email,
        centre=centre,
        office=office,
        superior=superior,
        must_change_password=must_change_password,
    )
    user.set_password(password)
    _check(user)
    _refuse_superior(superior)
    user.save()
    _record(user, "create_user", by=by, roles=user.roles, on=on)
    return user


@transaction.atomic
def change_user(user: User, *, by: User, on: date, **fields: Any) -> User:
    """Name, e-mail, roles or superior. Takes only CHANGEABLE fields; the last administrator stays one.

    Nobody changes their own roles: whoever counts the money and whoever approves it stay two people.
    """
    unknown = fields.keys() - CHANGEABLE
    if unknown:
        raise ValueError(f"not changed here: {sorted(unknown)}")
    admins, locked = _lock_admins(user), _lock(user)
    if "roles" in fields:
        fields["roles"] = in_order(fields["roles"])
        if Role.ADMIN not in fields["roles"]:
            _refuse_last(admins, locked)
        _refuse_own_roles(locked, fields["roles"], by)
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, fields[name])
    _check(locked)
    if "superior" in changed:
        _refuse_superior(locked.superior)
    if changed:
        locked.save(update_fields=changed)
        _record(locked, "change_user", by=by, changed=changed, roles=locked.roles, on=on)
    return locked


@transaction.atomic
def set_password(user: User, password: str, *, by: User) -> User:
    """One's own for good; a password somebody else chose must be changed at the next login."""
    locked = _lock(user)
    locked.set_password(password)
    locked.must_change_password = by.pk != locked.pk
    locked.save(update_fields=["password", "must_change_password"])
    _record(locked, "set_password", by=by)
    return locked


@transaction.atomic
def deactivate(user: User, *, by: User) -> User:
    """From now on the account opens nothing; open sessions end with their next click."""
    if by.pk == user.pk:
        raise Refused("Własnego konta nie można wyłączyć. Poproś o to innego administratora.")
    admins, locked = _lock_admins(user), _lock(user)
    _refuse_last(admins, locked)
    return _switch(locked, active=False, by=by)


@transaction.atomic
def activate(user: User, *, by: User) -> User:
    return _switch(_lock(user), active=True, by=by)


def pass_second_step(user: User, code: str) -> Device:
    """The device that accepted the code; a used recovery code is an act worth remembering."""
    # Not in one transaction: a wrong code must be counted although the act is refused.
    device = second_step.verify(user, code)
    if device == second_step.recovery(user):
        _record(user, "use_recovery_code", by=user, left=second_step.recovery_codes_left(user))
    return device


def set_up_second_step(user: User, code: str) -> tuple[Device, list[str]]:
    """The new telephone takes the place of the old one. Gives the recovery codes, which can be read only now."""
    device = second_step.accept(user, second_step.new_telephone(user), code.replace(" ", ""))
    with transaction.atomic():
        _lock(user)
        second_step.confirm(device)
        _record(user, "set_up_second_step", by=user)
        codes = second_step.new_recovery_codes(user)
    return device, codes


@transaction.atomic
def renew_recovery_codes(user: User, *, by: User) -> list[str]:
    """Fresh codes; those printed before stop working."""
    locked = _lock(user)
    _record(locked, "renew_recovery_codes", by=by)
    return second_step.new_recovery_codes(locked)


@transaction.atomic
def reset_second_step(user: User, *, by: User) -> None:
    """For a lost telephone: the next login asks to set up a new one."""
    locked = _lock(user)
    second_step.forget(locked)
    _record(locked, "reset_second_step", by=by)


@transaction.atomic
def add_stand_in(*, absent: User, deputy: User, start_on: date, end_on: date, by: User, on: date) -> StandIn:
    """From `start_on` to `end_on`, both days included, the deputy may do what the absent one may; not for days past.

    Nobody makes themselves a deputy.
    """
    if deputy.pk == by.pk:
        raise Refused("Nikt nie wyznacza na zastępcę siebie. Poproś o to innego administratora.", field="deputy")
    if absent.centre_id is None or absent.centre_id != deputy.centre_id:
        raise Refused("Zastępują się pracownicy tego samego centrum.", field="deputy")
    if start_on < on:
        raise Refused("Zastępstwo nie może zaczynać się wstecz.", field="start_on")
    row = StandIn(absent=absent, deputy=deputy, start_on=start_on, end_on=end_on)
    row.full_clean()
    row.save()
    _record(row, "add_stand_in", by=by, absent=absent.pk, deputy=deputy.pk, start_on=start_on, end_on=end_on)
    return row


@transaction.atomic
def end_stand_in(row: StandIn, *, end_on: date, by: User, on: date) -> StandIn | None:
    """Shorten it, at the earliest to yesterday: what the deputy has done stays covered. Not begun yet, it goes."""
    locked = StandIn.objects.select_for_update().get(pk=row.pk)
    if end_on > locked.end_on:
        raise Refused("Zastępstwo można tylko skrócić. Na dłużej dodaj następne.", field="end_on")
    if end_on < on - timedelta(days=1):
        raise Refused("Zastępstwa nie można skrócić wstecz.", field="end_on")
    _record(locked, "end_stand_in", by=by, end_on=end_on)
    if end_on < locked.start_on:
        locked.delete()
        return None
    locked.end_on = end_on
    locked.save(update_fields=["end_on"])
    return locked


def in_order(roles: list[str]) -> list[str]:
    """Each once, in the order of the list of roles."""
    return [role for role in Role.values if role in roles]


def _lock(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _check(user: User) -> None:
    user.full_clean(exclude=["password", "last_login"])
    if user.superior and user.superior.home_centre_id != user.home_centre_id:
        raise Refused("Przełożony jest z innego centrum.", field="superior")


def _refuse_superior(superior: User | None) -> None:
    """A report that its reader cannot open would stand on nobody's desk."""
    if superior and not superior.can_be_superior:
        raise Refused(
            "Nieobecności całego centrum widzi pracownik socjalny albo dyrektor z czynnym kontem. Wybierz taką osobę.",
            field="superior",
        )


def _switch(user: User, *, active: bool, by: User) -> User:
    user.is_active = active
    user.save(update_fields=["is_active"])
    _record(user, "activate" if active else "deactivate", by=by)
    return user


def _lock_admins(user: User) -> list[int]:
    """The administrators of the user's centre, locked: two of them must not remove each other at one time."""
    admins = User.objects.of_centre(user.home_centre_id).with_role(Role.ADMIN).order_by("pk")
    return list(admins.select_for_update(of=("self",)).values_list("pk", flat=True))


def _refuse_last(admins: list[int], user: User) -> None:
    if admins == [user.pk]:
        raise Refused("To jedyny administrator centrum. Najpierw nadaj tę rolę innej osobie.", field="roles")


def _refuse_own_roles(user: User, roles: list[str], by: User) -> None:
    if user.pk == by.pk and user.roles != roles:
        raise Refused("Własnych ról nie można zmienić. Poproś o to innego administratora.", field="roles")


def _record(obj: User | StandIn, verb: str, *, by: User | None, **data: Any) -> None:
    """The staff of an office belongs to the register of its centre."""
    centre = obj.home_centre if isinstance(obj, User) else None
    record(obj, verb, by=by, centre=centre, **data)
