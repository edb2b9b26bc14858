"""Names as they are compared: by their letters, by their sound, in Polish order."""

import re
import unicodedata

PLAIN = str.maketrans("łŁøØđĐ", "lLoOdD")
# Polish letters follow their plain ones; the database compares bytes, so each is written as its plain letter and a mark.
ORDER = {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
SOUNDS = [
    ("rz", "z"), ("sz", "s"), ("cz", "c"), ("dz", "z"), ("ch", "h"), ("ck", "k"), ("th", "t"), ("ph", "f"),
    ("x", "ks"), ("q", "k"), ("v", "w"), ("y", "i"), ("j", "i"),
]  # fmt: skip
MARKED = str.maketrans({"ó": "u", "ż": "z", "ź": "z", "ś": "s", "ć": "c", "ń": "n", "ą": "om", "ę": "em", "ł": "l"})


def name_key(*names: str) -> str:
    """Small letters without marks, single spaces: "Łącka-Śliwa Żaneta" → "lacka sliwa zaneta"."""
    text = " ".join(names).translate(PLAIN).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def sound_key(*names: str) -> str:
    """How the names sound, roughly: "Rzepa" and "Żepa", "Góra" and "Gura", "Nowak" and "Novak" give one key."""
    return " ".join(_sound(word) for word in re.findall(r"\w+", " ".join(names).lower()))


def _sound(word: str) -> str:
    word = word.translate(MARKED)
    for letters, sound in SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", name_key(word).replace(" ", ""))


def order_key(*names: str) -> str:
    """Compared byte by byte it gives the Polish order, the same on every machine."""
    return " ".join("".join(ORDER.get(letter, letter) for letter in name.lower()) for name in names)
