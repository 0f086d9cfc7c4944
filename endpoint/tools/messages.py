"""Messages of the Model Context Protocol answered one by one, without a framework and without I/O.

A message goes in as bytes, its answer comes out as bytes with the status that HTTP gives it. Nothing is kept
between messages: all revisions are served without sessions. Types, and the checks of what each revision
allows, are the official ones (package ``mcp-types``); JSON-RPC 2.0 is what they are wrapped in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import Any

from mcp_types import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    SERVER_INFO_META_KEY,
    CallToolResult,
    DiscoverResult,
    EmptyResult,
    ErrorData,
    Implementation,
    InitializeResult,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    ListToolsResult,
    RequestId,
    Result,
    ServerCapabilities,
    TextContent,
    ToolsCapability,
)
from mcp_types.methods import serialize_server_result, validate_client_request
from mcp_types.version import (
    HANDSHAKE_PROTOCOL_VERSIONS,
    LATEST_HANDSHAKE_VERSION,
    MODERN_PROTOCOL_VERSIONS,
)
from pydantic import ValidationError

from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.service.ontology_reference import OntologyReference
from araxes.endpoint.service.service import CompleteAnswer
from araxes.endpoint.tools.answers import ToolError, said
from araxes.endpoint.tools.asking import Asker
from araxes.endpoint.tools.catalogue import TOOLS, checked, listed
from araxes.endpoint.tools.envelope import Carried, EnvelopeError, check_notification, revision_of
from araxes.endpoint.tools.transport import LONGEST_MESSAGE
from araxes.endpoint.tools.words import words
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE

DATASET_META_KEY = "org.w3id.araxes/dataset"
"""Key in ``_meta`` of a tool's result: digest of the dataset that answered."""

_LONGEST_ID = 200
_LARGEST_ID = 1 << 63
_FRESH = 3_600_000
"""Milliseconds for which a client may keep the list of tools; it changes with releases only."""

_STATUS = {METHOD_NOT_FOUND: 404}
"""Error → status of HTTP for a modern request; 400 for all others (2026-07-28, Streamable HTTP)."""


@dataclass(frozen=True, slots=True)
class Host:
    """What messages are answered with.

    Attributes:
        evaluate: does a job behind the wall; raises HttpProblem.
        reference: the ontology's reference and the digest of its dataset.
        seconds: that all jobs of one call may take together.
        language: of what is not asked for in a language: the list of tools, the instructions.
        base: public address of the service, with a slash at its end.
        namespace: of the IRIs that it answers for.
        failed: told of every problem that becomes the result of a tool.
    """

    evaluate: Callable[[Job], CompleteAnswer]
    reference: Callable[[], tuple[str, OntologyReference]]
    seconds: float
    language: str = LANGUAGES[0]
    base: str = BASE
    namespace: str = BASE
    failed: Callable[[HttpProblem], None] = lambda problem: None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a message.

    Attributes:
        status: of HTTP.
        body: JSON in UTF-8; nothing for a notification.
        version: the revision that ``initialize`` agreed on, if the message was that.
    """

    status: int
    body: bytes = b""
    version: str = ""


def answer(data: bytes, host: Host, carried: Carried) -> Reply:
    """ToolAnswer a message.

    Args:
        data: one JSON-RPC message in UTF-8.
        host: what it is answered with.
        carried: how it came.

    Raises:
        HttpProblem: the client has left.
    """
    try:
        message = _read(data)
    except (ValueError, RecursionError):
        return _refused(None, ErrorData(code=PARSE_ERROR, message="the message is no JSON in UTF-8"))
    if isinstance(message, dict) and "id" not in message:
        return _notified(message, carried)
    try:
        request = JSONRPCRequest.model_validate(message)
    except ValidationError:
        return _refused(None, _no_request(message))
    if not _is_usable(request.id):
        problem = f"an id is a number below 2^63 or a text of at most {_LONGEST_ID} characters"
        return _refused(None, ErrorData(code=INVALID_REQUEST, message=problem))
    return _requested(request, host, carried)


def _read(data: bytes) -> Any:
    """The JSON of a message.

    Raises:
        ValueError: it is none, or holds half a character, or a number that is none.
        RecursionError: it is nested too deeply.
    """
    if len(data) > LONGEST_MESSAGE:
        raise ValueError("too long")
    message = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    # "\\ud800" is JSON, but no character: nothing that stands behind could write it.
    json.dumps(message, ensure_ascii=False).encode("utf-8")
    return message


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _is_usable(identifier: RequestId) -> bool:
    if isinstance(identifier, str):
        return len(identifier) <= _LONGEST_ID
    return abs(identifier) < _LARGEST_ID


def _no_request(message: Any) -> ErrorData:
    if isinstance(message, list):
        text = "batches are none of this protocol any more: send one message"
    else:
        text = "the message is no JSON-RPC 2.0 request"
    return ErrorData(code=INVALID_REQUEST, message=text)


def _notified(message: dict[str, Any], carried: Carried) -> Reply:
    """Take note of a notification: none of them has an effect here, since nothing is kept."""
    try:
        JSONRPCNotification.model_validate(message)
        check_notification(carried)
    except ValidationError:
        return _refused(None, _no_request(message))
    except EnvelopeError as error:
        return _refused(None, error.error)
    return Reply(202)


def _requested(request: JSONRPCRequest, host: Host, carried: Carried) -> Reply:
    """The answer to a request."""
    revision = LATEST_HANDSHAKE_VERSION
    try:
        if request.method != "initialize":
            revision = revision_of(request.method, request.params, carried)
    except EnvelopeError as error:
        return _refused(request.id, error.error)
    try:
        try:
            validate_client_request(request.method, revision, request.params)
        except KeyError:
            text = f"there is no method {request.method[:60]!r} in revision {revision}"
            raise EnvelopeError(METHOD_NOT_FOUND, text) from None
        except ValidationError as error:
            raise EnvelopeError(INVALID_PARAMS, _wrong_place(error)) from error
        result = _result(request, host)
    except EnvelopeError as error:
        modern = revision in MODERN_PROTOCOL_VERSIONS
        return _refused(request.id, error.error, _STATUS.get(error.error.code, 400) if modern else 200)
    dumped = result.model_dump(by_alias=True, mode="json", exclude_none=True)
    shaped = serialize_server_result(request.method, revision, dumped)
    if revision in MODERN_PROTOCOL_VERSIONS:
        info = _implementation(host.language).model_dump(by_alias=True, mode="json", exclude_none=True)
        shaped["_meta"] = {**(shaped.get("_meta") or {}), SERVER_INFO_META_KEY: info}
    body = {"jsonrpc": "2.0", "id": request.id, "result": shaped}
    agreed = result.protocol_version if isinstance(result, InitializeResult) else ""
    return Reply(200, _json(body), str(agreed))


def _wrong_place(error: ValidationError) -> str:
    """Where parameters do not fit, without what stands there."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:100]
    return f"{where}: {first['msg'][:100]}"


