"""The rows of the participants' room, by subject."""

from tests.permissions.participants import endings, plans, register, trials

ROWS = [row for subject in (register, plans, trials, endings) for row in subject.ROWS]
