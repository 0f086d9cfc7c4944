"""One spelling for texts that are compared: letters that keyboards and typesetters mix up."""

from __future__ import annotations

import re

NON_JOINER = "\u200c"
"""The zero-width non-joiner, which joins the parts of Persian words and is often a space, or missing."""

_ALIKE = {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و", "’": "'"}
_LETTERS = str.maketrans(_ALIKE | dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True)))
_SIGNS = re.compile("[\u0640\u064b-\u0655\u0670\u200b\u200d-\u200f\u00ad]")


def plain(text: str, *, fold_case: bool = True) -> str:
    """A text in one spelling of each letter and digit and in small letters, words apart by single spaces.

    Args:
        text: any text.
        fold_case: whether letters become small ones.

    >>> plain("كاملاً  ۱۲") == "کاملا 12"
    True
    """
    spelled = _SIGNS.sub("", text.translate(_LETTERS))
    return " ".join((spelled.casefold() if fold_case else spelled).split())


def contains_words(text: str, words: str) -> bool:
    """Whether a text has some words, whole, in whatever spelling, with or without non-joiners.

    >>> contains_words("He calls Peres Prime Minister.", "prime minister"), contains_words("Iranians", "Iran")
    (True, False)
    """
    wanted = re.escape(plain(words.replace(NON_JOINER, " ")))
    return (
        bool(wanted)
        and re.search(rf"(?<!\w){wanted}(?!\w)", plain(text.replace(NON_JOINER, " "))) is not None
    )
