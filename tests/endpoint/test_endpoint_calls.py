"""Calls to other endpoints: bounded as a whole, to every checked address, with a reason for every failure."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from araxes.endpoint.engines.embedded import endpoint_call
from araxes.endpoint.engines.embedded.federation_relay import FederationRelay
from araxes.endpoint.engines.replies import Cause, Failed
from araxes.endpoint.settings import load_settings
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.scripted_endpoint import (
    NONSENSE,
    RESULTS,
    SLOW,
    SOLUTIONS,
    TOO_LARGE,
    UNUSABLE,
    XML_NONSENSE,
    XML_RESULTS,
    XML_SOLUTIONS,
    Script,
    answer,
    deaf_port,
    endpoint,
    is_silent,
    sends,
    unused_port,
)
from tests.requirements_helper import require_tool

SECONDS = 0.6


@contextlib.contextmanager
def relaying(
    *allowed: str, private: bool = True, seconds: float = SECONDS
) -> Iterator[tuple[FederationRelay, int]]:
    """A relay for these endpoints, and the port on which an evaluator would ask it."""
    flags = {"federation_time": seconds, "federation_size": 1, "federation_private": private}
    listener = socket.create_server(("127.0.0.1", 0))
    relay = FederationRelay(listener, allowed, load_settings(flags, {}))
    try:
        yield relay, listener.getsockname()[1]
    finally:
        relay.close()


def ask(port: int, path: str = "/0", body: bytes = b"SELECT * { ?x ?p ?o }") -> tuple[int, str, bytes]:
    """What an evaluator gets: status, media type, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        connection.request("POST", path, body, {"Content-Type": "application/sparql-query"})
        response = connection.getresponse()
        return response.status, response.headers.get_content_type(), response.read()


def failure_of(iri: str, **more: Any) -> Failed:
    """Why a call to an endpoint failed, after seeing that it took no longer than it may."""
    with relaying(iri, **more) as (relay, port):
        begin = time.monotonic()
        status, media_type, body = ask(port)
        assert time.monotonic() - begin < SECONDS + 15
        assert (status, media_type) == (502, "text/plain")
        message = f"Error 502 Bad Gateway, payload:\n{body.decode()}"
        found = relay.explained(Failed(Cause.EVALUATION, message))
    assert found.endpoints == (iri,)
    assert "127.0.0" not in found.message
    return found


def failure_with(script: Script) -> Failed:
    with endpoint(script) as other:
        return failure_of(other.iri)


def test_an_answer_arrives_whole() -> None:
    for data in (
        answer(),
        answer(XML_SOLUTIONS, f"{XML_RESULTS}; charset=utf-8"),
        answer(SOLUTIONS.ljust(1 << 20)),
        f"HTTP/1.0 200 OK\r\nContent-Type: {RESULTS}\r\n\r\n".encode() + SOLUTIONS,
    ):
        with endpoint(sends(data)) as other, relaying(other.iri, seconds=20) as (relay, port):
            status, _, body = ask(port)
            assert (status, body) == (200, data.partition(b"\r\n\r\n")[2])
            other_failure = Failed(Cause.EVALUATION, "The custom function <a:b> is not supported")
            assert relay.explained(other_failure) is other_failure


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_answer_that_cannot_be_used(name: str) -> None:
    assert failure_with(UNUSABLE[name]).cause is Cause.SERVICE_ANSWER


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        *(pytest.param(body, RESULTS, id=name) for name, body in NONSENSE.items()),
        *(pytest.param(body, XML_RESULTS, id=f"XML {name}") for name, body in XML_NONSENSE.items()),
    ],
)
def test_an_answer_that_cannot_be_read_to_its_end(body: bytes, media_type: str) -> None:
    found = failure_with(sends(answer(body, media_type)))
    assert found.cause is Cause.SERVICE_ANSWER
    assert "it broke off" in found.message if not body else "its answer cannot be read" in found.message


