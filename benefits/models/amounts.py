"""Columns of money."""

from django.db import models

from cistor.money import NOTHING


def amount(label: str, **kwargs) -> models.DecimalField:
    """In złoty, 0 where nothing else is said."""
    return models.DecimalField(label, max_digits=10, decimal_places=2, default=NOTHING, **kwargs)


def given_amount(label: str) -> models.DecimalField:
    """In złoty, always said."""
    return models.DecimalField(label, max_digits=10, decimal_places=2)


def optional_amount(label: str) -> models.DecimalField:
    """In złoty, or nothing said."""
    return models.DecimalField(label, max_digits=10, decimal_places=2, null=True, blank=True)
