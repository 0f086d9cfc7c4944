"""What a query looks for, read off its tokens: its triple patterns, and what it compares variables with.

Enough to say why a query may have found nothing; what is no plain pattern (paths, blank nodes with
properties, sub-queries' expressions) is left out. The engine's parser has accepted the query before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from araxes.ontology.namespaces import XSD
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.validation.sparql_syntax.tokens import Token, tokens

Node = ox.NamedNode | ox.Literal | ox.Variable | None
"""A place of a pattern; ``None`` where it is none of the three."""

_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PATH = frozenset("/|^*+?!")
_ORDER = frozenset("=<>!")
_NEEDLESS = frozenset({"OPTIONAL", "MINUS", "NOT"})
"""Words before groups that nothing needs to match."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern.

    Attributes:
        subject: the subject.
        predicate: the predicate.
        object: the object.
        text: the pattern as it is written, parts separated by one space.
        in_graph: whether it stands within GRAPH.
    """

    subject: Node
    predicate: Node
    object: Node
    text: str
    in_graph: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variable compared with a literal, or given one by VALUES."""

    variable: str
    literal: ox.Literal


@dataclass(slots=True)
class QueryPatterns:
    """What was read.

    Attributes:
        patterns: in order.
        comparisons: in order.
        iris: every IRI that the query names outside of its prologue, once, in order.
        has_graph: whether GRAPH occurs at all.
        has_dataset: whether FROM says what the default graph is.
    """

    patterns: list[Pattern] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    iris: list[str] = field(default_factory=list)
    has_graph: bool = False
    has_dataset: bool = False


