"""The way back from a published dataset to what was written, so that several can be published as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import AX, BASE, DCTERMS, SKOS, VOID
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.triples.dataset import ontology_quads
from araxes.triples.derived.digests import COMPARISONS, CONTENT_DIGEST
from araxes.triples.derived.inference import SUFFIX
from araxes.validation.gate.audit import Audited, digests_of

_SHOWN = 10


def written_quads(quads: list[ox.Quad]) -> Iterator[ox.Quad]:
    """What records and mappings of a published dataset say, without the ontology and all that is derived.

    Args:
        quads: the dataset, with the ontology; it has passed the audit.
    """
    data = Audited(quads)
    own: set[ox.Quad] = set()
    for iri, digest in digests_of(quads).items():
        own.update(data.as_written(iri, digest) or ())
    ontology = set(ontology_quads())
    for quad in data.quads:
        if quad in ontology or quad.predicate == CONTENT_DIGEST or _is_blank(quad) or _is_made(quad):
            continue
        if quad not in data.bare or quad in own or quad in data.additions:
            yield quad


def _is_blank(quad: ox.Quad) -> bool:
    """Whether it is of an axiom of the ontology: nothing that people write has nodes without a name."""
    blank = isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    return blank and quad.graph_name == DEFAULT_GRAPH


def _is_made(quad: ox.Quad) -> bool:
    owner = quad.subject if quad.graph_name == DEFAULT_GRAPH else quad.graph_name
    return isinstance(owner, ox.NamedNode) and (
        owner.value.endswith(SUFFIX) or owner.value.startswith(COMPARISONS)
    )


def joined(parts: Mapping[Path, list[ox.Quad]]) -> list[ox.Quad]:
    """What several published datasets were written from, together.

    Args:
        parts: file → its dataset, with the ontology; each has passed the audit.

    Raises:
        InputError: two describe one thing differently, or one was made with another version of the ontology.
    """
    found: dict[ox.Quad, None] = {}
    digests: dict[str, tuple[Path, str]] = {}
    problems = []
    for path, quads in parts.items():
        written = list(written_quads(quads))
        foreign = sorted({str(quad.subject) for quad in written if _is_term(quad)})
        if foreign:
            problems.append(f"{path}: holds another version of the ontology ({', '.join(foreign[:3])} …)")
        for iri, digest in digests_of(quads).items():
            first, known = digests.setdefault(iri, (path, digest))
            if known != digest:
                problems.append(f"{path}: {iri.removeprefix(BASE)} is written otherwise in {first}")
        found.update(dict.fromkeys(written))
    problems += _shared_spaces(parts)
    if problems:
        count = f"{len(problems)} thing{'s' if len(problems) > 1 else ''} on which the files do not agree"
        more = [f"… and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
        raise InputError(
            "\n".join([count, *problems[:_SHOWN], *more]),
            "build them over one version of the corpora that they share, with one version of araxes",
            tuple(problems),
        )
    return list(found)


def _shared_spaces(parts: Mapping[Path, list[ox.Quad]]) -> Iterator[str]:
    """Namespaces that two corpora of different files have, or one corpus with other sources in each."""
    spaces: dict[str, tuple[Path, str, frozenset[str]]] = {}
    for path, quads in parts.items():
        sources: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if quad.predicate.value == DCTERMS + "isPartOf" and quad.graph_name == DEFAULT_GRAPH:
                sources[getattr(quad.object, "value", "")].add(str(quad.subject))
        for quad in quads:
            if quad.predicate.value != VOID + "uriSpace":
                continue
            corpus, space = (getattr(term, "value", "") for term in (quad.subject, quad.object))
            if space == BASE:
                continue
            own = (path, corpus, frozenset(sources[corpus]))
            first = spaces.setdefault(space, own)
            if first[1] != corpus:
                what = f"{path}: the corpus {corpus} has the namespace of {first[1]} in {first[0]}"
                yield f"{what} → give each its own `namespace` in corpus.toml, and build both again"
            elif first[2] != own[2]:
                what = f"{path}: the corpus {corpus} has other sources than in {first[0]}"
                yield (
                    f"{what} → build both over one version of it; if they are two corpora, give each its own "
                    "`name` and `namespace`"
                )


def _is_term(quad: ox.Quad) -> bool:
    """Whether it is said of a term; a record of a term's mapping (``TERM#mapping-…``) is a corpus's own."""
    subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
    term = subject.startswith(AX) and "#" not in subject
    return term and quad.graph_name == DEFAULT_GRAPH and not quad.predicate.value.startswith(SKOS)
