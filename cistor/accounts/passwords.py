"""First passwords, read from the screen and typed once."""

import secrets

# Without 0/o, 1/l/i: they are read from paper.
UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def generate() -> str:
    """Four groups of four signs, 79 bits."""
    return "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(4)) for _ in range(4))
