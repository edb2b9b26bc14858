"""Pictures of the main pages, on the people and papers of the demonstration. No test: bin/screenshots runs it."""

import os
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from attendance.models import Day
from benefits.models import PaymentList, Settlement
from cistor.accounts.models import User
from cistor.demo.centres import plans
from cistor.demo.making import make
from participants.models import Group, Programme
from tests.factories import mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRIDAY = date(2026, 11, 20)
WIDTHS = {360: 740, 820: 1100, 1280: 800}
# Those that the README shows, by name and height: one width, in the light, small enough to keep.
OF_README = {
    "desk-socjalny": ("desk", 1120),
    "today": ("today", 600),
    "month": ("month", 1080),
    "explanation": ("explanation", 960),
}
LARGEST = 150_000
# Who is here this morning, in the one workshop that is marked already.
MORNING = ("present", "present", "late", "present", "sick", "present", "present", "unexcused", "present", "free_day")


@pytest.fixture
def today(monkeypatch, settings, tmp_path):
    # The demonstration has a clock of its own, and asks with its moment.
    day_of = timezone.localdate
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *moment: day_of(*moment) if moment else FRIDAY)
    settings.MEDIA_ROOT = tmp_path
    return FRIDAY


@pytest.fixture
def demo(today):
    make(plans(today))
    marked = Group.objects.filter(centre=member("dyrektor").centre).order_by("name")[0]
    rows = Programme.objects.touching(today, today).filter(participant__memberships__group=marked)
    rows = rows.filter(participant__memberships__end_on=None).order_by("participant__order_key")
    for programme, meaning in zip(rows, cycle(MORNING), strict=False):
        mark(programme, {today: meaning}, by=member("instruktor"))
    Day.objects.filter(on=today).update(marked_at=datetime.combine(today, time(7, 41), timezone.get_current_timezone()))


def member(name: str) -> User:
    return User.objects.get(username=f"{name}.cistor")


def pages() -> Iterator[tuple[str, str, str]]:
    """Name, who looks (nobody: before the login), address."""
    centre = member("dyrektor").centre
    group = Group.objects.visible_to(member("instruktor"), on=FRIDAY).order_by("name").first()
    person = Programme.objects.touching(FRIDAY, FRIDAY).filter(participant__memberships__group=group).first()
    draft = PaymentList.objects.filter(centre=centre, status=PaymentList.Status.DRAFT).first()
    monthly = Settlement.objects.filter(payment_list__centre=centre, payment_list__kind="month", net__gt=0)
    settled = monthly.annotate(size=Count("lines"))
    yield "login", "", "/konto/logowanie/"
    for name in ("instruktor", "socjalny", "kadry", "dyrektor", "admin"):
        yield f"desk-{name}", name, "/"
    yield "list", "socjalny", reverse("participants:list")
    yield "card", "socjalny", reverse("participants:programme", args=[person.participant_id])
    yield "form", "socjalny", reverse("participants:edit", args=[person.participant_id])
    yield "today", "instruktor", reverse("attendance:today", args=[group.pk])
    yield "month", "instruktor", reverse("attendance:month", args=[group.pk])
    yield "closing", "dyrektor", reverse("attendance:closing")
    yield "decision", "dyrektor", reverse("benefits:approve", args=[draft.pk])
    yield "explanation", "kadry", reverse("benefits:settlement", args=[settled.latest("size", "start_on").pk])
    yield "regulations", "dyrektor", reverse("centres:centre")


def small(shot: bytes) -> bytes:
    """The picture with a palette: a third of its size, and nobody sees it."""
    target = BytesIO()
    picture = Image.open(BytesIO(shot)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


@pytest.mark.skipif("CISTOR_README" in os.environ, reason="only those of the README")
def test_every_main_page_in_all_its_clothes(demo, browse):
    folder = Path(os.environ["CISTOR_SCREENSHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, who, url in pages():
        page = browse(member(who) if who else None)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert page.goto(url).ok, url
                (folder / f"{name}-{width}-{scheme}.png").write_bytes(small(page.screenshot(full_page=True)))
        page.context.close()


@pytest.mark.skipif("CISTOR_README" not in os.environ, reason="all of them")
def test_the_pictures_of_the_readme(demo, browse, settings):
    for name, who, url in pages():
        if name in OF_README:
            kept, height = OF_README[name]
            page = browse(member(who), height=height)
            assert page.goto(url).ok, url
            shot = small(page.screenshot())
            assert len(shot) <= LARGEST, name
            (settings.BASE_DIR / "docs" / "screenshots" / f"{kept}.png").write_bytes(shot)
