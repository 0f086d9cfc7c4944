"""Text taken out of PDF files, put into the order in which it is read.

Files of PDF hold what is drawn where. Lines of Arabic script stand there from left to right, mostly letter by
letter (in presentation forms), mixed with numbers and Latin words; which stood first is told by the rules of
the Unicode Bidirectional Algorithm (UAX #9), turned back. Where these allow two readings, each has its text:
a number to the right of Latin words may belong before or after them, and a line of Latin script on a page of
Arabic script may have been set in either direction.

Heads and feet of pages stand between words that belong together; there is a reading without them, too.
Browsers do the same in ``endpoint/pages/static/reading-order.js``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARABIC_SIGNS = "\u061b\u061e\u061f\u066d\u06d4"
_JOINS = ".,:/\u00a0\u060c\u066b\u066c"
_JOINS_PLAIN = "+-\u2212"
_DRAWN_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_LOST_HEH = re.compile("\u0654\\s*\0|\0\\s*\u0654|(?<!\0)\0(?!\0)")
"""The letter of Persian whose shape most fonts do not name: U+06C0."""

_EDGE = 3
"""Lines at either end of a page that may be its head or foot."""

_REPEATED = 0.3
"""Share of the pages on which such a line stands, numbers aside; on two at least."""

_FULL = 0.8
"""Share of the width of full lines (the upper quartile of a page) below which a line ends a paragraph."""
_SHORT_PAGE = 12
"""Lines of a page that does not tell by itself how it is read."""

_GAP = 0.12
"""Space between two pieces from which on they are two words, as a share of the height of letters."""

Kind = Literal["L", "R", "N", ""]
"""Left to right, right to left, digit, or neither."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters that are drawn next to each other.

    Attributes:
        text: from left to right, as they are drawn.
        x: where they begin, from the left.
        y: their height on the page, in whatever direction.
        width: how far they reach.
        height: of the letters.
    """

    text: str
    x: float
    y: float
    width: float
    height: float


@lru_cache(1 << 13)
def kind_of(sign: str) -> Kind:
    """How a character takes part in ordering a line.

    >>> [kind_of(each) for each in ("a", "\u0628", "7", "\u06f7", "-", "\u061f")]
    ['L', 'R', 'N', 'N', '', 'R']
    """
    category = unicodedata.category(sign)
    if category == "Nd":
        return "N"
    if category[0] != "L" and sign not in _ARABIC_SIGNS:
        return ""
    return "R" if _RIGHT_TO_LEFT.match(sign) else "L"


def as_read(drawn: str, strong: Kind = "R", *, likelier: bool = True) -> str:
    """A line of a right-to-left text, drawn from left to right, in the order in which it is read.

    Args:
        drawn: the line.
        strong: kind of the last letter before the line; empty at the beginning of a paragraph.
        likelier: whether numbers to the right of Latin words follow them; otherwise they come before.

    >>> as_read("12 \u062a\u0628") == "\u0628\u062a 12"
    True
    """
    signs = drawn[::-1]
    kinds = [kind_of(each) for each in signs]
    read: list[str] = []
    at = 0
    while at < len(signs):
        end = _end_of_run(signs, kinds, at, strong, likelier) if kinds[at] in ("L", "N") else at + 1
        strong = "R" if kinds[at] == "R" else "L" if "L" in kinds[at:end] else strong
        read.append(signs[at:end][::-1])
        at = end
    return "".join(read)


def _end_of_run(signs: str, kinds: Sequence[Kind], start: int, strong: Kind, likelier: bool) -> int:
    """Where a run ends that is read from left to right."""
    end, latin = start + 1, "L" in (kinds[start], strong)
    for at in range(end, len(signs)):
        gap = at - end
        if kinds[at] == "R":
            break
        if kinds[at] == "L":
            if not latin and not likelier and gap:
                break
            end, latin = at + 1, True
        elif kinds[at] == "N" and (
            not gap or strong == "L" or (gap == 1 and kinds[end - 1] == "N" and _joined(signs[end], strong))
        ):
            end = at + 1
    return end


def _joined(sign: str, strong: Kind) -> bool:
    """Whether a sign between two numbers makes one of them (rules W2 to W4 of UAX #9)."""
    return sign in _JOINS or (strong != "R" and sign in _JOINS_PLAIN)


def _left_to_right(drawn: str, strong: Kind, *, numbers: bool) -> str:
    """A line of a left-to-right text, with its parts of Arabic script turned around.

    Args:
        drawn: the line.
        strong: kind of the last letter before it.
        numbers: whether a number to the left of Arabic script follows it, as long as no Latin word precedes.
    """
    kinds = [kind_of(each) for each in drawn]
    read: list[str] = []
    last: Kind = ""
    at = 0
    while at < len(drawn):
        end = at + 1
        if kinds[at] == "R" or (numbers and kinds[at] == "N" and last != "L"):
            stop = next((place for place in range(at, len(drawn)) if kinds[place] == "L"), len(drawn))
            end = max((place + 1 for place in range(at, stop) if kinds[place] == "R"), default=end)
            if numbers and strong == "R" and not last:  # a number that goes on with the line before
                end = max([end, *(place + 1 for place in range(end, stop) if kinds[place] == "N")])
        part, turned = drawn[at:end], "R" in kinds[at:end]
        read.append(as_read(part) if turned else part)
        last = "R" if turned else "L" if kinds[at] == "L" else last
        at = end
    return "".join(read)


def readings(pages: Iterable[Sequence[Piece]]) -> list[str]:
    """The texts that pages may be meant to hold, each once, the likeliest first.

    Args:
        pages: for each its pieces, in the order of the file.
    """
    kept = list(pages)
    arabic = _mostly_arabic(piece.text for pieces in kept for piece in pieces)
    right, other, left, last = (
        [_lines(pieces, _Manner(arabic, right, likelier)) for pieces in kept]
        for right in (True, False)
        for likelier in (True, False)
    )
    texts = (right, inner(right), other, inner(other), left, inner(left), last)
    return list(dict.fromkeys("\n".join("\n".join(page) for page in each) for each in texts))


@dataclass(frozen=True, slots=True)
class _Manner:
    """A way to read pages.

    Attributes:
        arabic: whether most letters of the whole text are of Arabic script.
        right: whether lines of Arabic script were set from right to left; browsers print some otherwise.
        likelier: whether numbers stand where they more likely do.
    """

    arabic: bool
    right: bool
    likelier: bool


def _mostly_arabic(texts: Iterable[str]) -> bool:
    kinds = Counter(kind_of(sign) for text in texts for sign in text)
    return kinds["R"] > 0 and kinds["R"] >= kinds["L"]


def _lines(pieces: Sequence[Piece], manner: _Manner) -> list[str]:
    """The lines of a page."""
    together = _together(pieces)
    # A few lines, as on a last page, may be of another script than the text is.
    short = len(together) < _SHORT_PAGE
    page = manner.arabic if short else _mostly_arabic(piece.text for piece in pieces)
    widths = [_width(each) for each in together]
    full = _FULL * sorted(widths)[3 * len(widths) // 4] if widths else 0.0
    strong: Kind = ""
    begins = False
    lines = []
    for each, width in zip(together, widths, strict=True):
        drawn = _LOST_HEH.sub("\u06c0", _drawn(each))
        if begins and manner.right:
            strong = ""
        if manner.right and _is_turned(drawn, manner, page=page):
            line = as_read(drawn, strong if manner.likelier else "R", likelier=manner.likelier)
        else:
            line = _left_to_right(drawn, strong, numbers=not manner.right and manner.likelier)
        strong = next((kind for kind in map(kind_of, reversed(line)) if kind in ("L", "R")), strong)
        begins = width < full
        lines.append(_DRAWN_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line))
    return lines


def _is_turned(drawn: str, manner: _Manner, *, page: bool) -> bool:
    """Whether a line is one of a right-to-left text, if most of its page is or not."""
    kinds = {kind_of(sign) for sign in drawn}
    if "R" in kinds:
        return page or _mostly_arabic([drawn])
    return page and "L" not in kinds if manner.likelier else manner.arabic


def _width(line: Sequence[Piece]) -> float:
    return max(each.x + each.width for each in line) - min(each.x for each in line)


def _together(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that follow each other at one height."""
    lines: list[list[Piece]] = []
    y = height = 0.0
    for piece in pieces:
        if lines and abs(piece.y - y) <= 0.5 * max(piece.height, height):
            lines[-1].append(piece)
            if piece.height <= height:
                continue
        else:
            lines.append([piece])
        y, height = piece.y, piece.height
    return lines


def _drawn(line: Iterable[Piece]) -> str:
    """The pieces of a line from left to right, with spaces where there are gaps."""
    text, end = "", None
    for piece in sorted(line, key=lambda each: each.x):
        if end is not None and piece.x - end > _GAP * piece.height:
            text += " "
        text += piece.text
        end = max(piece.x if end is None else end, piece.x + piece.width)
    return text


def inner(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of pages without their heads and feet: what pages repeat at their ends, numbers aside.

    >>> inner([["Title 1", "One"], ["Title 2", "Two"]])
    [['One'], ['Two']]
    """
    found: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        found.update({(top, _without_numbers(page[at])) for at, top in _edges(page)})
    needed = max(2.0, _REPEATED * len(pages))
    kept = []
    for page in pages:
        left_out = {at for at, top in _edges(page) if found[top, _without_numbers(page[at])] >= needed}
        kept.append([line for at, line in enumerate(page) if at not in left_out])
    return kept


def _edges(page: Sequence[str]) -> list[tuple[int, bool]]:
    """Places of lines near the ends of a page, each with whether it is the upper end."""
    last = len(page)
    return [(at, True) for at in range(min(_EDGE, last))] + [
        (at, False) for at in range(max(0, last - _EDGE), last)
    ]


def _without_numbers(line: str) -> str:
    return "".join(sign for sign in line if kind_of(sign) in ("L", "R"))
