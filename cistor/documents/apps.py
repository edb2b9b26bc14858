from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cistor.documents"
    verbose_name = "Dokumenty"
