"""What waits in the referrals: for the centre, and for the staff of an office."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from cistor.accounts.models import User
from cistor.desk.matters import THIS_WEEK, Matter
from cistor.templatetags.cistor import plural
from participants import personal_file
from referrals import pipeline, places, steps
from referrals.models import Application, Consent, Opinion, Referral
from referrals.office_work import Task, light, tasks

Office = Application.Office
# Of each kind so many stand on the desk by name; the rest are found in the list.
MOST = 20


def for_the_office(user: User, on: date) -> Iterator[Matter]:
    """What the user's own office has to do, as far as this user may do it."""
    if not user.is_of_office:
        return
    asked = tasks(light(Application.objects.visible_to(user, on=on)), on)
    own = [_of_office(task, on) for task in asked if user.may(task.right, on=on)]
    yield from first(own, reverse("referrals:office_cases"))


def _of_office(task: Task, on: date) -> Matter:
    """What only has an age is to be done at once, so it stands among the things of today."""
    application, due = task.application, task.deadline.due_on
    kind, word = task.badge(on)
    url = reverse("referrals:office_case", args=[application.pk])
    return Matter(kind if due else "soon", word, f"{application.participant}: {task.what}", url, due)


ASKED = {Office.SENT: "zapytaj urząd o wpływ wniosku", Office.RECEIVED: "opinia urzędu"}


def from_the_office(user: User, on: date) -> Iterator[Matter]:
    """Receipts to ask about and opinions that are due or overdue."""
    if not user.may("enter_application", on=on):
        return
    rows = Application.objects.visible_to(user, on=on).open().filter(office_state__in=ASKED)
    pressing = [task for task in tasks(light(rows), on) if task.deadline.state(on) in {"overdue", "due_soon"}]
    yield from first([_of_centre(task, on) for task in pressing], reverse("referrals:list"))


def _of_centre(task: Task, on: date) -> Matter:
    application = task.application
    text = f"{application.participant}: {ASKED[Office(application.office_state)]}"
    return Matter(*task.badge(on), text, reverse("referrals:case", args=[application.pk]), task.deadline.due_on)


# How the list shows them.
SENDING = {"widok": "tabela", "etap": "do-wyslania"}


def to_send(user: User, on: date) -> Iterator[Matter]:
    """Whoever has a place waits only for the office and is named; the number is that of all, as in the list."""
    if not user.may("enter_application", on=on):
        return
    waiting = pipeline.at_step(Application.objects.visible_to(user, on=on).open(), Office.TO_SEND)
    rows = list(light(waiting))
    needed = steps.needed_of(rows, on)
    rows = [row for row in rows if needed[row.pk]]
    chosen = [row for row in rows if row.recruitment_state == Application.Recruitment.QUALIFIED]
    yield from first([_chosen(row) for row in chosen], _list(**SENDING, stan=pipeline.Column.QUALIFIED.value))
    if len(rows) > len(chosen):
        word = plural(len(rows), "wniosek czeka,wnioski czekają,wniosków czeka")
        yield Matter("info", "do wysłania", f"{len(rows)} {word} na wysłanie do urzędu", _list(**SENDING))


def _list(**asked: str) -> str:
    return f"{reverse('referrals:list')}?{urlencode(asked)}"


def _chosen(row: Application) -> Matter:
    text = f"{row.participant}: ma miejsce, a wniosku nie wysłano jeszcze do urzędu"
    return Matter("soon", "wyślij", text, reverse("referrals:send", args=[row.pk]))


def news(user: User, on: date) -> Iterator[Matter]:
    """What the office wrote on screen in the last week, in cases still under way."""
    if not user.may("enter_application", on=on):
        return
    for model, told in ((Opinion, _opinion), (Consent, _consent), (Referral, _referral)):
        rows = model.objects.visible_to(user, on=on).filter(from_paper=False, taken_back_on=None)
        rows = rows.filter(recorded_on__gte=on - THIS_WEEK, application__status=Application.Status.OPEN)
        shown = rows.select_related("application__participant").order_by("-recorded_on", "-pk")[:MOST]
        for row in shown:
            text = f"{row.application.participant}: {told(row)}"
            url = reverse("referrals:case", args=[row.application_id])
            yield Matter("info", f"{row.recorded_on:%d.%m}", text, url)


def _opinion(row: Opinion) -> str:
    return f"przyszła {'pozytywna' if row.is_positive else 'negatywna'} opinia urzędu"


def _consent(row: Consent) -> str:
    return "przyszła zgoda kierownika urzędu" if row.is_granted else "kierownik urzędu nie wyraził zgody"


def _referral(row: Referral) -> str:
    return "przyszło skierowanie"


def free_places(user: User, on: date) -> Iterator[Matter]:
    if user.may("prepare_programme", on=on) and not user.is_of_office:
        yield from (Matter(*told) for told in places.matters(user.home_centre, on))


def expiring_papers(user: User, on: date) -> Iterator[Matter]:
    """Of the personal files of people in a programme."""
    if user.may("see_file", on=on):
        found = personal_file.matters(user.home_centre, on)
        yield from first([_paper(row) for row in found], reverse("participants:list"))


def _paper(row: personal_file.Expiring) -> Matter:
    due = row.paper.valid_until
    late = row.state == "expired"
    text = f"{row.paper.participant}: {row.name}, ważność {'upłynęła' if late else 'upływa'} {due:%d.%m.%Y}"
    url = reverse("participants:file", args=[row.paper.participant_id])
    return Matter("late" if late else "soon", "po terminie" if late else f"do {due:%d.%m}", text, url, due)


def first(found: Iterable[Matter], rest: str) -> Iterator[Matter]:
    """The first of them by name; of the rest the number, at the urgency of the first one left out.

    `rest`: the address where all of them stand.
    """
    rows = iter(found)
    yield from islice(rows, MOST)
    if others := list(rows):
        text = f"i jeszcze {len(others)} {plural(len(others), 'sprawa,sprawy,spraw')} tego rodzaju"
        yield Matter(others[0].kind, others[0].word, text, rest, others[0].due)
