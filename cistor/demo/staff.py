"""The staff of the demonstration: one login a role and centre, and colleagues who do not log in."""

from functools import cache

from django.contrib.auth.hashers import make_password

from cistor.accounts.roles import Role

# Shown beside the address of the demonstration, and accepted nowhere else.
PASSWORD = "haslo-na-pokaz"  # noqa: S105


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


def of_preset(preset: str) -> dict[str, str]:
    """Login → role."""
    return {f"{name}.{preset}": role for name, role in (CENTRE | OFFICE[preset]).items()}


@cache
def password_hash() -> str:
    """One for everybody: hashing is slow on purpose, once is enough."""
    return make_password(PASSWORD)
