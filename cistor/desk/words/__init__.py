"""How acts, rows and readings are called on screen. A test finds every one that the program writes down."""

from cistor.desk.words.acts import VERBS, act
from cistor.desk.words.pages import ACTS
from cistor.desk.words.rows import CHANGES, COLUMNS, READINGS, ROWS, UNSAID

__all__ = ["ACTS", "CHANGES", "COLUMNS", "READINGS", "ROWS", "UNSAID", "VERBS", "act"]
