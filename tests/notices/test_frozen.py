"""What is signed, void or sent stays as it is, whoever writes to the tables."""

import pytest
from django.db import IntegrityError, transaction

from cistor.notices.models import Dispatch, Letter, Run, Withholding
from tests.notices.making import SIGNED, make_letter, make_signed, send

REFUSED = pytest.raises(IntegrityError, match="issued, never changes")


@pytest.mark.parametrize("status", ["signed", "void"])
@pytest.mark.parametrize("change", [{"due_on": None}, {"status": "draft"}, {"text": "Inaczej."}, {"office": None}])
def test_a_letter_signed_or_void_never_changes(centre, status, change):
    letter = make_letter(make_signed(centre), status=status)
    with REFUSED, transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)
    with REFUSED, transaction.atomic():
        Letter.objects.filter(pk=letter.pk)._raw_delete(using="default")


def test_a_sending_never_changes(centre):
    sent = send(make_letter(make_signed(centre), status="signed"), SIGNED)
    with REFUSED, transaction.atomic():
        Dispatch.objects.filter(pk=sent.pk).update(due_on=None)
    with REFUSED, transaction.atomic():
        sent.delete()


def test_a_withholding_never_changes(centre, director):
    letter = make_letter(make_signed(centre), status="signed")
    row = Withholding.objects.create(letter=letter, reason="Błąd.", withheld_on=SIGNED, withheld_by=director)
    with REFUSED, transaction.atomic():
        Withholding.objects.filter(pk=row.pk).update(reason="Inny.")
    with REFUSED, transaction.atomic():
        row.delete()


def test_a_run_never_changes(centre):
    run = Run.objects.create(centre=centre, on=SIGNED, failed=1)
    with REFUSED, transaction.atomic():
        Run.objects.filter(pk=run.pk).update(failed=0)


def test_a_programme_has_one_letter_of_a_kind_to_each_addressee(centre):
    programme = make_signed(centre)
    make_letter(programme, "insurance_told")
    with pytest.raises(IntegrityError, match="letter_once_about_a_programme"), transaction.atomic():
        make_letter(programme, "insurance_told")


@pytest.mark.parametrize("signed", [{"status": "signed"}, {"signed_on": SIGNED}])
def test_a_signature_is_whole_or_not_there(centre, signed):
    letter = make_letter(make_signed(centre))
    with pytest.raises(IntegrityError, match="letter_signed_complete"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**signed)
