"""The queries, in groups: those that general benchmarks have, and those that only graphs of claims need."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from araxes.validation.questions import read_questions

PREFIXES = """PREFIX ax: <https://w3id.org/araxes/ontology/>
PREFIX state: <https://w3id.org/araxes/state/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@dataclass(frozen=True)
class Asked:
    """A query with its group."""

    group: str
    name: str
    query: str
    whole: bool = False
    """Whether its answer grows with the dataset."""


_QUERIES = Path(__file__).with_name("queries.toml")
_DUMPS = {
    "every claim's statements": "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
    "the default graph": "SELECT ?s ?p ?o { ?s ?p ?o }",
}
LOAD = (
    "SELECT ?s WHERE { ?s a <https://w3id.org/araxes/ontology/State> } LIMIT 1",
    "SELECT ?p ?o WHERE { <https://w3id.org/araxes/state/iran> ?p ?o } LIMIT 20",
    "ASK { GRAPH ?c { <https://w3id.org/araxes/state/iran> ?p <https://w3id.org/araxes/state/azerbaijan> } }",
    "SELECT ?c WHERE { ?c a <https://w3id.org/araxes/ontology/Dispute> } LIMIT 10",
)
"""Four small queries in turn: what throughput is measured with."""


def queries(questions: int | None = None) -> list[Asked]:
    """Every query; of the competency questions at most so many, evenly chosen."""
    found = [
        Asked(group, name, PREFIXES + query)
        for group, members in tomllib.loads(_QUERIES.read_text("utf-8")).items()
        for name, query in members.items()
    ]
    asked = list(read_questions())
    step = 1 if questions is None else max(1, len(asked) // questions)
    found += [Asked("competency questions", each.name, each.query) for each in asked[::step]]
    return [*found, *(Asked("dumps", name, query, whole=True) for name, query in _DUMPS.items())]
