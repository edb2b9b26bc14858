import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cistor.settings")
app = Celery("cistor", task_cls="cistor.journal.history:NamedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
