"""Carries the applications and the rounds of a plan out, deed by deed."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from cistor.demo.cases import Case, Nabor
from participants import actions as participants
from participants.models import Programme
from referrals import actions
from referrals.models import Application, Candidacy, Offer, Round

if TYPE_CHECKING:
    from cistor.demo.builder import Builder

Event = tuple[date, time, Callable[[], None]]
OPINION = "Wywiad przeprowadzono w miejscu zamieszkania. Osoba chce wrócić do pracy i współpracuje z ośrodkiem."
# What is done on one day is done in this order.
TIMES = {
    "begin": time(9),
    "declare": time(9, 10),
    "submit": time(9, 20),
    "send": time(9, 40),
    "receive": time(10),
    "withdraw": time(10, 20),
    "refuse": time(10, 25),
    "remind": time(10, 30),
    "opine": time(11),
    "consent": time(11, 30),
    "refer": time(11, 45),
    "enter": time(12),
    "check": time(12, 20),
    "need": time(12, 30),
    "interview": time(13),
    "score": time(13, 30),
    "close_scoring": time(14),
    # A place that somebody gives up can be offered the same day.
    "decline": time(14, 50),
    "offer": time(15),
    "answer": time(15, 10),
    "tell": time(15, 20),
    "file": time(15, 40),
}
OPENING, CLOSING = time(8, 20), time(14, 40)


class Recruiting:
    """The deeds of `TIMES` are methods; each takes the case and does it on the day of the clock."""

    def __init__(self, builder: "Builder"):
        self.builder, self.plan, self.do = builder, builder.plan, builder.do
        self.centre = builder.house.centre
        self.office = self.centre.offices.get(kind="welfare")
        self.applications: dict[Case, Application] = {}
        self.candidacies: dict[Case, Candidacy] = {}
        self.offers: dict[Case, Offer] = {}
        self.rounds: dict[Nabor, Round] = {}
        self.cases = {case.person: case for case in self.plan.cases}

    @property
    def today(self) -> date:
        return self.builder.clock.today

    def events(self) -> Iterator[Event]:
        for nabor in self.plan.nabory:
            yield nabor.opened_on, OPENING, partial(self.open, nabor)
            if nabor.closed_on:
                yield nabor.closed_on, CLOSING, partial(self.close, nabor)
        for case in self.plan.cases:
            for deed, day in case.done.items():
                yield day, TIMES[deed], partial(getattr(self, deed), case)

    # Rounds -----------------------------------------------------------------------------------------------------------

    def open(self, nabor: Nabor) -> None:
        project = nabor.project and self.do(actions.save_project, self.centre, by="director", **nabor.project)
        planned = {"name": nabor.name, "places": nabor.places, "classes_on": nabor.classes_on, "project": project}
        self.rounds[nabor] = self.do(actions.open_round, self.centre, by="social_worker", **planned)

    def close(self, nabor: Nabor) -> None:
        self.do(actions.close_round, self.rounds[nabor], by=self.builder.head)

    # The application --------------------------------------------------------------------------------------------------

    def begin(self, case: Case) -> None:
        participant = self.builder.card(case.person)
        application = self.do(actions.begin, participant, by="social_worker")
        said = {**case.said, "office": self.office}
        self.applications[case] = self.do(actions.save_draft, application, by="social_worker", **said)

    def declare(self, case: Case) -> None:
        said = {"declared_on": self.today, "rights": case.how.get("rights", [])}
        self.do(actions.declare_exclusions, self.applications[case], by="social_worker", **said)

    def submit(self, case: Case) -> None:
        self.declare(case)
        self.do(actions.submit, self.applications[case], by="social_worker")

    def withdraw(self, case: Case) -> None:
        self.do(actions.withdraw, self.applications[case], reason=case.how["withdraw"], by="social_worker")

    def refuse(self, case: Case) -> None:
        self.do(actions.refuse, self.applications[case], reason=case.how["refuse"], by="director")

    # The office -------------------------------------------------------------------------------------------------------

    def send(self, case: Case) -> None:
        sent = {"office": self.office, "sent_on": self.today}
        self.do(actions.send, self.applications[case], by="social_worker", **sent)

    def receive(self, case: Case) -> None:
        by = self._office_or_paper(case, "welfare_worker")
        self.do(actions.confirm_receipt, self.applications[case], received_on=self.today, by=by)

    def remind(self, case: Case) -> None:
        self.do(actions.remind, self.applications[case], about="opinion_written", by="social_worker")

    def opine(self, case: Case) -> None:
        said = {"interview_on": self.today, "is_positive": case.how.get("is_positive", True)}
        self._write(actions.record_opinion, case, text=case.how.get("opine", OPINION), **said)

    def consent(self, case: Case) -> None:
        reason = case.how.get("no_consent", "")
        said = {"is_granted": not reason, "reason": reason}
        self._write(actions.record_consent, case, "welfare_head", **said)

    def refer(self, case: Case) -> None:
        self._write(actions.record_referral, case)

    def _write(self, act: Callable[..., Any], case: Case, whose: str = "welfare_worker", **said: Any) -> None:
        author = str(self.builder.house.who(whose))
        how = {"done_on": self.today, "from_paper": bool(case.how.get("from_paper")), "author": author}
        self.do(act, self.applications[case], by=self._office_or_paper(case, whose), **how, **said)

    def _office_or_paper(self, case: Case, whose: str) -> str:
        return "social_worker" if case.how.get("from_paper") else whose

    # The round --------------------------------------------------------------------------------------------------------

    def enter(self, case: Case) -> None:
        entered = self.rounds[case.nabor]
        self.candidacies[case] = self.do(actions.enter_round, self.applications[case], entered, by="social_worker")

    def check(self, case: Case) -> None:
        """With a word about it, the candidate does not meet the criteria."""
        note = case.how.get("check", "")
        self.do(actions.check_formally, self.candidacies[case], is_met=not note, note=note, by="social_worker")

    def need(self, case: Case) -> None:
        income, years = case.how["need"]
        since = self.today - timedelta(days=366 * years + 20)
        facts = {"income_per_head": Decimal(income), "income_proof": "statement", "jobless_since": since}
        self.do(actions.enter_need, self.candidacies[case], by="social_worker", **facts)

    def interview(self, case: Case) -> None:
        candidacy = self.candidacies[case]
        self.do(actions.hold_interview, candidacy, held_on=self.today, by="social_worker")
        if case.how.get("consultation"):
            self.do(actions.ask_consultation, candidacy, asked_on=self.today, by="social_worker")

    def score(self, case: Case) -> None:
        """Each recruiter alone."""
        for recruiter, marks in case.how["score"].items():
            given = dict(zip(("motivation", "potential", "prognosis"), marks, strict=True))
            self.do(actions.score, self.candidacies[case], by=recruiter, **given)

    def close_scoring(self, case: Case) -> None:
        self.do(actions.close_scoring, self.candidacies[case], by="social_worker")

    # Afterwards -------------------------------------------------------------------------------------------------------

    def tell(self, case: Case) -> None:
        told = {"way": case.how["tell"], "told_on": self.today}
        self.do(actions.tell, self.candidacies[case], by="social_worker", **told)

    def decline(self, case: Case) -> None:
        self.do(actions.decline, self.candidacies[case], reason=case.how["decline"], by="social_worker")

    def offer(self, case: Case) -> None:
        made = {"way": case.how["offer"], "offered_on": self.today}
        self.offers[case] = self.do(actions.offer, self.candidacies[case], by="social_worker", **made)

    def answer(self, case: Case) -> None:
        said = {"is_accepted": True, "answered_on": self.today, "note": case.how["answer"]}
        self.do(actions.answer, self.offers[case], by="social_worker", **said)

    def file(self, case: Case) -> None:
        """A medical certificate holds for a year unless the story says otherwise, counted from the day of the run."""
        until = self.plan.timeline.today + timedelta(days=case.how.get("valid_days", 330))
        participant = self.applications[case].participant
        for code in case.how["file"]:
            paper = {"received_on": self.today, "valid_until": until if code == "medical_certificate" else None}
            self.do(
                participants.add_paper, participant, code=code, place="Szafa 2, półka A", by="social_worker", **paper
            )

    def admit(self, case: Case, start_on: date) -> Programme:
        signed = {"signed_on": self.today, "start_on": start_on}
        return self.do(actions.admit, self.applications[case], by=self.builder.head, **signed)
