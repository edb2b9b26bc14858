"""The rooms of attendance side by side, for the centre and on the card; each is there for whoever may enter it."""

from django.urls import reverse

from attendance.reading.termination import threshold_of

SEE = "see_attendance"
THRESHOLD = "attendance:near_threshold"
ROOMS = [
    ("Grupy", "attendance:groups", (SEE,)),
    ("Raport poranny", "attendance:morning", ("follow_absence",)),
    ("Nieobecności", "attendance:absences", ("follow_absence",)),
    ("Próg", THRESHOLD, ("prepare_programme",)),
    ("Zwolnienia", "attendance:notes", (SEE,)),
    ("Dni wolne", "attendance:leave", (SEE,)),
    ("Części dnia", "attendance:part_day_list", ("mark_attendance",)),
    ("Porządek", "attendance:order", ("record_incident", "see_diagnosis")),
    ("Wydane rzeczy", "attendance:items", (SEE,)),
    ("Posiłki", "attendance:meals", (SEE,)),
    ("Zawieszenia", "attendance:suspensions", ("decide_attendance",)),
    ("Statystyka", "attendance:statistics", (SEE,)),
]
# Of one person; the address takes the participant.
PERSON_ROOMS = [
    ("Miesiąc", "attendance:person", (SEE,)),
    ("Cały program", "attendance:person_years", (SEE,)),
    ("Zwolnienia", "attendance:person_notes", (SEE,)),
    ("Dni wolne", "attendance:leave_card", (SEE,)),
    ("Nieobecności i rozmowy", "attendance:contacts", ("record_contact",)),
    ("Części dnia", "attendance:part_days", ("mark_attendance",)),
    ("Porządek", "attendance:person_order", ("record_incident", "see_diagnosis")),
    ("Wydane rzeczy", "attendance:person_items", (SEE,)),
]


def tabs(request) -> list[dict]:
    """That of the threshold only where the regulations in force have one."""
    return _tabs(request, [room for room in ROOMS if room[1] != THRESHOLD or _has_threshold(request)])


def _has_threshold(request) -> bool:
    return threshold_of(request.user.home_centre, on=request.today) is not None


def person_tabs(request, participant) -> list[dict]:
    return _tabs(request, PERSON_ROOMS, participant.pk)


def _tabs(request, rooms, *args) -> list[dict]:
    here = request.resolver_match.view_name
    return [
        {"label": label, "url": reverse(name, args=args), "current": name == here, "count": None}
        for label, name, rights in rooms
        if any(request.user.may(right, on=request.today) for right in rights)
    ]
