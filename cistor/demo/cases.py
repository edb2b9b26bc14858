"""Applications and rounds of one centre: what is done with each, and when. Pure, as the plan is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cistor.demo.people import Person


@dataclass(eq=False)
class Nabor:
    """A round of recruitment; `closed_on` is None while it goes on. `project` are the numbers it has promised."""

    name: str
    places: int
    opened_on: date
    closed_on: date | None = None
    classes_on: date | None = None
    project: dict[str, Any] | None = None


@dataclass(eq=False)
class Case:
    """`said` is what the application says, `done` the day of each deed (a deed left out: not done), `how` the
    particulars of a deed."""

    person: Person
    said: dict[str, Any]
    done: dict[str, date]
    nabor: Nabor | None = None
    how: dict[str, Any] = field(default_factory=dict)
