"""The words that somebody looks for, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from araxes.endpoint.search.likeness.folding import is_arabic, joined_pairs, text_words

LONGEST_QUERY = 400
"""Code points of a query that are read."""

MOST_WORDS = 8
"""Words of a query that are looked for."""

_LONGEST_WORD = 60
_SHORTEST_BEGINNING = 3
_SHORTEST_STEM = 4
_LONGEST_EXCERPT = 260
_BEFORE = 60
"""Code points of an excerpt before its first mark."""

_WORD = re.compile(r"[\w\u200c\u200d\u0300-\u036f\u064b-\u065f\u0670'’ʻʼ]+")
_NON_JOINER = "\u200c"
_ENDINGS = (
    "ically",
    "ally",
    "al",
    "ions",
    "ion",
    "ies",
    "es",
    "e",
    "s",
    "ing",
    "ed",
    "ment",
    "ها",
    "های",
    "هایی",
    "ان",
    "ی",
)
_STOP = frozenset(
    text_words(
        "a an and are as at be been by can did do does for from had has have how in into is it its of on or "
        "that the their them they this to was were what when where which who whom whose why will with "
        "anybody anyone anything somebody someone something "
        "about according say says said between source sources disagree disagrees disagreement disagreements "
        "و در به از که را با این آن برای است بود بر تا یا چه چیست کیست کجا کدام چگونه آیا دربارهٔ درباره "
        "می ها های هایی کی یک هر هم نیز شد شده شود کند کرد کنند اند بین میان چرا چند خود آنها نمی هست "
        "چیز چیزی چیزهایی کس کسی کسانی همه "
        "هستند بوده دارد دارند منبع منابع اختلاف گفته می‌گوید می‌گویند گوید گویند"
    )
)
Part = tuple[str, bool]
"""A piece of a text, and whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a query.

    Attributes:
        word: folded.
        others: how it may be written together with a neighbour.
        whole: whether it is meant as it stands, not as the beginning of a word.
    """

    word: str
    others: tuple[str, ...] = ()
    whole: bool = False

    def match(self) -> str:
        """An expression of FTS5 for it: the word, what begins with it, and the other ways to write it.

        Folded words hold letters and digits alone, so that nothing of them is an operator.

        >>> QueryTerm("iran").match()
        '"iran" OR "iran" *'
        """
        ways = [f'"{self.word}"']
        if len(self.word) >= _SHORTEST_BEGINNING and not self.whole:
            ways.append(f'"{self.word}" *')
        return " OR ".join([*ways, *(f'"{other}"' for other in self.others)])


def query_terms(text: str) -> list[QueryTerm]:
    """The words that count in a query, each once; all of them when none does.

    >>> [term.word for term in query_terms("Where do the sources disagree about Iran in Karabakh?")]
    ['iran', 'karabakh']
    >>> query_terms('"*()^:-'), query_terms("the")
    ([], [QueryTerm(word='the', others=(), whole=False)])
    """
    # What a non-joiner follows is not the beginning of a word.
    read = [
        (word, place < word_text.count(_NON_JOINER))
        for word_text in text[:LONGEST_QUERY].split()
        for place, part in enumerate(word_text.split(_NON_JOINER))
        for word in text_words(part)
        if len(word) <= _LONGEST_WORD
    ]
    words = [word for word, _ in read]
    found: dict[str, QueryTerm] = {}
    telling = [place for place, word in enumerate(words) if word not in _STOP] or list(range(len(words)))
    for place in telling:
        others = joined_pairs(words[max(0, place - 1) : place + 2]) if is_arabic(words[place]) else []
        found.setdefault(words[place], QueryTerm(words[place], tuple(others), read[place][1]))
    return list(found.values())[:MOST_WORDS]


def phrase(terms: Sequence[QueryTerm]) -> str:
    """An expression of FTS5 for the words in their order.

    >>> phrase(query_terms("soft power"))
    '"soft power"'
    """
    return f'"{" ".join(term.word for term in terms)}"'


class Marker:
    """Marks what was looked for in texts."""

    def __init__(self, terms: Sequence[QueryTerm]) -> None:
        """Remember what each word was found to be, since texts share most of theirs."""
        self._terms = terms
        self._known: dict[str, bool] = {}

    def marked(self, text: str) -> list[Part]:
        """A text in pieces, those marked that were looked for; of a long text the place where they begin.

        >>> Marker(query_terms("karabakh")).marked("Iran and Karabakh.")
        [('Iran and ', False), ('Karabakh', True), ('.', False)]
        """
        parts: list[Part] = []
        place = 0
        for found in _WORD.finditer(text):
            word = found[0]
            known = self._known.get(word)
            if known is None:
                known = self._known[word] = self._is_meant(word)
            if known:
                if found.start() > place:
                    parts.append((text[place : found.start()], False))
                parts.append((word, True))
                place = found.end()
        if place < len(text):
            parts.append((text[place:], False))
        return _excerpt(text, parts) if len(text) > _LONGEST_EXCERPT else parts

    def _is_meant(self, word: str) -> bool:
        """Whether a word as it is written is one that was looked for."""
        folded = text_words(word)
        whole = "".join(folded)
        return any(
            any(_begins(each, term) for each in folded) or whole in (term.word, *term.others)
            for term in self._terms
        )


def _begins(word: str, term: QueryTerm) -> bool:
    if term.whole or len(term.word) < _SHORTEST_BEGINNING:
        return word == term.word
    return word.startswith(term.word) or (len(word) >= _SHORTEST_STEM and _stem(word) == _stem(term.word))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _excerpt(text: str, parts: list[Part]) -> list[Part]:
    """As much of a long text as is shown, cut between words."""
    first = 0
    for piece, is_mark in parts:
        if is_mark:
            break
        first += len(piece)
    else:
        first = 0
    start = 0 if first <= _BEFORE else text.rfind(" ", 0, first - _BEFORE) + 1
    end = start + _LONGEST_EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + _LONGEST_EXCERPT // 2)
    cut: list[Part] = [("… ", False)] if start else []
    place = 0
    for piece, is_mark in parts:
        kept = piece[max(0, start - place) : max(0, end - place)]
        place += len(piece)
        if kept:
            cut.append((kept, is_mark))
    return [*cut, (" …", False)] if end < len(text) else cut
