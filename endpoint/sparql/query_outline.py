"""What a query asks for, read off its tokens: its form, and the order of its columns."""

from __future__ import annotations

from araxes.validation.sparql_syntax.tokens import tokens

_LONGEST_PROLOGUE = 10_000
"""Code points in which the form of a query is looked for."""


def variable_order(query: str) -> list[str]:
    """The names of a query's variables, in the order in which they first occur.

    >>> variable_order("SELECT * { ?z ?a $m OPTIONAL { ?a ?b ?z } }")
    ['z', 'a', 'm', 'b']
    """
    return list(dict.fromkeys(token.text[1:] for token in tokens(query) if token.kind == "variable"))


def selects_all(query: str) -> bool:
    """Whether a query asks for ``SELECT *``, whose columns have no order of their own.

    >>> selects_all("SELECT DISTINCT * { ?s ?p ?o }"), selects_all("SELECT ?s { ?s ?p ?o }")
    (True, False)
    """
    waits = False
    for token in tokens(query):
        if waits and token.text.upper() not in ("DISTINCT", "REDUCED"):
            return token.text == "*"
        waits = waits or token.text.upper() == "SELECT"
    return False


def asks_for_triples(query: str) -> bool:
    """Whether a query is a CONSTRUCT or DESCRIBE, as far as its beginning shows.

    >>> asks_for_triples("PREFIX a: <b:c> describe a:x"), asks_for_triples("ASK {}")
    (True, False)
    """
    words = (token.text.upper() for token in tokens(query[:_LONGEST_PROLOGUE]) if token.kind == "word")
    form = next((word for word in words if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), "")
    return form in ("CONSTRUCT", "DESCRIBE")
