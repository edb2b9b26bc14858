"""What is asked for where something is taken back."""

from attendance.forms.incidents import words
from cistor.journal.once import OnceForm


class RetractForm(OnceForm):
    why = words("Dlaczego to wycofujesz", "Na przykład: wpisano przy niewłaściwej osobie. Bez rozpoznania choroby.")
