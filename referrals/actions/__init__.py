from referrals.actions.intake import (
    AlreadyOpen,
    attach_scan,
    begin,
    declare_exclusions,
    refuse,
    reopen,
    save_draft,
    submit,
    withdraw,
)
from referrals.actions.office import (
    confirm_receipt,
    record_consent,
    record_opinion,
    record_referral,
    remind,
    send,
    take_back,
)
from referrals.actions.reserve import answer, offer
from referrals.actions.telling import tell

__all__ = [
    "AlreadyOpen",
    "answer",
    "attach_scan",
    "begin",
    "confirm_receipt",
    "declare_exclusions",
    "offer",
    "record_consent",
    "record_opinion",
    "record_referral",
    "refuse",
    "remind",
    "reopen",
    "save_draft",
    "send",
    "submit",
    "take_back",
    "tell",
    "withdraw",
]
