from django.urls import path

from cistor.notices.views import deadlines

app_name = "notices"
urlpatterns: list = [
    # Terms -----------------------------------------------------------------------------------------------------------
    path("terminy/", deadlines.deadlines, name="deadlines"),
    path("terminy/<int:year>/<int:month>/", deadlines.calendar, name="calendar"),
    path("terminy/osoba/<int:pk>/", deadlines.person, name="person"),
    path("terminy/<str:kind>/<int:pk>/odnotuj/", deadlines.discharge, name="discharge"),
    # Letters: drafts, signing, sending -------------------------------------------------------------------------------
    # Register, letters that come in, answers of the office -----------------------------------------------------------
    # Mail and calendar feed ------------------------------------------------------------------------------------------
]
