"""Carries the deeds about programmes and letters out, each on its day."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from attendance.models import Day
from cistor.centres.actions import change_office
from cistor.centres.models import Regulations
from cistor.demo.deeds import Deed
from cistor.demo.stays import Stay
from cistor.notices.actions import incoming, letters
from cistor.notices.actions.deadlines import discharge
from cistor.notices.actions.prepare import prepare
from cistor.notices.actions.sending import dispatch
from cistor.notices.deadlines import INSURANCE
from cistor.notices.models import Letter
from participants import actions as participants
from participants.actions import annex, plan
from participants.models import Programme, Termination

if TYPE_CHECKING:
    from cistor.demo.builder import Builder, Event

# What is done on one day is done in this order.
TIMES = {
    "prepare": time(6),
    "void_old": time(8, 40),
    "address_office": time(9),
    "receive": time(9, 15),
    "write_plan": time(9, 30),
    "assess": time(10, 20),
    "see_goal": time(10, 40),
    "propose_end": time(10, 50),
    "ask_extension": time(11, 10),
    "decide_extension": time(11, 20),
    "decide_end": time(11, 30),
    "deliver": time(11, 50),
    "annex": time(12, 10),
    "insured": time(12, 15),
    "clearance": time(12, 20),
    "certificate": time(12, 30),
    "follow_up": time(13, 10),
    "return": time(13, 30),
    "sign": time(14, 10),
    "send": time(15, 10),
    "answer": time(15, 50),
}
# After an act, not of the schedule.
AFTER = time(13, 50)
GOALS = (
    ("social", "Regularny udział w zajęciach i w spotkaniach z pracownikiem socjalnym.", "uczestnik", 90),
    ("vocational", "Samodzielne wykonanie powierzonych zadań w warsztacie.", "instruktor", 180),
    ("housing", "Złożenie wniosku o lokal z zasobu gminy.", "pracownik socjalny", 120),
)
ON_PAPER = "Pismo wysłano jeszcze na papierze, zanim pisma trafiły do programu."
WORDS = {
    True: "Punktualność i zaangażowanie, zadania wykonane, dobra współpraca w grupie.",
    False: "Częste spóźnienia, zadania przerywane; rozmowy nie przyniosły zmiany.",
}


class Living:
    """The deeds of `TIMES` are methods; each takes the deed and does it on the day of the clock."""

    def __init__(self, builder: "Builder"):
        self.builder, self.do = builder, builder.do
        self.centre = builder.house.centre
        self.office = self.centre.offices.get(kind="welfare")

    @property
    def today(self) -> date:
        return self.builder.clock.today

    def events(self) -> "Iterator[Event]":
        for deed in self.builder.plan.deeds:
            at = AFTER if deed.name == "prepare" and not deed.how else TIMES[deed.name]
            yield deed.on, at, partial(getattr(self, f"_{deed.name}"), deed)

    def _programme(self, stay: Stay) -> Programme:
        return Programme.objects.select_related("participant__centre").get(pk=self.builder.programmes[stay].pk)

    # Letters ----------------------------------------------------------------------------------------------------------

    def _prepare(self, deed: Deed) -> None:
        with self.builder.clock.act(by=None):
            prepare(self.centre, on=self.today, is_daily=deed.how.get("is_daily", False))

    def _void_old(self, deed: Deed) -> None:
        """What was asked for before the letters were written here."""
        for letter in Letter.objects.filter(centre=self.centre, status="draft", starts_on__lt=self.today):
            self.do(letters.void, letter, reason=ON_PAPER, by=self.builder.head)

    def _letter(self, deed: Deed) -> Letter:
        return Letter.objects.get(people__programme=self.builder.programmes[deed.stay], kind=deed.how["kind"])

    def _return(self, deed: Deed) -> None:
        self.do(letters.return_letter, self._letter(deed), remark=deed.how["remark"], by=self.builder.head)

    def _sign(self, deed: Deed) -> None:
        self.do(letters.sign, self._letter(deed), by=self.builder.head)

    def _send(self, deed: Deed) -> None:
        letter, is_copy = self._letter(deed), deed.how.get("is_copy", False)
        to = {"office": self.office if is_copy else letter.office, "is_copy": is_copy}
        sent = {"way": deed.how["way"], "sent_on": self.today, "proof": deed.how.get("proof", "")}
        self.do(dispatch, letter.document, by="social_worker", **to, **sent)

    def _receive(self, deed: Deed) -> None:
        how = dict(deed.how)
        if deed.stay:
            how["participant"] = self.builder.participants[deed.stay.person]
        if how["kind"] == "participant":
            how["sender"] = str(how["participant"])
        elif "sender" not in how:
            how["office"] = self.office
        self._register(**how)

    def _answer(self, deed: Deed) -> None:
        self.receive_answer(deed.stay, is_qualified=deed.how["is_qualified"])

    def receive_answer(self, stay: Stay, *, is_qualified: bool) -> None:
        """Of the office about the qualification, by e-mail."""
        answer = incoming.Answer(is_qualified, "" if is_qualified else "Osoba nie współpracuje z ośrodkiem.")
        about = {"participant": self.builder.participants[stay.person], "office": self.office, "answer": answer}
        self._register(kind="qualification", way="email", **about)

    def _register(self, **how: Any) -> None:
        register = incoming.register_letter
        self.do(register, centre=self.centre, received_on=self.today, by="social_worker", **how)

    def _address_office(self, deed: Deed) -> None:
        self.do(change_office, self.office, email=deed.how["email"], by="director")

    def _insured(self, deed: Deed) -> None:
        said = {"is_waiver": False, "reason": "Ośrodek potwierdził zgłoszenie telefonicznie."}
        self.do(discharge, INSURANCE, self._programme(deed.stay), by="social_worker", **said)

    # Plans ------------------------------------------------------------------------------------------------------------

    def _write_plan(self, deed: Deed) -> None:
        """Sealed with the signature; of a programme that was signed before, at once."""
        participant, by = self.builder.participants[deed.stay.person], "social_worker"
        draft = self.do(plan.start_plan, participant, by=by)
        self.do(plan.save_plan, draft, agreed_on=self.today, agreed_with=self.office, by=by)
        for area, what, who, days in GOALS:
            until = deed.stay.start_on + timedelta(days=days)
            self.do(plan.add_goal, draft, area=area, what=what, who=who, until=until, by=by)
        if deed.stay in self.builder.programmes:
            self.do(plan.seal_plan, draft, self._programme(deed.stay), by=self.builder.head)

    def _see_goal(self, deed: Deed) -> None:
        goal = self._programme(deed.stay).plan.goals.order_by("pk").first()
        self.do(plan.record_outcome, goal, is_done=deed.how["is_done"], seen_on=self.today, by="social_worker")

    def _annex(self, deed: Deed) -> None:
        said = {"changes": "Zajęcia w grupie kuchennej zamiast porządkowej.", "reason": "Zalecenie lekarza."}
        programme, from_on = self._programme(deed.stay), self.today + timedelta(days=1)
        draft = self.do(annex.draft_annex, programme, in_force_from=from_on, by="social_worker", **said)
        if deed.how["is_signed"]:
            self.do(annex.sign_annex, draft, signed_on=self.today, by=self.builder.head)

    # The trial and more time ------------------------------------------------------------------------------------------

    def _assess(self, deed: Deed) -> None:
        said = {"is_positive": deed.how["is_positive"], "text": WORDS[deed.how["is_positive"]]}
        for by in (deed.stay.group, "social_worker"):
            self.do(participants.assess_trial, self._programme(deed.stay), by=by, **said)

    def _ask_extension(self, deed: Deed) -> None:
        reason = "Szuka pracy w zawodzie, którego się uczy; potrzebuje jeszcze wsparcia."
        self.do(participants.ask_extension, self._programme(deed.stay), reason=reason, by="social_worker", **deed.how)

    def _decide_extension(self, deed: Deed) -> None:
        asked = self._programme(deed.stay).extensions.get()
        self.do(participants.decide_extension, asked, granted=True, note="", by=self.builder.head)

    # The end ----------------------------------------------------------------------------------------------------------

    def _propose_end(self, deed: Deed) -> None:
        programme = self._programme(deed.stay)
        version = Regulations.objects.version(self.centre, self.today)
        ground = version.grounds.filter(meaning="absence").first()
        marks = Day.objects.filter(programme=programme, meaning="unexcused").order_by("-on")[: deed.how["days"]]
        found = {
            "grounds": [{"letter": ground.letter, "text": ground.text, "source": ground.source}],
            "days": [{"on": day.on.isoformat(), "meaning": day.meaning, "letters": day.code} for day in marks],
            "facts": "Nieusprawiedliwione nieobecności w dniach z listy, mimo dwóch rozmów i upomnienia na piśmie.",
            "reason": "Dalszy udział nie daje widoków na osiągnięcie celów programu.",
        }
        said = {"kind": "breach", "last_on": self.today, "through_fault": True}
        self.do(participants.propose_termination, programme, by="social_worker", **said, **found)

    def _termination(self, deed: Deed) -> Termination:
        return self._programme(deed.stay).terminations.get()

    def _decide_end(self, deed: Deed) -> None:
        said = {"granted": True, "note": "", "last_on": deed.stay.ending.on}
        self.do(participants.decide_termination, self._termination(deed), **said, by=self.builder.head)

    def _deliver(self, deed: Deed) -> None:
        sent = {"way": "handed", "delivered_on": self.today, "proof": "Podpis na odpisie decyzji."}
        self.do(participants.record_delivery, self._termination(deed), by="social_worker", **sent)

    def _certificate(self, deed: Deed) -> None:
        self.do(participants.issue_certificate, self._programme(deed.stay), by=self.builder.head, **deed.how)

    def _clearance(self, deed: Deed) -> None:
        missing = deed.how.get("missing", "")
        said = {"cleared_on": self.today, "is_complete": not missing, "note": missing}
        self.do(participants.record_clearance, self._programme(deed.stay), by="social_worker", **said)

    def _follow_up(self, deed: Deed) -> None:
        said = {"contacted_on": self.today, "situation": deed.how["situation"]}
        self.do(participants.record_follow_up, self._programme(deed.stay), by="social_worker", **said)
