"""Names as they are compared: by their letters, by their sound, in Polish order."""

import re
import unicodedata

# Ligatures and unusual letters grow when they are spelled out; the columns do not.
LONGEST = 160
PLAIN = str.maketrans("łŁøØđĐ", "lLoOdD")
# Polish letters follow their plain ones, and the database compares bytes: each is written as the plain one and a mark.
ORDER = {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
SOUNDS = [
    ("rz", "z"), ("sz", "s"), ("cz", "c"), ("dz", "z"), ("ch", "h"), ("ck", "k"), ("th", "t"), ("ph", "f"),
    ("x", "ks"), ("q", "k"), ("v", "w"), ("y", "i"), ("j", "i"),
]  # fmt: skip
MARKED = str.maketrans({"ó": "u", "ż": "z", "ź": "z", "ś": "s", "ć": "c", "ń": "n", "ą": "om", "ę": "em", "ł": "l"})


def words(*names: str) -> list[str]:
    """The words of names, in small letters: "Łącka-Śliwa Żaneta" → łącka, śliwa, żaneta."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", " ".join(names)).lower())


def name_key(*names: str) -> str:
    """Small letters without marks, single spaces: "Łącka-Śliwa Żaneta" → "lacka sliwa zaneta"."""
    return " ".join(filter(None, map(_bare, words(*names))))[:LONGEST]


def sound_key(*names: str) -> str:
    """How the names sound, roughly: "Rzepa" and "Żepa", "Góra" and "Gura", "Nowak" and "Novak" give one key."""
    return " ".join(filter(None, map(_sound, words(*names))))[:LONGEST]


def order_key(*names: str) -> str:
    """Compared byte by byte it gives the Polish order, the same on every machine."""
    small = (unicodedata.normalize("NFC", name).lower() for name in names)
    return " ".join("".join(ORDER.get(c) or _without_marks(c) for c in name) for name in small)[:LONGEST]


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def _bare(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _without_marks(word))


def _sound(word: str) -> str:
    word = word.translate(MARKED)
    for letters, sound in SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", _bare(word))
