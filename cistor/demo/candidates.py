"""Who applies to the two centres of the demonstration, and how far each has come."""

from datetime import date, timedelta
from typing import Any

from cistor.centres.presets import read
from cistor.demo.cases import Case, Nabor
from cistor.demo.people import Person
from cistor.demo.plan import Plan
from cistor.demo.stays import Stay

REASONS = {
    "long_term_unemployed": (
        "Bez zatrudnienia od ponad trzech lat, utrzymuje się z zasiłków.",
        "Powrót do stałej pracy.",
    ),
    "homeless": ("Mieszka w schronisku, realizuje program wychodzenia z bezdomności.", "Praca i własne mieszkanie."),
    "alcohol": ("Po ukończonej terapii odwykowej, korzysta z grupy wsparcia.", "Utrzymanie trzeźwości i rytmu dnia."),
    "mental_disorder": ("Po leczeniu wraca do aktywności, potrzebuje stopniowych obciążeń.", "Wejście w rytm pracy."),
    "leaving_prison": ("Po opuszczeniu zakładu karnego nie może znaleźć pracy.", "Zdobycie zawodu."),
    "disabled": ("Niepełnosprawność w stopniu lekkim, bez pracy od dwóch lat.", "Praca dostosowana do możliwości."),
}
NGO = {"applicant": "ngo", "applicant_name": "Stowarzyszenie „Wymyślony Próg”"}
TREATMENT = {"applicant": "treatment_unit", "applicant_name": "Wymyślona Poradnia Leczenia Uzależnień"}
PSYCHOLOGIST, ADVISER, WORKER = "psychologist", "career_adviser", "social_worker"
CERTIFICATE = "medical_certificate"


class Desk:
    """Takes the applications of one plan; days are said as so many days before another."""

    def __init__(self, plan: Plan):
        self.plan, self.line = plan, plan.timeline
        self.obligatory = [code for code, _, needed, _, _ in read(plan.preset)["file_items"] if needed]

    def before(self, day: date, back: int) -> date:
        return self.line.last_until(day - timedelta(days=back))

    def nabor(self, *args: Any, **more: Any) -> Nabor:
        made = Nabor(*args, **more)
        self.plan.nabory.append(made)
        return made

    def take(
        self,
        category: str,
        *,
        until: date | None = None,
        person: Person | None = None,
        nabor: Nabor | None = None,
        how: dict[str, Any] | None = None,
        said: dict[str, Any] | None = None,
        **back: int,
    ) -> Case:
        """An application; each deed so many days before `until`, by default the day of the run."""
        day = until or self.line.today
        done = {deed: self.before(day, days) for deed, days in back.items()}
        reason, aim = REASONS[category]
        told = {"applicant": "person", "category": category, "registered_at_pup": category != "homeless"}
        told |= {"reason": reason, "aim": aim, "applied_on": done["begin"], "consent_on": done["begin"]}
        if category == "homeless":
            told["stay_address"] = "Schronisko „Wymyślona Przystań”"
        case = Case(person or self.plan.people.person(), told | (said or {}), done, nabor, how or {})
        self.plan.cases.append(case)
        return case


# CISTOR ---------------------------------------------------------------------------------------------------------------


def apply_to_cistor(plan: Plan, newcomers: list[Stay]) -> None:
    """The newcomers came through a round that is closed; another one goes on, and the office has its own pile."""
    desk = Desk(plan)
    _closed_round_of_scores(desk, newcomers)
    _open_round_of_scores(desk)
    _pile_of_the_office(desk)
    _closed_cases(desk)


# Opinion and referral of the office, in the weeks before a round is closed.
AT_THE_OFFICE = {"begin": 36, "submit": 36, "send": 35, "receive": 33, "opine": 25, "refer": 24}


