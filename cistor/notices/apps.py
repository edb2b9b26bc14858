from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "cistor.notices"
    verbose_name = "Terminy i pisma"
