"""Messages of the Model Context Protocol: every revision, every malformed kind, nothing kept between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp_types import (
    CLIENT_CAPABILITIES_META_KEY,
    HEADER_MISMATCH,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    PROTOCOL_VERSION_META_KEY,
    SERVER_INFO_META_KEY,
    UNSUPPORTED_PROTOCOL_VERSION,
)
from mcp_types.version import (
    HANDSHAKE_PROTOCOL_VERSIONS,
    KNOWN_PROTOCOL_VERSIONS,
    LATEST_HANDSHAKE_VERSION,
    LATEST_MODERN_VERSION,
)

from araxes.endpoint.tools import words as words_module
from araxes.endpoint.tools.catalogue import TOOLS, listed
from araxes.endpoint.tools.envelope import SERVED, encoded
from araxes.endpoint.tools.messages import DATASET_META_KEY
from araxes.endpoint.tools.output_schemas import OUTPUTS
from araxes.endpoint.tools.transport import LONGEST_MESSAGE, METHOD_HEADER, NAME_HEADER, VERSION_HEADER
from araxes.endpoint.tools.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.tool_fixtures import Tools, tools_over

_META = {PROTOCOL_VERSION_META_KEY: LATEST_MODERN_VERSION, CLIENT_CAPABILITIES_META_KEY: {}}
ROOM = Path(words_module.__file__).parent.parent


@pytest.fixture(scope="module")
def tools(small_store: Path) -> Iterator[Tools]:
    with tools_over(small_store) as found:
        yield found


def request(method: str, params: dict[str, Any] | None = None, identifier: object = 1) -> dict[str, Any]:
    message = {"jsonrpc": "2.0", "id": identifier, "method": method}
    return message if params is None else {**message, "params": params}


def modern(method: str, **params: Any) -> dict[str, Any]:
    return request(method, {"_meta": _META, **params})


def headers(method: str, name: str | None = None) -> dict[str, str]:
    sent = {VERSION_HEADER: LATEST_MODERN_VERSION, METHOD_HEADER: method}
    return sent if name is None else {**sent, NAME_HEADER: encoded(name)}


def error(tools: Tools, message: object, sent: dict[str, str] | None = None) -> tuple[int, int]:
    """Status and code of the error that answers a message."""
    reply = tools.send(message, sent)
    body = json.loads(reply.body)
    assert body.keys() == {"jsonrpc", "id", "error"}
    assert body["error"]["message"]
    assert len(reply.body) < 2000
    return reply.status, body["error"]["code"]


@pytest.mark.parametrize("revision", HANDSHAKE_PROTOCOL_VERSIONS)
def test_revisions_that_begin_with_initialize(tools: Tools, revision: str) -> None:
    params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    reply = tools.send(request("initialize", params), {})
    result = json.loads(reply.body)["result"]
    assert (reply.status, reply.version, result["protocolVersion"]) == (200, revision, revision)
    assert result["capabilities"]["tools"] == {"listChanged": False}
    assert "DISPUTED" in result["instructions"]
    for method in ("tools/list", "ping"):
        result = json.loads(tools.send(request(method), {VERSION_HEADER: revision}).body)["result"]
        assert "resultType" not in result and "_meta" not in result
    assert error(tools, request("server/discover"), {VERSION_HEADER: revision}) == (200, METHOD_NOT_FOUND)


def test_a_revision_nobody_knows_is_answered_with_the_newest_that_begins_so(tools: Tools) -> None:
    params = {"protocolVersion": "1999", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    result = json.loads(tools.send(request("initialize", params)).body)["result"]
    assert result["protocolVersion"] == LATEST_HANDSHAKE_VERSION


def test_the_stateless_revision(tools: Tools) -> None:
    for sent in (None, headers("server/discover")):
        result = json.loads(tools.send(modern("server/discover"), sent).body)["result"]
        assert result["supportedVersions"] == [LATEST_MODERN_VERSION]
        assert result["resultType"] == "complete"
        assert result["_meta"][SERVER_INFO_META_KEY]["name"] == "araxes"
    result = json.loads(tools.send(modern("tools/list"), headers("tools/list")).body)["result"]
    assert (result["cacheScope"], result["ttlMs"] > 0) == ("public", True)
    assert [tool["name"] for tool in result["tools"]] == list(TOOLS)
    call = modern("tools/call", name="find", arguments={"text": "Iran"})
    result = json.loads(tools.send(call, headers("tools/call", "find")).body)["result"]
    assert result["_meta"][DATASET_META_KEY] == f"sha256:{tools.service.dataset.digest}"
    assert error(tools, modern("ping")) == (404, METHOD_NOT_FOUND)


def test_all_known_revisions_are_served() -> None:
    assert set(SERVED) == set(KNOWN_PROTOCOL_VERSIONS)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, HEADER_MISMATCH),
        ({**headers("tools/call", "find"), METHOD_HEADER: "tools/list"}, HEADER_MISMATCH),
        ({**headers("tools/call", "entity")}, HEADER_MISMATCH),
        ({**headers("tools/call")}, HEADER_MISMATCH),
        ({**headers("tools/call"), NAME_HEADER: "=?base64?!!?="}, HEADER_MISMATCH),
        ({**headers("tools/call", "find"), VERSION_HEADER: LATEST_HANDSHAKE_VERSION}, HEADER_MISMATCH),
        ({**headers("tools/call", "find"), VERSION_HEADER: "2099-01-01"}, HEADER_MISMATCH),
    ],
)
def test_headers_say_what_the_body_says(tools: Tools, sent: dict[str, str], code: int) -> None:
    call = modern("tools/call", name="find", arguments={"text": "Iran"})
    assert error(tools, call, sent) == (400, code)


def test_revisions_that_are_not_served(tools: Tools) -> None:
    meta = {**_META, PROTOCOL_VERSION_META_KEY: "2099-01-01"}
    message = request("tools/list", {"_meta": meta})
    assert error(tools, message) == (400, UNSUPPORTED_PROTOCOL_VERSION)
    sent = {**headers("tools/list"), VERSION_HEADER: "2099-01-01"}
    assert error(tools, message, sent) == (400, UNSUPPORTED_PROTOCOL_VERSION)
    assert error(tools, request("tools/list"), sent) == (400, UNSUPPORTED_PROTOCOL_VERSION)
    body = json.loads(tools.send(message).body)
    assert body["error"]["data"] == {"supported": list(SERVED), "requested": "2099-01-01"}
    notification = {"jsonrpc": "2.0", "method": "notifications/cancelled"}
    assert error(tools, notification, sent) == (400, UNSUPPORTED_PROTOCOL_VERSION)


@pytest.mark.parametrize("meta", [{}, {PROTOCOL_VERSION_META_KEY: LATEST_MODERN_VERSION}, [], 1, None])
def test_an_envelope_with_something_missing(tools: Tools, meta: object) -> None:
    sent = headers("tools/list")
    assert error(tools, request("tools/list", {"_meta": meta}), sent) == (400, INVALID_PARAMS)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", PARSE_ERROR),
        (b"{", PARSE_ERROR),
        (b"\xff\xfe", PARSE_ERROR),
        ("{}".encode("utf-16"), PARSE_ERROR),
        (b"[" * 200_000, PARSE_ERROR),
        (b'{"a":' * 50_000, PARSE_ERROR),
        (b"9" * 100_000, PARSE_ERROR),
        (b"NaN", PARSE_ERROR),
        (b'{"jsonrpc":"2.0","id":Infinity,"method":"ping"}', PARSE_ERROR),
        (b'{"jsonrpc":"2.0","id":"\\ud800","method":"ping"}', PARSE_ERROR),
        (b'"' + b"x" * LONGEST_MESSAGE + b'"', PARSE_ERROR),
        (b"1", INVALID_REQUEST),
        (b"null", INVALID_REQUEST),
        (b"[]", INVALID_REQUEST),
        (b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]', INVALID_REQUEST),
        (b"{}", INVALID_REQUEST),
        (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":true,"method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":1' + b"0" * 30 + b',"method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":"' + b"i" * 300 + b'","method":"ping"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":1,"method":7}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":1,"result":{}}', INVALID_REQUEST),
    ],
)
def test_what_is_no_message(tools: Tools, data: bytes, code: int) -> None:
    assert error(tools, data, {}) == (400, code)


@pytest.mark.parametrize(
    "message",
    [
        request("m" * 5000),
        request(""),
        request("resources/list"),
        request("prompts/list"),
        request("completion/complete", {}),
        request("tools/list", {"cursor": "x"}),
        request("tools/call"),
        request("tools/call", {"name": 1}),
        request("tools/call", {"name": "nobody" * 100}),
        request("tools/call", {"name": "find", "arguments": [1]}),
        request("initialize", {}),
        request("initialize", {"protocolVersion": ["x"]}),
    ],
)
def test_requests_that_cannot_be_answered(tools: Tools, message: dict[str, Any]) -> None:
    status, code = error(tools, message)
    assert (status, code) in ((200, METHOD_NOT_FOUND), (200, INVALID_PARAMS))


def test_ids_come_back_and_notifications_have_no_answer(tools: Tools) -> None:
    for identifier in (0, -7, "x", "", "پ", (1 << 63) - 1):
        assert json.loads(tools.send(request("ping", None, identifier)).body)["id"] == identifier
    for message in (
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "method": "x"},
    ):
        reply = tools.send(message, {})
        assert (reply.status, reply.body) == (202, b"")


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("find", {}, "text"),
        ("find", {"text": ""}, "text"),
        ("find", {"text": 3}, "text"),
        ("find", {"text": "x" * 500}, "at most"),
        ("find", {"text": "x", "kind": "question"}, "kind"),
        ("find", {"text": "x", "language": "de"}, "language"),
        ("find", {"text": "x", "more": 1}, "there are text, kind, language, cursor"),
        ("positions", {}, "question, entity or held_by"),
        ("positions", {"question": "x", "entity": "y"}, "not both"),
        ("claim", {"claim": "claim/s/99"}, "no claim"),
        ("claim", {"claim": "state/iran"}, "no claim"),
        ("sparql", {"query": "SELECT"}, "syntax error"),
        ("sparql", {"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}, "SERVICE"),
    ],
)
def test_what_a_model_can_mend_is_the_result_of_a_tool(
    tools: Tools, name: str, arguments: dict[str, object], said: str
) -> None:
    told = tools.call(name, **arguments)
    assert told.failed
    assert said in told.text
    assert told.first.startswith("NO ANSWER")
    if "language" not in arguments:
        assert tools.call(name, **arguments, language="fa").first.startswith("بدون پاسخ")


def test_names_that_would_be_queries(tools: Tools) -> None:
    for name in (
        "https://x/> ?p ?o } #",
        'state/iran"',
        "state/iran\\",
        "claim/s/1> . ?s ?p ?o",
        "\0",
        "a/\u2028b",
    ):
        for tool, argument in (("entity", "entity"), ("positions", "held_by"), ("claim", "claim")):
            told = tools.call(tool, **{argument: name})
            assert told.failed or not told.data["found"], (tool, name, told.text)


def test_a_query_that_fails_is_told_with_its_remedy(small_store: Path) -> None:
    with tools_over(small_store, timeout=0.5) as hasty:
        told = hasty.call(
            "sparql", query="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        )
        assert told.failed
        assert "timeout" in told.text
        assert [problem.code for problem in hasty.problems] == ["timeout"]


# --- descriptions


def _keys(table: dict[str, Any], before: str = "") -> set[str]:
    return {
        key
        for name, value in table.items()
        for key in (_keys(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}"})
    }


def test_every_language_has_the_same_words() -> None:
    english, persian = (dict(words(language)) for language in LANGUAGES)
    assert _keys(english) == _keys(persian)
    for name in english["lines"]:
        fields = [set(re.findall(r"\{(\w+)\}", each["lines"][name])) for each in (english, persian)]
        assert fields[0] == fields[1], name


def test_every_line_is_used_and_every_used_line_is_there() -> None:
    code = "\n".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))
    lines = words("en")["lines"]
    made = {"kind_", "verdict_", "shape_", "change_", "manner_"}
    unused = [
        name
        for name in lines
        if not re.search(f"['\"]{name}['\"]", code) and not any(map(name.startswith, made))
    ]
    assert unused == []
    for name in re.findall(r'said\(\s*(?:asker\.)?language,\s*"(\w+)"', code):
        assert name in lines, name
    for name in re.findall(r'ToolError\("(\w+)"', code):
        assert name in words("en")["errors"], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tool_is_described_and_harmless(language: str) -> None:
    assert OUTPUTS.keys() == TOOLS.keys()
    for tool in listed(language):
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert tool.description and len(tool.description) < 400
        for name, schema in tool.input_schema["properties"].items():
            assert schema["description"], (tool.name, name)
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
    persian = json.dumps([tool.description for tool in listed("fa")], ensure_ascii=False)
    assert len(re.findall("[\u0600-\u06ff]", persian)) > 500
