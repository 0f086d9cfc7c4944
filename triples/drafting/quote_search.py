"""Quotes found in a text: all places, tolerantly, or the nearest where there is none.

Offsets are 0-based code points of the text as it stands, end exclusive, as everywhere
(:mod:`araxes.triples.originals.passages`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from araxes.ontology.errors import InputError
from araxes.triples.drafting.folded_text import SOFT, FoldedText, is_wordlike

LONGEST_PASSAGE = 2000
"""Code points of the longest stretch that a quote with ``…`` may reach over."""

LEAST_ALIKE = 0.4
"""Share of a quote's words that a place must have to be shown as the nearest."""

_DOTS = r"(?:…|\.\s?\.\s?\.+)"
_GAP = re.compile(rf"\s*(?:\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS})\s*")
_AROUND = " \t\n\"'`´‘’‚‛“”„‟«»‹›.,;:!?،؛؟"
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]
"""Start and end of a passage."""


@dataclass(frozen=True)
class Nearest:
    """The place of a text that is most like a quote which does not stand in it.

    Attributes:
        start: its first code point.
        end: one past its last.
        share: share of the quote's words that stand there, 0 to 1.
        instead: words of the quote, each stretch with what stands there instead (either may be empty).
    """

    start: int
    end: int
    share: float
    instead: tuple[tuple[str, str], ...]


def find_quote(text: FoldedText, quote: str, *, whole: bool = True) -> list[Span]:
    """Every place where a quote stands, whole words only unless `whole` is false, in the order of the text.

    An ellipsis that the text itself does not have stands for words left out: then each place reaches from
    the first words to the last over at most :data:`LONGEST_PASSAGE` characters. Where nothing stands just so,
    capitals make no difference, and then not even marks around the quote.

    >>> find_quote(FoldedText("He said “no” – twice."), 'said "no" - twice')
    [(3, 20)]
    >>> find_quote(FoldedText("co-\\noperation of states"), "cooperation")
    [(0, 13)]
    """
    for wanted in dict.fromkeys((quote, quote.strip(_AROUND))):
        for cased in (True, False):
            found = _places(text, wanted, whole=whole, cased=cased)
            parts = _parts(wanted)
            if not found and parts and parts != [wanted]:
                found = _over_gaps(text, parts, whole=whole, cased=cased)
            if found:
                return found
    return []


def _parts(quote: str) -> list[str]:
    """A quote at its gaps."""
    return [part for part in _GAP.split(quote) if part.strip()]


def _over_gaps(text: FoldedText, parts: Sequence[str], *, whole: bool, cased: bool) -> list[Span]:
    """The tightest places that begin with the first part, go on with the others, and end with the last."""
    chains: list[Span] = _places(text, parts[0], whole=whole, cased=cased)
    for part in parts[1:]:
        following = _places(text, part, whole=whole, cased=cased)
        longer: dict[int, Span] = {}
        for start, end in chains:
            place = bisect_left(following, (end, 0))
            if place < len(following) and following[place][1] - start <= LONGEST_PASSAGE:
                longer[following[place][1]] = (start, following[place][1])  # the later start is tighter
        chains = sorted(longer.values())
    return chains


def _places(text: FoldedText, quote: str, *, whole: bool, cased: bool) -> list[Span]:
    """Where a quote without gaps stands."""
    wanted = FoldedText(quote).folded
    if not any(is_wordlike(character) for character in wanted):
        return []
    pattern = _pattern(wanted, SOFT in text.folded, cased=cased)
    found: list[Span] = []
    match = pattern.search(text.folded)
    while match:
        span = text.span(match.start(), match.end())
        if (not whole or _is_whole(text.text, span)) and span not in found[-1:]:
            found.append(span)
        match = pattern.search(text.folded, match.start() + 1)
    return found


def _pattern(folded: str, hyphenated: bool, *, cased: bool) -> re.Pattern[str]:
    signs = {SOFT: f"[-{SOFT}]?", "-": f"[-{SOFT}]"}
    between = f"{SOFT}?" if hyphenated else ""
    written = between.join(signs.get(one) or re.escape(one) for one in folded)
    return re.compile(written, 0 if cased else re.IGNORECASE)


def _is_whole(text: str, span: Span) -> bool:
    """Whether a place begins and ends between words."""
    start, end = span
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (is_wordlike(before) and is_wordlike(text[start])) and not (
        is_wordlike(after) and is_wordlike(text[end - 1])
    )


