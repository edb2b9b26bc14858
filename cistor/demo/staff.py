"""The staff of the demonstration: one login a role and centre, and colleagues who do not log in."""

from typing import NamedTuple

from cistor.accounts.roles import Role

# Shown beside the address of the demonstration, and accepted nowhere else.
PASSWORD = "haslo-na-pokaz"  # noqa: S105


class Login(NamedTuple):
    """`office` is the kind of office the person works for, empty for the centre's own staff."""

    username: str
    role: str
    office: str = ""


CENTRE = {
    "dyrektor": Role.DIRECTOR,
    "kadry": Role.PAYROLL,
    "socjalny": Role.SOCIAL_WORKER,
    "instruktor": Role.INSTRUCTOR,
    "psycholog": Role.PSYCHOLOGIST,
    "doradca": Role.CAREER_ADVISER,
    "terapeuta": Role.THERAPIST,
    "admin": Role.ADMIN,
}
OFFICE = {
    "cistor": {"mopr": Role.WELFARE_WORKER, "dyrektor.mopr": Role.WELFARE_HEAD},
    "rzyszczewo": {"gops": Role.WELFARE_WORKER, "kierownik.gops": Role.WELFARE_HEAD},
}


def of_preset(preset: str) -> list[Login]:
    own = [Login(f"{name}.{preset}", role) for name, role in CENTRE.items()]
    return own + [Login(f"{name}.{preset}", role, "welfare") for name, role in OFFICE[preset].items()]
