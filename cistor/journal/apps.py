from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "cistor.journal"
    verbose_name = "Dziennik czynności"
