"""Warm evaluators, their supervision and their replacement.

A supervisor of our own, not :mod:`pebble` (see DECISIONS): every evaluator has a socket pair to
itself, so that killing one at any moment cannot leave a lock held or half a message
in a pipe that others share; the thread that waits for an answer can at the same time
watch its client and the clock; and answers go to open files handed over.

Evaluators are started by one thread that lives as long as the pool, because the kernel's
signal for a dead parent means the *thread* that started the child.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from araxes.endpoint.engines.embedded.child_process import (
    EVALUATOR,
    EvaluatorProcess,
    JobEnd,
    RelayMaker,
    StartError,
)
from araxes.endpoint.engines.engine import AnswerFile, Conditions, EngineUnavailableError, Evaluation
from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.engines.replies import Cause, Failed
from araxes.endpoint.settings import Settings
from araxes.ontology.errors import AraxesError
from araxes.triples.stores.versioned_store import StoreVersion, current

_log = logging.getLogger("araxes.pool")
_LOOK = 0.25
"""Seconds between looks at the store's link and at idle evaluators."""
_SETBACK = 0.5
"""Seconds until the next try when an evaluator did not start."""
_TRIES = 12
WORKSHOP_WAIT = 30.0
"""Seconds in which a workshop must have taken a job, the first of which starts it."""
_MOST_SETBACKS = 4
"""Rounds that may fail in a row until the supervisor counts as dead."""


@dataclass(slots=True)
class Counters:
    """What ``/metrics`` reports of the pool."""

    started: int = 0
    killed: int = 0
    crashed: int = 0
    recycled: int = 0
    switched: int = 0


