"""The verbs ``load``, ``query`` and ``info``, and the command line as a whole."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import EXIT_CODES, VERBS, exit_code, main
from araxes.ontology.errors import AraxesError, InputError, NoStoreError, StoreBusyError
from tests.endpoint.endpoint_fixtures import FEW, serving

_ARAXES = [sys.executable, "-c", "from araxes.endpoint.cli.main import main; main()"]


def _run(*arguments: str, given: str = "", store: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"ARAXES_STORE": str(store)} if store else {})}
    return subprocess.run(
        [*_ARAXES, *arguments],
        input=given,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=60,
    )


def test_help_lists_verbs_and_exit_codes() -> None:
    done = _run("--help")
    assert done.returncode == 0
    for verb in VERBS:
        assert f"  {verb} " in done.stdout
    for code, meaning in EXIT_CODES.items():
        assert f"{code}  {meaning}" in done.stdout


def test_version() -> None:
    assert version("araxes") in _run("--version").stdout


def test_errors_have_codes() -> None:
    assert [exit_code(error) for error in (NoStoreError("x"), StoreBusyError("x"), InputError("x"))] == [
        3,
        4,
        1,
    ]
    assert exit_code(AraxesError("x")) == 1
    assert exit_code(ValueError("x")) == 70


def test_usage_errors() -> None:
    assert _run("nonsense").returncode == 2
    assert _run("query").returncode == 2
    assert _run("load").returncode == 2


def test_a_defect_shows_no_traceback() -> None:
    code = "import araxes.endpoint.cli.main as c; c.VERBS['boom'] = 'os:getcwd'; c.main(['boom'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert "ARAXES_DEBUG" in done.stderr


def test_load_query_info(tmp_path: Path) -> None:
    data = tmp_path / "data.trig"
    data.write_text('<a:s> <a:p> "x"@fa . GRAPH <a:g> { <a:s> <a:p> 1 }', "utf-8")
    store = tmp_path / "store"
    assert _run("info", store=store).returncode == 3
    assert _run("query", "ASK {}", store=store).returncode == 3
    done = _run("load", str(data), "--label", "first", store=store)
    assert done.returncode == 0, done.stderr
    assert "2 quads" in done.stdout
    assert _run("query", "SELECT ?o { ?s ?p ?o }", store=store).stdout == "o\nx\n"
    info = json.loads(_run("info", "--json", store=store).stdout)
    assert info["store"]["label"] == "first"
    assert info["store"]["statistics"]["named"] == {"a:g": 1}
    assert info["araxes"] == version("araxes")
    text = _run("info", store=store).stdout
    assert info["store"]["digest"] in text
    bad = tmp_path / "bad.ttl"
    bad.write_text("<a:s> <a:p> .", "utf-8")
    done = _run("load", str(bad), store=store)
    assert done.returncode == 1
    assert "bad.ttl:1:13" in done.stderr
    assert (
        json.loads(_run("info", "--json", store=store).stdout)["store"]["digest"] == info["store"]["digest"]
    )


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("json", '{"head"'),
        ("xml", "<?xml"),
        ("csv", "s,p,o"),
        ("tsv", "?s\t?p\t?o"),
        ("table", "s "),
        ("application/sparql-results+json", '{"head"'),
    ],
)
def test_solution_formats(small_store: Path, name: str, start: str) -> None:
    done = _run("query", "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1", "--format", name, store=small_store)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(start)


@pytest.mark.parametrize("name", ["turtle", "ttl", "nt", "jsonld", "rdfxml", "trig", "nq", "n3"])
def test_graph_formats(small_store: Path, name: str) -> None:
    query = "CONSTRUCT { <a:s> <http://e/p> 1 } WHERE {}"
    done = _run("query", query, "--format", name, store=small_store)
    assert done.returncode == 0, done.stderr
    assert "a:s" in done.stdout


def test_query_from_file_and_standard_input(small_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text("ASK { ?s ?p ?o } # نوروز", "utf-8")
    assert _run("query", str(file), store=small_store).stdout.strip() == "true"
    assert _run("query", "-", given="ASK { <a:no> ?p ?o }", store=small_store).stdout.strip() == "false"
    output = tmp_path / "answer.csv"
    assert _run("query", str(file), "--output", str(output), store=small_store).stdout == ""
    assert output.read_text("utf-8").strip() == "true"


_LONG = "SELECT ?s { ?s ?p ?o " + "FILTER(?o != 3) " * 300 + "} LIMIT 1"
_BOM = b"\xef\xbb\xbf"


def _asks(arguments: list[str | bytes], folder: Path, store: Path, given: bytes = b"") -> tuple[int, str]:
    """Exit code, and what is told, of ``araxes query`` in a folder."""
    code = [os.fsencode(word) for word in _ARAXES]
    words = [os.fsencode(word) if isinstance(word, str) else word for word in arguments]
    environment = {**os.environ, "ARAXES_STORE": str(store), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*code, b"query", *words], input=given, capture_output=True, env=environment, check=False, cwd=folder
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        (_LONG, 0, "s\r\n"),
        (_LONG.replace(" ", "\n"), 0, "s\r\n"),
        (_LONG.replace("SELECT", "SELEC"), 1, "syntax error at line 1, column 1"),
        ("# comment only/" + "x/" * 3000 + "\nASK {}", 0, "true"),
        ("\ufeffASK {}", 0, "true"),
        ("DESCRIBE <http://example.org/n1>", 0, "http://example.org/n1"),
        (b"ASK { ?s ?p '\xff' }", 1, "no UTF-8 at character 14"),
        (b"\xff", 1, "no UTF-8"),
        ("", 1, "the query is empty"),
        (" \n", 1, "the query is empty"),
        (".", 1, "is a folder"),
        ("folder", 1, "is a folder"),
        ("question.rq", 0, "true"),
        ("marked.rq", 0, "true"),
        ("wide.rq", 1, "wide.rq:1: the query is in UTF-16"),
        ("latin.rq", 1, "latin.rq:2: the query is no UTF-8 (byte 0xe9)"),
        ("missing.rq", 1, "no such file"),
        ("question.rq/missing.rq", 1, "no such file"),
        ("circle.rq", 1, "no such file"),
        ("closed.rq", 1, "closed.rq: the query cannot be read: No such device or address"),
        ("ASK { <a:no> ?p ?o }", 0, "false"),  # also the name of a file that says another thing
        ("./ASK { <a:no> ?p ?o }", 0, "true"),
        ("ASK", 0, "true"),  # only a file can be called so
    ],
)
def test_what_the_argument_of_a_query_is(
    small_store: Path, tmp_path: Path, query: str | bytes, code: int, words: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle.rq").symlink_to("circle.rq")
    with socket.socket(socket.AF_UNIX) as unreadable:
        unreadable.bind(os.path.relpath(tmp_path / "closed.rq"))
    for name in ("question.rq", "ASK { <a:no> ?p ?o }", "ASK"):
        (tmp_path / name).write_text("ASK {}", "utf-8")
    (tmp_path / "marked.rq").write_bytes(_BOM + b"ASK {}")
    (tmp_path / "wide.rq").write_bytes("ASK {}".encode("utf-16"))
    (tmp_path / "latin.rq").write_bytes("# x\nASK { ?s ?p 'é' }".encode("latin-1"))
    found, told = _asks([query], tmp_path, small_store)
    assert found == code, told
    assert words in told
    assert code == 0 or "→" in told


def test_a_null_byte_in_a_query() -> None:
    done = CliRunner().invoke(main, ["query", "ASK {} \0"])
    assert not isinstance(done.exception, ValueError)


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [(b"ASK {}", 0, "true"), (_BOM + b"ASK {}", 0, "true"), (b"\xff\xfeA\0", 1, "standard input:1:")],
)
def test_standard_input(small_store: Path, tmp_path: Path, given: bytes, code: int, words: str) -> None:
    found, told = _asks(["-"], tmp_path, small_store, given)
    assert (found, words in told) == (code, True), told


@pytest.mark.parametrize(
    ("shell", "words"),
    [
        ("query - <&-", "standard input is closed"),
        ("query 'ASK {}' >&-", "standard output is closed"),
        ("query 'ASK {}' > /dev/full", "standard output cannot be written: No space left"),
        ("query 'ASK {}' -o /dev/full", "/dev/full cannot be written: No space left"),
        ("export dataset > /dev/full", "standard output cannot be written: No space left"),
        ("export dataset -o /dev/full", "/dev/full cannot be written: No space left"),
        ("export context -o /missing/x", "/missing/x cannot be written: No such file"),
        ("info > /dev/full", "standard output cannot be written: No space left"),
        ("questions > /dev/full", "standard output cannot be written: No space left"),
        ("--help > /dev/full", "standard output cannot be written: No space left"),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_streams_that_refuse(small_store: Path, shell: str, words: str, unbuffered: str) -> None:
    """With what the interpreter keeps until its end, and without (an empty variable counts as none)."""
    environment = {**os.environ, "ARAXES_STORE": str(small_store), "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -c '{_ARAXES[2]}' {shell}"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ASK {\n ?s ?p ] }"], "line 2, column 8"),
        (["ASK { ?s a rdfs:Class }"], "PREFIX rdfs:"),
        (["missing.rq"], "no such file"),
        (["INSERT DATA { <a:a> <a:a> 1 }"], "read-only"),
        (["SELECT * { ?s ?p ?o }", "--format", "turtle"], "format"),
        (["ASK { SERVICE <http://e/> { ?s ?p ?o } }"], "SERVICE"),
        (["SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.5"], "time limit"),
        (["-"], "evaluator ended"),
        (["ASK {}", "--output", "/nonexistent/x"], "cannot be written"),
    ],
)
def test_query_failures(small_store: Path, arguments: list[str], words: str) -> None:
    # More than a command line may hold comes by standard input.
    deep = "ASK { FILTER(" + "!" * 400_000 + "true) }"
    done = _run("query", *arguments, given=deep, store=small_store)
    assert done.returncode == 1
    assert words in done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_reader_that_stops_early_is_no_error(small_store: Path) -> None:
    command = " ".join(["araxes", "query", "'SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 50000'", "| head -1"])
    script = command.replace("araxes", f"'{sys.executable}' -c '{_ARAXES[2]}'", 1)
    environment = {**os.environ, "ARAXES_STORE": str(small_store)}
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_running_server_switches_over_after_load(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for number in (1, 2):
        (tmp_path / f"{number}.ttl").write_text(f"<a:s> <a:p> {number} .", "utf-8")
    assert _run("load", str(tmp_path / "1.ttl"), store=store).returncode == 0
    with serving(store, *FEW) as server:
        assert server.query("SELECT ?o { ?s ?p ?o }", "text/csv").text == "o\r\n1\r\n"
        assert _run("load", str(tmp_path / "2.ttl"), store=store).returncode == 0
        end = time.monotonic() + 5
        while server.query("SELECT ?o { ?s ?p ?o }", "text/csv").text != "o\r\n2\r\n":
            assert time.monotonic() < end
            time.sleep(0.05)
