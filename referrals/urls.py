from django.urls import path

from referrals.views import cases, pipeline

app_name = "referrals"
urlpatterns = [
    path("", pipeline.board, name="list"),
    # The application
    path("<int:pk>/", cases.case, name="case"),
    # The office
    # Rounds
    # The reserve list and the admission
    # Papers
    # Import
]
