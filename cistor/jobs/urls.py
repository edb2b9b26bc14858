from django.urls import path

from cistor.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/ponow/", views.retry, name="retry"),
]
