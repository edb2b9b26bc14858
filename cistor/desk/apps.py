from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cistor.desk"
    verbose_name = "Pulpit"
