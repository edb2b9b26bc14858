from django.apps import AppConfig


class CistorConfig(AppConfig):
    """Carries the template tags and the commands that belong to no single app."""

    name = "cistor"
    label = "cistor"
