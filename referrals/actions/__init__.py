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

__all__ = [
    "AlreadyOpen",
    "attach_scan",
    "begin",
    "declare_exclusions",
    "refuse",
    "reopen",
    "save_draft",
    "submit",
    "withdraw",
]
