"""The contract between the service and whatever evaluates: any engine can stand behind it.

A job goes in, an answer goes to an open file, and a reply says what became of it. Nothing else crosses,
so that an engine may be processes on this machine (:mod:`araxes.endpoint.engines.embedded`) or a server
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.engines.replies import Reply
from araxes.ontology.errors import AraxesError
from araxes.triples.stores.versioned_store import StoreVersion


class EngineUnavailableError(AraxesError):
    """The engine takes no job now, or cannot start."""


class AnswerFile(Protocol):
    """Where an answer goes."""

    def fileno(self) -> int:
        """A descriptor open for writing, at the start of an empty file."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for the evaluation of a job.

    Attributes:
        timeout: seconds the evaluation may take.
        wait: seconds in which the engine must have taken the job.
        newcomer: whether its client has nothing else under evaluation; the last reserves are for such.
        gone: whether the client has left; asked several times a second, from the thread that evaluates.
        overstays: whether the evaluation holds up others who have a better right to the place; likewise.
    """

    timeout: float
    wait: float
    newcomer: bool
    gone: Callable[[], bool]
    overstays: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What became of a job.

    Attributes:
        reply: the engine's words.
        dataset: the version that was asked.
    """

    reply: Reply
    dataset: StoreVersion


@dataclass(frozen=True, slots=True)
class EngineState:
    """What operators see of an engine.

    Attributes:
        ready: jobs that it could begin at once.
        events: event → how often it happened to parts of the engine since the start.
        switches: how often another dataset was switched to.
        confinement: layer of protection → "on", or why it is not.
        supervised: whether parts that end are replaced; if not, only a restart helps.
        upstream: of an engine elsewhere: ``state`` ("up" or "down"), ``at``, ``server``, ``reason``.
    """

    ready: int
    events: Mapping[str, int]
    switches: int
    confinement: Mapping[str, str]
    supervised: bool
    upstream: Mapping[str, str] = field(default_factory=dict)


class Engine(Protocol):
    """Something that evaluates jobs over one dataset at a time. All methods may be called from any thread."""

    @property
    def dataset(self) -> StoreVersion:
        """The version that new jobs are evaluated on."""

    @property
    def federates(self) -> bool:
        """Whether SERVICE reaches any endpoint."""

    def kept(self) -> Sequence[StoreVersion]:
        """The datasets that queries and graphs can be asked of, oldest first; that of new jobs among them."""

    def start(self) -> None:
        """Get ready.

        Raises:
            EngineUnavailableError: it cannot.
        """

    def stop(self) -> None:
        """End; jobs under evaluation may be finished."""

    def evaluate(
        self, job: Job, answer: AnswerFile, conditions: Conditions, dataset: StoreVersion | None = None
    ) -> Evaluation:
        """Do a job, under the conditions given; every way in which the job itself fails is a reply.

        Args:
            job: what to do.
            answer: where the answer goes.
            conditions: under which.
            dataset: one of :meth:`kept` that is asked instead of :attr:`dataset`; nothing federates there.

        Raises:
            EngineUnavailableError: the job could not be taken.
        """

    def state(self) -> EngineState:
        """What goes on."""
