"""The tools over a store in this process, and by the official client over HTTP and standard streams."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pyoxigraph as ox
from mcp import StdioServerParameters
from mcp.client.client import Client

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.endpoint.tools.envelope import Carried
from araxes.endpoint.tools.messages import Host, Reply, answer
from araxes.endpoint.tools.words import words

_AX = "PREFIX ax: <https://w3id.org/araxes/ontology/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
_ARAXES = "from araxes.endpoint.cli.main import main; main()"
_Found = TypeVar("_Found")
Target = str | StdioServerParameters


@dataclass(frozen=True)
class Told:
    """What a tool answered: its text, and its data."""

    text: str
    data: dict[str, Any]
    failed: bool

    @property
    def first(self) -> str:
        return self.text.partition("\n")[0]


@dataclass
class Tools:
    """The tools over a store."""

    service: Service
    problems: list[HttpProblem]

    def send(self, message: object, headers: dict[str, str] | None = None, language: str = "en") -> Reply:
        """A message as a stream carries it, or with headers as HTTP does."""
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        host = Host(
            evaluate=lambda job: self.service.evaluate(job, client="127.0.0.1", gone=lambda: False),
            reference=lambda: self.service.reference(client="127.0.0.1", gone=lambda: False),
            seconds=30,
            language=language,
            failed=self.problems.append,
        )
        return answer(data, host, Carried(headers))

    def call(self, name: str, **arguments: object) -> Told:
        """A call of a tool."""
        params = {"name": name, "arguments": arguments}
        reply = self.send({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
        result = json.loads(reply.body)["result"]
        (content,) = result["content"]
        return Told(content["text"], result.get("structuredContent", {}), result.get("isError", False))

    def pages(self, name: str, **arguments: object) -> Iterator[Told]:
        """All pages of an answer."""
        cursor: str | None = None
        for _ in range(2000):
            told = self.call(name, **arguments, **({"cursor": cursor} if cursor else {}))
            assert not told.failed, told.text
            yield told
            cursor = told.data.get("next_cursor")
            if cursor is None:
                return
        raise AssertionError("there is no end of pages")


@contextmanager
def tools_over(store: Path, **settings: object) -> Iterator[Tools]:
    """The tools over a store, with evaluators of their own."""
    few = {"evaluators": 2, "spares": 0, "long_queries": 1, "store": str(store)}
    service = Service(load_settings({**few, **settings}))
    service.start()
    try:
        yield Tools(service, [])
    finally:
        service.stop()


def begins(name: str, language: str = "en") -> str:
    """How a line of the answers begins, up to what differs from answer to answer."""
    line: str = words(language)["lines"][name]
    return line.partition("{")[0].strip()


def at_stdio(*arguments: str) -> StdioServerParameters:
    """``araxes mcp`` as clients start it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARAXES_")}
    return StdioServerParameters(
        command=sys.executable, args=["-c", _ARAXES, "mcp", *arguments], env=environment
    )


def with_client(
    target: Target, mode: str, work: Callable[[Client], Awaitable[_Found]], seconds: float = 120
) -> _Found:
    """What comes of some work with the official client."""

    async def run() -> _Found:
        with anyio.fail_after(seconds):
            async with Client(target, mode=mode) as client:
                return await work(client)

    return anyio.run(run)


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(_AX + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(getattr(term, "value", "") for term in solution) for solution in solutions]
