"""Text folded so that spellings of one name in Persian, English, Azerbaijani and Turkish come together.

Unicode decomposition, then what it does not know: Arabic and Persian forms of Yeh and Kaf, the zero-width
non-joiner, tatweel, vowel signs, letters of Azerbaijani and Turkish, and ways of transliterating.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

LONGEST_NAME = 500
"""Code points of the longest text that is taken for a name, before and after folding."""

LONGEST_PREFIX = 60
"""Code points of a name that count while somebody types."""

_ALIKE = {
    "ی": "يىئېێ",
    "ک": "كڪ",
    "ه": "ةۀھەہ",
    "ا": "أإآٱ",
    "و": "ؤۆۇ",
    "": "ءـ\u200c\u200d\u200e\u200f\u00ad'’‘`´ʿʾʻʼ",
    "e": "ə",
    "i": "ı",
    "o": "ø",
    "d": "ð",
    "l": "ł",
    "ss": "ß",
    "ae": "æ",
}
_LETTERS = str.maketrans({form: letter for letter, forms in _ALIKE.items() for form in forms})
_MARKS = {"Mn", "Me", "Cf"}


class _BareLetters(dict[int, str]):
    """Each letter without its marks, in one form, a digit as a Latin one: for :meth:`str.translate`."""

    def __missing__(self, code: int) -> str:
        """Look a letter up; those of living scripts are kept."""
        letter = chr(code)
        bare = "" if unicodedata.category(letter) in _MARKS else letter.translate(_LETTERS)
        made = "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in bare)
        if code <= _LAST_OF_BASIC_PLANE:
            self[code] = made
        return made


_LAST_OF_BASIC_PLANE = 0xFFFF
_BARE = _BareLetters()
_WORDS = re.compile(r"[^\W_]+")
_SOUNDS = (
    ("dzh", "j"), ("kh", "h"), ("gh", "k"), ("sh", "s"), ("ch", "j"), ("zh", "j"), ("dj", "j"), ("ts", "s"),
    ("ph", "f"), ("th", "t"), ("x", "h"), ("q", "k"), ("g", "k"), ("c", "j"), ("w", "v"), ("d", "t"),
    ("z", "s"),
)  # fmt: skip
_VOWELLED = re.compile("[\u0370-\u058f\u10a0-\u10ff]")
# The library reads its tables when it meets a script; evaluators may open no file, so all are read now.
anyascii("".join(map(chr, range(0x0300, 0x0600))) + "".join(map(chr, range(0x1000, 0x1100))))
_NON_JOINER = "\u200c"


def fold(text: str) -> str:
    """The words of a text without case, diacritics, joiners and differences of letter form.

    A text longer than :data:`LONGEST_NAME`, or one that becomes so (some ligatures stand for eighteen
    letters), is no name: nothing is left of it. So the cost is bounded whatever is given.

    >>> fold("Əliyev, Ilham") == fold("ƏLİYEV  İLHAM") == "eliyev ilham"
    True
    >>> fold("علي‌اف") == fold("علی‌اف") == fold("عــلیاف")
    True
    >>> fold("e" + "\\u0301" * 170_000), fold("\\ufdfa" * 400)
    ('', '')
    """
    if len(text) > LONGEST_NAME:
        return ""
    lowered = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFD", lowered)
    folded = " ".join(_WORDS.findall(decomposed.translate(_BARE)))
    return folded if len(folded) <= LONGEST_NAME else ""


def pieces(text: str) -> list[str]:
    """The folded parts of a text: its words, and what a non-joiner divides in them.

    >>> len(pieces("قره‌باغ")), len(pieces("قره باغ")), len(pieces("قرهباغ"))
    (2, 2, 1)
    """
    return fold(text.replace(_NON_JOINER, " ")).split()


def joined(folded: str) -> str:
    """A folded text without its spaces: Persian names are written with a space, a non-joiner or nothing.

    >>> joined(fold("قره‌باغ")) == joined(fold("قره باغ")) == joined(fold("قرهباغ"))
    True
    """
    return folded.replace(" ", "")


def tails(parts: list[str]) -> str:
    """What can be begun to type of a name: from each of its parts on, without spaces, each after a bar.

    >>> tails(pieces("Ilham Aliyev"))
    '|ilhamaliyev|aliyev'
    """
    return "".join("|" + "".join(parts[place:])[:LONGEST_PREFIX] for place in range(len(parts)))


def romanized(folded: str) -> str:
    """A folded text in Latin letters, if its script writes vowels (Cyrillic, Armenian, …); else as it is.

    >>> romanized(fold("Нагорный Карабах")), romanized(fold("Երևան")), romanized(fold("ბაქო"))
    ('nagornyi karabakh', 'erewan', 'bako')
    >>> romanized(fold("باکو")) == fold("باکو")
    True
    """
    return fold(anyascii(folded)) if _VOWELLED.search(folded) else folded


def sounds(folded: str) -> str:
    """The consonants of a folded text in classes that transliterations mix up.

    >>> sounds(fold("Khomeini")) == sounds(fold("Xomeyni")) == sounds(fold("Humeyni"))
    True
    >>> sounds(fold("Хомейни")) == sounds(fold("Khomeini"))
    True
    """
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", _classes(romanized(folded).replace(" ", ""))))


def heard(folded: str) -> str:
    """A folded word with its vowels, its consonants in classes that transliterations mix up.

    >>> heard(fold("Türkmənçay")) == heard(fold("Turkmenchay"))
    True
    >>> heard(fold("Qarabağ")), heard(fold("Карабах"))
    ('karabak', 'karabah')
    """
    return re.sub(r"(.)\1+", r"\1", _classes(romanized(folded)).replace("y", "i"))


def _classes(text: str) -> str:
    for one, other in _SOUNDS:
        text = text.replace(one, other)
    return text


def grams(text: str, size: int = 3) -> frozenset[str]:
    """The letter groups of a text, its ends included.

    >>> sorted(grams("ab"))
    ['  a', ' ab', 'ab ', 'b  ']
    """
    padded = " " * (size - 1) + text + " " * (size - 1)
    return frozenset(padded[index : index + size] for index in range(len(padded) - size + 1))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of two sets of letter groups that both have, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


@lru_cache(1 << 15)
def _pieces_of_word(word: str) -> tuple[str, ...]:
    return tuple(pieces(word))


def text_words(text: str) -> list[str]:
    """The folded words of a text of any length; what a non-joiner divides is divided.

    Each word is folded by itself, so the cost grows with the text and with nothing else.

    >>> text_words("Nagorno-Karabakh’s"), len(text_words("قره‌باغ"))
    (['nagorno', 'karabakhs'], 2)
    """
    return [piece for word in text.split() for piece in _pieces_of_word(word)]


def is_arabic(folded: str) -> bool:
    """Whether a folded word is in Arabic script, where a space, a non-joiner or nothing divides one name."""
    return "\u0600" <= folded[:1] <= "\u06ff"


def joined_pairs(words: Sequence[str]) -> list[str]:
    """Neighbours of a text in Arabic script written together, as some people write them.

    >>> joined_pairs(["قره", "باغ", "war"])
    ['قرهباغ']
    """
    return [one + other for one, other in pairwise(words) if is_arabic(one) and is_arabic(other)]
