"""The parts of a page about one IRI: what a document in the format "html" is answered with."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

ShownRow = tuple["ShownTerm", ...]


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """An RDF term as a page shows it.

    Attributes:
        iri: of an IRI; empty for other terms.
        name: the IRI with a prefix where one fits.
        labels: language and text of its labels.
        text: of a literal, or a blank node's label.
        language: of a literal.
        datatype: IRI of a literal's datatype.
    """

    iri: str = ""
    name: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    text: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What is known of an IRI.

    Attributes:
        node: the IRI.
        about: subject, predicate and object of the default graph's statements about it.
        inside: the same of the statements in the graph that it names.
        claimed: predicate, object and graph of what other graphs say of it.
        incoming: subject, predicate and, outside of the default graph, graph of what points to it.
        shortened: names of those of the four that hold more than is given here.
    """

    node: ShownTerm
    about: tuple[ShownRow, ...]
    inside: tuple[ShownRow, ...]
    claimed: tuple[ShownRow, ...]
    incoming: tuple[ShownRow, ...]
    shortened: tuple[str, ...]


_ROWS = ("about", "inside", "claimed", "incoming")


def to_json(page: DocumentPage) -> bytes:
    """A page as UTF-8 JSON in which every term stands once."""
    numbers: dict[ShownTerm, int] = {page.node: 0}

    def row(terms: ShownRow) -> list[int]:
        return [numbers.setdefault(term, len(numbers)) for term in terms]

    rows = {name: [row(terms) for terms in getattr(page, name)] for name in _ROWS}
    terms = [dataclasses.astuple(term) for term in numbers]
    document = {"terms": terms, **rows, "shortened": page.shortened}
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def from_json(data: bytes) -> DocumentPage:
    """The page of such JSON.

    >>> node = ShownTerm("a:a", labels=(("fa", "الف"),))
    >>> page = DocumentPage(node, ((node, ShownTerm(text="b")),), (), (), (), ("about",))
    >>> from_json(to_json(page)) == page
    True

    Raises:
        ValueError: it is no such JSON.
    """
    document = json.loads(data.decode("utf-8", "surrogatepass"))
    terms = [
        ShownTerm(iri, name, tuple((language, label) for language, label in labels), *rest)
        for iri, name, labels, *rest in document["terms"]
    ]
    rows = {name: tuple(tuple(terms[number] for number in row) for row in document[name]) for name in _ROWS}
    return DocumentPage(terms[0], **rows, shortened=tuple(document["shortened"]))
