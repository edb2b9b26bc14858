"""What the papers of this room are made from."""

from benefits.documents.certificate import certificate_context, paid
from benefits.documents.payment_list import payment_list_context
from benefits.documents.slip import slip_context

__all__ = ["certificate_context", "paid", "payment_list_context", "slip_context"]
