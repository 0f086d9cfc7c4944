"""Characters that nobody sees, made visible in messages that point at them."""

from __future__ import annotations

import re
import unicodedata


def visible(text: str) -> str:
    """A text whose invisible characters are named, for messages.

    Joiners within a word, as Persian writes them, stay.

    >>> visible("\\u200b is not a valid subject")
    '<U+200B> is not a valid subject'
    >>> visible("می\\u200cروم")
    'می\\u200cروم'
    """

    def shown(found: re.Match[str]) -> str:
        character = found[0]
        if character in "\u200c\u200d" and _within(text, found.start()):
            return character
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs")
        return f"<U+{ord(character):04X}>" if hidden else character

    return re.sub(r"[^ -~\n\t]", shown, text)


def _within(text: str, index: int) -> bool:
    """Whether letters stand on both sides."""
    return 0 < index < len(text) - 1 and text[index - 1].isalpha() and text[index + 1].isalpha()
