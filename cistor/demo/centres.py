"""The two centres of the demonstration and the stories in them."""

from datetime import date, timedelta
from typing import NamedTuple

from cistor.centres.presets import read
from cistor.demo import lives, names
from cistor.demo.candidates import apply_to_cistor, apply_to_rzyszczewo
from cistor.demo.plan import ONE_DAY, Cover, Plan
from cistor.demo.stays import Stay
from cistor.demo.timeline import Timeline

FRIDAY = 4
WEEK = timedelta(days=7)


def plans(today: date) -> list[Plan]:
    return [cistor(today), rzyszczewo(today)]


# CISTOR ---------------------------------------------------------------------------------------------------------------


class Rounds(NamedTuple):
    """Those who stay of each round, by how long ago it began; the trials of the last two are not decided yet."""

    year: list[Stay]
    nine_months: list[Stay]
    half_year: list[Stay]
    four_months: list[Stay]
    two_months: list[Stay]
    ending: list[Stay]
    new: list[Stay]


def cistor(today: date) -> Plan:
    """Sixty people in five workshops; the centre has been filling up for fourteen months."""
    line = _timeline(today)
    groups = ("Gastronomia", "Krawiectwo", "Ogrodnictwo", "Remonty", "Stolarnia")
    plan = _plan("cistor", line, groups, since=14, paid_since=13, has_draft=True, has_aftermath=True)
    rounds = _rounds(plan)
    stories = lives.join_for_stories(plan)
    for stay in rounds.ending + rounds.new:
        stay.main_months = None
    # The period of one person is shorter, and over within a week.
    rounds.half_year[-1].main_months = 5
    _unlike_the_others(rounds)
    _long_absences(rounds, line)
    plan.live(suspended=line.of_month(3)[11])
    _left_to_do(rounds, line)
    apply_to_cistor(plan, rounds.new)
    lives.live_in_cistor(plan, rounds, stories)
    away = line.first_from(line.month(2))
    plan.covers = [
        Cover(1, 0, line.month(3) + WEEK, line.month(3) + timedelta(days=18)),
        Cover("director", "social_worker", away, away + timedelta(days=9)),
        Cover(2, 0, today - timedelta(days=2), today + timedelta(days=9)),
    ]
    return plan


def _rounds(plan: Plan) -> Rounds:
    """The first people have all left; one who gave up is back."""
    line = plan.timeline
    over = [("period", 12)] * 4 + [("job", 4), ("job", 7), ("left", 5), ("trial_failed", 1), ("declaration", 2)]
    plan.intake(line.month(14), leaving=over)
    returning = plan.stays[-1].person
    rounds = Rounds(
        year=plan.intake(line.day(12) + timedelta(days=20), 7, [("breach", 8)]),
        nine_months=plan.intake(line.month(9) + timedelta(days=5), 10, [("business", 3)]),
        half_year=plan.intake(line.day(6) + timedelta(days=4), 10, [("job", 3)]),
        four_months=plan.intake(line.month(4) + timedelta(days=9), 13, [("declaration", 0), ("trial_failed", 1)]),
        two_months=plan.intake(line.month(2), 13),
        ending=[stay for start_on in line.trials_to_end() for stay in plan.intake(start_on, 1)],
        new=plan.intake(line.yesterday - WEEK, 3),
    )
    rounds.two_months.append(plan.join(returning, rounds.two_months[0].start_on))
    return rounds


def _unlike_the_others(rounds: Rounds) -> None:
    """No account yet, no application, a passport, a PESEL with a wrong check digit, the account of somebody else."""
    rounds.ending[0].person.method = None
    rounds.new[-1].applied = False
    foreigner, faulty, shared = (stay.person for stay in rounds.nine_months[4:7])
    first_name, last_name = names.FOREIGNER
    document = {"pesel": "", "document_kind": "passport", "document_number": "FA 493 017"}
    foreigner.fields |= {"first_name": first_name, "last_name": last_name, "sex": "woman", **document}
    foreigner.method["holder"] = f"{first_name} {last_name}"
    number = faulty.fields["pesel"]
    faulty.fields |= {"pesel": f"{number[:-1]}{(int(number[-1]) + 1) % 10}", "pesel_faulty": True}
    shared.method["holder"] = f"{names.WOMEN[0]} {shared.fields['last_name']}"


def _long_absences(rounds: Rounds, line: Timeline) -> None:
    """The limit of fourteen sick days runs out in a month that is paid, and in the month that is still to be paid;
    four unexcused days likewise."""
    paid, unpaid = rounds.nine_months[:2]
    paid.tell("sick", line.of_month(7)[4:13] + line.of_month(3)[2:10])
    unpaid.tell("sick", line.of_month(5)[6:12] + line.of_month(4)[3:9] + line.of_month(1)[5:10])
    for stay, back in ((rounds.half_year[0], 2), (rounds.four_months[0], 1)):
        days = line.of_month(back)
        stay.tell("unexcused", [*days[3:5], *days[9:11]])


def _left_to_do(rounds: Rounds, line: Timeline) -> None:
    """Forgotten days of the running month, a certificate still to come, and one thing in the way of the last list."""
    rounds.half_year[2].unmarked |= set(line.between(line.month(0), line.yesterday - ONE_DAY)[-3:-1])
    sick = rounds.two_months[2]
    sick.marks[line.yesterday] = "sick"
    sick.provisional.add(line.yesterday)
    # Early in a month the certificate is that one thing.
    if line.yesterday >= line.month(0):
        rounds.two_months[3].unmarked.add(line.of_month(1)[-2])


# Rzyszczewo -----------------------------------------------------------------------------------------------------------


def rzyszczewo(today: date) -> Plan:
    """A yearly edition of 26 places in two groups; a place that becomes free is taken from the reserve list."""
    line = _timeline(today)
    plan = _plan("rzyszczewo", line, ("Grupa I – porządkowa", "Grupa II – kuchenna"), since=6, paid_since=6)
    edition = plan.intake(line.month(6), 24, [("declaration", 0), ("job", 3)], cash_desk=6)
    late = plan.intake(line.month(5) + timedelta(days=9), 1) + plan.intake(line.month(2) + timedelta(days=4), 1)
    left = lives.leave_rzyszczewo(plan)
    edition[7].tell("sick", line.of_month(5)[2:12] + line.of_month(4)[8:14])
    edition[8].tell("unexcused", line.of_month(3)[6:10])
    edition[9].tell("care", line.of_month(1)[3:6])
    plan.live(suspended=line.of_month(4)[5])
    apply_to_rzyszczewo(plan, *late)
    lives.live_in_rzyszczewo(plan, edition, left)
    plan.covers = [Cover(1, 0, line.month(2) + WEEK, line.month(2) + timedelta(days=11))]
    return plan


# Both -----------------------------------------------------------------------------------------------------------------


def _timeline(today: date) -> Timeline:
    line = Timeline(today)
    lost = line.close(5, FRIDAY, "przerwa techniczna")
    line.make_up(lost, f"odpracowanie zajęć z {lost:%d.%m.%Y}")
    line.close(-1, FRIDAY, "szkolenie pracowników")
    return line


def _plan(preset: str, line: Timeline, groups: tuple[str, ...], *, since: int, paid_since: int, **more: bool) -> Plan:
    """The days of payment are those of the regulations."""
    settings = read(preset)["settings"]
    return Plan(
        preset,
        line,
        groups,
        first_on=line.month(since),
        paid_from=line.month(paid_since),
        payday_day=settings["payday_day"][0],
        trial_apart=settings["trial_settlement"][0] == "separate",
        **more,
    )
