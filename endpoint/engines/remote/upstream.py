"""The engine's server as all evaluators share it: its address, what it holds, and whether it answers."""

from __future__ import annotations

import io
import logging
import threading
import time
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.engines.remote.breaker import Breaker
from araxes.endpoint.engines.remote.credentials import read_credentials
from araxes.endpoint.engines.remote.dialects import Dialect, dialect_of
from araxes.endpoint.engines.remote.engine_client import (
    EngineCall,
    EngineCallError,
    EngineClient,
    EngineRequest,
    address_of,
    place_of,
)
from araxes.endpoint.engines.remote.media_types import RESULT_FORMATS
from araxes.endpoint.engines.replies import Cause
from araxes.endpoint.settings import Settings
from araxes.triples.stores.versioned_store import StoreVersion

_log = logging.getLogger("araxes.engine")
_CONNECT_TIME = 5.0
_INSPECTION = 60.0
"""Seconds for counting what the engine holds; clients wait no longer than for their own job."""
_LOOK = 0.25
_SAMPLE = 200
_MANY = 8 << 20
_ANY = dialect_of("").results
_RAW = 4
"""An answer in the engine's words may have so many times the bytes of one in ours: XML is longer than CSV."""


class Upstream:
    """Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        """Read the credentials; nothing is asked yet.

        Raises:
            InputError: the credentials cannot be read.
        """
        self._address = settings.text("engine")
        self._timeout = settings.number("timeout")
        self._size = settings.size("result_size") * _RAW
        connections = sum(settings.integer(name) for name in ("evaluators", "long_queries", "spares"))
        credentials = read_credentials(settings.text("engine_credentials"))
        self._client = EngineClient(credentials, connections, _CONNECT_TIME)
        self.breaker = Breaker()
        self._lock = threading.Lock()
        self._known: dict[str, Dialect] = {}
        self._stopping = threading.Event()
        self._suspect = False
        self.server = ""
        self.seen = 0.0
        """When it last answered, in seconds since 1970."""

    @property
    def place(self) -> str:
        """Scheme, host and port: never more, since paths and queries of addresses may hold keys."""
        return place_of(self._address)

    def call(self, version: StoreVersion) -> EngineCall:
        """A new call about a version's dataset."""
        address = address_of(self._address, version.digest[:12])
        return self._client.call(address, self._timeout, self._size)

    def dialect(self, version: StoreVersion) -> Dialect:
        """How the engine is to be asked, after seeing once that it holds this version's dataset.

        Raises:
            EngineCallError: it does not, or does not answer.
        """
        known = self._known.get(version.digest)
        if known is not None:
            return known
        with self._lock:  # the others wait for the one who looks
            if version.digest not in self._known:
                self._known[version.digest] = self.inspected(version)
            return self._known[version.digest]

    def inspected(self, version: StoreVersion) -> Dialect:
        """Ask what the engine is and holds.

        Raises:
            EngineCallError: it does not answer, or holds something else than this version.
        """
        call = self._client.call(
            address_of(self._address, version.digest[:12]), min(_INSPECTION, self._timeout), _MANY
        )
        call.content(EngineRequest("ASK {}", _ANY))
        self.server = call.server
        dialect = dialect_of(call.server)
        default = self._count(version, "{ ?s ?p ?o }", dialect)
        unseen = " ".join(f"<{iri}>," for iri in (dialect.stand_in, *dialect.others) if iri).rstrip(",")
        others = f"FILTER (?g NOT IN ({unseen}))" if unseen else ""
        named = self._count(
            version, f"{{ GRAPH ?g {{ ?s ?p ?o }} {others} }}", Dialect("", dialect.results, "")
        )
        expected = int(version.statistics()["default"])
        if (default, named) != (expected, version.quads - expected):
            raise EngineCallError(Cause.ENGINE_ANSWER, _other(default, named, expected, version))
        self._compare_graphs(version, dialect)
        return dialect

    def _compare_graphs(self, version: StoreVersion, dialect: Dialect) -> None:
        """Count some of the named graphs: versions of one dataset may have as many statements in all.

        Raises:
            EngineCallError: one differs, or the engine does not answer.
        """
        listed = {iri: count for iri, count in version.statistics()["named"].items() if iri[:2] != "_:"}
        chosen = sorted(listed)[:: max(1, len(listed) // _SAMPLE)]
        if not chosen:
            return
        values = " ".join(f"<{iri}>" for iri in chosen)
        pattern = f"VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"
        query = f"SELECT ?g (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?g"
        try:
            rows = self._asked(version, EngineRequest(query, dialect.results))
            found = {row["g"].value: int(row["n"].value) for row in rows}
        except (KeyError, ValueError, AttributeError) as error:
            raise _no_service() from error
        for iri in chosen:
            if found.get(iri, 0) != listed[iri]:
                message = (
                    f"the engine holds another version: {found.get(iri, 0)} statements in the graph {iri}"
                )
                raise EngineCallError(Cause.ENGINE_ANSWER, f"{message} instead of {listed[iri]}")

    def _count(self, version: StoreVersion, pattern: str, dialect: Dialect) -> int:
        graphs = (dialect.stand_in,) if dialect.stand_in else ()
        rows = self._asked(
            version, EngineRequest(f"SELECT (COUNT(*) AS ?n) {pattern}", dialect.results, graphs)
        )
        try:
            return int(rows[0]["n"].value)
        except (IndexError, KeyError, ValueError, AttributeError) as error:
            raise _no_service() from error

    def _asked(self, version: StoreVersion, question: EngineRequest) -> list[Any]:
        """The solutions of a question of our own.

        Raises:
            EngineCallError: there are none.
        """
        address = address_of(self._address, version.digest[:12])
        call = self._client.call(address, min(_INSPECTION, self._timeout), _MANY)
        media_type, content = call.content(question)
        try:
            rows: Any = ox.parse_query_results(io.BytesIO(content), format=RESULT_FORMATS[media_type])
            return list(rows)
        except (KeyError, SyntaxError, TypeError, ValueError) as error:
            raise _no_service() from error

    def graphs(self, version: StoreVersion) -> list[str]:
        """IRIs of the named graphs that the engine holds, whatever it holds.

        Raises:
            EngineCallError: it does not answer.
        """
        content = self._asked(version, EngineRequest("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", _ANY))
        return [row["g"].value for row in content if isinstance(row["g"], ox.NamedNode)]

    def note(self, error: EngineCallError | None) -> None:
        """What became of a call: a whole answer, or why there was none."""
        if error is None or not error.at_fault:
            self.seen = time.time()
            self.breaker.succeeded()
            return
        if error.cause is Cause.ENGINE_TIMEOUT:
            self.suspect()  # a long query of somebody, or a dead engine: asking something short tells
            return
        was = self.breaker.open
        self.breaker.failed(error.message)
        self._forget()
        if self.breaker.open and not was:
            _log.error("the engine at %s is not asked until it is back: %s", self.place, error.message)

    def suspect(self) -> None:
        """A call took too long, or was given up: have the watch see whether the engine answers at all."""
        self._suspect = True

    def _forget(self) -> None:
        """An engine that was gone may come back with something else."""
        self._known = {}

    def watch(self, version: Any) -> None:
        """Probe an engine that is gone until :meth:`stop`; ``version`` gives the version that is served."""

        def look() -> None:
            while not self._stopping.wait(_LOOK):
                if self.breaker.probe_due():
                    self.probe(version())
                elif self._suspect and not self.breaker.open:
                    self._suspect = False
                    self._greet(version())

        threading.Thread(target=look, name="engine-probe", daemon=True).start()

    def _greet(self, version: StoreVersion) -> None:
        """Ask what costs nothing; an engine that does not answer even that counts as gone."""
        address = address_of(self._address, version.digest[:12])
        try:
            self._client.call(address, _CONNECT_TIME, _MANY).content(EngineRequest("ASK {}", _ANY))
        except EngineCallError as error:
            self._forget()
            self.breaker.failed(error.message, certain=True)
            _log.error("the engine at %s is not asked until it is back: %s", self.place, error.message)

    def probe(self, version: StoreVersion) -> None:
        """See whether the engine is there and holds what it should."""
        try:
            self.dialect(version)
        except EngineCallError as error:
            self.breaker.failed(error.message, certain=True)
            return
        was = self.breaker.open
        self.note(None)
        if was:
            _log.info("the engine at %s is back", self.place)

    def state(self) -> dict[str, str]:
        """What operators are told."""
        state = "down" if self.breaker.open else "up"
        reason = {"reason": self.breaker.reason} if self.breaker.reason else {}
        return {"state": state, "at": self.place, "server": self.server, **reason}

    def stop(self) -> None:
        """End probing, and close what is open and unused."""
        self._stopping.set()
        self._client.close()


def _no_service() -> EngineCallError:
    return EngineCallError(
        Cause.ENGINE_ANSWER, "what is behind the setting engine does not answer as SPARQL services do"
    )


def _other(default: int, named: int, expected: int, version: StoreVersion) -> str:
    """Words for an engine that holds something else."""
    if default == version.quads or (default > expected and default >= named):
        hint = "do its bare patterns see the named graphs? its default graph must not be their union"
    else:
        hint = "publish with araxes publish --to"
    return (
        f"the engine holds {default:,} statements in its default graph and {named:,} in named graphs instead "
        f"of {expected:,} and {version.quads - expected:,}: {hint}"
    )
