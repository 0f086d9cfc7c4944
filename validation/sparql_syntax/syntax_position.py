"""Where a query stops making sense: the SPARQL 1.1 grammar as a recognizer over tokens.

The engine's parser decides whether a query is right, but says only roughly where it is
wrong. This recognizer (https://www.w3.org/TR/sparql11-query/#sparqlGrammar, with the
additions of SPARQL 1.2 that the engine knows) finds the first token that cannot stand
where it stands. It runs only after the engine has refused a query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from araxes.validation.sparql_syntax.tokens import Token, tokens

# Words in capitals are keywords, in quotes literal marks, in small letters kinds of tokens.
_GRAMMAR = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values end
Prologue = ( BASE iri | PREFIX namespace iri | VERSION string )*
Select = SelectClause Dataset* Where Modifier
SubSelect = SelectClause Where Modifier Values
SelectClause = SELECT ( DISTINCT | REDUCED )? ( ( variable | "(" Expression AS variable ")" )+ | "*" )
Construct = CONSTRUCT ( Template Dataset* Where Modifier | Dataset* WHERE Template Modifier )
Template = "{" Triples? "}"
Describe = DESCRIBE ( VarOrIri+ | "*" ) Dataset* Where? Modifier
Ask = ASK Dataset* Where Modifier
Dataset = FROM NAMED? Iri
Where = WHERE? Group
Modifier = ( GROUP BY GroupBy+ )? ( HAVING Constraint+ )? ( ORDER BY OrderBy+ )? Slice?
GroupBy = Call | "(" Expression ( AS variable )? ")" | variable
OrderBy = ( ASC | DESC ) "(" Expression ")" | Constraint | variable
Slice = LIMIT number ( OFFSET number )? | OFFSET number ( LIMIT number )?
Values = ( VALUES Data )?
Group = "{" ( SubSelect | Triples? ( Pattern "."? Triples? )* ) "}"
Triples = Statement ( "." Statement )* "."?
Pattern = Group ( UNION Group )* | OPTIONAL Group | LATERAL Group | MINUS Group | GRAPH VarOrIri Group
  | SERVICE SILENT? VarOrIri Group | FILTER Constraint | BIND "(" Expression AS variable ")" | VALUES Data
Data = variable "{" Datum* "}" | "(" variable* ")" "{" ( "(" Datum* ")" )* "}"
Datum = Iri | Literal | UNDEF | Reified
Constraint = "(" Expression ")" | Call
Call = BuiltIn | Iri Arguments
Arguments = "(" ( DISTINCT? Expression ( "," Expression )* )? ")"
Statement = Term Properties | Node Properties? | Reified Properties?
Properties = Verb Objects ( ";" ( Verb Objects )? )*
Verb = variable | Path
Objects = Object ( "," Object )*
Object = GraphNode ( "~" VarOrTerm? | "{" "|" Properties "|" "}" )*
Path = Sequence ( "|" Sequence )*
Sequence = Step ( "/" Step )*
Step = "^"? Primary ( "?" | "*" | "+" )?
Primary = Iri | A | "!" Negated | "(" Path ")"
Negated = "^"? ( Iri | A ) | "(" ( "^"? ( Iri | A ) ( "|" "^"? ( Iri | A ) )* )? ")"
Node = "(" GraphNode+ ")" | "[" Properties "]"
GraphNode = Term | Node | Reified
VarOrIri = variable | Iri
VarOrTerm = Term
Term = variable | Iri | Literal | blank | "[" "]" | "(" ")"
Reified = "<" "<" "("? GraphNode ( variable | Iri | A ) GraphNode ( "~" VarOrTerm? )? ")"? ">" ">"
Literal = string ( language ( "-" "-" word )? | "^" "^" Iri )? | Number | TRUE | FALSE
Number = ( "+" | "-" )? ( number | "." number )
Expression = And ( "|" "|" And )*
And = Relation ( "&" "&" Relation )*
Relation = Sum ( ( "=" | "!" "=" | "<" "=" | ">" "=" | "<" | ">" ) Sum | NOT? IN List )?
List = "(" ( Expression ( "," Expression )* )? ")"
Sum = Product ( ( "+" | "-" ) Product )*
Product = Unary ( ( "*" | "/" ) Unary )*
Unary = ( "!" | "-" | "+" )* Value
Value = "(" Expression ")" | BuiltIn | Iri Arguments? | Literal | variable | Reified
BuiltIn = NOT? EXISTS Group | COUNT "(" DISTINCT? ( "*" | Expression ) ")"
  | GROUP_CONCAT "(" DISTINCT? Expression ( ";" SEPARATOR "=" string )? ")" | function Arguments
Iri = iri | name
"""

_FUNCTIONS = frozenset(
    """ABS ADJUST AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS DATATYPE DAY ENCODE_FOR_URI FLOOR
    HASLANG HASLANGDIR HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR
    LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW OBJECT PREDICATE RAND REGEX REPLACE ROUND
    SAMETERM SAMEVALUE SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS
    STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TZ UCASE URI UUID
    YEAR""".split()  # noqa: SIM905 -- readable so
)
_PIECE = re.compile(r'"(?P<mark>[^"]+)"|(?P<word>[A-Za-z_]+)|(?P<sign>[()|*+?])')
_MOST_STEPS = 400_000
_MOST_NESTED = 150
_SHOWN = 8

# Expressions: ("all", …), ("any", …), ("repeat", inner, least, most), ("rule", name), ("token", test).
_Node = tuple[Any, ...]


@lru_cache(maxsize=1)
def _rules() -> dict[str, _Node]:
    rules = {}
    for text in re.split(r"\n(?=\w)", _GRAMMAR.strip()):
        name, _, body = text.partition(" = ")
        rules[name] = _GrammarReader(body).alternatives()
    return rules


