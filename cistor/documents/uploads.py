"""Files that people bring: what each is, who may have it, and whether it is what it says.

What a file is called and what the browser declares is believed by nobody: the first bytes say the type, and the whole
has to fit it. No page ever shows a file: it is handed out to be saved, and the program never opens a PDF itself.
"""

import math
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from cistor.errors import Refused

LARGEST = 10 * 1024 * 1024
TOO_LARGE = "Plik jest za duży: najwyżej 10 MB. Zeskanuj go w mniejszej rozdzielczości."
# An A3 sheet at 600 dpi; a small file may unfold into far more.
MOST_PIXELS = 80_000_000
# Object streams of a PDF, unpacked: a scanner's are a few kilobytes.
MOST_UNPACKED = 20 * 1024 * 1024

SUFFIXES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
JPEG = b"\xff\xd8\xff"
ACCEPT = ".pdf,.jpg,.jpeg,.png"


@dataclass(frozen=True)
class Kind:
    title: str
    # Any of these, of the centre's staff.
    rights: tuple[str, ...]


# The code is what the register of readings says too. An office has its scans through its own case.
KINDS = {
    "application_scan": Kind("Skan wniosku o skierowanie", ("see_file", "enter_application")),
    "opinion_scan": Kind("Skan opinii urzędu", ("see_file", "enter_opinion_from_paper")),
    "consent_scan": Kind("Skan zgody kierownika urzędu", ("see_file", "enter_opinion_from_paper")),
    "referral_scan": Kind("Skan skierowania", ("see_file", "enter_opinion_from_paper")),
    "file_paper": Kind("Dokument z teczki", ("see_file",)),
    # The number of the account stands on it.
    "benefit_application_scan": Kind("Skan wniosku o wypłatę świadczenia", ("see_account",)),
    "bailiff_letter": Kind("Skan pisma komornika", ("answer_bailiff",)),
    "incoming_scan": Kind("Skan pisma przychodzącego", ("register_letter",)),
    "deduction_consent": Kind("Skan zgody na potrącenie", ("enter_deduction",)),
}


def tidy_name(name: str) -> str:
    """As it is shown beside the paper: no path, nothing unprintable, cut where nobody reads on."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:120].strip()


def content_type(data: bytes) -> str:
    """`application/pdf`, `image/jpeg` or `image/png`, by the content alone; Refused for anything else or damaged."""
    if not data:
        raise Refused("Plik jest pusty.", field="file")
    if len(data) > LARGEST:
        raise Refused(TOO_LARGE, field="file")
    fault = "To nie jest plik PDF, JPG ani PNG."
    for mime, (start, check) in CHECKS.items():
        if data.startswith(start):
            fault = check(data)
            if not fault:
                return mime
    raise Refused(fault, field="file")


# PDF -----------------------------------------------------------------------------------------------------------------


def _named(*names: str) -> re.Pattern[bytes]:
    """These names of PDF, whole, with any letter written as such or in its code: `/J#61vaScript`."""
    spelt = ["".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name) for name in names]
    return re.compile(f"/(?:{'|'.join(spelt)})(?![A-Za-z])".encode())


# What runs, starts something or carries another file. `/JS` alone is too short: three bytes turn up in any picture.
ACTIVE = _named("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia")
PROTECTED = _named("Encrypt")
STREAM = re.compile(rb"stream\r?\n")
# Bytes before a stream in which its own description stands.
HEAD = 1000
# Readers look for the end in the last kilobyte; what is longer has something else behind it.
TAIL = 1024


def _pdf_fault(data: bytes) -> str:
    """A whole PDF that can be read for years and does nothing by itself. A net, not a wall: see the module."""
    if b"%%EOF" not in data[-TAIL:] or b"startxref" not in data:
        return "Plik PDF jest uszkodzony albo niepełny. Zapisz go jeszcze raz."
    if PROTECTED.search(data):
        return "Plik PDF jest zabezpieczony hasłem. Zapisz go bez hasła albo wydrukuj do nowego pliku PDF."
    unpacked = _object_streams(data)
    if unpacked is None or ACTIVE.search(data) or ACTIVE.search(unpacked):
        return "Plik PDF zawiera skrypt albo inny plik. Wydrukuj go do nowego pliku PDF albo wgraj skan."
    return ""


def _object_streams(data: bytes) -> bytes | None:
    """What the packed objects say; None for more than any scan has."""
    found = bytearray()
    for head, body in _streams(data):
        if b"/ObjStm" in head:
            with suppress(zlib.error):
                found += zlib.decompressobj().decompress(body, MOST_UNPACKED - len(found) + 1)
        if len(found) > MOST_UNPACKED:
            return None
    return bytes(found)


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each stream, and the stream; every byte is looked at once, however the file is made."""
    at = 0
    while (begin := STREAM.search(data, at)) and (end := data.find(b"endstream", begin.end())) >= 0:
        yield data[max(at, begin.start() - HEAD) : begin.start()], data[begin.end() : end]
        at = end + len(b"endstream")


# Pictures ------------------------------------------------------------------------------------------------------------


class WholeJpeg(JpegImageFile):
    """Pillow completes a picture that is cut, once WeasyPrint has told it so; here it is an error."""

    def load_read(self, read_bytes):
        data = self.fp.read(read_bytes)
        if not data:
            raise OSError("cut")
        return data


def _picture_fault(data: bytes) -> str:
    reader = WholeJpeg if data.startswith(JPEG) else PngImageFile
    try:
        with reader(BytesIO(data)) as picture:
            if math.prod(picture.size) > MOST_PIXELS:
                return "Obraz ma za dużo punktów. Zeskanuj go w mniejszej rozdzielczości (wystarczy 300 dpi)."
            _read_to_the_end(picture)
    except (OSError, SyntaxError, ValueError, struct.error):
        return "Obraz jest uszkodzony albo niepełny. Zapisz go jeszcze raz."
    return ""


def _read_to_the_end(picture: ImageFile) -> None:
    """Without unfolding it all: a PNG by its checksums, a JPEG at an eighth of its size."""
    if isinstance(picture, PngImageFile):
        picture.verify()
    else:
        picture.draft(picture.mode, (picture.width // 8, picture.height // 8))
        picture.load()


CHECKS = {
    "application/pdf": (b"%PDF-", _pdf_fault),
    "image/jpeg": (JPEG, _picture_fault),
    "image/png": (b"\x89PNG\r\n\x1a\n", _picture_fault),
}
