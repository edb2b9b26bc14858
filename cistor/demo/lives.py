"""How programmes go on in the two centres: plans, trials, more time, ends, and the letters about them."""

from datetime import date, timedelta
from typing import Any

from cistor.dates import ONE_DAY, months_later
from cistor.demo.deeds import Deed
from cistor.demo.plan import Plan
from cistor.demo.stays import Ending, Stay

# The letters were written by hand until so many days before the run.
LETTERS_SINCE = 17
NO_ANSWER = "Ośrodek nie odpowiedział w terminie, a przerwa w zajęciach przekreśliłaby dotychczasową pracę."
BREACH = "Nieusprawiedliwione nieobecności powtarzały się mimo rozmów i upomnienia."
SKILLS = "Obróbka drewna, montaż mebli, praca w zespole, punktualność."


class Lives:
    """Writes the deeds of one plan down; days are said as so many days before the run."""

    def __init__(self, plan: Plan):
        self.plan, self.line = plan, plan.timeline
        self.first_run_on = self.before(LETTERS_SINCE)

    def before(self, back: int) -> date:
        return self.line.before_today(back)

    def do(self, name: str, on: date | int, stay: Stay | None = None, **how: Any) -> None:
        day = self.before(on) if isinstance(on, int) else on
        self.plan.deeds.append(Deed(name, day, stay, how))

    def run_daily(self) -> None:
        """Every morning of a class day, and on the day of the run."""
        for day in sorted({*self.line.between(self.first_run_on, self.line.today), self.line.today}):
            self.do("prepare", day, is_daily=True)
        self.do("void_old", self.first_run_on)

    def send(self, stay: Stay, kind: str, sign_on: date, sent_on: date, way: str, **more: Any) -> None:
        self.do("sign", sign_on, stay, kind=kind)
        self.do("send", sent_on, stay, kind=kind, way=way, **more)

    def requests_from(self, stay: Stay) -> list[date]:
        """Days on which the office may be asked about a trial, as far as they have come."""
        return self.line.between(stay.trial_end_on - timedelta(days=6), self.line.yesterday)


# CISTOR ---------------------------------------------------------------------------------------------------------------


def join_for_stories(plan: Plan) -> tuple[Stay, Stay, Stay, Stay]:
    """Let on provisionally, not qualified, gone to a job, gone by a decision; only the first is still here."""
    line = plan.timeline
    waiting = plan.intake(_trial_over(plan, 5, line.month(0) - ONE_DAY), 1)[0]
    waiting.despite = NO_ANSWER
    gone = [plan.visit(start) for start in (_trial_over(plan, 8), line.month(4) + timedelta(days=9), line.month(6))]
    unqualified, job, breach = gone
    unqualified.main_months = None
    lives = Lives(plan)
    answered_on = lives.requests_from(unqualified)[:2][-1]
    unqualified.ending = Ending("not_qualified", unqualified.trial_end_on, answered_on, by_decision=True)
    job.ending = Ending("job", lives.before(14), lives.before(13))
    breach.ending = Ending("breach", lives.before(3), lives.before(3), by_decision=True)
    breach.tell("unexcused", line.between(lives.before(16), lives.before(8)))
    return waiting, unqualified, job, breach


def _trial_over(plan: Plan, back: int, earliest: date = date.min) -> date:
    """The first day of a trial that ended about so many days ago; if it can be, no earlier than said."""
    line = plan.timeline
    wanted = line.today - timedelta(days=back)
    ends = {start: months_later(start, 1, "day_before") for start in line.between(line.month(2), line.yesterday)}
    over = [start for start, end in ends.items() if end < line.today]
    late = [start for start in over if ends[start] >= earliest]
    return min(late or over, key=lambda start: abs(ends[start] - wanted))


def live_in_cistor(plan: Plan, rounds: Any, stories: tuple[Stay, Stay, Stay, Stay]) -> None:
    lives = Lives(plan)
    waiting, unqualified, job, breach = stories
    lives.do("address_office", plan.first_on + timedelta(days=1), email="sekretariat@mopr.example")
    lives.run_daily()
    _newcomers(lives, rounds.new)
    _trials(lives, rounds.ending, waiting, unqualified)
    _ends(lives, job, breach)
    _more_time(lives, rounds.year)
    _plans_of_old(lives, rounds.two_months)
    doubtful = rounds.half_year[0]
    lives.do("propose_end", 2, doubtful, days=4)
    lives.do("receive", 4, doubtful, kind="participant", about="Prośba o rozmowę z dyrektorem.", way="handed")
    lives.do(
        "receive", 9, kind="other", sender="Wymyślona Fundacja Dobry Start", about="Oferta szkolenia.", way="email"
    )
    lives.do("receive", 7, kind="office", about="Zmiana godzin przyjmowania pism.", way="paper")


