from django.urls import path

from cistor.notices.views import deadlines, feed, incoming, letters, register, replies, runs, sending, signing

app_name = "notices"
urlpatterns: list = [
    # Terms -----------------------------------------------------------------------------------------------------------
    path("terminy/", deadlines.deadlines, name="deadlines"),
    path("terminy/<int:year>/<int:month>/", deadlines.calendar, name="calendar"),
    path("terminy/osoba/<int:pk>/", deadlines.person, name="person"),
    path("terminy/<str:kind>/<int:pk>/odnotuj/", deadlines.discharge, name="discharge"),
    # Letters: drafts, signing, sending -------------------------------------------------------------------------------
    path("pisma/do-podpisu/", letters.to_sign, name="to_sign"),
    path("pisma/do-podpisu/podpisz/", signing.sign_many, name="sign_many"),
    path("pisma/podpisane/<int:pk>/", signing.signed_many, name="signed_many"),
    path("pisma/<int:pk>/", letters.letter, name="letter"),
    path("pisma/<int:pk>/plik/", letters.letter_pdf, name="letter_pdf"),
    path("pisma/<int:pk>/tresc/", letters.save_text, name="save_text"),
    path("pisma/<int:pk>/podpisz/", letters.sign, name="sign"),
    path("pisma/<int:pk>/zwroc/", letters.send_back, name="return"),
    path("pisma/<int:pk>/niepotrzebne/", letters.void, name="void"),
    path("pisma/<int:pk>/nie-wysylac/", letters.withhold, name="withhold"),
    path("pisma/wyslanie/<int:pk>/", sending.dispatch, name="dispatch"),
    path("pisma/e-maile/<int:pk>/ponow/", sending.mail_again, name="mail_again"),
    path("pisma/przygotowanie/", runs.runs, name="runs"),
    # Register, letters that come in, answers of the office -----------------------------------------------------------
    path("pisma/", register.register, name="register"),
    path("pisma/rejestr.xlsx", register.register_file, name="register_file"),
    path("pisma/przychodzace/", incoming.incoming, name="incoming"),
    path("pisma/przychodzace/nowe/", incoming.new_incoming, name="new_incoming"),
    path("pisma/kwalifikacja/<int:pk>/odpowiedz/", replies.record_reply, name="record_reply"),
    path("pisma/kwalifikacja/<int:pk>/", replies.qualify, name="qualify"),
    # Mail and calendar feed ------------------------------------------------------------------------------------------
    path("terminy/kalendarz.ics", feed.feed, name="feed"),
    path("terminy/moj-kalendarz/", feed.my_feed, name="my_feed"),
    path("terminy/moj-kalendarz/nowy/", feed.renew, name="renew_feed"),
]
