"""Asking in turns, and what is made of the times."""

from __future__ import annotations

import json
import math
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import urllib3

from tests.benchmarks.suite.groups import LOAD, Asked
from tests.benchmarks.suite.peers import Peer
from tests.benchmarks.suite.processes import ProcessorTime
from tests.endpoint.endpoint_fixtures import JSON

_FORM = "application/x-www-form-urlencoded"
_POOL = urllib3.PoolManager(maxsize=4, retries=False)
_WRK = Path(__file__).with_name("load.lua")


class NoAnswerError(Exception):
    """Too late, or no answer."""


def ask(peer: Peer, query: str, patience: float) -> tuple[float, str]:
    """Seconds until the whole answer is here, and its size: rows, or the value where there is one only.

    Raises:
        NoAnswerError: there is none in time.
    """
    fields = [("query", peer.text(query)), *(("default-graph-uri", iri) for iri in peer.graphs)]
    body = urlencode(fields).encode()
    headers = {"Content-Type": _FORM, "Accept": JSON}
    begin = time.monotonic()
    try:
        reply = _POOL.request("POST", peer.url, body=body, headers=headers, timeout=patience)
    except urllib3.exceptions.HTTPError as error:
        raise NoAnswerError(type(error).__name__) from error
    seconds = time.monotonic() - begin
    if reply.status != 200:
        raise NoAnswerError(f"status {reply.status}")
    return seconds, _size(reply.data)


def _size(body: bytes) -> str:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise NoAnswerError("no JSON") from error
    if "boolean" in document:
        return str(document["boolean"]).lower()
    rows = document["results"]["bindings"]
    if document["head"]["vars"] == ["__ASK_RETVAL"]:  # Virtuoso's truth
        return str(any(row["__ASK_RETVAL"]["value"] == "1" for row in rows)).lower()
    if len(rows) == 1 and len(rows[0]) == 1:
        (cell,) = rows[0].values()
        return f"={cell['value']}"
    return f"{len(rows)} rows"


@dataclass
class Times:
    """What one query took on one server."""

    seconds: list[float] = field(default_factory=list)
    processor: float = 0.0
    size: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Bounds:
    """How long to measure.

    Attributes:
        rounds: of one query at most.
        seconds: for one query on all servers together; at least two rounds are asked.
        patience: seconds after which a server is not asked this query again.
    """

    rounds: int
    seconds: float
    patience: float


_MOST_FAILURES = 2
"""Queries of a group that a server may fail at until it is asked no more of this group."""


def in_turns(peers: Sequence[Peer], asked: Asked, bounds: Bounds, out: set[str]) -> dict[str, Times]:
    """Ask one query of every server in turns.

    Args:
        peers: the servers.
        asked: the query.
        bounds: how often.
        out: names of servers that are not asked.
    """
    found = {peer.name: Times() for peer in peers if peer.name not in out}
    watches = {peer.name: ProcessorTime(peer.pid) for peer in peers}
    end = time.monotonic() + bounds.seconds
    for turn in range(bounds.rounds):
        if turn >= 2 and time.monotonic() > end:
            break
        for peer in peers:
            times = found.get(peer.name)
            if times is None or times.failure:
                continue
            before = watches[peer.name].seconds()
            try:
                # Nothing is cached anywhere: each text is new.
                seconds, times.size = ask(peer, f"{asked.query}\n# {time.monotonic_ns()}", bounds.patience)
                times.seconds.append(seconds)
                times.processor += watches[peer.name].seconds() - before
            except NoAnswerError as error:
                times.failure = str(error)
                if peer.goes_on:  # at the expense of all others
                    peer.restart()
                    watches[peer.name] = ProcessorTime(peer.pid)
    return found


def serial(
    peers: Sequence[Peer], queries: Sequence[Asked], bounds: Bounds, tell: object = None
) -> list[dict[str, object]]:
    """Every query on every server, in turns: plain data for the report."""
    failures: dict[tuple[str, str], int] = {}
    rows: list[dict[str, object]] = []
    for asked in queries:
        out = {peer.name for peer in peers if failures.get((asked.group, peer.name), 0) >= _MOST_FAILURES}
        found = in_turns(peers, asked, bounds, out)
        for name, times in found.items():
            if times.failure:
                failures[asked.group, name] = failures.get((asked.group, name), 0) + 1
        rows.append(
            {
                "group": asked.group,
                "name": asked.name,
                "times": {name: vars(times) for name, times in found.items()},
                "not_asked": sorted(out),
            }
        )
        if callable(tell):
            tell(asked, found)
    return rows


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed (nearest rank).

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.99)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ratio(theirs: Sequence[float], base: Sequence[float]) -> tuple[float, float, float]:
    """Median and quartiles of the ratios of what was asked in one turn.

    >>> ratio([2, 4, 9], [1, 2, 3])
    (2.0, 2.0, 3.0)
    """
    pairs = sorted(mine / other for mine, other in zip(theirs, base, strict=False) if other > 0)
    return statistics.median(pairs), percentile(pairs, 0.25), percentile(pairs, 0.75)


def wrk_version() -> str:
    """Name and version of the program that makes load; empty: it is not here."""
    program = shutil.which("wrk")
    if not program:
        return ""
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return " ".join((told.stdout + told.stderr).split()[:2])


def load(peer: Peer, clients: int, seconds: int, *, fresh: bool) -> dict[str, float]:
    """Requests a second and their processor time, with so many clients at once.

    Four small queries in turn by ``wrk -t1``; fresh ones differ each time, repeated ones never.
    """
    fields = "".join(f"&{urlencode([('default-graph-uri', iri)])}" for iri in peer.graphs)
    bodies = [urlencode([("query", peer.text(query))]) for query in LOAD]
    watch = ProcessorTime(peer.pid)
    command = [
        "wrk",
        "-t1",
        f"-c{clients}",
        f"-d{seconds}s",
        "--latency",
        "--timeout",
        "10s",
        "-s",
        str(_WRK),
    ]
    before = watch.seconds()
    done = subprocess.run(
        [
            *command,
            peer.url,
            "--",
            "fresh" if fresh else "repeated",
            str(time.monotonic_ns()),
            fields,
            *bodies,
        ],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    spent = watch.seconds() - before
    return _loaded(done.stdout, spent)


def _loaded(text: str, spent: float) -> dict[str, float]:
    """The figures out of what wrk prints."""

    def number(pattern: str) -> float:
        found = re.search(pattern, text)
        return float(found[1]) if found else 0.0

    total = number(r"(\d+) requests in")
    wrong = number(r"Non-2xx or 3xx responses: (\d+)")
    lost = sum(map(float, re.findall(r"(?:connect|read|write|timeout) (\d+)", text)))
    found = {"rate": number(r"Requests/sec:\s+([\d.]+)"), "failed": wrong + lost, "requests": total}
    for name, share in (("p50", "50"), ("p99", "99")):
        value = re.search(rf"\b{share}%\s+([\d.]+)(us|ms|s)\b", text)
        scale = {"us": 1e-6, "ms": 1e-3, "s": 1.0}
        found[name] = float(value[1]) * scale[value[2]] if value else 0.0
    found["processor"] = spent / total if total else 0.0
    return found
