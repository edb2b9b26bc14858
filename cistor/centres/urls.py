from django.urls import path

from cistor.centres import views

app_name = "centres"
urlpatterns = [
    path("centrum/", views.centre, name="centre"),
    path("centrum/regulamin/<int:pk>/", views.regulations, name="regulations"),
    path("centrum/kalendarz/", views.year, name="year"),
    path("centrum/kalendarz/bez-zajec/", views.close_day, name="close_day"),
    path("centrum/kalendarz/bez-zajec/<int:pk>/usun/", views.reopen_day, name="reopen_day"),
    path("centrum/kalendarz/dodatkowy/", views.add_extra_class_day, name="add_extra_class_day"),
    path("centrum/kalendarz/dodatkowy/<int:pk>/usun/", views.remove_extra_class_day, name="remove_extra_class_day"),
    path("stawki/", views.rates, name="rates"),
    path("stawki/nowa/", views.add_rate, name="add_rate"),
]
