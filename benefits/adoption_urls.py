"""Stands below the regulations; served here, since only who pays knows which days have been paid for."""

from django.urls import path

from benefits.views import regulations

app_name = "adoption"
urlpatterns = [path("<int:pk>/przyjmij/", regulations.adopt, name="adopt")]
