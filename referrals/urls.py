from django.urls import path

from referrals.views import cases, decisions, intake, pipeline

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
    # Rounds
    # The reserve list and the admission
    # Papers
    # Import
]
