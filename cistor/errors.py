"""What an act says when it will not be done."""


class Refused(Exception):
    """An act that may not be done now; the message is Polish and goes to the person, `field` to the form."""

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field
