"""A text against the passages of a claim: only their places and digests are known here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from araxes.endpoint.engines.jobs import PassageJob
from araxes.endpoint.engines.replies import Answered, AnswerKind
from araxes.ontology.namespaces import AX, OA
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, SHA256
from araxes.triples.originals.quote_digests import RecordedPassage, check_quotation, shape

_PASSAGE = ox.NamedNode(AX + "passage")
_SOURCE = ox.NamedNode(OA + "hasSource")
_SELECTOR = ox.NamedNode(OA + "hasSelector")
_START, _END = ox.NamedNode(OA + "start"), ox.NamedNode(OA + "end")


def write_passages(store: ox.Store, job: PassageJob, output: IO[bytes]) -> Answered:
    """Write what comes of comparing a text with each passage of a claim, in the order of the text.

    The answer is a list of objects: ``text``, ``start``, ``end``, ``sha256`` of the passage, ``verdict``,
    ``changes``, ``whole`` (:class:`~araxes.triples.originals.quote_digests.CheckedPassage`), ``shape``
    (:func:`~araxes.triples.originals.quote_digests.shape`); empty where the claim has no passage.

    Raises:
        ValueError: the claim's IRI is none.
    """
    passages = sorted(_passages(store, ox.NamedNode(job.claim)), key=lambda each: (each.text, each.start))
    found = [
        {
            "text": each.passage.text,
            "start": each.passage.start,
            "end": each.passage.end,
            "sha256": each.passage.sha256,
            "verdict": each.verdict,
            "changes": each.changes,
            "whole": each.whole,
            "shape": shape(job.text, each.passage),
        }
        for each in check_quotation(job.text, passages)
    ]
    output.write(json.dumps(found).encode() + b"\n")
    return Answered(AnswerKind.PASSAGES, "json")


def _passages(store: ox.Store, claim: ox.NamedNode) -> Iterator[RecordedPassage]:
    """The passages of a claim that are recorded whole."""

    def one(subject: object, predicate: ox.NamedNode) -> str:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return ""
        values = (quad.object for quad in store.quads_for_pattern(subject, predicate, None, DEFAULT_GRAPH))
        return next((each.value for each in values if isinstance(each, ox.NamedNode | ox.Literal)), "")

    for quad in store.quads_for_pattern(claim, _PASSAGE, None, DEFAULT_GRAPH):
        if not isinstance(quad.object, ox.NamedNode | ox.BlankNode):
            continue
        text, digest = one(quad.object, _SOURCE), one(quad.object, SHA256)
        for selector in store.quads_for_pattern(quad.object, _SELECTOR, None, DEFAULT_GRAPH):
            start, end = one(selector.object, _START), one(selector.object, _END)
            if text and digest and start.isdecimal() and end.isdecimal() and int(start) < int(end):
                yield RecordedPassage(text, int(start), int(end), digest)