def query_patterns(query: str) -> QueryPatterns:
    """Read a query.

    >>> found = query_patterns('SELECT * { ?s a <a:C> ; <a:p> "x"@en . FILTER (?s = "y") }')
    >>> [pattern.text for pattern in found.patterns], found.comparisons[0].variable
    (['?s a <a:C>', '?s <a:p> "x"@en'], 's')
    """
    return _Reader(query).read()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A term as it is written."""

    node: Node
    text: str


@dataclass(frozen=True, slots=True)
class _Filling:
    """What is known of the pattern that is being read."""

    subject: _Piece | None = None
    predicate: _Piece | None = None


class _Reader:
    """Reads the tokens of one query from first to last."""

    def __init__(self, query: str) -> None:
        self._tokens = list(tokens(query))
        self._at = 0
        self._prefixes: dict[str, str] = {}
        self._found = QueryPatterns()
        self._iris: dict[str, None] = {}

    def read(self) -> QueryPatterns:
        self._prologue()
        while self._at < len(self._tokens):
            word = self._tokens[self._at].text.upper()
            if word == "CONSTRUCT" and self._text(1) == "{":
                self._at += 1
                self._skip("{", "}")
            elif word == "{":
                self._group(in_graph=False)
            else:
                self._found.has_dataset = self._found.has_dataset or word == "FROM"
                self._note()
        self._found.iris = list(self._iris)
        return self._found

    def _prologue(self) -> None:
        """Prefixes, and past them."""
        while self._text().upper() in ("PREFIX", "BASE"):
            is_prefix = self._text().upper() == "PREFIX"
            if is_prefix and self._at + 2 < len(self._tokens):
                iri = self._tokens[self._at + 2].text[1:-1]
                self._prefixes[self._text(1).removesuffix(":")] = unescaped(iri)
            self._at += 3 if is_prefix else 2

    def _text(self, ahead: int = 0) -> str:
        place = self._at + ahead
        return self._tokens[place].text if place < len(self._tokens) else ""

    def _note(self) -> None:
        """Step over a token that is no part of a pattern."""
        token = self._tokens[self._at]
        self._iri(token)
        self._at += 1

    def _iri(self, token: Token) -> str | None:
        """The IRI of a token, noted; ``None`` if it is none."""
        if token.kind == "iri":
            iri = unescaped(token.text[1:-1])
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix not in self._prefixes:
                return None
            iri = self._prefixes[prefix] + local.replace("\\", "")
        else:
            return None
        self._iris[iri] = None
        return iri

    def _group(self, *, in_graph: bool) -> None:
        """A group in braces, with those inside of it."""
        self._at += 1
        place, above = _Filling(), []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            word = token.text.upper() if token.kind == "word" else token.text
            if word == "}":
                self._at += 1
                return
            if word == "{":
                self._group(in_graph=in_graph)
                place = _Filling()
            elif word in ("GRAPH", "SERVICE"):
                self._of_graph(word)
                place = _Filling()
            elif word == "VALUES":
                self._values()
                place = _Filling()
            elif word == "SELECT" or word in _NEEDLESS:
                self._to_brace()
                if word in _NEEDLESS:
                    self._skip("{", "}")
                    place = _Filling()
            elif word == "(" or (token.kind == "word" and word not in ("A", "TRUE", "FALSE")):
                self._expression()
                place = replace(place, predicate=_Piece(None, "")) if place.subject else _Filling()
            elif word == "[":
                above.append(place)
                place = _Filling(_Piece(None, "[]"))
                self._at += 1
            elif word == "]":
                self._at += 1
                place = self._filled(above.pop() if above else _Filling(), _Piece(None, "[]"))
            else:
                place = self._step(place, in_graph=in_graph)

    def _step(self, place: _Filling, *, in_graph: bool) -> _Filling:
        """One term or mark of a pattern."""
        token = self._tokens[self._at]
        if token.text in (".", ";", ","):
            self._at += 1
            return {".": _Filling(), ";": _Filling(place.subject), ",": place}[token.text]
        if token.text in _PATH:
            self._at += 1
            return _Filling(place.subject, _Piece(None, "")) if place.subject else place
        piece = self._piece()
        if piece is None:
            self._at += 1
            return place
        if place.subject and place.predicate:
            subject, predicate = place.subject, place.predicate
            if predicate.node is None:
                return place
            text = f"{subject.text} {predicate.text} {piece.text}"
            self._found.patterns.append(Pattern(subject.node, predicate.node, piece.node, text, in_graph))
            return place
        return self._filled(place, piece)

    def _filled(self, place: _Filling, piece: _Piece) -> _Filling:
        """The place with one more part; a predicate that goes on is a path."""
        if place.subject is None:
            return _Filling(piece)
        if place.predicate is None:
            return _Filling(place.subject, _Piece(None, "") if self._text() in _PATH else piece)
        return place

    def _piece(self) -> _Piece | None:
        """The term that stands here, and past it."""
        token = self._tokens[self._at]
        if token.kind in ("string", "number") or token.text.lower() in ("true", "false"):
            return self._literal()
        iri = self._iri(token)
        self._at += 1
        if iri is not None:
            with_iri = ox.NamedNode(iri) if _is_absolute(iri) else None
            return _Piece(with_iri, token.text)
        if token.kind == "variable":
            return _Piece(ox.Variable(token.text[1:]), token.text)
        if token.text == "a":
            return _Piece(RDF_TYPE, "a")
        self._at -= 1
        if token.kind in ("name", "blank"):
            self._at += 1
            return _Piece(None, token.text)
        return None

    def _literal(self) -> _Piece:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind != "string":
            kind = "boolean" if token.kind == "word" else "integer" if token.text.isdecimal() else "decimal"
            return _Piece(ox.Literal(token.text.lower(), datatype=ox.NamedNode(XSD + kind)), token.text)
        width = 3 if token.text[:3] in ('"""', "'''") else 1
        value = unescaped(token.text[width:-width])
        after = self._tokens[self._at] if self._at < len(self._tokens) else None
        if after is not None and after.kind == "language":
            self._at += 1
            return _Piece(ox.Literal(value, language=after.text[1:]), token.text + after.text)
        if self._text() == "^" and self._text(1) == "^" and self._at + 2 < len(self._tokens):
            kind_token = self._tokens[self._at + 2]
            self._at += 3
            iri = self._iri(kind_token)
            literal = ox.Literal(value, datatype=ox.NamedNode(iri)) if iri and _is_absolute(iri) else None
            return _Piece(literal, f"{token.text}^^{kind_token.text}")
        return _Piece(ox.Literal(value), token.text)

    def _of_graph(self, word: str) -> None:
        """GRAPH or SERVICE: its name, and the group."""
        self._found.has_graph = self._found.has_graph or word == "GRAPH"
        while self._at < len(self._tokens) and self._text() != "{":
            self._note()
        if word == "GRAPH" and self._text() == "{":
            self._group(in_graph=True)
        elif self._text() == "{":
            self._skip("{", "}")

    def _values(self) -> None:
        """VALUES of one variable are comparisons; those of several are passed over."""
        self._at += 1
        variable = self._tokens[self._at] if self._at < len(self._tokens) else None
        while self._at < len(self._tokens) and self._text() != "{":
            self._at += 1
        begin = self._at
        self._skip("{", "}")
        if variable is not None and variable.kind == "variable":
            end, self._at = self._at, begin + 1
            while self._at < end - 1:
                piece = self._piece()
                if piece is None:
                    self._at += 1
                elif isinstance(piece.node, ox.Literal):
                    self._found.comparisons.append(Comparison(variable.text[1:], piece.node))
            self._at = end

    def _to_brace(self) -> None:
        while self._at < len(self._tokens) and self._text() not in ("{", "}"):
            self._note()

    def _expression(self) -> None:
        """A word with its expression in brackets, if it has one; or an expression alone."""
        if self._text() != "(":
            self._note()
        if self._text() != "(":
            return
        begin = self._at
        self._skip("(", ")")
        self._compared(begin, self._at)

    def _skip(self, opens: str, closes: str) -> None:
        """Past a bracket and everything in it."""
        depth = 0
        while self._at < len(self._tokens):
            depth += (self._text() == opens) - (self._text() == closes)
            self._note()
            if depth == 0:
                return

    def _compared(self, begin: int, end: int) -> None:
        """Variables compared with literals within an expression."""
        here = self._at
        for number in range(begin, end):
            if self._tokens[number].kind != "variable":
                continue
            literal = self._behind(number, end) or self._before(number, begin)
            if literal is not None:
                self._found.comparisons.append(Comparison(self._tokens[number].text[1:], literal))
        self._at = here

    def _behind(self, number: int, end: int) -> ox.Literal | None:
        """The literal in ``?v = "…"``."""
        place = number + 1
        while place < end and self._tokens[place].text in _ORDER:
            place += 1
        if place == number + 1 or place >= end or self._tokens[place].kind != "string":
            return None
        self._at = place
        return _as_literal(self._literal().node)

    def _before(self, number: int, begin: int) -> ox.Literal | None:
        """The literal in ``"…" = ?v``."""
        place = number - 1
        while place > begin and self._tokens[place].text in _ORDER:
            place -= 1
        start = _start_of_literal(self._tokens, place) if place < number - 1 else None
        if start is None or start < begin:
            return None
        self._at = start
        return _as_literal(self._literal().node)


def _as_literal(node: Node) -> ox.Literal | None:
    return node if isinstance(node, ox.Literal) else None


def _start_of_literal(sequence: Sequence[Token], place: int) -> int | None:
    """Where the literal begins that ends at a place."""
    for back, kinds in ((0, ("string",)), (1, ("string", "language"))):
        found = tuple(token.kind for token in sequence[max(0, place - back) : place + 1])
        if found == kinds:
            return place - back
    typed = place >= 3 and sequence[place - 3].kind == "string" and sequence[place - 1].text == "^"
    return place - 3 if typed else None


def _is_absolute(iri: str) -> bool:
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*$", iri) is not None


def unescaped(text: str) -> str:
    r"""A string or IRI of a query as what it stands for.

    >>> unescaped(r"a\tb\u0041")
    'a\tbA'
    """

    def character(match: re.Match[str]) -> str:
        if match[3]:
            return _ESCAPES.get(match[3], match[3])
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _ESCAPE.sub(character, text) if "\\" in text else text