@pytest.mark.parametrize("name", ["a bad IRI after a good one", "cut off after two solutions"])
def test_a_long_answer_that_cannot_be_read_to_its_end(name: str) -> None:
    row = b'{"x":{"type":"uri","value":"http://other/thing"}},'
    body = NONSENSE[name].replace(b'"bindings":[', b'"bindings":[' + row * 10_000)
    with endpoint(sends(answer(body))) as other, relaying(other.iri, seconds=20) as (relay, port):
        found = relay.explained(Failed(Cause.EVALUATION, ask(port)[2].decode()))
    assert (found.cause, found.endpoints) == (Cause.SERVICE_ANSWER, (other.iri,))
    assert "cannot be read (" in found.message


def test_an_answer_that_takes_long_to_read() -> None:
    """The parser compares every variable with every other: nothing for the server's own threads."""
    names = b",".join(b'"v%d"' % number for number in range(90_000))
    body = b'{"head":{"vars":[' + names + b']},"results":{"bindings":[]}}'
    assert failure_with(sends(answer(body))).cause is Cause.SERVICE_TIMEOUT


@pytest.mark.parametrize("name", TOO_LARGE)
def test_an_answer_that_is_too_large(name: str) -> None:
    found = failure_with(TOO_LARGE[name])
    assert found.cause is Cause.SERVICE_SIZE
    assert "1 MiB" in found.message


@pytest.mark.parametrize("name", SLOW)
def test_the_time_bounds_the_whole_call(name: str) -> None:
    found = failure_with(SLOW[name])
    assert found.cause is Cause.SERVICE_TIMEOUT
    assert f"{SECONDS:g} seconds" in found.message


def test_nobody_listens() -> None:
    found = failure_of(f"http://127.0.0.1:{unused_port()}/sparql")
    assert found.cause is Cause.SERVICE_UNREACHABLE
    assert "refused" in found.message


def test_a_connection_that_never_comes_about() -> None:
    with deaf_port() as port:
        assert failure_of(f"http://127.0.0.1:{port}/sparql").cause is Cause.SERVICE_TIMEOUT


@pytest.mark.parametrize("host", ["nobody.invalid", "a..b", "x" * 300 + ".invalid"])
def test_an_unknown_name(host: str) -> None:
    found = failure_of(f"http://{host}/sparql")
    assert found.cause is Cause.SERVICE_UNREACHABLE
    assert "name is unknown" in found.message


def test_a_private_address_is_not_told() -> None:
    with endpoint(sends(answer())) as other:
        found = failure_of(other.iri, private=False)
        assert found.cause is Cause.SERVICE_UNREACHABLE
        assert other.visitors == 0


