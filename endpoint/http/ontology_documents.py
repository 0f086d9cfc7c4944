"""The documents at the IRIs of ontologies, of their versions, and of PLOVER's and CAMEO's codes.

They are the files that the served version of the store keeps
(:mod:`araxes.triples.stores.ontology_files`), in Turtle or written anew in another format. RDF/XML
goes to whoever does not say what is wanted: it is the one syntax that every OWL 2 tool reads (OWL 2
Conformance §2.1). The files are few and small, and each is written once a format.
"""

from __future__ import annotations

import io
import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from flask import Response, redirect, request

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import kept_page
from araxes.endpoint.http.responses import check_format, gone, negotiate, query_field, with_dataset
from araxes.endpoint.http.thing_pages import thing_page
from araxes.endpoint.pages.codes import Aligned, aligned_in, code_page
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.views import document_page
from araxes.endpoint.service.reply_problems import not_acceptable
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.carried_answers import carried
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, GRAPHS, content_type
from araxes.ontology.catalogues import catalogue
from araxes.ontology.namespaces import ALIGNMENTS_IRI, BASE, CODES, ONTOLOGY, OWL, RDFS
from araxes.triples.stores.ontology_files import ALIGNMENTS, kept_ontology_files
from araxes.triples.stores.versioned_store import StoreVersion

FORMATS = tuple(sorted(GRAPH_FORMATS, key=lambda entry: entry.name != "rdfxml"))
"""For everything under the ontology's IRI, the preferred first."""

_TARGET = ox.NamedNode(OWL + "annotatedTarget")
_DEFINED = ox.NamedNode(RDFS + "isDefinedBy")
_DOCUMENT = re.compile(rf"{re.escape(ONTOLOGY)}(/module/\w+|/alignments)?(/\d+\.\d+\.\d+)?")
_EXPORT = re.compile(rf"{re.escape(BASE)}export(/[a-z]+)?(/\d+\.\d+\.\d+)?")


def ontology_document(service: Service, iri: str) -> Response | None:
    """The document at an IRI; ``None`` if it is no ontology's, or one that the served version does not keep.

    Raises:
        HttpProblem: 400 or 406, the format.
    """
    version = service.dataset
    files = _files(version.path.parent)
    code = iri.startswith(CODES)
    if code and (made := _page_of_code(service, iri)):
        return made
    file = files.get(ALIGNMENTS_IRI if code else iri)
    name = query_field("format")
    if file is None or (code and not _triples(file, iri)):
        return None
    check_format(name, FORMATS)
    chosen = negotiate(name, FORMATS)
    if chosen is None:
        raise not_acceptable("document", [entry.media_types[0] for entry in FORMATS])
    entry, media_type = chosen
    about = iri if code else ""
    found: Any
    if entry.name == "html":
        page = "" if code else _reference_page(file)
        if page and iri.endswith(page) and name:
            return None  # by name a module's page is that of the data; the reference links to it
        if page and not iri.endswith(page) and not name:
            found = redirect(page, 302)
        else:
            aligned = _aligned(service) if file.name == ALIGNMENTS and not code else []
            found = kept_page(
                service,
                version.digest,
                iri,
                chosen_language(request),
                lambda: document_page(iri, _written(file, "turtle", about).decode(), aligned),
            )
    else:
        found = Response(_written(file, entry.name, about), content_type=content_type(media_type))
        found.headers["Link"] = f'<{iri}>; rel="describes"'
        found.set_etag(f"{version.digest[:20]}-{entry.name}-{quote(iri, safe='')}")
        found.make_conditional(request)
    found.vary.add("Accept")
    return with_dataset(found, version.digest)


def _page_of_code(service: Service, iri: str) -> Response | None:
    """The page of a code or of a scheme; ``None`` where no page is wanted, or there is none."""
    chosen = negotiate(query_field("format"), FORMATS)
    if chosen is None or chosen[0].name != "html":
        return None
    scheme = next(name for name in CODES if iri.startswith(name))
    page = thing_page(service, iri, (code_page(iri, _aligned(service, scheme)),))
    if page is not None:
        page.vary.add("Accept")
        page.headers["Content-Location"] = f"/{quote(iri.removeprefix(BASE), safe='/')}?format=html"
    return page


