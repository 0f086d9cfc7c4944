"""The competency questions as examples of queries that programs read.

In the vocabulary of https://github.com/sib-swiss/sparql-examples: each is a ``sh:SPARQLExecutable`` with its
question, its query, its family as keyword and the endpoint that it is for; beside them the prefixes that the
service knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.endpoint.sparql.prefixes import served_prefixes
from araxes.ontology.namespaces import BASE, SCHEMA, SH, XSD
from araxes.ontology.oxigraph_terms import COMMENT, RDF_TYPE
from araxes.validation.questions import Question

_ANY_URI = ox.NamedNode(XSD + "anyURI")


def example_triples(questions: Iterable[Question], base: str) -> Iterator[ox.Triple]:
    """The examples, each named by the address of its page.

    Args:
        questions: the competency questions.
        base: public address of the service, ending in a slash.
    """
    prefixes = ox.NamedNode(base + "questions#prefixes")
    for question in questions:
        node = ox.NamedNode(f"{base}questions/{question.name}")
        for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
            yield ox.Triple(node, RDF_TYPE, ox.NamedNode(SH + kind))
        for language, text in question.text.items():
            yield ox.Triple(node, COMMENT, ox.Literal(text, language=language))
        yield ox.Triple(node, ox.NamedNode(SH + "select"), ox.Literal(question.query))
        yield ox.Triple(node, ox.NamedNode(SH + "prefixes"), prefixes)
        yield ox.Triple(node, ox.NamedNode(SCHEMA + "target"), ox.NamedNode(base + "sparql"))
        yield ox.Triple(node, ox.NamedNode(SCHEMA + "keywords"), ox.Literal(question.family))
    for number, (prefix, namespace) in enumerate(sorted(served_prefixes(BASE).items())):
        declared = ox.BlankNode(f"p{number}")
        yield ox.Triple(prefixes, ox.NamedNode(SH + "declare"), declared)
        yield ox.Triple(declared, ox.NamedNode(SH + "prefix"), ox.Literal(prefix))
        yield ox.Triple(declared, ox.NamedNode(SH + "namespace"), ox.Literal(namespace, datatype=_ANY_URI))
