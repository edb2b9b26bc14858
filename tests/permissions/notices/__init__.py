"""The rows of deadlines and letters, by subject."""

from tests.permissions.notices import deadlines, letters, mail, register, runs

ROWS = [row for subject in (deadlines, letters, register, runs, mail) for row in subject.ROWS]
