"""A centre that lives day by day: people sign, pass, fail and leave, the director signs letters, and machines break."""

import random
from collections import defaultdict
from contextlib import suppress
from datetime import date

from django.db import InterfaceError, OperationalError, connection

from cistor.centres.models import ClosedDay, PublicHoliday
from cistor.notices import tasks
from cistor.notices.actions import letters as acts
from cistor.notices.actions.sending import dispatch
from cistor.notices.models import Dispatch, Letter, LetterPerson
from participants import actions
from participants.models import Programme
from tests.factories import make_participant
from tests.notices.making import come_from_pup, make_document, mopr, pup
from tests.notices.oracle import DAY, TO_MOPR, TO_PERSON, TO_PUP, Life, asked, terms

RENDERED = 50  # one letter in so many
# Chances: of a day or, for the last three, of a run.
SIGNING, HOLIDAY, CLOSING, OUTAGE = 1 / 35, 1 / 120, 1 / 60, 1 / 60
LOST, CRASH, QUERIES = 1 / 30, 1 / 15, 30
# Shorter than what the preparation looks back over.
LONGEST_OUTAGE = 12


class Fuse:
    """Cuts the connection before its n-th query; what was not committed by then is lost."""

    def __init__(self, executioner, queries: int):
        self.executioner, self.left, self.has_blown = executioner, queries, False

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            self.has_blown = True
            pid = connection.connection.info.backend_pid
            with self.executioner.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        return execute(sql, params, many, context)


