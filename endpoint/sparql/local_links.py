"""Where links to IRIs lead: to this server for what it describes, elsewhere only over the web."""

from __future__ import annotations

from urllib.parse import quote


def local_link(iri: str, namespace: str) -> str | None:
    """Where a link to an IRI goes: to this server for the project's own; nowhere for odd schemes.

    >>> local_link("https://w3id.org/araxes/claim/irna-2019/1#a", "https://w3id.org/araxes/")
    '/claim/irna-2019/1#a'
    >>> local_link("javascript:alert(1)", "https://w3id.org/araxes/")
    """
    if iri.startswith(namespace):
        path, hash_mark, fragment = iri[len(namespace) :].partition("#")
        return "/" + quote(path, safe="/:@!$&()*+,;=~") + hash_mark + fragment
    return iri if iri.lower().startswith(("http://", "https://")) else None


def held_link(iri: str, namespace: str) -> str | None:
    """Where a link goes to something that the dataset describes: to this server, whatever its namespace.

    >>> held_link("https://example.org/x/person/y", "https://w3id.org/araxes/")
    '/https://example.org/x/person/y'
    """
    if iri.startswith(namespace) or not iri.startswith(("http://", "https://")):
        return local_link(iri, namespace)
    path, hash_mark, fragment = iri.partition("#")
    return "/" + quote(path, safe="/:@!$&()*+,;=~") + hash_mark + fragment
