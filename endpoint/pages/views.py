"""The plain pages: problems, documents, and what is known of things without a page of their own kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from flask import render_template

from araxes.endpoint.engines.document_page import DocumentPage, ShownRow, ShownTerm
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.pages.answer_tables import ReaderLabels
from araxes.endpoint.pages.codes import Aligned
from araxes.endpoint.pages.near_pages import near_pages
from araxes.endpoint.pages.problem import problem_shown
from araxes.endpoint.pages.words import elsewhere_label
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS
from araxes.endpoint.sparql.local_links import local_link
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX

EXAMPLE = """SELECT ?class (COUNT(*) AS ?number) WHERE {
  ?thing a ?class
} GROUP BY ?class ORDER BY DESC(?number) LIMIT 20"""
"""A query that any dataset answers."""

CLAIM_EXAMPLE = """PREFIX ax: <{namespace}ontology/>
SELECT ?who ?whom ?holder ?claim WHERE {{
  GRAPH ?claim {{ ?who ax:perceivesThreatFrom ?whom }}
  ?claim ax:holder ?holder .
}} LIMIT 20"""
"""The everyday query, for this project's own dataset."""

_SORT_KEY = AX + "sortKey"
_LONGEST_WORDS = 80


def example_for(service: Service) -> str:
    """A query worth trying on what is served."""
    version = service.dataset
    namespace = service.settings.text("namespace")
    if version.origin == "build":
        return CLAIM_EXAMPLE.format(namespace=namespace)
    return EXAMPLE


def example_link(base: str, query: str, name: str) -> str:
    """The URL of a query."""
    return f"{base}sparql?{urlencode({'query': query, 'format': name}, quote_via=quote)}"


def error_page(
    problem: HttpProblem,
    request_id: str,
    path: str,
    namespace: str,
    language: str,
    known: Mapping[str, ReaderLabels] | None = None,
) -> str:
    """A problem for people.

    Args:
        problem: what is wrong.
        request_id: by which the log has more.
        path: that was asked for.
        namespace: IRIs that begin so are links of this server.
        language: of the page.
        known: labels of what is suggested, as far as they could be had.
    """
    path = str(problem.members.get("named", path))  # where a field of the address names what is missing
    found = problem.members.get("suggestions", ()) if problem.status == 404 else ()
    labels = {iri: one.label for iri, one in (known or {}).items()}
    meant = near_pages(path, language) if problem.status == 404 else []
    # What stands near a page's address in the alphabet of things is nonsense beside the page itself.
    meant = meant or [
        (labels.get(iri) or iri.removeprefix(namespace), link)
        for iri in found
        if (link := local_link(iri, namespace))
    ]
    shown = problem_shown(problem, request_id, language)
    return render_template("error.html", problem=shown, meant=meant, missing=words_of_path(path))


def words_of_path(path: str) -> str:
    """What somebody may have looked for under a path: the words of its last part.

    >>> words_of_path("/person/ilham-aliyev"), words_of_path("/")
    ('ilham aliyev', '')
    """
    return " ".join(re.split(r"[-_+\s]+", path.strip("/").rpartition("/")[2]))[:_LONGEST_WORDS].strip()


def document_page(iri: str, turtle: str, aligned: Sequence[Aligned] = ()) -> str:
    """A document as it is written, below what it says in words.

    Args:
        iri: of the document.
        turtle: its text.
        aligned: the correspondences that it holds, if that is what it is about.
    """
    formats = [entry.name for entry in GRAPH_FORMATS if entry.name != "html"]
    return render_template("document.html", iri=iri, text=turtle, formats=formats, aligned=aligned)


def resource_page(service: Service, base: str, page: DocumentPage, language: str) -> str:
    """What is known of one IRI, with the texts of one language where they are in several."""
    namespace = service.settings.text("namespace")
    iri = page.node.iri

    def local(target: str) -> str | None:
        return local_link(target, namespace)

    def named(term: ShownTerm) -> tuple[str, str] | None:
        said = "" if term.labels else elsewhere_label(term.iri, language)
        return (language, said) if said else name_in(term, language)

    groups = _grouped(read_in(page.about, language), iri)
    formats = [entry.name for entry in GRAPH_FORMATS if entry.name != "html"]
    return render_template(
        "resource.html",
        base=base,
        page=page,
        iri=iri,
        named=named,
        groups=groups,
        local=local,
        formats=formats,
    )


def read_in(rows: tuple[ShownRow, ...], language: str) -> tuple[ShownRow, ...]:
    """Statements for readers of a language: no keys for sorting, and no text that is there in it as well.

    The data under the same address has all of them.
    """
    told = {(row[0], row[1]) for row in rows if row[-1].language == language}
    return tuple(
        row
        for row in rows
        if row[1].iri != _SORT_KEY and (row[-1].language in {"", language} or (row[0], row[1]) not in told)
    )


def name_in(term: ShownTerm, language: str) -> tuple[str, str] | None:
    """Language and text of the one label by which a page calls something; ``None`` where it has no label.

    >>> name_in(ShownTerm(labels=(("en", "Iran"), ("fa", "ایران"))), "fa")
    ('fa', 'ایران')
    """
    order = {tag: place for place, tag in enumerate(dict.fromkeys((language, "", *LANGUAGES)))}
    return min(term.labels, key=lambda label: order.get(label[0], len(order)), default=None)


def _grouped(
    rows: tuple[ShownRow, ...], iri: str
) -> list[tuple[ShownTerm, list[tuple[ShownTerm, ShownTerm]]]]:
    """Predicates and objects by subject, the page's own first."""
    groups: dict[ShownTerm, list[tuple[ShownTerm, ShownTerm]]] = {}
    for subject, predicate, value in rows:
        groups.setdefault(subject, []).append((predicate, value))
    order = sorted(groups, key=lambda subject: (subject.iri != iri, subject.iri or subject.text))
    return [(subject, groups[subject]) for subject in order]
