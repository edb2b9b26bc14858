from django.urls import path

from cistor.documents import views

app_name = "documents"
urlpatterns = [
    path("dokumenty/<int:pk>/", views.download, name="download"),
    path("dokumenty/pliki/<int:pk>/", views.upload, name="upload"),
    path("centrum/papier/", views.letterhead, name="letterhead"),
]
