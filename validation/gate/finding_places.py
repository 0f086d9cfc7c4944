"""From a shape's result back to the file, line and claim where an author can mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE
from araxes.triples.authoring.corpus import Corpus, Record, as_list
from araxes.triples.authoring.findings import Finding, Place

OBJECT_SHAPE = "-object"
"""How the name of a shape ends that looks at what a property leads to."""


def locate_findings(findings: Iterable[Finding], corpus: Corpus, quads: Iterable[ox.Quad]) -> list[Finding]:
    """The findings of shapes and rules at the places that they come from, one for every claim concerned."""
    records = {record.id: record for record in corpus.records()}
    listed = list(quads)
    claims_of, stated_by = _claims_by_statement(listed), _subjects_by_object(listed)
    return [
        _located(finding, record) if record else finding
        for finding in findings
        for record in _records(finding, records, claims_of, stated_by)
    ]


def _claims_by_statement(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Ids of the claims whose graphs mention a node, a node with a property, or a whole statement."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            claim = quad.graph_name.value.removeprefix(BASE).partition("#")[0]
            found[f"{quad.subject} {quad.predicate.value} {quad.object}"].add(claim)
            for node in (quad.subject, quad.object):
                if isinstance(node, ox.NamedNode):
                    found[node.value].add(claim)
                    found[f"{node.value} {quad.predicate.value}"].add(claim)
    return found


def _subjects_by_object(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Ids of the records outside claims that relate something to a node by a property."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph) and isinstance(quad.object, ox.NamedNode):
            subject = str(getattr(quad.subject, "value", "")).removeprefix(BASE).partition("#")[0]
            found[f"{quad.object.value} {quad.predicate.value}"].add(subject)
    return found


def _records(
    finding: Finding,
    records: dict[str, Record],
    claims_of: dict[str, set[str]],
    stated_by: dict[str, set[str]],
) -> list[Record | None]:
    node = finding.value.strip("<>") if finding.focus == AX.rstrip("/") else finding.focus
    about = _property_of(finding)
    stating = claims_of.get(f"<{node}> {about} {finding.value}") or claims_of.get(f"{node} {about}")
    if finding.shape.endswith(OBJECT_SHAPE):  # what is wrong is said by whoever relates something to the node
        sayers = claims_of.get(f"{node} {about}", set()) | stated_by.get(f"{node} {about}", set())
        if known := sorted(sayers & records.keys()):
            return [records[name] for name in known]
    owner = node.removeprefix(BASE).partition("#")[0]
    if owner in records and not (stating and records[owner].kind == "entity"):
        return [records[owner]]
    claims = stating or claims_of.get(node, set())
    return [records[claim] for claim in sorted(claims) if claim in records] or [None]


def _property_of(finding: Finding) -> str:
    """The property a statement shape is about, from its path or its name."""
    return finding.path or AX + finding.shape.rpartition("/")[2].rpartition("-")[0]


def _located(finding: Finding, record: Record) -> Finding:
    node = finding.subject
    inner = _statement(record, node, _property_of(finding).removeprefix(AX))
    message = f"{node}: {finding.message}" if node != record.id else finding.message
    place = Place(record.document.path, record.line(*inner))
    return replace(finding, place=place, subject=record.id, message=message)


def _statement(record: Record, node: str, name: str) -> tuple[str | int, ...]:
    """Where in a claim the property or the node stands: the nearest that both, else one of them, point to."""
    called = {node, node.removeprefix(record.id)}
    by_node: tuple[str | int, ...] = ()
    by_name: tuple[str | int, ...] = (name,) if name in record.data else ()
    for index, statement in enumerate(as_list(record.data.get("asserts", []))):
        if not isinstance(statement, dict):
            continue
        own = str(statement.get("id")) in called
        values = {value for value in as_list(statement.get(name)) if isinstance(value, str)}
        if name in statement and (own or called & values):
            return ("asserts", index, name)
        if own:
            by_node = by_node or ("asserts", index)
        if name in statement:
            by_name = by_name or ("asserts", index, name)
    return by_node or by_name
