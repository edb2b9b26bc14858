"""What a centre means to spend."""

from django.db import models
from django.db.models import Q

from benefits.models.amounts import given_amount
from cistor.scope import Scoped
from cistor.triggers import tracked


@tracked
class BudgetPlan(models.Model):
    """What a centre means to spend in a year on one kind of cost."""

    centre_path = "centre"

    class Kind(models.TextChoices):
        BENEFIT = "benefit", "świadczenia"
        BONUS = "bonus", "premie"
        ZUS = "zus", "składki ZUS"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="budget_plans")
    year = models.PositiveSmallIntegerField("rok")
    kind = models.CharField("rodzaj", max_length=10, choices=Kind)
    amount = given_amount("plan")
    source = models.CharField("podstawa", max_length=200, blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "year", "kind"],
                name="budget_plan_once",
                violation_error_message="Plan tego rodzaju na ten rok już jest.",
            ),
            models.CheckConstraint(
                name="budget_plan_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message="Plan nie może być ujemny.",
            ),
        ]

    def __str__(self):
        return f"plan {self.year} {self.kind}"
