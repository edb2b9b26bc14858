from tests.permissions.attendance import absences, given, incidents, leave, marks, notes, statistics

ROWS = [row for subject in (marks, absences, notes, leave, incidents, given, statistics) for row in subject.ROWS]
