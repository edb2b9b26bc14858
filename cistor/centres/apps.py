from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "cistor.centres"
    verbose_name = "Centra i regulaminy"
