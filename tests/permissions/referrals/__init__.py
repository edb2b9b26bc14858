"""The rows of the referrals, by subject."""

from tests.permissions.referrals import admission, intake, office, papers, pipeline, recruitment

ROWS = [row for subject in (intake, office, recruitment, admission, papers, pipeline) for row in subject.ROWS]
