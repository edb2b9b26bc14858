"""What waits for somebody on the desk: sentences, each with the place where it is seen to.

By the rights of the day, so what waits for the absent one waits for the stand-in.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime

from attendance import closing, roster
from attendance.models import Correction
from attendance.reading import progress
from attendance.reading.absences import REPORT, is_past, report_hour
from attendance.terms import Terms
from benefits.models import PaymentList, Settlement
from benefits.reading import schedule
from benefits.reading.differences import overpaid
from benefits.reading.standing import sent_back
from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Regulations
from cistor.centres.terms import TermBook
from cistor.dates import day_count, day_text, days_between, joined, month_end, month_start, month_text, moved_back
from cistor.desk import (
    absences,
    arrangements,
    bonuses,
    cases,
    claims,
    corrections,
    deadlines,
    deductions,
    endings,
    given,
    leave,
    letters,
    order,
    orders,
    part_days,
    payer,
    programmes,
    refunds,
    replies,
    rounds,
    sick_notes,
    suspended,
)
from cistor.desk.matters import HEADINGS, THIS_WEEK, Matter
from cistor.jobs.models import Job
from cistor.money import zloty
from cistor.templatetags.cistor import plural, time_short
from participants.models import Group, Programme, Stage

# Trials are decided in their last week.
TRIAL_WARNING = timedelta(days=6)
# Days named one by one; of more only the first stands there.
MOST_NAMED = 5


def matters(user: User, *, on: date) -> list[Matter]:
    """In order of urgency."""
    asked = (
        cases.for_the_office,
        replies.for_the_office,
        _marking,
        absences.waiting,
        part_days.to_answer,
        _older_days,
        _closing,
        _lists,
        orders.to_order,
        _unpaid,
        _returned,
        _schedule,
        claims.lacking,
        claims.bailiffs,
        _past_end,
        _overpaid,
        _month,
        bonuses.to_opine,
        bonuses.to_decide,
        bonuses.granted_late,
        deductions.consents,
        deductions.to_consider,
        given.missing,
        _trials,
        programmes.without_office,
        programmes.to_assess,
        programmes.provisional,
        programmes.extensions,
        endings.to_decide,
        endings.to_deliver,
        endings.near_threshold,
        arrangements.to_prepare,
        absences.excuses,
        _corrections,
        corrections.overtaken,
        corrections.without_papers,
        sick_notes.to_decide,
        sick_notes.visited,
        sick_notes.answered,
        leave.to_opine,
        leave.to_decide,
        leave.lacking_opinions,
        leave.answered,
        leave.taken_up,
        order.tests,
        order.talks,
        order.told,
        suspended.announced,
        refunds.waiting,
        letters.to_sign,
        letters.sent_back,
        letters.to_send,
        letters.others_to_send,
        letters.copies,
        letters.lost_mails,
        letters.mails,
        letters.idle,
        letters.schedule,
        cases.from_the_office,
        cases.to_send,
        deadlines.due,
        payer.due,
        rounds.to_score,
        rounds.to_end,
        rounds.to_close,
        cases.free_places,
        cases.expiring_papers,
        cases.news,
        _jobs,
        _accounts,
    )
    found = [matter for question in asked for matter in question(user, on)]
    return sorted(found, key=lambda matter: HEADINGS.index(matter.heading(on)))


def by_urgency(user: User, *, on: date) -> list[tuple[str, list[Matter]]]:
    """The matters under their headings."""
    return [(name, list(rows)) for name, rows in groupby(matters(user, on=on), key=lambda matter: matter.heading(on))]


def links(user: User, *, on: date) -> list[tuple[str, str]]:
    """Deeds that may be begun at any time."""
    places = [
        ("mark_attendance", "Zaznacz obecność", "attendance:groups"),
        ("enter_application", "Nowy wniosek o skierowanie", "referrals:check"),
        ("enter_application", "Załóż kartę uczestnika", "participants:check"),
        ("close_attendance", "Zamknij miesiąc", "attendance:closing"),
        ("run_month", "Policz świadczenia", "benefits:lists"),
        ("set_accounts", "Załóż konto", "accounts:new_user"),
        ("set_accounts", "Dodaj zastępstwo", "accounts:stand_ins"),
        ("set_rates", "Dodaj stawkę ustawową", "centres:add_rate"),
        ("see_own_acts", "Moje czynności", "desk:own_acts"),
    ]
    return [(label, reverse(name)) for right, label, name in places if user.may(right, on=on)]


def _marking(user: User, on: date) -> Iterator[Matter]:
    """Groups to be marked; whoever leads them reads that the hour of the report is over, the superior elsewhere."""
    if not user.may("mark_attendance", on=on) or not Terms(user.home_centre).is_class_day(on):
        return
    groups = roster.in_use(Group.objects.visible_to(user, on=on, right="mark_attendance"), on)
    urgency = _of_the_hour(user, on) if user.owners("mark_attendance", on=on) else ("soon", "dziś")
    for row in roster.counted(groups, on):
        if row.unmarked:
            people = f"{row.unmarked} {plural(row.unmarked, 'osoby,osób,osób')}"
            yield Matter(
                *urgency,
                f"{row.group}: nie oznaczono jeszcze {people}",
                reverse("attendance:today", args=[row.group.pk]),
            )


def _of_the_hour(user: User, on: date) -> tuple[str, str]:
    hour = report_hour(TermBook([user.home_centre_id], [REPORT]), user.home_centre_id, on)
    return ("late", f"minęła {time_short(hour.at)}") if hour and is_past(hour, on, localtime()) else ("soon", "dziś")


def _older_days(user: User, on: date) -> Iterator[Matter]:
    """Days of this month and the last that passed unmarked, group by group; closed days are nobody's duty."""
    if not user.may("mark_attendance", on=on):
        return
    terms, first = Terms(user.home_centre), _last_month(on)
    days = [day for day in days_between(first, on - timedelta(days=1)) if terms.is_class_day(day)]
    groups = Group.objects.visible_to(user, on=on, right="mark_attendance").filter(start_on__lt=on)
    groups = list(groups.exclude(end_on__lt=first))
    missing = progress.to_mark(groups, days)
    for group in groups:
        if group.pk in missing:
            url = f"{reverse('attendance:today', args=[group.pk])}?dzien={missing[group.pk][0]}"
            yield Matter("late", "po terminie", f"{group}: {_named(missing[group.pk])}", url)


