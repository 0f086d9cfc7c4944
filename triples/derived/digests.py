"""Content digests: what was written about a claim, a source or another thing, as one SHA-256.

In the spirit of nanopublications' trusty URIs (https://trustyuri.net): whoever changes one word of a claim
must change its digest too, and whoever knows the digest sees it. Unlike a trusty URI the digest is a
property, ``ax:contentDigest``, not a part of the name, so that names stay when a claim is corrected.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.derived.sort_keys import SORT_KEY

CONTENT_DIGEST = ox.NamedNode(AX + "contentDigest")
"""The property that holds the digest."""

COMPARISONS = (BASE + "disagreement/", BASE + "corroboration/", BASE + "dispute/")
"""How the IRIs of what is found by comparing claims begin."""

WITHOUT = (*COMPARISONS, BASE + "mappings/", BASE + "ontology")
"""How the IRIs of things without digest begin: what is computed, terms of ontologies and their links."""


def digest_quads(quads: Iterable[ox.Quad], bare: Collection[ox.Quad]) -> Iterator[ox.Quad]:
    """The digest of each record, for the default graph.

    Args:
        quads: descriptions and claim graphs; derived data and digests may be among them, or not.
        bare: the uncontested statements.
    """
    for iri, written in sorted(records(quads, bare).items()):
        yield ox.Quad(ox.NamedNode(iri), CONTENT_DIGEST, ox.Literal(content_digest(written)))


def records(quads: Iterable[ox.Quad], bare: Collection[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """What was written about each thing, by its IRI without fragment.

    Of a claim that is its graph and what the default graph says of it, its passages and its corrections;
    of a source the same with its text, authorship and readings. Left out is what a build derives: the
    uncontested statements, which stand in the claims too, and what is inferred or compared.

    Args:
        quads: the dataset, or what it says of some records.
        bare: the uncontested statements.
    """
    data = list(quads)
    own: set[tuple[object, object]] = {
        (quad.graph_name, quad.subject) for quad in data if quad.graph_name != ox.DefaultGraph()
    }
    found: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in data:
        name = _record(quad)
        if name and quad not in bare and not _is_copy(quad, name, own):
            found[name].append(quad)
    return found


def _record(quad: ox.Quad) -> str:
    """IRI of the record that a quad belongs to, or nothing if no one wrote it."""
    owner = quad.subject if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
    if not isinstance(owner, ox.NamedNode) or quad.predicate in (CONTENT_DIGEST, SORT_KEY):
        return ""
    if owner.value.endswith(SUFFIX) or not owner.value.startswith(BASE) or owner.value.startswith(WITHOUT):
        return ""
    return owner.value.partition("#")[0]


def _is_copy(quad: ox.Quad, record: str, own: set[tuple[object, object]]) -> bool:
    """Whether a quad of the default graph is about a node that stands in its claim's own graph."""
    bare = isinstance(quad.graph_name, ox.DefaultGraph)
    return bare and (ox.NamedNode(record), quad.subject) in own


def content_digest(quads: Iterable[ox.Quad]) -> str:
    """SHA-256 (lower-case hexadecimal) of canonical N-Quads in code point order (RDFC-1.0).

    >>> content_digest([])[:12]
    'e3b0c44298fc'
    """
    dataset = ox.Dataset(quads)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return hashlib.sha256(b"".join(sorted(text.splitlines(keepends=True)))).hexdigest()