class Centre:
    """`today` is the clock. Every letter is noted on the day it is first seen; what must be there by then is asserted
    after every run that was left to finish."""

    def __init__(self, centre, director, chance: random.Random, executioner):
        self.centre, self.director, self.chance, self.executioner = centre, director, chance, executioner
        self.offices = {None: TO_PERSON, mopr(centre).pk: TO_MOPR, pup(centre).pk: TO_PUP}
        self.today: date = date.min
        self.lives: dict[int, Life] = {}
        self.watched: list[Life] = []
        self.fates = defaultdict(list)
        self.one_off: set[date] = set()
        self.messages: list[str] = []
        self.outage_until = self.deaf_until = date.min
        # (programme, kind, to whom) → the day it was first asked for, its due day then, the day it was written.
        self.asked_on, self.due_on, self.written_on = {}, {}, {}
        self.troubled: set[date] = set()
        self.last_seen = self.signed = self.rendered = self.crashes = 0

    # The day ---------------------------------------------------------------------------------------------------------

    def live(self, day: date):
        self.today = day
        self.weather()
        if day < self.outage_until:
            self.troubled.add(day)
        elif day.weekday() < 5 or self.happens(1 / 4):
            # The machine of a small centre is often off at weekends; no term ends there.
            self.run(tasks.prepare_all)
        for fate in self.fates.pop(day, []):
            self.act(fate)
        if day.weekday() < 5:
            # A project of two years, then a year without one.
            if day.year % 3 and self.happens(SIGNING):
                self.act(self.sign_somebody)
            if self.happens(0.4):
                self.sign_letters()

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def weather(self):
        """Days off that nobody knew of, and machines that stand still, with or without the messages after acts."""
        soon = self.today + self.chance.randint(1, 10) * DAY
        if self.happens(HOLIDAY) and soon not in self.one_off:
            PublicHoliday.objects.create(on=soon, name="Święto jednorazowe", source="test")
            self.one_off.add(soon)
        if self.happens(CLOSING):
            ClosedDay.objects.get_or_create(centre=self.centre, on=soon, defaults={"reason": "Wyjazd"})
        if self.today >= self.outage_until and self.happens(OUTAGE):
            self.outage_until = self.today + self.chance.randint(1, LONGEST_OUTAGE) * DAY
            self.deaf_until = self.outage_until if self.happens(0.5) else date.min

    def act(self, deed):
        """A deed of somebody, then the work that it has asked for, unless the message is lost."""
        self.messages.clear()
        deed()
        self.note()
        if self.messages and self.today >= self.deaf_until and not self.happens(LOST):
            self.run(lambda: tasks.prepare_centre(self.centre.pk))
        elif self.messages:
            self.troubled.add(self.today)

    # The runs --------------------------------------------------------------------------------------------------------

    def run(self, task):
        self.note()
        if self.happens(CRASH):
            self.crash(task)
            return
        task()
        self.see()
        lost = {key for key, _ in self.wanted()} - self.written_on.keys()
        assert not lost, (self.today, lost)

    def crash(self, task):
        fuse = Fuse(self.executioner, self.chance.randint(1, QUERIES))
        with connection.execute_wrapper(fuse), suppress(OperationalError, InterfaceError):
            task()
        if fuse.has_blown:
            connection.close()
            self.crashes += 1
            self.troubled.add(self.today)
        self.see()

    def wanted(self):
        return [row for life in self.open_lives() for row in asked(life, self.today, self.one_off).items()]

    def open_lives(self) -> list[Life]:
        """Long enough after its end that a run must have seen it, nothing new is asked for."""
        since = self.today - 2 * LONGEST_OUTAGE * DAY
        self.watched = [
            life for life in self.watched if not life.ended_on or max(life.ended_on, life.decided_on) > since
        ]
        return self.watched

    def note(self):
        for key, row in self.wanted():
            self.asked_on.setdefault(key, self.today)
            self.due_on.setdefault(key, row.due_on)

    def see(self):
        """What is new in the database: asked for, and written for the first time."""
        rows = LetterPerson.objects.filter(pk__gt=self.last_seen).order_by("pk")
        for pk, programme, kind, office in rows.values_list("pk", "programme", "kind", "office"):
            key = programme, kind, self.offices[office]
            assert key in self.asked_on, (self.today, key)
            assert key not in self.written_on, (self.today, key)
            self.written_on[key], self.last_seen = self.today, pk

    # The people ------------------------------------------------------------------------------------------------------

    def on_weekday(self, day: date, deed):
        """On the day, or on the Monday after it."""
        day = max(day, self.today + DAY)
        while day.weekday() > 4:
            day += DAY
        self.fates[day].append(deed)

    def sign_somebody(self):
        person = make_participant(self.centre, account=False)
        start_on = self.today + self.chance.randint(0, 3) * DAY
        days = {"signed_on": self.today, "start_on": start_on, "despite": "Teczka jest na papierze."}
        programme = actions.sign_programme(person, **days, by=self.director, on=self.today)
        life = Life(programme.pk, self.today, programme.planned_end_on, programme.planned_end_on)
        if self.happens(1 / 8):
            come_from_pup(programme)
            life.from_pup = True
        self.lives[life.pk] = life
        self.watched.append(life)
        self.begin(programme, life)

    def begin(self, programme: Programme, life: Life):
        fate = self.chance.choice(["leaves", "fails", "fails early", "denied", *["passes"] * 4, *["provisional"] * 2])
        near_end = life.trial_end - self.chance.randint(0, 6) * DAY
        if fate == "leaves":
            day = life.signed_on + self.chance.randint(6, 25) * DAY
            self.on_weekday(day, lambda: self.end(programme, life, self.past(2), "declaration"))
        elif fate == "fails":
            self.on_weekday(near_end, lambda: self.end(programme, life, life.trial_end, "trial_failed"))
        elif fate == "fails early":
            day = life.trial_end - self.chance.randint(7, 15) * DAY
            self.on_weekday(day, lambda: self.end(programme, life, min(self.today, life.trial_end), "trial_failed"))
        elif fate == "denied":
            self.on_weekday(near_end, lambda: self.answer(programme, life, is_qualified=False))
        elif fate == "passes":
            self.on_weekday(near_end, lambda: self.answer(programme, life, is_qualified=True))
            self.on_weekday(near_end + DAY, lambda: self.go_on(programme, life))
        else:
            self.on_weekday(near_end, lambda: self.go_on(programme, life, "Odpowiedź ośrodka się spóźnia."))
            day, yes = life.trial_end + self.chance.randint(1, 20) * DAY, self.happens(0.6)
            self.on_weekday(day, lambda: self.answer(programme, life, is_qualified=yes))

    def past(self, most: int) -> date:
        return self.today - self.chance.randint(0, most) * DAY

    def answer(self, programme: Programme, life: Life, *, is_qualified: bool):
        if life.ended_on:
            return
        said = {"is_qualified": is_qualified, "received_on": self.today, "way": "email"}
        actions.record_reply(programme, **said, by=self.director, on=self.today)
        life.answered = True
        if not is_qualified:
            last = life.trial_end if life.planned_end == life.trial_end else max(life.trial_end, self.today)
            self.note_end(life, min(last, life.planned_end), "not_qualified", self.today)

    def go_on(self, programme: Programme, life: Life, reason: str = ""):
        months = self.chance.randint(1, 11)
        given = {"months": months, "provisional_reason": reason}
        stage = actions.pass_to_main(programme, **given, by=self.director, on=self.today)
        life.planned_end, life.passed = stage.end_on, not reason
        if self.happens(0.5):
            day = stage.end_on + self.chance.randint(0, 4) * DAY
            self.on_weekday(day, lambda: self.end(programme, life, life.planned_end, "period"))
        else:
            day = stage.start_on + self.chance.randint(21, 40 + 28 * months) * DAY
            kind = self.chance.choice(["job", "declaration", "left", "business"])
            self.on_weekday(day, lambda: self.end(programme, life, self.around(life), kind))

    def around(self, life: Life) -> date:
        """Mostly a day gone by, of which the centre has just heard; sometimes one to come."""
        day = self.today + self.chance.randint(-9, 3) * DAY
        return min(max(day, life.trial_end + DAY), life.planned_end)

    def end(self, programme: Programme, life: Life, ended_on: date, kind: str):
        if life.ended_on:
            return
        heard_on = self.past(2)
        given = {"ended_on": ended_on, "kind": kind, "reason": "Tak ustalono z uczestnikiem.", "learned_on": heard_on}
        actions.end_programme(programme, **given, by=self.director, on=self.today)
        self.note_end(life, ended_on, kind, heard_on)

    def note_end(self, life: Life, ended_on: date, kind: str, heard_on: date):
        life.ended_on, life.kind, life.heard_on, life.decided_on = ended_on, kind, heard_on, self.today

    # The letters -----------------------------------------------------------------------------------------------------

    def sign_letters(self):
        drafts = list(Letter.objects.filter(centre=self.centre).to_sign().order_by("pk"))
        assert len([row for row in drafts if row.kind == "admission_list"]) <= 1
        for letter in drafts:
            if self.happens(0.8):
                self.sign(letter)
                self.on_weekday(self.today + self.chance.randint(1, 3) * DAY, lambda letter=letter: self.send(letter))

    def sign(self, letter: Letter):
        """One in fifty is laid out; the others get a paper that nobody has drawn."""
        self.signed += 1
        if self.signed % RENDERED == 1:
            self.rendered += 1
            acts.sign(letter, by=self.director, on=self.today)
            return
        programme = letter.people.select_related("programme__participant").first().programme
        letter.document = make_document(programme, letter.kind, on=self.today, by=self.director)
        letter.status, letter.signed_on, letter.signed_by = Letter.Status.SIGNED, self.today, self.director
        letter.save(update_fields=["document", "status", "signed_on", "signed_by"])

    def send(self, letter: Letter):
        letter.refresh_from_db()
        given = {"office": letter.office, "way": Dispatch.Way.PAPER, "sent_on": self.today}
        sent = dispatch(letter.document, **given, by=self.director, on=self.today)
        people = letter.people.values_list("programme", flat=True)
        keys = [(pk, letter.kind, self.offices[letter.office_id]) for pk in people]
        assert sent.due_on == min(self.due_now(key) for key in keys), (self.today, keys)

    def due_now(self, key) -> date:
        """By the days off that are known by now."""
        programme, *rest = key
        return terms(self.lives[programme], self.one_off)[tuple(rest)].due_on
