from django.urls import path

from cistor.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("przebieg/<int:pk>/", views.way, name="way"),
    path("slady/<int:pk>/", views.traces, name="traces"),
    path("slady/<int:pk>/usun-dane/", views.erase, name="erase"),
    path("moje-czynnosci/", views.own_acts, name="own_acts"),
]
