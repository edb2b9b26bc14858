from django.urls import path

from benefits.views import approval, lists, payment_list, payments, person, proof, run, settlement, slips, what_if, year

app_name = "benefits"
urlpatterns = [
    path("", lists.lists, name="lists"),
    path("policz/", run.run, name="run"),
    path("okresy-probne/", lists.draft_trials, name="draft_trials"),
    path("listy/<int:pk>/", payment_list.payment_list, name="list"),
    path("listy/<int:pk>/arkusz/", payment_list.sheet, name="sheet"),
    path("listy/<int:pk>/policz/", run.recount, name="recount"),
    path("listy/<int:pk>/liczenie/", run.run_state, name="run_state"),
    path("listy/<int:pk>/przekaz/", approval.check, name="check"),
    path("listy/<int:pk>/cofnij/", approval.take_back, name="take_back"),
    path("listy/<int:pk>/zwroc/", approval.send_back, name="send_back"),
    path("listy/<int:pk>/zatwierdz/", approval.approve, name="approve"),
    path("listy/<int:pk>/wyplaty/", payments.payments, name="payments"),
    path("listy/<int:pk>/wyplata/", payments.record_payments, name="record_payments"),
    path("listy/<int:pk>/sprawdz/", proof.verify_list, name="verify_list"),
    path("listy/<int:pk>/paski/", slips.slips, name="slips"),
    path("paski/<int:pk>/plik/", slips.slips_file, name="slips_file"),
    path("rozliczenia/<int:pk>/", settlement.settlement, name="settlement"),
    path("rozliczenia/<int:pk>/pasek/", slips.slip, name="slip"),
    path("rozliczenia/<int:pk>/zwrot/", payments.record_return, name="record_return"),
    path("rozliczenia/<int:pk>/ponowna-wyplata/", payments.pay_again, name="pay_again"),
    path("rozliczenia/<int:pk>/sprawdz/", proof.verify_settlement, name="verify_settlement"),
    path("uczestnicy/<int:pk>/", person.person, name="person"),
    path("co-gdyby/", what_if.what_if, name="what_if"),
    path("rok/<int:year>/", year.year, name="year"),
    path("rok/<int:year>/arkusz/", year.year_sheet, name="year_sheet"),
]
