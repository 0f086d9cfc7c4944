"""One evaluator process, seen from the server."""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from araxes.endpoint.engines import jobs, replies
from araxes.endpoint.engines.embedded import wire
from araxes.endpoint.engines.embedded.federation_relay import FederationRelay
from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.engines.replies import Cause, Failed, Reply
from araxes.endpoint.settings import Settings
from araxes.ontology.errors import AraxesError
from araxes.triples.stores.versioned_store import StoreVersion

_log = logging.getLogger("araxes.pool")
_START = 15.0
_WORKSHOP_START = 60.0
"""A workshop starts an engine of JavaScript, and nobody waits for the server meanwhile."""
_TICK = 0.05
_QUICK = 0.2
"""Seconds after which a query gives way to quicker ones."""
_BOOT = """
import importlib, json, sys, types
paths, packages, program, arguments = json.loads(sys.argv[1])
sys.path[:] = paths
for name, path in packages.items():
    sys.modules[name] = module = types.ModuleType(name)
    module.__path__ = path
importlib.import_module(program).main(arguments)
"""
"""Starts an evaluator without Python's site module, which takes longer than all the rest: what it
would find out about paths is known here already."""
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SYSTEMROOT")


EVALUATOR = "araxes.endpoint.engines.embedded.child"
"""The program of an evaluator."""

WORKSHOP = "araxes.endpoint.engines.embedded.workshop_child"
"""The program of a workshop."""


class Relay(Protocol):
    """What an evaluator reaches others through."""

    def begin(self) -> None:
        """Another job begins."""

    def explained(self, failed: Failed) -> Failed:
        """A failed evaluation, with what is behind it."""

    def close(self) -> None:
        """End everything under way."""


RelayMaker = Callable[[socket.socket, StoreVersion], Relay]
"""Makes what answers an evaluator's questions to a remote engine, at the other end of a socket pair."""


class StartError(AraxesError):
    """An evaluator did not become ready."""


@dataclass(frozen=True, slots=True)
class JobEnd:
    """How a job ended for the process that had it.

    Attributes:
        reply: what came of the job.
        alive: whether the process is there for the next one.
        taken: whether it had begun with this one.
    """

    reply: Reply
    alive: bool
    taken: bool = True


def _known(program: str, arguments: list[str]) -> str:
    """What the started process needs to know: import paths, package paths, its program and arguments."""
    names = ("araxes", "araxes.endpoint", "araxes.ontology", "araxes.triples", "araxes.validation")
    packages = {name: list(importlib.import_module(name).__path__) for name in names}
    return json.dumps([sys.path, packages, program, arguments])


def _originals(settings: Settings) -> str:
    """The folder of the texts whose passages may be shown; empty where none may."""
    folder = settings.text("originals")
    return str(Path(folder).resolve()) if folder and settings["show_passages"] else ""


