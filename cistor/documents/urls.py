from django.urls import path

from cistor.documents import views

app_name = "documents"
urlpatterns = [
    path("dokumenty/<int:pk>/", views.download, name="download"),
    path("centrum/papier/", views.letterhead, name="letterhead"),
]
