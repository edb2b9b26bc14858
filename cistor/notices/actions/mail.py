"""The outbox: a mail is a row first, and is sent until the server takes it."""

import logging
from contextlib import suppress
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cistor.accounts.models import User
from cistor.centres.models import Centre, Office
from cistor.dates import day_text
from cistor.documents import files
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.jobs import later
from cistor.journal.actions import record
from cistor.notices.actions.sending import check_sender, dispatch
from cistor.notices.models import Dispatch, Letter, Mail
from cistor.notices.models.mail import MailQuerySet

logger = logging.getLogger(__name__)

# How long a mail waits after each attempt: a letter almost four days in all, then somebody has to look.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440, 1440))
# What tells of one morning is old by noon.
PAUSES_OF_THE_DAY = PAUSES[:5]
# For so long a mail is one worker's: longer than any talk with the server, every step of which has its timeout.
LEASE = timedelta(minutes=10)
# What is sent and cannot be recorded is tried again so seldom: somebody has to look, and may record it by hand.
RECORDED_AGAIN = timedelta(hours=1)
TASK = "notices.send_mails"

SENT_OTHERWISE = "Wysłano inną drogą."
UNRECORDED = "Serwer poczty przyjął wiadomość, wysłania nie udało się wpisać do rejestru."
UNREACHABLE = "Serwer poczty nie odpowiada."
REFUSED = "Serwer poczty nie przyjął wiadomości"
UNREADABLE = "Pliku pisma nie da się odczytać."
UNSENDABLE = "Wiadomości nie da się wysłać"


def is_set_up() -> bool:
    """Whether there is a server that could take mails."""
    return bool(settings.EMAIL_HOST) or not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")


# Into the outbox -----------------------------------------------------------------------------------------------------


def queue(
    key: str,
    *,
    centre: Centre,
    to: str,
    subject: str,
    body: str,
    by: User | None = None,
    letter: Letter | None = None,
    office: Office | None = None,
    is_copy: bool = False,
) -> Mail:
    """One row a key: asked for again, the first one stands. The schedule sends it within a minute.

    No personal data in `subject` and `body`.
    """
    facts = {"centre": centre, "to": to, "subject": subject, "body": body, "by": by}
    addressee = {"letter": letter, "office": office, "is_copy": is_copy}
    return Mail.objects.get_or_create(key=key, defaults={**facts, **addressee})[0]


