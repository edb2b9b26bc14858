from django.urls import path

from attendance.views import closing, consequences, day, groups, month, person, sheet, sheets, today

app_name = "attendance"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("grupa/<int:pk>/", today.today, name="today"),
    path("grupa/<int:pk>/miesiac/", month.month, name="month"),
    path("grupa/<int:pk>/lista/", sheet.sheet, name="sheet"),
    path("uczestnik/<int:pk>/", person.person, name="person"),
    path("uczestnik/<int:pk>/dzien/", day.day, name="day"),
    path("skutek/<int:pk>/", consequences.consequences, name="consequences"),
    path("listy/", sheets.sheets, name="sheets"),
    path("listy/przygotuj/", sheets.print_sheets, name="print_sheets"),
    path("listy/<int:pk>/", sheets.sheets_file, name="sheets_file"),
    path("zamkniecie/", closing.closing, name="closing"),
    path("zamkniecie/zamknij/", closing.close_month, name="close_month"),
]
