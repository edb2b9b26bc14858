"""Why a settlement cannot be computed. Every message is Polish and meant for the person at the desk."""


class RuleError(Exception):
    """A settlement that cannot be computed."""


class ContradictoryInputs(RuleError):
    """The facts contradict each other, or one of them cannot be read."""


class WrongSetting(RuleError):
    """A setting of the regulations that is missing, unknown or has no meaning."""


class MissingRegulations(RuleError):
    """No version of the regulations is in force on a day that is paid."""


class MissingStatutoryRate(RuleError):
    """No value of a statutory parameter is known for the day; guessing would pay somebody wrongly."""