def test_no_encryption_where_it_is_wanted() -> None:
    with endpoint(lambda connection: connection.sendall(answer())) as other:
        assert failure_of(other.iri.replace("http:", "https:")).cause is Cause.SERVICE_UNREACHABLE
    with endpoint(is_silent) as other:
        assert failure_of(other.iri.replace("http:", "https:")).cause is Cause.SERVICE_TIMEOUT


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    openssl = require_tool("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def encrypted(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(1 << 16)
            secure.sendall(answer())

    with endpoint(encrypted) as other:
        found = failure_of(other.iri.replace("http:", "https:"))
    assert found.cause is Cause.SERVICE_UNREACHABLE
    assert "certificate" in found.message


def _resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let the name several.test have these addresses."""
    known = socket.getaddrinfo

    def find(host: Any, port: Any, *arguments: Any, **more: Any) -> Any:
        if host != "several.test":
            return known(host, port, *arguments, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", find)


def test_every_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, "127.0.0.1", "127.0.0.2", "127.0.0.3")
    with endpoint(sends(answer()), "127.0.0.3", unused_port()) as other:
        iri = f"http://several.test:{other.port}/sparql"
        with relaying(iri) as (_, port):
            assert ask(port)[0] == 200
        with deaf_port("127.0.0.1", other.port), relaying(iri) as (_, port):
            assert ask(port)[0] == 200
        assert other.visitors == 2


def test_no_address_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
    assert failure_of(f"http://several.test:{unused_port()}/sparql").cause is Cause.SERVICE_UNREACHABLE


def test_one_address_inside_bars_the_whole_name(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, "93.184.216.34", "127.0.0.1")
    found = failure_of("http://several.test/sparql", private=False)
    assert (found.cause, "not public" in found.message) == (Cause.SERVICE_UNREACHABLE, True)


def test_a_name_server_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    silence = threading.Event()
    known = socket.getaddrinfo

    def find(host: Any, *arguments: Any, **more: Any) -> Any:
        if host == "silent.test":
            silence.wait(20)
        return known(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", find)
    try:
        for _ in range(3):
            assert failure_of("http://silent.test/sparql").cause is Cause.SERVICE_TIMEOUT
        assert [thread.name for thread in threading.enumerate()].count("lookup") == 1
    finally:
        silence.set()


@pytest.mark.parametrize("name", [*SLOW, "connecting", "encrypting"])
def test_a_call_ends_with_its_evaluator(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.ExitStack() as stack:
        if name == "connecting":
            iri = f"http://127.0.0.1:{stack.enter_context(deaf_port())}/sparql"
        else:
            iri = stack.enter_context(endpoint(SLOW.get(name, is_silent))).iri
        if name == "encrypting":
            iri = iri.replace("http:", "https:")
        monkeypatch.setattr(endpoint_call, "_TICK", 0.01)
        listener = socket.create_server(("127.0.0.1", 0))
        relay = FederationRelay(
            listener, (iri,), load_settings({"federation_time": 60, "federation_private": True}, {})
        )
        with socket.create_connection(listener.getsockname()) as evaluator:
            evaluator.sendall(b"GET /0?query=x HTTP/1.1\r\nHost: x\r\n\r\n")
            end = time.monotonic() + 30  # half of what the call may take
            while not _threads() >= {"service-call", "federation-relay"} and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(0.2)  # so that most have come to where they wait
            assert _threads() >= {"service-call", "federation-relay"}
            relay.close()
            while _threads() and time.monotonic() < end:
                time.sleep(0.01)
            assert _threads() == set()


def _threads() -> set[str]:
    """Those of relays that are alive."""
    names = {thread.name for thread in threading.enumerate()}
    return {name for name in names if name.startswith(("service-call", "federation-relay"))}


@pytest.mark.parametrize("path", ["/1", "/-1", "/", "/x", "/0/0", "/²", "/0x0", "//"])
def test_only_numbers_of_the_list(path: str) -> None:
    with endpoint(sends(answer())) as other, relaying(other.iri) as (_, port):
        with socket.create_connection(("127.0.0.1", port), 5) as evaluator:
            evaluator.sendall(f"GET {path}?query=x HTTP/1.0\r\n\r\n".encode())
            reply = Server.drain(evaluator)
        assert reply.split()[1] == b"403"
        assert b"<" not in reply
        assert other.visitors == 0


def test_a_call_that_is_too_large_is_not_cut() -> None:
    with endpoint(sends(answer())) as other, relaying(other.iri) as (relay, port):
        with socket.create_connection(("127.0.0.1", port), 5) as evaluator:
            evaluator.sendall(b"POST /0 HTTP/1.0\r\nContent-Length: 99999999\r\n\r\n")
            reply = Server.drain(evaluator)
        assert b" 502 " in reply
        found = relay.explained(Failed(Cause.EVALUATION, reply.decode()))
        assert (found.cause, found.endpoints) == (Cause.SERVICE_ANSWER, (other.iri,))
        assert other.visitors == 0


def test_an_iri_with_other_letters_is_called() -> None:
    seen: list[bytes] = []

    def script(connection: socket.socket) -> None:
        seen.append(connection.recv(1 << 16))
        connection.sendall(answer())

    with (
        endpoint(script) as other,
        relaying(f"http://127.0.0.1:{other.port}/پرسش?a=ب&c=%20") as (_, port),
    ):
        assert ask(port, body=b"")[0] == 200
    assert seen[0].startswith(b"GET /%D9%BE%D8%B1%D8%B3%D8%B4?a=%D8%A8&c=%20 HTTP/1.1\r\n")


def test_another_job_forgets_the_calls_of_the_last() -> None:
    with endpoint(sends(answer(NONSENSE["no JSON"]))) as other, relaying(other.iri) as (relay, port):
        failed = Failed(Cause.EVALUATION, ask(port)[2].decode())
        found = relay.explained(failed)
        assert (found.cause, found.endpoints) == (Cause.SERVICE_ANSWER, (other.iri,))
        relay.begin()
        assert relay.explained(failed) is failed
