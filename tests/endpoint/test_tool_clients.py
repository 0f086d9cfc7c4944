"""The tools as programs use them: the official client over HTTP and standard streams; browsers; streams."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp.client.client import Client
from mcp_types import CallToolResult, TextContent, Tool
from mcp_types.version import LATEST_HANDSHAKE_VERSION, LATEST_MODERN_VERSION

from araxes.endpoint.http.origins import may_ask
from araxes.endpoint.settings import load_settings
from araxes.endpoint.tools.catalogue import TOOLS
from tests.endpoint.endpoint_fixtures import Reply, Server, serving
from tests.endpoint.tool_fixtures import at_stdio, begins, with_client

_JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
_PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
_CALLS: dict[str, dict[str, object]] = {
    "find": {"text": "Karabakh"},
    "entity": {"entity": "Iran"},
    "positions": {"question": "Which side did Iran take in the Karabakh conflict?"},
    "compare": {"first": "irna-2019", "second": "israel-azerbaijan-paper"},
    "claim": {"claim": "irna-2019/050"},
    "verify_passage": {"claim": "irna-2019/050", "text": "nothing of the kind"},
    "cite": {"what": "claim/irna-2019/050", "format": "ris"},
    "sparql": {"query": "SELECT ?s { ?s a <https://w3id.org/araxes/ontology/State> } LIMIT 3"},
    "vocabulary": {"term": "threat"},
}
_MODES = {"legacy": LATEST_HANDSHAKE_VERSION, "auto": LATEST_MODERN_VERSION}


async def _everything(client: Client) -> tuple[str, list[Tool], dict[str, CallToolResult]]:
    """What a client does: it lists the tools and calls each, and checks all data against the schemas."""
    tools = (await client.list_tools()).tools
    results = {name: await client.call_tool(name, arguments) for name, arguments in _CALLS.items()}
    return str(client.protocol_version), tools, results


def _check(revision: str, found: tuple[str, list[Tool], dict[str, CallToolResult]]) -> None:
    spoken, tools, results = found
    assert spoken == revision
    assert [tool.name for tool in tools] == list(TOOLS) == list(results)
    for name, result in results.items():
        assert not result.is_error, (name, result.content)
        (content,) = result.content
        assert isinstance(content, TextContent)
        assert content.text.partition("\n")[0] == result.structured_content["notice"]
    disputed = results["positions"].structured_content
    assert disputed["notice"].startswith(begins("disputed"))
    assert len(disputed["disputes"][0]["positions"]) > 1


@pytest.mark.parametrize("mode", _MODES)
def test_the_official_client_over_http(project_server: Server, mode: str) -> None:
    _check(_MODES[mode], with_client(f"{project_server.base}/mcp", mode, _everything))


@pytest.mark.parametrize("mode", _MODES)
def test_the_official_client_over_standard_streams(project_store: Path, mode: str) -> None:
    _check(_MODES[mode], with_client(at_stdio("--store", str(project_store)), mode, _everything))


@pytest.mark.parametrize("mode", _MODES)
def test_standard_streams_before_another_server(project_server: Server, mode: str) -> None:
    _check(_MODES[mode], with_client(at_stdio("--url", f"{project_server.base}/mcp"), mode, _everything))


def test_pages_by_the_official_client(project_server: Server) -> None:
    async def pages(client: Client) -> list[str]:
        given: list[str] = []
        arguments: dict[str, object] = {"text": "Azerbaijan", "kind": "dispute"}
        while True:
            data = (await client.call_tool("find", arguments)).structured_content
            given += [hit["iri"] for hit in data["hits"]]
            if data.get("next_cursor") is None:
                assert data["totals"]["dispute"] == len(given)
                return given
            arguments["cursor"] = data["next_cursor"]

    given = with_client(f"{project_server.base}/mcp", "auto", pages)
    assert len(given) == len(set(given)) > 10


# --- HTTP


def post(server: Server, message: object = _PING, **headers: str) -> Reply:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.request("POST", "/mcp", body, _JSON | named)


def test_a_message_over_http(server: Server) -> None:
    reply = post(server)
    assert (reply.status, reply.type, reply.json()) == (
        200,
        "application/json",
        {"jsonrpc": "2.0", "id": 1, "result": {}},
    )
    assert "Mcp-Session-Id" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store"
    note = post(server, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (note.status, note.body) == (202, b"")


def test_what_http_refuses(server: Server) -> None:
    for method in ("GET", "DELETE", "PUT"):
        reply = server.request(method, "/mcp")
        assert (reply.status, reply.code) == (405, "method")
        assert "POST" in reply.headers["Allow"]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=utf-16"):
        assert (post(server, Content_Type=kind).status, post(server, Content_Type=kind).code) == (
            415,
            "media-type",
        )
    assert post(server, Content_Encoding="gzip").code == "content-encoding"
    for accept in ("text/html", "text/event-stream", "application/json;q=0"):
        assert post(server, Accept=accept).status == 406
    assert post(server, Accept="text/event-stream, application/problem+json").code == "not-acceptable"
    assert post(server, Accept="*/*").status == 200
    long = post(server, b'"' + b"x" * 300_000 + b'"')
    assert (long.status, long.code) == (413, "request-size")


def test_preflight_names_the_headers_of_the_protocol(server: Server) -> None:
    reply = server.request("OPTIONS", "/mcp", headers={"Access-Control-Request-Method": "POST"})
    for name in ("Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name", "Content-Type"):
        assert name.lower() in reply.headers["Access-Control-Allow-Headers"].lower()


def test_pages_of_other_sites_are_refused(server: Server) -> None:
    for origin in (
        "http://evil.example",
        "null",
        "http://evil.example:5000",
        "http://127.0.0.1.evil.example",
        "x",
        "",
    ):
        # A rebound name is both Host and Origin.
        for host in ("127.0.0.1", origin.removeprefix("http://") or "x"):
            reply = post(server, Origin=origin, Host=host)
            assert (reply.status, reply.code) == (403, "origin"), (origin, host)
    for origin in (server.base, "http://localhost:6274", "http://[::1]:1", "https://127.0.0.1"):
        assert post(server, Origin=origin).status == 200, origin


def test_which_origins_may_ask() -> None:
    given = {"base_url": "https://kg.example/araxes", "tool_origins": ("https://friend.example",)}
    settings = load_settings(given, environment={})
    for origin in (
        None,
        "https://kg.example",
        "HTTPS://KG.example/",
        "https://friend.example",
        "http://10.0.0.7:5000",
    ):
        assert may_ask(origin, "http://10.0.0.7:5000/", settings), origin
    for origin in (
        "http://kg.example",
        "https://friend.example:81",
        "http://10.0.0.8:5000",
        "http://[",
        "https://",
    ):
        assert not may_ask(origin, "http://10.0.0.7:5000/", settings), origin
    # A name that is only in the Host header is nobody's.
    assert not may_ask("http://me.example", "http://me.example/", settings)


def test_the_language_of_descriptions(server: Server) -> None:
    reply = post(server, {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, Accept_Language="fa")
    assert "یافتن" in reply.text
    assert "Accept-Language" in reply.headers["Vary"]


def test_jobs_of_tools_count_for_the_rate(small_store: Path) -> None:
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "find", "arguments": {"text": "Iran"}},
    }
    with serving(small_store, "--rate", "0.001", "--rate-burst", "3") as slow:
        results = [post(slow, call).json()["result"] for _ in range(5)]
        assert not results[0].get("isError")
        assert results[-1]["isError"]
        assert "rate" in results[-1]["content"][0]["text"]
        metrics = slow.get("/metrics").text
        assert 'araxes_errors_total{code="rate"}' in metrics


# --- streams


@pytest.fixture
def stream(small_store: Path) -> Iterator[subprocess.Popen[bytes]]:
    parameters = at_stdio("--store", str(small_store))
    process = subprocess.Popen(
        [parameters.command, *parameters.args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=parameters.env,
    )
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def _line(identifier: int, method: str, **params: Any) -> bytes:
    return (
        json.dumps({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}).encode() + b"\n"
    )


def test_what_was_asked_before_the_end_is_answered(stream: subprocess.Popen[bytes]) -> None:
    sent = b"".join(
        [
            b"no JSON\n",
            b"\n",
            b'"' + b"x" * 600_000 + b'"\n',
            b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n',
            *(_line(number, "tools/call", name="find", arguments={"text": "Iran"}) for number in range(6)),
            _line(7, "ping"),
        ]
    )
    out, err = stream.communicate(sent, timeout=120)
    messages = [json.loads(line) for line in out.splitlines()]
    assert sorted(each["id"] for each in messages if each["id"] is not None) == [0, 1, 2, 3, 4, 5, 7]
    assert [each["error"]["code"] for each in messages if each["id"] is None] == [-32700, -32700]
    assert (stream.returncode, err) == (0, b"")


def test_a_call_that_is_no_longer_wanted(stream: subprocess.Popen[bytes]) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    assert stream.stdin and stream.stdout
    stream.stdin.write(_line(1, "tools/call", name="sparql", arguments={"query": endless}))
    cancelled = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}
    stream.stdin.write(json.dumps(cancelled).encode() + b"\n" + _line(2, "ping"))
    stream.stdin.flush()
    assert json.loads(stream.stdout.readline())["id"] == 2
    stream.stdin.close()
    # Nothing comes for the first, and nobody waits for it to end by itself.
    assert stream.stdout.read() == b""
    assert stream.wait(60) == 0


def test_a_stream_ends_when_it_is_told(stream: subprocess.Popen[bytes]) -> None:
    assert stream.stdin and stream.stdout
    stream.stdin.write(_line(1, "ping"))
    stream.stdin.flush()
    assert json.loads(stream.stdout.readline())["id"] == 1
    stream.terminate()
    assert stream.wait(60) == 0


def test_a_store_or_server_that_is_not_there(tmp_path: Path) -> None:
    parameters = at_stdio("--store", str(tmp_path / "none"))
    done = subprocess.run(
        [parameters.command, *parameters.args], capture_output=True, env=parameters.env, check=False
    )
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"araxes build" in done.stderr
    parameters = at_stdio("--url", "http://127.0.0.1:9/mcp")
    done = subprocess.run(
        [sys.executable, *parameters.args],
        input=_line(1, "ping"),
        capture_output=True,
        env=parameters.env,
        check=False,
    )
    assert json.loads(done.stdout)["error"]["message"].startswith("http://127.0.0.1:9/mcp")
