"""The only module that names every app."""

from django.urls import include, path

from cistor.desk import health

handler400 = "cistor.desk.errors.bad_request"
handler403 = "cistor.desk.errors.forbidden"
handler404 = "cistor.desk.errors.not_found"

urlpatterns = [
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
    path("", include("cistor.desk.urls")),
    path("konto/", include("cistor.accounts.urls")),
    path("uczestnicy/", include("participants.urls")),
    path("obecnosc/", include("attendance.urls")),
    path("skierowania/", include("referrals.urls")),
    path("", include("cistor.centres.urls")),
    path("centrum/regulamin/", include("benefits.adoption_urls")),
    path("", include("cistor.documents.urls")),
    path("zadania/", include("cistor.jobs.urls")),
    path("swiadczenia/", include("benefits.urls")),
    path("", include("cistor.notices.urls")),
]
