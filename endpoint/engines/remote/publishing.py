"""Bringing a published version into an engine (SPARQL 1.1 Graph Store HTTP Protocol).

Where the engine takes a whole dataset at once, as N-Quads without naming a graph, that is one request, and
mostly one transaction. Else every graph is put for itself, and graphs that are no longer there are deleted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import pyoxigraph as ox

from araxes.endpoint.engines.remote.credentials import Credentials
from araxes.endpoint.engines.remote.dialects import Dialect, dialect_of
from araxes.endpoint.engines.remote.engine_client import place_of
from araxes.ontology.errors import AraxesError
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.triples.stores.versioned_store import StoreVersion

_QUADS = "application/n-quads"
_TRIPLES = "application/n-triples"
_UNABLE = frozenset({400, 404, 405, 406, 411, 415, 500, 501})
"""How engines say that they take no whole dataset."""

_NONE = "graph=urn%3Ax-araxes%3Ano-graph"
"""Asks for a graph that is not there: what it costs nothing to ask."""

_TIME = 3600.0


class PublishingError(AraxesError):
    """The engine did not take the dataset."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Credentials go to nobody else."""

    def redirect_request(self, *arguments: Any) -> None:
        """Follow nothing."""
        return


class GraphStore:
    """A Graph Store at an address."""

    def __init__(self, address: str, credentials: Credentials) -> None:
        """Nothing is sent yet. Basic, Bearer and Digest authentication are known."""
        self._address = address
        self._credentials = credentials
        self._opener = urllib.request.build_opener(_NoRedirects())
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, address, credentials.user, credentials.secret)
        self._digest = urllib.request.AbstractDigestAuthHandler(passwords)
        self._challenge: dict[str, str] | None = None

    def dialect(self) -> Dialect:
        """How the engine differs, by what it calls itself.

        Raises:
            PublishingError: nobody answers.
        """
        status, server = self._send("GET", _NONE, None, "")
        if status in (401, 403):
            raise self._refusal(status, "to be asked")
        return dialect_of(server)

    def put_whole(self, file: IO[bytes]) -> bool:
        """Put a whole dataset in place of what is there; false if this engine takes none.

        Raises:
            PublishingError: it refuses or fails.
        """
        status, _ = self._send("PUT", "", file, _QUADS)
        if status in _UNABLE:
            return False
        self._check(status, "the dataset")
        return True

    def put(self, graph: str | None, triples: Iterable[ox.Triple]) -> None:
        """Put one graph in place of what is there; ``None`` is the default graph.

        Raises:
            PublishingError: it refuses or fails.
        """
        with tempfile.TemporaryFile() as file:
            ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
            file.seek(0)
            status, _ = self._send("PUT", _selected(graph), file, _TRIPLES)
        self._check(status, f"the graph {graph or 'default'}")

    def delete(self, graph: str) -> None:
        """Delete a named graph, if it is there.

        Raises:
            PublishingError: it refuses or fails.
        """
        status, _ = self._send("DELETE", _selected(graph), None, "")
        if status != 404:
            self._check(status, f"to delete the graph {graph}")

    def _send(self, method: str, query: str, file: IO[bytes] | None, media_type: str) -> tuple[int, str]:
        """Status of the answer, and what the server calls itself.

        A server that wants a digest says so first, and takes no body before; it may do so again at any time.
        """
        for last in (False, True):
            try:
                status, headers = self._sent(method, query, file, media_type)
            except PublishingError:
                if last or file is None or not self._credentials.user:
                    raise
                # It may have closed the connection instead of reading what it would refuse.
                status, headers = self._sent("GET", _NONE, None, "")
            if status != 401 or last or not self._credentials.user:
                break
            scheme, _, rest = _field(headers, "WWW-Authenticate").partition(" ")
            fields = filter(None, urllib.request.parse_http_list(rest))
            self._challenge = urllib.request.parse_keqv_list(list(fields)) if scheme == "Digest" else {}
        return status, _field(headers, "Server")

    def _sent(
        self, method: str, query: str, file: IO[bytes] | None, media_type: str
    ) -> tuple[int, dict[str, str]]:
        """Status and headers of the answer to one request."""
        joint = "&" if "?" in self._address else "?"
        address = self._address + (joint + query if query else "")
        headers = {}
        if file is not None:
            file.seek(0)
            headers = {"Content-Type": media_type, "Content-Length": str(_size(file))}
        request = urllib.request.Request(address, file, headers, method=method)  # noqa: S310 -- checked before
        if self._challenge:
            proof = self._digest.get_authorization(request, self._challenge)
            request.add_header("Authorization", f"Digest {proof}")
        elif self._challenge is not None or not self._credentials.user:
            # Virtuoso refuses for good whoever sends a password without being asked for it.
            for name, value in self._credentials.headers().items():
                request.add_header(name, value)
        try:
            with self._opener.open(request, timeout=_TIME) as answer:
                shutil.copyfileobj(answer, _Nothing())
                return answer.status, dict(answer.headers.items())
        except urllib.error.HTTPError as error:
            error.close()
            return error.code, dict(error.headers.items()) if error.headers else {}
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise PublishingError(
                f"the engine at {place_of(self._address)} cannot be reached: "
                f"{self._credentials.hidden(str(reason))}",
                "check that it runs, and its Graph Store address",
            ) from None

    def _check(self, status: int, what: str) -> None:
        if not 200 <= status < 300:
            raise self._refusal(status, what)

    def _refusal(self, status: int, what: str) -> PublishingError:
        remedy = "read the engine's log"
        if status in (401, 403):
            remedy = "give ARAXES_ENGINE_CREDENTIALS, or --credentials FILE, of a user who may write there"
        elif status == 404:
            remedy = "make the dataset in the engine first, and check the address"
        return PublishingError(
            f"the engine at {place_of(self._address)} refuses {what}: status {status}", remedy
        )


