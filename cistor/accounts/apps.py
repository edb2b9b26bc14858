from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cistor.accounts"
    verbose_name = "Konta"
