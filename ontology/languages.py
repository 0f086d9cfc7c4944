"""The languages in which every term, entity and page has its words."""

from __future__ import annotations

LANGUAGES = ("en", "fa")
"""BCP 47 tags, in the order in which they are shown."""

# fmt: off
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "aeb", "acm", "apc", "apd", "ajp", "arq", "ars", "ary", "arz", "bal", "bgn", "bqi",
    "brh", "ckb", "dv", "fa", "fas", "glk", "hac", "haz", "he", "iw", "khw", "lrc", "luz", "mzn",
    "nqo", "pal", "per", "phn", "ps", "pus", "rhg", "sam", "sd", "sdh", "skr", "syc", "syr", "trw",
    "ug", "ur", "yi",
})
# fmt: on
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
)
_SCRIPT_LETTERS = 4


def right_to_left(tag: str) -> bool:
    """Whether texts of a language are written from right to left (Unicode CLDR).

    Args:
        tag: of BCP 47, in any case; a script subtag decides, else the language's usual script.

    >>> right_to_left("fa"), right_to_left("az-Arab"), right_to_left("fa-Latn-IR"), right_to_left("hy")
    (True, True, False, False)
    """
    language, *subtags = tag.lower().replace("_", "-").split("-")
    script = next((part for part in subtags if len(part) == _SCRIPT_LETTERS and part.isalpha()), "")
    return script in _RIGHT_TO_LEFT_SCRIPTS if script else language in _RIGHT_TO_LEFT
