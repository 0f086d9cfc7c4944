"""Unicode's blocks by the names that regular expressions of XML Schema use (part 2, §G.4.2.3).

``unicode_blocks.tsv`` holds name, first and last code point of each block of Unicode 14.0 but those of
surrogates, after the standard's file Blocks.txt, the names without spaces.
"""

from __future__ import annotations

from pathlib import Path

_ALIASES = {
    "Greek": "GreekandCoptic",
    "CombiningMarksforSymbols": "CombiningDiacriticalMarksforSymbols",
    "PrivateUse": "PrivateUseArea",
}


def _read() -> dict[str, tuple[int, int]]:
    text = Path(__file__).with_name("unicode_blocks.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {name: (int(first, 16), int(last, 16)) for name, first, last in rows}


# Read at import: an evaluator can open no file later.
_BLOCKS = _read()


def block_range(name: str) -> tuple[int, int] | None:
    """First and last code point of a block; ``None`` if there is none of that name.

    >>> block_range("Arabic")
    (1536, 1791)
    """
    return _BLOCKS.get(_ALIASES.get(name, name))
