"""An approval is a row, not a flag: who asked, who decided what and when, and why."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import Frozen, frozen

OPEN = Q(granted__isnull=True, withdrawn_on__isnull=True)


class DecidableQuerySet(Scoped):
    def open(self) -> Self:
        return self.filter(OPEN)

    def in_order(self) -> Self:
        """The open ones first, the oldest in front; then what is over, the newest in front."""
        over = Coalesce("decided_on", "withdrawn_on")
        return self.order_by(over.desc(nulls_first=True), "asked_on", "pk")


class Decidable(models.Model):
    """Asked for by one, then granted or refused by another; until then it may be withdrawn.

    Reasons and notes may speak of health, so they are encrypted; `without_person` of the model names them.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto poprosił"
    )
    asked_on = models.DateField("poproszono")
    reason = EncryptedField("powód", blank=True)
    withdrawn_on = models.DateField("wycofano", null=True, blank=True)

    granted = models.BooleanField("zgoda", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kto rozstrzygnął",
    )
    decided_on = models.DateField("rozstrzygnięto", null=True, blank=True)
    note = EncryptedField("uzasadnienie rozstrzygnięcia", blank=True)

    objects = DecidableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_decision_complete",
                condition=Q(granted__isnull=True, decided_by__isnull=True, decided_on__isnull=True)
                | Q(
                    granted__isnull=False,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    withdrawn_on__isnull=True,
                ),
                violation_error_message="Rozstrzygnięcie ma wynik, osobę i dzień; wycofanej prośby się nie rozstrzyga.",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.granted is None and self.withdrawn_on is None

    @property
    def decider(self) -> str:
        """Who has decided, by name; "" before anybody has."""
        return str(self.decided_by or "")

    @property
    def outcome(self) -> tuple[date | None, str]:
        """When it came to its state, and by whom; who takes back an own request stands beside it already."""
        return self.withdrawn_on or self.decided_on, self.decider

    @property
    def state(self) -> tuple[str, str]:
        """Kind and word of its badge."""
        if self.withdrawn_on:
            # Who takes back an own request gives no reason; what another act has overtaken has one.
            return "plain", "bezprzedmiotowa" if self.note else "wycofana"
        return {None: ("soon", "czeka na decyzję"), True: ("done", "zgoda"), False: ("late", "odmowa")}[self.granted]


def once_open(*fields: str, name: str, message: str) -> models.UniqueConstraint:
    """One open request per object."""
    return models.UniqueConstraint(fields=fields, condition=OPEN, name=name, violation_error_message=message)


def decided(*business: str) -> Frozen:
    """What is decided or withdrawn never changes; erasure and rotation may rewrite reason and note only."""
    columns = ("asked_by_id", "asked_on", "withdrawn_on", "granted", "decided_by_id", "decided_on")
    return frozen(
        "decided",
        when="OLD.granted IS NOT NULL OR OLD.withdrawn_on IS NOT NULL",
        business=(*columns, *business),
    )