def _named(days: list[date]) -> str:
    """ "nieoznaczone 2 dni (17.11, 18.11)"; of many the first: "nieoznaczone 24 dni, od 02.11"."""
    texts = [f"{day:%d.%m}" for day in days]
    count = f"{plural(len(days), 'nieoznaczony,nieoznaczone,nieoznaczone')} {day_count(len(days))}"
    return f"{count} ({', '.join(texts)})" if len(days) <= MOST_NAMED else f"{count}, od {texts[0]}"


def _closing(user: User, on: date) -> Iterator[Matter]:
    """Last month's attendance, as long as a day of it is open: the money is counted from closed days."""
    last = _last_month(on)
    if user.may("close_attendance", on=on) and closing.is_open(user.home_centre, last):
        text = f"{month_text(last).capitalize()} nie jest zamknięty"
        payday, url = _payday(user, on), f"{reverse('attendance:closing')}?miesiac={last:%Y-%m}"
        yield Matter(*_until(payday, on), text, url, payday)


def _last_month(on: date) -> date:
    return month_start(month_start(on) - timedelta(days=1))


def _payday(user: User, on: date) -> date:
    """When last month's benefits are paid, on a day off the working day before; today where no regulations say."""
    version = Regulations.objects.version(user.home_centre, month_end(_last_month(on)))
    return moved_back(on.replace(day=version.payday_day), one_off_holidays()) if version else on