class _Nothing:
    def write(self, data: bytes) -> int:
        """Take it and forget it."""
        return len(data)


def _field(headers: Mapping[str, str], name: str) -> str:
    """A header, in whatever case it came."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _selected(graph: str | None) -> str:
    return "default" if graph is None else f"graph={quote(graph, safe='')}"


def publish_to(
    version: StoreVersion, store: GraphStore, held: Iterable[str], tell: Callable[[str], None]
) -> str:
    """Bring a version into an engine, in place of what is there.

    Args:
        version: whose database is read.
        store: where it goes.
        held: graphs that the engine holds; those that the version lacks are deleted.
        tell: hears how it goes.

    Returns:
        How it was done: "at once" or "graph by graph".

    Raises:
        PublishingError: the engine does not take it.
    """
    quads = ox.Store.read_only(str(version.path))
    dialect = store.dialect()
    if not dialect.stand_in:
        with tempfile.TemporaryFile() as file:
            quads.dump(file, format=ox.RdfFormat.N_QUADS)
            file.seek(0)
            if store.put_whole(file):
                return "at once"
    tell("the engine takes no whole dataset: every graph for itself …")
    default = (quad.triple for quad in quads.quads_for_pattern(None, None, None, DEFAULT_GRAPH))
    store.put(dialect.stand_in or None, default)
    names = [name for name in quads.named_graphs() if isinstance(name, ox.NamedNode)]
    for number, name in enumerate(names, 1):
        store.put(name.value, (quad.triple for quad in quads.quads_for_pattern(None, None, None, name)))
        if number % 1000 == 0:
            tell(f"{number:,} of {len(names):,} graphs …")
    keep = {name.value for name in names} | {dialect.stand_in, *dialect.others}
    for graph in held:
        if graph not in keep:
            store.delete(graph)
    return "graph by graph"


def copy_beside(version: StoreVersion, folder: Path) -> Path:
    """Copy what was published beside a version's database to another store root, and make it current there.

    Raises:
        PublishingError: the folder cannot be written.
    """
    target = folder / "versions" / version.name
    try:
        temporary = target.with_name(f".building-{os.getpid()}")
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.copytree(version.path.parent, temporary, ignore=shutil.ignore_patterns("db"))
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
        link = folder / f".current-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(target.relative_to(folder))
        link.replace(folder / "current")
    except OSError as error:
        raise PublishingError(
            f"{folder} cannot be written: {error.strerror}", "name another with --beside"
        ) from error
    return target
