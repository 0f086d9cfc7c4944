"""Content digests: what was written about a claim, a source or another thing, as one SHA-256.

In the spirit of nanopublications' trusty URIs (https://trustyuri.net): whoever changes one word of a claim
must change its digest too, and whoever knows the digest sees it. Unlike a trusty URI the digest is a
property, ``ax:contentDigest``, not a part of the name, so that names stay when a claim is corrected.

A digest covers what somebody wrote under a name and nothing that stands beside it: not what claims say of a
thing, not what another corpus adds to it, not how it is mapped. So one record has one digest in all datasets.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, CODES, OA, SKOS
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, RDF_TYPE
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.derived.sort_keys import SORT_KEY
from araxes.triples.derived.spaces import own_spaces
from araxes.triples.stores.canonical_form import canonicalize

CONTENT_DIGEST = ox.NamedNode(AX + "contentDigest")
"""The property that holds the digest."""

COMPARISONS = (BASE + "disagreement/", BASE + "corroboration/", BASE + "dispute/")
"""How the IRIs of what is found by comparing claims begin."""

WITHOUT = (*COMPARISONS, BASE + "mappings/", BASE + "ontology", *CODES)
"""How the IRIs of things without digest begin: what is computed, terms of ontologies and their links."""

_ADDED = (RDF_TYPE, ox.NamedNode(OA + "Annotation"))
_BESIDE = frozenset(SKOS + name for name in ("hiddenLabel", "exactMatch", "closeMatch", "broadMatch",
                                             "narrowMatch", "relatedMatch"))  # fmt: skip
_MOST_TRIED = 4096


def digest_quads(described: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The digest of each record, for the default graph.

    Args:
        described: what records say, without anything that is derived.
    """
    data = list(described)
    for iri, written in sorted(records(data, additions(data)).items()):
        yield ox.Quad(ox.NamedNode(iri), CONTENT_DIGEST, ox.Literal(content_digest(written)))


def additions(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """What corpora add to things that others describe, as it stands in the default graph.

    Each addition is an ``oa:Annotation``, whose graph says what is added.
    """
    data = list(quads)
    graphs = {
        quad.subject
        for quad in data
        if (quad.predicate, quad.object) == _ADDED and quad.graph_name == DEFAULT_GRAPH
    }
    return {ox.Quad(*quad.triple) for quad in data if quad.graph_name in graphs}


def records(quads: Iterable[ox.Quad], beside: Collection[ox.Quad] = ()) -> dict[str, list[ox.Quad]]:
    """What was written about each thing, by its IRI without fragment; of a mapping, with it.

    Of a claim that is its graph and what the default graph says of it, its passages and its corrections;
    of a source the same with its text, authorship and readings.

    Args:
        quads: the dataset, or what it says of some records.
        beside: what stands in the default graph beside what was written: uncontested statements, additions.
    """
    return _by_record(quads, lambda quad: quad not in beside)


def doubtful(quads: Iterable[ox.Quad], beside: Collection[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """What stands beside the records of :func:`records` and may have been written too."""
    return _by_record(quads, lambda quad: quad in beside)


def _by_record(quads: Iterable[ox.Quad], wanted: Callable[[ox.Quad], bool]) -> dict[str, list[ox.Quad]]:
    data = list(quads)
    spaces = own_spaces(data)
    own: set[tuple[object, object]] = {
        (quad.graph_name, quad.subject) for quad in data if quad.graph_name != DEFAULT_GRAPH
    }
    found: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in data:
        name = record_of(quad, spaces)
        if name and wanted(quad) and not _is_copy(quad, name, own):
            found[name].append(quad)
    return found


def record_of(quad: ox.Quad, spaces: tuple[str, ...]) -> str:
    """IRI of the record that a quad belongs to, or nothing if no one wrote it."""
    owner = quad.subject if quad.graph_name == DEFAULT_GRAPH else quad.graph_name
    if not isinstance(owner, ox.NamedNode) or quad.predicate in (CONTENT_DIGEST, SORT_KEY):
        return ""
    if owner.value.endswith(SUFFIX) or not owner.value.startswith(spaces) or owner.value.startswith(WITHOUT):
        return ""
    if quad.graph_name == DEFAULT_GRAPH and quad.predicate.value in _BESIDE:
        return ""
    return owner.value if "#mapping-" in owner.value else owner.value.partition("#")[0]


def _is_copy(quad: ox.Quad, record: str, own: set[tuple[object, object]]) -> bool:
    """Whether a quad of the default graph is about a node that stands in its claim's own graph."""
    return quad.graph_name == DEFAULT_GRAPH and (ox.NamedNode(record), quad.subject) in own


def content_digest(quads: Iterable[ox.Quad]) -> str:
    """SHA-256 (lower-case hexadecimal) of canonical N-Quads in code point order (RDFC-1.0).

    >>> content_digest([])[:12]
    'e3b0c44298fc'
    """
    dataset = ox.Dataset(quads)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        canonicalize(dataset)
    text = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return hashlib.sha256(b"".join(sorted(text.splitlines(keepends=True)))).hexdigest()


def as_written(certain: list[ox.Quad], perhaps: list[ox.Quad], digest: str) -> list[ox.Quad] | None:
    """What of a record was written, if its digest tells.

    A statement that claims affirm, or that another corpus adds, may stand in the record too: once in the
    default graph, it cannot be told by itself. The digest fits to one choice among these alone.

    Args:
        certain: what can only have been written.
        perhaps: what may have been, the likeliest first.
        digest: the digest of what was.
    """
    if content_digest(certain) == digest:
        return certain
    sure = [_line(quad) for quad in certain]
    for tried, chosen in enumerate(_choices(perhaps)):
        text = b"".join(sorted([*sure, *map(_line, chosen)]))
        if hashlib.sha256(text).hexdigest() == digest:
            return [*certain, *chosen]
        if tried > _MOST_TRIED:
            break
    return None


def _choices(perhaps: list[ox.Quad]) -> Iterator[tuple[ox.Quad, ...]]:
    """Some of the statements, the fewest first, but all of them early."""
    yield tuple(perhaps)
    for size in range(1, len(perhaps)):
        yield from combinations(perhaps, size)


def _line(quad: ox.Quad) -> bytes:
    return ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b""
