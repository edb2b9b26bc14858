from celery import shared_task

from attendance.actions.sheets import make_sheets
from cistor.jobs import actions as jobs


@shared_task(name="attendance.print_sheets")
def print_sheets(job: int) -> None:
    jobs.carry_out(job, make_sheets)
