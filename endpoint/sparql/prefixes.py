"""Prefixes of the IRIs that a server answers for, which need not be those of this project."""

from __future__ import annotations

from araxes.ontology.namespaces import BASE, PREFIXES


def served_prefixes(namespace: str) -> dict[str, str]:
    """The project's prefixes, its own IRIs under the namespace that is served.

    >>> served_prefixes("http://kg.example/")["state"], served_prefixes("http://kg.example/")["rdf"]
    ('http://kg.example/state/', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#')
    """
    return {
        prefix: namespace + iri.removeprefix(BASE) if iri.startswith(BASE) else iri
        for prefix, iri in PREFIXES.items()
    }
