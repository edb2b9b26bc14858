from django.urls import path

from benefits.views import approval, lists, payment_list, payments, person, proof, settlement, slips

app_name = "benefits"
urlpatterns = [
    path("", lists.lists, name="lists"),
    path("policz/", lists.run, name="run"),
    path("okresy-probne/", lists.draft_trials, name="draft_trials"),
    path("listy/<int:pk>/", payment_list.payment_list, name="list"),
    path("listy/<int:pk>/policz/", lists.recount, name="recount"),
    path("listy/<int:pk>/zatwierdz/", approval.approve, name="approve"),
    path("listy/<int:pk>/wyplata/", payments.record_payments, name="record_payments"),
    path("listy/<int:pk>/sprawdz/", proof.verify_list, name="verify_list"),
    path("listy/<int:pk>/paski/", slips.slips, name="slips"),
    path("paski/<int:pk>/plik/", slips.slips_file, name="slips_file"),
    path("rozliczenia/<int:pk>/", settlement.settlement, name="settlement"),
    path("rozliczenia/<int:pk>/pasek/", slips.slip, name="slip"),
    path("rozliczenia/<int:pk>/sprawdz/", proof.verify_settlement, name="verify_settlement"),
    path("uczestnicy/<int:pk>/", person.person, name="person"),
]
