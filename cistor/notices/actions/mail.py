"""The outbox: a mail is a row first, and is sent until the server takes it."""

import logging
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from cistor.accounts.models import User
from cistor.centres.models import Centre, Office
from cistor.dates import day_text
from cistor.documents import files
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.jobs import later
from cistor.journal.actions import record
from cistor.notices.actions.sending import dispatch
from cistor.notices.models import Dispatch, Letter, Mail
from cistor.notices.models.mail import MailQuerySet

logger = logging.getLogger(__name__)

# How long a mail waits after each attempt: a letter almost four days in all, then somebody has to look.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440, 1440))
# What tells of one morning is old by noon.
PAUSES_OF_THE_DAY = PAUSES[:5]
TASK = "notices.send_mails"

SENT_OTHERWISE = "Wysłano inną drogą."
UNREACHABLE = "Serwer poczty nie odpowiada."
REFUSED = "Serwer poczty nie przyjął wiadomości"
UNREADABLE = "Pliku pisma nie da się odczytać."


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

    Asked for again before that, it goes to the address of today. Whoever calls has asked whether `by` may.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    document = _to_send(letter, office, is_copy=is_copy)
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
    _begin_again(mail, to=office.email)
    record(letter, "letter_mailed", by=by, number=document.number, office=office.pk, is_copy=is_copy)
    return mail


@transaction.atomic
def retry(mail: Mail, *, by: User) -> Mail:
    """Try at once, and with the whole patience again, what still waits or was given up."""
    mail = Mail.objects.select_for_update(of=("self",)).select_related("letter", "office").get(pk=mail.pk)
    if mail.sent_at:
        raise Refused("Ta wiadomość już wyszła.")
    _begin_again(mail, to=mail.office.email if mail.office else mail.to)
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


def _begin_again(mail: Mail, *, to: str) -> None:
    mail.to, mail.attempts, mail.error, mail.given_up_at = to, 0, "", None
    mail.next_at = timezone.now()
    mail.save(update_fields=["to", "attempts", "error", "given_up_at", "next_at"])
    later.wake(TASK)


# Out of it -----------------------------------------------------------------------------------------------------------


def send_waiting(*, now: datetime) -> int:
    """Offer the server every mail that is due; gives how many it took.

    Two workers at once share the mails among them: each is a transaction that holds its own row. At least once, not
    exactly once: a crash after the server's yes and before the commit sends the same mail again, under the same
    Message-ID, by which the office's server may know it.
    """
    if not _due(now).exists():
        return 0
    server = get_connection()
    fault, taken = _opened(server), 0
    try:
        while mail := _send_next(server, fault, now):
            taken += mail.sent_at is not None
    finally:
        server.close()
    return taken


def _due(now: datetime) -> MailQuerySet:
    return Mail.objects.waiting().filter(next_at__lte=now)


def _opened(server: BaseEmailBackend) -> str:
    """What is wrong with the server. It is asked once: with it away, each mail waits for itself, none for a timeout."""
    try:
        server.open()
    except OSError as error:
        return _fault(error)
    return ""


@transaction.atomic
def _send_next(server: BaseEmailBackend, fault: str, now: datetime) -> Mail | None:
    """One mail is offered, or put off; None when nothing is due any more."""
    rows = _due(now).select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "pk")
    mail = rows.select_related("letter__document", "office", "centre", "by").first()
    if mail is None:
        return None
    if mail.letter and mail.letter.document and _has_gone(mail.letter.document, mail.office, is_copy=mail.is_copy):
        _give_up(mail, SENT_OTHERWISE, now)
    elif fault := fault or _offer(mail, server):
        _put_off(mail, fault, now)
    else:
        _taken(mail, now)
    return mail


def _offer(mail: Mail, server: BaseEmailBackend) -> str:
    """ "" when the server has taken it. Whatever is wrong with one mail holds up no other."""
    try:
        message = _message(mail, server)
    except Exception:
        logger.exception("Mail %s cannot be read.", mail.pk)
        return UNREADABLE
    try:
        message.send()
    except (OSError, ValueError) as error:
        return _fault(error)
    return ""


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
    if isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException):
        return UNREACHABLE
    return f"{REFUSED} ({type(error).__name__})."


def _put_off(mail: Mail, fault: str, now: datetime) -> None:
    pauses = PAUSES if mail.letter_id else PAUSES_OF_THE_DAY
    mail.attempts += 1
    if mail.attempts > len(pauses):
        _give_up(mail, fault, now)
        return
    mail.error, mail.next_at = fault, now + pauses[mail.attempts - 1]
    mail.save(update_fields=["attempts", "error", "next_at"])


def _give_up(mail: Mail, why: str, now: datetime) -> None:
    mail.error, mail.given_up_at = why, now
    mail.save(update_fields=["attempts", "error", "given_up_at"])


def _taken(mail: Mail, now: datetime) -> None:
    """The server has it: with that a letter is sent, on the day by the clock of the centre."""
    mail.attempts, mail.error, mail.sent_at = mail.attempts + 1, "", now
    if mail.letter and mail.letter.document:
        mail.error = _recorded(mail, mail.letter.document, timezone.localdate(now))
    mail.save(update_fields=["attempts", "error", "sent_at"])


def _recorded(mail: Mail, document: Document, on: date) -> str:
    """ "" once the sending stands in the register; what has gone is never unsent for a refusal."""
    proof = f"Serwer poczty przyjął wiadomość na adres {mail.to}, {message_id(mail)}"
    try:
        with transaction.atomic():
            dispatch(
                document,
                office=mail.office,
                is_copy=mail.is_copy,
                way=Dispatch.Way.EMAIL,
                sent_on=on,
                proof=proof,
                by=None,
                on=on,
            )
    except (Refused, IntegrityError) as error:
        logger.warning("Mail %s is sent, its sending is not recorded (%s).", mail.pk, type(error).__name__)
        return "Wiadomość wyszła, wysłania nie udało się wpisać do rejestru."
    return ""
