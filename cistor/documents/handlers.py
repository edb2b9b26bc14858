"""How files come in: into memory, never onto a disk before their content is known, and never more than is allowed."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

from cistor.documents.uploads import LARGEST

# Of a whole request; the proxy in front lets no more through either.
LARGEST_REQUEST = 2 * LARGEST


class Measured(MemoryFileUploadHandler):
    """What goes beyond the largest file is counted and let go, so the form can say that it is too large."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 (Django's)
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig
        self.activated = True

    def receive_data_chunk(self, raw_data, start):
        if start <= LARGEST:
            self.file.write(raw_data)
