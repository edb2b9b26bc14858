from cistor.accounts.roles import Role
from tests.permissions.row import Row

ROWS = [
    Row("jobs:job", None, kwargs=lambda w: {"pk": w.open_job.pk}, owner=Role.INSTRUCTOR),
    Row(
        "jobs:retry",
        None,
        kwargs=lambda w: {"pk": w.failed_job.pk},
        owner=Role.INSTRUCTOR,
        post_only=True,
        post=lambda w: {},
    ),
]