@transaction.atomic
def mail_letter(letter: Letter, *, office: Office, is_copy: bool = False, by: User, on: date) -> Mail:
    """Send the paper to the office's address; it counts as sent once the server has taken it.

    Asked for again before that, it goes to the address of today.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    document = _to_send(letter, office, is_copy=is_copy)
    check_sender(document, by, on)
    mail = queue(
        f"letter:{letter.pk}:{office.pk}{':copy' if is_copy else ''}",
        centre=letter.centre,
        to=office.email,
        subject=f"{document.title} {document.number} – {letter.centre.short_name}",
        body=_words(letter, document),
        by=by,
        letter=letter,
        office=office,
        is_copy=is_copy,
    )
    mail = _begin_again(mail, to=office.email)
    record(letter, "letter_mailed", by=by, number=document.number, office=office.pk, is_copy=is_copy)
    return mail


@transaction.atomic
def retry(mail: Mail, *, by: User, on: date) -> Mail:
    """Try at once, and with the whole patience again, what still waits or was given up."""
    if mail.letter is None or mail.letter.document is None or mail.office is None:
        raise Refused("Ponawia się tylko wysłanie pisma.")
    check_sender(mail.letter.document, by, on)
    mail = _begin_again(mail, to=mail.office.email)
    record(mail, "mail_retried", by=by)
    return mail


def _to_send(letter: Letter, office: Office, *, is_copy: bool) -> Document:
    if letter.document is None:
        raise Refused("Wysyła się tylko podpisane pismo.")
    if office.centre_id != letter.centre_id or not (is_copy or office.pk == letter.office_id):
        raise Refused("Ten urząd nie jest adresatem pisma.", field="office")
    if not office.email:
        raise Refused(f"{office.name} nie ma w spisie adresu e-mail.", field="office")
    if not is_set_up():
        raise Refused("Serwer poczty nie jest ustawiony. Zgłoś to administratorowi albo wyślij pismo inną drogą.")
    if _has_gone(letter.document, office, is_copy=is_copy):
        raise Refused("Wysłanie tego pisma do tego urzędu już zapisano.")
    return letter.document


def _has_gone(document: Document, office: Office | None, *, is_copy: bool) -> bool:
    return Dispatch.objects.filter(document=document, office=office, is_copy=is_copy).exists()


def _words(letter: Letter, document: Document) -> str:
    return (
        f"Dzień dobry,\n\nw załączeniu przesyłamy pismo: {document.title}, nr {document.number} "
        f"z dnia {day_text(document.issued_on)} r.\n\n{letter.centre.name}\n"
    )


def _begin_again(mail: Mail, *, to: str) -> Mail:
    """With the row as it is now: what has gone, or is with the server, is not sent beside."""
    mail = Mail.objects.select_for_update(of=("self",)).select_related("letter", "office").get(pk=mail.pk)
    if mail.sent_at:
        raise Refused("Ta wiadomość już wyszła.")
    if mail.is_offered and mail.next_at > timezone.now():
        raise Refused("Ta wiadomość właśnie wychodzi. Odśwież stronę za chwilę.")
    mail.to, mail.attempts, mail.error, mail.given_up_at = to, 0, "", None
    mail.next_at = timezone.now()
    mail.save(update_fields=["to", "attempts", "error", "given_up_at", "next_at"])
    later.wake(TASK)
    return mail


# Out of it -----------------------------------------------------------------------------------------------------------


def send_waiting(*, now: datetime) -> int:
    """Offer the server every mail that is due; gives how many it took.

    Each mail is leased, offered while no row is held, and settled: three steps, so that no request waits for a talk
    with the server, and two workers at once share the mails among them. At least once, not exactly once: a crash after
    the server's yes and before the next commit sends the same mail again when the lease is over, under the same
    Message-ID, by which the office's server may know it.
    """
    _record_taken(now)
    if not _due(now).exists():
        return 0
    server, taken = Server(), 0
    try:
        while mail := _leased(now):
            taken += _carried(mail, server, now)
    finally:
        server.close()
    return taken


def _due(now: datetime) -> MailQuerySet:
    return Mail.objects.waiting().filter(next_at__lte=now)


@transaction.atomic
def _leased(now: datetime) -> Mail | None:
    """The next mail, this worker's alone for a while; None when nothing is due any more."""
    rows = _due(now).select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "pk")
    mail = rows.select_related("letter__document", "office", "centre", "by").first()
    if mail:
        mail.error, mail.next_at = Mail.OFFERED, now + LEASE
        mail.save(update_fields=["error", "next_at"])
    return mail


def _carried(mail: Mail, server: "Server", now: datetime) -> bool:
    """Whether the server took it. Whatever is wrong with one mail holds up no other: at worst its lease runs out."""
    try:
        if mail.letter and mail.letter.document and _has_gone(mail.letter.document, mail.office, is_copy=mail.is_copy):
            _give_up(mail, SENT_OTHERWISE, now)
        elif fault := server.offer(mail):
            _put_off(mail, fault, now)
        else:
            _taken(mail, now)
            return True
    except Exception:
        logger.exception("What came of mail %s could not be written down.", mail.pk)
    return False


class Server:
    """The mail server for one run. It is asked once: with it away, each mail waits for itself, none for a timeout."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self._open()

    def _open(self) -> None:
        self.fault = ""
        try:
            self.connection.open()
        except OSError as error:
            self.fault = _fault(error)

    def offer(self, mail: Mail) -> str:
        """ "" when it has taken the mail. After a fault the talk begins anew: one that hung up may take the next."""
        if self.fault:
            return self.fault
        try:
            message = _message(mail, self.connection)
        except Exception:
            logger.exception("Mail %s cannot be read.", mail.pk)
            return UNREADABLE
        try:
            message.send()
        except Exception as error:
            self.close()
            self._open()
            return _fault(error)
        return ""

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()


def _message(mail: Mail, server: BaseEmailBackend) -> EmailMessage:
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        reply_to=[mail.by.email] if mail.by and mail.by.email else None,
        headers={"Message-ID": message_id(mail)},
        connection=server,
    )
    if mail.letter and mail.letter.document:
        document = mail.letter.document
        message.attach(f"{document.number.replace('/', '-')}.pdf", files.read(document.sha256), document.mime)
    return message


def message_id(mail: Mail) -> str:
    """The same at every attempt."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<mail.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@{host}>"


