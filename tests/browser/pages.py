"""Every page there is, from the table of permissions, each opened by somebody who may."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from cistor.accounts.models import User
from cistor.accounts.roles import Role
from tests.factories import make_participant
from tests.permissions.row import Row
from tests.permissions.world import World
from tests.test_permissions import ROWS

VISITORS = (
    Role.DIRECTOR,
    Role.PAYROLL,
    Role.SOCIAL_WORKER,
    Role.INSTRUCTOR,
    Role.ADMIN,
    Role.WELFARE_WORKER,
    Role.WELFARE_HEAD,
)
# They answer with a file.
FILES = {
    "attendance:meal_list",
    "attendance:issue_card",
    "attendance:absence_note_draft",
    "attendance:empty_absence_note",
    "attendance:empty_certificate",
    "attendance:empty_issue_card",
    "attendance:empty_leave_card",
    "attendance:empty_leave_request",
    "attendance:empty_part_day_request",
    "attendance:empty_reprimand",
    "attendance:leave_card_file",
    "attendance:leave_request_file",
    "attendance:part_day_request",
    "attendance:empty_sobriety_protocol",
    "attendance:person_sheet",
    "attendance:scanned",
    "attendance:sheet",
    "attendance:sheets_file",
    "attendance:statistics_file",
    "attendance:tests_file",
    "benefits:bonus_request",
    "benefits:application_form",
    "benefits:empty_application",
    "benefits:order_file",
    "benefits:budget_sheet",
    "benefits:refund_sheet",
    "benefits:sheet",
    "benefits:slip",
    "benefits:slips_file",
    "benefits:tax_sheet",
    "benefits:year_sheet",
    "benefits:zus_sheet",
    "documents:download",
    "documents:upload",
    "notices:letter_pdf",
    "notices:register_file",
    "participants:annex_paper",
    "participants:empty_extension_request",
    "participants:empty_plan",
    "participants:extension_request",
    "participants:plan_paper",
    "referrals:empty_form",
    "referrals:import_template",
    "referrals:office_paper",
    "referrals:paper",
    "referrals:reminder",
    "referrals:scan_file",
}
# They answer scripts.
DATA = {"attendance:consequences", "benefits:run_state"}
# They follow upon another page, and are opened by the tests that take that way.
STEPS = {
    "accounts:second_step",
    "accounts:set_up_second_step",
    "participants:new",
    "referrals:import_preview",
    "referrals:new_person",
}


class Visit(NamedTuple):
    name: str
    url: str
    user: User


def world_to_see() -> World:
    """A centre with marks, where the first person's name is as long as names become."""
    world = World("cistor", foreign=World("rzyszczewo"))
    world.participant = make_participant(
        world.centre, group=world.group, last_name="Brzęczyszczykiewicz-Wyszogrodzka", first_name="Wielisława"
    )
    _ = world.marked
    return world


def every_page(world: World) -> list[Visit]:
    shown = [row for row in ROWS if not row.post_only and row.name not in FILES | DATA | STEPS]
    return [visit(world, row) for row in shown]


def visit(world: World, row: Row) -> Visit:
    role = next(role for role in VISITORS if role in row.roles)
    return Visit(row.name, reverse(row.name, kwargs=row.kwargs(world)), world.people[role])


def pages_of(visits: list[Visit], browse, **options) -> Iterator[tuple[Visit, object]]:
    """Every visit with its page open, one browser a person."""
    open_pages: dict[int, object] = {}
    for one in visits:
        page = open_pages.setdefault(one.user.pk, None) or browse(one.user, **options)
        open_pages[one.user.pk] = page
        answer = page.goto(one.url)
        assert (answer.status, page.url.endswith(one.url)) == (200, True), f"{one.name}: {answer.status} {page.url}"
        yield one, page


def too_wide(page) -> str:
    """What sticks out at the right; "" where the page itself does not scroll sideways."""
    if page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
        return ""
    return f"{page.url}: {page.evaluate(STICKS_OUT)}"


# What has a parent that scrolls or clips does not count.
STICKS_OUT = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const clips = (one) => one && (getComputedStyle(one).overflowX !== 'visible' || clips(one.parentElement));
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > edge && !clips(one.parentElement))
    .map((one) => one.outerHTML.slice(0, 200)).slice(0, 5).join('\\n');
}"""
