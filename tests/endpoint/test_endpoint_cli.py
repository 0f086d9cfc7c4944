"""The verbs ``load``, ``query`` and ``info``, and the command line as a whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from araxes.endpoint.cli.main import EXIT_CODES, VERBS, VerbGroup, exit_code, main
from araxes.ontology.errors import AraxesError, InputError, NoStoreError, StoreBusyError
from tests.endpoint.endpoint_fixtures import serving

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


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_there_and_teaches(verb: str) -> None:
    assert isinstance(main, VerbGroup)
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    assert command.help
    assert len(command.help) > 40, "say what the verb does"


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
    file.write_bytes(b"\xff")
    assert _run("query", str(file), store=small_store).returncode == 1


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
    with serving(store) as server:
        assert server.query("SELECT ?o { ?s ?p ?o }", "text/csv").text == "o\r\n1\r\n"
        assert _run("load", str(tmp_path / "2.ttl"), store=store).returncode == 0
        end = time.monotonic() + 5
        while server.query("SELECT ?o { ?s ?p ?o }", "text/csv").text != "o\r\n2\r\n":
            assert time.monotonic() < end
            time.sleep(0.05)
