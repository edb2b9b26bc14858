"""People, programmes and marks for tests; every name is invented."""

from datetime import date, timedelta
from functools import cache
from itertools import count

from django.contrib.auth.hashers import get_hasher, make_password
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from attendance.models import Day
from benefits.models import BenefitApplication
from cistor.accounts.models import User
from cistor.accounts.roles import SECOND_STEP_ROLES, Role
from cistor.centres import presets
from cistor.centres.models import Centre
from cistor.dates import class_days, months_later
from participants.models import (
    Group,
    GroupLead,
    Membership,
    Participant,
    PaymentMethod,
    Programme,
    QualificationReply,
    Stage,
)

PASSWORD = "haslo-testowe-1"
EARLY = date(2014, 6, 1)
LETTERS = {
    "present": "O",
    "late": "S",
    "free_day": "UW",
    "sick": "L4",
    "care": "L4 OP",
    "excused": "NU",
    "unexcused": "NN",
    "suspended": "ZZ",
}

_numbers = count(1)


def make_centre(preset: str = "cistor", *, name: str = "", **over) -> Centre:
    """A centre with the preset's regulations in force since June 2014 and the statutory values loaded."""
    number = next(_numbers)
    presets.load_statute()
    described = presets.read(preset)["centre"] or presets.read("cistor")["centre"]
    title = name or f"{described['short_name']} {number}"
    centre = Centre.objects.create(**{**described, "name": f"Centrum {title}", "short_name": title, **over})
    for office in presets.read(preset)["offices"]:
        centre.offices.create(**office)
    presets.load_regulations(preset, centre, in_force_from=EARLY)
    return centre


def make_user(centre: Centre | None, *roles: str, office=None, **over) -> User:
    """A member of staff; who needs a second step has one."""
    number = next(_numbers)
    user = User(
        **{
            "username": f"osoba{number}",
            "first_name": "Iga",
            "last_name": f"Testowa{number}",
            "roles": list(roles),
            "centre": centre,
            "office": office,
            **over,
        }
    )
    user.password = _hashed(get_hasher().algorithm)
    user.save()
    if SECOND_STEP_ROLES & set(roles):
        TOTPDevice.objects.create(user=user, name="telefon", confirmed=True)
    return user


@cache
def _hashed(algorithm: str) -> str:
    """Argon2 is slow on purpose, once is enough."""
    return make_password(PASSWORD, hasher=algorithm)


def login(client, user: User) -> User:
    """Past both steps of the login."""
    client.force_login(user, backend="cistor.accounts.backends.WithPlace")
    device = TOTPDevice.objects.filter(user=user).first()
    if device:
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return user


def make_group(centre: Centre, lead: User | None = None, *, name: str = "", start_on: date = EARLY) -> Group:
    group = Group.objects.create(centre=centre, name=name or f"Grupa {next(_numbers)}", start_on=start_on)
    if lead:
        GroupLead.objects.create(group=group, instructor=lead, start_on=start_on)
    return group


def pesel(birth_on: date, *, woman: bool = True, serial: int = 0) -> str:
    """A valid number for the birth date (1900–2099) and sex."""
    month = birth_on.month + (20 if birth_on.year >= 2000 else 0)
    digits = f"{birth_on.year % 100:02}{month:02}{birth_on.day:02}{serial % 1000:03}{0 if woman else 1}"
    weighted = sum(int(d) * w for d, w in zip(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    return f"{digits}{-weighted % 10}"


def nrb(serial: int, bank: str = "10901014") -> str:
    """A valid account number of 26 digits."""
    body = f"{bank}{serial:016}"
    return f"{98 - int(body + '252100') % 97:02}{body}"


def make_participant(
    centre: Centre, *, group: Group | None = None, account: bool = True, since=EARLY, **over
) -> Participant:
    """Somebody with a valid PESEL of their own and an account."""
    number = next(_numbers)
    birth_on = over.get("birth_on", date(1980, 1, 1) + timedelta(days=number // 1000))
    participant = Participant(
        **{
            "centre": centre,
            "first_name": "Kalina",
            "last_name": f"Zmyślona{number}",
            "pesel": pesel(birth_on, serial=number),
            "birth_on": birth_on,
            "sex": Participant.Sex.WOMAN,
            "street": f"ul. Wymyślona {number}",
            "postal_code": "87-100",
            "city": "Toruń",
            "phone": f"6000{number:05}",
            **over,
        }
    )
    participant.set_keys()
    participant.save()
    if account:
        PaymentMethod.objects.create(
            participant=participant, kind="account", start_on=since, nrb=nrb(number), holder=str(participant)
        )
    if group:
        Membership.objects.create(group=group, participant=participant, start_on=since)
    return participant


def make_programme(
    participant: Participant, *, start_on: date, main: bool = True, by: User | None = None, applied: bool = True
) -> Programme:
    """Signed on its first day: a trial of one month and, unless `main` is False, eleven months of the main period.

    `applied`: with an application for the benefit from that day.
    """
    by = by or _anybody(participant.centre)
    programme = Programme.objects.create(participant=participant, signed_on=start_on, signed_by=by)
    trial_end = months_later(start_on, 1, "day_before")
    decided = {"decided_on": start_on, "decided_by": by}
    Stage.objects.create(programme=programme, kind="trial", start_on=start_on, end_on=trial_end, **decided)
    if main:
        first = trial_end + timedelta(days=1)
        Stage.objects.create(
            programme=programme, kind="main", start_on=first, end_on=months_later(first, 11, "day_before"), **decided
        )
    if applied:
        BenefitApplication.objects.create(programme=programme, filed_on=start_on, by=by, recorded_on=start_on)
    return programme


def make_reply(
    programme: Programme, *, received_on: date | None = None, is_qualified: bool = True, by: User | None = None
) -> QualificationReply:
    """The office's answer, straight into the table; by default it came on the trial's last day."""
    received_on = received_on or programme.stages.get(kind="trial").end_on
    recorded = {"by": by or _anybody(programme.participant.centre), "recorded_on": received_on}
    return QualificationReply.objects.create(
        programme=programme, is_qualified=is_qualified, received_on=received_on, way="email", **recorded
    )


def end(programme: Programme, *, ended_on: date, kind: str = "declaration", by: User | None = None) -> Programme:
    programme.ended_on, programme.end_kind, programme.end_decided_on = ended_on, kind, ended_on
    programme.end_decided_by = by or _anybody(programme.participant.centre)
    programme.save()
    return programme


def mark(programme: Programme, marks: dict[date, str], *, by: User | None = None, provisional: bool = False) -> None:
    """Marks by meaning, straight into the table."""
    by = by or _anybody(programme.participant.centre)
    Day.objects.bulk_create(
        Day(programme=programme, on=on, meaning=meaning, code=LETTERS[meaning], marked_by=by, provisional=provisional)
        for on, meaning in marks.items()
    )


def mark_present(
    programme: Programme, start: date, end: date, *, but: dict[date, str] | None = None, by: User | None = None
) -> None:
    """Present on every class day of the span, except as `but` says."""
    mark(programme, {**dict.fromkeys(sorted(class_days(start, end)), "present"), **(but or {})}, by=by)


def _anybody(centre: Centre) -> User:
    return User.objects.filter(centre=centre).first() or make_user(centre, Role.SOCIAL_WORKER)
