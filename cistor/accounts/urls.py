from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from cistor.accounts import administration, views
from cistor.accounts.forms import LoginForm

login = LoginView.as_view(
    template_name="accounts/login.html", authentication_form=LoginForm, redirect_authenticated_user=True
)

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("logowanie/", login, name="login"),
    path("wylogowanie/", LogoutView.as_view(), name="logout"),
    path("haslo/", views.password, name="password"),
    path("drugi-krok/", views.second_step, name="second_step"),
    path("drugi-krok/ustaw/", views.set_up_second_step, name="set_up_second_step"),
    path("drugi-krok/kody/", views.renew_recovery_codes, name="renew_recovery_codes"),
    path("osoby/", administration.users, name="users"),
    path("osoby/nowa/", administration.new_user, name="new_user"),
    path("osoby/<int:pk>/", administration.user, name="user"),
    path("osoby/<int:pk>/haslo/", administration.new_password, name="new_password"),
    path("osoby/<int:pk>/drugi-krok/", administration.reset_second_step, name="reset_second_step"),
    path("osoby/<int:pk>/wylacz/", administration.deactivate, name="deactivate"),
    path("osoby/<int:pk>/wlacz/", administration.activate, name="activate"),
    path("osoby/zastepstwa/", administration.stand_ins, name="stand_ins"),
    path("osoby/zastepstwa/<int:pk>/", administration.end_stand_in, name="end_stand_in"),
]