class _GrammarReader:
    """Reads one rule's right side."""

    def __init__(self, text: str) -> None:
        self._pieces = [(match.lastgroup, match[0]) for match in _PIECE.finditer(text)]
        self._at = 0

    def _peek(self) -> tuple[str | None, str]:
        return self._pieces[self._at] if self._at < len(self._pieces) else (None, "")

    def alternatives(self) -> _Node:
        found = [self._sequence()]
        while self._peek() == ("sign", "|"):
            self._at += 1
            found.append(self._sequence())
        return found[0] if len(found) == 1 else ("any", *found)

    def _sequence(self) -> _Node:
        found = []
        while self._peek()[0] and self._peek() not in (("sign", "|"), ("sign", ")")):
            found.append(self._item())
        return found[0] if len(found) == 1 else ("all", *found)

    def _item(self) -> _Node:
        kind, text = self._peek()
        self._at += 1
        if kind == "mark":
            node: _Node = ("token", text[1:-1])
        elif kind == "sign":
            node = self.alternatives()
            self._at += 1
        else:
            is_rule = text[0].isupper() and not text.isupper()
            node = ("rule", text) if is_rule else ("token", text)
        repeat = self._peek()[1] if self._peek()[0] == "sign" else ""
        if repeat in ("*", "+", "?") and repeat:
            self._at += 1
            node = ("repeat", node, int(repeat == "+"), 1 if repeat == "?" else None)
        return node


@dataclass(slots=True)
class Mistake:
    """The first token that cannot stand where it stands.

    Attributes:
        offset: in the query.
        index: among the tokens; their number if the query ends too early.
        found: the token's text; empty if the query ends too early.
        expected: what could stand there, in words.
    """

    offset: int
    index: int
    found: str
    expected: list[str]


@dataclass(slots=True)
class _Run:
    """One recognition: the furthest failure is where the mistake is."""

    sequence: list[Token]
    steps: int = 0
    furthest: int = 0
    expected: dict[str, None] = field(default_factory=dict)

    def match(self, node: _Node, at: int, depth: int) -> int | None:
        """The position after ``node``, or ``None``.

        Raises:
            RecursionError: too deep or too long to tell.
        """
        self.steps += 1
        if self.steps > _MOST_STEPS or depth > _MOST_NESTED * 10:
            raise RecursionError
        kind = node[0]
        if kind == "token":
            return self._token(node[1], at)
        if kind == "rule":
            return self.match(_rules()[node[1]], at, depth + 1)
        if kind == "any":
            ends = (self.match(alternative, at, depth + 1) for alternative in node[1:])
            return next((end for end in ends if end is not None), None)
        if kind == "repeat":
            return self._repeat(node, at, depth)
        return self._all(node, at, depth)

    def _all(self, node: _Node, at: int, depth: int) -> int | None:
        for part in node[1:]:
            end = self.match(part, at, depth + 1)
            if end is None:
                return None
            at = end
        return at

    def _repeat(self, node: _Node, at: int, depth: int) -> int | None:
        _, inner, least, most = node
        count = 0
        while most is None or count < most:
            end = self.match(inner, at, depth + 1)
            if end is None or end == at:
                break
            at, count = end, count + 1
        return at if count >= least else None

    def _token(self, wanted: str, at: int) -> int | None:
        if at < len(self.sequence) and _is(self.sequence[at], wanted):
            return at + 1
        if wanted == "end" and at == len(self.sequence):
            return at
        if at > self.furthest:
            self.furthest = at
            self.expected.clear()
        if at == self.furthest:
            self.expected.setdefault(wanted)
        return None


def _is(token: Token, wanted: str) -> bool:
    """Whether a token is what the grammar wants."""
    if token.kind == "word":
        upper = token.text.upper()
        if wanted == "A":
            return token.text == "a"
        return wanted in (upper, "word") or (wanted == "function" and upper in _FUNCTIONS)
    if wanted == "namespace":
        return token.kind == "name" and token.text.endswith(":")
    return token.text == wanted if token.kind == "mark" else token.kind == wanted


def find_mistake(query: str) -> Mistake | None:
    """The place where a query's syntax breaks; ``None`` if it fits the grammar or is too long to tell.

    >>> find_mistake("SELECT * { ?s ?p 1 ] }").offset
    19
    >>> find_mistake("ASK { ?s ?p ?o }") is None
    True
    """
    if len(query) > 100_000:
        return None
    run = _Run(list(tokens(query)))
    try:
        end = run.match(("rule", "Query"), 0, 0)
    except RecursionError:
        return None
    if end is not None:
        return None
    token = run.sequence[run.furthest] if run.furthest < len(run.sequence) else None
    shown = [_shown(name) for name in run.expected]
    offset = token.start if token else len(query.rstrip())
    return Mistake(
        offset, run.furthest, token.text[:40] if token else "", list(dict.fromkeys(shown))[:_SHOWN]
    )


def fits_until(sequence: list[Token]) -> int:
    """The index of the first token that cannot stand where it stands; one past the last if all can.

    Tokens that are too many to tell fit nowhere: 0.
    """
    run = _Run(sequence)
    try:
        end = run.match(("rule", "Query"), 0, 0)
    except RecursionError:
        return 0
    return run.furthest if end is None else len(sequence) + 1


def _shown(name: str) -> str:
    names = {"A": "a", "namespace": "a prefix", "name": "a prefixed name", "iri": "an IRI", "end": "the end"}
    if name in names:
        return names[name]
    if name.isupper():
        return name
    return f"a {name}" if name.isalpha() else f'"{name}"'