class EvaluatorProcess:
    """A started evaluator, ready for jobs, one at a time."""

    def __init__(
        self,
        version: StoreVersion,
        settings: Settings,
        allowed: tuple[str, ...],
        program: str = EVALUATOR,
        relay: RelayMaker | None = None,
    ) -> None:
        """Start it over a store version and wait until it is ready.

        Args:
            version: of which it sees the folder, and without ``relay`` the database.
            settings: limits.
            allowed: endpoint IRIs for SERVICE.
            program: what it runs.
            relay: makes what answers its questions to the engine that holds the dataset.

        Raises:
            StartError: it ended instead, or took too long.
        """
        self.version = version
        self.jobs = 0
        self.grown = 0
        self._relay: Relay | None = None
        # An evaluator's last words tell a crash from exhausted memory.
        self._words = (
            os.memfd_create("evaluator") if hasattr(os, "memfd_create") else os.open(os.devnull, os.O_RDWR)
        )
        self._channel, child = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        memory = settings.size("workshop_memory" if program == WORKSHOP else "memory")
        arguments = [str(child.fileno()), str(version.path.resolve()), str(memory)]
        questions, asking = socket.socketpair() if relay else (None, None)
        files = [child.fileno(), *([asking.fileno()] if asking else [])]
        upstream = str(asking.fileno()) if asking else ""
        arguments += [str(settings.size("result_size")), _originals(settings), upstream, *allowed]
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment |= {"MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-c", _BOOT, _known(program, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=self._words,
                stderr=self._words,
                pass_fds=files,
                env=environment,
            )
        finally:
            child.close()
            if asking is not None:
                asking.close()
        if relay is not None and questions is not None:
            self._relay = relay(questions, version)
        self._await_ready(settings, allowed, _WORKSHOP_START if program == WORKSHOP else _START)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def _await_ready(self, settings: Settings, allowed: tuple[str, ...], longest: float) -> None:
        self._channel.settimeout(longest)
        try:
            hello, files = wire.receive(self._channel, files=1)
        except (OSError, ValueError) as error:
            self.kill()
            raise StartError(f"an evaluator did not become ready: {self.last_words() or error}") from error
        self._channel.settimeout(None)
        self.layers: dict[str, str] = hello["layers"]
        self._thread: int = hello["thread"]
        if files:
            self._relay = FederationRelay(socket.socket(fileno=files[0]), allowed, settings)

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def run(self, job: Job, descriptor: int, timeout: float, watch: Callable[[], Cause | None]) -> JobEnd:
        """Have a job done.

        Args:
            job: what to do.
            descriptor: an open empty file for the answer.
            timeout: seconds.
            watch: called several times a second; a cause ends the process.

        Raises:
            ValueError, KeyError, TypeError: the process said something else than a reply.
        """
        self.jobs += 1
        begin = time.monotonic()
        accepted = nice = False
        if self._relay is not None:
            self._relay.begin()
        arrivals = select.poll()  # select() knows no descriptor above 1,023
        try:
            arrivals.register(self._channel, select.POLLIN)
            wire.send(self._channel, {"job": jobs.to_wire(job), "timeout": timeout}, (descriptor,))
            while True:
                if arrivals.poll(_TICK * 1000):
                    if accepted:
                        break
                    accepted = wire.accepted(self._channel)
                    continue
                spent = time.monotonic() - begin
                cause = Cause.TIMEOUT if spent > timeout else watch()
                if cause is not None:
                    self.kill()
                    return JobEnd(Failed(cause, cause), alive=False)
                if spent > _QUICK and not nice:
                    nice = self._yield_processor()
            message, _ = wire.receive(self._channel)
        except OSError:
            return self._post_mortem(accepted=accepted)
        # Priority can be given up but not taken back.
        self.grown = sys.maxsize if nice else int(message["grown"])
        reply = replies.from_wire(message["reply"])
        if self._relay is not None and isinstance(reply, Failed):
            reply = self._relay.explained(reply)
        return JobEnd(reply, alive=True)

    def _yield_processor(self) -> bool:
        """Let quick queries go first from now on."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._thread, 15)
        return True

    def _post_mortem(self, *, accepted: bool) -> JobEnd:
        """Why the process ended."""
        self.kill()
        words = self.last_words()
        code = self._process.returncode
        cause = Cause.CRASH
        if "memory allocation of" in words or "MemoryError" in words:
            cause = Cause.MEMORY
        elif code == -signal.SIGALRM:
            cause = Cause.TIMEOUT
        name = signal.Signals(-code).name if code and code < 0 else f"exit code {code}"
        _log.warning(
            "an evaluator ended during a query: %s", name, extra={"evaluator": self.pid, "cause": str(cause)}
        )
        return JobEnd(Failed(cause, name), alive=False, taken=accepted)

    def last_words(self) -> str:
        """The end of what the process wrote on standard error."""
        try:
            size = os.fstat(self._words).st_size
            return os.pread(self._words, 4000, max(0, size - 4000)).decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def kill(self) -> None:
        """End it now, and everything that belongs to it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        self._channel.close()
        if self._relay is not None:
            self._relay.close()

    def __del__(self) -> None:
        """Close the descriptor that :meth:`last_words` needs after the end."""
        with contextlib.suppress(OSError, AttributeError):
            os.close(self._words)
