"""Brackets, strings and IRIs of a refused query that are never closed, and brackets too many.

Which bracket is meant is found by trying: with the right one put in, left out or exchanged,
the grammar fits further than the place at which it broke.
"""

from __future__ import annotations

import re

from araxes.validation.sparql_syntax.missing_pieces import Lack
from araxes.validation.sparql_syntax.syntax_position import Mistake, fits_until
from araxes.validation.sparql_syntax.tokens import Token, tokens

_CLOSING = {"{": "}", "(": ")", "[": "]"}
_MOST_MISSING = 4
_LONG_QUOTES = ('"""', "'''")
_IN_IRI = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]+")


def unclosed_text(query: str, mistake: Mistake) -> Lack | None:
    """The string or IRI that begins at a mistake, or just before it, and is never closed."""
    sequence = list(tokens(query))
    for token in sequence[max(mistake.index - 1, 0) : mistake.index + 1]:
        if _is_open_quote(query, token):
            return _open_string(query, token.start)
        if token.text == "<" and (token.start == mistake.offset or mistake.expected == ['"<"']):
            found = _open_iri(query, token.start)
            if found is not None:
                return found
    before = sequence[mistake.index - 1] if mistake.index else None
    touches = before is not None and before.kind == "string" and before.end == mistake.offset
    if touches and any(_is_open_quote(query, token) for token in sequence[mistake.index :]):
        return Lack(
            "a string is not closed: from here on, the quotes do not pair", sequence[mistake.index - 1].start
        )
    return None


def _is_open_quote(query: str, token: Token) -> bool:
    # Three quotes that nothing closes are read as an empty string and one more quote.
    is_empty = token.kind == "string" and len(token.text) == 2
    return (token.kind == "mark" and token.text in "\"'") or (
        is_empty and query.startswith(_LONG_QUOTES, token.start)
    )


def _open_string(query: str, start: int) -> Lack:
    quote = query[start : start + 3] if query.startswith(_LONG_QUOTES, start) else query[start]
    line_end = re.search(r"[\r\n]", query[start:])
    over_lines = len(quote) == 1 and line_end and quote in query[start + line_end.start() :]
    more = "; one of several lines stands between three quotes" if over_lines else ""
    return Lack(f"the string that begins here is never closed: {quote} is missing{more}", start)


def _open_iri(query: str, start: int) -> Lack | None:
    found = _IN_IRI.match(query, start)
    if found is None:
        return None
    after = query[found.end() : found.end() + 1]
    following = re.search(r"[<>\r\n]", query[found.end() :])
    if after and following is not None and following[0] == ">":
        name = "a space" if after == " " else repr(after)
        return Lack(f"the IRI that begins here holds {name}, which none may, or is not closed", start)
    return Lack('the IRI that begins here is never closed: ">" is missing', start)


def missing_bracket(query: str, mistake: Mistake) -> Lack | None:
    """The bracket that is missing at a mistake, or one too many.

    >>> missing_bracket("SELECT * { ?s ?p ?o", Mistake(19, 6, "", [])).message
    'a "}" is missing: the "{" there is never closed'
    """
    sequence = list(tokens(query))
    at = mistake.index
    opened = _open_brackets(sequence[:at])
    if at >= len(sequence):
        return _never_closed(opened, "never closed")
    token = sequence[at]
    if _is_bracket(token) and token.text in _CLOSING.values():
        return _wrongly_closed(sequence, at, opened)
    if not _is_uneven(sequence) and token.kind != "word":
        return None
    count, reach = _closed_before(sequence, at, opened)
    # One token more fits by chance: in FILTER(?a ?b) the ?b could begin a triple.
    return _never_closed(opened[-count:], "not closed") if reach > at + (token.kind != "word") else None


def _wrongly_closed(sequence: list[Token], at: int, opened: list[Token]) -> Lack | None:
    """What a closing bracket that cannot stand there means."""
    token = sequence[at]
    wanted = _CLOSING[opened[-1].text] if opened else ""
    many = (
        "is one too many" if any(_CLOSING[entry.text] == token.text for entry in opened) else "closes nothing"
    )
    superfluous = Lack(f'this "{token.text}" {many}', token.start)
    if not opened:
        return superfluous
    without = fits_until([*sequence[:at], *sequence[at + 1 :]]) + 1
    if wanted == token.text:
        return superfluous if without > at + 2 and _is_uneven(sequence) else None
    count, closed = _closed_before(sequence, at, opened)
    instead = fits_until([*sequence[:at], _mark(wanted, token), *sequence[at + 1 :]])
    best = max(closed, without, instead)
    if best <= at + 1 and many == "closes nothing":
        return superfluous
    if closed == best or best <= at + 1:
        return _never_closed(opened[-count:], "not closed")
    if without == best:
        return superfluous
    return Lack(f'a "{wanted}" belongs here: it is "{opened[-1].text}" that is open there', opened[-1].start)


def _closed_before(sequence: list[Token], at: int, opened: list[Token]) -> tuple[int, int]:
    """How many of the open brackets are to be closed before a token, and how far the grammar fits then."""
    for count in range(1, min(len(opened), _MOST_MISSING) + 1):
        closing = [_mark(_CLOSING[entry.text], sequence[at]) for entry in reversed(opened[-count:])]
        reach = fits_until([*sequence[:at], *closing, *sequence[at:]]) - count
        if reach > at:
            return count, reach
    return 1, at


def _never_closed(opened: list[Token], how: str) -> Lack | None:
    if not opened:
        return None
    last = opened[-1]
    more = f", and {len(opened) - 1} more before it" if len(opened) > 1 else ""
    return Lack(f'a "{_CLOSING[last.text]}" is missing: the "{last.text}" there is {how}{more}', last.start)


def _open_brackets(sequence: list[Token]) -> list[Token]:
    """The brackets that are open after some tokens."""
    opened: list[Token] = []
    for token in filter(_is_bracket, sequence):
        if token.text in _CLOSING:
            opened.append(token)
        elif opened and _CLOSING[opened[-1].text] == token.text:
            opened.pop()
    return opened


def _is_uneven(sequence: list[Token]) -> bool:
    """Whether some bracket is not closed, or closes nothing."""
    marks = [token.text for token in filter(_is_bracket, sequence)]
    return bool(_open_brackets(sequence)) or sum(mark in _CLOSING for mark in marks) * 2 != len(marks)


def _is_bracket(token: Token) -> bool:
    return token.kind == "mark" and token.text in "{}()[]"


def _mark(text: str, place: Token) -> Token:
    return Token("mark", text, place.start, place.start)