def _fault(error: Exception) -> str:
    """What people read: the code of the server's answer, never its words, which may quote an address."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _ in error.recipients.values()})
        return f"{REFUSED} ({', '.join(codes)})."
    if isinstance(error, SMTPResponseException):
        return f"{REFUSED} ({error.smtp_code})."
    if not isinstance(error, OSError):
        return f"{UNSENDABLE} ({type(error).__name__})."
    if isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException):
        return UNREACHABLE
    return f"{REFUSED} ({type(error).__name__})."


def _put_off(mail: Mail, fault: str, now: datetime) -> None:
    pauses = PAUSES if mail.letter_id else PAUSES_OF_THE_DAY
    if mail.attempts >= len(pauses):
        _give_up(mail, fault, now)
    else:
        _write(mail, attempts=mail.attempts + 1, error=fault, next_at=now + pauses[mail.attempts])


def _give_up(mail: Mail, why: str, now: datetime) -> None:
    _write(mail, attempts=mail.attempts + 1, error=why, given_up_at=now)


@transaction.atomic
def _write(mail: Mail, **facts: object) -> None:
    """As long as the lease is this worker's: who came after it knows better."""
    Mail.objects.filter(pk=mail.pk, sent_at=None, next_at=mail.next_at).update(**facts)


def _taken(mail: Mail, now: datetime) -> None:
    """The server has it. That stands by itself: whatever fails after it, the mail is not sent again."""
    with transaction.atomic():
        facts = {"attempts": mail.attempts + 1, "error": "", "given_up_at": None, "sent_at": now, "next_at": now}
        Mail.objects.filter(pk=mail.pk, sent_at=None).update(**facts)
    _record_sending(mail, now)


# Into the register ---------------------------------------------------------------------------------------------------


def unrecorded() -> MailQuerySet:
    """What the server has taken although the register does not say so."""
    recorded = Dispatch.objects.filter(
        document=OuterRef("letter__document"), office=OuterRef("office"), is_copy=OuterRef("is_copy")
    )
    return Mail.objects.filter(~Exists(recorded), sent_at__isnull=False, letter__isnull=False)


def proof(mail: Mail) -> str:
    """What shows that the mail went out."""
    return f"Serwer poczty przyjął wiadomość na adres {mail.to}, {message_id(mail)}"


def _record_taken(now: datetime) -> None:
    """What an earlier run sent and could not record, or broke off before it did."""
    for mail in unrecorded().filter(next_at__lte=now):
        _record_sending(mail, now)


def _record_sending(mail: Mail, now: datetime) -> None:
    """With that a letter is sent, on the day by the clock of the centre. What has gone is never unsent for a fault."""
    try:
        with transaction.atomic():
            rows = unrecorded().select_for_update(skip_locked=True, of=("self",))
            row = rows.select_related("letter__document", "office").filter(pk=mail.pk).first()
            if row and row.letter and row.letter.document and row.sent_at:
                _enter(row, row.letter.document, row.sent_at, now)
    except Exception:
        logger.exception("Mail %s is sent, its sending is not recorded.", mail.pk)
        with transaction.atomic():
            Mail.objects.filter(pk=mail.pk).update(error=UNRECORDED, next_at=now + RECORDED_AGAIN)


def _enter(mail: Mail, document: Document, sent_at: datetime, now: datetime) -> None:
    dispatch(
        document,
        office=mail.office,
        is_copy=mail.is_copy,
        way=Dispatch.Way.EMAIL,
        sent_on=timezone.localdate(sent_at),
        proof=proof(mail),
        by=None,
        on=timezone.localdate(now),
    )
    mail.error = ""
    mail.save(update_fields=["error"])
