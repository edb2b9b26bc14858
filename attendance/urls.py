from django.urls import path

from attendance import views

app_name = "attendance"
urlpatterns = [
    path("", views.groups, name="groups"),
    path("grupa/<int:pk>/", views.today, name="today"),
    path("grupa/<int:pk>/miesiac/", views.month, name="month"),
    path("grupa/<int:pk>/lista/", views.sheet, name="sheet"),
    path("uczestnik/<int:pk>/", views.person, name="person"),
    path("zamkniecie/", views.closing, name="closing"),
    path("zamkniecie/zamknij/", views.close_month, name="close_month"),
]