def _closed_round_of_scores(desk: Desk, newcomers: list[Stay]) -> None:
    """Five places: three began, one is told and gathers papers, one took a job; that place is offered on."""
    day = newcomers[0].start_on
    nabor = desk.nabor("Nabór do pracowni", 5, desk.before(day, 24), desk.before(day, 6), day)
    shared = {"until": day, "nabor": nabor}
    in_round = {**AT_THE_OFFICE, "enter": 23, "check": 22, "interview": 16, "score": 15, "close_scoring": 12}
    told = {**in_round, "tell": 5, "declare": 5, "file": 4}
    for number, stay in enumerate(newcomers):
        how = {"score": _scores(5 - number % 2, 4, 5), "tell": "phone", "file": desk.obligatory}
        desk.take("long_term_unemployed", person=stay.person, how=how, **shared, **told)
    papers = ["questionnaire", "office_opinion", "medical_referral", "criterion_proof", CERTIFICATE]
    how = {"score": _scores(4, 4, 4), "tell": "email", "file": papers, "valid_days": 11}
    desk.take("alcohol", said=TREATMENT, how=how, **shared, **told)
    how = {"score": _scores(4, 4, 3), "decline": "Podjęcie pracy na pełny etat."}
    gone = desk.take("disabled", how=how, **shared, **in_round)
    how = {"score": _scores(3, 3, 4), "offer": "phone"}
    following = desk.take("homeless", said=NGO, how=how, **shared, **in_round)
    gone.done["decline"], following.done["offer"] = (desk.before(desk.line.today, days) for days in (5, 1))
    desk.take("mental_disorder", how={"score": _scores(3, 3, 2)}, **shared, **in_round)
    how = {"check": "Osoba ma prawo do renty z tytułu niezdolności do pracy."}
    desk.take("disabled", how=how, **shared, begin=31, submit=31, enter=23, check=22)


def _scores(motivation: int, potential: int, prognosis: int) -> dict[str, tuple[int, int, int]]:
    """Of three recruiters who do not quite agree."""
    return {
        PSYCHOLOGIST: (motivation, potential, prognosis),
        ADVISER: (motivation, max(potential - 1, 1), prognosis),
        WORKER: (min(motivation + 1, 5), potential, max(prognosis - 1, 1)),
    }


def _open_round_of_scores(desk: Desk) -> None:
    """One candidate at every step; the office has not opined on all of them."""
    nabor = desk.nabor("Nabór uzupełniający", 4, desk.before(desk.line.today, 11))
    begun = {"begin": 15, "submit": 15, "enter": 10}
    met = {**begun, "check": 9}
    talked = {**met, "interview": 6}
    sent = {"send": 11, "receive": 9}
    desk.take("homeless", nabor=nabor, said=NGO, **begun)
    desk.take("long_term_unemployed", nabor=nabor, **met, **sent)
    desk.take("leaving_prison", nabor=nabor, **talked, **sent, how={"consultation": True})
    some = {PSYCHOLOGIST: (4, 3, 4), "therapist": (4, 4, 3)}
    desk.take("alcohol", nabor=nabor, said=TREATMENT, **talked, **sent, score=5, how={"score": some})
    done = {"score": 5, "close_scoring": 3, "opine": 4, "refer": 3}
    desk.take("long_term_unemployed", nabor=nabor, **talked, **sent, **done, how={"score": _scores(5, 4, 4)})


def _pile_of_the_office(desk: Desk) -> None:
    """Two opinions are overdue, about one of them somebody reminded; one receipt is not confirmed."""
    desk.take("long_term_unemployed", begin=27, submit=27, send=26, receive=25, remind=4)
    desk.take("homeless", begin=24, submit=23, send=22, receive=19)
    desk.take("disabled", begin=14, submit=13, send=13, receive=11)
    desk.take("alcohol", begin=9, submit=9, send=8)
    desk.take("mental_disorder", begin=4, submit=3, send=1)
    desk.take("leaving_prison", begin=20, submit=20, send=19, receive=18, opine=6)
    negative = {"opine": "W wywiadzie ustalono, że osoba podjęła pracę za granicą.", "is_positive": False}
    desk.take("long_term_unemployed", begin=22, submit=22, send=21, receive=20, opine=9, how=negative)
    desk.take("disabled", begin=26, submit=26, send=25, receive=24, opine=12, refer=11, how={"from_paper": True})
    for days in (3, 2):
        desk.take("long_term_unemployed", begin=days, submit=days)