def _until(due: date, on: date) -> tuple[str, str]:
    return ("late", "po terminie") if due < on else ("soon", f"do {due:%d.%m}")


def _lists(user: User, on: date) -> Iterator[Matter]:
    """Open lists: with problems, to be looked through by payroll, to be decided on by the director."""
    approves, counts = user.may("approve_list", on=on), user.may("run_month", on=on)
    if not approves and not counts:
        return
    rows = PaymentList.objects.visible_to(user, on=on).exclude(status=PaymentList.Status.APPROVED).with_sums()
    for row in rows.order_by("payday", "kind", "number"):
        url, late = reverse("benefits:list", args=[row.pk]), row.payday <= on
        urgency = ("late", "po terminie") if late else ("soon", f"do {row.payday:%d.%m}")
        if row.status == PaymentList.Status.CHECKED and approves:
            yield Matter(*urgency, f"{row.title}: czeka na zatwierdzenie", url, row.payday)
        elif row.status == PaymentList.Status.CHECKED:
            yield Matter("info", "czeka", f"{row.title}: u dyrektora do zatwierdzenia", url)
        elif row.problem_count and counts:
            problems = plural(row.problem_count, "sprawa,sprawy,spraw")
            yield Matter(*urgency, f"{row.title}: {row.problem_count} {problems} do wyjaśnienia", url, row.payday)
        elif row.people and counts:
            asked = "zwrócona do poprawy" if sent_back(row) else "do sprawdzenia"
            yield Matter(*urgency, f"{row.title}: {asked}", url, row.payday)


def _unpaid(user: User, on: date) -> Iterator[Matter]:
    """Approved lists whose transfers nobody has recorded yet."""
    if not user.may("run_month", on=on):
        return
    approved = PaymentList.objects.visible_to(user, on=on).filter(status=PaymentList.Status.APPROVED)
    for row in approved.with_sums().filter(unpaid__gt=F("returned")).order_by("payday", "kind", "number"):
        url = reverse("benefits:list", args=[row.pk])
        yield Matter(*_until(row.payday, on), f"{row.title}: do wypłaty", url, row.payday)


def _returned(user: User, on: date) -> Iterator[Matter]:
    """Transfers that came back and were not sent again."""
    if not user.may("run_month", on=on):
        return
    rows = Settlement.objects.visible_to(user, on=on).returned().select_related("programme__participant")
    rows = rows.prefetch_related("payments").defer("inputs", "computed", "person", "account")
    for row in rows.order_by("payment_list__payday", "pk"):
        last = row.last_payment
        text = f"{row.programme.participant}: wrócił przelew {zloty(last.amount)} ({day_text(last.on)})"
        yield Matter("soon", "zwrot", text, reverse("benefits:payments", args=[row.payment_list_id]))


def _schedule(user: User, on: date) -> Iterator[Matter]:
    """The nightly preparation of trial lists, when it has stopped: a trial would go unpaid without a word."""
    if not _sees_to_lists(user, on) or not schedule.is_dead(user.home_centre, on=on):
        return
    last = schedule.last_run(user.home_centre)
    text = f"ostatnio {day_text(last)}, od {day_count((on - last).days)} nie działa" if last else "jeszcze nie działało"
    yield Matter("late", "nie działa", f"Nocne przygotowanie list: {text}", reverse("benefits:lists"))


def _past_end(user: User, on: date) -> Iterator[Matter]:
    """Approved payments for days after the programme's end, ordered later, until a difference asks for them back."""
    if not _sees_to_lists(user, on):
        return
    rows = Settlement.objects.visible_to(user, on=on).past_end().select_related("programme__participant")
    for row in rows.defer("inputs", "person", "account").order_by("programme__ended_on", "start_on", "pk"):
        person = row.programme.participant
        text = f"{person}: zapłacono po dniu zakończenia: {row.days_past_end}"
        yield Matter("soon", "do wyjaśnienia", text, reverse("benefits:person", args=[person.pk]))