def _newcomers(lives: Lives, new: list[Stay]) -> None:
    """Each with a plan; told of the insurance the same day, and all three on one list to the office."""
    for number, stay in enumerate(new):
        lives.do("write_plan", lives.line.last_until(stay.start_on - ONE_DAY), stay)
        lives.send(stay, "insurance_told", stay.start_on, stay.start_on, "handed")
        if not number:
            lives.do("prepare", stay.start_on)
    listed_on = lives.line.between(stay.start_on + ONE_DAY, lives.line.yesterday)[1]
    lives.send(new[0], "admission_list", listed_on, listed_on, "paper", proof="Potwierdzenie nadania nr 7.")


def _trials(lives: Lives, ending: list[Stay], waiting: Stay, unqualified: Stay) -> None:
    """One request is on its way, one waits for the signature, one was never answered, one in the negative."""
    for stay, way in ((ending[0], "email"), (waiting, "fax"), (unqualified, "email")):
        days = lives.requests_from(stay)
        if days:
            lives.send(stay, "qualification_request", days[0], days[0], way, proof="Potwierdzenie odbioru.")
        lives.do("assess", min(days, default=lives.line.yesterday), stay, is_positive=stay is not unqualified)
    lives.do("insured", 2, waiting)
    lives.do("answer", unqualified.ending.decided_on, unqualified, is_qualified=False)
    told_on = lives.line.between(unqualified.trial_end_on + ONE_DAY, lives.line.yesterday)
    if told_on:
        kind = "not_qualified_letter"
        lives.send(unqualified, kind, told_on[0], told_on[0], "paper", proof="List polecony.")
        lives.do("send", told_on[-1], unqualified, kind=kind, way="fax", is_copy=True)


def _ends(lives: Lives, job: Stay, breach: Stay) -> None:
    """The one to a job is told too late: the letter came back; the other is signed and not sent yet."""
    lives.do("return", 8, job, kind="early_end_info", remark="Proszę dopisać, od kiedy trwa zatrudnienie.")
    lives.do("certificate", 6, job, skills=SKILLS)
    lives.do("clearance", 6, job)
    lives.do("follow_up", 4, job, situation="job")
    lives.do("propose_end", 6, breach, days=7)
    lives.do("decide_end", breach.ending.decided_on, breach)
    lives.do("deliver", 1, breach)
    lives.do("prepare", breach.ending.decided_on)
    lives.do("sign", 1, breach, kind="early_end_info")


def _more_time(lives: Lives, year: list[Stay]) -> None:
    lives.do("ask_extension", 3, year[0], origin="participant", months=3)
    lives.do("ask_extension", 8, year[1], origin="opinion", months=2)
    lives.do("decide_extension", 5, year[1])


def _plans_of_old(lives: Lives, stays: list[Stay]) -> None:
    """Written down after their signature; one was changed by an annex, another is about to be."""
    for number, stay in enumerate(stays[:3]):
        lives.do("write_plan", 30 - number, stay)
        lives.do("see_goal", 6 - number, stay, is_done=not number)
    lives.do("annex", 9, stays[0], is_signed=True)
    lives.do("annex", 2, stays[1], is_signed=False)


# Rzyszczewo -----------------------------------------------------------------------------------------------------------


def leave_rzyszczewo(plan: Plan) -> Stay:
    """To a job, with the contact after the programme still to come."""
    lives = Lives(plan)
    stay = plan.visit(plan.timeline.month(5))
    stay.ending = Ending("job", lives.before(12), lives.before(11))
    return stay


def live_in_rzyszczewo(plan: Plan, edition: list[Stay], left: Stay) -> None:
    """No agreement with the office here: the law asks for the insurance, the regulations for the contact."""
    lives = Lives(plan)
    lives.do("address_office", plan.first_on + timedelta(days=1), email="sekretariat@gops.example")
    lives.run_daily()
    lives.do("certificate", 8, left, skills="Utrzymanie zieleni, obsługa kosiarki, praca w grupie.")
    lives.do("clearance", 9, left, missing="Brakuje kluczyka do szafki.")
    earlier = next(stay for stay in plan.stays if stay.ending and stay.ending.kind == "job" and stay is not left)
    lives.do("follow_up", earlier.ending.on + timedelta(days=20), earlier, situation="job")
    for number, stay in enumerate(edition[:2]):
        lives.do("write_plan", 25 - number, stay)
    lives.do("annex", 10, edition[0], is_signed=True)
    lives.do("receive", 5, kind="office", about="Zapytanie o liczbę wolnych miejsc.", way="email")
