"""What waits among the applications for the refund from the Fundusz Pracy."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from benefits.actions.refunds import has_prepared
from benefits.models import Refund
from benefits.reading import refunds
from cistor.accounts.models import User
from cistor.dates import day_text, in_month_text
from cistor.desk.matters import Matter

# Sent on the day of the signature as a rule; after this many days it is late.
TO_SEND = timedelta(days=7)


def waiting(user: User, on: date) -> Iterator[Matter]:
    """To sign, to send, and last month's payments that nobody has asked back."""
    prepares, signs = user.may("prepare_refund", on=on), user.may("sign_refund", on=on)
    if not prepares and not signs:
        return
    rows = refunds.standings(Refund.objects.visible_to(user, on=on).exclude(steps__kind="sent").order_by("pk"))
    for one in rows:
        url = reverse("benefits:refund", args=[one.refund.pk])
        if not one.is_signed and signs and (one.refund.centre.single_handed or not has_prepared(one.refund, user)):
            yield Matter("soon", "podpisz", f"{one.refund.title}: czeka na podpis", url)
        elif one.is_signed and one.sent_on is None and prepares:
            late = one.refund.signed_on + TO_SEND < on
            since = f"od {day_text(one.refund.signed_on)}" if late else "wyślij"
            yield Matter("late" if late else "soon", since, f"{one.refund.title}: podpisany, do wysłania", url)
    if prepares and (month := refunds.forgotten(user.home_centre, on=on)):
        text = f"Nie wniesiono jeszcze o refundację za wypłaty {in_month_text(month.month, with_year=True)}"
        yield Matter("soon", "przygotuj", text, f"{reverse('benefits:new_refund')}?miesiac={month.month:%Y-%m}")
