from django.urls import path

from referrals.views import cases, decisions, imports, intake, office_desk, office_steps, papers, pipeline, way

app_name = "referrals"
urlpatterns = [
    path("", pipeline.board, name="list"),
    # The application
    path("<int:pk>/", cases.case, name="case"),
    path("<int:pk>/wniosek/", intake.edit, name="edit"),
    path("<int:pk>/zlozenie/", intake.submit, name="submit"),
    path("<int:pk>/oswiadczenia/", decisions.exclusions, name="exclusions"),
    path("<int:pk>/skan/", decisions.scan, name="scan"),
    path("<int:pk>/wycofanie/", decisions.withdraw, name="withdraw"),
    path("<int:pk>/odmowa/", decisions.refuse, name="refuse"),
    path("<int:pk>/ponownie/", decisions.reopen, name="reopen"),
    path("nowy-wniosek/", intake.check, name="check"),
    path("nowa-osoba/", intake.new_person, name="new_person"),
    path("osoba/<int:pk>/", cases.person, name="person"),
    path("osoba/<int:pk>/nowy-wniosek/", intake.begin, name="begin"),
    # The office
    path("<int:pk>/wyslanie/", office_steps.send, name="send"),
    path("<int:pk>/wplyw/", office_steps.receipt, name="receipt"),
    path("<int:pk>/opinia/", office_steps.opinion, name="opinion"),
    path("<int:pk>/zgoda/", office_steps.consent, name="consent"),
    path("<int:pk>/skierowanie/", office_steps.referral, name="referral"),
    path("<int:pk>/cofniecie/", office_steps.take_back, name="take_back"),
    path("<int:pk>/przypomnienie/", office_steps.remind, name="remind"),
    path("urzad/", office_desk.office_cases, name="office_cases"),
    path("urzad/<int:pk>/", office_desk.office_case, name="office_case"),
    path("urzad/<int:pk>/skan/<slug:what>/", office_desk.scan_file, name="scan_file"),
    path("urzad/<int:pk>/pismo/<slug:kind>/", office_desk.office_paper, name="office_paper"),
    path("urzad/<int:pk>/przypomnienie/<int:reminder>/", office_desk.reminder, name="reminder"),
    # Rounds
    # The reserve list and the admission
    # Papers
    path("formularze/", papers.forms, name="forms"),
    path("formularze/<slug:kind>/", papers.empty_form, name="empty_form"),
    path("<int:pk>/dokument/<slug:kind>/", papers.paper, name="paper"),
    # The chart and the import
    path("droga/", way.way, name="way"),
    path("import/", imports.import_candidates, name="import_candidates"),
    path("import/podglad/", imports.import_preview, name="import_preview"),
    path("import/wzor/", imports.import_template, name="import_template"),
]
