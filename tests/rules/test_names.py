from hypothesis import given
from hypothesis import strategies as st

from cistor.names import LONGEST, name_key, order_key, sound_key

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
WORDS = st.text(alphabet=ALPHABET, min_size=1, max_size=12)


def place(word):
    return [ALPHABET.index(letter) for letter in word]


@given(WORDS, WORDS)
def test_the_order_key_sorts_as_the_polish_alphabet(one, other):
    assert (order_key(one) < order_key(other)) == (place(one) < place(other))


def test_surnames_come_before_first_names_and_shorter_before_longer():
    people = [("Łoś", "Ewa"), ("Los", "Zoé"), ("Zając", "Jan"), ("Los", "Ada"), ("Losek", "Ada"), ("Żak", "Iga")]
    assert sorted(people, key=lambda person: order_key(*person)) == [
        ("Los", "Ada"), ("Los", "Zoé"), ("Losek", "Ada"), ("Łoś", "Ewa"), ("Zając", "Jan"), ("Żak", "Iga")
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_a_name_key_is_plain_letters_and_its_own_key(text):
    key = name_key(text)
    assert key == name_key(key)
    assert key.isascii()
    assert len(key) <= LONGEST


@given(st.text(max_size=300))
def test_every_key_fits_its_column(text):
    assert max(len(sound_key(text)), len(order_key(text))) <= LONGEST


def test_names_that_sound_alike_have_one_key():
    for one, other in [("Rzepa", "Żepa"), ("Góra", "Gura"), ("Nowak", "Novak"), ("Chmiel", "Hmiel"), ("Anna", "Ana")]:
        assert sound_key(one) == sound_key(other)


def test_names_that_sound_different_have_not():
    assert sound_key("Nowak") != sound_key("Nowik")


def test_marks_and_hyphens_do_not_matter_to_the_name_key():
    assert name_key("Łącka-Śliwa", " Żaneta ") == "lacka sliwa zaneta"