def _refused(identifier: RequestId | None, error: ErrorData, status: int = 400) -> Reply:
    message = JSONRPCError(jsonrpc="2.0", id=identifier, error=error)
    body = message.model_dump(by_alias=True, mode="json", exclude_none=True)
    return Reply(status, _json({**body, "id": identifier}))


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _result(request: JSONRPCRequest, host: Host) -> Result:
    """The result of a request that its revision has.

    Raises:
        EnvelopeError: this server does not have the method, or no such tool.
    """
    params = request.params or {}
    if request.method == "tools/call":
        return _called(params, host)
    if request.method == "tools/list":
        if params.get("cursor") is not None:
            raise EnvelopeError(INVALID_PARAMS, "params.cursor: the list of tools has one page")
        return ListToolsResult(tools=listed(host.language), ttl_ms=_FRESH, cache_scope="public")
    if request.method == "initialize":
        asked = params["protocolVersion"]
        return InitializeResult(
            protocol_version=asked if asked in HANDSHAKE_PROTOCOL_VERSIONS else LATEST_HANDSHAKE_VERSION,
            capabilities=_capabilities(),
            server_info=_implementation(host.language),
            instructions=words(host.language)["instructions"],
        )
    if request.method == "server/discover":
        return DiscoverResult(
            supported_versions=list(MODERN_PROTOCOL_VERSIONS),
            capabilities=_capabilities(),
            instructions=words(host.language)["instructions"],
            ttl_ms=_FRESH,
            cache_scope="public",
        )
    if request.method == "ping":
        return EmptyResult()
    raise EnvelopeError(METHOD_NOT_FOUND, f"this server has tools only, no {request.method[:60]}")


def _capabilities() -> ServerCapabilities:
    return ServerCapabilities(tools=ToolsCapability(list_changed=False))


def _implementation(language: str) -> Implementation:
    return Implementation(name="araxes", title=words(language)["title"], version=installed("araxes"))


def _called(params: Mapping[str, Any], host: Host) -> CallToolResult:
    """What a tool answers. What a model can mend is a result; what only its program can is an error.

    Raises:
        EnvelopeError: there is no such tool.
        HttpProblem: the client has left.
    """
    spec = TOOLS.get(params["name"])
    if spec is None:
        text = f"there is no tool {params['name'][:60]!r}; there are {', '.join(TOOLS)}"
        raise EnvelopeError(INVALID_PARAMS, text)
    arguments = params.get("arguments") or {}
    language = arguments.get("language")
    language = language if language in LANGUAGES else host.language
    asker = Asker(host.evaluate, host.reference, language, host.seconds, host.base, host.namespace)
    try:
        given = checked(spec, arguments)
        # The page that a cursor leads to depends on the dataset that answers.
        found = spec.answers(asker, given)
    except ToolError as error:
        return _failure(error.text(language))
    except HttpProblem as problem:
        if problem.code == "gone":
            raise
        host.failed(problem)
        lines = [said(language, "unavailable", detail=problem.message)]
        lines += [said(language, "remedy", remedy=problem.remedy)] if problem.remedy else []
        return _failure("\n".join(lines))
    meta = {DATASET_META_KEY: f"sha256:{asker.dataset}"} if asker.dataset else None
    content = TextContent(type="text", text=found.text(language))
    return CallToolResult(content=[content], structured_content=found.structured, _meta=meta)


def _failure(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
