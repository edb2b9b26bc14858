from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from cistor.jobs.kinds import KINDS
from cistor.jobs.locks import is_held
from cistor.scope import Scoped


class JobQuerySet(Scoped):
    def visible_to(self, user, *, on):
        """Everybody sees their own."""
        return super().visible_to(user, on=on).filter(by=user)

    def waiting_for(self, user, *, on):
        """Still at work, or over and not taken yet."""
        return self.visible_to(user, on=on).filter(taken_at=None)


class Job(models.Model):
    """Something too long for a request, made in the background for the one who asked for it; kept for a day.

    Who is at work on it stands in no column: that is a lock of the database session (see `actions.carry_out`), which
    cannot outlive the worker.
    """

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField("tytuł", max_length=200)
    # Ids, dates and switches only, never a name.
    data = models.JSONField()
    asked_on = models.DateField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Since it was begun: what it has read may be older than what the second one who asked knew.
    asked_again = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    result_name = models.CharField(max_length=80, blank=True)
    # Everybody whom the file names: who takes it has read about each of them.
    people = ArrayField(models.BigIntegerField(), default=list)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(total__gt=0, done__lte=F("total")), name="job_done_within_total"),
            models.CheckConstraint(
                condition=Q(failure="", result_sha256="") | Q(finished_at__isnull=False), name="job_result_when_over"
            ),
            models.CheckConstraint(condition=Q(failure="") | Q(result_sha256=""), name="job_fails_or_succeeds"),
            # Pressing twice asks for one job; what is asked for on another day may come out otherwise.
            models.UniqueConstraint(
                fields=["by", "kind", "data", "asked_on"], condition=Q(finished_at__isnull=True), name="job_open_once"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its own page, or that of what it works on; what failed may have left nothing to look at."""
        page = "" if self.failure else self.page_url
        return page or reverse("jobs:job", args=[self.pk])

    @staticmethod
    def lock_of(pk: int) -> str:
        return f"jobs.job.{pk}"

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it in hand at this moment."""
        return is_held(self.lock_of(self.pk))

    @property
    def makes_file(self) -> bool:
        return bool(KINDS[self.kind].file)

    @property
    def is_shown(self) -> bool:
        """Whether the result is a page to look at, not a file to keep."""
        return KINDS[self.kind].shown

    @property
    def page_url(self) -> str:
        """The page of what it works on; "" where it makes a file."""
        kind = KINDS[self.kind]
        return reverse(kind.page, args=[self.data[kind.about]]) if kind.page else ""

    @property
    def file_url(self) -> str:
        """Where the result is taken; "" while there is none."""
        return reverse(KINDS[self.kind].file, args=[self.pk]) if self.result_sha256 else ""

    @property
    def origin(self) -> tuple[str, str]:
        """The page from which it was started: its name and its address."""
        kind = KINDS[self.kind]
        return kind.place, reverse(kind.origin)

    @property
    def progress(self) -> str:
        """`3 z 8 grup`; after the last one what was made is still to be written."""
        kind = KINDS[self.kind]
        if self.done == self.total:
            return kind.last
        if not self.done and kind.first:
            return kind.first
        return f"{self.done} z {self.total} {kind.one if self.total == 1 else kind.many}"

    @property
    def status(self) -> tuple[str, str]:
        """The kind of its badge, and the word on it."""
        if self.failure:
            return "late", "nie udało się"
        if self.is_over:
            return "done", "gotowe"
        if self.is_at_work:
            return "info", self.progress
        return "info", "czeka na wznowienie" if self.started_at else "czeka na swoją kolej"
