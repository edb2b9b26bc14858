from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cistor.jobs"
    verbose_name = "Zadania w tle"
