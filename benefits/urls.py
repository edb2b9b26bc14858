from django.urls import path

from benefits import views

app_name = "benefits"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("policz/", views.run, name="run"),
    path("okresy-probne/", views.draft_trials, name="draft_trials"),
    path("listy/<int:pk>/", views.payment_list, name="list"),
    path("listy/<int:pk>/policz/", views.recount, name="recount"),
    path("listy/<int:pk>/zatwierdz/", views.approve, name="approve"),
    path("listy/<int:pk>/wyplata/", views.record_payments, name="record_payments"),
    path("listy/<int:pk>/sprawdz/", views.verify_list, name="verify_list"),
    path("rozliczenia/<int:pk>/", views.settlement, name="settlement"),
    path("rozliczenia/<int:pk>/sprawdz/", views.verify_settlement, name="verify_settlement"),
    path("uczestnicy/<int:pk>/", views.person, name="person"),
]