def _closed_cases(desk: Desk) -> None:
    desk.take("long_term_unemployed", begin=2)
    desk.take("homeless", said=NGO, begin=1)
    desk.take("disabled", begin=30, submit=29, withdraw=17, how={"withdraw": "Przeprowadzka do innego województwa."})
    right = "Osoba ma prawo do renty z tytułu niezdolności do pracy, które wyklucza udział (art. 1 ust. 3 ustawy)."
    how = {"refuse": right, "rights": ["incapacity_pension"]}
    desk.take("disabled", begin=21, submit=20, refuse=16, how=how)


# Rzyszczewo -----------------------------------------------------------------------------------------------------------


def apply_to_rzyszczewo(plan: Plan, first: Stay, second: Stay) -> None:
    """Both came in the course of the edition: one by a round for two places, one down its reserve list."""
    desk = Desk(plan)
    _closed_round_of_points(desk, first, second)
    _open_round_of_points(desk)
    desk.take(
        "homeless", begin=33, submit=33, send=32, receive=31, opine=20, consent=18, how={"no_consent": NO_CONSENT}
    )
    desk.take("long_term_unemployed", begin=8, submit=8, send=7)
    desk.take("alcohol", said=TREATMENT, begin=2)
    desk.take(
        "disabled", begin=25, submit=25, withdraw=19, how={"withdraw": "Wyjazd do rodziny na drugi koniec kraju."}
    )


NO_CONSENT = "Osoba została skierowana do innej formy wsparcia w gminie."
CONSENTED = {"begin": 35, "submit": 35, "send": 34, "receive": 33, "opine": 27, "consent": 26}


def _closed_round_of_points(desk: Desk, first: Stay, second: Stay) -> None:
    day, later = first.start_on, second.start_on
    nabor = desk.nabor("Nabór uzupełniający", 2, desk.before(day, 28), desk.before(day, 12), day)
    steps = {**CONSENTED, "enter": 25, "check": 24, "need": 23, "close_scoring": 15}
    begins = {"tell": 10, "declare": 9, "file": 8}
    how = {"need": (380, 4), "tell": "letter", "file": desk.obligatory}
    desk.take("long_term_unemployed", until=day, person=first.person, nabor=nabor, how=how, **steps, **begins)
    gone = desk.take("alcohol", until=day, nabor=nabor, how={"need": (410, 3), "tell": "phone"}, **steps, tell=10)
    gone.done["decline"], gone.how["decline"] = desk.before(later, 20), "Podjęcie pracy sezonowej."
    how = {"need": (470, 1), "offer": "phone", "answer": "Chce zacząć od razu.", "file": desk.obligatory}
    chosen = desk.take("homeless", until=day, person=second.person, nabor=nabor, how=how, **steps)
    chosen.done |= {deed: desk.before(later, days) for deed, days in {"offer": 18, "answer": 16, **begins}.items()}
    chosen.how["tell"] = "phone"
    desk.take("disabled", until=day, nabor=nabor, how={"need": (620, 2)}, **steps)


def _open_round_of_points(desk: Desk) -> None:
    """For the next edition of the project."""
    opened = desk.before(desk.line.today, 12)
    project = {"name": "Nowy start w gminie", "start_on": desk.plan.first_on, "planned_women": 40, "planned_men": 38}
    nabor = desk.nabor("Nabór do następnej edycji", 26, opened, project=project)
    begun = {"begin": 16, "submit": 16, "enter": 11}
    met = {**begun, "check": 10}
    sent = {"send": 15, "receive": 14}
    desk.take("long_term_unemployed", nabor=nabor, **begun)
    desk.take("homeless", nabor=nabor, **met, **sent)
    desk.take("alcohol", nabor=nabor, said=TREATMENT, **met, **sent, need=9, opine=5, how={"need": (390, 2)})
    for income, years in ((350, 5), (700, 3)):
        done = {**met, **sent, "need": 9, "close_scoring": 4, "opine": 6, "consent": 3}
        desk.take("long_term_unemployed", nabor=nabor, how={"need": (income, years)}, **done)
    how = {"check": "Osoba nie mieszka na terenie gminy."}
    desk.take("disabled", nabor=nabor, how=how, **met)