def _overpaid(user: User, on: date) -> Iterator[Matter]:
    """What was paid too much and waits for a later payment of the same person."""
    if not user.may("run_month", on=on):
        return
    for row in overpaid(user.home_centre):
        person = row.programme.participant
        text = f"{person}: nadpłata {zloty(row.left)} za {row.period} czeka na następną wypłatę"
        yield Matter("info", "nadpłata", text, reverse("benefits:person", args=[person.pk]))


def _sees_to_lists(user: User, on: date) -> bool:
    return user.may("approve_list", on=on) or user.may("run_month", on=on)


def _month(user: User, on: date) -> Iterator[Matter]:
    """Last month's benefits, as long as nobody has counted them."""
    if not user.may("run_month", on=on):
        return
    last = _last_month(on)
    counted = PaymentList.objects.visible_to(user, on=on).filter(month=last)
    programmes = Programme.objects.visible_to(user, on=on, right="run_month").touching(last, month_end(last))
    if not counted.exists() and programmes.exists():
        text, payday = f"Nie policzono jeszcze świadczeń za {month_text(last)}", _payday(user, on)
        yield Matter(*_until(payday, on), text, reverse("benefits:lists"), payday)


def _trials(user: User, on: date) -> Iterator[Matter]:
    """Trials in their last week, or over, with nothing decided."""
    if not user.may("decide_programme", on=on):
        return
    rows = Programme.objects.visible_to(user, on=on, right="decide_programme").filter(ended_on__isnull=True)
    decided = Stage.objects.exclude(kind=Stage.Kind.TRIAL).values("programme")
    ending = Stage.objects.filter(
        programme__in=rows.exclude(pk__in=decided), kind=Stage.Kind.TRIAL, end_on__lte=on + TRIAL_WARNING
    )
    for stage in ending.select_related("programme__participant").order_by("end_on", "pk"):
        over = stage.end_on < on
        yield Matter(
            "late" if over else "soon",
            "po terminie" if over else f"do {stage.end_on:%d.%m}",
            f"{stage.programme.participant}: okres próbny do {day_text(stage.end_on)}, bez rozstrzygnięcia",
            reverse("participants:programme", args=[stage.programme.participant_id]),
            stage.end_on,
        )


def _corrections(user: User, on: date) -> Iterator[Matter]:
    """Corrections that wait for the user's decision; for a week, the answers to those the user asked for."""
    rows = Correction.objects.visible_to(user, on=on).select_related("programme__participant")
    if user.may("decide_attendance", on=on):
        waiting = rows.open() if user.home_centre.single_handed else rows.open().exclude(asked_by=user)
        for row in waiting.order_by("asked_on", "pk"):
            text = f"Korekta obecności czeka na decyzję: {row.programme.participant}, {day_text(row.on)}"
            yield Matter("soon", f"od {row.asked_on:%d.%m}", text, reverse("attendance:correction", args=[row.pk]))
    if user.may("ask_correction", on=on):
        answered = rows.filter(asked_by=user, decided_on__gte=on - THIS_WEEK).exclude(decided_by=user)
        for row in answered.order_by("-decided_on", "pk"):
            text = f"Korekta obecności rozstrzygnięta: {row.programme.participant}, {day_text(row.on)}"
            yield Matter("info", row.state[1], text, reverse("attendance:correction", args=[row.pk]))


def _jobs(user: User, on: date) -> Iterator[Matter]:
    """What is being made for the user, or made and not taken yet."""
    for job in Job.objects.waiting_for(user, on=on):
        kind, word = job.status
        yield Matter("info" if kind == "done" else kind, word, job.title, job.get_absolute_url())


def _accounts(user: User, on: date) -> Iterator[Matter]:
    """Stand-ins of today, so that nobody wonders who signs."""
    absent = user.stood_in_for(on)
    if absent:
        yield Matter(
            "info", "dziś", f"Zastępujesz: {joined([str(person) for person in absent])}", reverse("accounts:profile")
        )
