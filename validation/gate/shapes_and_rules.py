"""The gate before publication: shapes and hygiene queries over one dataset."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from araxes.ontology.modules_at_work import per_ontology
from araxes.triples.authoring.findings import Finding
from araxes.triples.dataset import ontology_quads
from araxes.validation.gate.hygiene_rules import ABOUT_TERMS, hygiene_findings
from araxes.validation.gate.shacl import shape_findings
from araxes.validation.gate.shape_data import ontology_parts


def check_quads(quads: Iterable[ox.Quad]) -> list[Finding]:
    """Everything that shapes and hygiene queries find, sorted; a ``violation`` stops publication."""
    data = list(quads)
    return sorted({*shape_findings(data), *hygiene_findings(_store(data))})


def check_described(quads: Iterable[ox.Quad]) -> list[Finding]:
    """The same of what records say beside the ontology on disk, to which they can add no term.

    What is the same for all records is made once: rules about terms are asked of the ontology alone.
    """
    data = list(quads)
    store = _store([*_ontology(), *data])
    rest = hygiene_findings(store, leave_out=ABOUT_TERMS)
    return sorted({*shape_findings(data, ontology_parts()), *rest, *_of_terms()})


@per_ontology
def _ontology() -> tuple[ox.Quad, ...]:
    return tuple(ontology_quads())


@per_ontology
def _of_terms() -> tuple[Finding, ...]:
    return tuple(hygiene_findings(_store(_ontology()), only=ABOUT_TERMS))


def _store(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quads)
    return store
