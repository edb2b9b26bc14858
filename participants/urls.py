from django.urls import path

from participants.views import card, ending, file, group, payment, programme, register

app_name = "participants"
urlpatterns = [
    path("", register.people, name="list"),
    path("nowa-osoba/", register.check, name="check"),
    path("nowa-karta/", register.new, name="new"),
    path("<int:pk>/", card.card, name="card"),
    path("<int:pk>/dane/", register.edit, name="edit"),
    path("<int:pk>/program/", card.programme, name="programme"),
    path("<int:pk>/program/nowy/", programme.sign, name="sign"),
    path("<int:pk>/wyplata/", card.payment, name="payment"),
    path("<int:pk>/wyplata/sposob/", payment.set_method, name="set_method"),
    path("<int:pk>/wyplata/oswiadczenie/", payment.set_tax_statement, name="set_tax_statement"),
    path("<int:pk>/teczka/", file.file, name="file"),
    path("<int:pk>/teczka/dokument/", file.add_paper, name="add_paper"),
    path("<int:pk>/grupa/", card.membership, name="membership"),
    path("<int:pk>/grupa/przyjmij/", group.join, name="join"),
    path("<int:pk>/grupa/wypisz/", group.leave, name="leave"),
    path("teczka/<int:pk>/usun/", file.remove_paper, name="remove_paper"),
    path("oswiadczenia/<int:pk>/koniec/", payment.end_tax_statement, name="end_tax_statement"),
    path("programy/<int:pk>/okres-wlasciwy/", programme.pass_on, name="pass_on"),
    path("grupy/", group.groups, name="groups"),
    path("grupy/nowa/", group.new_group, name="new_group"),
    path("grupy/<int:pk>/", group.group, name="group"),
    path("grupy/prowadzacy/<int:pk>/koniec/", group.end_lead, name="end_lead"),
    # The end
    path("programy/<int:pk>/koniec/", ending.end, name="end"),
]
