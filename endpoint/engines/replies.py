"""What an engine says of a job, beside the answer itself, which it writes to a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from araxes.endpoint.engines.jobs import frozen


class AnswerKind(StrEnum):
    """What an answer holds."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"
    CLAIM = "claim"
    RESOURCE = "resource"
    REFERENCE = "reference"
    NAMES = "names"
    FOUND = "found"
    PASSAGES = "passages"
    HINTS = "hints"
    PICTURE = "picture"
    FILE = "file"


class Cause(StrEnum):
    """Why there is no answer."""

    SYNTAX = "syntax"
    REGEX = "regex"
    UPDATE = "update"
    FEDERATION = "federation"
    NOT_ACCEPTABLE = "not-acceptable"
    NOT_CARRIED = "not-carried"
    NO_GRAPH = "no-graph"
    NO_RESOURCE = "no-resource"
    NO_ENTITY = "no-entity"
    BAD_REQUEST = "bad-request"
    TOO_MUCH = "too-much"
    EVALUATION = "evaluation"
    TIMEOUT = "timeout"
    DISPLACED = "displaced"
    GONE = "gone"
    MEMORY = "memory"
    RESULT_SIZE = "result-size"
    SPOOL = "spool"
    CRASH = "crash"
    SERVICE_UNREACHABLE = "service-unreachable"
    SERVICE_ANSWER = "service-answer"
    SERVICE_SIZE = "service-size"
    SERVICE_TIMEOUT = "service-timeout"
    TOO_COMPLEX = "too-complex"
    ENGINE_UNREACHABLE = "engine-unreachable"
    ENGINE_ANSWER = "engine-answer"
    ENGINE_SIZE = "engine-size"
    ENGINE_TIMEOUT = "engine-timeout"


@dataclass(frozen=True, slots=True)
class Answered:
    """The job was done; its answer is in the file.

    Attributes:
        kind: what the file holds.
        format: name of the answer's format.
        volatile: whether asking again may give something else (RAND, NOW, SERVICE, …).
        blank: whether the answer may hold blank nodes that are new each time.
    """

    kind: AnswerKind
    format: str
    volatile: bool = False
    blank: bool = False


LONGEST_MESSAGE = 500
"""Characters of what a failure says."""


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no answer; what the file holds is not to be used.

    Attributes:
        cause: why.
        message: the same in words, about this job.
        line: where in the query, from 1.
        column: likewise, in code points from 1.
        kind: the kind of answer that no accepted format can hold.
        undeclared: prefixes that the query uses without declaring them.
        allowed: endpoints that SERVICE may name.
        suggestions: known IRIs that resemble the unknown one.
        remedy: what to send instead.
        endpoints: whose answer to SERVICE is missing; several where any of them may be to blame.
        unable: names of the formats that cannot carry the answer.
    """

    cause: Cause
    message: str
    line: int | None = None
    column: int | None = None
    kind: AnswerKind | None = None
    undeclared: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    remedy: str = ""
    endpoints: tuple[str, ...] = ()
    unable: tuple[str, ...] = ()


Reply = Answered | Failed


def to_wire(reply: Reply) -> dict[str, object]:
    """A reply as a JSON object.

    >>> to_wire(Answered(AnswerKind.GRAPH, "turtle"))
    {'answered': True, 'kind': 'graph', 'format': 'turtle', 'volatile': False, 'blank': False}
    """
    members = {field.name: getattr(reply, field.name) for field in dataclasses.fields(reply)}
    plain = {name: str(value) if isinstance(value, StrEnum) else value for name, value in members.items()}
    return {"answered": isinstance(reply, Answered), **plain}


def from_wire(message: Mapping[str, Any]) -> Reply:
    """The reply of such an object.

    >>> from_wire(to_wire(Failed(Cause.UPDATE, "no", line=1)) | {"kind": "graph"}).kind
    <AnswerKind.GRAPH: 'graph'>

    Raises:
        ValueError: no such kind or cause.
        TypeError: other members.
    """
    members = {name: frozen(value) for name, value in message.items() if name != "answered"}
    if members.get("kind") is not None:
        members["kind"] = AnswerKind(members["kind"])
    if message["answered"]:
        return Answered(**members)
    return Failed(**members | {"cause": Cause(members["cause"])})