def _aligned(service: Service, begin: str = "") -> list[Aligned]:
    _, reference = service.reference(client=request.remote_addr or "", gone=gone())
    return aligned_in(reference.entries.values(), chosen_language(request), begin)


def _reference_page(file: Path) -> str:
    """The path of the reference's page about a module; empty for the alignments, which have none."""
    if file.name == ALIGNMENTS:
        return ""
    return "/ontology" if file.stem == "araxes" else f"/ontology/module/{file.stem}"


def served_catalogue(version: StoreVersion, base: str) -> str:
    """The catalogue by which Protégé finds at this server what a file on disk imports.

    Args:
        version: that is served.
        base: public address of the service, with a slash at its end.

    Raises:
        HttpProblem: 404, it has no ontology.
    """
    served = [iri for iri in _files(version.path.parent) if iri.startswith(BASE)]
    if not served:
        raise _no_ontology(version, ONTOLOGY)
    return catalogue({iri: base + iri.removeprefix(BASE) for iri in served})


def explain_absence(version: StoreVersion, iri: str) -> HttpProblem | None:
    """Why there is no document at an ontology's IRI; ``None`` for other IRIs."""
    if _EXPORT.fullmatch(iri):
        remedy = "`araxes export protege` writes it to a file; all data of this server are at /data?default"
        return HttpProblem(404, "not-found", f"the ontology {iri} is made on demand, not served", remedy)
    if not _DOCUMENT.fullmatch(iri) and not iri.startswith(CODES):
        return None
    kept = _files(version.path.parent)
    if kept:
        near = get_close_matches(iri, kept, n=5) or sorted(kept)[:1]
        remedy = "did you mean one of the suggestions?"
        return HttpProblem(404, "not-found", f"there is no document {iri}", remedy, suggestions=near)
    return _no_ontology(version, iri)


def _no_ontology(version: StoreVersion, iri: str) -> HttpProblem:
    return HttpProblem(
        404,
        "no-ontology",
        f"the dataset served here (sha256:{version.digest[:16]}…, made by `araxes {version.origin}`) "
        f"does not hold {iri} as this installation has it",
        "what the dataset says of single terms is at their IRIs, everything at /data?default; "
        "`araxes build` publishes the project's own dataset with its ontology",
    )


@lru_cache(maxsize=8)
def _files(folder: Path) -> dict[str, Path]:
    return kept_ontology_files(folder)


@lru_cache(maxsize=32)
def _parsed(file: Path) -> tuple[list[ox.Triple], dict[str, str]]:
    parser = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in parser]
    return triples, parser.prefixes


def _triples(file: Path, code: str) -> list[ox.Triple]:
    """All triples, or those about the codes of PLOVER or CAMEO that begin so."""
    triples, _ = _parsed(file)
    if not code:
        return triples

    def fits(term: object) -> bool:
        if not isinstance(term, ox.NamedNode):
            return False
        return term.value.startswith(code) if code.endswith("/") else term.value == code

    reasons = {triple.subject for triple in triples if triple.predicate == _TARGET and fits(triple.object)}
    found = [t for t in triples if fits(t.subject) or fits(t.object) or t.subject in reasons]
    named = {triple.subject for triple in found if fits(triple.subject)}
    return found + [
        ox.Triple(term, _DEFINED, ox.NamedNode(ALIGNMENTS_IRI)) for term in sorted(named, key=str)
    ]


@lru_cache(maxsize=256)
def _written(file: Path, name: str, code: str) -> bytes:
    if name == "turtle" and not code:
        return file.read_bytes()
    output = io.BytesIO()
    triples, prefixes = _triples(file, code), _parsed(file)[1]
    with carried(output, name) as target:
        ox.serialize(triples, target, format=GRAPHS[name], prefixes=prefixes)
    return output.getvalue()
