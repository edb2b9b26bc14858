from django.urls import path

from cistor.centres.views import calendar, compare, drafts, offices, rates, regulations

app_name = "centres"
urlpatterns = [
    path("centrum/", regulations.centre, name="centre"),
    path("centrum/regulamin/<int:pk>/", regulations.regulations, name="regulations"),
    path("centrum/regulamin/porownanie/", compare.versions, name="compare"),
    path("centrum/regulamin/nowy/", drafts.start, name="start_draft"),
    path("centrum/regulamin/<int:pk>/nazwa/", drafts.name, name="name_draft"),
    path("centrum/regulamin/<int:pk>/ustawienia/<slug:slug>/", drafts.edit_settings, name="edit_settings"),
    path("centrum/regulamin/<int:pk>/lista/<slug:slug>/", drafts.edit_list, name="edit_list"),
    path("centrum/regulamin/<int:pk>/usun/", drafts.delete, name="delete_draft"),
    path("centrum/regulamin/<int:pk>/cofnij/", drafts.take_back, name="take_back"),
    path("centrum/kalendarz/", calendar.year, name="year"),
    path("centrum/kalendarz/bez-zajec/", calendar.close_day, name="close_day"),
    path("centrum/kalendarz/bez-zajec/<int:pk>/usun/", calendar.reopen_day, name="reopen_day"),
    path("centrum/kalendarz/dodatkowy/", calendar.add_extra_class_day, name="add_extra_class_day"),
    path("centrum/kalendarz/dodatkowy/<int:pk>/usun/", calendar.remove_extra_class_day, name="remove_extra_class_day"),
    path("centrum/urzedy/", offices.offices, name="offices"),
    path("centrum/urzedy/<int:pk>/", offices.office, name="office"),
    path("stawki/", rates.rates, name="rates"),
    path("stawki/nowa/", rates.add_rate, name="add_rate"),
]
