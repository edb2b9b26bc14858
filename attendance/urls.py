from django.urls import path

from attendance.views import (
    closing,
    consequences,
    corrections,
    day,
    groups,
    month,
    person,
    ranges,
    sheet,
    sheets,
    termination,
    today,
)

app_name = "attendance"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("grupa/<int:pk>/", today.today, name="today"),
    path("grupa/<int:pk>/miesiac/", month.month, name="month"),
    path("grupa/<int:pk>/zakres/", ranges.mark_range, name="range"),
    path("grupa/<int:pk>/lista/", sheet.sheet, name="sheet"),
    path("uczestnik/<int:pk>/", person.person, name="person"),
    path("uczestnik/<int:pk>/dzien/", day.day, name="day"),
    path("skutek/<int:pk>/", consequences.consequences, name="consequences"),
    path("listy/", sheets.sheets, name="sheets"),
    path("listy/przygotuj/", sheets.print_sheets, name="print_sheets"),
    path("listy/<int:pk>/", sheets.sheets_file, name="sheets_file"),
    path("zamkniecie/", closing.closing, name="closing"),
    path("zamkniecie/zamknij/", closing.close_month, name="close_month"),
    path("korekta/<int:pk>/", corrections.ask_correction, name="ask_correction"),
    path("korekty/", corrections.corrections, name="corrections"),
    path("korekty/<int:pk>/", corrections.correction, name="correction"),
    path("korekty/<int:pk>/decyzja/", corrections.decide_correction, name="decide_correction"),
    path("korekty/<int:pk>/wycofanie/", corrections.withdraw_correction, name="withdraw_correction"),
    path("prog/", termination.near_threshold, name="near_threshold"),
    path("rozwiazanie/<int:pk>/", termination.propose_termination, name="propose_termination"),
]
