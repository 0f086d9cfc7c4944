"""The figures of endpoint/README.md: ``python -m tests.benchmarks.bench_abuse``.

Starts a server with default limits over a small store on a free port of 127.0.0.1, sends every probe of
:mod:`tests.endpoint.abuse_probes` and :mod:`tests.endpoint.route_probes` while another visitor asks a cheap
query all the time, and prints what happened. Bounded: about ten minutes.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

from araxes.triples.stores.versioned_store import publish
from tests.endpoint.abuse_probes import RAW, probes
from tests.endpoint.endpoint_fixtures import CHEAP, WHOLE, Server, small_dataset
from tests.endpoint.probe_kinds import KINDS
from tests.endpoint.route_probes import RIGHT, WAYS


class _Visitor(threading.Thread):
    """Asks a cheap query again and again and keeps the times."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.times: list[float] = []
        self.failures: list[str] = []
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.05):
            reply = self.server.post(f"{CHEAP} # {time.monotonic_ns()}")
            self.times.append(reply.seconds)
            if reply.status != 200:
                self.failures.append(f"{reply.status} {reply.text[:120]}")


def main() -> int:
    """Run it all; 0 when nothing went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        publish(small_dataset(), root, origin="load")
        server = Server(root, "--timeout", "5")
        try:
            return _measure(server)
        finally:
            server.stop()


def _measure(server: Server) -> int:
    server.wait_ready(WHOLE, 20)
    visitor = _Visitor(server)
    visitor.start()
    wrong = []
    all_probes = probes(1)
    for probe in all_probes:
        reply = probe.send(server)
        if reply.status not in probe.statuses:
            wrong.append(f"{probe.name}: {reply.status}")
    sent = 0
    for way in WAYS:
        for kind, make in KINDS.items():
            for request in make(way):
                sent += 1
                reply = server.request(request.method, request.path, request.body, dict(request.headers))
                if reply.status not in RIGHT and b"engine-crash" not in reply.body:
                    wrong.append(f"{way.rule}, {kind}: {reply.status}")
    for name, data in RAW.items():
        server.raw(data, timeout=1)
        if server.get("/health").status != 200:
            wrong.append(name)
    whole_after = server.wait_ready(WHOLE, 10)
    visitor.done.set()
    visitor.join()
    times = sorted(visitor.times)
    out = sys.stdout.write
    out(f"probes of the engine and of HTTP {len(all_probes) + len(RAW)}\n")
    out(f"probes of every route           {sent}\n")
    out(f"probes handled wrongly          {len(wrong)} {wrong or ''}\n")
    out(f"cheap queries meanwhile         {len(times)}\n")
    out(f"cheap queries failed            {len(visitor.failures)} {visitor.failures[:3] or ''}\n")
    out(f"cheap query, median             {times[len(times) // 2] * 1000:.1f} ms\n")
    out(f"cheap query, 99th percentile    {times[int(len(times) * 0.99)] * 1000:.1f} ms\n")
    out(f"cheap query, worst              {times[-1] * 1000:.1f} ms\n")
    out(f"pool whole again after          {whole_after * 1000:.0f} ms\n")
    return 1 if wrong or visitor.failures or times[-1] > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