class Pool:
    """Keeps idle evaluators of one class for the current store version."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        *,
        size: int,
        allowed: tuple[str, ...] = (),
        program: str = EVALUATOR,
        relay: RelayMaker | None = None,
    ) -> None:
        """Prepare; :meth:`start` starts the evaluators.

        Args:
            root: where stores live; ``current`` is followed.
            settings: limits.
            size: idle evaluators to keep.
            allowed: endpoint IRIs for SERVICE; evaluators with any get a gateway.
            program: what each process runs.
            relay: answers evaluators that have no store but a remote engine.
        """
        self._root = root
        self._settings = settings
        self._size = size
        self._allowed = allowed
        self._program = program
        self._begun = threading.Lock()
        self._relay = relay
        self._change = threading.Condition()
        self._idle: list[EvaluatorProcess] = []
        self._busy = 0
        self._stopping = False
        self._version = current(root)
        self._link = (root / "current").readlink()
        self._supervisor = threading.Thread(target=self._supervise, name="supervisor", daemon=True)
        self._setbacks = 0
        self._unfollowed = ""
        self.counters = Counters()
        self.layers: dict[str, str] = {}
        self.failure = ""

    @property
    def version(self) -> StoreVersion:
        """The version that new evaluations use."""
        return self._version

    def start(self) -> None:
        """Start the supervisor, and wait for the first evaluator.

        Raises:
            EngineUnavailableError: none became ready.
        """
        self._supervisor.start()
        with self._change:
            if not self._change.wait_for(lambda: self._idle or self.failure, timeout=30) or not self._idle:
                raise EngineUnavailableError(
                    f"no evaluator became ready: {self.failure or 'timeout'}",
                    "check the store with `araxes info` and the memory setting",
                )

    def begin(self) -> None:
        """Start the supervisor unless that was done, and wait for nothing."""
        with self._begun:
            if self._supervisor.ident is None and not self._stopping:
                self._supervisor.start()

    def stop(self) -> None:
        """End all idle evaluators and the supervisor; busy ones end with their evaluation."""
        with self._change:
            self._stopping = True
            idle, self._idle = self._idle, []
            self._change.notify_all()
        for process in idle:
            process.kill()
        if self._supervisor.is_alive():
            self._supervisor.join(timeout=5)

    def supervised(self) -> bool:
        """Whether somebody replaces evaluators: the supervisor lives, and gets through its rounds."""
        return self._supervisor.is_alive() and self._setbacks < _MOST_SETBACKS

    def ready(self) -> int:
        """Number of warm evaluators."""
        with self._change:
            return len(self._idle)

    def take(self, longest: float, keep: int = 0) -> EvaluatorProcess:
        """A warm evaluator, as long as ``keep`` others stay.

        Raises:
            EngineUnavailableError: none within ``longest`` seconds.
        """
        end = time.monotonic() + longest
        with self._change:
            while True:
                if self._change.wait_for(
                    lambda: len(self._idle) > keep or self._stopping, timeout=end - time.monotonic()
                ):
                    if self._stopping:
                        raise EngineUnavailableError("the service is stopping")
                    process = self._idle.pop()
                    if process.alive():
                        self._busy += 1
                        self._change.notify_all()
                        return process
                    self._bury(process)
                else:
                    raise EngineUnavailableError(f"no evaluator is ready: {self.failure or 'starting'}")

    def give_back(self, process: EvaluatorProcess, *, fit: bool) -> None:
        """Return an evaluator after a job; an unfit or outdated one is ended and replaced."""
        worn = (
            process.jobs >= self._settings.integer("recycle")
            or process.grown > self._settings.size("memory") // 4
        )
        with self._change:
            self._busy -= 1
            if fit and not worn and not self._stopping and process.version is self._version:
                self._idle.append(process)
                self._change.notify_all()
                return
            if fit:
                self.counters.recycled += 1
            self._change.notify_all()
        process.kill()

    def run(
        self,
        process: EvaluatorProcess,
        job: Job,
        answer: AnswerFile,
        *,
        timeout: float,
        watch: Callable[[], Cause | None],
    ) -> JobEnd:
        """Have an evaluator do a job; afterwards it is back in the pool or dead.

        Args:
            process: from :meth:`take`.
            job: what to do.
            answer: where the answer goes.
            timeout: seconds.
            watch: called several times a second; a cause ends the evaluation and becomes that of the reply.
        """
        # Whatever else happens leaves an evaluator that may still be at work: it must not get the next job.
        end = JobEnd(Failed(Cause.EVALUATION, "the evaluator was given up"), alive=False)
        try:
            end = process.run(job, answer.fileno(), timeout, watch)
        finally:
            if not end.alive:
                cause = end.reply.cause if isinstance(end.reply, Failed) else None
                if cause in (Cause.CRASH, Cause.MEMORY):
                    self.counters.crashed += 1
                else:
                    self.counters.killed += 1
            self.give_back(process, fit=end.alive)
        return end

    def evaluate(self, job: Job, answer: AnswerFile, conditions: Conditions, keep: int) -> Evaluation:
        """Have an evaluator do a job.

        Args:
            job: what to do.
            answer: where the answer goes.
            conditions: see there.
            keep: warm evaluators that stay for others.

        Raises:
            EngineUnavailableError: no evaluator was to be had.
        """
        watch = self.watch(conditions, keep)
        for _ in range(_TRIES):
            process = self.take(conditions.wait, keep)
            version = process.version
            end = self.run(process, job, answer, timeout=conditions.timeout, watch=watch)
            # An evaluator that was killed while idle never saw the job: the next one gets it.
            if end.taken:
                break
        return Evaluation(end.reply, version)

    def watch(self, conditions: Conditions, keep: int) -> Callable[[], Cause | None]:
        """What tells, while a job is done, whether it is to end; arguments as of :meth:`evaluate`."""

        def look() -> Cause | None:
            if conditions.gone():
                return Cause.GONE
            # Without a warm evaluator for the next in line, stopping this one would help nobody yet.
            return Cause.DISPLACED if self.ready() > keep and conditions.overstays() else None

        return look

    def _bury(self, process: EvaluatorProcess) -> None:
        self.counters.crashed += 1
        _log.warning("an idle evaluator was gone", extra={"evaluator": process.pid})
        process.kill()

    def _supervise(self) -> None:
        """Look after the pool until it stops, whatever goes wrong: nobody else starts evaluators."""
        pause = 0.0
        while not self._stopping:
            try:
                pause = self._look_after(pause)
                self._setbacks = 0
            except Exception:
                self._setbacks += 1
                _log.exception("the supervisor of evaluators met something unforeseen, and goes on")
                pause = _SETBACK
                time.sleep(_LOOK)

    def _look_after(self, pause: float) -> float:
        """Keep the pool full, and follow the store: one round, after which to wait ``pause`` seconds."""
        with self._change:
            for process in [entry for entry in self._idle if not entry.alive()]:
                self._idle.remove(process)
                self._bury(process)
            missing = self._size - len(self._idle) - self._busy_share()
        self._follow()
        if missing > 0 and not pause:
            return 0.0 if self._add() else _SETBACK
        with self._change:
            if not self._stopping:
                self._change.wait(timeout=max(_LOOK, pause))
        return 0.0

    def _busy_share(self) -> int:
        """Busy evaluators that will come back count as there, except for the spares."""
        return min(self._busy, max(0, self._size - self._settings.integer("spares")))

    def _add(self) -> bool:
        """Start one evaluator; false if it did not become ready."""
        process = self._started(self._version)
        if process is None:
            return False
        with self._change:
            if self._stopping or process.version is not self._version:
                process.kill()
                return True
            self._idle.insert(0, process)
            self._change.notify_all()
        return True

    def _started(self, version: StoreVersion) -> EvaluatorProcess | None:
        try:
            process = EvaluatorProcess(version, self._settings, self._allowed, self._program, self._relay)
        except (StartError, OSError) as error:
            self.failure = str(error)
            _log.error("an evaluator did not start: %s", error)
            with self._change:
                self._change.notify_all()
            return None
        self.counters.started += 1
        self.layers = process.layers
        self.failure = ""
        return process

    def _follow(self) -> None:
        """Switch over when ``current`` points elsewhere and an evaluator for it is warm."""
        try:
            link = (self._root / "current").readlink()
            if link == self._link:
                self._unfollowed = ""
                return
            version = current(self._root)
        except (OSError, AraxesError) as error:
            if str(error) != self._unfollowed:  # else a line for every look
                self._unfollowed = str(error)
                _log.error("the store's link cannot be followed: %s", error)
            return
        self._unfollowed = ""
        first = self._started(version)
        if first is None:
            return  # the old version goes on serving
        with self._change:
            old, self._idle = self._idle, [first]
            self._version, self._link = version, link
            self.counters.switched += 1
            self._change.notify_all()
        _log.info("serving another store version", extra={"store": version.name, "digest": version.digest})
        for process in old:
            process.kill()
