"""What waits in the programmes: trials to be assessed, main periods without the office's answer, more months."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cistor.accounts.models import User
from cistor.centres.models import DeadlineLength
from cistor.dates import day_text
from cistor.desk.cases import first
from cistor.desk.matters import THIS_WEEK, Matter
from cistor.notices.models import Letter
from cistor.notices.required import HORIZON
from participants.models import Extension, Programme, Stage
from participants.models.programme import LAST_WEEK
from participants.qualification import provisional_stages, welfare_offices


def to_assess(user: User, on: date) -> Iterator[Matter]:
    """Trials from their last week on that the user has said nothing of yet: an instructor's own groups, and for who
    prepares the decision everybody. Who decides by an own role is told so anyhow; a stand-in keeps the own work."""
    decides = user.may("decide_programme", on=on) and user.acts_for("decide_programme", on=on) is None
    asked = user.may("assess_trial", on=on) and not decides
    if not asked or (user.owners("assess_trial", on=on) is None and not user.may("prepare_programme", on=on)):
        return
    rows = Programme.objects.visible_to(user, on=on, right="assess_trial").filter(ended_on=None)
    decided = Stage.objects.exclude(kind=Stage.Kind.TRIAL).values("programme")
    rows = rows.exclude(pk__in=decided).exclude(assessments__by=user)
    ending = Stage.objects.filter(programme__in=rows, kind=Stage.Kind.TRIAL, end_on__lte=on + LAST_WEEK)
    for stage in ending.select_related("programme__participant").order_by("end_on", "pk"):
        text = f"{stage.programme.participant}: oceń okres próbny do {day_text(stage.end_on)}"
        url = reverse("participants:assess_trial", args=[stage.programme_id])
        yield Matter("soon", f"do {stage.end_on:%d.%m}", text, url, stage.end_on)


def without_office(user: User, on: date) -> Iterator[Matter]:
    """Programmes of which nobody has said to which of several offices they belong, where a term asks for letters: none
    is prepared for them. Those that ended are told of as long as their letters would be."""
    if user.is_of_office or not user.may("prepare_programme", on=on):
        return
    centre = user.home_centre_id
    told = DeadlineLength.objects.filter(centre=centre, code__in=Letter.Kind.values)
    if welfare_offices(centre).count() < 2 or not told.exists():
        return
    rows = Programme.objects.visible_to(user, on=on, right="prepare_programme").filter(office=None)
    rows = rows.filter(Q(ended_on=None) | Q(end_decided_on__gt=on - HORIZON)).select_related("participant")
    found = (_homeless(row) for row in rows.order_by("signed_on", "pk"))
    yield from first(found, reverse("participants:list"))


def _homeless(row: Programme) -> Matter:
    text = f"{row.participant}: nie wiadomo, do którego ośrodka wysyłać pisma, więc żadne nie powstaje"
    return Matter("late", "bez ośrodka", text, reverse("participants:office", args=[row.pk]))


def provisional(user: User, on: date) -> Iterator[Matter]:
    """Red every day until the office has answered, for those who can ask it and for the one who decided."""
    if user.is_of_office or not (user.may("prepare_programme", on=on) or user.may("decide_programme", on=on)):
        return
    rows = provisional_stages(user.home_centre_id).select_related("programme__participant")
    yield from (_provisional(row) for row in rows.order_by("start_on", "pk"))


def _provisional(row: Stage) -> Matter:
    person = row.programme.participant
    text = f"{person}: okres właściwy od {day_text(row.start_on)} bez kwalifikacji ośrodka, wypłata wstrzymana"
    return Matter("late", "warunkowo", text, reverse("participants:programme", args=[person.pk]), row.start_on)


def extensions(user: User, on: date) -> Iterator[Matter]:
    """Requests that wait for the user's decision, until the day the period is over; for a week, the answers to the
    user's own."""
    rows = Extension.objects.visible_to(user, on=on).select_related("programme__participant")
    if user.may("decide_programme", on=on):
        waiting = rows.open() if user.home_centre.single_handed else rows.open().exclude(asked_by=user)
        for row in waiting.prefetch_related("programme__stages").order_by("asked_on", "pk"):
            yield _waiting(row, on)
    if user.may("prepare_programme", on=on):
        answered = rows.filter(asked_by=user, decided_on__gte=on - THIS_WEEK).exclude(decided_by=user)
        for row in answered.order_by("-decided_on", "pk"):
            text = f"Rozstrzygnięto o przedłużeniu: {row.programme.participant}"
            yield Matter("info", row.state[1], text, _page(row))


def _waiting(row: Extension, on: date) -> Matter:
    """Once the period is over it can only be refused."""
    last = row.programme.planned_end_on
    urgency = ("late", "po terminie") if last < on else ("soon", f"do {last:%d.%m}")
    return Matter(*urgency, f"Prośba o przedłużenie czeka na decyzję: {row.programme.participant}", _page(row), last)


def _page(row: Extension) -> str:
    return reverse("participants:decide_extension", args=[row.pk])
