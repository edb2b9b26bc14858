import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cistor.settings")
app = Celery("cistor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
