"""The outbox against a real mail server, which is up, refuses, goes down and comes back."""

import asyncio
import logging
import socket
import threading
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cistor.documents import files
from cistor.errors import Refused
from cistor.journal.models import Entry
from cistor.notices import standing
from cistor.notices.actions import mail
from cistor.notices.actions.sending import dispatch
from cistor.notices.models import Dispatch, Mail
from tests.factories import make_centre, make_user
from tests.notices.letters import ON, make_letter, make_signed, welfare_office

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd's: every line of every talk
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


class Kept:
    """Keeps what it takes; refuses the addresses that it is told to, and hangs up on others."""

    def __init__(self):
        self.messages, self.refused, self.dropped = [], set(), set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's)
        if address in self.dropped:
            server.transport.close()
        if address in self.refused:
            return f"550 {address} nie istnieje"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's)
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


class OnHeldPort(Controller):
    """Listens beside the socket that only keeps the port."""

    def _create_server(self):
        where = {"host": self.hostname, "port": self.port, "reuse_port": True}
        return self.loop.create_server(self._factory_invoker, **where)


class Server:
    """Up and down, always on the same port, which is held meanwhile: nobody else gets it."""

    def __init__(self):
        self.box = Kept()
        self.held = socket.socket()
        self.held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.held.bind(("127.0.0.1", 0))
        self.port = self.held.getsockname()[1]
        self.up()

    def up(self):
        self.controller = OnHeldPort(self.box, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def down(self):
        self.controller.stop()

    def close(self):
        with suppress(AssertionError):  # down already
            self.down()
        self.held.close()


@pytest.fixture
def server(settings):
    running = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
    yield running
    running.close()


@pytest.fixture
def office(centre):
    office = welfare_office(centre)
    office.email = "pisma@mopr.example"
    office.save()
    return office


@pytest.fixture
def signed(centre, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_signed(make_letter(centre, "admission_list", office=office))


@pytest.fixture
def queued(centre):
    """A mail without a letter, due now."""
    return waiting(centre, "morning:1:2026-03-10")


def waiting(centre, key, to="iga@cis.example", **over):
    asked = mail.queue(key, centre=centre, to=to, subject="Terminy", body="Na dziś: 1", **over)
    Mail.objects.filter(pk=asked.pk).update(next_at=NOW)
    return Mail.objects.get(pk=asked.pk)


def asked_to_mail(signed, office, by, **over):
    row = mail.mail_letter(signed, office=office, by=by, on=ON, **over)
    Mail.objects.filter(pk=row.pk).update(next_at=NOW)
    return row


@contextmanager
def broken_register():
    """Nothing can be written into the register of what was sent."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_dispatch RENAME COLUMN proof TO gone")
        yield
        cursor.execute("ALTER TABLE notices_dispatch RENAME COLUMN gone TO proof")


def test_a_key_is_one_mail_however_often_it_is_asked_for(centre):
    first, second = waiting(centre, "morning:1:2026-03-10"), waiting(centre, "morning:1:2026-03-10")
    assert first == second
    assert Mail.objects.count() == 1


def test_a_letter_goes_to_the_office_with_its_paper_and_without_a_name(server, signed, office, social_worker):
    social_worker.email = "iga@cis.example"
    social_worker.save()
    row = asked_to_mail(signed, office, social_worker)
    assert mail.send_waiting(now=NOW) == 1
    (message,) = server.box.messages
    (paper,) = message.iter_attachments()
    name = signed.people.get().programme.participant.last_name
    said = f"{message['Subject']} {message.get_body().get_content()} {paper.get_filename()}"
    assert name not in said
    assert message["To"] == "pisma@mopr.example"
    assert message["Reply-To"] == "iga@cis.example"
    assert message["Subject"].strip().startswith(f"Lista osób przyjętych {signed.document.number} – CISTOR")
    assert paper.get_filename() == f"LP-{signed.pk}-2026.pdf"
    assert paper.get_content() == files.read(signed.document.sha256)
    row.refresh_from_db()
    assert (row.sent_at, row.attempts, row.error) == (NOW, 1, "")


def test_what_the_server_has_taken_is_sent_by_email_that_day(server, signed, office, social_worker):
    row = asked_to_mail(signed, office, social_worker)
    mail.send_waiting(now=datetime(2026, 3, 10, 23, 30, tzinfo=ZoneInfo("UTC")))
    sent = Dispatch.objects.get(document=signed.document)
    assert (sent.office, sent.way, sent.is_copy) == (office, "email", False)
    # Half past midnight by the clock of the centre.
    assert str(sent.sent_on) == "2026-03-11"
    assert "pisma@mopr.example" in sent.proof
    assert mail.message_id(row) in sent.proof
    with pytest.raises(Refused, match="już zapisano"):
        mail.mail_letter(signed, office=office, by=social_worker, on=ON)


def test_a_server_that_is_down_loses_nothing(server, signed, office, social_worker, queued):
    row = asked_to_mail(signed, office, social_worker)
    server.down()
    assert mail.send_waiting(now=NOW) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.attempts, row.error) == (None, 1, "Serwer poczty nie odpowiada.")
    assert row.next_at == NOW + timedelta(minutes=1)
    assert not Dispatch.objects.exists()
    server.up()
    assert mail.send_waiting(now=NOW) == 0
    assert mail.send_waiting(now=NOW + timedelta(minutes=1)) == 2
    assert [message["To"] for message in server.box.messages] == ["iga@cis.example", "pisma@mopr.example"]
    assert Dispatch.objects.count() == 1


def test_a_crash_after_the_servers_yes_sends_the_same_message_again_and_records_it_once(
    server, signed, office, social_worker
):
    asked_to_mail(signed, office, social_worker)
    with transaction.atomic():
        mail.send_waiting(now=NOW)
        transaction.set_rollback(True)
    assert not Dispatch.objects.exists()
    assert mail.send_waiting(now=NOW) == 1
    first, second = server.box.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert Dispatch.objects.count() == 1


def test_a_crash_before_the_servers_answer_is_made_good_when_the_lease_is_over(server, queued):
    Mail.objects.update(error=Mail.OFFERED, next_at=NOW + mail.LEASE)
    assert mail.send_waiting(now=NOW + timedelta(minutes=1)) == 0
    assert mail.send_waiting(now=NOW + mail.LEASE) == 1


def test_what_was_sent_and_could_not_be_recorded_is_not_sent_again_and_stops_nobody(
    server, signed, office, social_worker, queued
):
    row = asked_to_mail(signed, office, social_worker)
    with broken_register():
        assert mail.send_waiting(now=NOW) == 2
        assert mail.send_waiting(now=NOW + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.error) == (NOW, mail.UNRECORDED)
    assert list(mail.unrecorded()) == [row]
    assert standing.mail_state(row, is_recorded=False)[0] == "late"
    assert mail.send_waiting(now=NOW + timedelta(days=2)) == 0
    row.refresh_from_db()
    assert (row.error, len(server.box.messages)) == ("", 2)
    assert str(Dispatch.objects.get().sent_on) == "2026-03-10"
    assert not mail.unrecorded().exists()


def test_what_was_sent_and_not_recorded_is_no_more_mailed_and_may_be_recorded_by_hand(
    server, signed, office, social_worker
):
    row = asked_to_mail(signed, office, social_worker)
    with broken_register():
        mail.send_waiting(now=NOW)
    with pytest.raises(Refused, match="już wyszła"):
        asked_to_mail(signed, office, social_worker)
    with pytest.raises(Refused, match="już wyszła"):
        mail.retry(row, by=social_worker, on=ON)
    dispatch(signed.document, office=office, way="email", sent_on=NOW.date(), by=social_worker, on=NOW.date())
    assert not mail.unrecorded().exists()
    assert mail.send_waiting(now=NOW + timedelta(days=2)) == 0
    assert Dispatch.objects.get().by == social_worker


def test_a_mail_that_is_with_the_server_is_not_begun_again_beside(signed, office, social_worker):
    row = asked_to_mail(signed, office, social_worker)
    Mail.objects.update(error=Mail.OFFERED, next_at=timezone.now() + mail.LEASE)
    row.refresh_from_db()
    assert standing.mail_state(row) == ("soon", "właśnie wychodzi")
    with pytest.raises(Refused, match="właśnie wychodzi"):
        mail.mail_letter(signed, office=office, by=social_worker, on=ON)


def test_a_server_that_hangs_up_on_one_mail_takes_the_next(server, centre, queued):
    server.box.dropped = {"iga@cis.example"}
    good = waiting(centre, "morning:3:2026-03-10", to="ela@cis.example")
    assert mail.send_waiting(now=NOW) == 1
    good.refresh_from_db()
    assert good.sent_at == NOW


def test_who_may_not_send_mails_nothing_and_tries_nothing_again(signed, office, social_worker, instructor, outsider):
    row = asked_to_mail(signed, office, social_worker)
    for by in (instructor, outsider):
        with pytest.raises(Refused, match="Wysłanie wpisuje"):
            asked_to_mail(signed, office, by)
        with pytest.raises(Refused, match="Wysłanie wpisuje"):
            mail.retry(row, by=by, on=ON)


def test_an_address_that_is_refused_holds_up_nobody_and_is_not_quoted(server, centre, queued):
    server.box.refused = {"nikt@cis.example"}
    bad = waiting(centre, "morning:2:2026-03-10", to="nikt@cis.example")
    good = waiting(centre, "morning:3:2026-03-10", to="ela@cis.example")
    assert mail.send_waiting(now=NOW) == 2
    for row in (bad, good):
        row.refresh_from_db()
    assert bad.error == "Serwer poczty nie przyjął wiadomości (550)."
    assert good.sent_at == NOW


def test_the_pauses_grow_until_somebody_has_to_look_and_asks_again(server, signed, office, social_worker):
    row = asked_to_mail(signed, office, social_worker)
    server.down()
    pauses, now = [], NOW
    while row.given_up_at is None:
        mail.send_waiting(now=now)
        row.refresh_from_db()
        pauses.append(row.next_at - now)
        now = row.next_at
    assert tuple(pauses[:-1]) == mail.PAUSES
    assert list(mail.PAUSES) == sorted(mail.PAUSES)
    assert timedelta(days=3) < row.given_up_at - NOW < timedelta(days=5)
    server.up()
    assert mail.send_waiting(now=now + timedelta(days=9)) == 0
    mail.retry(row, by=social_worker, on=ON)
    assert mail.send_waiting(now=row.next_at + timedelta(days=999)) == 1
    assert Entry.objects.filter(verb="mail_retried", by=social_worker).exists()


def test_what_tells_of_one_morning_is_given_up_the_same_day(server, queued):
    server.down()
    now = NOW
    while queued.given_up_at is None:
        mail.send_waiting(now=now)
        queued.refresh_from_db()
        now = max(now, queued.next_at)
    assert queued.given_up_at - NOW < timedelta(hours=12)


def test_a_letter_that_went_another_way_meanwhile_is_not_mailed_too(server, signed, office, social_worker):
    row = asked_to_mail(signed, office, social_worker)
    dispatch(signed.document, office=office, way="fax", sent_on=ON, by=social_worker, on=ON)
    assert mail.send_waiting(now=NOW) == 0
    row.refresh_from_db()
    assert row.error == "Wysłano inną drogą."
    assert standing.mail_state(row) == ("plain", "wysłano inną drogą")
    assert server.box.messages == []


def test_a_paper_whose_file_is_damaged_holds_up_nobody(server, signed, office, social_worker, queued):
    row = asked_to_mail(signed, office, social_worker)
    files.path(signed.document.sha256).write_bytes(b"inne")
    assert mail.send_waiting(now=NOW) == 1
    row.refresh_from_db()
    assert row.error == "Pliku pisma nie da się odczytać."


def test_asked_again_before_it_went_a_letter_goes_to_the_address_of_today(signed, office, social_worker):
    row = asked_to_mail(signed, office, social_worker)
    Mail.objects.update(given_up_at=NOW, attempts=9)
    office.email = "nowy@mopr.example"
    office.save()
    again = mail.mail_letter(signed, office=office, by=social_worker, on=ON)
    assert again == row
    assert (again.to, again.attempts, again.given_up_at) == ("nowy@mopr.example", 0, None)


def test_a_copy_goes_beside_the_letter_and_counts_as_one(server, centre, office, social_worker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    letter = make_signed(make_letter(centre, "not_qualified_letter"))
    asked_to_mail(letter, office, social_worker, is_copy=True)
    assert mail.send_waiting(now=NOW) == 1
    assert Dispatch.objects.get().is_copy
    with pytest.raises(Refused, match="nie jest adresatem"):
        mail.mail_letter(letter, office=office, by=social_worker, on=ON)


def test_what_is_not_signed_or_has_no_address_is_not_mailed(centre, office, signed, social_worker, settings):
    draft = make_letter(centre, "early_end_info", office=office)
    with pytest.raises(Refused, match="tylko podpisane"):
        mail.mail_letter(draft, office=office, by=social_worker, on=ON)
    foreign = welfare_office(make_centre("cistor"))
    with pytest.raises(Refused, match="nie jest adresatem"):
        mail.mail_letter(signed, office=foreign, by=social_worker, on=ON)
    office.email = ""
    with pytest.raises(Refused, match="nie ma w spisie adresu"):
        mail.mail_letter(signed, office=office, by=social_worker, on=ON)
    office.email, settings.EMAIL_HOST = "pisma@mopr.example", ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(Refused, match="Serwer poczty nie jest ustawiony"):
        mail.mail_letter(signed, office=office, by=social_worker, on=ON)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_the_mails_among_them(server):
    centre = make_centre("cistor")
    for number in range(20):
        waiting(centre, f"morning:{number}:2026-03-10", to=f"osoba{number}@cis.example", by=None)
    make_user(centre, "director")
    barrier, taken = threading.Barrier(2), []

    def work():
        barrier.wait()
        try:
            taken.append(mail.send_waiting(now=NOW))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(taken) == 20
    assert len({message["To"] for message in server.box.messages}) == len(server.box.messages) == 20


@pytest.mark.django_db(transaction=True)
def test_while_the_server_is_talked_to_nobody_waits_for_the_row(server):
    row = waiting(make_centre("cistor"), "morning:1:2026-03-10", by=None)
    seen = []

    def look():
        with suppress(DatabaseError), transaction.atomic():
            seen.append(Mail.objects.select_for_update(nowait=True).get(pk=row.pk))
        connection.close()

    async def handle_DATA(smtp, session, envelope):  # noqa: N802 (aiosmtpd's)
        await asyncio.to_thread(look)
        return "250 OK"

    server.box.handle_DATA = handle_DATA
    assert mail.send_waiting(now=NOW) == 1
    assert seen == [row]
