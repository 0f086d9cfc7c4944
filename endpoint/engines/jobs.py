"""What an engine is asked to do: one frozen type for each kind of job, and its form on the wire.

Formats are names of :mod:`araxes.endpoint.sparql.formats`; ``None`` where the client accepts none that
could hold such an answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.search.index.text_rows import SearchKind
from araxes.endpoint.search.reconciliation.operations import Operation, Version


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What a result is shown in when its format is "html".

    Attributes:
        head: HTML before the result.
        tail: HTML behind it.
        language: in which labels are shown, and numbers.
        namespace: of the IRIs that are links of this server.
        words: name and text of what the evaluator says itself (``[results]`` and ``[hints]`` of the pages).
        rows: solutions that are shown at most; 0 for all.
    """

    head: str = ""
    tail: str = ""
    language: str = ""
    namespace: str = ""
    words: tuple[tuple[str, str], ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class QueryJob:
    """A SPARQL query.

    Attributes:
        query: its text.
        solutions: format for SELECT and ASK.
        graph: format for CONSTRUCT and DESCRIBE.
        default_graphs: IRIs whose merge is the default graph; with any here or below, FROM does not count.
        named_graphs: IRIs of the named graphs.
        page: for "html": what the result is shown in.
        base: the IRI against which a query without BASE is read; empty: relative IRIs are errors.
        versions: of RDF in which to write solutions and graphs; empty for RDF 1.1.
    """

    query: str
    solutions: str | None
    graph: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    page: ResultPage = ResultPage()
    base: str = ""
    versions: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class GraphJob:
    """One graph as a whole (Graph Store Protocol).

    Attributes:
        graph: its IRI; ``None`` for the default graph.
        format: the answer's; ``None``: only whether there is such a graph can be said.
        version: of RDF; empty for RDF 1.1.
    """

    graph: str | None
    format: str | None
    version: str = ""


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """The document about an IRI.

    Attributes:
        iri: whose.
        claim: format if the IRI names a graph; "html" is answered with the parts of a page
            (:class:`~araxes.endpoint.engines.document_page.DocumentPage`).
        resource: format if it names none.
        namespace: similar IRIs are looked for within it when nothing is known of this one.
        suggest: whether they are.
        versions: of RDF in which to write a claim and other resources; empty for RDF 1.1.
    """

    iri: str
    claim: str | None
    resource: str | None
    namespace: str
    suggest: bool = True
    versions: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ReferenceJob:
    """The reference of the dataset's ontology, as JSON; nothing where the dataset has none."""


@dataclass(frozen=True, slots=True)
class NamesJob:
    """An operation on the names of the dataset's entities (Reconciliation Service API), answered with JSON.

    Attributes:
        operation: its name.
        text: what the client sent, unchecked: JSON for "match" and "extend"; else a prefix, class or id.
        start: suggestions to leave out.
        most: properties at most, or suggestions.
        version: of the API.
        languages: in which the draft's answers name things, the preferred first.
    """

    operation: Operation
    text: str
    start: int = 0
    most: int = 0
    version: Version = "0.2"
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchJob:
    """Words looked for in everything that has a page, answered with JSON
    (:class:`~araxes.endpoint.search.text.full_text.Found`).

    Attributes:
        text: as it was typed.
        language: in which the answer is shown, where the dataset has it.
        kind: of which all is wanted, from ``start`` on; ``None`` for the first of every kind.
        start: hits to leave out.
        typing: whether the text is not yet at its end; a few suggestions are wanted.
        proper: words of the text, folded, that are no slips whatever they resemble.
    """

    text: str
    language: str
    kind: SearchKind | None = None
    start: int = 0
    typing: bool = False
    proper: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedJob:
    """What a question asks: entities and a relation, answered with JSON
    (:class:`~araxes.endpoint.search.text.asked_relations.AskedQuestion`).

    Attributes:
        question: as it was typed.
    """

    question: str


@dataclass(frozen=True, slots=True)
class HintsJob:
    """Why a query may have found nothing, answered with JSON
    (:func:`~araxes.endpoint.engines.embedded.query_hints.write_hints`).

    Attributes:
        query: its text, which the engine has evaluated before.
        namespace: of the IRIs that the server answers for.
    """

    query: str
    namespace: str


@dataclass(frozen=True, slots=True)
class PassageJob:
    """Whether a text is a passage of a claim, answered with JSON
    (:func:`~araxes.endpoint.engines.embedded.passage_job.write_passages`).

    Attributes:
        claim: its IRI.
        text: what is held to be a passage.
    """

    claim: str
    text: str


NamedQueries = tuple[tuple[str, str], ...]
"""Names, and the queries themselves."""

PageChoice = tuple[str, str, NamedQueries, str]
"""Name of a page, an ASK query that tells whether it fits, the SELECT queries that it shows, and the name of
the one that finds passages (``?file ?whole ?start ?end ?digest``), if it shows any."""


@dataclass(frozen=True, slots=True)
class PageJob:
    """The queries of a page at once: those of the first page that fits what is asked about.

    Answered with JSON: ``choice``, the page's name, ``answers``, SPARQL 1.1 JSON results by query, and
    ``texts``, passages cut out of the original texts; none where the operator does not let them be shown.

    Attributes:
        iri: what the page is about; the reply says whether it names a graph.
        choices: the pages, tried in order.
        then: queries about IRIs that the answers so far name: all in place of ``$things``, those that
            ``?claim`` is bound to in place of ``$claims``, those with a fragment in place of ``$parts``.
        about: IRIs that the page names in any case.
    """

    iri: str
    choices: tuple[PageChoice, ...]
    then: NamedQueries = ()
    about: tuple[str, ...] = ()


HERE = "http://here.invalid"
"""Before a path in a specification: a link within this server. Vega knows absolute links alone."""


@dataclass(frozen=True, slots=True)
class DrawJob:
    """A picture drawn; its links to :data:`HERE` become paths.

    Attributes:
        specification: in JSON: of Vega-Lite or of Vega, as its ``$schema`` says; what it draws stands in it.
            ``"values":"@outlines"`` stands for the outlines of countries (TopoJSON).
        title: of the picture, in words.
        language: of its words.
        format: "svg" or "png".
    """

    specification: str
    title: str
    language: str
    format: str


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file made of the whole dataset (:mod:`araxes.triples.exports.files`).

    Attributes:
        name: of the file, without the ending of compression.
    """

    name: str


Job = (
    QueryJob
    | GraphJob
    | DocumentJob
    | ReferenceJob
    | NamesJob
    | SearchJob
    | AskedJob
    | PageJob
    | PassageJob
    | HintsJob
    | DrawJob
    | FileJob
)

_TYPES: dict[str, type[Job]] = {
    "query": QueryJob,
    "graph": GraphJob,
    "document": DocumentJob,
    "reference": ReferenceJob,
    "names": NamesJob,
    "search": SearchJob,
    "asked": AskedJob,
    "passage": PassageJob,
    "hints": HintsJob,
    "page": PageJob,
    "draw": DrawJob,
    "file": FileJob,
}
_NAMES = {kind: name for name, kind in _TYPES.items()}


def to_wire(job: Job) -> dict[str, object]:
    """A job as a JSON object.

    >>> to_wire(GraphJob(None, "turtle"))
    {'job': 'graph', 'graph': None, 'format': 'turtle', 'version': ''}
    """
    members = {field.name: getattr(job, field.name) for field in dataclasses.fields(job)}
    if isinstance(job, QueryJob):
        members["page"] = dataclasses.asdict(job.page)
    return {"job": _NAMES[type(job)], **members}


def from_wire(message: Mapping[str, Any]) -> Job:
    """The job of such an object.

    >>> from_wire({"job": "graph", "graph": None, "format": "turtle"})
    GraphJob(graph=None, format='turtle', version='')

    Raises:
        KeyError: no such kind of job.
        TypeError: it has other members than its kind.
    """
    members = {name: frozen(value) for name, value in message.items() if name != "job"}
    if isinstance(members.get("page"), dict):
        page = {name: frozen(value) for name, value in members["page"].items()}
        members["page"] = ResultPage(**page)
    return _TYPES[message["job"]](**members)


def frozen(value: Any) -> Any:
    """A list of JSON as a tuple, at any depth; anything else unchanged."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value