def nearest(text: FoldedText, quote: str) -> Nearest | None:
    """The place of a text that has most words of a quote; ``None`` if no place has enough of them."""
    here, wanted = list(_words(text)), [word for word, _ in _words(FoldedText(quote))]
    best = _best_window([word for word, _ in here], wanted)
    if not wanted or best is None:
        return None
    first, last = best
    there = [word for word, _ in here[first:last]]
    matcher = SequenceMatcher(None, wanted, there, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    share = sum(block.size for block in blocks) / len(wanted)
    if share < LEAST_ALIKE:
        return None
    # What stands before the first and after the last word in common is not the place that is meant.
    low, high = blocks[0].b, blocks[-1].b + blocks[-1].size
    matcher = SequenceMatcher(None, wanted, there[low:high], autojunk=False)
    instead = tuple(
        (" ".join(wanted[i:j]), " ".join(there[low:high][k:m]))
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    )
    return Nearest(here[first + low][1][0], here[first + high - 1][1][1], share, instead)


def _words(text: FoldedText) -> Iterator[tuple[str, Span]]:
    """The folded words of a text, each with its place."""
    spaced = text.text
    for match in _WORD.finditer(spaced):
        folded = FoldedText(match.group()).folded.casefold()
        if folded:
            yield folded, match.span()


def _best_window(here: Sequence[str], wanted: Sequence[str]) -> Span | None:
    """The stretch of words, somewhat longer than what is wanted, that has most of it."""
    width = len(wanted) + max(2, len(wanted) // 4)
    need, have, common = Counter(wanted), Counter[str](), 0
    best: tuple[int, int] = (0, 0)
    for place, word in enumerate(here):
        have[word] += 1
        common += have[word] <= need[word]
        if place >= width:
            left = here[place - width]
            common -= have[left] <= need[left]
            have[left] -= 1
        best = max(best, (common, -place))
    if not best[0]:
        return None
    end = 1 - best[1]
    return max(0, end - width), end


@dataclass(frozen=True)
class QuoteProblem:
    """Why a quote gives no passage.

    Attributes:
        message: what is wrong.
        remedy: what to do.
        places: where it stands, if it stands at more than one place; or the nearest.
        check: name of what is wrong.
    """

    message: str
    remedy: str
    places: tuple[Span, ...] = ()
    check: str = "quote-not-found"


def line_of(text: str, offset: int) -> int:
    """The 1-based line on which an offset stands."""
    return text.count("\n", 0, offset) + 1


def one_place(
    text: FoldedText, quote: str, occurrence: int | None = None, within: str = "", *, whole: bool = True
) -> Span | QuoteProblem:
    """The one place that is meant by a quote, or why it cannot be told.

    Args:
        text: the original.
        quote: words of it.
        occurrence: which of the places, from 1, if there are several.
        within: a longer stretch of the text, standing in it once, in which the quote is looked for; it may
            begin and end within words.
        whole: whether the quote must be of whole words.
    """
    if not quote.strip():
        return QuoteProblem(
            "no words are given",
            "copy the words of the passage, or the first … the last",
            (),
            "quote-missing",
        )
    low, high = 0, len(text.text)
    if within:
        around = one_place(text, within, whole=False)
        if isinstance(around, QuoteProblem):
            return QuoteProblem(f"`within`: {around.message}", around.remedy, around.places, around.check)
        low, high = around
    found = [span for span in find_quote(text, quote, whole=whole) if low <= span[0] and span[1] <= high]
    if not found:
        return _not_there(text, quote, bool(within))
    if occurrence is None and len(found) > 1:
        listed = ", ".join(
            f"{number}: characters {start}–{end} (line {line_of(text.text, start)})"
            for number, (start, end) in enumerate(islice(found, 10), 1)
        )
        remedy = (
            "lengthen the quote, or say which with `occurrence:`, or what stands around it with `within:`"
        )
        message = f"the quote stands at {len(found)} places: {listed}{', …' if len(found) > 10 else ''}"
        return QuoteProblem(message, remedy, tuple(found), "quote-ambiguous")
    if occurrence is not None and not 1 <= occurrence <= len(found):
        return QuoteProblem(
            f"there is no occurrence {occurrence}: the quote stands at {len(found)} places",
            f"choose one from 1 to {len(found)}",
            tuple(found),
            "quote-ambiguous",
        )
    return found[(occurrence or 1) - 1]


def _not_there(text: FoldedText, quote: str, within: bool) -> QuoteProblem:
    where = "the stretch that `within` names" if within else "the text"
    message = f"the quote does not stand in {where}"
    if problem := _parts_apart(text, quote):
        return problem
    near = nearest(text, quote)
    if near is None:
        return QuoteProblem(f"{message}, nor anything like it", "quote what the text says, in its own words")
    differing = "; ".join(
        f"«{there}» for «{quoted}»" if quoted and there else f"also «{there}»" if there else f"no «{quoted}»"
        for quoted, there in near.instead[:4]
    )
    at = f"characters {near.start}–{near.end} (line {line_of(text.text, near.start)})"
    what = f"; there stands {differing}" if differing else ""
    return QuoteProblem(
        f"{message}; the nearest is {at}, with {near.share:.0%} of its words{what}",
        "copy the words as they stand there, or leave the claim out",
        ((near.start, near.end),),
    )


def _parts_apart(text: FoldedText, quote: str) -> QuoteProblem | None:
    """What is wrong with a quote all of whose parts stand in the text, but not one after another."""
    parts = _parts(quote)
    places = [find_quote(text, part) for part in parts]
    if len(parts) < 2 or not all(places):
        return None
    firsts = [found[0] for found in places]
    listed = "; ".join(
        f"«{part}» at characters {start}–{end} (line {line_of(text.text, start)})"
        for part, (start, end) in zip(parts, firsts, strict=True)
    )
    return QuoteProblem(
        f"the parts of the quote stand in the text, but not in this order within {LONGEST_PASSAGE} "
        f"characters: {listed}",
        "quote them as passages of their own, or put them in the order of the text",
        tuple(firsts),
    )


def locate(text: FoldedText, words: str, line: int = 1) -> list[Span]:
    """Every place of some words from a line on.

    Raises:
        InputError: they are not there, no words are given, or the text has no such line.
    """
    starts = [0, *(found.end() for found in re.finditer("\n", text.text))]
    if not 1 <= line <= len(starts):
        raise InputError(f"the text has no line {line}", f"choose one from 1 to {len(starts)}")
    if not any(map(is_wordlike, words)):
        raise InputError("no words are given", "copy the first words of the passage, or all of it")
    found = [span for span in find_quote(text, words) if span[0] >= starts[line - 1]]
    if not found:
        problem = _not_there(text, words, within=False)
        raise InputError(f"not found from line {line} on: {words!r}: {problem.message}", problem.remedy)
    return found
