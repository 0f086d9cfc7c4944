"""What a query says, read off its tokens without parsing it (SPARQL 1.1 §19.8).

The engine's parser has the last word on syntax; this scan answers three questions
before it: does the query call SERVICE, and where; does it ask for something that
differs from one evaluation to the next; which prefixes does it declare.
Codepoint escapes (``\\uXXXX``) are honoured where the engine honours them: inside
strings and IRIs, as SPARQL 1.2 has it; elsewhere they are syntax errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Beside \w, names hold the middle dot, combining marks and the joiners that Persian writes with.
_NAME = r"[^\W_]"
# Longer prefixes read as words: an unbounded one would make a long word cost its length squared.
_PREFIX = rf"(?:{_NAME}(?:[\w.·\u0300-\u036f\u200c\u200d‿⁀-]{{0,254}}[\w·\u0300-\u036f\u200c\u200d‿⁀-])?)?"
_LOCAL = (
    r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
    r"(?:(?:[\w:·\u0300-\u036f\u200c\u200d‿⁀.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
    r"(?:[\w:·\u0300-\u036f\u200c\u200d‿⁀-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]))?"
)
_TOKENS = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>\#[^\n\r]*)"
    r'|(?P<string>"(?:[^"\\\n\r]|\\.)*+"'
    r"|'(?:[^'\\\n\r]|\\.)*+')"
    r'|(?P<iri><[^<>"{}|^`\x00-\x20]*>)'
    r"|(?P<variable>[?$]\w[\w·\u0300-\u036f\u200c\u200d‿⁀]*)"
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<blank>_:[\w](?:[\w.·\u0300-\u036f\u200c\u200d‿⁀-]*[\w·\u0300-\u036f\u200c\u200d‿⁀-])?)"
    rf"|(?P<name>{_PREFIX}:(?:{_LOCAL})?)"
    r"|(?P<number>[0-9]+(?:\.[0-9]*[eE][+-]?[0-9]+|\.[0-9]+|[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_LONG = {
    '"""': re.compile(r'"""(?:"{0,2}(?:[^"\\]|\\.))*+"""', re.DOTALL),
    "'''": re.compile(r"'''(?:'{0,2}(?:[^'\\]|\\.))*+'''", re.DOTALL),
}
_MOST_UNCLOSED = 8
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_VOLATILE = ("NOW", "RAND", "STRUUID", "UUID", "BNODE")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its kind (the group names of the expression) and its place."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ServiceClause:
    """A call of another endpoint.

    Attributes:
        iri: the endpoint, or ``None`` when it is a variable or cannot be told.
        start: where the endpoint's token begins in the query.
        end: where it ends.
    """

    iri: str | None
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """What was found.

    Attributes:
        services: every SERVICE, in order.
        prefixes: declared prefix → IRI as written.
        volatile: names of functions whose value differs between evaluations.
        blank: whether a CONSTRUCT may make blank nodes, which get new labels every time.
        form: SELECT, ASK, CONSTRUCT, DESCRIBE, an update operation's word, or empty.
    """

    services: list[ServiceClause] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    volatile: set[str] = field(default_factory=set)
    blank: bool = False
    form: str = ""

    @property
    def is_update(self) -> bool:
        """Whether it begins like a SPARQL Update request."""
        return self.form in _UPDATES


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query without white space and comments, in time linear in its length.

    After several long strings that never close, which no valid query has, the rest comes
    as one token of kind "rest".
    """
    position, unclosed = 0, 0
    while position < len(query):
        long = _LONG.get(query[position : position + 3])
        if long is not None:
            match = long.match(query, position)
            if match is not None:
                yield Token("string", match[0], position, match.end())
                position = match.end()
                continue
            unclosed += 1
            if unclosed > _MOST_UNCLOSED:
                yield Token("rest", query[position:], position, len(query))
                return
        match = _TOKENS.match(query, position)
        if match is None:  # cannot be: the last alternative takes any character
            return
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], position, match.end())
        position = match.end()


def scan(query: str) -> Scan:
    """Read a query's tokens once.

    >>> scan('SELECT * { ?service ?p "SERVICE <a:b>" } # SERVICE').services
    []
    >>> scan("ASK { SERVICE SILENT <http://e/> {} }").services[0].iri
    'http://e/'
    """
    found = Scan()
    sequence = list(tokens(query))
    for index, token in enumerate(sequence):
        if token.kind == "word":
            _word(token, index, sequence, found)
        elif token.kind == "name":
            _name(token, index, sequence, found)
        elif token.kind == "iri" and "(" in token.text:
            # The engine reads by the grammar, not by the longest token: ?a<?b&&RAND()>?c compares.
            _volatile(token.text, found)
        elif token.kind == "rest":
            _volatile(token.text, found)
            if "SERVICE" in token.text.upper():
                found.services.append(ServiceClause(None, token.start, token.end))
        elif token.kind == "blank" or (token.kind == "mark" and token.text in "[("):
            # "(" also opens collections, whose nodes are blank.
            found.blank = found.blank or found.form == "CONSTRUCT"
    return found


def _word(token: Token, index: int, sequence: list[Token], found: Scan) -> None:
    upper = token.text.upper()
    if not found.form and (upper in _FORMS or upper in _UPDATES):
        found.form = upper
    elif upper == "PREFIX":
        declared = sequence[index + 1 : index + 3]
        if [entry.kind for entry in declared] == ["name", "iri"]:
            found.prefixes[declared[0].text[:-1]] = _unescape(declared[1].text[1:-1])
    elif "SERVICE" in upper:
        # The engine's parser needs no space between words: "trueSERVICE<…>" calls one.
        found.services.append(_endpoint(index + 1, sequence, found))
    else:
        _volatile(upper, found)


def _volatile(text: str, found: Scan) -> None:
    """Note every volatile function whose name occurs; "ORDER BYRAND()" calls one too."""
    upper = text.upper()
    found.volatile.update(name for name in _VOLATILE if name in upper)


def _name(token: Token, index: int, sequence: list[Token], found: Scan) -> None:
    """A prefixed name such as ``service:x`` is one, unless the parser can only read it as a call."""
    prefix = token.text.partition(":")[0]
    if "SERVICE" not in prefix.upper():
        return
    before = sequence[index - 1] if index else None
    if before is not None and before.kind == "word" and before.text.upper() == "PREFIX":
        return
    after = sequence[index + 1] if index + 1 < len(sequence) else None
    if prefix not in found.prefixes or (after is not None and after.text == "{"):
        found.services.append(ServiceClause(None, token.start, token.end))


def _endpoint(index: int, sequence: list[Token], found: Scan) -> ServiceClause:
    """The endpoint that follows the word SERVICE."""
    if index < len(sequence) and sequence[index].text.upper() == "SILENT":
        index += 1
    if index >= len(sequence):
        return ServiceClause(None, sequence[-1].end, sequence[-1].end)
    token = sequence[index]
    iri = None
    if token.kind == "iri":
        iri = _unescape(token.text[1:-1])
    elif token.kind == "name":
        prefix, _, local = token.text.partition(":")
        if prefix in found.prefixes:
            iri = found.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
    return ServiceClause(iri, token.start, token.end)


def _unescape(text: str) -> str:
    """Codepoint escapes replaced, as in IRIs and strings."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _ESCAPE.sub(character, text)
